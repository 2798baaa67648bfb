const config = require('./jest.config.js');

/**
 * Tests whose time is that of other tools, which they install, compile, start or feed with random series: the packed
 * package in projects of consumers, the stock tools, the compiler behind the recipes, CDK's validator, Terraform.
 */
const TOOLS = [
  'test/bin/lazy.test.ts',
  'test/bin/load.test.ts',
  'test/bin/stock-tools.test.ts',
  'test/cli/interrupted.test.ts',
  'test/cli/plan-accounts.test.ts',
  'test/package.test.ts',
  'test/recipes.test.ts',
  'test/stacks/aws/validation.test.ts',
  'test/terraform/**/*.test.ts',
  'test/tools/**/*.test.ts',
];

/** @type {import('jest').Config} */
module.exports = { ...config, testMatch: TOOLS.map((path) => `<rootDir>/${path}`) };
