import { CLOUDS, type Cloud } from '../../catalog';
import { groupBy } from '../../units';
import { type CapacityId, capacityIds } from '../capacity-ids';
import { poolSize } from '../machine';
import type { Pool } from '../schema';
import { counted, formatPath } from '../words';
import type { Finding, Rule } from './rule';
import { type PoolEntry, poolsOf } from './walk';

/** One pool's use of a reservation. */
interface Use {
  readonly entry: PoolEntry;
  readonly id: CapacityId;
  /** Nodes that the pool takes from it; undefined while the pool's own numbers are wrong. */
  readonly nodes?: number;
}

/** Something that two uses of one reservation have to agree on. */
interface Aspect {
  readonly of: (use: Use) => string | undefined;
  readonly clouds: readonly Cloud[];
  readonly say: (here: string, there: string) => string;
}

const ASPECTS: readonly Aspect[] = [
  {
    of: ({ id: { reservedNodes } }) => reservedNodes?.toString(),
    clouds: CLOUDS,
    say: (here, there) => `the reservation holds ${here} nodes here and ${there} at its other pool`,
  },
  {
    of: ({ entry: { pool } }) => windowOf(pool),
    clouds: CLOUDS,
    say: (here, there) => `the reservation is ours from ${here} here and from ${there} at its other pool`,
  },
  {
    of: ({ entry: { machine } }) => machine?.type,
    // Capacity reservation groups of Azure and capacity reservations of Oracle hold several machine types.
    clouds: ['aws', 'google'],
    say: (here, there) => `a reservation holds one machine type, but it is ${here} here and ${there} at its other pool`,
  },
];

/** Pools that share a reservation agree on what it is, and take no more than it holds. */
export const capacityShared: Rule = {
  code: 'CapacityShared',
  severity: 'error',
  summary: 'pools that share a reservation agree on its size, window and machine, and take no more than it holds',
  why: 'the nodes beyond its size never start, and nothing says so before they are asked for',
  check(estate, report) {
    const uses = poolsOf(estate).flatMap(usesOf);
    for (const shared of groupBy(uses, identityOf).values()) {
      for (const finding of [overbooked(shared), ...shared.slice(1).map((use) => contradicts(shared[0], use))]) {
        if (finding !== undefined) report(finding);
      }
    }
  },
};

function usesOf(entry: PoolEntry): readonly Use[] {
  const ids = capacityIds(entry.pool.capacity);
  const size = entry.machine && poolSize(entry.machine, entry.pool);
  const stated = ids.reduce((sum, { nodes = 0 }) => sum + nodes, 0);
  const open = ids.filter(({ nodes }) => nodes === undefined).length;
  return ids.map((id) => ({ entry, id, nodes: id.nodes ?? (size && (size.nodes - stated) / open) }));
}

/** What makes a reservation the same: on Google Cloud a name means one thing in each project and zone. */
function identityOf({ entry: { at, pool }, id: { id } }: Use): string {
  if (at.account.cloud !== 'google') return `${at.cloud} ${id}`;
  const name = id.startsWith('projects/') ? id : `projects/${at.account.projectId}/reservations/${id}`;
  return `${name} ${pool.zone ?? at.site.zones[0] ?? ''}`;
}

function overbooked(uses: readonly Use[]): Finding | undefined {
  const holder = uses.find(({ id }) => id.reservedNodes !== undefined);
  const taken = uses.reduce((sum, { nodes = 0 }) => sum + nodes, 0);
  const last = uses.at(-1);
  const holds = holder?.id.reservedNodes;
  if (holds === undefined || last === undefined || taken <= holds) return undefined;
  const pools = uses.length > 1 ? `${counted(uses.length, 'pool')} take` : 'the pool takes';
  return {
    path: pathOf(last),
    value: last.id.id,
    message: `${pools} ${counted(taken, 'node')} from a reservation of ${holds}`,
    hint: uses.length > 1 ? `it is used by ${uses.map(poolOf).join(', ')}` : 'make the pool smaller, or name another',
  };
}

function contradicts(first: Use | undefined, use: Use): Finding | undefined {
  if (first === undefined) return undefined;
  for (const { of, clouds, say } of ASPECTS) {
    const [there, here] = [of(first), of(use)];
    if (there === undefined || here === undefined || there === here || !clouds.includes(use.entry.at.cloud)) continue;
    const hint = `${poolOf(first)} uses it too`;
    return { path: pathOf(use), value: use.id.id, message: say(here, there), hint };
  }
  return undefined;
}

function pathOf({ entry: { path }, id }: Use): Finding['path'] {
  return [...path, 'capacity', ...id.path];
}

function poolOf({ entry: { path } }: Use): string {
  return formatPath(path);
}

function windowOf({ capacity }: Pool): string | undefined {
  const window = 'window' in capacity ? capacity.window : undefined;
  return window && `${window.start} to ${window.end}`;
}
