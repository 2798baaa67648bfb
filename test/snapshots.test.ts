import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { App as CdkApp, Stack } from 'aws-cdk-lib/core';
import { resolveEstate } from '../cli/app';
import { App as TerraformApp, TerraformStack, Testing } from '../constructs/cdktf';
import { formatAddresses, formatCapacity, formatHeadline, stackRows } from '../estate/report/views';
import * as aws from '../stacks/aws';
import * as azure from '../stacks/azure';
import * as google from '../stacks/google';
import * as oracle from '../stacks/oracle';
import { ROOT } from './helpers/cli';
import { cloudFormationResources, outline, terraformResources } from './helpers/outline';
import type { TerraformJson } from './helpers/terraform';

const MAX_LINES = 120;
const EXAMPLES = [
  'estate.yaml',
  'examples/minimal.yaml',
  'examples/aws.yaml',
  'examples/azure.yaml',
  'examples/google.yaml',
  'examples/oracle.yaml',
];
const { plan } = resolveEstate(join(ROOT, 'estate.yaml'));

/** The text, which must stay short enough to be read in a review. */
function readable(text: string, lines: number): string {
  expect(text.split('\n').length).toBeLessThanOrEqual(lines);
  return `\n${text}\n`;
}

describe('reports', () => {
  test.each(EXAMPLES)('of %s', (name) => {
    const { plan: own } = resolveEstate(join(ROOT, name));
    const stacks = stackRows(own).map(({ stack, layer }) => `${layer}  ${stack}`);
    const text = [formatHeadline(own), formatCapacity(own), formatAddresses(own), stacks.join('\n')].join('\n\n');
    expect(readable(text, 150)).toMatchSnapshot();
  });
});

describe('outlines', () => {
  const cdk = new CdkApp({ builtinCloudFormationValidation: false });
  aws.addStacks(cdk, plan);
  const terraform = new TerraformApp({ stackTraces: false });
  azure.addStacks(terraform, plan);
  google.addStacks(terraform, plan);
  oracle.addStacks(terraform, plan);
  const children = [...cdk.node.children, ...terraform.node.children];

  test.each(children.map((child) => child.node.id))('%s', (id) => {
    const stack = children.find((child) => child.node.id === id);
    if (stack instanceof Stack) {
      const template = Template.fromStack(stack).toJSON();
      expect(readable(outline(stack, cloudFormationResources(template)), MAX_LINES)).toMatchSnapshot();
    } else if (stack instanceof TerraformStack) {
      const json = JSON.parse(Testing.synth(stack)) as TerraformJson & Parameters<typeof terraformResources>[0];
      expect(readable(outline(stack, terraformResources(json)), MAX_LINES)).toMatchSnapshot();
    } else throw new Error(`${id} is no stack`);
  });
});

test('snapshots stay small enough to be reviewed', () => {
  const folder = join(__dirname, '__snapshots__');
  for (const name of readdirSync(folder))
    expect([name, statSync(join(folder, name)).size < 64 * 1024]).toEqual([name, true]);
});
