import { App, TerraformStack } from '../../../constructs/cdktf';
import { Cluster, type ClusterProps } from '../../../constructs/oracle/cluster';
import { EncryptionKey, type IEncryptionKey } from '../../../constructs/oracle/encryption-key';
import { Fabric } from '../../../constructs/oracle/fabric';
import { Network, type NetworkProps } from '../../../constructs/oracle/network';
import { ORACLE_MACHINES, type OracleMachine } from '../../../estate/catalog/oracle-machines';

/** The availability domain of the scene. */
export const ZONE = 'Uocm:PHX-AD-1';
/** The compartment of the scene. */
export const COMPARTMENT = 'ocid1.compartment.oc1..train';

/** A stack that a test puts constructs into. */
export function newStack(): TerraformStack {
  return new TerraformStack(new App(), 'test');
}

/** A machine of the catalog. */
export function machine(type: string): OracleMachine {
  const row = ORACLE_MACHINES[type];
  if (row === undefined) throw new Error(`no machine ${type}`);
  return row;
}

/** A network with a subnet of each role. */
export function newNetwork(stack: TerraformStack, props: Partial<NetworkProps> = {}): Network {
  return new Network(stack, 'network', {
    name: 'atlas-phoenix',
    compartmentId: COMPARTMENT,
    zones: [ZONE],
    cidrs: ['10.192.0.0/16'],
    subnets: [
      { key: 'control-plane-gpu', role: 'control-plane', cidr: '10.192.32.0/28', owner: 'gpu' },
      { key: 'nodes-gpu', role: 'nodes', cidr: '10.192.0.0/19', owner: 'gpu' },
      { key: 'storage-scratch', role: 'storage', cidr: '10.192.32.64/26', owner: 'scratch' },
    ],
    serviceGateway: { serviceId: 'ocid1.service.oc1.phx.all', cidrLabel: 'all-phx-services' },
    ...props,
  });
}

/** A cluster in that network. */
export function newCluster(stack: TerraformStack, props: Partial<ClusterProps> = {}): Cluster {
  return new Cluster(stack, 'cluster', {
    name: 'atlas-gpu',
    network: props.network ?? newNetwork(stack),
    tenancyId: 'ocid1.tenancy.oc1..atlas',
    version: '1.35',
    podCidr: '100.64.0.0/10',
    serviceCidr: '172.20.0.0/16',
    systemPool: { machine: machine('VM.Standard.E5.Flex'), nodeCount: 3, image: 'ocid1.image.oc1.phx.cpu' },
    ...props,
  });
}

/** A fabric for a machine type in the network of a cluster. */
export function newFabric(stack: TerraformStack, type: string, network = newNetwork(stack)): Fabric {
  return new Fabric(stack, 'fabric', { name: 'atlas-gpu', network, zone: ZONE, machine: machine(type) });
}

/** OCID of the key of the scene, which exists already. */
export const KEY_ID = 'ocid1.key.oc1.phx.k';

/** The key of the scene. */
export function newKey(stack: TerraformStack): IEncryptionKey {
  return EncryptionKey.fromKeyId(stack, 'existing-key', KEY_ID);
}
