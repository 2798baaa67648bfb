import { join } from 'node:path';
import { resolveEstate } from '../cli/app';
import { ROOT } from './helpers/cli';
import { readTree, synthesizePlan, withFolder } from './helpers/synth';

const MAX_LINES = 400;

/** One small stack of each cloud that is shown whole. */
const STACKS = {
  aws: 'cdk.out/mini-aws-foundation.template.json',
  azure: 'cdktf.out/stacks/mini-virginia-network/cdk.tf.json',
  google: 'cdktf.out/stacks/mini-iowa-network/cdk.tf.json',
  oracle: 'cdktf.out/stacks/mini-ashburn-network/cdk.tf.json',
} as const;

/** The document without metadata and without what changes with the version of a tool. */
function stable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stable);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([key]) => key !== '//' && key !== 'Rules' && key !== 'Parameters');
  return Object.fromEntries(members.map(([key, member]) => [key, stable(member)]));
}

const files = withFolder((folder) => {
  synthesizePlan(resolveEstate(join(ROOT, 'examples/minimal.yaml')).plan, folder);
  return readTree(folder);
});

test.each(Object.entries(STACKS))('one stack of the minimal estate on %s, whole', async (_cloud, path) => {
  const text = JSON.stringify(stable(JSON.parse((await files)[path] ?? 'null')), undefined, 2);
  expect(text.split('\n').length).toBeLessThanOrEqual(MAX_LINES);
  expect(`\n${text}\n`).toMatchSnapshot();
});
