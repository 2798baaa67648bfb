import fc from 'fast-check';
import { planQueue } from '../../estate/plan/queue/plan-queue';
import type { ClusterQueuePlan, FlavorQuotas, QueuePlan, QueueSet } from '../../estate/plan/queue/types';
import type { Estate } from '../../estate/spec/schema';
import { estateOf, lockAndResolve } from './estates';

const ACCOUNTS = {
  aws: { cloud: 'aws', accountId: '111122223333' },
  azure: {
    cloud: 'azure',
    subscriptionId: '5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01',
    tenantId: '9c3b7a52-1d4e-4f6a-8b0c-2e5d7f9a1b03',
  },
} as const;

const SITES = {
  oregon: { account: 'aws', region: 'us-west-2', zones: ['us-west-2a'] },
  east: { account: 'azure', region: 'eastus2', zones: ['1'] },
} as const;

/** A pool as it is written, of the kind that its site has. */
export type PoolInput = Readonly<Record<string, unknown>>;

/** What a queue is made from: sizes of pools, teams, services, and whether there is a manager. */
export interface QueueBlueprint {
  readonly pools: {
    /** Machines of 8 accelerators at the first site. */
    readonly nodes: number;
    /** Machines without any there. */
    readonly cpus: number;
    /** Racks at the second site. */
    readonly racks: number;
    readonly spares: number;
    /** Racks of the same accelerator in a cluster besides. */
    readonly more: number;
  };
  readonly teams: readonly {
    readonly key: string;
    /** In percent of what is left for it. */
    readonly part: number;
    readonly floor: number;
    readonly borrow: 'any' | 'none' | number;
    readonly group: boolean;
  }[];
  readonly service: { readonly min: number; readonly more: number; readonly size: number } | undefined;
  readonly hasManager: boolean;
}

const percent = fc.integer({ min: 0, max: 100 });

/** Queues of three clusters of racks, nodes and CPU pools. */
export function queueBlueprints(): fc.Arbitrary<QueueBlueprint> {
  return fc.record({
    pools: fc.record({
      nodes: fc.integer({ min: 8, max: 40 }),
      cpus: fc.integer({ min: 1, max: 9 }),
      racks: fc.integer({ min: 1, max: 6 }),
      spares: fc.integer({ min: 0, max: 3 }),
      more: fc.integer({ min: 1, max: 3 }),
    }),
    teams: fc.uniqueArray(
      fc.record({
        key: fc.stringMatching(/^[a-z]{2,8}$/),
        part: percent,
        floor: percent,
        borrow: fc.oneof(fc.constantFrom<'any' | 'none'>('any', 'none'), percent),
        group: fc.boolean(),
      }),
      { selector: ({ key }) => key, maxLength: 4 },
    ),
    service: fc.option(
      fc.record({ min: fc.nat(1), more: fc.integer({ min: 1, max: 2 }), size: fc.integer({ min: 1, max: 2 }) }),
      { nil: undefined },
    ),
    hasManager: fc.boolean(),
  });
}

/** The blueprint as an estate file has it. */
export function queueInput(blueprint: QueueBlueprint): Record<string, unknown> {
  const { pools, teams, service, hasManager } = blueprint;
  let left = 100;
  const written = teams.map(({ key, part, floor, borrow, group }) => {
    // Whole percents of what others have left: in all never more than 100.
    const share = Math.floor((left * part) / 100);
    left -= share;
    const team = {
      shares: share,
      floor: { gb300: Math.floor((share * floor) / 100) },
      borrow: typeof borrow === 'number' ? { gb300: borrow, h200: borrow } : borrow,
      ...(group && { group: 'labs' }),
    };
    return [key, team] as const;
  });
  const rack = { accelerator: 'gb300', spareTraysPerRack: pools.spares };
  return {
    estate: 'v1',
    name: 'atlas',
    owner: { team: 'research', email: 'research@example.com' },
    accounts: ACCOUNTS,
    sites: SITES,
    clusters: {
      ...(hasManager && { hub: { site: 'oregon' } }),
      oregon: {
        site: 'oregon',
        pools: {
          train: { accelerator: 'h200', nodes: pools.nodes },
          data: { machine: 'm7i.8xlarge', nodes: pools.cpus },
        },
      },
      east: { site: 'east', pools: { train: { ...rack, racks: pools.racks } } },
      'east-more': { site: 'east', pools: { train: { ...rack, racks: pools.more } } },
    },
    queue: {
      ...(hasManager && { manager: 'hub' }),
      teams: Object.fromEntries(written),
      groups: { labs: {} },
      serving: service && {
        chat: {
          cluster: 'oregon',
          pool: 'train',
          nodesPerReplica: service.size,
          replicas: { min: service.min, max: service.min + service.more },
        },
      },
    },
  };
}

/** The queue of an estate, planned from nothing. */
export function queueOf(input: object): { readonly estate: Estate; readonly queue: QueuePlan } {
  const estate = estateOf(input as Parameters<typeof estateOf>[0]);
  return { estate, queue: planQueue(estate, lockAndResolve(estate).plan) };
}

/** The set of a shard. */
export function setOf({ sets }: QueuePlan, shard: string): QueueSet {
  const set = sets.find((each) => each.shard === shard);
  if (set === undefined) throw new Error(`there is no set of ${shard}`);
  return set;
}

/** A queue of a set by its name. */
export function queueNamed({ queues }: QueueSet, name: string): ClusterQueuePlan | undefined {
  return queues.find((each) => each.name === name);
}

/** Quotas of one resource as they read, `train 16+8~12`: nominal, what may be borrowed and what is lent. */
export function readQuotas(quotas: readonly FlavorQuotas[] | undefined, resource: string): string[] {
  return (quotas ?? []).flatMap((each) =>
    each.quotas
      .filter((quota) => quota.resource === resource)
      .map(({ nominal, borrowing, lending }) => {
        const limits = `${borrowing === undefined ? '' : `+${borrowing}`}${lending === undefined ? '' : `~${lending}`}`;
        return `${each.flavor.replace(/-[0-9a-f]{8}$/, '')} ${nominal}${limits}`;
      }),
  );
}
