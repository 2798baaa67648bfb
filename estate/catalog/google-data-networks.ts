import { fitName } from '../name';
import type { GoogleFabricLayout } from './google-machines';
import { GOOGLE_METAL_SUBNET, GOOGLE_NAMES } from './google-names';

/** One more interface of a node, by the literal names of what it is in. */
export interface GoogleInterface {
  /** Last part of what the interface is called in Kubernetes: `net-1`, `rdma-0`. */
  readonly key: string;
  readonly network: string;
  readonly subnetwork: string;
  readonly isRdma: boolean;
}

/** Names of the networks between accelerators of one zone. */
export interface GoogleFabricNames {
  /** Networks of gVNIC interfaces, each with a subnet of the same name. */
  readonly gvnic: readonly string[];
  /** @default there is no RDMA network */
  readonly rdma?: string;
  /** Subnets of the RDMA network that are ours to make. */
  readonly rails: readonly string[];
}

/** Names of the networks of a fabric. */
export function googleFabricNames(name: string, layout: GoogleFabricLayout): GoogleFabricNames {
  const gvnic = sequence(layout.gvnicNetworks).map((index) =>
    fitName([name, `net-${index + 1}`], GOOGLE_NAMES.network),
  );
  if (layout.networkProfile === undefined) return { gvnic, rails: [] };
  if (layout.networkProfile === 'vpc-roce-metal') {
    return { gvnic, rdma: fitName([name, 'rdma'], GOOGLE_NAMES.metalNetwork), rails: [] };
  }
  const rails = sequence(layout.rdmaInterfaces).map((index) =>
    fitName([name, `rdma-${index}`], GOOGLE_NAMES.subnetwork),
  );
  return { gvnic, rdma: fitName([name, 'rdma'], GOOGLE_NAMES.network), rails };
}

/** Interfaces of a node besides its first one, in the order in which it gets them. */
export function googleInterfaces(names: GoogleFabricNames, layout: GoogleFabricLayout): readonly GoogleInterface[] {
  const gvnic = names.gvnic.map((name, index) => ({
    key: `net-${index + 1}`,
    network: name,
    subnetwork: name,
    isRdma: false,
  }));
  const { rdma } = names;
  if (rdma === undefined) return gvnic;
  // On metal every port is in the one subnet that Google makes and names.
  const rails =
    names.rails.length > 0
      ? names.rails
      : sequence(layout.rdmaInterfaces).map(() => `${GOOGLE_METAL_SUBNET.prefix}${rdma}`);
  return [
    ...gvnic,
    ...rails.map((subnetwork, index) => ({ key: `rdma-${index}`, network: rdma, subnetwork, isRdma: true })),
  ];
}

function sequence(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}
