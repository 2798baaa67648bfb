import { isDeepStrictEqual } from 'node:util';
import type { ComponentPlan, ComponentSource, SoftwarePlan } from '../estate/plan/software/types';
import { compareKeys } from '../estate/units';
import type { QueueEdit } from './facts/queue';
import type { JobEdit } from './queue-edits';

/** What an edit does to the software of clusters that both estates have. */
export function softwareEdits(before: SoftwarePlan, after: SoftwarePlan): readonly JobEdit[] {
  return before.sets
    .flatMap(({ shard, components }) => {
      const next = after.sets.find((set) => set.shard === shard);
      if (next === undefined) return [];
      return components.flatMap((component) =>
        componentEdit(
          component,
          next.components.find(({ name }) => name === component.name),
        ).map((edit) => ({ cluster: shard, ...edit })),
      );
    })
    .sort((one, other) => compareKeys(one.cluster, other.cluster));
}

function componentEdit(was: ComponentPlan, is: ComponentPlan | undefined): Omit<JobEdit, 'cluster'>[] {
  if (is === undefined) return [{ edit: 'component-removed', what: `${was.name} ${versionOf(was.source)}` }];
  const [from, to] = [versionOf(was.source), versionOf(is.source)];
  if (from !== to) return [{ edit: editOf(is), what: `${was.name} ${from} -> ${to}` }];
  if (isDeepStrictEqual([was.source, was.values], [is.source, is.values])) return [];
  return [{ edit: editOf(is), what: `${was.name}: other values` }];
}

function editOf({ gives, heldBy, isWritten }: ComponentPlan): QueueEdit {
  if (gives.includes('queue')) return 'queue-software-changed';
  if (heldBy !== undefined) return 'driver-changed';
  return isWritten ? 'library-changed' : 'component-changed';
}

function versionOf(source: ComponentSource): string {
  return source.kind === 'git' ? source.ref : source.version;
}
