import { formatTable } from '../../../estate/report/table';
import { counted } from '../../../estate/spec/words';
import { type Applied, applyBundle } from '../apply';
import { readTried, type TriedEstate } from '../estate';
import { nodesOfSet } from '../nodes';
import { quotaProblems } from '../quotas';
import type { Trial } from '../trial';
import { type EstateBed, inactive, openEstate } from './estate-scene';

interface Row {
  readonly cluster: string;
  readonly role: string;
  readonly nodes: number;
  readonly applied: number;
  readonly left: number;
  readonly changed: number;
}

/** Objects whose version is another one after they were applied again. */
function changed(first: Applied, second: Applied): string[] {
  const versionOf = ({ metadata }: Applied['objects'][number]) =>
    'resourceVersion' in metadata ? String(metadata.resourceVersion) : '';
  return second.objects.flatMap((object, index) => {
    const before = first.objects[index];
    const same = before !== undefined && versionOf(before) === versionOf(object);
    return same ? [] : [`${object.kind} ${object.metadata.name}`];
  });
}

/** Applies every bundle a third time: by then controllers have set what they set, and nothing may differ. */
async function applyAgain(bed: EstateBed, { bundle, queue, plan }: TriedEstate) {
  const rows: Row[] = [];
  const problems: string[] = [];
  for (const set of queue.sets) {
    const { api } = bed.cluster(set.shard);
    const once = await applyBundle(api, bundle, set.shard);
    const twice = await applyBundle(api, bundle, set.shard);
    const differs = changed(once, twice);
    problems.push(...differs.map((object) => `${set.shard}: ${object} changes when it is applied again`));
    problems.push(...twice.refused.map((text) => `${set.shard}: ${text}`));
    rows.push({
      cluster: set.shard,
      role: set.role,
      nodes: nodesOfSet(plan, set).length,
      applied: twice.objects.length,
      left: [...twice.unknown.values()].reduce((sum, count) => sum + count, 0),
      changed: differs.length,
    });
  }
  return { rows, problems };
}

function unknownKinds(bed: EstateBed): string[] {
  const kinds = new Map<string, number>();
  for (const { unknown } of bed.applied.values()) {
    for (const [title, count] of unknown) kinds.set(title, (kinds.get(title) ?? 0) + count);
  }
  return [...kinds]
    .sort()
    .map(([title, count]) => `left out, since nothing here defines it: ${counted(count, 'object')}, ${title}`);
}

/** Every object is taken, nothing changes when it is applied again, everything is in service, and quotas are what the plan says. */
export const bundle = (file?: string): Trial => ({
  name: 'bundle',
  run: async (scene) => {
    const tried = readTried(file);
    const bed = await openEstate(tried, scene);
    try {
      const refused = [...bed.applied].flatMap(([shard, one]) => one.refused.map((text) => `${shard}: ${text}`));
      const idle = await inactive(bed);
      const { rows, problems } = await applyAgain(bed, tried);
      const quotas = await quotaProblems(bed, tried);
      const all = rows.reduce((sum, { applied }) => sum + applied, 0);
      return {
        result: `${counted(all, 'object')} of ${counted(rows.length, 'cluster')} applied, nothing changed by applying again, quotas as planned`,
        tables: [
          formatTable(rows, [
            { title: 'cluster', value: ({ cluster }) => cluster },
            { title: 'role', value: ({ role }) => role },
            { title: 'nodes', value: ({ nodes }) => nodes },
            { title: 'objects', value: ({ applied }) => applied },
            { title: 'left out', value: ({ left }) => left },
            { title: 'changed again', value: ({ changed: count }) => count },
          ]),
        ],
        problems: [...refused, ...idle.map((text) => `not in service: ${text}`), ...problems, ...quotas],
        notes: unknownKinds(bed),
      };
    } finally {
      await bed.close();
    }
  },
});
