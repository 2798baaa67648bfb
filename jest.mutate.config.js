const { reporters: _reporters, maxWorkers: _maxWorkers, ...config } = require('./jest.config.js');

/**
 * The tests that mutants are tried on: those that run in one process and need no other tool.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  roots: ['<rootDir>/test/estate', '<rootDir>/test/constructs', '<rootDir>/test/stacks', '<rootDir>/test/offline/diff'],
};
