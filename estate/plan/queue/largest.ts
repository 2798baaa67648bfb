import { NODE_LABELS } from '../../spec/node-labels';
import type { FlavorPlan, QueueSet, TopologyLevel } from './types';

/** The largest job that can lie inside of one place of a level. */
export interface LargestJob {
  readonly flavor: string;
  readonly shard: string;
  /** Key of the pool. */
  readonly pool: string;
  readonly accelerator: string;
  /** What the level is called, such as `rack`; `all` for the pool as a whole. */
  readonly level: string;
  /** Label that a job asks for the level by. @default none: it asks for nothing */
  readonly label?: string;
  /** Whole nodes. @default not known: only the nodes that are there tell how many share a value of the label */
  readonly nodes?: number;
  /** Accelerators of so many nodes. @default as `nodes`, or the nodes have none */
  readonly accelerators?: number;
}

/**
 * The largest jobs that topology lets run in a cluster, by flavor, from the widest place to a node. A job with more nodes in
 * one place never runs, however long it waits.
 */
export function largestJobs({ flavors, topologies }: Pick<QueueSet, 'flavors' | 'topologies'>): readonly LargestJob[] {
  return flavors.flatMap((flavor) => {
    const topology = topologies.find(({ name }) => name === flavor.topology);
    const all = jobOf(flavor, { level: 'all' }, flavor.nodes);
    const inside = (topology?.levels ?? []).map((level) =>
      jobOf(flavor, { level: level.title, label: level.key }, nodesIn(flavor, level, topology?.levels.at(-1))),
    );
    return [all, ...inside];
  });
}

/** Nodes of the largest place of a level; undefined where only the cloud knows. */
function nodesIn({ groups }: FlavorPlan, { key }: TopologyLevel, last: TopologyLevel | undefined): number | undefined {
  if (key === NODE_LABELS.group) return Math.max(0, ...groups.map(({ nodes }) => nodes));
  return key === last?.key ? 1 : undefined;
}

function jobOf(
  { name, shard, pool, accelerator, perNode }: FlavorPlan,
  place: Pick<LargestJob, 'level' | 'label'>,
  nodes: number | undefined,
): LargestJob {
  const isCounted = nodes !== undefined && perNode.accelerators > 0;
  return {
    flavor: name,
    shard,
    pool,
    accelerator,
    ...place,
    ...(nodes !== undefined && { nodes }),
    ...(isCounted && { accelerators: nodes * perNode.accelerators }),
  };
}
