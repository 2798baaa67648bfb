import { TerraformStack, Testing } from '../../../constructs/cdktf';
import {
  Capacity,
  type CapacityProps,
  Cluster,
  type ClusterProps,
  EncryptionKey,
  Fabric,
  type INetwork,
  Network,
} from '../../../constructs/google';
import { GOOGLE_MACHINES, type GoogleMachine } from '../../../estate/catalog/google-machines';
import type { SubnetAllocation } from '../../../estate/catalog/types';

/** A project, a region and a zone for tests. */
export const PROJECT = { projectId: 'test-train', projectNumber: '123456789012' } as const;
export const REGION = 'us-central1';
export const ZONE = 'us-central1-a';
export const ZONES = [ZONE, 'us-central1-b', 'us-central1-c'];

/** Ranges of a network with one shard. */
export const SUBNETS: readonly SubnetAllocation[] = [
  { key: 'nodes-one', role: 'nodes', cidr: '10.160.0.0/19', owner: 'one' },
  { key: 'pods-one', role: 'pods', cidr: '100.64.0.0/14', owner: 'one' },
  { key: 'services-one', role: 'services', cidr: '172.20.0.0/20', owner: 'one' },
  { key: 'storage', role: 'storage', cidr: '10.160.32.0/20' },
];

/** An empty stack. */
export function newStack(): TerraformStack {
  return new TerraformStack(Testing.app(), 'test');
}

/** A machine of the catalog. */
export function machine(type: string): GoogleMachine {
  const found = GOOGLE_MACHINES[type];
  if (found === undefined) throw new Error(`the catalog has no machine "${type}"`);
  return found;
}

/** A network of another stack. */
export function importedNetwork(
  stack: TerraformStack,
  id = 'network',
  subnets = SUBNETS,
  zones: readonly string[] = ZONES,
): INetwork {
  const { projectId } = PROJECT;
  return Network.fromNetworkAttributes(stack, id, {
    name: 'atlas-iowa',
    projectId,
    region: REGION,
    zones,
    subnets,
  });
}

/** A cluster in a network of another stack. */
export function newCluster(stack: TerraformStack, props: Partial<ClusterProps> = {}): Cluster {
  return new Cluster(stack, 'cluster', {
    name: 'atlas-one',
    network: props.network ?? importedNetwork(stack),
    projectNumber: PROJECT.projectNumber,
    version: '1.35',
    podCidr: '100.64.0.0/14',
    serviceCidr: '172.20.0.0/20',
    systemPool: { machine: machine('e2-standard-16'), nodesPerZone: 1 },
    encryptionKey:
      props.encryptionKey ?? new EncryptionKey(stack, 'key', { name: 'atlas-one', ...PROJECT, region: REGION }),
    ...props,
  });
}

/** A reservation, unless said otherwise. */
export function newCapacity(stack: TerraformStack, props: Partial<CapacityProps> = {}): Capacity {
  const id = props.kind === undefined ? 'r' : undefined;
  return new Capacity(stack, 'capacity', { kind: 'reservation', projectId: PROJECT.projectId, id, ...props });
}

/** A fabric for a machine. */
export function newFabric(stack: TerraformStack, type: string, zone = ZONE): Fabric {
  return new Fabric(stack, `fabric-${zone}`, {
    name: `atlas-one-${zone}`,
    network: importedNetwork(stack, `fabric-network-${zone}`),
    zone,
    machine: machine(type),
  });
}
