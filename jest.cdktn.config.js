const config = require('./jest.config.js');

/**
 * The tests that need cdktf, with its fork in its place, also for the provider packages.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  globals: { isSourceRun: true },
  roots: ['<rootDir>/test/constructs', '<rootDir>/test/stacks', '<rootDir>/test/estate/catalog', '<rootDir>/test/year'],
  moduleNameMapper: { ...config.moduleNameMapper, '^cdktf$': 'cdktn', '^cdktf/(.*)$': 'cdktn/$1' },
};
