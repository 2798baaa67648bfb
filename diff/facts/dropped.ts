import type { ReleaseRange } from '../../estate/terraform-providers';
import type { Value } from '../../provider/values';
import type { Refusal } from '../types';
import { isOf, type ReleasedType, valuesAt } from './rule';

/** An argument that the provider keeps as it was when it is no longer written, so that such an edit is never made. */
interface DroppedRow extends Omit<Refusal, 'attributes'>, ReleaseRange {
  readonly type: string;
  /** Dotted path without positions. */
  readonly path: string;
  readonly checked: string;
}

/** Arguments of our resources that an edit of an estate can drop and that the provider then keeps. */
export const DROPPED: readonly DroppedRow[] = [
  {
    type: 'google_container_cluster',
    path: 'authenticator_groups_config.security_group',
    who: 'google',
    why: 'the provider leaves the security group of a cluster as it is when none is written any more',
    way: 'keep securityGroup, and take out the role bindings that name its groups',
    source: 'terraform-provider-google v7.45.0 google/services/container/resource_container_cluster.go:1139',
    checked: '2026-11',
  },
  {
    type: 'google_container_node_pool',
    path: 'node_config.labels',
    who: 'google',
    why: 'the provider leaves the labels of a pool as they are when none is written any more',
    way: 'keep one label, or make a new pool without and move the work',
    source: 'terraform-provider-google v7.45.0 google/services/container/node_config.go:3228',
    checked: '2026-11',
  },
];

/** What a provider leaves as it was because an edit only stops writing it. */
export function droppedArguments(type: ReleasedType, had: Value, written: Value): Refusal[] {
  const isWritten = (config: Value, path: string) =>
    valuesAt(config, path).some((value) => typeof value !== 'object' || Object.keys(value ?? {}).length > 0);
  return DROPPED.filter((row) => isOf(row, type) && isWritten(had, row.path) && !isWritten(written, row.path)).map(
    ({ path, who, why, way, source }) => ({ attributes: [path], who, why, way, source }),
  );
}
