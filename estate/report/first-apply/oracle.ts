import { ORACLE_STEPS } from '../../catalog/oracle-steps';
import { names } from '../../plan/ids';
import type { ShardPlan, SitePlan } from '../../plan/types';
import { compareKeys } from '../../units';
import { bundleFinders } from './bundles';
import { distinct, guideOf, type Scope, type Words, when } from './guide';
import { linkFinders } from './links';
import { alarmMails, countedBy, openQuotas, poolsOf, reachedInside, toldBy } from './shared';
import { deployTerraform } from './terraform';

type OracleScope = Scope<'oracle'>;
type OracleShard = ShardPlan<'oracle'>;
type Held = 'fabric' | 'host-group' | 'reservation';

/** How the steps of Oracle Cloud are filled in. */
export const oracleGuide = guideOf<'oracle', keyof typeof ORACLE_STEPS.things>({
  steps: ORACLE_STEPS,
  idOf: ({ ids }) => ids.compartmentId,
  words: ({ ids, name }) => ({
    policies: name.toLowerCase(),
    tenancy: ids.tenancyId,
    compartment: ids.compartmentId,
    homeRegion: ids.homeRegion,
    bucketNamespace: ids.objectStorageNamespace,
  }),
  clusterWords: (shard) => ({ clusterName: idOf(shard), reachedFrom: reachedInside(shard) }),
  deploy: deployTerraform,
  find: {
    ...bundleFinders<'oracle'>(),
    ...linkFinders<'oracle'>(({ network: { existing }, account }) => ({
      network: existing?.id ?? '',
      group: account.ids.compartmentId,
    })),
    account: () => [{}],
    budget: ({ account: { budget } }) => (budget === undefined ? [] : [{ currency: budget.currency }]),
    guardrails: ({ account: { guardrails } }) => when(guardrails !== undefined),
    region: ({ account }) => account.regions.map((region) => ({ region })),
    zones: ({ sites }) => sites.map(({ region, zones }) => ({ region, zones: zones.join(', ') })),
    'service-gateway': ({ sites }) =>
      distinct(
        sites.flatMap(({ region, hasNetwork, serviceGateway }) =>
          serviceGateway === undefined || !hasNetwork
            ? []
            : [{ region, label: serviceGateway.cidrLabel, service: serviceGateway.serviceId }],
        ),
      ),
    image: images,
    fabric: (scope) => held(scope, 'fabric', 'fabric'),
    'host-group': (scope) => held(scope, 'host-group', 'hostGroup'),
    reservation: (scope) => held(scope, 'reservation', 'reservation'),
    quotas: () => [{}],
    quota: (scope) => openQuotas(scope),
    'alarm-mail': (scope) => {
      const { account } = scope;
      const hosts = (account.alarmRegions ?? []).map((region) => ({ mail: account.alertEmail, region }));
      return distinct([...hosts, ...alarmMails(scope)]);
    },
    group: ({ shards }) => {
      const groups = shards.filter(isMade).flatMap(({ access }) => [...access.administrators, ...access.viewers]);
      return [...new Set(groups)].sort(compareKeys).map((group) => ({ name: quoted(lastPart(group)) }));
    },
    nobody: ({ shards }) => when(shards.some((shard) => isMade(shard) && shard.access.administrators.length === 0)),
    'no-way': ({ shards }) =>
      when(shards.some(({ existing, access }) => existing === undefined && access.ranges.length === 0)),
    network: ({ sites }) =>
      distinct(
        sites.flatMap(({ region, network: { existing } }) =>
          existing === undefined ? [] : [{ network: existing.id, region }],
        ),
      ),
    'linked-network': ({ sites }) =>
      sites.flatMap(({ region, gateway, network: { existing } }) =>
        existing === undefined || gateway === undefined
          ? []
          : [{ network: existing.id, region, owner: existing.compartmentId, blocks: gateway.reached.join(', ') }],
      ),
    peering: ({ sites }) => when(sites.some(({ gateway }) => gateway?.kinds.includes('peering'))),
    'provider-service': ({ sites }) =>
      distinct(
        sites.flatMap(({ region, links = [] }) =>
          links.flatMap(({ providerServiceId: service }) => (service === undefined ? [] : [{ service, region }])),
        ),
      ),
    key: ({ sites }) =>
      distinct(sites.flatMap(({ encryptionKey }) => (encryptionKey === undefined ? [] : [{ key: encryptionKey.id }]))),
    'joined-cluster': ({ shards }) =>
      shards.flatMap(({ existing, site: { region } }) => (existing === undefined ? [] : [{ id: existing.id, region }])),
    bucket: ({ sites }) =>
      sites.flatMap(({ region, existingStores }) =>
        existingStores.flatMap((store) =>
          store.kind === 'object' ? [{ bucket: store.name, region, owner: store.existing.namespace }] : [],
        ),
      ),
    'file-system': ({ sites }) =>
      sites.flatMap(({ region, existingStores }) =>
        existingStores.flatMap((store) => (store.kind === 'lustre' ? [{ id: store.existing.id, region }] : [])),
      ),
    vault: ({ account }) =>
      (account.vaultRegions ?? []).map((region) => ({ region, name: names.vault(account, region) })),
    'own-vault-of-stores': ({ sites }) => when(sites.some(makesVault)),
    'own-vault-of-cluster': ({ shards }) => when(shards.some(makesVault)),
    'made-cluster': ({ shards }) => when(shards.some(isMade)),
    'existing-cluster': ({ shards }) => when(!shards.every(isMade)),
    viewers: ({ shards }) =>
      shards.filter(isMade).flatMap(({ access }) => access.viewers.map((group) => ({ group: lastPart(group) }))),
    nvidia: ({ shards }) => countedBy(shards, 'nvidia'),
    amd: ({ shards }) => countedBy(shards, 'amd'),
    'amd-joined': ({ shards }) =>
      when(poolsOf(shards.filter((shard) => !isMade(shard))).some(({ machine }) => machine.vendor === 'amd')),
    rack: ({ shards }) => when(poolsOf(shards).some(({ machine }) => machine.attachment === 'gpu-memory-cluster')),
    mount: ({ shards }) => when(toldBy(shards).length > 0),
    cluster: ({ shards }) => shards.map(() => ({})),
  },
});

function isMade({ existing }: OracleShard): boolean {
  return existing === undefined;
}

/** The id of a cluster, or how to ask for that of one that a stack has made. */
function idOf({ existing, name, site }: OracleShard): string {
  const asked = `oci ce cluster list --region ${site.region} --compartment-id ${site.account.ids.compartmentId} --name ${name} --lifecycle-state ACTIVE --query 'data[0].id' --raw-output`;
  return existing?.id ?? `"$(${asked})"`;
}

function images({ shards }: OracleScope): readonly Words[] {
  return distinct(
    shards.flatMap(({ site: { region }, systemPool, pools }) =>
      [systemPool.image, ...pools.map(({ image }) => image)].flatMap((image) =>
        image === undefined ? [] : [{ image, region }],
      ),
    ),
  );
}

/** What groups are bound to, told apart by their machine and capacity. */
function held({ shards }: OracleScope, kind: Held, word: string): readonly Words[] {
  return distinct(
    shards.flatMap(({ site: { region }, pools }) =>
      pools.flatMap(({ capacity, machine, groups }) => {
        const dedicated = machine.attachment === 'gpu-memory-cluster' ? 'fabric' : 'host-group';
        if ((capacity.kind === 'dedicated' ? dedicated : capacity.kind) !== kind) return [];
        return groups.flatMap(({ reservation }) =>
          reservation === undefined ? [] : [{ [word]: reservation, region }],
        );
      }),
    ),
  );
}

/** Whether a stack makes a vault of its own: those of earlier releases keep theirs. */
function makesVault(planned: SitePlan<'oracle'> | OracleShard): boolean {
  if ('site' in planned)
    return isMade(planned) && planned.vault === undefined && planned.site.encryptionKey === undefined;
  return planned.vault === undefined && planned.encryptionKey === undefined && planned.stores.length > 0;
}

/** A group of an identity domain is listed by its own name. */
function lastPart(group: string): string {
  return group.split('/').at(-1) ?? group;
}

function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name}'`;
}
