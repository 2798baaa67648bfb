const config = require('./jest.config.js');

/**
 * Tests whose time is that of other tools, which they install, compile, start or feed with random series: the packed
 * package in projects of consumers, the stock tools, the compiler behind the recipes, CDK's validator, Terraform by hand.
 */
const TOOLS = [
  'test/bin/lazy',
  'test/bin/load',
  'test/bin/stock-tools',
  'test/cli/interrupted',
  'test/package',
  'test/recipes',
  'test/stacks/aws/validation',
  'test/terraform/run-offline',
  'test/tools/fuzz',
];

/** @type {import('jest').Config} */
module.exports = { ...config, testMatch: TOOLS.map((path) => `<rootDir>/${path}.test.ts`) };
