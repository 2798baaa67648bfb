import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readLock } from '../../../../cli/app';
import { CLOUDS } from '../../../../estate/catalog';
import { traitsOf } from '../../../../estate/catalog/software';
import { resolve } from '../../../../estate/plan/resolve';
import { planSoftware } from '../../../../estate/plan/software/plan-software';
import type { ShardPlan } from '../../../../estate/plan/types';
import { loadEstate } from '../../../../estate/spec/load';
import { ROOT } from '../../../../tools/documents';

const EXAMPLES = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.yaml'));

describe.each(EXAMPLES)('software of %s', (name) => {
  const file = join(ROOT, 'examples', name);
  const { estate } = loadEstate(file);
  const plan = resolve(estate, readLock(file), { estate: file, lock: file });
  const { sets } = planSoftware(estate, plan);
  const shards = CLOUDS.flatMap((cloud): readonly ShardPlan[] => plan.shards(cloud));

  test('every pool has exactly one owner of all that its machine needs', () => {
    for (const shard of shards) {
      const owners = sets.find((set) => set.shard === shard.key)?.owners ?? [];
      for (const { key, machine } of shard.pools) {
        const traits = traitsOf(machine);
        const wanted = [
          'queue',
          'node-problems',
          ...(machine.accelerators > 0 ? ['driver', 'device-plugin'] : []),
          ...(machine.accelerators > 0 && traits.vendor !== 'aws' ? ['exporter'] : []),
          ...(traits.network === 'none' ? [] : ['fabric']),
          ...(traits.sharesMemory ? ['shared-memory-domain'] : []),
          ...(traits.hasLocalDisks ? ['local-disks'] : []),
          ...(shard.mounts.some(({ kind }) => kind === 'lustre') ? ['lustre-driver'] : []),
        ];
        const counts = wanted.map((capability) => [
          capability,
          owners.filter((owner) => owner.pool === key && owner.capability === capability).length,
        ]);
        expect([machine.type, counts]).toEqual([machine.type, wanted.map((capability) => [capability, 1])]);
      }
    }
  });

  test('every cluster gets the queue, its kinds of jobs, and all that its components need', () => {
    for (const { components } of sets) {
      const names = components.map((component) => component.name);
      expect(names).toEqual(expect.arrayContaining(['jobset', 'kubeflow-trainer', 'kueue', 'lws']));
      for (const { needs } of components) expect(names).toEqual(expect.arrayContaining([...needs]));
    }
  });
});
