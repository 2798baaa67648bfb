import { type App, Stack } from 'aws-cdk-lib/core';
import {
  AlarmTopic,
  Capacity,
  Cluster,
  EncryptionKey,
  FileSystem,
  Network,
  ObjectStore,
} from '../../../constructs/aws';
import { CATALOG, lustreTier, machineNamed } from '../../../estate/catalog';

/** A cluster with its stores on AWS, of which everything is asked that is off by default. */
export class AwsOptions extends Stack {
  constructor(app: App, id: string) {
    super(app, id, { env: { account: '111122223333', region: 'us-west-2' } });
    const zones = ['us-west-2a', 'us-west-2b'];
    const [zone = '', further = ''] = zones;
    const encryptionKey = new EncryptionKey(this, 'key', { name: id });
    const alarms = new AlarmTopic(this, 'alarms', { name: id, encryptionKey, emails: ['platform@example.com'] });
    const network = new Network(this, 'network', {
      name: id,
      zones,
      cidrs: ['10.64.0.0/16'],
      subnets: [
        { key: 'public-a', role: 'public', zone, cidr: '10.64.64.0/24' },
        { key: 'control-plane-a', role: 'control-plane', zone, cidr: '10.64.65.0/24' },
        { key: 'control-plane-b', role: 'control-plane', zone: further, cidr: '10.64.66.0/24' },
        { key: 'nodes-a', role: 'nodes', zone, cidr: '10.64.0.0/19' },
        { key: 'pods-a', role: 'pods', zone, cidr: '100.64.0.0/16' },
      ],
      encryptionKey,
    });
    const cluster = new Cluster(this, 'cluster', {
      name: id,
      network,
      version: CATALOG.aws.kubernetes.preferred,
      serviceCidr: '172.20.0.0/16',
      systemPool: { machine: machineNamed('aws', CATALOG.aws.systemMachine), nodeCount: 3, zone },
      encryptionKey,
      clusterAdmins: ['arn:aws:iam::111122223333:role/platform'],
      clusterViewers: ['arn:aws:iam::111122223333:role/research'],
      apiAccessCidrs: ['10.8.0.0/16', '203.0.113.0/24'],
      clusterName: id,
      logRetentionDays: 400,
      alarms,
    });
    Capacity.fromReservation(this, 'capacity', { id: 'cr-0123456789abcdef0', alarms });
    new FileSystem(this, 'scratch', {
      name: id,
      network,
      zone,
      tier: lustreTier('aws', 500),
      capacityGiB: 96_000,
      encryptionKey,
      clients: { cluster },
      alarms,
    });
    new ObjectStore(this, 'checkpoints', { name: id, encryptionKey, accessLogRetentionDays: 400 });
  }
}
