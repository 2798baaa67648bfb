/**
 * A platform team's own stack on Google Cloud, from the constructs alone: no estate file, no planner.
 *
 * One rack of GB200 in a reservation, a file system and a bucket beside it. The numbers that the planner would find
 * (ranges, names, sizes) are chosen here.
 *
 * What runs inside of Kubernetes follows by GitOps: a Network and a GKENetworkParamSet for each of `fabric.nodeInterfaces`,
 * the NCCL plugin of the fabric, NVIDIA's DRA driver for memory shared over NVLink, and Kueue.
 */
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import type { Construct } from 'constructs';
import { lustreTier, machineNamed } from 'training-estate';
import { App, LocalBackend, TerraformStack } from 'training-estate/cdktf';
import {
  Capacity,
  Cluster,
  EncryptionKey,
  Fabric,
  FileSystem,
  Identity,
  Network,
  ObjectStore,
} from 'training-estate/google';
import { usePinnedProvider } from 'training-estate/terraform';

const project = { projectId: 'research-train', projectNumber: '123456789012' };
const region = 'us-central1';
const zone = 'us-central1-a';
const tags = { team: 'research' };

/** A GB200 rack with its cluster, fabric and data. */
export class RackStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new GoogleProvider(this, 'google', { project: project.projectId, region });
    usePinnedProvider(this, 'google');
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });

    const rack = machineNamed('google', 'a4x-highgpu-4g');
    const system = machineNamed('google', 'e2-standard-16');

    const network = new Network(this, 'network', {
      name: 'research',
      projectId: project.projectId,
      region,
      zones: [zone],
      cidrs: ['10.0.0.0/16'],
      subnets: [
        { key: 'nodes', role: 'nodes', cidr: '10.0.0.0/19' },
        { key: 'pods', role: 'pods', cidr: '100.64.0.0/14' },
        { key: 'services', role: 'services', cidr: '172.20.0.0/20' },
        { key: 'storage', role: 'storage', cidr: '10.0.32.0/20' },
      ],
      tags,
    });
    const encryptionKey = new EncryptionKey(this, 'key', { name: 'research', ...project, region, tags });
    const cluster = new Cluster(this, 'cluster', {
      name: 'research',
      network,
      projectNumber: project.projectNumber,
      version: '1.35',
      podCidr: '100.64.0.0/14',
      serviceCidr: '172.20.0.0/20',
      systemPool: { machine: system, nodesPerZone: 3 },
      encryptionKey,
      clusterAdmins: ['platform@example.com'],
      tags,
    });

    const fabric = new Fabric(this, 'fabric', { name: 'research', network, zone, machine: rack });
    const capacity = Capacity.fromReservation(this, 'capacity', { id: 'gb200', projectId: project.projectId });
    cluster.addNodePool('rack-1', { name: 'rack-1', machine: rack, nodeCount: 18, zone, fabric, capacity, tags });

    const checkpoints = new ObjectStore(this, 'checkpoints', {
      name: 'research-checkpoints',
      projectId: project.projectId,
      region,
      encryptionKey,
      retainDays: 7,
      tags,
    });
    checkpoints.grants.readWrite(
      new Identity(this, 'training', { name: 'training', cluster, namespace: 'training', serviceAccount: 'training' }),
    );
    new FileSystem(this, 'scratch', {
      name: 'research-scratch',
      network,
      zone,
      tier: lustreTier('google', 1000),
      capacityGiB: 9000,
      clients: { nodes: { name: 'research', cidr: '10.0.0.0/19' } },
      tags,
    });
  }
}

/** Synthesizes the stack into a folder. */
export function build(outdir: string): void {
  const app = new App({ outdir });
  new RackStack(app, 'research-rack');
  app.synth();
}

if (require.main === module) build(process.argv[2] ?? 'cdktf.out');
