const config = require('./jest.config.js');
const { testRegex } = require('./jest.tools.config.js');

/**
 * All tests but those of other tools.
 *
 * @type {import('jest').Config}
 */
module.exports = { ...config, testPathIgnorePatterns: ['/node_modules/', ...testRegex] };
