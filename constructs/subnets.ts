import type { SubnetAllocation, SubnetRole } from '../estate/catalog/types';

/** Narrows a choice of subnets. */
export interface SubnetFilter {
  /** Zone that the subnet lies in. @default - any */
  readonly zone?: string;
  /** Shard or file system that the subnet belongs to. @default - any */
  readonly owner?: string;
}

/** The subnets of a role, of those that a filter lets through. */
export function subnetsOf<T extends SubnetAllocation>(
  subnets: readonly T[],
  role: SubnetRole,
  { zone, owner }: SubnetFilter = {},
): readonly T[] {
  return subnets.filter(
    (subnet) =>
      subnet.role === role &&
      (zone === undefined || subnet.zone === zone) &&
      (owner === undefined || subnet.owner === owner),
  );
}
