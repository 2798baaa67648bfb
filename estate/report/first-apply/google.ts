import { GOOGLE_STEPS } from '../../catalog/google-steps';
import { made } from '../../plan/ids';
import type { ShardPlan, SitePlan } from '../../plan/types';
import { joined } from '../../spec/words';
import { compareKeys } from '../../units';
import { bundleFinders } from './bundles';
import { distinct, guideOf, type Scope, type Words, when } from './guide';
import { linkFinders } from './links';
import { alarmMails, countedBy, openQuotas, poolsOf, toldBy } from './shared';
import { deployTerraform } from './terraform';

type GoogleScope = Scope<'google'>;
type GoogleShard = ShardPlan<'google'>;

/** What Cloud Quotas calls a quota; others have a name in words only. */
const QUOTA_ID = /^[A-Z0-9-]+-per-project(-[a-z]+)?$/;

/** APIs whose agents get keys and subnets. */
const AGENTS = ['compute.googleapis.com', 'container.googleapis.com'];

/** How the steps of Google Cloud are filled in. */
export const googleGuide = guideOf<'google', keyof typeof GOOGLE_STEPS.things>({
  steps: GOOGLE_STEPS,
  idOf: ({ ids }) => ids.projectId,
  words: ({ ids }) => ({ project: ids.projectId, number: ids.projectNumber }),
  clusterWords: (shard) => ({
    clusterName: shard.existing?.id ?? made.googleCluster(shard),
    reachedFrom: reachedFrom(shard),
  }),
  deploy: deployTerraform,
  find: {
    ...bundleFinders<'google'>(),
    ...linkFinders<'google'>((site) => {
      const { existing } = site.network;
      return {
        network: existing?.id ?? '',
        group: existing?.projectId ?? site.account.ids.projectId,
      };
    }),
    account: () => [{}],
    budget: ({ account: { budget, ids } }) =>
      budget === undefined || ids.billingAccount === undefined
        ? []
        : [{ billingAccount: ids.billingAccount, currency: budget.currency }],
    guardrails: ({ account: { guardrails } }) => when(guardrails !== undefined),
    billing: ({ account: { ids } }) =>
      ids.billingAccount === undefined ? [] : [{ billingAccount: ids.billingAccount }],
    group: groups,
    nobody: ({ shards }) => when(shards.some((shard) => isMade(shard) && shard.access.administrators.length === 0)),
    reservation: reservations,
    quotas: () => [{}],
    quota: (scope) => openQuotas(scope, ({ quota }) => QUOTA_ID.test(quota)),
    'alarm-mail': alarmMails,
    'key-of-logs': ({ sites, shards }) =>
      distinct(
        sites.flatMap(({ key, encryptionKey }) =>
          encryptionKey !== undefined &&
          shards.some((shard) => isMade(shard) && shard.site.key === key && shard.logRetentionDays !== undefined)
            ? [{ key: encryptionKey.id }]
            : [],
        ),
      ),
    key: ({ sites }) =>
      distinct(sites.flatMap(({ encryptionKey }) => (encryptionKey === undefined ? [] : [{ key: encryptionKey.id }]))),
    network: ({ sites }) =>
      distinct(
        sites.flatMap(({ network: { existing } }) =>
          existing === undefined ? [] : [{ network: existing.id, host: existing.projectId }],
        ),
      ),
    'host-network': hostSubnets,
    'services-access': ({ sites }) =>
      distinct(
        sites.flatMap(({ network: { existing }, stores }) =>
          existing === undefined || !stores.some(({ kind }) => kind === 'lustre')
            ? []
            : [{ network: existing.id, host: existing.projectId }],
        ),
      ),
    'file-system': ({ sites }) =>
      sites.flatMap(({ existingStores }) =>
        existingStores.flatMap((store) => (store.kind === 'lustre' ? [{ name: store.name, zone: store.zone }] : [])),
      ),
    bucket: ({ sites }) =>
      sites.flatMap(({ existingStores }) =>
        existingStores.flatMap(({ kind, name }) => (kind === 'object' ? [{ bucket: name }] : [])),
      ),
    'joined-cluster': ({ shards }) =>
      shards.flatMap(({ existing, site }) =>
        existing === undefined ? [] : [{ name: existing.id, region: site.region }],
      ),
    agent: () => AGENTS.map((service) => ({ service })),
    'made-key': ({ sites }) => when(sites.some(makesKey)),
    'made-cluster': ({ shards }) => when(shards.some(isMade)),
    'existing-cluster': ({ shards }) => when(!shards.every(isMade)),
    nvidia: ({ shards }) => countedBy(shards, 'nvidia'),
    tpu: ({ shards }) => countedBy(shards, 'google'),
    'multi-network': ({ shards }) =>
      shards.filter(({ pools }) => pools.some(has('multi-network'))).map(({ name }) => ({ prefix: name })),
    claims: ({ shards }) => when(poolsOf(shards).some(has('claims'))),
    rack: ({ shards }) =>
      when(poolsOf(shards).some(({ machine: { vendor, scaleUpNodes } }) => vendor === 'nvidia' && scaleUpNodes > 1)),
    queued: ({ shards }) =>
      when(
        poolsOf(shards).some(
          ({ capacity, machine }) =>
            capacity.kind === 'flex-start' && (capacity.queued ?? machine.topologies === undefined),
        ),
      ),
    mount: ({ shards }) => when(toldBy(shards).length > 0),
    cluster: ({ shards }) => shards.map(() => ({})),
  },
});

function isMade({ existing }: GoogleShard): boolean {
  return existing === undefined;
}

function makesKey({ encryptionKey }: SitePlan<'google'>): boolean {
  return encryptionKey === undefined;
}

/** Whether pods get the interfaces of a machine in one way. */
function has(podInterfaces: string): (pool: GoogleShard['pools'][number]) => boolean {
  return ({ machine }) => machine.fabric?.podInterfaces === podInterfaces;
}

/** Groups that are let into clusters; other members are people and accounts that nobody lists. */
function groups({ shards }: GoogleScope): readonly Words[] {
  const members = shards.filter(isMade).flatMap(({ access }) => [...access.administrators, ...access.viewers]);
  return [...new Set(members)].sort(compareKeys).flatMap((member) => {
    if (!member.includes(':')) return [{ address: member }];
    return member.startsWith('group:') ? [{ address: member.replace('group:', '') }] : [];
  });
}

/** Reservations by their name and project; a block is part of one. */
function reservations({ shards, account }: GoogleScope): readonly Words[] {
  return distinct(
    poolsOf(shards).flatMap(({ groups: own, zone }) =>
      own.flatMap(({ reservation }) => {
        if (reservation === undefined) return [];
        const [, owner = account.ids.projectId, name = reservation] =
          /^projects\/([^/]+)\/reservations\/([^/]+)/.exec(reservation) ?? [];
        return [{ name, owner, zone }];
      }),
    ),
  );
}

/** Subnets of clusters in networks of other projects. */
function hostSubnets({ sites, account }: GoogleScope): readonly Words[] {
  return distinct(
    sites.flatMap(({ network: { existing }, region }) =>
      existing === undefined || existing.projectId === account.ids.projectId
        ? []
        : existing.subnets
            .filter(({ role }) => role === 'nodes')
            .map(({ id: subnet }) => ({ host: existing.projectId, subnet, region })),
    ),
  );
}

/** The DNS name answers whoever IAM lets in; ranges open an address besides. */
function reachedFrom({ existing, access }: GoogleShard): string {
  if (existing !== undefined) return 'where its owner lets the API server be reached';
  const anywhere = 'anywhere: IAM guards the DNS name of the API server';
  return access.ranges.length === 0 ? anywhere : `${anywhere}; ${joined(access.ranges, 'or')} also by its address`;
}
