import fc from 'fast-check';
import { cidr, cidrsOverlap } from '../../../estate/cidr';
import { EstateError } from '../../../estate/diagnostics';
import { planLayout } from '../../../estate/plan/layout';
import { EMPTY_LOCK } from '../../../estate/plan/lock';
import { planQuotas } from '../../../estate/plan/quotas';
import { addressRows, capacityRows, formatAddresses, formatCapacity, stackRows } from '../../../estate/report/views';
import { parseEstate } from '../../../estate/spec/load';
import { blueprints, estateOf, inputOf, lockAndResolve } from '../../helpers/estates';
import { AWS_KEY, EXISTING, GOOGLE_NETWORK } from '../../helpers/existing';
import { BASE, type Changes, estateText } from '../spec/fixtures';

const estate = (changes: Changes = {}) => parseEstate(estateText(changes, EXISTING), 'estate.yaml').estate;
const planOf = (changes: Changes = {}) => lockAndResolve(estate(changes));

/** What a layout complains of, as `code path: message`. */
function complaints(changes: Changes): string[] {
  try {
    planLayout(estate(changes), EMPTY_LOCK);
    return [];
  } catch (error) {
    if (error instanceof EstateError) {
      return error.diagnostics.map(({ code, path, message, hint }) => `${code} ${path}: ${message}; ${hint}`);
    }
    throw error;
  }
}

describe('a network that exists already', () => {
  const { plan, lock } = planOf();

  test('takes no range from the allocator, and has no stack', () => {
    expect(lock.addresses).toEqual({});
    const sites = [...plan.sites('aws'), ...plan.sites('azure'), ...plan.sites('google'), ...plan.sites('oracle')];
    expect(sites.map(({ hasNetwork }) => hasNetwork)).toEqual([false, false, false, false]);
    expect(lockAndResolve(estateOf(BASE as never)).plan.sites('aws')[0]?.hasNetwork).toBe(true);
  });

  test('has a subnet for every range that the site asks for, by its id', () => {
    const [ohio] = plan.sites('aws');
    expect(ohio?.network.cidrs).toEqual(['10.8.0.0/16']);
    expect(ohio?.network.subnets.map(({ key, role, zone, cidr }) => [key, role, zone, cidr])).toEqual([
      ['control-plane-us-east-2a', 'control-plane', 'us-east-2a', '10.8.0.0/28'],
      ['control-plane-us-east-2b', 'control-plane', 'us-east-2b', '10.8.0.16/28'],
      ['nodes-us-east-2a', 'nodes', 'us-east-2a', '10.8.16.0/20'],
      ['nodes-us-east-2b', 'nodes', 'us-east-2b', '10.8.32.0/20'],
      ['pods-us-east-2a', 'pods', 'us-east-2a', '100.64.0.0/17'],
      ['pods-us-east-2b', 'pods', 'us-east-2b', '100.64.128.0/17'],
    ]);
    expect(ohio?.network.existing?.subnets[2]).toEqual({
      key: 'nodes-us-east-2a',
      role: 'nodes',
      zone: 'us-east-2a',
      cidr: '10.8.16.0/20',
      id: 'subnet-0a1b2c3d4e5f60003',
    });
  });

  test('says on each cloud where it is', () => {
    const where = ({ subnets: _subnets, ...rest }: { readonly subnets: unknown }) => rest;
    const [ohio, virginia] = [plan.sites('aws')[0], plan.sites('azure')[0]];
    const [iowa, phoenix] = [plan.sites('google')[0], plan.sites('oracle')[0]];
    expect(
      [ohio, virginia, iowa, phoenix].map((site) => site?.network.existing && where(site.network.existing)),
    ).toEqual([
      { id: 'vpc-0a1b2c3d4e5f60718', accountId: '444455556666' },
      {
        id: 'hub-eastus2',
        subscriptionId: '0e1d2c3b-4a59-4687-9a0b-1c2d3e4f5a6b',
        resourceGroup: 'hub-network',
        privateDns: { subscriptionId: '0e1d2c3b-4a59-4687-9a0b-1c2d3e4f5a6b', resourceGroup: 'hub-dns' },
      },
      { id: 'shared-vpc', projectId: 'orion-host' },
      { id: 'ocid1.vcn.oc1.phx.aaaahub', compartmentId: 'ocid1.compartment.oc1..aaaanetwork' },
    ]);
    expect([ohio, virginia, iowa].map((site) => site?.network.egress)).toEqual([
      { via: 'tgw-0a1b2c3d4e5f60718' },
      { via: '10.16.255.4' },
      'nat',
    ]);
  });

  test('lies in the account of the site where nothing else is said', () => {
    const changes = {
      'sites.ohio.network.existing.accountId': undefined,
      'sites.iowa.network.existing.projectId': undefined,
      'sites.phoenix.network.existing.compartmentId': undefined,
      'sites.virginia.network.existing.subscriptionId': undefined,
    };
    const { plan: own } = planOf(changes);
    expect(own.sites('aws')[0]?.network.existing?.accountId).toBe('111122223333');
    expect(own.sites('google')[0]?.network.existing?.projectId).toBe('orion-train');
    expect(own.sites('oracle')[0]?.network.existing?.compartmentId).toBe('ocid1.compartment.oc1..aaaatrain');
    expect(own.sites('azure')[0]?.network.existing?.subscriptionId).toBe('5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01');
  });

  test('shares a subnet that names no cluster with all clusters, and keeps one that names one to that', () => {
    const more = {
      'clusters.virginia-more': { site: 'virginia', pools: { train: { accelerator: 'gb300', racks: 1 } } },
    };
    const acknowledged = [{ rule: 'RestrictedMachine', path: 'clusters', reason: 'approved' }];
    const own = { id: 'more-nodes', role: 'nodes', cidr: '10.16.32.0/22', cluster: 'virginia-more' };
    const nodesOf = (changes: Changes) =>
      planOf({ acknowledge: acknowledged, ...changes })
        .plan.sites('azure')[0]
        ?.network.existing?.subnets.filter(({ role }) => role === 'nodes')
        .map(({ key, id }) => [key, id]);
    expect(nodesOf(more)).toEqual([
      ['nodes-virginia-gb300', 'nodes'],
      ['nodes-virginia-more', 'nodes'],
    ]);
    expect(nodesOf({ ...more, 'sites.virginia.network.existing.subnets.own': own })).toEqual([
      ['nodes-virginia-gb300', 'nodes'],
      ['nodes-virginia-more', 'more-nodes'],
    ]);
  });

  test('fails when a range that something needs has no subnet', () => {
    expect(complaints({ 'sites.ohio.network.existing.subnets.nodes-b': undefined })).toEqual([
      'SubnetMissing sites.ohio.network.existing.subnets: the network has no subnet of role "nodes" in zone "us-east-2b", and clusters, pools and file systems on AWS cannot do without; add one with role: nodes, zone: us-east-2b',
    ]);
    expect(complaints({ 'sites.virginia.network.existing.subnets.endpoints': undefined })).toEqual([
      expect.stringContaining('no subnet of role "endpoints", and object stores and keys on Azure'),
    ]);
  });

  test('fails when two things share a subnet of which the service wants one for each', () => {
    const more = { kind: 'lustre', site: 'virginia', capacityTiB: 48, throughputMBpsPerTiB: 125 };
    const shared = { id: 'lustre', role: 'storage', cidr: '10.16.18.0/24' };
    const changes = { 'stores.more': more, 'sites.virginia.network.existing.subnets.lustre': shared };
    expect(complaints(changes)).toEqual([
      'SubnetShared sites.virginia.network.existing.subnets.lustre: "more" and "scratch" would share this subnet, and the service wants one of role "storage" for each; add one for each, with "store: …"',
    ]);
    const own = { id: 'more', role: 'storage', cidr: '10.16.20.0/24', store: 'more' };
    expect(complaints({ ...changes, 'sites.virginia.network.existing.subnets.more': own })).toEqual([]);
  });

  test('shares ranges of pods and services only inside one subnet of nodes', () => {
    const more = { site: 'iowa', pools: { train: { accelerator: 'b200', nodes: 8, capacity: { kind: 'spot' } } } };
    const path = 'sites.iowa.network.existing.subnets';
    const { pods, services, nodes } = GOOGLE_NETWORK.subnets;
    const shared = { 'clusters.iowa-more': more, [`${path}.pods.cluster`]: undefined };
    const whole = { ...shared, [`${path}.services.cluster`]: undefined, [`${path}.nodes.cluster`]: undefined };
    expect(complaints(whole)).toEqual([]);
    const own = {
      [`${path}.own-nodes`]: { ...nodes, id: 'more-nodes', cidr: '10.24.128.0/20', cluster: 'iowa-more' },
      [`${path}.own-services`]: { ...services, id: 'more-services', cidr: '172.20.16.0/20', cluster: 'iowa-more' },
    };
    expect(complaints({ ...shared, ...own })).toEqual([
      'SubnetShared sites.iowa.network.existing.subnets.pods: "iowa-b200" and "iowa-more" would share this subnet, and it is part of the subnet of the nodes of one of them; add one for each, with "cluster: …"',
    ]);
    const ownPods = { [`${path}.own-pods`]: { ...pods, id: 'more-pods', cidr: '100.68.0.0/14', cluster: 'iowa-more' } };
    expect(complaints({ ...shared, ...own, ...ownPods })).toEqual([]);
  });

  test('needs only nodes where all its clusters exist already', () => {
    const subnets = {
      nodes: { id: 'subnet-0a1b2c3d4e5f60004', role: 'nodes', zone: 'us-east-2b', cidr: '10.8.32.0/20' },
    };
    const changes = {
      'sites.ohio.zones': ['us-east-2b'],
      'clusters.ohio-b200': undefined,
      'sites.ohio.network.existing.subnets': subnets,
    };
    expect(complaints(changes)).toEqual([]);
  });

  test('fails when a subnet is too small for what lies in it, with the numbers that ranges are planned by', () => {
    expect(complaints({ 'sites.ohio.network.existing.subnets.nodes-a.cidr': '10.8.16.0/25' })).toContainEqual(
      'SubnetSmall sites.ohio.network.existing.subnets.nodes-a.cidr: 10.8.16.0/25 has 128 addresses, and 208 are needed for 3 nodes; give a larger subnet, or a further one of its role and zone with "range: 2"',
    );
    expect(complaints({ 'sites.virginia.network.existing.subnets.api.cidr': '10.16.16.0/29' })).toEqual([
      expect.stringContaining(
        '10.16.16.0/29 is smaller than a /28, the least that the service takes for "control-plane"',
      ),
    ]);
  });

  test('puts what a subnet has no room for into the next one of its zone', () => {
    const second = {
      id: 'subnet-0a1b2c3d4e5f60009',
      role: 'nodes',
      zone: 'us-east-2a',
      cidr: '10.8.64.0/24',
      range: 2,
    };
    const pods = { id: 'subnet-0a1b2c3d4e5f60010', role: 'pods', zone: 'us-east-2a', cidr: '100.65.0.0/17', range: 2 };
    const changes = {
      'clusters.ohio-b200.pools.more': { accelerator: 'h200', nodes: 40, zone: 'us-east-2a' },
      'sites.ohio.network.existing.subnets.nodes-a.cidr': '10.8.16.0/24',
    };
    expect(complaints(changes)).toEqual([
      expect.stringContaining('no further subnet of role "nodes" in zone "us-east-2a"'),
      expect.stringContaining('"pods"'),
    ]);
    const { plan: grown } = planOf({
      ...changes,
      'sites.ohio.network.existing.subnets.second': second,
      'sites.ohio.network.existing.subnets.second-pods': pods,
    });
    const pools = grown.shards('aws').find(({ key }) => key === 'ohio-b200')?.pools ?? [];
    expect(pools.map(({ key, groups }) => [key, groups.map(({ range }) => range)])).toEqual([
      ['more', [undefined]],
      ['train', [2]],
    ]);
  });

  test('moves no range of any other site, and touches none, whatever those are', () => {
    fc.assert(
      fc.property(blueprints(4), fc.integer({ min: 64, max: 223 }), (sites, second) => {
        const input = inputOf(sites);
        const before = planLayout(estateOf(input)).lock;
        const block = `10.${second}.0.0/16`;
        const taken = Object.values(before.addresses).some((range) => cidrsOverlap(cidr(range), cidr(block)));
        fc.pre(!taken);
        const existing = { id: 'vpc-0a1b2c3d4e5f60718', cidrs: [block], subnets: {} };
        const site = { account: 'aws-main', region: 'us-west-2', zones: ['us-west-2a'], network: { existing } };
        const more = { account: 'aws-main', region: 'us-west-2', zones: ['us-west-2a'] };
        const grown = { ...input, sites: { ...Object(input.sites), 'brought-1': site, 'more-1': more } };
        const after = planLayout(estateOf(grown), before).lock;
        expect(after.addresses).toMatchObject(before.addresses);
        expect(Object.keys(after.addresses).filter((key) => key.startsWith('sites.brought-1.'))).toEqual([]);
        const clash = Object.values(after.addresses).filter((range) => cidrsOverlap(cidr(range), cidr(block)));
        expect(clash).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('keeps its blocks from the networks of other sites', () => {
    const made = { account: 'aws', region: 'us-east-2', zones: ['us-east-2a', 'us-east-2b'] };
    const changes = { 'sites.dayton': made, 'sites.ohio.network.existing.cidrs': ['10.8.0.0/16', '10.64.0.0/16'] };
    expect(planOf(changes).lock.addresses['sites.dayton.network']).toBe('10.65.0.0/16');
    expect(planOf({ 'sites.dayton': made }).lock.addresses['sites.dayton.network']).toBe('10.64.0.0/16');
    const held = planOf({ 'sites.dayton': made }).lock;
    expect(() => planLayout(estate(changes), held)).toThrow(
      /overlaps 10\.64\.0\.0\/16, which the network of "ohio" has/,
    );
  });
});

describe('a cluster that exists already', () => {
  const { plan, lock } = planOf();

  test('is planned as its pools, with what they need of it', () => {
    const serve = plan.shards('aws').find(({ key }) => key === 'ohio-serve');
    expect(serve?.existing).toEqual({
      id: 'serve-prod',
      securityGroupId: 'sg-0a1b2c3d4e5f60718',
      nodeRole: 'arn:aws:iam::111122223333:role/serve-prod-nodes',
    });
    expect(serve?.pools.map(({ key, kubernetesVersion }) => [key, kubernetesVersion])).toEqual([['serve', '1.35']]);
    expect(serve?.systemPool.nodes).toBe(0);
    expect(plan.shards('aws').find(({ key }) => key === 'ohio-b200')?.existing).toBeUndefined();
    expect(plan.shards('oracle')[0]?.existing).toEqual({
      id: 'ocid1.cluster.oc1.phx.aaaaoke',
      compartmentId: 'ocid1.compartment.oc1..aaaatrain',
      securityGroupId: 'ocid1.networksecuritygroup.oc1.phx.aaaanodes',
    });
  });

  test('fails when its pools are more than one Kubernetes cluster takes', () => {
    const pools = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`p${index}`, { accelerator: 'h100', nodes: 1, zone: 'us-east-2b' }]),
    );
    expect(complaints({ 'clusters.ohio-serve.pools': pools })).toContainEqual(
      expect.stringContaining('ClusterFull clusters.ohio-serve: its pools have 40 groups of 40 nodes in all'),
    );
  });

  test('has nothing chosen for it in the lock file, though its pools have', () => {
    expect(Object.keys(lock.chosen).filter((path) => path.startsWith('clusters.ohio'))).toEqual([
      'clusters.ohio-b200',
      'clusters.ohio-b200.pools.train',
      'clusters.ohio-serve.pools.serve',
    ]);
  });
});

describe('a store that exists already', () => {
  const { plan, lock } = planOf();

  test('is mounted, and neither made nor guarded', () => {
    const [ohio] = plan.sites('aws');
    expect(ohio?.stores.map(({ key }) => key)).toEqual(['checkpoints']);
    expect(ohio?.existingStores).toEqual([
      { kind: 'object', key: 'datasets', name: 'corp-datasets', existing: { id: 'corp-datasets' } },
    ]);
    const mounts = plan.shards('aws').find(({ key }) => key === 'ohio-b200')?.mounts;
    expect(mounts?.map(({ key, name }) => [key, name])).toEqual([
      ['checkpoints', 'orion-checkpoints'],
      ['datasets', 'corp-datasets'],
    ]);
    expect(Object.keys(lock.guarded).filter((path) => path.startsWith('stores'))).toEqual([
      'stores.checkpoints',
      'stores.scratch',
    ]);
    expect(Object.keys(lock.chosen)).not.toContain('stores.datasets');
  });

  test('needs no stack of stores where no other is made', () => {
    expect(plan.sites('google')[0]?.storageStacks).toEqual([]);
    expect(plan.sites('aws')[0]?.storageStacks).toHaveLength(1);
  });
});

describe('a key that exists already', () => {
  test('is that of the account, unless the site has its own', () => {
    const { plan } = planOf();
    expect(plan.sites('aws')[0]?.encryptionKey).toEqual({ id: AWS_KEY });
    expect(plan.sites('oracle')[0]?.encryptionKey).toEqual({ id: 'ocid1.key.oc1.phx.bbbbvault.aaaakey' });
    expect(plan.sites('azure')[0]?.encryptionKey).toBeUndefined();
    const own = `${AWS_KEY.slice(0, -1)}0`;
    const { plan: changed } = planOf({ 'sites.ohio.encryptionKey': { existing: own } });
    expect(changed.sites('aws')[0]?.encryptionKey).toEqual({ id: own });
  });
});

describe('reports of what exists already', () => {
  const { plan } = planOf();

  test('list no stack of a network that exists', () => {
    const stacks = stackRows(plan).filter(({ layer }) => layer === 'network' || layer === 'storage');
    expect(stacks.map(({ stack }) => stack)).toEqual(['orion-ohio-storage', 'orion-virginia-storage']);
  });

  test('show ranges by what they exist as, and pools by the cluster that they are added to', () => {
    expect(addressRows(plan).filter(({ key }) => key.startsWith('sites.phoenix'))).toEqual([
      { key: 'sites.phoenix.network', cidr: '10.32.0.0/16', existing: 'ocid1.vcn.oc1.phx.aaaahub' },
      { key: 'sites.phoenix.nodes-phoenix-h200', cidr: '10.32.0.0/20', existing: 'ocid1.subnet.oc1.phx.aaaanodes' },
    ]);
    expect(formatAddresses(plan)).toContain('exists as');
    expect(capacityRows(plan).map(({ cluster, existing }) => [cluster, existing])).toContainEqual([
      'ohio-serve',
      'serve-prod',
    ]);
    const made = lockAndResolve(estateOf(BASE as never)).plan;
    expect(`${formatAddresses(made)}${formatCapacity(made)}`).not.toMatch(/exists as|added to/);
  });

  test('ask for neither networks nor clusters that exist, and for node pools of those all the same', () => {
    const asked = (code: string) => planQuotas(plan).find(({ key }) => key === code)?.needed;
    expect([asked('aws-vpcs'), asked('aws-nat-gateways'), asked('azure-networks')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([asked('aws-eks-clusters'), asked('oracle-clusters'), asked('azure-clusters')]).toEqual([1, undefined, 1]);
    expect(asked('aws-eks-node-groups')).toBe(2);
    const made = planQuotas(lockAndResolve(estateOf(BASE as never)).plan).map(({ key }) => key);
    expect(made).toEqual(expect.arrayContaining(['aws-vpcs', 'aws-nat-gateways', 'azure-networks', 'oracle-clusters']));
  });
});
