import { formatTable } from '../../../estate/report/table';
import { counted } from '../../../estate/spec/words';
import { type Applied, applyBundle } from '../apply';
import type { QueueBed } from '../bed';
import type { TriedEstate } from '../estate';
import { nodesOfSet } from '../nodes';
import { quotaProblems } from '../quotas';
import type { EstateTrial } from '../trial';
import { inactive } from './in-service';

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
async function applyAgain(bed: QueueBed, { bundle, queue, plan }: TriedEstate) {
  const rows: Row[] = [];
  const problems: string[] = [];
  const unknown = new Map<string, number>();
  for (const set of queue.sets) {
    const { api } = bed.cluster(set.shard);
    const once = await applyBundle(api, bundle, set.shard);
    const twice = await applyBundle(api, bundle, set.shard);
    const differs = changed(once, twice);
    problems.push(...differs.map((object) => `${set.shard}: ${object} changes when it is applied again`));
    for (const [title, count] of twice.unknown) unknown.set(title, (unknown.get(title) ?? 0) + count);
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
  return { rows, problems, unknown };
}

const noteOf = ([title, count]: readonly [string, number]) =>
  `left out, since nothing here defines it: ${counted(count, 'object')}, ${title}`;

/** Every object is taken, nothing changes when it is applied again, everything is in service, and quotas are what the plan says. */
export const bundle: EstateTrial = {
  name: 'bundle',
  run: async ({ bed, tried }) => {
    const idle = await inactive(bed);
    const { rows, problems, unknown } = await applyAgain(bed, tried);
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
      problems: [...idle.map((text) => `not in service: ${text}`), ...problems, ...quotas],
      notes: [...unknown].sort().map(noteOf),
    };
  },
};
