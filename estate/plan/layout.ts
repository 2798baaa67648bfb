import { type Diagnostic, EstateError } from '../diagnostics';
import { catalogOf } from '../spec/catalog-of';
import { companyBlocks } from '../spec/excluded';
import { resolveMachine } from '../spec/machine';
import type { Cluster, Estate } from '../spec/schema';
import { counted } from '../spec/words';
import { groupBy, sortedEntries } from '../units';
import type { AddressPlan } from './address-types';
import { planAddresses } from './addresses';
import { groupNodesOf, planChosen } from './chosen';
import { demandsOf } from './demands';
import { planGroups } from './groups';
import { homesIn } from './homes';
import { accountOf, clusterPath, identityOf, poolPath } from './identity';
import { livingNumbers, lockedNumbers, planNumbers } from './links/numbers';
import { overlappingPeerings } from './links/ranges';
import { type Choice, EMPTY_LOCK, type Lock } from './lock';
import { shardKey } from './names';
import { lockedRanges, planNeeds, withRanges } from './needs';
import { planCopies } from './replication/copies';
import { planDepartures, planGuarded } from './retired';
import { type Made, planMade, withRunning } from './running-sizes';
import { lockedShards, type Placement, type PoolGroup, placeGroups } from './shards';
import { planStacks, recordedStack } from './store-stacks';
import { unownedLogs } from './watch';

/** Everything of an estate that must not move once decided: shards, groups and addresses. */
export interface Layout {
  /** Placement of the groups by cluster identity. */
  readonly placements: ReadonlyMap<string, Placement>;
  readonly addresses: AddressPlan;
  /** Paths of what was kept and is no longer, because its loss is accepted. */
  readonly givenUp: readonly string[];
  /** The lock file as it has to be for this estate. */
  readonly lock: Lock;
}

/** Findings that are no matter for an estate as it was. */
const PRESENT_ONLY = [
  'AddressRangeSmall',
  'CopyHasVersions',
  'KeptBehind',
  'KeptComesBack',
  'KeptInZone',
  'KeptReservation',
  'LinkRangesOverlap',
  'LockOlder',
  'LogsUnowned',
  'ProtectionLost',
  'StackFull',
  'StoreKeyKept',
];

/**
 * Lays an estate out on top of what a lock holds; throws EstateError when something does not fit.
 *
 * What is protected and left the estate stays in the lock, but for entries whose loss is accepted; `*` accepts all.
 */
export function planLayout(
  estate: Estate,
  lock: Lock = EMPTY_LOCK,
  accept: readonly string[] = [],
  /** Whether it is an estate as it was: ranges that were too small then are no matter now. */
  isPast = false,
): Layout {
  const clusters = sortedEntries(estate.clusters);
  const placed = new Map(
    clusters.map(([key, cluster]) => {
      const id = identityOf(key, cluster);
      return [id, placeCluster(estate, key, cluster, lock)] as const;
    }),
  );
  const guarded = planGuarded(estate, lock.chosen);
  const departures = planDepartures({ estate, placements: placed, guarded, chosen: lock.chosen }, lock, accept);
  const { retired } = departures;
  const needs = planNeeds(estate, placed, lock, retired);
  const made = planMade(estate, placed, lock, accept);
  const placements = withRunning(withRanges(placed, needs), made);
  const addresses = planAddresses(
    demandsOf(estate, placements, needs, retired),
    estate.addressing,
    lock,
    companyBlocks(estate),
  );
  const shards = Object.fromEntries([...placements].map(([id, placement]) => [id, lockedShards(placement.shards)]));
  const stores = planStacks(estate, lock, retired);
  const numbers = planNumbers(estate, lock);
  const copies = planCopies(estate, lock);
  const chosen = planChosen(estate, lock, addresses, {
    ranges: lockedRanges(needs),
    stacks: stores.stacks,
    made,
    copies: copies.chosen,
  });
  const diagnostics = [
    ...addresses.diagnostics,
    ...stores.diagnostics,
    ...copies.diagnostics,
    ...numbers.diagnostics,
    ...overlappingPeerings(estate, addresses),
    ...clusters.flatMap((entry) => overfullShards(entry, placements)),
    ...clusters.flatMap((entry) => splitCluster(entry, placements)),
    ...departures.diagnostics,
    ...unownedLogs(estate, chosen),
  ];
  const found = isPast ? diagnostics.filter(({ code }) => !PRESENT_ONLY.includes(code)) : diagnostics;
  if (found.length > 0) throw new EstateError(found, 3);
  return {
    placements,
    addresses,
    givenUp: departures.givenUp,
    lock: {
      version: 1,
      addresses: addresses.addresses,
      released: addresses.released,
      shards,
      chosen,
      guarded,
      retired,
      ...lockedNumbers(numbers),
    },
  };
}

/** Says why a lock cannot be planned with; empty when it holds everything that the estate needs. */
export function checkLock(
  layout: Layout,
  lock: Lock | undefined,
  files: { readonly lock: string; readonly estate: string; readonly isPast?: boolean },
): Diagnostic[] {
  const hint = `run "npx estate lock${files.estate === 'estate.yaml' ? '' : ` ${files.estate}`}" and commit the result`;
  const found = { severity: 'error', path: files.lock, hint } as const;
  if (lock === undefined) return [{ ...found, code: 'LockMissing', message: 'the lock file does not exist' }];
  const stale = Object.entries(layout.addresses.addresses).filter(([key, block]) => lock.addresses[key] !== block);
  const addresses = stale.map(([key]): Diagnostic => {
    const held = lock.addresses[key];
    const message = held === undefined ? `"${key}" has no addresses yet` : `"${key}" cannot keep ${held}`;
    return { ...found, code: 'LockStale', value: key, message };
  });
  const groups = [...layout.placements].flatMap(([cluster, placement]) =>
    [
      ...groupBy(
        unknownGroups(cluster, placement, layout.lock.guarded, files.isPast === true ? undefined : lock),
        ({ pool }) => pool,
      ),
    ].map(([pool, members]): Diagnostic => {
      const nodes = members.reduce((sum, { group }) => sum + group.trays, 0);
      const size = `${counted(members.length, 'group')} of ${counted(nodes, 'node')} in all`;
      const message = `pool "${pool}" of "${cluster}" has ${size} that the lock file does not know: the pool has grown`;
      return { ...found, code: 'LockStale', value: cluster, message };
    }),
  );
  // What was edited comes before what follows from it.
  // A past lock from before choices were recorded is what there was all the same: what the catalog says was chosen.
  const choices = files.isPast === true ? [] : unrecordedChoices(layout.lock, lock);
  return [
    ...groups,
    ...addresses,
    ...unrecordedNumbers(layout.lock, lock).map((key) => ({
      ...found,
      code: 'LockStale',
      value: key,
      message: `the numbers of "${key}" are not recorded yet`,
    })),
    ...choices.map((choice) => ({ ...found, ...choice })),
  ];
}

/**
 * Groups that a lock has to hold and does not: where it matters which shard they are in, and those of held capacity, since
 * only what is recorded can be kept when it leaves.
 */
function unknownGroups(
  cluster: string,
  { shards, unrecorded }: Placement,
  guarded: Lock['guarded'],
  lock: Lock | undefined,
): readonly PoolGroup[] {
  if (unrecorded.length > 0 || lock === undefined) return unrecorded;
  const homes = homesIn(lock.shards[cluster]);
  return shards.flatMap(({ groups }) =>
    groups.filter(
      ({ pool, group }) =>
        guarded[`clusters.${cluster}.pools.${pool}`] !== undefined && !homes.has(`${pool}/${group.key}`),
    ),
  );
}

/** Sites and tunnels whose numbers the lock does not hold as they are planned. */
function unrecordedNumbers({ asns = {}, insideRanges = {} }: Lock, lock: Lock): string[] {
  return [
    ...Object.entries(asns).flatMap(([site, asn]) => (lock.asns?.[site] === asn ? [] : [`sites.${site}`])),
    ...Object.entries(insideRanges).flatMap(([key, range]) => (lock.insideRanges?.[key] === range ? [] : [key])),
  ];
}

/** What is said of one thing. */
const ONE_THING = /^(stack|place of the key|tag of the nodes|lack of versions)$|version$/;

/** Choices that a running thing will depend on and that the lock does not hold yet. */
function unrecordedChoices({ chosen, guarded }: Lock, lock: Lock): Pick<Diagnostic, 'code' | 'value' | 'message'>[] {
  return Object.entries(chosen).flatMap(([path, choice]) => {
    const { kubernetes, zones, ranges, made, stack, systemNodesPerZone, vault, vaults, nodes, versions } = choice;
    const held = lock.chosen[path];
    const store = guarded[path];
    const open = [
      ...(kubernetes !== undefined && held?.kubernetes === undefined ? ['Kubernetes version'] : []),
      ...(zones !== undefined && zones.join() !== held?.zones?.join() ? ['zones of the control plane'] : []),
      ...(systemNodesPerZone !== held?.systemNodesPerZone ? ['system nodes of each zone'] : []),
      ...(ranges !== undefined && !isSame(ranges, held?.ranges) ? ['ranges of the groups'] : []),
      ...(made !== undefined && !isSame(made.sizes, held?.made?.sizes) ? ['sizes of the groups'] : []),
      ...(stack !== undefined && stack !== recordedStack(lock, path, store?.kind === 'pool' ? '' : (store?.site ?? ''))
        ? ['stack']
        : []),
      ...(vault !== held?.vault ? ['place of the key'] : []),
      ...(nodes !== held?.nodes ? ['tag of the nodes'] : []),
      ...(versions !== held?.versions ? ['lack of versions'] : []),
      ...(vaults?.join() !== held?.vaults?.join() ? ['regions with a vault'] : []),
    ];
    return open.map((what) => ({
      code: 'LockStale',
      value: path,
      message: `the ${what} of "${path}" ${ONE_THING.test(what) ? 'is' : 'are'} not recorded yet`,
    }));
  });
}

function isSame<T extends Choice['ranges'] | Made['sizes']>(one: T, other: T): boolean {
  return JSON.stringify(sortedEntries(one ?? {})) === JSON.stringify(sortedEntries(other ?? {}));
}

/** The lock without the entries that the estate no longer has. */
export function pruneLock(estate: Estate, { asns, insideRanges, ...lock }: Lock): Lock {
  return { ...lock, released: {}, retired: {}, ...livingNumbers(estate, { asns, insideRanges }) };
}

function placeCluster(estate: Estate, key: string, cluster: Cluster, lock: Lock): Placement {
  const path = clusterPath(key, cluster);
  const catalog = catalogOf(estate).clouds[accountOf(estate, cluster.site).cloud];
  const groups = sortedEntries(cluster.pools).flatMap(([name, pool]): PoolGroup[] => {
    const machine = resolveMachine(catalog, pool);
    if (machine === undefined)
      throw new Error(`pool "${name}" has no machine: the rules must refuse it before planning`);
    const id = identityOf(name, pool);
    const groupNodes = groupNodesOf(machine, lock.chosen[poolPath(path, name, pool)]);
    return planGroups(id, { ...machine, groupNodes }, pool).map((group) => ({ pool: id, group }));
  });
  const systemNodes = cluster.existing === undefined ? cluster.systemPool.nodes : 0;
  return placeGroups(groups, systemNodes, catalog.limits, lock.shards[identityOf(key, cluster)]);
}

/** A cluster that exists takes no more than one Kubernetes cluster does: there is no second one to append. */
function splitCluster(
  [key, cluster]: readonly [string, Cluster],
  placements: ReadonlyMap<string, Placement>,
): Diagnostic[] {
  const { shards = [] } = placements.get(identityOf(key, cluster)) ?? {};
  if (cluster.existing === undefined || shards.length <= 1) return [];
  const groups = shards.flatMap((shard) => shard.groups);
  const nodes = groups.reduce((sum, { group }) => sum + group.trays, 0);
  return [
    {
      code: 'ClusterFull',
      severity: 'error',
      path: `clusters.${key}`,
      message: `its pools have ${counted(groups.length, 'group')} of ${counted(nodes, 'node')} in all, more than one Kubernetes cluster takes, and a cluster that exists already cannot be split`,
      hint: 'put a part of the pools into another cluster, which may be one that is made',
    },
  ];
}

function overfullShards(
  [key, cluster]: readonly [string, Cluster],
  placements: ReadonlyMap<string, Placement>,
): Diagnostic[] {
  const id = identityOf(key, cluster);
  return (placements.get(id)?.overfull ?? []).map(({ ordinal, groups }) => ({
    code: 'ShardFull',
    severity: 'error',
    path: `clusters.${key}`,
    message: `the groups that live in shard "${shardKey(id, ordinal)}" have grown over its limit (${groups.length} groups)`,
    hint: 'put the growth into a pool of its own; it then goes to a new shard and nothing has to move',
  }));
}
