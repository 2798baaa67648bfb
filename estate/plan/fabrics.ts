import type { Cloud, MachineOf } from '../catalog';
import type { Capacity } from '../spec/schema';
import { ids } from './ids';
import type { ShardPlan } from './types';

/** What decides which network between accelerators nodes join. */
export interface FabricMember<C extends Cloud = Cloud> {
  /** Key of their pool. */
  readonly key: string;
  readonly machine: MachineOf[C];
  readonly zone: string;
  readonly kind: Capacity['kind'];
}

/** A network between accelerators that a shard has, by the key that its id and its name end with. */
export interface FabricPlan {
  readonly key: string;
  readonly zone: string;
  /** Key of the pool that it is made for. @default none: the pools of its place share it */
  readonly pool?: string;
}

/** What joins fabrics in a shard: its pools, and groups that left the estate and run on. */
export function fabricMembers<C extends Cloud>({ pools, retired }: ShardPlan<C>): FabricMember<C>[] {
  const living = pools.map(({ key, machine, zone, capacity }) => ({ key, machine, zone, kind: capacity.kind }));
  const kept = retired.map(({ pool, machine, zone, capacity }) => ({ key: pool, machine, zone, kind: capacity }));
  return [...living, ...kept].flatMap(({ machine, zone, ...member }) =>
    machine === undefined || zone === undefined ? [] : [{ ...member, machine, zone }],
  );
}

/**
 * The fabric that nodes join on AWS: one for the reserved machines of a zone, and one for each pool of on-demand machines,
 * which are packed. A pool that is called like a zone has one all the same.
 */
export function awsFabric(shard: ShardPlan<'aws'>, member: FabricMember<'aws'>): FabricPlan | undefined {
  const { key, machine, zone } = member;
  if (machine.efa === undefined) return undefined;
  if (!isPacked(member)) return { key: zone, zone };
  const isTaken = fabricMembers(shard).some((other) => !isPacked(other) && other.machine.efa && other.zone === key);
  return { key: isTaken ? `${key}--pool` : key, zone, pool: key };
}

function isPacked({ kind }: FabricMember<'aws'>): boolean {
  return kind === 'on-demand';
}

/** The fabric that nodes join on Google Cloud: machines of one zone with the same interfaces share theirs. */
export function googleFabric(member: Pick<FabricMember<'google'>, 'machine' | 'zone'>): FabricPlan | undefined {
  const { machine, zone } = member;
  return machine.fabric === undefined ? undefined : { key: `${zone}-${machine.fabric.name}`, zone };
}

/** The fabric that nodes join on Oracle Cloud: machines of one type share theirs in an availability domain. */
export function oracleFabric(member: Pick<FabricMember<'oracle'>, 'machine' | 'zone'>): FabricPlan | undefined {
  const { machine, zone } = member;
  if (machine.attachment === 'none') return undefined;
  return { key: `${domainKey(zone)}-${machine.type.toLowerCase().replaceAll('.', '-')}`, zone };
}

/** The part of an availability domain's name that does not depend on the tenancy: `Uocm:PHX-AD-1` is `phx-ad-1`. */
function domainKey(zone: string): string {
  return zone.slice(zone.indexOf(':') + 1).toLowerCase();
}

/** The fabrics of a shard of AWS, each once. */
function awsFabrics(shard: ShardPlan<'aws'>): FabricPlan[] {
  return once(fabricMembers(shard).map((member) => awsFabric(shard, member)));
}

const FABRICS: { readonly [C in Cloud]: (shard: ShardPlan<C>) => FabricPlan[] } = {
  aws: awsFabrics,
  // InfiniBand is registered once in a subscription, and there is nothing to make.
  azure: () => [],
  google: (shard) => once(fabricMembers(shard).map(googleFabric)),
  oracle: (shard) => once(fabricMembers(shard).map(oracleFabric)),
};

/** The networks between accelerators that a shard has. */
export function fabricsOf<C extends Cloud>(cloud: C, shard: ShardPlan<C>): FabricPlan[] {
  return FABRICS[cloud](shard);
}

function once(fabrics: readonly (FabricPlan | undefined)[]): FabricPlan[] {
  return [...new Map(fabrics.flatMap((fabric) => (fabric === undefined ? [] : [[fabric.key, fabric]]))).values()];
}

/**
 * Id of what lets the nodes of a fabric of AWS reach a file system.
 *
 * With two hyphens between both where a store and a fabric of other names would have the same one.
 */
export function awsMountId(shard: ShardPlan<'aws'>, store: string, fabric: string): string {
  const id = `${ids.mount(store)}-${fabric}`;
  const files = shard.mounts.filter((mount) => mount.kind === 'lustre');
  const others = files.flatMap(({ key, zone }) => [
    ids.mount(key),
    ...awsFabrics(shard)
      .filter((other) => other.zone === zone && !(other.key === fabric && key === store))
      .map((other) => `${ids.mount(key)}-${other.key}`),
  ]);
  return others.includes(id) ? `${ids.mount(store)}--${fabric}` : id;
}

const MOUNTS: { readonly [C in Cloud]: (shard: ShardPlan<C>, store: string) => string[] } = {
  aws: (shard, store) => awsFabrics(shard).map(({ key }) => awsMountId(shard, store, key)),
  azure: () => [],
  google: () => [],
  oracle: () => [],
};

/** Ids of what a shard has of a store that it mounts. */
export function mountIds<C extends Cloud>(cloud: C, shard: ShardPlan<C>, store: string): string[] {
  return [ids.mount(store), ...MOUNTS[cloud](shard, store)];
}
