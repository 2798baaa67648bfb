const { transformSync } = require('esbuild');

/** Makes a library that is published as modules of the newer kind only one that Jest can load, as Node itself does. */
module.exports = {
  process: (text) => ({ code: transformSync(text, { format: 'cjs', target: 'es2022' }).code }),
};
