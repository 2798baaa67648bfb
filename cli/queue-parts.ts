import { identityOf } from '../estate/plan/identity';
import type { QueuePlan } from '../estate/plan/queue/types';
import type { Estate } from '../estate/spec/schema';
import { didYouMean } from '../estate/spec/suggest';
import { ToolError } from './app';

/** The Kubernetes clusters that `--lose` names: by one of them, or by the key of a cluster, today's or its first, with all of its own. */
export function queueShards(texts: readonly string[], { sets }: QueuePlan, estate: Estate): readonly string[] {
  const shards = sets.map(({ shard }) => shard);
  const lost = texts.flatMap((text) => {
    const entry = Object.hasOwn(estate.clusters, text) ? estate.clusters[text] : undefined;
    const key = entry === undefined ? text : identityOf(text, entry);
    const own = shards.filter((shard) => shard === key || clusterOf(shard, sets) === key);
    if (own.length > 0) return own;
    const known = didYouMean(text, shards);
    throw new ToolError(`the queue has no cluster "${text}"${known}`, `clusters: ${shards.join(', ')}`);
  });
  return [...new Set(lost)];
}

function clusterOf(shard: string, sets: QueuePlan['sets']): string | undefined {
  return sets.flatMap(({ flavors }) => flavors).find((flavor) => flavor.shard === shard)?.cluster;
}
