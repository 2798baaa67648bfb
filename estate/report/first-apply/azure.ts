import { azurePrivateDns } from '../../catalog/azure';
import { AZURE_STEPS } from '../../catalog/azure-steps';
import { AZURE_ENCRYPTION_AT_HOST, AZURE_INFINIBAND, AZURE_NAMESPACES } from '../../catalog/azure-subscription';
import { made, names } from '../../plan/ids';
import type { PoolPlan, ShardPlan, SitePlan } from '../../plan/types';
import { joined } from '../../spec/words';
import { compareKeys } from '../../units';
import { bundleFinders } from './bundles';
import { distinct, guideOf, type Scope, type Words, when } from './guide';
import { linkFinders } from './links';
import { countedBy, openQuotas, poolsOf, reachedInside, toldBy } from './shared';
import { deployTerraform } from './terraform';

type AzureScope = Scope<'azure'>;
type AzureSite = SitePlan<'azure'>;
type AzureShard = ShardPlan<'azure'>;

/** How the steps of Azure are filled in. */
export const azureGuide = guideOf<'azure', keyof typeof AZURE_STEPS.things>({
  steps: AZURE_STEPS,
  idOf: ({ ids }) => ids.subscriptionId,
  words: (account) => ({
    subscription: account.ids.subscriptionId,
    tenant: account.ids.tenantId,
    sharedGroup: names.sharedGroup(account),
  }),
  clusterWords: (shard) => ({ clusterName: nameOf(shard), reachedFrom: reachedFrom(shard) }),
  deploy: deployTerraform,
  find: {
    ...bundleFinders<'azure'>(({ stacks }) => [stacks.cluster]),
    ...linkFinders<'azure'>((site) => {
      const { existing } = site.network;
      return {
        network: existing?.id ?? made.azureNetwork(site),
        group: existing?.resourceGroup ?? names.siteGroup(site),
      };
    }),
    account: () => [{}],
    budget: ({ account: { budget } }) => (budget === undefined ? [] : [{ currency: budget.currency }]),
    guardrails: ({ account: { guardrails } }) => when(guardrails !== undefined),
    'writer-role': ({ sites, shards }) =>
      when(
        [...sites.flatMap(({ grants = [] }) => grants), ...shards.flatMap(({ grants }) => grants?.direct ?? [])].some(
          ({ access }) => access === 'write',
        ),
      ),
    namespace: () => AZURE_NAMESPACES.map(({ namespace }) => ({ namespace })),
    racks: ({ account }) =>
      when(account.machines.some(({ infinibandFeature }) => infinibandFeature === 'unregistered')),
    feature: ({ account }) => [
      featureOf(AZURE_ENCRYPTION_AT_HOST),
      ...(account.machines.some(({ infinibandFeature }) => infinibandFeature === 'registered')
        ? [featureOf(AZURE_INFINIBAND)]
        : []),
    ],
    group: ({ shards }) => {
      const groups = shards.filter(isMade).flatMap(({ access }) => [...access.administrators, ...access.viewers]);
      return [...new Set(groups)].sort(compareKeys).map((group) => ({ group }));
    },
    reservation: reservations,
    quotas: () => [{}],
    quota: (scope) => openQuotas(scope),
    'alarm-mail': actionGroups,
    nobody: ({ shards }) => when(shards.some((shard) => isMade(shard) && shard.access.administrators.length === 0)),
    'no-way': ({ shards }) =>
      when(shards.some(({ existing, access }) => existing === undefined && access.ranges.length === 0)),
    network: ({ sites }) =>
      sites.flatMap(({ network: { existing } }) =>
        existing === undefined
          ? []
          : [{ network: existing.id, owner: existing.subscriptionId, resourceGroup: existing.resourceGroup }],
      ),
    'brought-key': ({ sites }) => distinct(sites.flatMap(broughtKey)),
    'joined-cluster': ({ shards }) =>
      shards.flatMap(({ existing }) =>
        existing === undefined ? [] : [{ name: existing.id, resourceGroup: existing.resourceGroup }],
      ),
    store: ({ sites }) =>
      sites.flatMap(({ existingStores }) =>
        existingStores.map(({ existing }) => ({ name: existing.id, owner: existing.subscriptionId })),
      ),
    inside: ({ sites }) =>
      sites
        .filter((site) => site.hasNetwork && isInside(site))
        .map((site) => ({ network: made.azureNetwork(site), resourceGroup: names.siteGroup(site) })),
    'inside-existing': ({ sites }) => when(sites.some((site) => !site.hasNetwork && isInside(site))),
    'key-group': ({ sites }) => sites.filter(makesKeys).map((site) => ({ resourceGroup: names.siteGroup(site) })),
    'runner-subnet': ({ sites }) =>
      distinct(
        sites
          .filter(makesKeys)
          .flatMap(({ runner }) => runner?.subnets ?? [])
          .map((subnet) => ({ subnet })),
      ),
    'stores-vault': ({ sites }) => sites.map((site) => ({ vault: storesVault(site), runner: runnerOf(site) })),
    'cluster-vault': ({ shards }) =>
      shards.filter(isMade).map((shard) => ({ vault: clusterVault(shard), runner: runnerOf(shard.site) })),
    'stores-of-key': ({ sites }) =>
      sites.flatMap((site) =>
        broughtKey(site).map(({ vault = '' }) => ({ vault, identities: joined(storeIdentities(site), 'and') })),
      ),
    'cluster-of-key': ({ shards }) =>
      shards.filter(isMade).flatMap((shard) =>
        broughtKey(shard.site).map(({ vault = '' }) => ({
          vault,
          identity: made.azureIdentity(shard, 'cluster'),
          disks: made.azureIdentity(shard, 'disks'),
        })),
      ),
    'cluster-elsewhere': ({ shards, account }) =>
      shards.filter(isMade).flatMap((shard) => {
        const { existing } = shard.site.network;
        if (existing === undefined || existing.subscriptionId === account.ids.subscriptionId) return [];
        return [{ identity: made.azureIdentity(shard, 'cluster'), network: existing.id }];
      }),
    'made-cluster': ({ shards }) => shards.filter(isMade).map(({ site }) => ({ resourceGroup: names.siteGroup(site) })),
    'existing-cluster': ({ shards }) =>
      shards.flatMap(({ existing }) => (existing === undefined ? [] : [{ resourceGroup: existing.resourceGroup }])),
    'zone-link': ({ shards }) =>
      shards.filter((shard) => isMade(shard) && shard.site.hasNetwork && shard.access.ranges.length > 0).map(apiZone),
    'nvidia-driver': ({ shards }) => countedBy(shards, 'nvidia', ({ gpuDriver }) => gpuDriver === 'None'),
    nvidia: ({ shards }) => countedBy(shards, 'nvidia', ({ gpuDriver }) => gpuDriver !== 'None'),
    amd: ({ shards }) => countedBy(shards, 'amd'),
    infiniband: ({ shards }) => when(poolsOf(shards).some(({ machine }) => machine.infinibandFeature !== undefined)),
    rack: ({ shards }) => when(poolsOf(shards).some(({ machine }) => machine.scaleUpNodes > 1)),
    mount: ({ shards }) => when(toldBy(shards).length > 0),
    cluster: ({ shards }) =>
      shards.map((shard) => ({
        siteGroup: names.siteGroup(shard.site),
        identity: made.azureIdentity(shard, shard.workload.namespace, shard.workload.serviceAccount, 'workload'),
      })),
  },
});

/** Who is told of alarms by which action group. */
function actionGroups({ sites, shards }: AzureScope): readonly Words[] {
  const ofClusters = shards.flatMap((shard) => {
    const { alarms, site } = shard;
    return alarms === undefined ? [] : [{ alarms, site, name: names.clusterAlarms(shard, alarms.owner) }];
  });
  const ofStores = sites.flatMap((site) =>
    site.stores.flatMap((store) => {
      const alarms = store.kind === 'lustre' ? store.alarms : undefined;
      return alarms === undefined ? [] : [{ alarms, site, name: names.storeAlarms(site, alarms.owner) }];
    }),
  );
  return distinct(
    [...ofClusters, ...ofStores].map(({ alarms: { email }, site, name }) => ({
      group: made.azureActionGroup({ name }),
      resourceGroup: names.siteGroup(site),
      mail: email,
    })),
  );
}

function isMade({ existing }: AzureShard): boolean {
  return existing === undefined;
}

function nameOf(shard: AzureShard): string {
  return shard.existing?.id ?? made.azureCluster(shard);
}

function featureOf({ namespace, feature }: Readonly<Record<'namespace' | 'feature', string>>): Words {
  return { namespace, feature };
}

/** Capacity reservation groups, by the parts of their ids. */
function reservations({ shards }: AzureScope): readonly Words[] {
  const ids = poolsOf(shards).flatMap((pool: PoolPlan<'azure'>) =>
    pool.groups.flatMap(({ reservation }) => reservation ?? []),
  );
  return [...new Set(ids)].flatMap((id) => {
    const [, owner, resourceGroup, name] =
      /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/[^/]+\/[^/]+\/([^/]+)$/i.exec(id) ?? [];
    return owner === undefined || resourceGroup === undefined || name === undefined
      ? []
      : [{ owner, resourceGroup, name }];
  });
}

/** The key of a site that exists already, by the last parts of its id. */
function broughtKey({ encryptionKey }: AzureSite): readonly Words[] {
  const [, vault, key] = /\/vaults\/([^/]+)\/keys\/([^/]+)/.exec(encryptionKey?.id ?? '') ?? [];
  return vault === undefined || key === undefined ? [] : [{ vault, key }];
}

/** Whether stacks of a site make keys of their own. */
function makesKeys({ encryptionKey, stores, shards }: AzureSite): boolean {
  return encryptionKey === undefined && stores.length + shards.length > 0;
}

/** Whether the vaults of a site are reached from inside its network only. */
function isInside({ runner, stores, shards }: AzureSite): boolean {
  return (runner?.ranges.length ?? 0) + (runner?.subnets.length ?? 0) === 0 && stores.length + shards.length > 0;
}

function storesVault(site: AzureSite): string {
  const { subscriptionId } = site.account.ids;
  return broughtKey(site)[0]?.vault ?? made.azureVault(names.storesKey('azure', site), subscriptionId);
}

function clusterVault(shard: AzureShard): string {
  const { subscriptionId } = shard.site.account.ids;
  return broughtKey(shard.site)[0]?.vault ?? made.azureVault(names.clusterKey(shard), subscriptionId);
}

/** Where applies of a site come from, as its vaults see them. */
function runnerOf(site: AzureSite): string {
  if (site.encryptionKey !== undefined) return 'where the owner of the vault lets applies come from';
  if (isInside(site)) return `inside the network of ${site.key} or one that is joined to it`;
  const { ranges = [], subnets = [] } = site.runner ?? {};
  const short = subnets.map((id) => `subnet ${id.split('/').slice(-3).join('/')}`);
  return `${joined([...ranges, ...short], 'or')} (access.runner), or inside the network of ${site.key}`;
}

function storeIdentities({ stores }: AzureSite): readonly string[] {
  return stores.map((store) => made.azureIdentity(store, store.kind === 'lustre' ? 'lustre' : 'store'));
}

/** The private zone that names the API server of a shard, and where it lies. */
function apiZone(shard: AzureShard): Words {
  const { site } = shard;
  const row = azurePrivateDns.find(({ service }) => service === 'kubernetes');
  const shared = (row?.zone ?? '').replace('{region}', site.region);
  if (shard.ownZone) return { zone: `${made.azureSubzone(shard)}.${shared}`, zoneGroup: names.siteGroup(site) };
  return { zone: shared, zoneGroup: names.sharedGroup(site.account) };
}

function reachedFrom(shard: AzureShard): string {
  if (shard.existing !== undefined || shard.site.hasNetwork) return reachedInside(shard);
  return 'where the owner of the network lets the API server be reached, and its name be found';
}
