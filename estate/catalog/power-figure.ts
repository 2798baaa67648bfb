import type { Accelerator, MachineBase, Sourced } from './types';

/** Power of one accelerator of a machine under full load, without the building. */
export interface WattsOf {
  /** Absent where no figure is known. */
  readonly watts?: number;
  /** Where the figure comes from and what it covers, or why there is none. */
  readonly source: string;
  /** The figure as it is published, such as `132 kW a rack of 72 (GB200 NVL72)`, or `unknown`. */
  readonly figure: string;
  /** The row that says it. @default the catalog has none */
  readonly row?: Sourced;
}

/** What one accelerator of a machine draws: by its node, by itself, or by the system that it comes in. */
export function wattsOf(machine: MachineBase, accelerators: Readonly<Record<string, Accelerator>>): WattsOf {
  const accelerator = machine.accelerator ?? '';
  const row = accelerators[accelerator];
  const title = row?.title ?? accelerator;
  const power = row?.power;
  const doubt = power?.unverified === undefined ? '' : ` (unverified: ${power.unverified})`;
  const of = (watts: number, figure: string, said: Sourced, more = ''): WattsOf => ({
    watts,
    source: `${title}: ${figure}, ${said.source}${more}`,
    figure,
    row: said,
  });
  if (machine.nodeWatts !== undefined) {
    return of(machine.nodeWatts / machine.accelerators, `${machine.nodeWatts} W a node of ${machine.type}`, machine);
  }
  if (row?.watts !== undefined) return of(row.watts, `${row.watts} W, accelerators only`, row);
  if (power?.system !== undefined) {
    const { name, kind, watts, accelerators: within } = power.system;
    return of(watts / within, `${watts / 1000} kW a ${kind} of ${within} (${name})`, power, doubt);
  }
  if (power?.watts !== undefined) return of(power.watts, `${power.watts} W, accelerators only`, power, doubt);
  return {
    source: `${title}: unknown, ${power?.unverified ?? 'the catalog has no figure'}`,
    figure: 'unknown',
    ...(power && { row: power }),
  };
}
