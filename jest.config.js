const { paths } = require('./tsconfig.json').compilerOptions;

/** Where imports of the package by its own name lead: examples are written as users write them. */
const moduleNameMapper = Object.fromEntries(
  Object.entries(paths).map(([name, [file]]) => [
    `^${name.replace('*', '(.*)')}$`,
    file.replace('./', '<rootDir>/').replace('*', '$1'),
  ]),
);

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  moduleNameMapper,
  roots: ['<rootDir>/test'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
    // The one library that tests use and that is published as modules of the newer kind only.
    '/@marcbachmann/cel-js/.*\\.js$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: ['/node_modules/(?!@marcbachmann/cel-js/)'],
  globalSetup: '<rootDir>/test/temporary.js',
  globalTeardown: '<rootDir>/test/temporary-teardown.js',
  setupFiles: ['<rootDir>/test/setup.js'],
  moduleFileExtensions: ['ts', 'js', 'json'],
  modulePathIgnorePatterns: ['<rootDir>/(cdk|cdktf).out', '<rootDir>/dist'],
  reporters: ['default', '<rootDir>/test/reporter.js'],
  testTimeout: 45000,
  maxWorkers: 2,
};
