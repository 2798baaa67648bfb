/**
 * A platform team's own stacks on Oracle Cloud, from the constructs: no estate file, no planner.
 *
 * 64 hosts of 8 H200 in one RDMA network, a file system and a bucket beside them. The numbers that the planner would
 * find (ranges, names, sizes) are chosen here. What nodes and services must be allowed comes from the foundation, once
 * for the compartment, and is applied first.
 */
import type { Construct } from 'constructs';
import { lustreTier, machineNamed } from 'training-estate';
import { App, LocalBackend, TerraformOutput, TerraformStack } from 'training-estate/cdktf';
import {
  Capacity,
  Cluster,
  EncryptionKey,
  Fabric,
  FileSystem,
  Identity,
  Network,
  ObjectStore,
} from 'training-estate/oracle';
import { OciProvider } from 'training-estate/oracle/provider';
import { FoundationStack } from 'training-estate/oracle/stacks';
import { usePinnedProvider } from 'training-estate/terraform';

const TENANCY = 'ocid1.tenancy.oc1..example';
const COMPARTMENT = 'ocid1.compartment.oc1..example';
const NAMESPACE = 'example';
const REGION = 'us-phoenix-1';
const HOME_REGION = 'us-ashburn-1';
const ZONE = 'Uocm:PHX-AD-1';

const name = 'phoenix';
const tags = { team: 'research' };
const hosts = machineNamed('oracle', 'BM.GPU.H200.8');

/** The hosts with their cluster, fabric and data. */
export class TrainingStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    usePinnedProvider(this, 'oci');
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    // A provider with an alias finds no credentials in the environment, so both name the profile that they sign with.
    const signer = { tenancyOcid: TENANCY, configFileProfile: 'DEFAULT' };
    new OciProvider(this, 'oci', { ...signer, region: REGION });
    // Policies are written in the home region of the tenancy.
    const home = new OciProvider(this, 'oci-home', { ...signer, region: HOME_REGION, alias: 'home' });

    const encryptionKey = new EncryptionKey(this, 'key', { name, compartmentId: COMPARTMENT, tags });
    const network = new Network(this, 'network', {
      name,
      compartmentId: COMPARTMENT,
      zones: [ZONE],
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
      tags,
    });
    const cluster = new Cluster(this, 'cluster', {
      name,
      network,
      tenancyId: TENANCY,
      version: '1.35',
      podCidr: '100.64.0.0/10',
      serviceCidr: '172.20.0.0/16',
      systemPool: {
        machine: machineNamed('oracle', 'VM.Standard.E5.Flex'),
        nodeCount: 3,
        image: 'ocid1.image.oc1.phx.cpu',
      },
      encryptionKey,
      homeProvider: home,
      tags,
    });

    const fabric = new Fabric(this, 'fabric', { name, network, zone: ZONE, machine: hosts, tags });
    const capacity = Capacity.fromReservation(this, 'capacity', {
      kind: 'dedicated',
      id: 'ocid1.computehostgroup.oc1.phx.example',
    });
    const image = 'ocid1.image.oc1.phx.gpu';
    cluster.addNodePool('train', {
      name: `${name}-train`,
      machine: hosts,
      nodeCount: 64,
      zone: ZONE,
      image,
      fabric,
      capacity,
      tags,
    });

    const scratch = new FileSystem(this, 'scratch', {
      name: `${name}-scratch`,
      network,
      zone: ZONE,
      tier: lustreTier('oracle', 500),
      capacityGB: 124_800,
      encryptionKey,
      tags,
    });
    scratch.allowClient(this, 'scratch-mount', cluster);

    const checkpoints = new ObjectStore(this, 'checkpoints', {
      name: `${name}-checkpoints`,
      compartmentId: COMPARTMENT,
      namespace: NAMESPACE,
      encryptionKey,
      tags,
    });
    const workload = new Identity(this, 'workload', {
      name,
      cluster,
      namespace: 'training',
      serviceAccount: 'training',
      tags,
    });
    checkpoints.grants.readWrite(workload);

    new TerraformOutput(this, 'mount', { value: scratch.mountPoint });
  }
}

/** Synthesizes both stacks into a folder. */
export function build(outdir: string): void {
  const app = new App({ outdir });
  const foundation = new FoundationStack(app, 'training-foundation', {
    account: {
      name,
      ids: {
        cloud: 'oracle',
        tenancyId: TENANCY,
        compartmentId: COMPARTMENT,
        homeRegion: HOME_REGION,
        objectStorageNamespace: NAMESPACE,
        clusterAdmins: [],
      },
      regions: [REGION],
      machines: [hosts],
      tags,
    },
    state: { kind: 'local' },
  });
  new TrainingStack(app, 'training-phoenix').addDependency(foundation);
  app.synth();
}

if (require.main === module) build(process.argv[2] ?? 'cdktf.out');
