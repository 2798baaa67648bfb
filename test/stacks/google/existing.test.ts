import { Testing } from '../../../constructs/cdktf';
import type { ExistingNetworkOf } from '../../../estate/plan/existing-types';
import type { ShardPlan, SitePlan } from '../../../estate/plan/types';
import { addStacks, ClusterStack, FoundationStack, NetworkStack, StorageStack } from '../../../stacks/google';
import { forgottenBy, onlyResource, resourcesOf, synthStack, type TerraformJson } from '../../helpers/terraform';
import { account, data, newGroup, newPlan, newPool, newShard, newSite, scratch } from './fixture';

const state = { kind: 'local' } as const;
const KEY = 'projects/security/locations/us-central1/keyRings/train/cryptoKeys/train';

const vpc: ExistingNetworkOf['google'] = {
  id: 'corp-vpc',
  projectId: 'corp-host',
  subnets: [
    { key: 'nodes-train', role: 'nodes', cidr: '10.8.0.0/19', owner: 'train', id: 'train-central1' },
    { key: 'pods-train', role: 'pods', cidr: '100.64.0.0/14', owner: 'train', id: 'gke-pods' },
    { key: 'services-train', role: 'services', cidr: '172.20.0.0/20', owner: 'train', id: 'gke-services' },
    { key: 'storage', role: 'storage', cidr: '10.8.32.0/20', id: 'psa' },
  ],
};

/** A site in a shared VPC. */
function sharedSite(props: Partial<SitePlan<'google'>> = {}, existing = vpc): SitePlan<'google'> {
  const network = { egress: 'none', cidrs: ['10.8.0.0/16'], subnets: existing.subnets, existing } as const;
  return newSite({ network, hasNetwork: false, shards: ['train'], ...props });
}

function synthCluster(props: Partial<ShardPlan<'google'>>): { stack: ClusterStack; json: TerraformJson } {
  const shard = newShard(props);
  const stack = new ClusterStack(Testing.app(), shard.stacks.cluster, { shard, state });
  return { stack, json: synthStack(stack) };
}

function synthStores(site: SitePlan<'google'>): TerraformJson {
  return synthStack(new StorageStack(Testing.app(), site.stacks.storage, { site, state }));
}

/** The rule that lets servers of a file system reach nodes. */
const lustreRule = (json: TerraformJson) =>
  Object.values(resourcesOf(json, 'google_compute_firewall')).find(({ name }) => String(name).endsWith('-lustre'));

const projectsOf = (json: TerraformJson) =>
  [...JSON.stringify(json.resource).matchAll(/"project":"([^"]+)"/g)].map(([, id]) => id);

describe('a network that exists already', () => {
  test('has no stack: what lies in it comes after the project', () => {
    const site = sharedSite();
    const app = Testing.app();
    addStacks(app, newPlan([site], [newShard({ site })]));
    expect(app.node.children.map(({ node }) => node.id)).toEqual([
      'atlas-main-foundation',
      'atlas-iowa-storage',
      'atlas-train-cluster',
    ]);
    expect(Object(app.node.tryFindChild('atlas-iowa-storage')).dependencies).toEqual([
      app.node.tryFindChild('atlas-main-foundation'),
    ]);
  });

  test('takes the cluster of its own project, in ranges by their names there', () => {
    const { json } = synthCluster({ site: sharedSite() });
    expect(onlyResource(json, 'google_container_cluster')).toMatchObject({
      project: 'atlas-train',
      network: 'projects/corp-host/global/networks/corp-vpc',
      subnetwork: 'projects/corp-host/regions/us-central1/subnetworks/train-central1',
      ip_allocation_policy: {
        cluster_secondary_range_name: 'gke-pods',
        services_secondary_range_name: 'gke-services',
      },
    });
    expect(lustreRule(json)).toMatchObject({
      project: 'corp-host',
      network: 'projects/corp-host/global/networks/corp-vpc',
      source_ranges: ['10.8.32.0/20'],
      destination_ranges: ['10.8.0.0/19'],
    });
    for (const type of ['google_compute_network', 'google_compute_subnetwork']) {
      for (const made of Object.values(resourcesOf(json, type))) expect(made.project).toBe('atlas-train');
    }
    expect(json.data).toBeUndefined();
  });

  test('takes file systems and buckets of the project of the site', () => {
    const json = synthStores(sharedSite());
    expect(onlyResource(json, 'google_lustre_instance')).toMatchObject({
      project: 'atlas-train',
      network: 'projects/corp-host/global/networks/corp-vpc',
    });
    expect(new Set(projectsOf(json))).toEqual(new Set(['atlas-train']));
  });
});

describe('a network that is made', () => {
  const synthNetwork = (props: Partial<SitePlan<'google'>['network']>) => {
    const site = newSite();
    const told = { ...site, network: { ...site.network, ...props } };
    return synthStack(new NetworkStack(Testing.app(), site.stacks.network, { site: told, state }));
  };

  test('has the way out of the estate file', () => {
    expect(onlyResource(synthNetwork({}), 'google_compute_router_nat')).toBeDefined();
    expect(resourcesOf(synthNetwork({ egress: 'none' }), 'google_compute_router_nat')).toEqual({});
    const via = synthNetwork({ egress: { via: '10.1.0.4' } });
    expect(onlyResource(via, 'google_compute_route')).toMatchObject({ next_hop_ilb: '10.1.0.4' });
    expect(resourcesOf(via, 'google_compute_router_nat')).toEqual({});
  });

  test('asks the DNS servers of the estate file, whose API its project then has', () => {
    expect(onlyResource(synthNetwork({ dnsServers: ['10.1.0.10'] }), 'google_dns_policy')).toBeDefined();
    expect(resourcesOf(synthNetwork({}), 'google_dns_policy')).toEqual({});
    const apis = (site: SitePlan<'google'>) => {
      const app = Testing.app();
      addStacks(app, newPlan([site], []));
      const foundation = app.node.findChild('atlas-main-foundation');
      if (!(foundation instanceof FoundationStack)) throw new Error('there is no foundation');
      return Object.values(resourcesOf(synthStack(foundation), 'google_project_service')).map(({ service }) => service);
    };
    const site = newSite();
    const told = { ...site, network: { ...site.network, dnsServers: ['10.1.0.10'] } };
    expect(apis(told)).toContain('dns.googleapis.com');
    expect(apis(site)).not.toContain('dns.googleapis.com');
    expect(apis({ ...told, hasNetwork: false })).not.toContain('dns.googleapis.com');
  });
});

describe('a key that exists already', () => {
  const encryptionKey = { id: KEY };

  test('encrypts clusters and their disks, and nobody is let use it', () => {
    const { json } = synthCluster({ site: newSite({ encryptionKey }) });
    expect(onlyResource(json, 'google_container_cluster')).toMatchObject({ database_encryption: { key_name: KEY } });
    for (const pool of Object.values(resourcesOf(json, 'google_container_node_pool'))) {
      expect(pool.node_config).toMatchObject({ boot_disk_kms_key: KEY });
    }
    for (const type of ['google_kms_crypto_key', 'google_kms_key_ring', 'google_kms_crypto_key_iam_member']) {
      expect([type, resourcesOf(json, type)]).toEqual([type, {}]);
    }
  });

  test('encrypts buckets, and one that a stack made before is forgotten, not destroyed', () => {
    const json = synthStores(newSite({ encryptionKey }));
    expect(onlyResource(json, 'google_storage_bucket')).toMatchObject({ encryption: { default_kms_key_name: KEY } });
    expect(resourcesOf(json, 'google_kms_crypto_key')).toEqual({});
    const made = synthStores(newSite());
    for (const type of ['google_kms_crypto_key', 'google_kms_key_ring', 'google_kms_crypto_key_iam_member']) {
      const [id] = Object.keys(resourcesOf(made, type));
      expect(json.removed).toContainEqual({ from: `${type}.${id}`, lifecycle: { destroy: false } });
    }
    expect(forgottenBy(made)).toEqual([]);
  });
});

describe('a cluster that exists already', () => {
  const existing = { id: 'train-prod', nodeServiceAccount: 'nodes@atlas-train.iam.gserviceaccount.com' };
  const cpu = newPool('cpu', 'n4-standard-16', [newGroup('cpu', 'r0', 4)], { capacity: { kind: 'on-demand' } });

  test('gets pools and grants, and nothing else is made', () => {
    const { json, stack } = synthCluster({ existing, site: sharedSite(), pools: [cpu] });
    expect(Object.keys(json.resource ?? {}).sort()).toEqual([
      'google_compute_firewall',
      'google_container_node_pool',
      'google_storage_bucket_iam_member',
    ]);
    const pool = onlyResource(json, 'google_container_node_pool');
    expect(pool).toMatchObject({
      name: 'cpu-r0',
      cluster: 'train-prod',
      project: 'atlas-train',
      location: 'us-central1',
      node_count: 4,
      node_config: { service_account: 'nodes@atlas-train.iam.gserviceaccount.com' },
    });
    expect(pool.node_config).not.toHaveProperty('boot_disk_kms_key');
    expect(onlyResource(json, 'google_storage_bucket_iam_member')).toMatchObject({
      condition: { title: 'cluster train-prod' },
    });
    expect(json.output).toEqual({ 'cluster-name': { value: 'train-prod' } });
    expect(stack.encryptionKey).toBeUndefined();
  });

  test('gets disks that the key of the site encrypts, racks with their policy and data networks', () => {
    const site = sharedSite({ encryptionKey: { id: KEY } });
    const { json } = synthCluster({ existing, site });
    expect(resourcesOf(json, 'google_container_cluster')).toEqual({});
    const [rack] = Object.values(resourcesOf(json, 'google_container_node_pool'));
    expect(rack).toMatchObject({
      deletion_policy: 'PREVENT',
      placement_policy: { policy_name: 'train-prod-1x72' },
      node_config: { boot_disk_kms_key: KEY },
    });
    expect(Object.keys(resourcesOf(json, 'google_compute_network'))).toHaveLength(2);
  });

  test('is forgotten with its nodes and administrators by the stack that made it, not destroyed', () => {
    const { json: made } = synthCluster({ site: sharedSite() });
    const { json } = synthCluster({ existing: { ...existing, id: 'atlas-train' }, site: sharedSite() });
    const left = Object.entries(made.resource ?? {}).flatMap(([type, byId]) =>
      Object.keys(byId)
        .filter((id) => json.resource?.[type]?.[id] === undefined)
        .map((id) => `${type}.${id}`),
    );
    expect(left).toContain('google_container_cluster.cluster_611F8AFF');
    expect(forgottenBy(json)).toEqual(left.sort());
    expect(json.removed?.every(({ lifecycle }) => lifecycle.destroy === false)).toBe(true);
    expect(forgottenBy(made)).toEqual([]);
  });

  test('has its pods counted where their range is known', () => {
    const subnets = vpc.subnets.map((subnet) =>
      subnet.role === 'pods' ? { ...subnet, cidr: '100.64.0.0/24' } : subnet,
    );
    const pools = [cpu];
    expect(() => synthCluster({ existing, site: sharedSite({}, { ...vpc, subnets }), pools })).toThrow(
      /need 512 addresses, 100\.64\.0\.0\/24 has 256.*\[RangeInvalid\]/,
    );
    const unknown = { ...vpc, subnets: vpc.subnets.filter(({ role }) => role !== 'pods') };
    expect(() => synthCluster({ existing, site: sharedSite({}, unknown), pools })).not.toThrow();
  });
});

describe('stores that exist already', () => {
  const zone = 'us-central1-a';
  const bucket = { kind: 'object', key: 'corpus', name: 'corp-datasets', existing: { id: 'corp-datasets' } } as const;
  const files = { kind: 'lustre', key: 'corp', name: 'corp-scratch', zone, existing: { id: 'corp-scratch' } } as const;

  test('are not made, and let the workloads of clusters in', () => {
    const { json } = synthCluster({ site: sharedSite({ existingStores: [bucket, files] }), mounts: [files, bucket] });
    expect(onlyResource(json, 'google_storage_bucket_iam_member')).toMatchObject({
      bucket: 'corp-datasets',
      role: 'roles/storage.objectUser',
    });
    expect(lustreRule(json)).toMatchObject({ name: 'atlas-train-corp-lustre' });
  });

  test('are let in by their owner where the range of their servers is not known', () => {
    const unknown = { ...vpc, subnets: vpc.subnets.filter(({ role }) => role !== 'storage') };
    const { json } = synthCluster({ site: sharedSite({ existingStores: [files] }, unknown), mounts: [files] });
    expect(lustreRule(json)).toBeUndefined();
  });

  test('need no stack of stores, nor one that comes before clusters', () => {
    const site = newSite({ stores: [], existingStores: [bucket] });
    const app = Testing.app();
    addStacks(app, newPlan([site], [newShard({ site, mounts: [bucket] })]));
    expect(app.node.children.map(({ node }) => node.id)).not.toContain('atlas-iowa-storage');
    const both = newSite({ existingStores: [bucket] });
    const other = Testing.app();
    addStacks(other, newPlan([both], [newShard({ site: both, mounts: [bucket] })]));
    const cluster = Object(other.node.findChild('atlas-train-cluster'));
    expect(cluster.dependencies).toEqual([other.node.findChild('atlas-iowa-network')]);
  });

  test('are forgotten by the stack that made them, not destroyed', () => {
    const made = synthStores(newSite({ stores: [data, scratch] }));
    const [id] = Object.keys(resourcesOf(made, 'google_storage_bucket'));
    const now = { ...bucket, key: data.key };
    const json = synthStores(newSite({ stores: [scratch], existingStores: [now] }));
    expect(json.removed).toContainEqual({ from: `google_storage_bucket.${id}`, lifecycle: { destroy: false } });
    expect(resourcesOf(json, 'google_storage_bucket')).toEqual({});
  });
});

test('the project of the account is that of everything that is made in a shared network', () => {
  const { json } = synthCluster({ site: sharedSite() });
  const strange = projectsOf(json).filter((project) => project !== account.ids.projectId);
  expect(strange).toEqual(['corp-host']);
});
