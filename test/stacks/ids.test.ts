import { App as CdkApp, CfnElement, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import fc from 'fast-check';
import { App as TerraformApp, TerraformElement, TerraformStack } from '../../constructs/cdktf';
import { CLOUDS, type Cloud } from '../../estate/catalog';
import { awsOutputs, formerPoolPaths, ids, names, outputs, poolPath } from '../../estate/plan/ids';
import { partAt, partsOf } from '../../estate/plan/parts';
import type { Plan } from '../../estate/plan/types';
import { parseEstate } from '../../estate/spec/load';
import * as aws from '../../stacks/aws';
import * as azure from '../../stacks/azure';
import * as google from '../../stacks/google';
import * as oracle from '../../stacks/oracle';
import { SMALL_ESTATE } from '../diff/small-estate';
import { type EstateInput, estateOf, lockAndResolve } from '../helpers/estates';
import { synthStack } from '../helpers/terraform';

const TERRAFORM = { azure, google, oracle } as const;

/** The stacks of one cloud of a plan. */
function stacksOf(cloud: Cloud, plan: Plan): IConstruct[] {
  if (cloud === 'aws') {
    const app = new CdkApp({ builtinCloudFormationValidation: false });
    aws.addStacks(app, plan);
    return app.node.children;
  }
  const app = new TerraformApp({ stackTraces: false });
  TERRAFORM[cloud].addStacks(app, plan);
  return app.node.children;
}

/** Ids of a construct from its stack down. */
function pathOf({ node }: IConstruct): string[] {
  return node.path.split('/').slice(1);
}

/** What no entry of an estate has to do with: providers and their credentials, states, and what CDK and cdktf hand to other stacks. */
const PLUMBING =
  /^(backend|azurerm|azurerm-features|google|oci|oci-[a-z0-9-]+|user_ocid|fingerprint|private_key_path|config_file_profile|Exports|cross-stack-output-.*|earlier-moves-.*)$/;

/** Constructs that stand for something: all of a stack, and those below that come from an entry of their own. */
function named(stack: IConstruct, plan: Plan): IConstruct[] {
  const parts = partsOf(plan).get(stack.node.id);
  return stack.node.findAll().filter((construct) => {
    const path = pathOf(construct);
    if (PLUMBING.test(path[0] ?? '')) return false;
    return path.length === 1 || (path.length === 2 && parts?.parts.has(path.join('/')));
  });
}

const small = lockAndResolve(parseEstate(SMALL_ESTATE, 'small.yaml').estate).plan;

describe('ids of a small estate', () => {
  test.each(CLOUDS)('on %s lead to their entries', (cloud) => {
    const rows = stacksOf(cloud, small).flatMap((stack) => {
      const parts = partsOf(small).get(stack.node.id);
      return named(stack, small).map((construct) => {
        const path = pathOf(construct);
        const entry = partAt(parts, path)?.entry ?? parts?.entry;
        return `${cloud}  ${stack.node.id.padEnd(24)}  ${path.join('/').padEnd(38)}  ${entry}`;
      });
    });
    expect(rows.length).toBeLessThan(100);
    expect(`\n${rows.sort().join('\n')}\n`).toMatchSnapshot();
  });

  test('are all spelled in one place', () => {
    const spelled: readonly string[] = Object.values({ ...ids, ...outputs }).map((id) =>
      typeof id === 'string' ? id : '',
    );
    const prefix = /^(site|store|existing|mount|capacity|fabric|template|joined-template|pool|vault)-/;
    const own =
      /^(alerts|alert-mail|alert-bus|capacity-events|fabric|encryption-at-host|private-dns|shared|nodes|policy-.*|tags|tag-.*)$/;
    const other = CLOUDS.flatMap((cloud) => stacksOf(cloud, small))
      .flatMap((stack) => named(stack, small))
      .flatMap((construct) => pathOf(construct).slice(0, 1))
      // APIs of Google Cloud are called by their names.
      .filter((id) => !spelled.includes(id) && !prefix.test(id) && !own.test(id) && !id.endsWith('.googleapis.com'));
    expect([...new Set(other)]).toEqual([]);
  });
});

describe('spellings', () => {
  test('of node pools are the same but on AWS, where CloudFormation would make them anew', () => {
    expect(CLOUDS.map((cloud) => poolPath(cloud, 'train-1').join('/'))).toEqual([
      'cluster/train-1',
      'pool-train-1',
      'pool-train-1',
      'pool-train-1',
    ]);
  });

  test('of earlier releases are known', () => {
    expect(formerPoolPaths('aws', 'train-1')).toEqual([]);
    expect(formerPoolPaths('azure', 'train-1')).toEqual([['cluster', 'train-1']]);
    expect(formerPoolPaths('oracle', 'train-1-4x4')).toEqual([['cluster', 'train-1-4x4']]);
    expect(formerPoolPaths('google', 'train-1-4x4')).toEqual([
      ['cluster', 'train-1-4x4'],
      ['cluster', 'train-1'],
    ]);
  });

  test('of names in the clouds never change', () => {
    const site = { name: 'atlas-iowa' };
    expect(CLOUDS.map((cloud) => names.storesKey(cloud, site))).toEqual([
      'atlas-iowa-storage',
      'atlas-iowa-stores',
      'atlas-iowa-storage',
      'atlas-iowa-stores',
    ]);
    expect(names.storesKey('aws', site, 2)).toBe('atlas-iowa-storage-2');
    expect(CLOUDS.map((cloud) => names.pool(cloud, site, 'train-1'))).toEqual([
      'atlas-iowa-train-1',
      'train-1',
      'train-1',
      'atlas-iowa-train-1',
    ]);
  });

  test('of outputs on AWS are ids below their construct', () => {
    expect(awsOutputs).toEqual({
      clusterName: 'name',
      mount: 'mount',
      bucket: 'bucket',
      group: 'group',
      exchange: 'Exchange',
    });
  });
});

/** Keys that are ids of something, begin like one, or make one together with another. */
const KEYS = [
  ...['key', 'network', 'cluster', 'workload', 'system', 'backend', 'a', 'b', 'a-b', 'a-1', 'pool-a', 'store-a'],
  ...['mount-a', 'capacity-a', 'fabric-a', 'template-a', 'template-x', 'site-a', 'us-west-2a', 'a-us-west-2a'],
] as const;

const key = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<string>(...KEYS) },
  fc.stringMatching(/^[a-z][a-z0-9]{0,4}(-[a-z0-9]{1,3})?$/),
);
const keys = (maxLength: number) => fc.uniqueArray(key, { minLength: 1, maxLength });

interface Keys {
  readonly pools: readonly string[];
  readonly files: readonly string[];
  readonly objects: readonly string[];
}

const CLOUD: Readonly<
  Record<
    Cloud,
    {
      readonly account: object;
      readonly site: object;
      readonly pool: (index: number) => object;
      readonly store: object;
    }
  >
> = {
  aws: {
    account: { cloud: 'aws', accountId: '111122223333' },
    site: { region: 'us-west-2', zones: ['us-west-2a', 'us-west-2b'] },
    pool: (index) => ({
      accelerator: 'h200',
      nodes: 4,
      zone: 'us-west-2a',
      ...(index % 2 === 1 && { capacity: { kind: 'reservation', ids: [`cr-0a1b2c3d4e5f6071${index}`] } }),
    }),
    store: { zone: 'us-west-2a', capacityGiB: 19200, throughputMBpsPerTiB: 500 },
  },
  azure: {
    account: {
      cloud: 'azure',
      subscriptionId: '00000000-0000-4000-8000-000000000001',
      tenantId: '00000000-0000-4000-8000-000000000002',
    },
    site: { region: 'eastus2', zones: ['1'] },
    pool: () => ({ accelerator: 'h100', nodes: 8, zone: '1' }),
    store: { zone: '1', capacityTiB: 128, throughputMBpsPerTiB: 500 },
  },
  google: {
    account: { cloud: 'google', projectId: 'small-train', projectNumber: '123456789012' },
    site: { region: 'us-central1', zones: ['us-central1-a', 'us-central1-b'] },
    pool: (index) =>
      index % 2 === 1
        ? {
            accelerator: 'tpu-v6e',
            accelerators: 64,
            topology: '4x4',
            zone: 'us-central1-b',
            capacity: { kind: 'reservation', ids: ['projects/small-train/reservations/tpu'] },
          }
        : { accelerator: 'h200', nodes: 8, zone: 'us-central1-a', capacity: { kind: 'spot' } },
    store: { zone: 'us-central1-a', capacityGiB: 18000, throughputMBpsPerTiB: 1000 },
  },
  oracle: {
    account: {
      cloud: 'oracle',
      tenancyId: 'ocid1.tenancy.oc1..aaaatenancy',
      compartmentId: 'ocid1.compartment.oc1..aaaacompartment',
      homeRegion: 'us-ashburn-1',
      objectStorageNamespace: 'smalltrain',
    },
    site: {
      region: 'us-phoenix-1',
      zones: ['Uocm:PHX-AD-1'],
      serviceGateway: {
        serviceId: 'ocid1.service.oc1.phx.aaaaservice',
        cidrLabel: 'all-phx-services-in-oracle-services-network',
      },
    },
    pool: (index) => ({
      accelerator: index % 2 === 1 ? 'gb300' : 'h200',
      ...(index % 2 === 1
        ? {
            racks: 1,
            capacity: { kind: 'dedicated', fabrics: [`ocid1.computegpumemoryfabric.oc1.phx.aaaafabric${index}`] },
          }
        : { nodes: 8 }),
      zone: 'Uocm:PHX-AD-1',
      image: 'ocid1.image.oc1.phx.aaaagpu',
    }),
    store: { zone: 'Uocm:PHX-AD-1', capacityTB: 83.2, throughputMBpsPerTiB: 250 },
  },
};

function planOf(cloud: Cloud, { pools, files, objects }: Keys): Plan {
  const { account, site, pool, store } = CLOUD[cloud];
  const stores = [
    ...files.map((each) => [each, { kind: 'lustre', site: 'key', ...store }]),
    ...objects.filter((each) => !files.includes(each)).map((each) => [each, { kind: 'object', site: 'key' }]),
  ];
  const systemPool = cloud === 'oracle' ? { systemPool: { image: 'ocid1.image.oc1.phx.aaaasystem' } } : {};
  const input = {
    estate: 'v1',
    name: 'atlas',
    owner: { team: 'research', email: 'research@example.com' },
    accounts: { network: account },
    sites: { key: { account: 'network', ...site } },
    clusters: {
      system: {
        site: 'key',
        mounts: stores.map(([each]) => each),
        ...systemPool,
        pools: Object.fromEntries(pools.map((each, index) => [each, pool(index)])),
      },
    },
    stores: Object.fromEntries(stores),
  };
  return lockAndResolve(estateOf(input as EstateInput)).plan;
}

/** What CloudFormation or Terraform knows the resources, outputs and the rest of a stack by. */
function addressesOf(stack: IConstruct): string[] {
  return stack.node.findAll().flatMap((element) => {
    if (element instanceof CfnElement) return [String(Stack.of(element).resolve(element.logicalId))];
    if (!(element instanceof TerraformElement) || element instanceof TerraformStack) return [];
    const type = 'terraformResourceType' in element ? String(element.terraformResourceType) : element.constructor.name;
    return [`${type}.${element.friendlyUniqueId}`];
  });
}

describe('any keys', () => {
  test.each(CLOUDS)('make no two ids one on %s, and each leads to its entry', (cloud) => {
    const parts = fc.record({ pools: keys(5), files: keys(3), objects: keys(3) });
    fc.assert(
      fc.property(parts, (chosen) => {
        const plan = planOf(cloud, chosen);
        const known = partsOf(plan);
        const stacks = stacksOf(cloud, plan);
        for (const stack of stacks) {
          const addresses = addressesOf(stack);
          expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([]);
        }
        const cluster = stacks.find(({ node }) => node.id === 'atlas-system-cluster');
        const storage = stacks.find(({ node }) => node.id === 'atlas-key-storage');
        const made = (stack: IConstruct | undefined) =>
          new Set(stack?.node.findAll().map((each) => pathOf(each).join('/')));
        const entryOf = (stack: string, path: readonly string[]) => partAt(known.get(stack), [...path, 'Resource']);
        for (const pool of plan.shards(cloud).flatMap((shard) => shard.pools)) {
          const entry = `clusters.system.pools.${pool.key}`;
          for (const { id } of pool.groups) {
            expect(made(cluster)).toContain(poolPath(cloud, id).join('/'));
            expect(entryOf('atlas-system-cluster', poolPath(cloud, id))).toEqual({ entry, group: id });
            expect(made(cluster)).toContain(ids.capacity(id));
            expect(entryOf('atlas-system-cluster', [ids.capacity(id)])).toEqual({ entry });
          }
        }
        for (const store of plan.sites(cloud).flatMap((site) => site.stores)) {
          const entry = `stores.${store.key}`;
          expect(made(storage)).toContain(ids.store(store.key));
          expect(entryOf('atlas-key-storage', [ids.store(store.key)])).toEqual({ entry, store: store.key });
          expect(entryOf('atlas-system-cluster', [ids.mount(store.key)])).toEqual({ entry });
        }
        // Nothing of the user stands in a stack under an id that leads nowhere.
        for (const id of cluster?.node.children.map(({ node }) => node.id) ?? []) {
          if (/^(pool|capacity|mount|(joined-)?template)-(?!events$)/.test(id))
            expect([id, entryOf('atlas-system-cluster', [id])]).not.toEqual([id, undefined]);
        }
      }),
      { numRuns: 8, seed: 7 },
    );
  });

  test('let a pool be called like a zone on AWS, and a store like another one and a fabric', () => {
    const plan = planOf('aws', { pools: ['us-west-2a', 'held'], files: ['a', 'a-us-west-2a'], objects: ['b'] });
    const cluster = stacksOf('aws', plan).find(({ node }) => node.id === 'atlas-system-cluster');
    const found = cluster?.node.children.map(({ node }) => node.id).filter((id) => /^(fabric|mount)-/.test(id));
    expect(found?.sort()).toEqual(
      [
        'fabric-us-west-2a',
        'fabric-us-west-2a--pool',
        'mount-a',
        'mount-a--us-west-2a',
        'mount-a-us-west-2a',
        'mount-a-us-west-2a-us-west-2a',
        'mount-a-us-west-2a-us-west-2a--pool',
        'mount-a-us-west-2a--pool',
      ].sort(),
    );
  });

  test.each(['azure', 'google', 'oracle'] as const)('of pools move each state of %s to one place', (cloud) => {
    const plan = planOf(cloud, { pools: ['a', 'b', 'pool-a', 'pool-b'], files: ['a'], objects: ['b'] });
    for (const stack of stacksOf(cloud, plan)) {
      if (!(stack instanceof TerraformStack)) continue;
      const json = synthStack(stack);
      const declared = new Set(
        Object.entries(json.resource ?? {}).flatMap(([type, members]) =>
          Object.keys(members).map((name) => `${type}.${name}`),
        ),
      );
      const [from, to] = [(json.moved ?? []).map((move) => move.from), (json.moved ?? []).map((move) => move.to)];
      // Terraform refuses two ways into one resource, and a way out of one that is declared.
      expect([new Set(from).size, new Set(to).size]).toEqual([from.length, to.length]);
      expect(from.filter((address) => declared.has(address))).toEqual([]);
      expect(to.filter((address) => !declared.has(address) && !from.includes(address))).toEqual([]);
    }
  });
});
