import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLOUDS, type Cloud } from '../../estate/catalog';
import type { Plan, PoolPlan, ShardPlan } from '../../estate/plan/types';
import { parseEstate } from '../../estate/spec/load';
import { lockAndResolve } from '../helpers/estates';
import { readTree, synthesizePlan, withFolder } from '../helpers/synth';

const DEFAULT = readFileSync(join(__dirname, '../../estate.yaml'), 'utf8');

/** How stacks write a label: in a map, as a key with a value, or in the metadata of a rack. */
const WRITTEN = (label: string): readonly RegExp[] => [
  new RegExp(`"${label}": "([^"]+)"`, 'g'),
  new RegExp(`"key": "${label}",\\s*"value": "([^"]+)"`, 'g'),
  new RegExp(`${label}=([^,"]+)`, 'g'),
];

/** A document with the scripts that nodes start with as they are. */
const withScripts = (text: string) =>
  [
    text,
    ...[...text.matchAll(/"user_data": "([^"]+)"/g)].map(([, coded = '']) => Buffer.from(coded, 'base64').toString()),
  ].join('\n');

/** The values of a label in the cluster stacks of one cloud, sorted, as often as they are written. */
async function valuesOf(plan: Plan, cloud: Cloud, label: string): Promise<readonly string[]> {
  return withFolder((folder) => {
    synthesizePlan({ ...plan, clouds: [cloud] }, folder);
    const texts = Object.entries(readTree(folder)).filter(([path]) =>
      /-cluster(\.template\.json|\/cdk\.tf\.json)$/.test(path),
    );
    const found = texts
      .map(([, text]) => withScripts(text))
      .flatMap((text) => WRITTEN(label).flatMap((form) => [...text.matchAll(form)]));
    return found.map(([, value = '']) => value).sort();
  });
}

describe('nodes', () => {
  const { plan } = lockAndResolve(parseEstate(DEFAULT, 'estate.yaml').estate);

  test.each(CLOUDS)('on %s have the labels of their pool and of their group', async (cloud) => {
    const pools = plan.shards(cloud).flatMap((shard: ShardPlan) => shard.pools);
    const groups = pools.flatMap((pool: PoolPlan) => pool.groups.map(({ id }) => ({ pool: pool.key, id })));
    expect(groups.length).toBeGreaterThan(1);
    const racks = pools.filter(({ machine }) => cloud === 'oracle' && machine.scaleUpNodes > 1).map(({ key }) => key);
    const alone = groups.filter(({ pool }) => !racks.includes(pool));
    // Racks of Oracle start from one template for each pool, and find their group when they start.
    const each = [...alone.map(({ id }) => id), ...racks.map((pool) => `${pool}-r$(printf %s `)];
    expect(await valuesOf(plan, cloud, 'estate/group')).toEqual(each.sort());
    expect(await valuesOf(plan, cloud, 'estate/pool')).toEqual([...alone.map(({ pool }) => pool), ...racks].sort());
  });
});
