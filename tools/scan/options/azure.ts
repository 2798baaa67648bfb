import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import type { Construct } from 'constructs';
import { AlarmGroup, Cluster, EncryptionKey, FileSystem, Network, ObjectStore } from '../../../constructs/azure';
import { TerraformStack } from '../../../constructs/cdktf';
import { CATALOG, lustreTier, machineNamed } from '../../../estate/catalog';
import { useBackend, usePinnedProvider } from '../../../stacks/terraform';

const RANGES = {
  nodes: '10.128.0.0/19',
  endpoints: '10.128.32.0/24',
  'control-plane': '10.128.33.0/27',
  storage: '10.128.34.0/23',
} as const;

/** A cluster with its stores on Azure, of which everything is asked that is off by default. */
export class AzureOptions extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const place = { subscriptionId: '5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01', resourceGroupName: id };
    const tenantId = '9c3b7a52-1d4e-4f6a-8b0c-2e5d7f9a1b03';
    new AzurermProvider(this, 'azurerm', { features: [{}], subscriptionId: place.subscriptionId });
    usePinnedProvider(this, 'azurerm');
    useBackend(this, { kind: 'local' });
    const alarms = new AlarmGroup(this, 'alarms', { name: id, ...place, emails: ['platform@example.com'] });
    const network = new Network(this, 'network', {
      name: id,
      ...place,
      region: 'eastus2',
      zones: ['1'],
      cidrs: ['10.128.0.0/16'],
      subnets: Object.entries(RANGES).map(([role, cidr]) => ({ key: role, role: role as keyof typeof RANGES, cidr })),
    });
    const runner = { ranges: ['203.0.113.7/32'] };
    const encryptionKey = new EncryptionKey(this, 'key', { name: id, network, tenantId, runner });
    const cluster = new Cluster(this, 'cluster', {
      name: id,
      network,
      tenantId,
      version: CATALOG.azure.kubernetes.preferred,
      podCidr: '100.64.0.0/10',
      serviceCidr: '172.20.0.0/16',
      systemPool: { machine: machineNamed('azure', CATALOG.azure.systemMachine), nodeCount: 3 },
      encryptionKey,
      clusterAdmins: ['0c1d2e3f-4a5b-6c7d-8e9f-0a1b2c3d4e5f'],
      clusterViewers: ['1c1d2e3f-4a5b-6c7d-8e9f-0a1b2c3d4e5f'],
      apiAccessCidrs: ['10.8.0.0/16'],
      policyAddon: true,
      logRetentionDays: 400,
      alarms,
    });
    const storesKey = new EncryptionKey(this, 'stores-key', {
      name: `${id}-stores`,
      network,
      tenantId,
      access: 'trusted-services',
      keyType: 'RSA',
      runner,
    });
    new FileSystem(this, 'scratch', {
      name: id,
      network,
      zone: '1',
      tier: lustreTier('azure', 500),
      capacityTiB: 128,
      clients: [cluster.nodesSubnet.cidr],
      encryptionKey: storesKey,
      alarms,
    });
    new ObjectStore(this, 'checkpoints', {
      name: id,
      network,
      encryptionKey: storesKey,
      retainDays: 30,
      accessLogRetentionDays: 400,
    });
  }
}
