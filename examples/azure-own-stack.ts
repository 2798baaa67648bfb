/**
 * A platform team's own Azure stack: a GB300 cluster with its file system and its checkpoints, made of the constructs,
 * without an estate file.
 *
 *     node --require tsx/cjs examples/azure-own-stack.ts cdktf.out
 *
 * The constructs take finished numbers and rows of the catalog; everything they do not say has a safe default. A
 * property that they do not offer is set on the resource itself: `pool.node.defaultChild`, then `addOverride`.
 *
 * The subscription has been told once, by hand, of the resource providers that are used and of the feature
 * `EncryptionAtHost` of `Microsoft.Compute`; whoever applies reaches the vaults from inside the network.
 */
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import type { Construct } from 'constructs';
import { lustreTier, machineNamed } from 'training-estate';
import * as azure from 'training-estate/azure';
import { App, TerraformOutput, TerraformStack } from 'training-estate/cdktf';
import { useBackend, usePinnedProvider } from 'training-estate/terraform';

const SUBSCRIPTION = '5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01';
const TENANT = '9c3b7a52-1d4e-4f6a-8b0c-2e5d7f9a1b03';
const gb300 = machineNamed('azure', 'Standard_ND128isr_GB300_v6');
const cpu = machineNamed('azure', 'Standard_D16ads_v5');

class TrainingStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', {
      features: [{ storage: [{ dataPlaneAvailable: false }] }],
      subscriptionId: SUBSCRIPTION,
      resourceProviderRegistrations: 'none',
      storageUseAzuread: true,
    });
    usePinnedProvider(this, 'azurerm');
    useBackend(this, { kind: 'local' });
    if (gb300 === undefined || cpu === undefined) throw new Error('the catalog has lost a machine of this example');

    const name = 'lab-eastus2';
    const region = 'eastus2';
    const tags = { team: 'lab' };
    const group = new ResourceGroup(this, 'group', { name, location: region, tags });
    const network = new azure.Network(this, 'network', {
      name,
      subscriptionId: SUBSCRIPTION,
      resourceGroupName: group.name,
      region,
      zones: ['1'],
      cidrs: ['10.128.0.0/16'],
      subnets: [
        { key: 'nodes', role: 'nodes', cidr: '10.128.0.0/19' },
        { key: 'endpoints', role: 'endpoints', cidr: '10.128.32.0/24' },
        { key: 'control-plane', role: 'control-plane', cidr: '10.128.33.0/27' },
        { key: 'scratch', role: 'storage', cidr: '10.128.34.0/23' },
      ],
      tags,
    });
    const fabric = new azure.Fabric(this, 'fabric', { machines: [gb300] });
    const encryptionKey = new azure.EncryptionKey(this, 'key', { name, network, tenantId: TENANT, tags });
    const cluster = new azure.Cluster(this, 'cluster', {
      name,
      network,
      tenantId: TENANT,
      version: '1.36',
      podCidr: '100.64.0.0/10',
      serviceCidr: '172.20.0.0/16',
      systemPool: { machine: cpu, nodeCount: 3 },
      encryptionKey,
      tags,
    });
    const capacity = new azure.Capacity(this, 'capacity', { kind: 'dedicated' });
    for (const rack of ['1', '2']) {
      const rackName = `train-${rack}`;
      cluster.addNodePool(rackName, {
        name: rackName,
        machine: gb300,
        nodeCount: 18,
        zone: '1',
        capacity,
        fabric,
        tags,
      });
    }
    // Managed Lustre takes another kind of key than AKS, in a vault that lets trusted services in.
    const scratch = new azure.FileSystem(this, 'scratch', {
      name: `${name}-scratch`,
      network,
      zone: '1',
      tier: lustreTier('azure', 500),
      capacityTiB: 128,
      clients: [cluster.nodesSubnet.cidr],
      encryptionKey: new azure.EncryptionKey(this, 'scratch-key', {
        name: `${name}-scratch`,
        network,
        tenantId: TENANT,
        access: 'trusted-services',
        keyType: 'RSA',
        tags,
      }),
      tags,
    });
    const trainer = { cluster, namespace: 'training', serviceAccount: 'trainer' };
    const identity = new azure.Identity(this, 'trainer', { name, ...trainer, tags });
    const checkpoints = new azure.ObjectStore(this, 'checkpoints', {
      name: `${name}-checkpoints`,
      network,
      encryptionKey,
      retainDays: 30,
      tags,
    });
    checkpoints.grants.readWrite(identity);
    new TerraformOutput(this, 'mount', { value: scratch.mountPoint });
  }
}

/** Synthesizes the stack into a folder. */
export function build(outdir: string): void {
  const app = new App({ outdir });
  new TrainingStack(app, 'lab');
  app.synth();
}

if (require.main === module) build(process.argv[2] ?? 'cdktf.out');
