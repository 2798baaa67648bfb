import { planLayout } from '../../../estate/plan/layout';
import type { Lock } from '../../../estate/plan/lock';
import { resolve } from '../../../estate/plan/resolve';
import { type EstateInput, estateOf, lockAndResolve } from '../../helpers/estates';

const FILES = { estate: 'estate.yaml', lock: 'estate.lock.json' };
const IMAGE = 'ocid1.image.oc1.phx.aaaaimage';
const KEY = 'ocid1.key.oc1.phx.bbbbvault.aaaakey';
const SERVICES = { serviceId: 'ocid1.service.oc1.phx.a', cidrLabel: 'all-phx-services-in-oracle-services-network' };
const STORES = { datasets: { kind: 'object', site: 'phoenix' } };

interface Shape {
  readonly clusters?: readonly string[];
  readonly stores?: Readonly<Record<string, object>>;
  readonly site?: object;
}

function estate({ clusters = ['train'], stores = STORES, site = {} }: Shape = {}) {
  const cluster = {
    site: 'phoenix',
    systemPool: { image: IMAGE },
    pools: { h: { accelerator: 'h200', nodes: 2, image: IMAGE } },
  };
  return estateOf({
    estate: 'v1',
    name: 'orion',
    owner: { team: 'platform', email: 'platform@example.com' },
    accounts: {
      main: {
        cloud: 'oracle',
        tenancyId: 'ocid1.tenancy.oc1..aaaaexample',
        compartmentId: 'ocid1.compartment.oc1..aaaatrain',
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
        ...site,
      },
    },
    clusters: Object.fromEntries(clusters.map((key) => [key, cluster])),
    stores,
    acknowledge: [{ rule: 'RestrictedMachine', path: 'clusters', reason: 'approved' }],
  } as EstateInput);
}

/** Where the lock of an estate says that keys are made. */
function vaultsIn({ chosen }: Lock): Record<string, string> {
  return Object.fromEntries(
    Object.entries(chosen).flatMap(([path, { vault, vaults }]) => {
      const said = vault ?? vaults?.join();
      return said === undefined ? [] : [[path, said]];
    }),
  );
}

/** The lock as an earlier release wrote it. */
function earlier(lock: Lock): Lock {
  const chosen = Object.entries(lock.chosen).flatMap(([path, { vault: _, vaults: __, nodes: ___, ...own }]) =>
    Object.keys(own).length === 0 ? [] : [[path, own] as const],
  );
  return { ...lock, chosen: Object.fromEntries(chosen) };
}

describe('the vaults of an Oracle account', () => {
  const { lock, plan } = lockAndResolve(estate());

  test('hold the keys of everything that is new', () => {
    expect(vaultsIn(lock)).toEqual({
      'accounts.main': 'us-phoenix-1',
      'clusters.train': 'account',
      'sites.phoenix': 'account',
    });
    expect(plan.accounts('oracle')[0]?.vaultRegions).toEqual(['us-phoenix-1']);
    expect(plan.sites('oracle')[0]?.vault).toBe('account');
    expect(plan.shards('oracle')[0]?.vault).toBe('account');
  });

  test('are none where nothing needs a key', () => {
    const { lock: alone } = lockAndResolve(estate({ clusters: [], stores: {} }));
    expect(vaultsIn(alone)).toEqual({});
  });

  test('leave the keys of earlier releases where they are, whatever is edited', () => {
    const old = earlier(lock);
    expect(vaultsIn(planLayout(estate(), old).lock)).toEqual({});
    const more = { ...STORES, more: { kind: 'object', site: 'phoenix' } };
    expect(vaultsIn(planLayout(estate({ stores: more }), old).lock)).toEqual({});
    // A store that left is kept with its key, and so is one of a site that has no others.
    const left = planLayout(estate({ stores: {} }), old).lock;
    expect(vaultsIn(left)).toEqual({});
    expect(vaultsIn(planLayout(estate(), left, ['*']).lock)).toEqual({});
    // So does one from before choices were recorded.
    expect(vaultsIn(planLayout(estate(), { ...old, chosen: {} }).lock)).toEqual({});
    const [shard] = resolve(estate(), old, FILES).shards('oracle');
    expect(shard).not.toHaveProperty('vault');
    expect(shard?.site).not.toHaveProperty('vault');
    expect(shard?.site.account).not.toHaveProperty('vaultRegions');
  });

  test('hold the keys of what is added to an estate of an earlier release', () => {
    const old = earlier(lock);
    const clusters = ['train', 'other'];
    expect(vaultsIn(planLayout(estate({ clusters }), old).lock)).toEqual({
      'accounts.main': 'us-phoenix-1',
      'clusters.other': 'account',
    });
    // A site without stores has no key for them yet.
    const bare = earlier(lockAndResolve(estate({ stores: {} })).lock);
    expect(vaultsIn(planLayout(estate(), bare).lock)).toEqual({
      'accounts.main': 'us-phoenix-1',
      'sites.phoenix': 'account',
    });
    expect(() => resolve(estate({ clusters }), old, FILES)).toThrow(
      /the regions with a vault of "accounts.main" are not recorded yet/,
    );
    expect(() => resolve(estate(), bare, FILES)).toThrow(/the place of the key of "sites.phoenix" is not recorded yet/);
  });

  test('stay when what needed them leaves, or gets a key of its own', () => {
    const gone = planLayout(estate({ clusters: [], stores: {} }), lock, ['*']).lock;
    expect(vaultsIn(gone)['accounts.main']).toBe('us-phoenix-1');
    const brought = planLayout(estate({ site: { encryptionKey: { existing: KEY } } }), lock).lock;
    expect(vaultsIn(brought)).toEqual(vaultsIn(lock));
  });

  test('are not made for what brings a key from the start, and are when it lets go of it', () => {
    const site = { encryptionKey: { existing: KEY } };
    const { lock: brought } = lockAndResolve(estate({ site }));
    expect(vaultsIn(brought)).toEqual({ 'clusters.train': 'account', 'sites.phoenix': 'account' });
    expect(vaultsIn(planLayout(estate(), brought).lock)['accounts.main']).toBe('us-phoenix-1');
  });
});

describe('the nodes of an Oracle account', () => {
  const nodesIn = ({ chosen }: Lock) => chosen['accounts.main']?.nodes;
  const { lock, plan } = lockAndResolve(estate());

  test('have a tag where there were none before', () => {
    expect(nodesIn(lock)).toBe('tagged');
    expect(plan.accounts('oracle')[0]?.nodes).toBe('tagged');
    const stores = earlier(lockAndResolve(estate({ clusters: [] })).lock);
    expect(nodesIn(planLayout(estate(), stores).lock)).toBe('tagged');
  });

  test('never get one where some run, whatever is edited', () => {
    const old = earlier(lock);
    expect(nodesIn(planLayout(estate(), old).lock)).toBeUndefined();
    expect(nodesIn(planLayout(estate({ clusters: ['train', 'other'] }), old).lock)).toBeUndefined();
    expect(nodesIn(planLayout(estate(), { ...old, chosen: {} }).lock)).toBeUndefined();
    expect(resolve(estate(), old, FILES).accounts('oracle')[0]).not.toHaveProperty('nodes');
    // Nodes may be kept whose cluster left the file: nobody can tell in which account.
    const kind = 'group' as const;
    const kept = { kind, machine: 'BM.GPU.GB300.4', capacity: 'dedicated' as const, shard: 'gone' };
    const bare = { ...lockAndResolve(estate({ clusters: [] })).lock, chosen: {} };
    const retired = { 'clusters.gone.pools.gb300.r1': kept };
    expect(nodesIn(planLayout(estate(), { ...bare, retired }).lock)).toBeUndefined();
  });

  test('keep theirs, and an account without sites has none', () => {
    expect(nodesIn(planLayout(estate({ clusters: ['train', 'other'] }), lock).lock)).toBe('tagged');
    expect(nodesIn(planLayout(estate({ clusters: [] }), lock, ['*']).lock)).toBe('tagged');
  });

  test('have to be recorded', () => {
    const unsaid: Lock = { ...lock, chosen: { ...lock.chosen, 'accounts.main': { vaults: ['us-phoenix-1'] } } };
    const { 'clusters.train': _, ...others } = unsaid.chosen;
    expect(() => resolve(estate(), { ...unsaid, shards: {}, chosen: others }, FILES)).toThrow(
      /the tag of the nodes of "accounts.main" is not recorded yet/,
    );
  });
});
