import type { Cloud, MachineOf } from '../../catalog';
import { QUOTAS, type QuotaRow } from '../../catalog/quotas';
import { planQuotas, type QuotaNeed } from '../../plan/quotas';
import type { PoolPlan, ShardPlan } from '../../plan/types';
import { tellingStacks } from '../../plan/volumes/outputs';
import { joined } from '../../spec/words';
import { formatCount } from '../../units';
import { distinct, type Scope, type Words } from './guide';

/** All pools of shards. */
export function poolsOf<C extends Cloud>(shards: readonly ShardPlan<C>[]): readonly PoolPlan<C>[] {
  return shards.flatMap(({ pools }) => pools);
}

/** Resources by which Kubernetes counts the accelerators of a maker, as columns of `kubectl` name them. */
export function countedBy<C extends Cloud>(
  shards: readonly ShardPlan<C>[],
  vendor: string,
  which: (machine: MachineOf[C]) => boolean = () => true,
): readonly Words[] {
  return distinct(
    poolsOf(shards).flatMap(({ machine }) =>
      machine.vendor === vendor && machine.resourceName !== undefined && which(machine)
        ? [{ resource: machine.resourceName.replaceAll('.', '\\.') }]
        : [],
    ),
  );
}

/** Stacks that tell something of what pods of shards have to know, in their order. */
export function toldBy<C extends Cloud>(
  shards: readonly ShardPlan<C>[],
  further: (shard: ShardPlan<C>) => readonly string[] = () => [],
): readonly Words[] {
  const stores = shards.flatMap((shard) => tellingStacks(shard));
  return distinct([...stores, ...shards.flatMap(further)].map((told) => ({ told })));
}

/** Who reaches an API server that answers inside a network and lets in what ranges name. */
export function reachedInside<C extends Cloud>({ existing, access: { ranges } }: ShardPlan<C>): string {
  if (existing !== undefined) return 'where its owner lets the API server be reached';
  if (ranges.length === 0) return 'nodes of the cluster only: access.ranges names nobody';
  return `${joined(ranges, 'or')} (access.ranges), in the network of the site or by a way to it that is yours`;
}

/** Who gets alarms of clusters and file systems, and in which region. */
export function alarmMails<C extends Cloud>({ sites, shards }: Scope<C>): readonly Words[] {
  const ofClusters = shards.map(({ alarms, site: { region } }) => ({ alarms, region }));
  const ofStores = sites.flatMap(({ region, stores }) =>
    stores.map((store) => ({ alarms: store.kind === 'lustre' ? store.alarms : undefined, region })),
  );
  return distinct(
    [...ofClusters, ...ofStores].flatMap(({ alarms, region }) =>
      alarms === undefined ? [] : [{ mail: alarms.email, region }],
    ),
  );
}

/** Whether nobody knows that an account has as much of a quota as it takes. */
export function isOpen({ needed, default: has }: QuotaNeed): boolean {
  return has === undefined || needed > has;
}

/** Quotas that have to be looked up in an account, as the command that prints them names them. */
export function openQuotas<C extends Cloud>(
  { plan, account }: Scope<C>,
  has: (need: QuotaNeed) => boolean = () => true,
): readonly Words[] {
  const rows: Readonly<Record<string, QuotaRow>> = QUOTAS;
  const own = planQuotas(plan).filter(({ cloud, account: key }) => cloud === account.cloud && key === account.key);
  return distinct(
    own
      .filter((need) => isOpen(need) && has(need))
      .flatMap(({ key, quota, code = '', region, zone, dimension, needed, unit }) => {
        const service = rows[key]?.service;
        const place = [zone ?? region, ...(dimension === undefined ? [] : [dimension])].join(', ');
        return service === undefined
          ? []
          : [{ service, quota, code, region, place, needed: formatCount(needed), unit }];
      }),
  );
}
