import { CLOUDS, type Cloud } from '../catalog';
import { ABSENT, CAPABILITIES, type Capability, type ComponentRow } from '../catalog/software';
import { allShards } from '../plan/all-shards';
import { softwareOf } from '../plan/software/plan-software';
import type { Plan } from '../plan/types';
import type { Estate } from '../spec/schema';
import type { ChosenOwner, SoftwareChoice } from '../spec/software';
import { compareKeys, groupBy } from '../units';

/** A component that bundles install, in one version. */
export interface SoftwareRow {
  /** Key in estate files. */
  readonly name: string;
  readonly title: string;
  readonly version: string;
  /** Chart, or folder of a repository, that it comes from. */
  readonly from: string;
  readonly namespace: string;
  /** What it gives to nodes, in any of the clusters. */
  readonly gives: readonly Capability[];
  /** Keys of clusters that have it, sorted. */
  readonly clusters: readonly string[];
  /** What of it is assumed. @default nothing */
  readonly unverified?: string;
}

/** Who gives something to the nodes of a cloud. */
export interface BringerRow {
  readonly capability: Capability;
  readonly cloud: Cloud;
  /** A component of bundles, the cloud by itself or by its stacks, somebody else as the estate says, or nobody. */
  readonly by: 'bundle' | 'cloud' | 'others' | 'nobody';
  /** Name of the component, what the cloud brings, or why nobody does. */
  readonly what: string;
  /** `CLUSTER.POOL` that have it, sorted; of what nobody brings none. */
  readonly pools: readonly string[];
  /** What of it is assumed. @default nothing */
  readonly unverified?: string;
}

/** What clusters run, and who brings it. */
export interface SoftwareReport {
  /** Sorted by name and version. */
  readonly components: readonly SoftwareRow[];
  /** In the order of capabilities and clouds. */
  readonly bringers: readonly BringerRow[];
}

/** A cluster, or a part of one, with what was chosen for it. */
interface Chosen {
  readonly cluster: string;
  readonly cloud: Cloud;
  readonly choice: SoftwareChoice;
}

/** The software of all clusters, each component and each that brings something once. */
export function softwareReport(estate: Estate, plan: Plan): SoftwareReport {
  const chosen = allShards(plan).map((shard): Chosen => {
    return { cluster: shard.cluster, cloud: shard.cloud, choice: softwareOf(estate, shard) };
  });
  return { components: componentsOf(chosen), bringers: [...bringersOf(chosen), ...absentOf(chosen)].sort(inOrder) };
}

function componentsOf(chosen: readonly Chosen[]): readonly SoftwareRow[] {
  const each = chosen.flatMap(({ cluster, choice }) =>
    choice.components.map((component) => ({ cluster, ...component })),
  );
  const groups = groupBy(each, ({ row, version }) => `${row.name}\n${version}`);
  return [...groups.values()]
    .flatMap((members): SoftwareRow[] => {
      const [first] = members;
      if (first === undefined) return [];
      const { row, version } = first;
      const { name, title, namespace, unverified } = row;
      const given = new Set(members.flatMap(({ gives }) => [...gives.keys()]));
      return [
        {
          name,
          title,
          version,
          from: originOf(row),
          namespace,
          gives: CAPABILITIES.filter((capability) => given.has(capability)),
          clusters: unique(members.map(({ cluster }) => cluster)),
          ...(unverified !== undefined && { unverified }),
        },
      ];
    })
    .sort((one, other) => compareKeys(one.name, other.name) || compareKeys(one.version, other.version));
}

/** Where a component is fetched from, without its version. */
function originOf({ from }: ComponentRow): string {
  if (from.kind === 'helm') return `${from.url} ${from.chart}`;
  return from.kind === 'git' ? `${from.url} ${from.path}` : from.url;
}

function bringersOf(chosen: readonly Chosen[]): readonly BringerRow[] {
  const each = chosen.flatMap(({ cluster, cloud, choice }) =>
    choice.owners.map((owner) => ({ cloud, owner, pool: `${cluster}.${owner.pool}`, ...bringerOf(owner) })),
  );
  const groups = groupBy(each, ({ cloud, owner, by, what }) => [owner.capability, cloud, by, what].join('\n'));
  return [...groups.values()].flatMap((members): BringerRow[] => {
    const [first] = members;
    if (first === undefined) return [];
    const { cloud, owner, by, what, unverified } = first;
    const pools = unique(members.map(({ pool }) => pool));
    return [{ capability: owner.capability, cloud, by, what, pools, ...(unverified !== undefined && { unverified }) }];
  });
}

function bringerOf({ component, managed, others }: ChosenOwner): Pick<BringerRow, 'by' | 'what' | 'unverified'> {
  if (component !== undefined) return { by: 'bundle', what: component.name, unverified: component.unverified };
  if (managed !== undefined) return { by: 'cloud', what: managed.because, unverified: managed.unverified };
  return { by: 'others', what: `the estate says that somebody else installs ${others?.name}` };
}

/** What no software of a cloud gives, with the reason. */
function absentOf(chosen: readonly Chosen[]): readonly BringerRow[] {
  const clouds = new Set(chosen.flatMap(({ cloud, choice }) => (choice.owners.length > 0 ? [cloud] : [])));
  return ABSENT.flatMap(({ cloud, capability, reason, unverified }): BringerRow[] =>
    clouds.has(cloud)
      ? [{ capability, cloud, by: 'nobody', what: reason, pools: [], ...(unverified !== undefined && { unverified }) }]
      : [],
  );
}

function inOrder(one: BringerRow, other: BringerRow): number {
  return (
    CAPABILITIES.indexOf(one.capability) - CAPABILITIES.indexOf(other.capability) ||
    CLOUDS.indexOf(one.cloud) - CLOUDS.indexOf(other.cloud) ||
    compareKeys(one.by, other.by) ||
    compareKeys(one.what, other.what)
  );
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareKeys);
}
