import { NODE_LABELS } from '../spec/node-labels';
import { BOUND_KEY } from './ids';
import type { GroupPlan, PoolPlan } from './types';

type Labels = Readonly<Record<string, string>>;

/** Kubernetes labels of the nodes of a group: those of its pool, and what they are part of. */
export function labelsOf(pool: Pick<PoolPlan, 'key' | 'labels'>, group: Pick<GroupPlan, 'id'>): Labels {
  return { ...sharedLabelsOf(pool), [NODE_LABELS.group]: group.id };
}

/** The same without the label of the group: what all nodes of a pool have. */
export function sharedLabelsOf({ key, labels }: Pick<PoolPlan, 'key' | 'labels'>): Labels {
  return { ...labels, [NODE_LABELS.pool]: key };
}

/**
 * The label of the group of racks that start from one template: each rack is bound to a fabric, and the hash of that ends
 * the id of its group.
 */
export function rackLabelOf({ key }: Pick<PoolPlan, 'key'>): { readonly key: string; readonly prefix: string } {
  return { key: NODE_LABELS.group, prefix: `${key}-${BOUND_KEY}` };
}
