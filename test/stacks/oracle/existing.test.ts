import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from '../../../constructs/cdktf';
import { addStacks } from '../../../stacks/oracle';
import { type EstateInput, estateOf, lockAndResolve } from '../../helpers/estates';
import { ORACLE_NETWORK } from '../../helpers/existing';
import { forgottenBy, onlyResource, resourceCount, resourcesOf, type TerraformJson } from '../../helpers/terraform';
import { addresses } from './synth';

const OCID = (kind: string, name: string) => `ocid1.${kind}.oc1.phx.${name}`;
const ACCOUNT = 'ocid1.compartment.oc1..aaaatrain';
const NETWORKS = ORACLE_NETWORK.compartmentId;
const PLATFORM = 'ocid1.compartment.oc1..aaaaplatform';
const KEY = OCID('key', 'bbbbvault.aaaakey');
const NODES_GROUP = OCID('networksecuritygroup', 'aaaanodes');
const CLUSTER = { id: OCID('cluster', 'aaaaoke'), securityGroupId: NODES_GROUP };
const SERVICES = {
  serviceId: OCID('service', 'aaaaall'),
  cidrLabel: 'all-phx-services-in-oracle-services-network',
};
const NETWORK = {
  ...ORACLE_NETWORK,
  subnets: {
    ...ORACLE_NETWORK.subnets,
    api: { id: OCID('subnet', 'aaaaapi'), role: 'control-plane', cidr: '10.32.16.0/28' },
    lustre: { id: OCID('subnet', 'aaaalustre'), role: 'storage', cidr: '10.32.64.0/24', store: 'scratch' },
  },
};
const LUSTRE = { kind: 'lustre', site: 'phoenix', capacityTB: 31.2, throughputMBpsPerTiB: 500 };
const HOSTS = { accelerator: 'h200', nodes: 4, image: OCID('image', 'aaaaimage') };
const RACKS = {
  accelerator: 'gb300',
  racks: 1,
  image: OCID('image', 'aaaaarm'),
  capacity: { kind: 'dedicated', fabrics: [OCID('computegpumemoryfabric', 'aaaafabric')] },
};

/** What a test changes: parts of a small estate of Oracle Cloud. */
interface Shape {
  readonly network?: object;
  readonly site?: object;
  readonly cluster?: object;
  readonly more?: Readonly<Record<string, object>>;
  readonly stores?: Readonly<Record<string, object>>;
}

const folder = mkdtempSync(join(tmpdir(), 'oracle-existing-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The stacks of a small estate, by their layer. */
function stacksOf({ network = {}, site = {}, cluster = {}, more = {}, stores = {} }: Shape = {}) {
  const own = { site: 'phoenix', kubernetes: '1.35', systemPool: { image: OCID('image', 'aaaacpu') } };
  const input = {
    estate: 'v1',
    name: 'orion',
    owner: { team: 'platform', email: 'platform@example.com' },
    accounts: {
      main: {
        cloud: 'oracle',
        tenancyId: 'ocid1.tenancy.oc1..aaaaexample',
        compartmentId: ACCOUNT,
        homeRegion: 'us-ashburn-1',
        objectStorageNamespace: 'axaxnpcrorw5',
      },
    },
    sites: {
      phoenix: {
        account: 'main',
        region: 'us-phoenix-1',
        zones: ['Uocm:PHX-AD-1'],
        serviceGateway: SERVICES,
        network,
        ...site,
      },
    },
    clusters: {
      h200: { ...own, mounts: Object.keys(stores), pools: { train: HOSTS }, ...cluster },
      ...Object.fromEntries(Object.entries(more).map(([key, entry]) => [key, { ...own, ...entry }])),
    },
    stores,
    acknowledge: [{ rule: 'RestrictedMachine', path: 'clusters.h200', reason: 'approved' }],
  } as EstateInput;
  const outdir = mkdtempSync(join(folder, 'out-'));
  const app = new App({ outdir });
  addStacks(app, lockAndResolve(estateOf(input)).plan);
  app.synth();
  const file = (name: string) => join(outdir, 'stacks', `orion-${name}`, 'cdk.tf.json');
  const json = (name: string): TerraformJson => JSON.parse(readFileSync(file(name), 'utf8'));
  return {
    has: (name: string) => existsSync(file(name)),
    cluster: json('h200-cluster'),
    json,
  };
}

const rulesOf = (json: TerraformJson) =>
  Object.entries(resourcesOf(json, 'oci_core_network_security_group_security_rule')).map(
    ([id, { direction, source, destination, network_security_group_id }]) => ({
      id: id.replace(/_[0-9A-F]{8}$/, ''),
      direction,
      peer: source ?? destination,
      group: network_security_group_id,
    }),
  );
const forgotten = forgottenBy;

describe('an Oracle site with a network that exists', () => {
  const stacks = stacksOf({ network: { existing: NETWORK }, stores: { scratch: LUSTRE } });

  test('has no stack of its network', () => {
    expect(stacks.has('phoenix-network')).toBe(false);
    expect(stacksOf().has('phoenix-network')).toBe(true);
  });

  test('has its cluster in subnets of another compartment, and everything made in its own', () => {
    expect(onlyResource(stacks.cluster, 'oci_containerengine_cluster')).toMatchObject({
      compartment_id: ACCOUNT,
      vcn_id: ORACLE_NETWORK.id,
      endpoint_config: { subnet_id: OCID('subnet', 'aaaaapi') },
    });
    for (const json of [stacks.cluster, stacks.json('phoenix-storage')]) {
      const places = Object.values(addresses(json)).flatMap((resource) => {
        const { compartment_id } = resource as { compartment_id?: string };
        return compartment_id === undefined ? [] : [compartment_id];
      });
      expect(new Set(places)).toEqual(new Set([ACCOUNT]));
      expect(JSON.stringify(json)).not.toContain(NETWORKS);
    }
  });

  test('has its file system in a subnet of that network, reached by its nodes', () => {
    const storage = stacks.json('phoenix-storage');
    expect(onlyResource(storage, 'oci_lustre_file_storage_lustre_file_system').subnet_id).toBe(
      OCID('subnet', 'aaaalustre'),
    );
    expect(rulesOf(storage).filter(({ peer }) => peer === '10.32.0.0/20')).toHaveLength(2);
  });

  test('lets clusters share a subnet, whose range is let in once', () => {
    const more = { other: { mounts: ['scratch'], pools: { train: HOSTS } } };
    const shared = stacksOf({ network: { existing: NETWORK }, stores: { scratch: LUSTRE }, more });
    const rules = rulesOf(shared.json('phoenix-storage')).filter(({ peer }) => peer === '10.32.0.0/20');
    expect(rules.map(({ direction }) => direction).sort()).toEqual(['EGRESS', 'INGRESS']);
    expect(rules.map(({ id }) => id).sort()).toEqual([
      'store-scratch_security_from-h200',
      'store-scratch_security_to-h200',
    ]);
  });

  test('lets nodes out as the network does', () => {
    const outwards = (json: TerraformJson) =>
      rulesOf(json).filter(({ id, peer }) => id.includes('to-internet') && peer === '0.0.0.0/0').length;
    expect(outwards(stacks.cluster)).toBe(1);
    expect(outwards(stacksOf({ network: { existing: NETWORK, egress: 'none' } }).cluster)).toBe(0);
    const via = { via: OCID('drg', 'aaaadrg') };
    expect(outwards(stacksOf({ network: { existing: NETWORK, egress: via } }).cluster)).toBe(1);
  });
});

describe('an Oracle site with a network of its own', () => {
  test('leads nodes out by address translation, not at all, or through what exists', () => {
    const made = (egress: unknown) => stacksOf({ network: { egress } }).json('phoenix-network');
    const way = (json: TerraformJson) => JSON.stringify(resourcesOf(json, 'oci_core_route_table'));
    expect(Object.keys(resourcesOf(made('nat'), 'oci_core_nat_gateway'))).toHaveLength(1);
    const none = made('none');
    expect(resourcesOf(none, 'oci_core_nat_gateway')).toEqual({});
    expect(way(none)).not.toContain('0.0.0.0/0');
    const via = made({ via: OCID('privateip', 'aaaafirewall') });
    expect(resourcesOf(via, 'oci_core_nat_gateway')).toEqual({});
    expect(way(via)).toContain(`"network_entity_id":"${OCID('privateip', 'aaaafirewall')}"`);
  });

  test('asks the DNS servers that it is given', () => {
    const json = stacksOf({ network: { dns: ['10.1.0.10', '10.1.0.11'] } }).json('phoenix-network');
    expect(onlyResource(json, 'oci_core_default_dhcp_options')).toMatchObject({
      manage_default_resource_id: expect.stringMatching(/^\$\{oci_core_vcn\..*\.default_dhcp_options_id\}$/),
      options: [
        {
          type: 'DomainNameServer',
          server_type: 'CustomDnsServer',
          custom_dns_servers: ['10.1.0.10', '10.1.0.11'],
        },
      ],
    });
    const without = stacksOf().json('phoenix-network');
    expect(resourcesOf(without, 'oci_core_default_dhcp_options')).toEqual({});
  });
});

describe('an Oracle site with a key that exists', () => {
  const stores = { scratch: LUSTRE, datasets: { kind: 'object', site: 'phoenix' } };
  const before = stacksOf({ stores });
  const after = stacksOf({ stores, site: { encryptionKey: { existing: KEY } } });

  test('encrypts all with it and makes none', () => {
    const storage = after.json('phoenix-storage');
    expect(onlyResource(storage, 'oci_objectstorage_bucket').kms_key_id).toBe(KEY);
    expect(onlyResource(storage, 'oci_lustre_file_storage_lustre_file_system').kms_key_id).toBe(KEY);
    expect(onlyResource(after.cluster, 'oci_containerengine_cluster').kms_key_id).toBe(KEY);
    for (const json of [storage, after.cluster]) {
      expect([
        ...Object.keys(resourcesOf(json, 'oci_kms_key')),
        ...Object.keys(resourcesOf(json, 'oci_kms_vault')),
      ]).toEqual([]);
    }
  });

  test('keeps the keys that its stacks had made: data is read with them', () => {
    for (const layer of ['phoenix-storage', 'h200-cluster']) {
      const now = addresses(after.json(layer));
      const gone = Object.keys(addresses(before.json(layer))).filter((address) => !(address in now));
      expect(gone.map((address) => address.split('.')[0])).toEqual(['oci_kms_key']);
      expect(forgotten(after.json(layer))).toEqual(expect.arrayContaining(gone));
    }
    expect(forgotten(before.cluster)).toEqual([]);
    // Those of earlier releases had a vault each.
    expect(forgotten(after.cluster)).toContainEqual(expect.stringMatching(/^oci_kms_vault\.key_vault_/));
  });
});

describe('an Oracle cluster that exists', () => {
  const stacks = stacksOf({ cluster: { existing: CLUSTER } });

  test('gets pools with their fabric, and nothing else of it is made', () => {
    expect(resourceCount(stacks.cluster)).toBe(2);
    expect(onlyResource(stacks.cluster, 'oci_containerengine_node_pool')).toMatchObject({
      cluster_id: CLUSTER.id,
      compartment_id: ACCOUNT,
      kubernetes_version: 'v1.35.2',
      node_config_details: { size: 4, nsg_ids: [NODES_GROUP] },
    });
    expect(onlyResource(stacks.cluster, 'oci_core_compute_cluster').compartment_id).toBe(ACCOUNT);
    expect(stacks.cluster.data).not.toHaveProperty('oci_containerengine_cluster_kube_config');
  });

  test('encrypts their volumes with a key that the site brings', () => {
    const brought = stacksOf({ cluster: { existing: CLUSTER }, site: { encryptionKey: { existing: KEY } } });
    expect(onlyResource(brought.cluster, 'oci_containerengine_node_pool')).toMatchObject({
      node_config_details: { kms_key_id: KEY },
    });
    const details = onlyResource(stacks.cluster, 'oci_containerengine_node_pool').node_config_details;
    expect(details).not.toHaveProperty('kms_key_id');
  });

  test('lets racks join it in its own compartment, by what the estate says of it', () => {
    const existing = {
      ...CLUSTER,
      compartmentId: PLATFORM,
      endpoint: '10.32.16.5:6443',
      certificateAuthority: 'Y2E=',
    };
    const pools = { train: RACKS };
    const { cluster } = stacksOf({ cluster: { existing, pools } });
    expect(onlyResource(cluster, 'oci_core_instance_configuration')).toMatchObject({
      instance_details: {
        launch_details: { metadata: { apiserver_host: '10.32.16.5', cluster_ca_cert: 'Y2E=' } },
      },
    });
    // Their policies know the nodes of the account by its compartment.
    expect(onlyResource(cluster, 'oci_core_compute_gpu_memory_cluster').compartment_id).toBe(ACCOUNT);
    expect(onlyResource(cluster, 'oci_core_instance_configuration').instance_details).toMatchObject({
      launch_details: { compartment_id: ACCOUNT },
    });
    expect(onlyResource(cluster, 'oci_identity_policy')).toMatchObject({
      provider: 'oci.home',
      compartment_id: PLATFORM,
      statements: [`Allow dynamic-group orion-main-nodes to {CLUSTER_JOIN} in compartment id ${PLATFORM}`],
    });
    const own = stacksOf({ cluster: { existing: { ...existing, compartmentId: ACCOUNT }, pools } });
    expect(resourcesOf(own.cluster, 'oci_identity_policy')).toEqual({});
    const hosts = stacksOf({ cluster: { existing } });
    expect(resourcesOf(hosts.cluster, 'oci_identity_policy')).toEqual({});
  });

  test('mounts a file system by rules in the group of its nodes', () => {
    const mounted = stacksOf({ cluster: { existing: CLUSTER }, stores: { scratch: LUSTRE } });
    expect(rulesOf(mounted.cluster)).toEqual([
      {
        id: expect.stringMatching(/lustre-from-orion-scratch$/),
        direction: 'INGRESS',
        peer: expect.any(String),
        group: NODES_GROUP,
      },
      {
        id: expect.stringMatching(/lustre-to-orion-scratch$/),
        direction: 'EGRESS',
        peer: expect.any(String),
        group: NODES_GROUP,
      },
    ]);
  });

  test('leaves the one that its stack had made as it runs, with every rule that it needs', () => {
    const stores = { scratch: LUSTRE };
    const access = { administrators: ['trainers'], viewers: ['research'], ranges: ['10.8.0.0/16'] };
    const before = stacksOf({ stores, cluster: { access } }).cluster;
    const after = stacksOf({ stores, cluster: { access, existing: CLUSTER } }).cluster;
    const now = addresses(after);
    const gone = Object.keys(addresses(before)).filter((address) => !(address in now));
    expect(gone.map((address) => address.split('.')[0])).toEqual(
      expect.arrayContaining([
        'oci_containerengine_cluster',
        'oci_containerengine_node_pool',
        'oci_identity_policy',
        'oci_core_network_security_group',
        'oci_core_network_security_group_security_rule',
        'oci_kms_key',
      ]),
    );
    expect(forgotten(after)).toEqual(expect.arrayContaining(gone));
  });

  test('has another template for its racks, and leaves the former one: replacing it would close a circle of Terraform', () => {
    const template = (json: TerraformJson) =>
      Object.keys(addresses(json)).filter((address) => address.startsWith('oci_core_instance_configuration.'));
    const pools = { train: RACKS };
    const existing = { ...CLUSTER, endpoint: '10.32.16.5', certificateAuthority: 'LS0t' };
    const [before, after] = [
      stacksOf({ cluster: { pools } }).cluster,
      stacksOf({ cluster: { existing, pools } }).cluster,
    ];
    expect(template(before)).toEqual([expect.stringMatching(/\.template-train_[0-9A-F]{8}$/)]);
    expect(template(after)).toEqual([expect.stringMatching(/\.joined-template-train_[0-9A-F]{8}$/)]);
    expect(forgotten(after)).toEqual(expect.arrayContaining(template(before)));
    expect(forgotten(after)).not.toEqual(expect.arrayContaining(template(after)));
    // Nodes go on also where they still have the address of an earlier release.
    const moves = (json: TerraformJson) => (json as { moved?: readonly object[] }).moved ?? [];
    expect(moves(after)).toEqual([expect.objectContaining({ to: expect.stringContaining('.pool-train-') })]);
    expect(moves(before)).toEqual(expect.arrayContaining([...moves(after)]));
  });
});

describe('Oracle stores that exist', () => {
  const stores = {
    shared: {
      kind: 'lustre',
      site: 'phoenix',
      existing: { id: OCID('lustrefilesystem', 'aaaafiles'), cidr: '10.40.0.0/26' },
    },
    corpus: { kind: 'object', site: 'phoenix', existing: { id: 'corpus', compartmentId: PLATFORM } },
    own: { kind: 'object', site: 'phoenix', existing: { id: 'own' } },
  };
  const stacks = stacksOf({ stores });

  test('need no stack', () => {
    expect(stacks.has('phoenix-storage')).toBe(false);
  });

  test('are reached by nodes, and the servers call back', () => {
    const rules = rulesOf(stacks.cluster).filter(({ peer }) => peer === '10.40.0.0/26');
    expect(rules.map(({ id, direction }) => `${direction} ${id.replace(/^.*_/, '')}`).sort()).toEqual([
      'EGRESS lustre-to-shared',
      'INGRESS lustre-from-shared',
    ]);
  });

  test('let workloads in by policies of the compartments that they lie in', () => {
    const policies = Object.values(resourcesOf(stacks.cluster, 'oci_identity_policy'));
    const statements = Object.fromEntries(
      policies.map(({ compartment_id, statements: of }) => [String(compartment_id), JSON.stringify(of)]),
    );
    expect(Object.keys(statements).sort()).toEqual([PLATFORM, ACCOUNT].sort());
    expect(statements[PLATFORM]).toContain(`manage objects in compartment id ${PLATFORM}`);
    expect(statements[PLATFORM]).toContain("target.bucket.name = 'corpus'");
    expect(statements[PLATFORM]).not.toContain("target.bucket.name = 'own'");
    expect(statements[ACCOUNT]).toContain("target.bucket.name = 'own'");
    const names = policies.map(({ name }) => name);
    expect(new Set(names).size).toBe(2);
  });
});
