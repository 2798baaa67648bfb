const { execFileSync } = require('node:child_process');
const { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const ROOT = join(__dirname, '..');

/**
 * Lays the package out as it is installed, below a folder: the compiled command line starts in a third of the time that
 * the sources take, and it is what users have.
 */
function install(folder) {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  execFileSync(process.execPath, ['--require', 'tsx/cjs', 'tools/build.ts', join(folder, 'dist')], { cwd: ROOT });
  for (const name of ['bin/estate.js', 'bin/load.js', 'package.json', 'estate.schema.json'])
    cpSync(join(ROOT, name), join(folder, name));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
}

/**
 * CDK and cdktf leave a folder behind for every app that a test makes: they all go into one that is removed.
 *
 * A run of all tests calls the installed command line; a run of some, or one that says `isSourceRun`, the sources, which
 * need no compiler first.
 */
module.exports = async function setUp({ nonFlagArgs }, { globals }) {
  const folder = mkdtempSync(join(tmpdir(), 'estate-jest-'));
  process.env.TMPDIR = folder;
  // Programs that tests start share what they make, as those of a user do.
  process.env.ESTATE_CACHE = join(folder, 'cache');
  global.__ESTATE_TMP__ = folder;
  if (nonFlagArgs.length > 0 || globals.isSourceRun) return;
  process.env.ESTATE_INSTALLED = join(folder, 'installed');
  install(process.env.ESTATE_INSTALLED);
};

module.exports.tearDown = async function tearDown() {
  rmSync(global.__ESTATE_TMP__, { recursive: true, force: true });
};
