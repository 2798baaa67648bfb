import type { Cloud } from '../../catalog';
import type { BundleThing } from '../../catalog/gitops-steps';
import type { ShardPlan } from '../../plan/types';
import { type Scope, type Words, when } from './guide';
import { toldBy } from './shared';

/** What there is of bundles in a scope; some clouds have clusters whose stacks tell something too. */
export function bundleFinders<C extends Cloud>(
  further?: (shard: ShardPlan<C>) => readonly string[],
): Readonly<Record<BundleThing, (scope: Scope<C>) => readonly Words[]>> {
  return {
    told: ({ shards }) => toldBy(shards, further),
    read: ({ shards, bundle: { tool } }) => when(shards.length > 0 && tool !== 'none'),
    flux: ({ shards, bundle: { tool } }) => when(shards.length > 0 && tool === 'flux'),
    'argo-home': ({ shards, bundle: { tool, argo } }) =>
      tool === 'argo' && shards.some(({ key }) => key === argo) ? [{ argo }] : [],
    argo: ({ shards, bundle: { tool, argo } }) =>
      tool === 'argo' ? shards.map(({ name }) => ({ argo, resources: name })) : [],
    none: ({ shards, bundle: { tool } }) => when(shards.length > 0 && tool === 'none'),
  };
}
