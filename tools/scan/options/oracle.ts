import type { Construct } from 'constructs';
import { OciProvider } from '../../../.gen/providers/oci/provider';
import { TerraformStack } from '../../../constructs/cdktf';
import { AlarmTopic, Cluster, EncryptionKey, FileSystem, Network, ObjectStore } from '../../../constructs/oracle';
import { CATALOG, lustreTier, machineNamed } from '../../../estate/catalog';
import { useBackend, usePinnedProvider } from '../../../stacks/terraform';

/** A cluster with its stores on Oracle Cloud, of which everything is asked that is off by default. */
export class OracleOptions extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const [tenancyId, compartmentId] = ['ocid1.tenancy.oc1..example', 'ocid1.compartment.oc1..example'];
    const zone = 'Uocm:PHX-AD-1';
    const signer = { tenancyOcid: tenancyId, configFileProfile: 'DEFAULT' };
    new OciProvider(this, 'oci', { ...signer, region: 'us-phoenix-1' });
    const homeProvider = new OciProvider(this, 'oci-home', { ...signer, region: 'us-ashburn-1', alias: 'home' });
    usePinnedProvider(this, 'oci');
    useBackend(this, { kind: 'local' });
    const alarms = new AlarmTopic(this, 'alarms', { name: id, compartmentId, emails: ['platform@example.com'] });
    const encryptionKey = new EncryptionKey(this, 'key', { name: id, compartmentId });
    const network = new Network(this, 'network', {
      name: id,
      compartmentId,
      zones: [zone],
      cidrs: ['10.192.0.0/16'],
      subnets: [
        { key: 'control-plane', role: 'control-plane', cidr: '10.192.32.0/28' },
        { key: 'nodes', role: 'nodes', cidr: '10.192.0.0/19' },
        { key: 'scratch', role: 'storage', cidr: '10.192.33.0/24' },
      ],
      serviceGateway: {
        serviceId: 'ocid1.service.oc1.phx.example',
        cidrLabel: 'all-phx-services-in-oracle-services-network',
      },
    });
    const cluster = new Cluster(this, 'cluster', {
      name: id,
      network,
      tenancyId,
      homeProvider,
      version: CATALOG.oracle.kubernetes.preferred,
      podCidr: '100.64.0.0/10',
      serviceCidr: '172.20.0.0/16',
      systemPool: {
        machine: machineNamed('oracle', CATALOG.oracle.systemMachine),
        nodeCount: 3,
        image: 'ocid1.image.oc1.phx.cpu',
      },
      encryptionKey,
      apiAccessCidrs: ['10.8.0.0/16'],
      logRetentionDays: 180,
      alarms,
    });
    const scratch = new FileSystem(this, 'scratch', {
      name: id,
      network,
      zone,
      tier: lustreTier('oracle', 500),
      capacityGB: 124_800,
      encryptionKey,
      alarms,
    });
    scratch.allowClient(this, 'mount', cluster);
    new ObjectStore(this, 'checkpoints', {
      name: id,
      compartmentId,
      namespace: 'example',
      encryptionKey,
      accessLogRetentionDays: 180,
    });
  }
}
