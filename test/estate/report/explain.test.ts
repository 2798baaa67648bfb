import { CATALOG, NETWORK_RANGES, type Sourced } from '../../../estate/catalog';
import { API_ACCESS } from '../../../estate/catalog/access';
import { AWS_NODES_PER_GROUP } from '../../../estate/catalog/aws-machines';
import { LOG_RETENTION } from '../../../estate/catalog/logs';
import { planLayout } from '../../../estate/plan/layout';
import { EMPTY_LOCK } from '../../../estate/plan/lock';
import { resolve } from '../../../estate/plan/resolve';
import { type Explanation, explain, findKey, formatExplanation } from '../../../estate/report/explain';
import { sourceOf } from '../../../estate/report/fact';
import { REPORT_WIDTH } from '../../../estate/report/table';
import { parseEstate } from '../../../estate/spec/load';
import { AWS_KEY, EXISTING } from '../../helpers/existing';
import { type Changes, estateText } from '../spec/fixtures';

function explained(key: string, changes: Changes = {}): Explanation {
  const loaded = parseEstate(estateText(changes), 'estate.yaml');
  const { lock } = planLayout(loaded.estate, EMPTY_LOCK);
  const plan = resolve(loaded.estate, lock, { estate: 'estate.yaml', lock: 'estate.lock.json' });
  const found = findKey(key, loaded);
  if (found.problem !== undefined) throw new Error(`${found.problem} (${found.hint})`);
  return explain(loaded, plan, found);
}

const WINDOW = { start: '2026-12-01', end: '2027-05-31' };

/** What an entry was resolved to, by name: the value and what decided it. */
function facts(key: string, changes?: Changes): Record<string, string> {
  const rows = explained(key, changes).resolved;
  return Object.fromEntries(rows.map(({ what, value, because }) => [what, `${value} < ${because}`]));
}

describe('an explanation', () => {
  test('says of what exists already what it is, and nothing of what would be made', () => {
    const explainedFacts = (key: string) => {
      const loaded = parseEstate(estateText({}, EXISTING), 'estate.yaml');
      const { lock } = planLayout(loaded.estate, EMPTY_LOCK);
      const plan = resolve(loaded.estate, lock, { estate: 'estate.yaml', lock: 'estate.lock.json' });
      const found = findKey(key, loaded);
      if (found.problem !== undefined) throw new Error(found.problem);
      const rows = explain(loaded, plan, found).resolved;
      return Object.fromEntries(rows.map(({ what, value, because }) => [what, `${value} < ${because}`]));
    };
    const site = explainedFacts('sites.ohio');
    expect(site.network).toBe('vpc-0a1b2c3d4e5f60718, which exists < network.existing');
    expect(site['way out']).toBe('through tgw-0a1b2c3d4e5f60718 < network.egress, as it is in the network that exists');
    expect(site.key).toBe(`${AWS_KEY} < encryptionKey of its account`);
    expect(site).not.toHaveProperty('supernet');
    const cluster = explainedFacts('clusters.ohio-serve');
    expect(cluster['added to']).toBe('serve-prod, which exists < existing.id');
    expect(cluster).not.toHaveProperty('system pool');
    expect(explainedFacts('stores.datasets')).toEqual({
      name: 'corp-datasets, which exists < existing.id',
      'mounted by': 'ohio-b200 < mounts of clusters',
    });
    expect(facts('sites.ohio')['way out']).toBe('network address translation < network.egress');
  });

  test('says that nothing lies in a zone where the region has none', () => {
    const changes = {
      'sites.east': { account: 'azure-gb', region: 'westus' },
      'stores.az': { kind: 'lustre', site: 'east', capacityTiB: 16, throughputMBpsPerTiB: 125 },
    };
    for (const key of ['clusters.east.pools.train', 'stores.az']) {
      expect(facts(key, changes).zone).toBe('none < the region of the site has no zones');
    }
  });

  test.each<[string, Partial<Explanation>]>([
    ['name', { type: 'string', required: true, example: 'atlas', value: 'atlas' }],
    ['owner.costCenter', { required: false, example: 'cc-1042' }],
    ['accounts.azure-gb', { keys: expect.arrayContaining(['subscriptionId', 'tenantId']) }],
    ['sites.ohio.zones', { type: 'list of string', value: ['us-east-2a', 'us-east-2b'] }],
    ['sites.ohio.zones.1', { type: 'string', value: 'us-east-2b' }],
    ['stores.checkpoints.retainDays', { unit: 'days', default: 30, value: 30 }],
    ['state.bucket', { required: true, forms: { key: 'kind', values: ['s3', 'gcs', 'oci'] } }],
    ['commitments', { default: {}, value: {} }],
    ['addressing.supernets', { keys: ['aws', 'azure', 'google', 'oracle'] }],
    ['catalog.machines.aws.*.nodeWatts', { unit: 'W' }],
    ['acknowledge[0].rule', { path: 'acknowledge.0.rule', value: 'RestrictedMachine' }],
    ['clusters.*.pools.*.capacity.ids[].nodes', { type: 'integer', unit: 'nodes' }],
  ])('of %s says what it means and what it is', (key, expected) => {
    const found = explained(key);
    expect(found).toMatchObject(expected);
    expect(`${key}: ${found.meaning}`).toMatch(key === 'sites.ohio.zones.1' ? /: $/ : /: .+\.$/);
  });

  test('has the place of what is written, and none of a default', () => {
    expect(explained('stores.checkpoints.kind').at).toMatchObject({ file: 'estate.yaml', length: '"kind"'.length });
    expect(explained('stores.checkpoints.retainDays').at).toBeUndefined();
    expect(explained('owner.costCenter')).not.toHaveProperty('value');
  });

  test('leaves out keys of other forms of an entry', () => {
    expect(explained('stores.checkpoints').keys).toEqual([
      'kind',
      'site',
      'claim',
      'existing',
      'owner',
      'tags',
      'renamedFrom',
      'retainDays',
      'residency',
      'logs',
    ]);
    expect(explained('stores.*').keys).toEqual(expect.arrayContaining(['capacityTiB', 'retainDays']));
  });

  test('shows the example of the form that is written', () => {
    expect(explained('accounts.azure-gb.clusterAdmins').example).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  });
});

describe('what an entry was resolved to', () => {
  test('of a cluster is who and what reaches it', () => {
    expect(facts('clusters.ohio.access', { 'sites.ohio.access': { ranges: ['10.9.0.0/16'] } })).toEqual({
      administrators: 'arn:aws:iam::111122223333:role/platform < access of the cluster, its site and its account',
      viewers: 'none < access of the cluster, its site and its account',
      'reached from': '10.8.0.0/16, 10.9.0.0/16 < access of the cluster, its site and its account',
    });
    expect(facts('clusters.iowa')['reached from']).toMatch(/^the DNS name of the cluster, which IAM guards </);
    const runner = { runner: { ranges: ['203.0.113.7/32'] } };
    expect(facts('sites.east', { 'sites.east.access': runner })['applied from']).toMatch(/^203\.0\.113\.7\/32 </);
  });

  test('is who answers for it and what it is tagged with, from wherever that is said', () => {
    const owners = { vision: { team: 'vision', email: 'vision@example.com', costCenter: 'cc-7' } };
    const said = (key: string, changes: Changes) => facts(key, { owners, tags: { stage: 'lab' }, ...changes });
    expect(said('stores.tpu', { 'sites.iowa.owner': 'vision', 'sites.iowa.tags': { a: 'b' } })).toMatchObject({
      owner: 'vision, vision@example.com < owner of its site',
      tags: 'estate=atlas, team=vision, cost-center=cc-7, managed-by=training-estate, a=b, stage=lab < name and owner, tags of the estate, tags of its site',
    });
    expect(said('clusters.iowa.pools.racks.owner', { 'clusters.iowa.pools.racks.owner': 'vision' })).toMatchObject({
      owner: 'vision, vision@example.com < owner',
    });
    expect(said('clusters.ohio', { 'stores.tpu.owner': 'vision' }).owner).toBe(
      'training, training@example.com < owner of the estate',
    );
  });

  test('of the labels of a pool are those that its nodes have already', () => {
    expect(facts('clusters.ohio.pools.train.labels')).toEqual({
      labels: 'estate/pool=train, estate/group=train-1 < the pool and its groups, beside labels',
    });
  });

  test('of an account is its name, sites and stack', () => {
    expect(facts('accounts.aws-main')).toMatchObject({
      name: 'atlas-aws-main < the estate and the key',
      sites: expect.stringContaining('ohio'),
      stack: expect.stringContaining('atlas-aws-main-foundation'),
    });
  });

  test('of a budget, a commitment and what enforces policy is what the plan says', () => {
    const changes = {
      'budgets.aws-main': { amount: '12M USD' },
      'commitments.aws': { cloud: 'aws', amount: '38B USD', start: '2026-01-01', years: 7 },
      policy: { regions: { allow: ['us-east-2'] }, enforce: { 'aws-main': { mode: 'deny', machines: true } } },
      sites: { ohio: { account: 'aws-main', region: 'us-east-2', zones: ['us-east-2a', 'us-east-2b'] } },
      clusters: {},
      stores: {},
      acknowledge: [],
    };
    expect(facts('budgets.aws-main', changes)).toEqual({
      amount: '12000000.00 USD a month < amount',
      mailed: 'training@example.com at 50%, 80% and 100% < who gets the alerts of the account, and thresholds',
    });
    expect(facts('commitments.aws', changes)).toEqual({
      term: '2026-01-01 to 2032-12-31 < start and years',
      'drawn down by': 'machines, stores and links in all accounts on aws < the default: all spend on the cloud',
    });
    expect(facts('accounts.aws-main', changes)).toMatchObject({
      budget: '12000000.00 USD a month < budgets.aws-main',
      denied: 'regions but us-east-2; machines but none < policy.enforce.aws-main, and the limits of policy',
    });
  });

  test('of a pool and a store is what they cost, where they have a price, and of limits what is there', () => {
    const read = { source: 'made up for this test', date: '2026-11-02' };
    const changes = {
      prices: {
        currency: 'USD',
        rows: [
          { storeKind: 'lustre', price: '146 USD', per: 'TiB-month', ...read },
          { machine: 'p5en.48xlarge', price: '62.50 USD', per: 'node-hour', ...read },
        ],
      },
      policy: { maxMegawatts: { estate: 9 }, maxProviderShare: { spend: '100%' } },
    };
    const costs = (path: string, more = changes) => facts(path, more).costs;
    expect(costs('clusters.ohio.pools.train')).toBe(
      '1,000.00 USD an hour, 24,000.00 USD a day < prices.rows.1, 62.50 USD a node-hour',
    );
    expect(costs('stores.scratch')).toBe('1.88 USD an hour, 45.00 USD a day < prices.rows.0, 146 USD a TiB-month');
    expect(costs('stores.checkpoints')).toBeUndefined();
    const all = ' < everything that the estate has, when all of it stands';
    expect(facts('policy.maxMegawatts', changes)).toEqual({ power: `1.210 MW${all}` });
    expect(facts('policy.maxProviderShare.spend', changes)).toEqual({ spend: expect.stringMatching(/ USD a day < /) });
  });

  test('of a renamed entry keeps the former key', () => {
    const renamed = facts('sites.columbus', {
      'sites.columbus': { account: 'aws-main', region: 'us-east-2', zones: ['us-east-2a'], renamedFrom: 'dayton' },
    });
    expect(renamed.name).toBe('atlas-dayton < the estate and the former key, which the entry keeps');
  });

  test('of a site is its network with what decided the blocks', () => {
    expect(facts('sites.ohio')).toMatchObject({
      network: expect.stringMatching(/^10\.64\.0\.0\/16 < the lock file/),
      supernet: '10.64.0.0/10 < the default of aws',
      shards: 'ohio < clusters at the site',
    });
    const pinned = facts('sites.ohio', {
      'sites.ohio.cidr': '10.80.0.0/16',
      'sites.ohio.reserveBlocks': 2,
      addressing: { supernets: { aws: '10.64.0.0/11' } },
    });
    expect(pinned).toMatchObject({
      network: expect.stringMatching(/^10\.80\.0\.0\/16 < cidr/),
      'kept for growth': '10.80.0.0/15 < reserveBlocks, and the lock file',
      supernet: '10.64.0.0/11 < addressing.supernets.aws',
    });
  });

  test('of a cluster is its version and shards, or what it says itself', () => {
    const found = facts('clusters.ohio');
    expect(found).toMatchObject({
      shards: 'ohio < what one holds at most, and the lock file',
      'most nodes': '2,000 nodes < the limit of one shard',
      'most pools': '29 node pools < the limit of one shard',
    });
    expect(found).toMatchObject({ stores: 'checkpoints, scratch < mounts' });
    expect(facts('clusters.ohio.kubernetes', { 'clusters.ohio.kubernetes': '1.35' })).toEqual({
      kubernetes: '1.35 < kubernetes',
    });
  });

  test('of a store is the stack that it lies in, of which a site of AWS may have several', () => {
    const keys = Array.from({ length: 80 }, (_, index) => `stores.s${100 + index}`);
    const stores = Object.fromEntries(keys.map((key) => [key, { kind: 'object', site: 'ohio' }]));
    const because = 'stores of a site share one while it has room, and stay in theirs';
    expect(facts('stores.s100', stores).stack).toBe(`atlas-ohio-storage < ${because}`);
    expect(facts('stores.s179', stores).stack).toBe(`atlas-ohio-storage-2 < ${because}`);
    expect(facts('sites.ohio', stores).stacks).toContain(
      'atlas-ohio-network, atlas-ohio-storage, atlas-ohio-storage-2 <',
    );
    expect(facts('stores.tpu').stack).toBe('atlas-iowa-storage < the stores of a site share one');
  });

  test('of a pool is its machine, size, groups, shard and capacity', () => {
    expect(
      facts('clusters.phoenix.pools.racks', { 'clusters.phoenix.pools.racks.spareTraysPerRack': 1 }),
    ).toMatchObject({
      machine: expect.stringMatching(/^BM\.GPU\.GB300\.4: 4 accelerators in each node, arm64 < the only machine/),
      size: '2 racks of 18 nodes: 34 nodes, 136 accelerators in service, 2 nodes spare < racks: 2, spareTraysPerRack: 1',
      groups: expect.stringMatching(/ < one for each rack, keyed by the reservation that it is bound to$/),
      shard: 'phoenix (2 groups) < what one holds at most, and the lock file',
      zone: 'Uocm:PHX-AD-1 < the only zone of the site',
      capacity: expect.stringMatching(/^dedicated < capacity\.kind/),
    });
  });

  test.each<[string, Changes, Record<string, Sourced | undefined>]>([
    [
      'clusters.ohio.pools.train',
      {},
      {
        machine: CATALOG.aws.machines['p5en.48xlarge'],
        size: CATALOG.aws.machines['p5en.48xlarge'],
        group: AWS_NODES_PER_GROUP,
        capacity: CATALOG.aws.machines['p5en.48xlarge'],
        'most nodes': CATALOG.aws.limits.nodesPerShard,
        'most pools': CATALOG.aws.limits.poolsPerShard,
      },
    ],
    [
      'clusters.phoenix.pools.racks',
      {},
      {
        machine: CATALOG.oracle.machines['BM.GPU.GB300.4'],
        size: CATALOG.oracle.machines['BM.GPU.GB300.4'],
        groups: CATALOG.oracle.machines['BM.GPU.GB300.4'],
        capacity: CATALOG.oracle.machines['BM.GPU.GB300.4'],
        'most nodes': CATALOG.oracle.limits.nodesPerShard,
        'most pools': CATALOG.oracle.limits.poolsPerShard,
      },
    ],
    [
      'clusters.ohio',
      {},
      {
        kubernetes: CATALOG.aws.kubernetes,
        'most nodes': CATALOG.aws.limits.nodesPerShard,
        'most pools': CATALOG.aws.limits.poolsPerShard,
        'reached from': API_ACCESS.aws,
        'system pool': CATALOG.aws.machines['m7i.4xlarge'],
        logs: LOG_RETENTION.aws.cluster,
      },
    ],
    [
      'sites.iowa',
      {},
      {
        'zones there are': CATALOG.google.regions.rows['us-central1'],
        supernet: NETWORK_RANGES.supernets.google,
        'most blocks': CATALOG.google.limits.blocksPerNetwork,
      },
    ],
    [
      'sites.iowa',
      {
        'sites.iowa.region': 'us-north9',
        'sites.iowa.zones': ['us-north9-a'],
        'clusters.iowa': undefined,
        'stores.tpu': undefined,
        acknowledge: [
          { rule: 'RestrictedMachine', path: 'clusters.east', reason: 'approved' },
          { rule: 'RestrictedMachine', path: 'clusters.phoenix.pools.racks', reason: 'approved' },
        ],
        catalog: {
          regions: { google: { zones: { 'us-north9': ['us-north9-a'] }, source: 'mail', checked: '2026-10' } },
        },
      },
      {
        'zones there are': { source: 'mail', checked: '2026-10' },
        supernet: NETWORK_RANGES.supernets.google,
        'most blocks': CATALOG.google.limits.blocksPerNetwork,
      },
    ],
    ['stores.fast', {}, { tier: CATALOG.oracle.lustre.tiers.find((tier) => tier.throughputMBpsPerTiB === 1000) }],
  ])(
    'of %s with %j cites for each fact the row that it comes from, and for nothing else a row',
    (key, changes, rows) => {
      const cited = explained(key, changes).resolved.flatMap(({ what, source }) => (source ? [[what, source]] : []));
      const expected = Object.entries(rows).map(([what, row]) => [what, row && sourceOf(row).source]);
      expect(Object.fromEntries(cited)).toEqual(Object.fromEntries(expected));
    },
  );

  test('of CPU nodes names what one has, and counts no accelerators', () => {
    const data = { machine: 'm7i.8xlarge', nodes: 4, zone: 'us-east-2a' };
    expect(facts('clusters.ohio.pools.data', { 'clusters.ohio.pools.data': data })).toMatchObject({
      machine: 'm7i.8xlarge: a CPU machine, 32 vCPUs, 128 GiB, x86_64 < machine',
      size: '4 CPU nodes < nodes: 4',
    });
  });

  test('of half an UltraServer says how many nodes are a rack', () => {
    const capacity = { kind: 'capacity-block', ids: ['cr-0123456789abcdef0'], window: WINDOW };
    const half = { accelerator: 'gb200', ultraServer: 'u-p6e-gb200x36', racks: 1, zone: 'us-east-2b', capacity };
    expect(facts('clusters.ohio.pools.half', { 'clusters.ohio.pools.half': half })).toMatchObject({
      UltraServer: 'u-p6e-gb200x36: 9 nodes in each rack < ultraServer',
      size: '1 rack of 9 nodes: 9 nodes, 36 accelerators < racks: 1',
    });
  });

  test.each([
    [
      { accelerator: 'b200', nodes: 2 },
      {},
      'all at once, by a ProvisioningRequest < what trains needs its nodes together',
    ],
    [{ accelerator: 'b200', nodes: 2 }, { queued: false }, 'as pods ask < capacity.queued'],
    [
      { accelerator: 'tpu-v6e', accelerators: 16, topology: '4x4' },
      {},
      'as pods ask < slices come whole by themselves',
    ],
  ])('of flex-start %j with %j says how nodes are asked for', (pool, queue, said) => {
    const flex = { ...pool, capacity: { kind: 'flex-start', ...queue } };
    expect(facts('clusters.iowa.pools.flex', { 'clusters.iowa.pools.flex': flex })['asked for']).toBe(said);
  });

  test.each([
    ['ohio', { machine: 'm7i.8xlarge', zone: 'us-east-2a' }, 'cluster-autoscaler, which GitOps installs'],
    ['east', { machine: 'Standard_D32ads_v5' }, 'the autoscaler of AKS'],
    ['iowa', { machine: 'n4-standard-32' }, 'the autoscaler of GKE'],
    ['phoenix', { machine: 'VM.Standard.E5.Flex', image: 'ocid1.image.oc1.phx.dddd' }, 'the autoscaler add-on of OKE'],
  ])('of a range in %s says who sizes it', (cluster, pool, autoscaler) => {
    const key = `clusters.${cluster}.pools.burst`;
    const resolved = facts(key, { [key]: { ...pool, nodes: { min: 2, max: 40 } } });
    expect(resolved).toMatchObject({
      size: '2 to 40 CPU nodes < nodes: 2 to 40',
      'sized by': `${autoscaler} < nodes`,
    });
    expect(resolved['running size']).toBe(cluster === 'ohio' ? 'starts at the minimum < nodes' : undefined);
  });

  test('of a range that changed says that what runs stays', () => {
    const key = 'clusters.ohio.pools.burst';
    const burst = (max: number) => ({ [key]: { machine: 'm7i.8xlarge', zone: 'us-east-2a', nodes: { min: 0, max } } });
    const { lock } = planLayout(parseEstate(estateText(burst(40)), 'estate.yaml').estate, EMPTY_LOCK);
    const loaded = parseEstate(estateText(burst(60)), 'estate.yaml');
    const next = planLayout(loaded.estate, lock).lock;
    const plan = resolve(loaded.estate, next, { estate: 'estate.yaml', lock: 'estate.lock.json' });
    const found = findKey(key, loaded);
    if (found.problem !== undefined) throw new Error(found.problem);
    const rows = explain(loaded, plan, found).resolved;
    expect(rows.find(({ what }) => what === 'running size')).toMatchObject({
      value: 'left as it is: burst-1',
      because: 'the lock file, by which it was made with another size',
    });
  });

  test('of groups and versions that the lock file keeps cites no row of the catalog', () => {
    const loaded = parseEstate(estateText({ 'clusters.ohio.pools.train.nodes': 900 }), 'estate.yaml');
    const { lock } = planLayout(loaded.estate, EMPTY_LOCK);
    const chosen = {
      'clusters.ohio': { ...lock.chosen['clusters.ohio'], kubernetes: '1.34' },
      'clusters.ohio.pools.train': { machine: 'p5en.48xlarge', groupNodes: 300 },
    };
    const kept = planLayout(loaded.estate, { ...lock, shards: {}, chosen: { ...lock.chosen, ...chosen } }).lock;
    const plan = resolve(loaded.estate, kept, { estate: 'estate.yaml', lock: 'estate.lock.json' });
    const factsOf = (path: string) => {
      const found = findKey(path, loaded);
      if (found.problem !== undefined) throw new Error(found.problem);
      return explain(loaded, plan, found).resolved;
    };
    expect(factsOf('clusters.ohio.pools.train').find(({ what }) => what === 'groups')).toEqual({
      what: 'groups',
      value: expect.stringMatching(/\(300 nodes\), .*\(300 nodes\), .*\(300 nodes\)$/),
      because: 'at most 300 nodes in one group, as the lock file keeps it, keyed by its number',
    });
    expect(factsOf('clusters.ohio.kubernetes')).toEqual([
      { what: 'kubernetes', value: '1.34', because: 'the lock file, which keeps the version of what runs' },
    ]);
  });

  test('of a key is what follows from it', () => {
    expect(Object.keys(facts('clusters.ohio.pools.train.zone'))).toEqual(['zone']);
    expect(Object.keys(facts('clusters.ohio.pools.train.accelerator'))).toEqual(['machine']);
    expect(facts('clusters.ohio.pools.train.taints')).toEqual({});
  });

  test('of a store is its size in the unit of the cloud, and its tier', () => {
    expect(facts('stores.fast')).toMatchObject({
      'mounted by': 'no cluster < mounts of clusters',
      size: '31,200 GB < capacityTB, in the unit of Oracle Cloud',
      tier: expect.stringMatching(/^1000 MB\/s for each TiB: /),
    });
    expect(Object.keys(facts('stores.checkpoints'))).toEqual([
      'name',
      'mounted by',
      'stack',
      'access logs',
      'owner',
      'tags',
    ]);
  });

  test.each<[string, Changes, string, string]>([
    ['clusters.ohio', {}, 'kept for 365 days', 'the default of AWS'],
    ['clusters.ohio', { 'clusters.ohio.logs': { retainDays: 90 } }, 'kept for 90 days', 'logs'],
    ['clusters.iowa', {}, 'none kept', 'the default of Google Cloud'],
    ['clusters.iowa', { 'sites.iowa.logs': { retainDays: 90 } }, 'kept for 90 days', 'logs of its site'],
    ['clusters.iowa', { 'accounts.google-main.logs': { retainDays: 0 } }, 'none kept', 'logs of its account'],
  ])('of %s with %j are its logs and what decided about them', (key, changes, value, because) => {
    const [fact] = explained(`${key}.logs`, changes).resolved;
    expect(fact).toMatchObject({ what: 'logs', value, because });
  });

  test.each<[string, Changes, string, string]>([
    ['clusters.ohio', {}, 'none', 'the default: they are billed'],
    ['stores.scratch', { 'stores.scratch.alarms': true }, 'mailed to training@example.com, of owner', 'alarms'],
    [
      'clusters.ohio',
      {
        owners: { research: { team: 'research', email: 'research@example.com' } },
        'sites.ohio.owner': 'research',
        'accounts.aws-main.alarms': true,
      },
      'mailed to research@example.com, of owners.research',
      'alarms of its account',
    ],
  ])('of %s with %j are its alarms, and who gets them', (key, changes, value, because) => {
    const [fact] = explained(`${key}.alarms`, changes).resolved;
    expect(fact).toMatchObject({ what: 'alarms', value, because });
  });

  test('of what is taken as written is nothing', () => {
    for (const key of ['owner', 'state', 'acknowledge.0', 'clusters', 'clusters.*']) expect(facts(key)).toEqual({});
  });
});

test('is printed within the width of a report, each source once', () => {
  for (const key of ['accounts.aws-main', 'sites.ohio', 'clusters.ohio', 'clusters.ohio.pools.train', 'stores.fast']) {
    const text = formatExplanation(explained(key));
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(REPORT_WIDTH);
    const sources = text.match(/https:\S+/g) ?? [];
    expect(new Set(sources).size).toBe(sources.length);
  }
  expect(formatExplanation(explained('stores.fast'))).toMatch(/\[1\]\n[\s\S]*\nsources\n {2}\[1\] +https:/);
});

describe('a release of a provider', () => {
  const providers = { azurerm: '5.2.0', google: '7.45.0' };

  test('is told with the stacks that pin it, and of each account where it is not the default', () => {
    expect(facts('providers.azurerm', { providers })).toEqual({ 'pinned by': '3 stacks < accounts.azure-gb' });
    expect(facts('accounts.azure-gb', { providers }).provider).toBe('azurerm 5.2.0 < providers.azurerm');
    expect(facts('accounts.google-main', { providers })).not.toHaveProperty('provider');
    expect(facts('accounts.azure-gb')).not.toHaveProperty('provider');
  });

  test('that nothing pins is said to reach no stack', () => {
    const changes = { providers, 'sites.east': undefined, 'clusters.east': undefined };
    expect(facts('providers.azurerm', changes)).toEqual({
      'pinned by': 'no stack: the estate has none on azure < no account on azure has a site',
    });
  });
});

describe('a path that leads nowhere', () => {
  const problem = (key: string) => {
    const found = findKey(key, parseEstate(estateText(), 'estate.yaml'));
    return found.problem === undefined ? 'found' : `${found.problem}: ${found.hint}`;
  };

  test.each([
    ['clusters.ohio.poolz', /^"clusters\.ohio" has no "poolz"; did you mean "pools"\?: it may have "site", /],
    ['clusters.oiho', /^"clusters" has no "oiho"; did you mean "ohio"\?: it has .*; "clusters\.\*" explains any$/],
    ['clusters.ohio.pools.trian.zone', /^"clusters\.ohio\.pools" has no "trian"; did you mean "train"\?/],
    ['commitments.aws', /^"commitments" has no "aws": it has no entries; "commitments\.\*" explains any$/],
    ['addressing.supernets.asw', /has no "asw"; did you mean "aws"\?/],
    ['sites.ohio.zones.2', /^"sites\.ohio\.zones" has no item "2": it has 2 items, counted from 0/],
    ['name.first', /^"name" has nothing below it: explain "name" instead$/],
    ['clusters.', /^"clusters" has no ""/],
    ['constructor', /^an estate has no "constructor"/],
    ['clusters.__proto__', /^"clusters" has no "__proto__"/],
  ])('%s is refused with what is near', (key, message) => {
    expect(problem(key)).toMatch(message);
  });

  test('is none where a key holds dots itself', () => {
    const label = { 'clusters.ohio.pools.train.labels': { 'example.com/team.name': 'a', example: 'b' } };
    expect(explained('clusters.ohio.pools.train.labels.example.com/team.name', label).value).toBe('a');
  });
});
