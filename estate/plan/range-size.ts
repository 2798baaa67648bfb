import type { FileSystemSize, MachineBase, SubnetRow } from '../catalog';

/** Nodes of one machine that take addresses of a range. */
export interface NodesOf {
  readonly machine: MachineBase;
  readonly nodes: number;
}

/** What a range has to hold. */
export interface RangeNeed {
  readonly nodes: readonly NodesOf[];
  readonly fileSystems: readonly FileSystemSize[];
  /** Place in the estate file that it follows from, for diagnostics. @default that of the site */
  readonly path?: string;
}

/** Nothing that is counted. */
export const NO_NEED: RangeNeed = { nodes: [], fileSystems: [] };

/** Addresses that a range cannot do with less of. */
export function leastAddresses({ holds }: SubnetRow, { nodes, fileSystems }: RangeNeed): number {
  if (holds === undefined) return 0;
  const { kept, perNode, leastPerNode = perNode, perFileSystem } = holds;
  const ofNodes = sum(nodes, ({ machine, nodes: count }) => count * (leastPerNode?.(machine) ?? 0));
  return kept + ofNodes + sum(fileSystems, (fileSystem) => perFileSystem?.(fileSystem) ?? 0);
}

/** Addresses that a new range is given, with room for what file systems grow. */
export function plannedAddresses(row: SubnetRow, { nodes, fileSystems }: RangeNeed): number {
  const { holds } = row;
  if (holds === undefined) return 0;
  const { kept, perNode, perFileSystem, growth = 1 } = holds;
  const grown = fileSystems.map((fileSystem) => ({ ...fileSystem, size: fileSystem.size * growth }));
  const ofNodes = sum(nodes, ({ machine, nodes: count }) => count * (perNode?.(machine) ?? 0));
  return kept + ofNodes + sum(grown, (fileSystem) => perFileSystem?.(fileSystem) ?? 0);
}

/** Prefix length of a new range: that of the row, or a shorter one where more is needed and the service takes it. */
export function plannedPrefix(row: SubnetRow, need: RangeNeed): number {
  const { prefix, shortestPrefix = 0 } = row;
  return Math.max(shortestPrefix, Math.min(prefix, prefixOf(plannedAddresses(row, need))));
}

/** Longest prefix of a block of so many addresses. */
export function prefixOf(addresses: number): number {
  return 32 - Math.ceil(Math.log2(Math.max(addresses, 1)));
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
