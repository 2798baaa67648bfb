import type { Accelerator, MachineBase } from './types';

/** Power of one accelerator of a machine under full load, without the building. */
export interface WattsOf {
  /** Absent where no figure is known. */
  readonly watts?: number;
  /** Where the figure comes from and what it covers, or why there is none. */
  readonly source: string;
}

/** What one accelerator of a machine draws: by its node, by itself, or by the system that it comes in. */
export function wattsOf(machine: MachineBase, accelerators: Readonly<Record<string, Accelerator>>): WattsOf {
  const accelerator = machine.accelerator ?? '';
  const row = accelerators[accelerator];
  const title = row?.title ?? accelerator;
  const figure = row?.power;
  const doubt = figure?.unverified === undefined ? '' : ` (unverified: ${figure.unverified})`;
  const of = (watts: number, source: string): WattsOf => ({ watts, source: `${title}: ${source}` });
  if (machine.nodeWatts !== undefined) {
    const source = `${machine.nodeWatts} W a node of ${machine.type}, ${machine.source}`;
    return of(machine.nodeWatts / machine.accelerators, source);
  }
  if (row?.watts !== undefined) return of(row.watts, `${row.watts} W, accelerators only, ${row.source}`);
  if (figure?.system !== undefined) {
    const { name, kind, watts, accelerators: within } = figure.system;
    const source = `${watts / 1000} kW a ${kind} of ${within} (${name}), ${figure.source}${doubt}`;
    return of(watts / within, source);
  }
  if (figure?.watts !== undefined) {
    return of(figure.watts, `${figure.watts} W, accelerators only, ${figure.source}${doubt}`);
  }
  return { source: `${title}: unknown, ${figure?.unverified ?? 'the catalog has no figure'}` };
}
