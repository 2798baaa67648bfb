const config = require('./jest.config.js');
const { testRegex } = require('./jest.programs.config.js');

/**
 * All tests but those that start programs.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  globals: { isSourceRun: true },
  testPathIgnorePatterns: ['/node_modules/', ...testRegex],
};
