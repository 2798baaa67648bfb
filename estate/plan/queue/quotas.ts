import { CPU_POOLS } from '../../spec/schema-queue';
import type { FlavorPlan, FlavorQuotas, QuotaPlan } from './types';

/** How many nodes of one flavor somebody has, borrows and lends. */
export interface NodeQuota {
  readonly nominal: number;
  /** @default as many as others lend */
  readonly borrowing?: number;
  /** @default all of them */
  readonly lending?: number;
}

/** What is counted of pools without accelerators. */
const CPU_RESOURCES = ['cpu', 'memory'] as const;

/** What queues of one accelerator count, in the order of their quotas; `pods` so that every job counts as something. */
export function coveredBy(flavors: readonly FlavorPlan[]): readonly string[] {
  const counted = flavors.flatMap(({ accelerator, resource }) =>
    accelerator === CPU_POOLS ? CPU_RESOURCES : [resource],
  );
  return [...[...new Set<string>(counted)].sort(), 'pods'];
}

/** How many of a resource one node of a flavor has. */
export function perNode({ resource: counted, perNode: node }: FlavorPlan, resource: string): number {
  if (resource === 'pods') return node.pods;
  if (resource === 'cpu') return node.vcpus ?? 0;
  if (resource === 'memory') return node.memoryGiB ?? 0;
  return resource === counted ? node.accelerators : 0;
}

/** Nodes of a flavor as quotas of what is counted of them. */
export function quotasOf(flavor: FlavorPlan, covered: readonly string[], nodes: NodeQuota): FlavorQuotas {
  const quotas = covered.map((resource): QuotaPlan => {
    const each = perNode(flavor, resource);
    return {
      resource,
      nominal: nodes.nominal * each,
      ...(nodes.borrowing !== undefined && { borrowing: nodes.borrowing * each }),
      ...(nodes.lending !== undefined && { lending: nodes.lending * each }),
    };
  });
  return { flavor: flavor.name, quotas };
}

/** Whole nodes of a percentage, rounded down; a share such as 33.3333 of 3 nodes does not lose one to arithmetic. */
export function nodesOf(percent: number, nodes: number): number {
  return Math.floor((nodes * percent) / 100 + 1e-9);
}
