#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

// In a checkout the sources run as they are, so that what a user edits is what runs; an installed package is compiled.
const inCheckout = existsSync(join(__dirname, 'estate.ts'));
if (inCheckout) require('tsx/cjs');
require(inCheckout ? './estate.ts' : '../dist/bin/estate.js').run(process.argv);
