import type { Path } from './positions';
import type { Capacity } from './schema';

/** One reservation, fabric or host group that a capacity names. */
export interface CapacityId {
  readonly id: string;
  /** Nodes that it holds, where the estate says so. */
  readonly nodes?: number;
  /** Nodes of the whole reservation, which other pools may use too. */
  readonly reservedNodes?: number;
  /** Where it stands below the capacity: `ids.0`, `fabrics.3`. */
  readonly path: Path;
}

/** The reservations, fabrics or host groups that a capacity names, in the order of the file. */
export function capacityIds(capacity: Capacity): readonly CapacityId[] {
  switch (capacity.kind) {
    case 'reservation':
    case 'capacity-block':
      return capacity.ids.map((entry, index) =>
        typeof entry === 'string' ? { id: entry, path: ['ids', index] } : { ...entry, path: ['ids', index] },
      );
    case 'dedicated': {
      const key = capacity.fabrics === undefined ? 'hostGroups' : 'fabrics';
      return (capacity[key] ?? []).map((id, index) => ({ id, path: [key, index] }));
    }
    default:
      return [];
  }
}
