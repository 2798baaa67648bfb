/**
 * One partition, twice: the same pool of H200 nodes on Google Cloud and on Oracle Cloud, in one program.
 *
 * The words are the same on every cloud (`Network`, `Cluster`, `Fabric`, `Capacity`, `addNodePool`); what a cloud alone
 * needs keeps that cloud's own term. There is no estate file here: the numbers are chosen by hand. What a project and a
 * compartment need once (APIs, policies) is the business of their `FoundationStack`: see oracle-own-stack.ts.
 */
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { CATALOG } from 'training-estate';
import { App, LocalBackend, TerraformStack } from 'training-estate/cdktf';
import * as google from 'training-estate/google';
import * as oracle from 'training-estate/oracle';
import { OciProvider } from 'training-estate/oracle/provider';
import { usePinnedProvider } from 'training-estate/terraform';

/** What both halves have in common. */
const PARTITION = {
  nodeCount: 32,
  version: '1.35',
  tags: { team: 'research', 'managed-by': 'platform' },
} as const;

/** The half on Google Cloud: A3 Ultra nodes of a reservation. */
class GoogleHalf extends TerraformStack {
  constructor(app: App, id: string) {
    super(app, id);
    const project = { projectId: 'research-train', projectNumber: '123456789012' };
    const { nodeCount, version, tags } = PARTITION;
    const zone = 'us-central1-a';
    const name = 'iowa';
    new GoogleProvider(this, 'google', { project: project.projectId, region: 'us-central1' });
    usePinnedProvider(this, 'google');
    new LocalBackend(this, { path: `${id}.tfstate` });

    const network = new google.Network(this, 'network', {
      name,
      projectId: project.projectId,
      region: 'us-central1',
      zones: [zone],
      cidrs: ['10.160.0.0/16'],
      subnets: [
        { key: 'nodes', role: 'nodes', cidr: '10.160.0.0/19' },
        { key: 'pods', role: 'pods', cidr: '100.64.0.0/14' },
        { key: 'services', role: 'services', cidr: '172.20.0.0/20' },
        { key: 'storage', role: 'storage', cidr: '10.160.32.0/20' },
      ],
      tags,
    });
    const encryptionKey = new google.EncryptionKey(this, 'key', { name, ...project, region: 'us-central1', tags });
    const cluster = new google.Cluster(this, 'cluster', {
      name,
      network,
      projectNumber: project.projectNumber,
      version,
      podCidr: '100.64.0.0/14',
      serviceCidr: '172.20.0.0/20',
      systemPool: { machine: row(CATALOG.google.machines, CATALOG.google.systemMachine), nodesPerZone: 3 },
      encryptionKey,
      tags,
    });
    const machine = row(CATALOG.google.machines, 'a3-ultragpu-8g');
    const fabric = new google.Fabric(this, 'fabric', { name, network, zone, machine });
    const capacity = new google.Capacity(this, 'capacity', {
      kind: 'reservation',
      projectId: project.projectId,
      id: 'h200',
    });
    cluster.addNodePool('train', { name: 'train', machine, nodeCount, zone, fabric, capacity, tags });
  }
}

/** The half on Oracle Cloud: bare-metal hosts of a capacity that is ours by contract. */
class OracleHalf extends TerraformStack {
  constructor(app: App, id: string) {
    super(app, id);
    const { nodeCount, version, tags } = PARTITION;
    const tenancyId = 'ocid1.tenancy.oc1..example';
    const compartmentId = 'ocid1.compartment.oc1..example';
    const zone = 'Uocm:PHX-AD-1';
    const name = 'phoenix';
    // A provider with an alias finds no credentials in the environment, so both name the profile that they sign with.
    const signer = { tenancyOcid: tenancyId, configFileProfile: 'DEFAULT' };
    new OciProvider(this, 'oci', { ...signer, region: 'us-phoenix-1' });
    const homeProvider = new OciProvider(this, 'oci-home', { ...signer, region: 'us-ashburn-1', alias: 'home' });
    usePinnedProvider(this, 'oci');
    new LocalBackend(this, { path: `${id}.tfstate` });

    const network = new oracle.Network(this, 'network', {
      name,
      compartmentId,
      zones: [zone],
      cidrs: ['10.192.0.0/16'],
      subnets: [
        { key: 'control-plane', role: 'control-plane', cidr: '10.192.32.0/28' },
        { key: 'nodes', role: 'nodes', cidr: '10.192.0.0/19' },
      ],
      serviceGateway: {
        serviceId: 'ocid1.service.oc1.phx.example',
        cidrLabel: 'all-phx-services-in-oracle-services-network',
      },
      tags,
    });
    const encryptionKey = new oracle.EncryptionKey(this, 'key', { name, compartmentId, tags });
    const cluster = new oracle.Cluster(this, 'cluster', {
      name,
      network,
      tenancyId,
      homeProvider,
      version,
      podCidr: '100.64.0.0/10',
      serviceCidr: '172.20.0.0/16',
      systemPool: {
        machine: row(CATALOG.oracle.machines, CATALOG.oracle.systemMachine),
        nodeCount: 3,
        image: 'ocid1.image.oc1.phx.system',
      },
      encryptionKey,
      tags,
    });
    const machine = row(CATALOG.oracle.machines, 'BM.GPU.H200.8');
    const fabric = new oracle.Fabric(this, 'fabric', { name, network, zone, machine });
    const capacity = new oracle.Capacity(this, 'capacity', {
      kind: 'dedicated',
      id: 'ocid1.computehostgroup.oc1.phx.example',
    });
    const image = 'ocid1.image.oc1.phx.gpu';
    cluster.addNodePool('train', { name: 'train', machine, nodeCount, zone, image, fabric, capacity, tags });
  }
}

/** A row of the catalog, or an error that says what there is. */
function row<M>(rows: Readonly<Record<string, M>>, name: string): M {
  const found = rows[name];
  if (found === undefined) throw new Error(`the catalog has no "${name}"; it has ${Object.keys(rows).join(', ')}`);
  return found;
}

/** Synthesizes both halves into a folder. */
export function build(outdir: string): void {
  const app = new App({ outdir });
  new GoogleHalf(app, 'research-google');
  new OracleHalf(app, 'research-oracle');
  app.synth();
}

if (require.main === module) build(process.argv[2] ?? 'cdktf.out');
