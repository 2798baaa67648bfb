/**
 * Pools in clusters that are there already, on four clouds: a landing zone gave network and cluster, a security team the
 * key, a data team the bucket.
 *
 * Nothing of that is made or looked up here: a stack states what it is told, and makes nodes, an identity for what runs
 * on them, and the access of that identity to the bucket.
 */
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App as CdkApp, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { machineNamed } from 'training-estate';
import * as aws from 'training-estate/aws';
import * as azure from 'training-estate/azure';
import { App, LocalBackend, TerraformStack } from 'training-estate/cdktf';
import * as google from 'training-estate/google';
import * as oracle from 'training-estate/oracle';
import { OciProvider } from 'training-estate/oracle/provider';
import { usePinnedProvider } from 'training-estate/terraform';

/** What runs on the nodes, on every cloud. */
const WORKLOAD = { namespace: 'training', serviceAccount: 'trainer' };

/** Nodes of an EKS cluster in a VPC that is shared with this account. */
export class AwsPool extends Stack {
  readonly pool: aws.NodePool;

  constructor(scope: Construct, id: string) {
    super(scope, id, { env: { account: '111122223333', region: 'us-west-2' } });
    const zone = 'us-west-2a';
    const network = aws.Network.fromNetworkAttributes(this, 'network', {
      networkId: 'vpc-0a1b2c3d4e5f60718',
      zones: [zone],
      subnets: [
        { key: 'nodes', role: 'nodes', cidr: '10.64.0.0/20', zone, subnetId: 'subnet-0a1b2c3d4e5f60718' },
        { key: 'pods', role: 'pods', cidr: '100.64.0.0/16', zone, subnetId: 'subnet-1a1b2c3d4e5f60718' },
      ],
    });
    const cluster = aws.Cluster.fromClusterAttributes(this, 'cluster', {
      clusterName: 'platform',
      network,
      clusterSecurityGroupId: 'sg-0a1b2c3d4e5f60718',
      nodeRoleArn: 'arn:aws:iam::111122223333:role/platform-nodes',
      encryptionKey: aws.EncryptionKey.fromKeyArn(
        this,
        'key',
        'arn:aws:kms:us-west-2:444455556666:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
      ),
    });
    this.pool = new aws.NodePool(this, 'pool-train', {
      cluster,
      name: 'platform-train',
      machine: machineNamed('aws', 'p5en.48xlarge'),
      nodeCount: 2,
      zone,
      capacity: aws.Capacity.fromReservation(this, 'capacity-train', { id: 'cr-0a1b2c3d4e5f60718' }),
    });
    const workload = new aws.Identity(this, 'workload', { name: 'platform', cluster, ...WORKLOAD });
    aws.ObjectStore.fromBucketName(this, 'datasets', 'example-datasets').grants.read(workload);
  }
}

/** Nodes of an AKS cluster in a spoke network of another resource group. */
export class AzurePool extends TerraformStack {
  readonly pool: azure.NodePool;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const subscriptionId = '5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01';
    new AzurermProvider(this, 'azurerm', { features: [{}], subscriptionId });
    usePinnedProvider(this, 'azurerm');
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const network = azure.Network.fromNetworkAttributes(this, 'network', {
      name: 'spoke',
      subscriptionId,
      resourceGroupName: 'landing-zone',
      region: 'eastus2',
      zones: ['1'],
      subnets: [{ key: 'nodes', role: 'nodes', cidr: '10.32.0.0/20' }],
    });
    const cluster = azure.Cluster.fromClusterAttributes(this, 'cluster', {
      clusterId: `/subscriptions/${subscriptionId}/resourceGroups/platform/providers/Microsoft.ContainerService/managedClusters/platform`,
      oidcIssuerUrl: 'https://eastus2.oic.prod-aks.azure.com/9c3b7a52-1d4e-4f6a-8b0c-2e5d7f9a1b03/0a1b2c3d/',
      network,
    });
    this.pool = new azure.NodePool(this, 'pool-train', {
      cluster,
      name: 'train',
      machine: machineNamed('azure', 'Standard_ND96isr_H200_v5'),
      nodeCount: 2,
      zone: '1',
      capacity: azure.Capacity.onDemand(this, 'capacity-train'),
    });
    const workload = new azure.Identity(this, 'workload', { name: 'platform', cluster, ...WORKLOAD });
    const datasets = azure.ObjectStore.fromObjectStoreAttributes(this, 'datasets', {
      subscriptionId,
      resourceGroupName: 'data',
      accountName: 'exampledatasets',
    });
    datasets.grants.read(workload);
  }
}

/** Nodes of a GKE cluster in a shared VPC, whose host project is another one. */
export class GooglePool extends TerraformStack {
  readonly pool: google.NodePool;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const [region, zone] = ['us-central1', 'us-central1-a'];
    const project = { projectId: 'research-train', projectNumber: '123456789012' };
    new GoogleProvider(this, 'google', { project: project.projectId, region });
    usePinnedProvider(this, 'google');
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const network = google.Network.fromNetworkAttributes(this, 'network', {
      name: 'shared',
      projectId: 'network-host',
      region,
      zones: [zone],
      subnets: [{ key: 'nodes', role: 'nodes', cidr: '10.0.0.0/19', subnetName: 'train-nodes' }],
    });
    const cluster = google.Cluster.fromClusterAttributes(this, 'cluster', {
      clusterName: 'platform',
      ...project,
      region,
      nodeServiceAccount: 'nodes@research-train.iam.gserviceaccount.com',
      enableMultiNetworking: true,
    });
    const machine = machineNamed('google', 'a3-ultragpu-8g');
    const fabric = new google.Fabric(this, 'fabric', { name: 'platform', network, zone, machine });
    this.pool = new google.NodePool(this, 'pool-train', {
      cluster,
      name: 'train',
      machine,
      nodeCount: 2,
      zone,
      fabric,
      capacity: google.Capacity.spot(this, 'capacity-train'),
    });
    const workload = new google.Identity(this, 'workload', { name: 'platform', cluster, ...WORKLOAD });
    google.ObjectStore.fromBucketName(this, 'datasets', 'example-datasets').grants.read(workload);
  }
}

/** Nodes of an OKE cluster in the compartment of a network team. */
export class OraclePool extends TerraformStack {
  readonly pool: oracle.NodePool;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const [tenancyId, compartmentId] = ['ocid1.tenancy.oc1..example', 'ocid1.compartment.oc1..example'];
    const zone = 'Uocm:PHX-AD-1';
    new OciProvider(this, 'oci', { tenancyOcid: tenancyId, region: 'us-phoenix-1' });
    usePinnedProvider(this, 'oci');
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const network = oracle.Network.fromNetworkAttributes(this, 'network', {
      networkId: 'ocid1.vcn.oc1.phx.example',
      compartmentId: 'ocid1.compartment.oc1..network',
      zones: [zone],
      subnets: [{ key: 'nodes', role: 'nodes', cidr: '10.192.0.0/19', subnetId: 'ocid1.subnet.oc1.phx.example' }],
    });
    const cluster = oracle.Cluster.fromClusterAttributes(this, 'cluster', {
      clusterName: 'platform',
      clusterId: 'ocid1.cluster.oc1.phx.example',
      network,
      compartmentId,
      tenancyId,
      version: '1.35',
      nodesGroupId: 'ocid1.networksecuritygroup.oc1.phx.example',
    });
    this.pool = new oracle.NodePool(this, 'pool-train', {
      cluster,
      name: 'train',
      machine: machineNamed('oracle', 'VM.Standard.E5.Flex'),
      nodeCount: 2,
      zone,
      image: 'ocid1.image.oc1.phx.example',
      capacity: oracle.Capacity.onDemand(this, 'capacity-train'),
    });
    const workload = new oracle.Identity(this, 'workload', { name: 'platform', cluster, ...WORKLOAD });
    const datasets = oracle.ObjectStore.fromObjectStoreAttributes(this, 'datasets', {
      bucketName: 'datasets',
      compartmentId,
      namespace: 'example',
    });
    datasets.grants.read(workload);
  }
}

/** Synthesizes the four stacks into a folder: CloudFormation into `cdk.out` below it, Terraform into `cdktf.out`. */
export function build(outdir: string): void {
  const cdk = new CdkApp({ outdir: `${outdir}/cdk.out`, analyticsReporting: false });
  new AwsPool(cdk, 'platform-aws');
  cdk.synth();
  const app = new App({ outdir: `${outdir}/cdktf.out` });
  new AzurePool(app, 'platform-azure');
  new GooglePool(app, 'platform-google');
  new OraclePool(app, 'platform-oracle');
  app.synth();
}
