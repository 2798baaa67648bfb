import { CATALOG } from './index';
import type { Cloud, Sourced } from './types';

/** A label that every node of a cloud has from what its machine is. */
interface MachineLabel extends Sourced {
  readonly key: string;
  readonly clouds: readonly Cloud[];
  /** Its value, from the row of a machine. @returns undefined where such nodes do not have it */
  readonly value: (machine: LabelledMachine) => string | undefined;
}

interface LabelledMachine {
  readonly type: string;
  readonly gpu?: { readonly type: string };
}

/** Labels of nodes whose values follow from their machine. */
export const MACHINE_LABELS: readonly MachineLabel[] = [
  {
    key: 'node.kubernetes.io/instance-type',
    clouds: ['aws', 'azure', 'google', 'oracle'],
    value: ({ type }) => type,
    source: 'https://kubernetes.io/docs/reference/labels-annotations-taints/#nodekubernetesioinstance-type',
    checked: '2026-11',
  },
  {
    key: 'cloud.google.com/gke-accelerator',
    clouds: ['google'],
    value: ({ gpu }) => gpu?.type,
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/how-to/gpus',
    checked: '2026-11',
  },
];

/** Labels that nodes of a machine have from what it is; of an estate's own machines none is known. */
export function machineLabels(cloud: Cloud, type: string): Readonly<Record<string, string>> {
  const machines: Readonly<Record<string, LabelledMachine>> = CATALOG[cloud].machines;
  const machine = machines[type];
  if (machine === undefined) return {};
  return Object.fromEntries(
    MACHINE_LABELS.filter(({ clouds }) => clouds.includes(cloud)).flatMap(({ key, value }) => {
      const own = value(machine);
      return own === undefined ? [] : [[key, own]];
    }),
  );
}
