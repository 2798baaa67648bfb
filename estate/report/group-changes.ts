import type { Plan } from '../plan/types';
import { groupBy } from '../units';
import { type GroupRow, groupRows } from './groups';

/** What a change does to a group. */
export const GROUP_STATES = ['same', 'new', 'gone', 'changed'] as const;

/** What happens to one group. */
export type GroupState = (typeof GROUP_STATES)[number];

/** A group with what a change does to it: as it is after it, and what goes as it was. */
export interface ChangedGroup extends GroupRow {
  readonly state: GroupState;
}

/**
 * The groups of an estate before and after a change, each once and in the order of the estate after it.
 *
 * What left the estate file and is kept is changed, not gone: its nodes go on running. Groups that go stand behind those of
 * their Kubernetes cluster that stay.
 */
export function groupChanges(before: Plan, after: Plan): ChangedGroup[] {
  const [old, now] = [groupRows(before), groupRows(after)];
  const was = new Map(old.map((row) => [addressOf(row), row]));
  const stays = new Set(now.map(addressOf));
  const rows = [
    ...now.map((row): ChangedGroup => {
      const old = was.get(addressOf(row));
      return { ...(row.retired && old ? withSizes(row, old) : row), state: stateOf(old, row) };
    }),
    ...old.filter((row) => !stays.has(addressOf(row))).map((row): ChangedGroup => ({ ...row, state: 'gone' })),
  ];
  return [...groupBy(rows, ({ shard }) => shard).values()].flat();
}

/** What leaves the estate file has the size that it had: only its lock forgets that. */
function withSizes(row: GroupRow, { accelerators, nodes, minNodes, trays, spares }: GroupRow): GroupRow {
  const sizes = { accelerators, nodes, minNodes, trays, spares };
  return { ...row, ...Object.fromEntries(Object.entries(sizes).filter(([, size]) => size !== undefined)) };
}

function addressOf({ shard, group }: GroupRow): string {
  return `${shard}/${group}`;
}

function stateOf(was: GroupRow | undefined, now: GroupRow): GroupState {
  if (was === undefined) return 'new';
  // Keys of clusters and sites may be written anew without anything being touched.
  const sized = ({ cluster: _cluster, site: _site, ...row }: GroupRow) => JSON.stringify(row);
  return sized(was) === sized(now) ? 'same' : 'changed';
}
