#!/usr/bin/env node
const { accessSync, constants, existsSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { version } = require('../package.json');

// In a checkout the sources run as they are, so that what a user edits is what runs; an installed package is compiled.
const inCheckout = existsSync(join(__dirname, 'estate.ts'));
if (inCheckout) {
  try {
    accessSync(tmpdir(), constants.W_OK);
  } catch {
    // The cache of compiled sources lies there; without it, whatever needs the folder says better what is wrong.
    process.env.TSX_DISABLE_CACHE = '1';
  }
  require('tsx/cjs');
}
require(inCheckout ? './estate.ts' : '../dist/bin/estate.js').run(process.argv, version);
