import { isRegionalZone } from '../catalog/aws';
import { cidr } from '../cidr';
import { catalogOf } from '../spec/catalog-of';
import { poolSize, resolveMachine } from '../spec/machine';
import type { Cluster, Estate, Pool } from '../spec/schema';
import { sortedEntries } from '../units';
import type { AddressPlan, SiteAddresses } from './address-types';
import { accountOf, clusterPath, identityOf, poolPath } from './identity';
import type { Choice, Lock } from './lock';
import { planTaggedNodes } from './tagged-nodes';
import { isNewCluster, planVaults } from './vaults';

/** Zones that the control plane of an EKS cluster lies in. */
const CONTROL_PLANE_ZONES = 2;

/** What is chosen with other parts of a plan. */
export interface ChosenElsewhere {
  /** Groups that do not lie in the first range of their zone, by the path of their pool. @default all lie there */
  readonly ranges?: ReadonlyMap<string, NonNullable<Choice['ranges']>>;
  /** Stacks of stores, by the path of the store. @default none of them is limited */
  readonly stacks?: ReadonlyMap<string, number>;
  /** What groups with a range are made with, by the path of their pool. @default none has one */
  readonly made?: ReadonlyMap<string, NonNullable<Choice['made']>>;
  /** Stores without versions, by their path. @default all have them */
  readonly copies?: ReadonlyMap<string, Choice>;
}

/**
 * What an estate leaves open and a running thing depends on, by the path of its entry: as the lock has it, else as the
 * catalog says today. A newer catalog then upgrades and regroups nothing that exists.
 */
export function planChosen(
  estate: Estate,
  lock: Lock,
  { sites }: Pick<AddressPlan, 'sites'>,
  { ranges = new Map(), stacks = new Map(), made = new Map(), copies = new Map() }: ChosenElsewhere = {},
): Lock['chosen'] {
  const chosen: Record<string, Choice> = {};
  for (const [key, cluster] of sortedEntries(estate.clusters)) {
    const path = clusterPath(key, cluster);
    // A cluster that exists is its owner's: what it runs is written, and nothing else is chosen for it.
    if (cluster.existing === undefined) {
      const isNew = isNewCluster(lock, key, cluster);
      chosen[path] = chooseForCluster(estate, cluster, isNew ? NEW_CLUSTER : lock.chosen[path], sites);
    }
    for (const [pool, entry] of sortedEntries(cluster.pools)) {
      const held = lock.chosen[poolPath(path, pool, entry)];
      const own = chooseForPool(estate, cluster, entry, held);
      if (own !== undefined) chosen[poolPath(path, pool, entry)] = own;
    }
  }
  for (const [path, own] of ranges) chosen[path] = { ...chosen[path], ranges: own };
  for (const [path, own] of made) chosen[path] = { ...chosen[path], made: own };
  for (const [path, stack] of stacks) chosen[path] = { stack };
  for (const [path, own] of [...planVaults(estate, lock), ...planTaggedNodes(estate, lock), ...copies]) {
    chosen[path] = { ...chosen[path], ...own };
  }
  return chosen;
}

/** What is chosen for every cluster that the lock does not know. */
const NEW_CLUSTER: Choice = { named: true, ownZone: true };

/** The version that a cluster runs: as it is written, as it was chosen, else as the catalog prefers today. */
export function versionOf(estate: Estate, cluster: Cluster, held: Choice | undefined): string {
  const { preferred } = catalogOf(estate).clouds[accountOf(estate, cluster.site).cloud].kubernetes;
  return cluster.kubernetes ?? held?.kubernetes ?? preferred;
}

function chooseForCluster(
  estate: Estate,
  cluster: Cluster,
  held: Choice | undefined,
  sites: ReadonlyMap<string, SiteAddresses>,
): Choice {
  const { cloud } = accountOf(estate, cluster.site);
  const { systemNodes } = catalogOf(estate).clouds[cloud];
  const site = estate.sites[cluster.site];
  return {
    // What is written is recorded too, so that a key that goes leaves the version as it runs.
    kubernetes: versionOf(estate, cluster, held),
    ...(cloud === 'aws' &&
      site !== undefined && {
        zones: lastingZones(sites.get(identityOf(cluster.site, site)), site.zones, held?.zones),
        ...(held?.named && { named: held.named }),
      }),
    // Where the network exists, so does the zone.
    ...(cloud === 'azure' && site?.network.existing === undefined && held?.ownZone && { ownZone: held.ownZone }),
    ...(systemNodes?.per === 'zone' && {
      systemNodes: cluster.systemPool.nodes,
      systemNodesPerZone: systemNodesPerZone(cluster, site?.zones.length ?? 1, held),
    }),
  };
}

/**
 * Nodes of a system pool in each zone: as recorded, else as few as make the wanted number in all.
 *
 * A zone that the site gets later has as many, and takes none away from the others.
 */
export function systemNodesPerZone({ systemPool }: Cluster, zones: number, held: Choice | undefined): number {
  const fewest = Math.ceil(systemPool.nodes / Math.max(zones, 1));
  return held?.systemNodes === systemPool.nodes ? (held.systemNodesPerZone ?? fewest) : fewest;
}

/**
 * The zones of a control plane: those that were recorded, else the two zones of the region whose addresses were
 * allocated first. A cluster cannot change its zones.
 */
function lastingZones(
  addresses: SiteAddresses | undefined,
  zones: readonly string[],
  held: readonly string[] | undefined,
): string[] {
  if (held?.every((zone) => zones.includes(zone))) return [...held];
  return (addresses?.subnets ?? [])
    .filter(({ role, zone = '' }) => role === 'control-plane' && isRegionalZone(zone))
    .toSorted((one, other) => cidr(one.cidr).base - cidr(other.cidr).base)
    .flatMap(({ zone = [] }) => zone)
    .slice(0, CONTROL_PLANE_ZONES);
}

function chooseForPool(estate: Estate, cluster: Cluster, pool: Pool, held: Choice | undefined): Choice | undefined {
  const machine = resolveMachine(catalogOf(estate).clouds[accountOf(estate, cluster.site).cloud], pool);
  if (machine === undefined || poolSize(machine, pool)?.unit !== 'node') return undefined;
  return { machine: machine.type, groupNodes: groupNodesOf(machine, held) };
}

/** Most nodes of one group: what was recorded for the machine of the pool, else what the catalog says. */
export function groupNodesOf(
  machine: { readonly type: string; readonly groupNodes: number },
  held: Choice | undefined,
): number {
  return held?.machine === machine.type ? (held.groupNodes ?? machine.groupNodes) : machine.groupNodes;
}
