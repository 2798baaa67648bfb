import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import type { Construct } from 'constructs';
import { TerraformStack } from '../../../constructs/cdktf';
import { AlarmChannel, Cluster, EncryptionKey, FileSystem, Network, ObjectStore } from '../../../constructs/google';
import { CATALOG, lustreTier, machineNamed } from '../../../estate/catalog';
import { useBackend, usePinnedProvider } from '../../../stacks/terraform';

/** A cluster with its stores on Google Cloud, of which everything is asked that is off by default. */
export class GoogleOptions extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const project = { projectId: 'research-train', projectNumber: '123456789012' };
    const [region, zone] = ['us-central1', 'us-central1-a'];
    new GoogleProvider(this, 'google', { project: project.projectId, region });
    usePinnedProvider(this, 'google');
    useBackend(this, { kind: 'local' });
    const { projectId } = project;
    const alarms = new AlarmChannel(this, 'alarms', { name: id, projectId, email: 'platform@example.com' });
    const network = new Network(this, 'network', {
      name: id,
      projectId,
      region,
      zones: [zone],
      cidrs: ['10.0.0.0/16'],
      subnets: [
        { key: 'nodes', role: 'nodes', cidr: '10.0.0.0/19' },
        { key: 'pods', role: 'pods', cidr: '100.64.0.0/14' },
        { key: 'services', role: 'services', cidr: '172.20.0.0/20' },
        { key: 'storage', role: 'storage', cidr: '10.0.32.0/20' },
      ],
    });
    const encryptionKey = new EncryptionKey(this, 'key', { name: id, ...project, region });
    new Cluster(this, 'cluster', {
      name: id,
      network,
      projectNumber: project.projectNumber,
      version: CATALOG.google.kubernetes.preferred,
      podCidr: '100.64.0.0/14',
      serviceCidr: '172.20.0.0/20',
      systemPool: { machine: machineNamed('google', CATALOG.google.systemMachine), nodesPerZone: 3 },
      encryptionKey,
      clusterAdmins: ['platform@example.com'],
      clusterViewers: ['research@example.com'],
      apiAccessCidrs: ['10.8.0.0/16', '203.0.113.0/24'],
      securityGroup: 'gke-security-groups@example.com',
      binaryAuthorization: true,
      logRetentionDays: 400,
      alarms,
    });
    new FileSystem(this, 'scratch', {
      name: id,
      network,
      zone,
      tier: lustreTier('google', 1000),
      capacityGiB: 9000,
      clients: { nodes: { name: id, cidr: '10.0.0.0/19' } },
      alarms,
    });
    new ObjectStore(this, 'checkpoints', {
      name: id,
      projectId,
      region,
      encryptionKey,
      retainDays: 7,
      accessLogRetentionDays: 400,
    });
  }
}
