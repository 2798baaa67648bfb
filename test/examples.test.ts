import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLock, resolveEstate } from '../cli/app';
import { planLayout } from '../estate/plan/layout';
import { resolve } from '../estate/plan/resolve';
import type { Plan } from '../estate/plan/types';
import { loadEstate, readExchange } from '../estate/spec/load';
import { askedBy, madeBy, resourcesIn, unknownTypes } from './helpers/quotas';
import { reversed } from './helpers/reversed';
import { readTree, synthesizePlan, withFolder } from './helpers/synth';
import type { TerraformJson } from './helpers/terraform';

const ROOT = join(__dirname, '..');
const FILES = [
  'estate.yaml',
  ...readdirSync(join(ROOT, 'examples'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `examples/${name}`),
];

async function artefacts(plan: Plan): Promise<Record<string, string>> {
  return withFolder((folder) => {
    synthesizePlan(plan, folder);
    return readTree(folder);
  });
}

describe.each(FILES)('%s', (name) => {
  const file = join(ROOT, name);
  const { plan } = resolveEstate(file);
  let made: Record<string, string>;
  beforeAll(async () => {
    made = await artefacts(plan);
  });

  test('is valid without a warning, and its lock is up to date', () => {
    const { estate, warnings } = loadEstate(file);
    expect(warnings).toEqual([]);
    const lock = readLock(file);
    expect(planLayout(estate, lock).lock).toEqual(lock);
  });

  test('synthesizes the same bytes twice, whatever the order in the file', async () => {
    const files = { estate: name, lock: name };
    const exchange = reversed(readExchange(file)?.exchange);
    const again = await artefacts(resolve(reversed(loadEstate(file).estate), readLock(file), files, exchange));
    expect(Object.keys(made).length).toBeGreaterThan(4);
    expect(Object.keys(again)).toEqual(Object.keys(made));
    for (const [path, text] of Object.entries(made)) expect([path, again[path] === text]).toEqual([path, true]);
  });

  test('asks the providers for what it makes, and makes nothing that nobody has thought of asking for', () => {
    const resources = resourcesIn(made);
    expect(askedBy(plan)).toEqual(madeBy(plan, resources));
    expect(unknownTypes(resources.map(({ type }) => type))).toEqual([]);
  });

  test('names no folder of the machine and no secret in what it synthesizes', () => {
    for (const [path, text] of Object.entries(made)) {
      expect([path, text.includes(ROOT), /\/(tmp|home|root|Users)\//.exec(text)?.[0]]).toEqual([
        path,
        false,
        undefined,
      ]);
      expect([path, /BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|"password"/.exec(text)?.[0]]).toEqual([path, undefined]);
    }
  });
});

test('every cloud has an example of its own', () => {
  expect(FILES).toEqual(
    expect.arrayContaining(['minimal', 'aws', 'azure', 'google', 'oracle'].map((name) => `examples/${name}.yaml`)),
  );
});

test('the default estate has at least 20 NVL72 racks on four clouds', () => {
  const { plan } = resolveEstate(join(ROOT, 'estate.yaml'));
  const racks = plan.clouds
    .flatMap((cloud) => plan.shards(cloud).flatMap(({ pools }) => pools.map((pool) => pool)))
    .filter(({ machine }) => machine.scaleUpNodes === 18)
    .reduce((sum, { groups }) => sum + groups.length, 0);
  expect(plan.clouds).toEqual(['aws', 'azure', 'google', 'oracle']);
  expect(racks).toBeGreaterThanOrEqual(20);
});

test('one program of a platform team builds the same partition on two clouds', async () => {
  const { build }: typeof import('../examples/own-stack') = require('../examples/own-stack');
  const [once, again] = await Promise.all(
    [1, 2].map(() =>
      withFolder((folder) => {
        build(folder);
        return readTree(folder);
      }),
    ),
  );
  expect(again).toEqual(once);
  const [google, oracle] = ['research-google', 'research-oracle'].map((stack) => {
    const json = JSON.parse(once?.[`stacks/${stack}/cdk.tf.json`] ?? '{}') as TerraformJson;
    return json.resource ?? {};
  });
  expect(Object.values(google?.google_container_node_pool ?? {})).toEqual(
    expect.arrayContaining([expect.objectContaining({ node_count: 32 })]),
  );
  expect(JSON.stringify(oracle?.oci_containerengine_node_pool)).toContain('"size":32');
});

test('editor settings of every estate file point to the schema', () => {
  for (const name of FILES) {
    const [first] = readFileSync(join(ROOT, name), 'utf8').split('\n');
    const schema = name.includes('/') ? '../estate.schema.json' : './estate.schema.json';
    expect([name, first]).toEqual([name, `# yaml-language-server: $schema=${schema}`]);
  }
});
