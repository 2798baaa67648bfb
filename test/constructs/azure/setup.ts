import type { Construct } from 'constructs';
import {
  Cluster,
  type ClusterProps,
  EncryptionKey,
  type EncryptionKeyProps,
  type INetwork,
  Network,
  type NetworkProps,
} from '../../../constructs/azure';
import { TerraformElement, TerraformStack, Testing } from '../../../constructs/cdktf';
import { type AzureMachine, azure } from '../../../estate/catalog/azure';
import { synthStack, type TerraformJson } from '../../helpers/terraform';

export const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';
export const TENANT = '99999999-8888-4777-8666-555555555555';

/** Somebody else's subscription, such as that of a hub. */
export const OTHER_SUBSCRIPTION = 'aaaaaaaa-2222-4333-8444-bbbbbbbbbbbb';

/** A managed identity that is there already. */
export const IDENTITY = {
  identityId: `/subscriptions/${OTHER_SUBSCRIPTION}/resourceGroups/hub/providers/Microsoft.ManagedIdentity/userAssignedIdentities/keeper`,
  clientId: 'cccccccc-2222-4333-8444-dddddddddddd',
  principalId: 'eeeeeeee-2222-4333-8444-ffffffffffff',
} as const;

/** A machine of the catalog. */
export function machine(type: string): AzureMachine {
  const found = azure.machines[type];
  if (found === undefined) throw new Error(`no machine ${type}`);
  return found;
}

/** An empty stack. */
export function stack(): TerraformStack {
  return new TerraformStack(Testing.app(), 'test');
}

/** A network with one subnet of each role that a cluster and a file system need. */
export function network(scope: Construct, props: Partial<NetworkProps> = {}): Network {
  return new Network(scope, 'network', {
    name: 'lab',
    subscriptionId: SUBSCRIPTION,
    resourceGroupName: 'lab',
    region: 'eastus2',
    zones: ['1', '2'],
    cidrs: ['10.128.0.0/16'],
    subnets: [
      { key: 'nodes', role: 'nodes', cidr: '10.128.0.0/19' },
      { key: 'endpoints', role: 'endpoints', cidr: '10.128.32.0/24' },
      { key: 'control-plane', role: 'control-plane', cidr: '10.128.33.0/27' },
      { key: 'storage', role: 'storage', cidr: '10.128.34.0/23' },
    ],
    ...props,
  });
}

/** A key in that network. */
export function key(scope: Construct, at: INetwork, props: Partial<EncryptionKeyProps> = {}): EncryptionKey {
  return new EncryptionKey(scope, 'key', { name: 'lab', network: at, tenantId: TENANT, ...props });
}

/** A cluster in a network of its own. */
export function cluster(scope: Construct, props: Partial<ClusterProps> = {}): Cluster {
  const at = props.network ?? network(scope);
  return new Cluster(scope, 'cluster', {
    name: 'lab',
    network: at,
    tenantId: TENANT,
    version: '1.36',
    podCidr: '100.64.0.0/10',
    serviceCidr: '172.20.0.0/16',
    systemPool: { machine: machine('Standard_D16ads_v5'), nodeCount: 3 },
    encryptionKey: props.encryptionKey ?? key(scope, at),
    ...props,
  });
}

/** The type of the resource that a construct is mainly about. */
export function defaultType(construct: Construct): string | undefined {
  const child = construct.node.defaultChild;
  return child instanceof TerraformElement && 'terraformResourceType' in child
    ? String(child.terraformResourceType)
    : undefined;
}

/** Synthesizes the stack that a construct is in. */
export function synth(construct: Construct): TerraformJson {
  return synthStack(TerraformStack.of(construct));
}
