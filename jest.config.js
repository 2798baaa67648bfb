const { paths } = require('./tsconfig.json').compilerOptions;

/** Where imports of the package by its own name lead: examples are written as users write them. */
const moduleNameMapper = Object.fromEntries(
  Object.entries(paths).map(([name, [file]]) => [
    `^${name.replace('*', '(.*)')}$`,
    file.replace('./', '<rootDir>/').replace('*', '$1'),
  ]),
);

/** Libraries that are published as modules of the newer kind only. */
const NEWER = '(@marcbachmann/cel-js|d3-[a-z-]+|internmap|preact)';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  moduleNameMapper,
  roots: ['<rootDir>/test'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
    '\\.tsx$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          target: 'es2022',
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
        },
      },
    ],
    [`/${NEWER}/.*\\.m?js$`]: '<rootDir>/test/newer-modules.js',
  },
  transformIgnorePatterns: [`/node_modules/(?!${NEWER}/)`],
  globalSetup: '<rootDir>/test/temporary.js',
  globalTeardown: '<rootDir>/test/temporary-teardown.js',
  setupFiles: ['<rootDir>/test/setup.js'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'json'],
  modulePathIgnorePatterns: ['<rootDir>/(cdk|cdktf).out', '<rootDir>/dist'],
  reporters: ['default', '<rootDir>/test/reporter.js'],
  testTimeout: 45000,
  maxWorkers: 2,
};
