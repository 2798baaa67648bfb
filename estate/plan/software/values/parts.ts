import { NODE_LABELS } from '../../../spec/node-labels';
import type { ChosenComponent } from '../../../spec/software';
import type { QueuePlan, QueueSet } from '../../queue/types';
import type { ShardPlan } from '../../types';
import type { Json, Values } from '../types';

/** What the values of a component depend on. */
export interface ValuesContext {
  readonly shard: ShardPlan;
  readonly component: ChosenComponent;
  /** Names of all components of the cluster. */
  readonly installed: ReadonlySet<string>;
  readonly queue: QueuePlan;
  readonly set: QueueSet;
}

/** Makes the values of one component. */
export type ValuesMaker = (context: ValuesContext) => Values;

/** Of what runs on every node, whatever that is tainted with: a node without its driver or plugin is of no use. */
export const ON_EVERY_NODE: readonly Json[] = [{ operator: 'Exists' }];

/** Of what runs once: nodes of system pools may be tainted so that only such pods run there, as on AKS. */
export const ON_SYSTEM_NODES: readonly Json[] = [{ key: 'CriticalAddonsOnly', operator: 'Exists' }];

/** The nodes of pools. */
export function onPools(pools: readonly string[]): Values {
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: NODE_LABELS.pool, operator: 'In', values: [...pools] }] }],
      },
    },
  };
}

/** Where a component has to keep away from nodes with accelerators, whose arm64 or taints it does not know. */
export const REQUESTS: Readonly<Record<'small' | 'large', Values>> = {
  small: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } },
  large: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '4Gi' } },
};
