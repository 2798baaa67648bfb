const { accessSync, constants } = require('node:fs');
const { tmpdir } = require('node:os');

// The sources are compiled file by file from here on.
try {
  accessSync(tmpdir(), constants.W_OK);
} catch {
  // The cache of compiled sources lies there; without it, whatever needs the folder says better what is wrong.
  process.env.TSX_DISABLE_CACHE = '1';
}
require('tsx/cjs');
