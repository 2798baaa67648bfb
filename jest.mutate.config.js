const { reporters: _reporters, maxWorkers: _maxWorkers, ...config } = require('./jest.config.js');

/** A pattern of test files, such as `test/constructs/aws/encryption-key`, where only those are to be tried. */
const { MUTATE_TESTS } = process.env;

/**
 * The tests that mutants are tried on: those that run in one process and need no other tool.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  globals: { isSourceRun: true },
  roots: ['<rootDir>/test/estate', '<rootDir>/test/constructs', '<rootDir>/test/stacks', '<rootDir>/test/diff'],
  ...(MUTATE_TESTS && { testRegex: [MUTATE_TESTS] }),
};
