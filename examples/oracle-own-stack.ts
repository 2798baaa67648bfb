import { OciProvider } from '../.gen/providers/oci/provider';
import { App, LocalBackend, TerraformOutput, TerraformStack } from '../constructs/cdktf';
import {
  Capacity,
  Cluster,
  EncryptionKey,
  Fabric,
  FileSystem,
  Identity,
  Network,
  ObjectStore,
} from '../constructs/oracle';
import { ORACLE_MACHINES, type OracleMachine } from '../estate/catalog/oracle-machines';

const TENANCY = 'ocid1.tenancy.oc1..example';
const COMPARTMENT = 'ocid1.compartment.oc1..example';
const ZONE = 'Uocm:PHX-AD-1';

/** A platform team's own stack: 64 hosts of 8 H200 in one RDMA network, built from the constructs alone. */
class TrainingStack extends TerraformStack {
  constructor(scope: App, id: string) {
    super(scope, id);
    const name = 'phoenix';
    new LocalBackend(this, { path: `${id}.tfstate` });
    new OciProvider(this, 'oci', { tenancyOcid: TENANCY, region: 'us-phoenix-1' });
    // Policies are written in the home region of the tenancy.
    const home = new OciProvider(this, 'oci-home', { tenancyOcid: TENANCY, region: 'us-ashburn-1', alias: 'home' });

    const encryptionKey = new EncryptionKey(this, 'key', { name, compartmentId: COMPARTMENT });
    const network = new Network(this, 'network', {
      name,
      compartmentId: COMPARTMENT,
      zones: [ZONE],
      cidrs: ['10.192.0.0/16'],
      subnets: [
        { key: 'control-plane', role: 'control-plane', cidr: '10.192.32.0/28' },
        { key: 'nodes', role: 'nodes', cidr: '10.192.0.0/19' },
        { key: 'scratch', role: 'storage', cidr: '10.192.32.64/26' },
      ],
      serviceGateway: {
        serviceId: 'ocid1.service.oc1.phx.example',
        cidrLabel: 'all-phx-services-in-oracle-services-network',
      },
    });
    const cluster = new Cluster(this, 'cluster', {
      name,
      network,
      tenancyId: TENANCY,
      version: '1.35',
      podCidr: '100.64.0.0/10',
      serviceCidr: '172.20.0.0/16',
      systemPool: { machine: machine('VM.Standard.E5.Flex'), nodeCount: 3, image: 'ocid1.image.oc1.phx.cpu' },
      encryptionKey,
      homeProvider: home,
    });

    const h200 = machine('BM.GPU.H200.8');
    const fabric = new Fabric(this, 'fabric', { name, network, zone: ZONE, machine: h200 });
    const capacity = new Capacity(this, 'capacity', {
      kind: 'dedicated',
      id: 'ocid1.computehostgroup.oc1.phx.example',
    });
    const image = 'ocid1.image.oc1.phx.gpu';
    cluster.addNodePool('train', {
      name: `${name}-train`,
      machine: h200,
      nodeCount: 64,
      zone: ZONE,
      image,
      fabric,
      capacity,
    });

    const scratch = new FileSystem(this, 'scratch', {
      name: `${name}-scratch`,
      network,
      zone: ZONE,
      throughputMBpsPerTiB: 500,
      capacityGB: 124_800,
      encryptionKey,
      clients: { nodes: cluster.nodesSubnet.cidr },
    });
    cluster.connectTo(scratch);

    const checkpoints = new ObjectStore(this, 'checkpoints', {
      name: `${name}-checkpoints`,
      compartmentId: COMPARTMENT,
      namespace: 'example',
      encryptionKey,
    });
    const workload = new Identity(this, 'workload', {
      name,
      cluster,
      namespace: 'training',
      serviceAccount: 'training',
    });
    checkpoints.grants.readWrite(workload);

    new TerraformOutput(this, 'mount', { value: `${scratch.mountAddress}@${scratch.lnet}:/${scratch.mountName}` });
  }
}

function machine(type: string): OracleMachine {
  const row = ORACLE_MACHINES[type];
  if (row === undefined) throw new Error(`no shape "${type}"; known: ${Object.keys(ORACLE_MACHINES).join(', ')}`);
  return row;
}

/** Synthesizes the example into a folder. */
export function build(outdir: string): void {
  const app = new App({ outdir });
  new TrainingStack(app, 'training-phoenix');
  app.synth();
}

if (require.main === module) build(process.argv[2] ?? 'cdktf.out');
