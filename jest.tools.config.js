const config = require('./jest.config.js');

/**
 * Tests whose time is that of other tools, which they install, compile, start or feed with random series: the packed
 * package in projects of consumers, the stock tools, the compiler behind the recipes, CDK's validator, Terraform.
 */
const TOOLS = [
  '/test/bin/(lazy|load|stock-tools)\\.test\\.ts$',
  '/test/cli/(interrupted|plan-accounts)\\.test\\.ts$',
  '/test/(package|recipes)\\.test\\.ts$',
  '/test/stacks/aws/validation\\.test\\.ts$',
  '/test/(terraform|tools)/.*\\.test\\.ts$',
];

/** @type {import('jest').Config} */
module.exports = { ...config, testRegex: TOOLS };
