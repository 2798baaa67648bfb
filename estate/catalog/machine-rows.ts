import { ACCELERATORS } from './accelerators';
import type { Accelerator, MachineBase } from './types';

/** What a machine has from its accelerator: the maker, and what Kubernetes counts it under. */
export type FromAccelerator = Pick<MachineBase, 'vendor' | 'resourceName'>;

/** What a row has from its accelerator, where that is known; CPU machines have nothing of it. */
export function fromAccelerator(
  accelerator: Pick<Accelerator, 'vendor' | 'resourceName'> | undefined,
): FromAccelerator {
  if (accelerator === undefined) return {};
  return { vendor: accelerator.vendor, resourceName: accelerator.resourceName };
}

/** Rows by their type, each with what it has from its accelerator, so that whoever sees a row needs no other table. */
export function machinesByType<T extends MachineBase>(rows: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(
    rows.map((row) => [row.type, { ...row, ...fromAccelerator(ACCELERATORS[row.accelerator ?? '']) }]),
  );
}
