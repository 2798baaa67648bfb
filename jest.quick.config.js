const config = require('./jest.config.js');
const tools = require('./jest.tools.config.js');

/**
 * All tests but those of other tools.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  testMatch: ['<rootDir>/test/**/*.test.ts', ...tools.testMatch.map((pattern) => `!${pattern}`)],
};
