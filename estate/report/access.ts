import { CLOUDS, type Cloud } from '../catalog';
import { API_ACCESS } from '../catalog/access';
import type { Plan, ShardPlan } from '../plan/types';
import { formatTable } from './table';

/** One Kubernetes cluster in the view of access. */
export interface AccessRow {
  readonly cluster: string;
  readonly shard: string;
  readonly cloud: Cloud;
  readonly administrators: readonly string[];
  readonly viewers: readonly string[];
  /** Ranges that reach the API server. */
  readonly ranges: readonly string[];
  /** How it is reached without one. @default not at all */
  readonly otherWay?: string;
}

/** Who and what reaches each Kubernetes cluster that stacks make. */
export function accessRows(plan: Plan): AccessRow[] {
  return CLOUDS.flatMap((cloud) => {
    const { otherWay } = API_ACCESS[cloud];
    return plan.shards(cloud).flatMap((shard: ShardPlan): AccessRow[] => {
      // Who reaches what exists already is its owner's matter.
      if (shard.existing !== undefined) return [];
      return [{ cluster: shard.cluster, shard: shard.key, cloud, ...shard.access, ...(otherWay && { otherWay }) }];
    });
  });
}

/** The view of access as a table: a line for each principal and range. */
export function formatAccess(plan: Plan): string {
  const lines = accessRows(plan).flatMap(({ shard, cloud, administrators, viewers, ranges, otherWay }) => {
    const kinds = [
      { kind: 'administers', names: administrators },
      { kind: 'views', names: viewers },
      { kind: 'reaches it', names: [...ranges, ...(otherWay === undefined ? [] : [otherWay])] },
    ];
    return kinds.flatMap(({ kind, names }) =>
      (names.length === 0 ? ['nobody'] : names).map((name) => ({ shard, cloud, kind, name })),
    );
  });
  return formatTable(lines, [
    { title: 'cluster', value: (line) => line.shard },
    { title: 'cloud', value: (line) => line.cloud },
    { title: '', value: (line) => line.kind },
    { title: 'who or what', value: (line) => line.name },
  ]);
}
