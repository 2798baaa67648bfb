const config = require('./jest.config.js');

/**
 * Tests that start programs: the command line, the packed package in projects of consumers, the stock tools, the compiler
 * behind the recipes, Terraform, CDK's validator, generators, random series, both halves of connections, and pages in a
 * browser.
 */
const PROGRAMS = [
  '/test/(bin|cli|terraform|tools)/.*\\.test\\.ts$',
  '/test/(package|recipes)\\.test\\.ts$',
  '/test/stacks/aws/validation\\.test\\.ts$',
  '/test/estate/spec/(mutations|plain-yaml)\\.test\\.ts$',
  '/test/estate/report/pipeline/.*\\.test\\.ts$',
  '/test/provider/real/.*\\.test\\.ts$',
  '/test/bundle/acceptance/scripts\\.test\\.ts$',
  '/test/lab/links/(brought-up|synthesized)\\.test\\.ts$',
  '/test/page/browser/.*\\.test\\.ts$',
];

/** @type {import('jest').Config} */
module.exports = { ...config, testRegex: PROGRAMS };
