const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** CDK and cdktf leave a folder behind for every app that a test makes: they all go into one that is removed. */
module.exports = async function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'estate-jest-'));
  process.env.TMPDIR = folder;
  global.__ESTATE_TMP__ = folder;
};

module.exports.tearDown = async function tearDown() {
  rmSync(global.__ESTATE_TMP__, { recursive: true, force: true });
};
