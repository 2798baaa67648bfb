import type { MachineOf } from '..';
import type { Cloud, MachineBase } from '../types';
import type { NodeNetwork, NodeSelector, NodeTraits } from './types';

/** Who brings the driver of a machine, and how its pods reach each other. */
type CloudTraits = Pick<NodeTraits, 'driver' | 'network'>;

const BY_CLOUD: { readonly [C in Cloud]: (machine: MachineOf[C]) => CloudTraits } = {
  // Images of accelerated families bring driver and toolkit; which family is for which accelerator is a fact of the row.
  aws: ({ accelerator, efa }) => ({
    driver: accelerator === undefined ? 'none' : 'cloud',
    network: efa === undefined ? 'none' : 'efa',
  }),
  azure: ({ gpuDriver, infinibandAdapters }) => ({
    driver: gpuDriver === undefined ? 'none' : gpuDriver === 'Install' ? 'cloud' : 'operator',
    network: infinibandAdapters > 0 ? 'infiniband' : 'none',
  }),
  google: ({ accelerator, fabric }) => ({
    driver: accelerator === undefined ? 'none' : 'cloud',
    network: fabric === undefined ? 'none' : googleNetwork(fabric),
  }),
  oracle: ({ accelerator, rdma }) => ({
    driver: accelerator === undefined ? 'none' : 'cloud',
    network: rdma.ports > 0 ? 'host-rdma' : 'none',
  }),
};

function googleNetwork(fabric: NonNullable<MachineOf['google']['fabric']>): NodeNetwork {
  if (fabric.podInterfaces === 'claims') return 'roce-claims';
  if (fabric.rdmaInterfaces > 0) return 'roce';
  return fabric.gvnicNetworks > 4 ? 'gvnic-8' : 'gvnic-4';
}

function isOf<C extends Cloud>(cloud: C, machine: MachineBase): machine is MachineOf[C] {
  return machine.cloud === cloud;
}

function cloudTraits(machine: MachineBase): CloudTraits {
  if (isOf('aws', machine)) return BY_CLOUD.aws(machine);
  if (isOf('azure', machine)) return BY_CLOUD.azure(machine);
  if (isOf('google', machine)) return BY_CLOUD.google(machine);
  if (isOf('oracle', machine)) return BY_CLOUD.oracle(machine);
  return { driver: 'none', network: 'none' };
}

/** What the row of a machine says of the software of its nodes. */
export function traitsOf(machine: MachineBase): NodeTraits {
  const { vendor, architecture, scaleUpNodes, accelerators, localNvmeGB } = machine;
  return {
    ...(vendor !== undefined && { vendor }),
    architecture,
    ...cloudTraits(machine),
    sharesMemory: vendor === 'nvidia' && scaleUpNodes > 1,
    hasLocalDisks: accelerators > 0 && localNvmeGB > 0,
  };
}

/** Whether something is for nodes of such a machine. */
export function selects(selector: NodeSelector | undefined, traits: NodeTraits): boolean {
  if (selector === undefined) return true;
  const { vendors, architectures, drivers, networks, sharesMemory, hasLocalDisks } = selector;
  return (
    has(vendors, traits.vendor) &&
    has(architectures, traits.architecture) &&
    has(drivers, traits.driver) &&
    has(networks, traits.network) &&
    (sharesMemory === undefined || traits.sharesMemory) &&
    (hasLocalDisks === undefined || traits.hasLocalDisks)
  );
}

function has<T>(wanted: readonly T[] | undefined, value: T | undefined): boolean {
  return wanted === undefined || (value !== undefined && wanted.includes(value));
}
