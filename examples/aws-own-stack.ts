import { App, CfnOutput, Stack } from 'aws-cdk-lib/core';
import { lustreTier, machineNamed } from 'training-estate';
import {
  Capacity,
  Cluster,
  EncryptionKey,
  Fabric,
  FileSystem,
  Identity,
  Network,
  ObjectStore,
} from 'training-estate/aws';

/** A platform team's own stack: 64 nodes of 8 B300 in one reservation, built from the constructs alone. */
export class TrainingStack extends Stack {
  constructor(scope: App, id: string) {
    super(scope, id, { env: { account: '111122223333', region: 'us-west-2' } });
    const name = 'oregon';
    const encryptionKey = new EncryptionKey(this, 'key', { name });
    const network = new Network(this, 'network', {
      name,
      zones: ['us-west-2a', 'us-west-2b'],
      cidrs: ['10.64.0.0/16'],
      subnets: [
        { key: 'public-a', role: 'public', zone: 'us-west-2a', cidr: '10.64.64.0/24' },
        { key: 'control-plane-a', role: 'control-plane', zone: 'us-west-2a', cidr: '10.64.65.0/24' },
        { key: 'control-plane-b', role: 'control-plane', zone: 'us-west-2b', cidr: '10.64.66.0/24' },
        { key: 'nodes-a', role: 'nodes', zone: 'us-west-2a', cidr: '10.64.0.0/19' },
        { key: 'pods-a', role: 'pods', zone: 'us-west-2a', cidr: '100.64.0.0/16' },
      ],
      encryptionKey,
    });
    const cluster = new Cluster(this, 'cluster', {
      name,
      network,
      version: '1.35',
      serviceCidr: '172.20.0.0/16',
      systemPool: { machine: machineNamed('aws', 'm7i.4xlarge'), nodeCount: 3, zone: 'us-west-2a' },
      encryptionKey,
      clusterAdmins: ['arn:aws:iam::111122223333:role/platform'],
    });

    const b300 = machineNamed('aws', 'p6-b300.48xlarge');
    const fabric = new Fabric(this, 'fabric', { name, network, zone: 'us-west-2a', machine: b300 });
    const capacity = Capacity.fromReservation(this, 'capacity', { id: 'cr-0123456789abcdef0' });
    cluster.addNodePool('train', { name: `${name}-train`, machine: b300, nodeCount: 64, fabric, capacity });

    const scratch = new FileSystem(this, 'scratch', {
      name: `${name}-scratch`,
      network,
      zone: 'us-west-2a',
      tier: lustreTier('aws', 500),
      capacityGiB: 96_000,
      encryptionKey,
      clients: { fabric },
    });
    scratch.allowClient(this, 'nodes', cluster);
    // Pods mount it through this driver, whose controller needs a node.
    cluster.addAddon('aws-fsx-csi-driver').node.addDependency(cluster.systemPool);

    const checkpoints = new ObjectStore(this, 'checkpoints', { name: `${name}-checkpoints`, encryptionKey });
    const workload = new Identity(this, 'workload', {
      name,
      cluster,
      namespace: 'training',
      serviceAccount: 'training',
    });
    checkpoints.grants.readWrite(workload);

    new CfnOutput(this, 'cluster-name', { value: cluster.clusterName });
    new CfnOutput(this, 'bucket', { value: checkpoints.bucketName });
    new CfnOutput(this, 'mount', { value: scratch.mountPoint });
  }
}

/** Synthesizes the example into a folder. */
export function build(outdir: string): void {
  const app = new App({ outdir });
  new TrainingStack(app, 'training-oregon');
  app.synth();
}

if (require.main === module) build(process.argv[2] ?? 'cdk.out');
