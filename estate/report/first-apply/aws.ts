import { homeRegion } from '../../catalog/aws-regions';
import { AWS_STEPS } from '../../catalog/aws-steps';
import { isPrivateRange } from '../../catalog/ranges';
import { parseCidr } from '../../cidr';
import { awsOutputs, names } from '../../plan/ids';
import type { ShardPlan } from '../../plan/types';
import { lookup } from '../../spec/lookup';
import { joined } from '../../spec/words';
import { compareKeys, groupBy } from '../../units';
import { bundleFinders } from './bundles';
import { distinct, guideOf, type Scope, type Words, when } from './guide';
import { linkFinders } from './links';
import { alarmMails, countedBy, openQuotas, poolsOf, reachedInside, toldBy } from './shared';

type AwsScope = Scope<'aws'>;
type AwsShard = ShardPlan<'aws'>;

/** Tags that tell parts of an account from each other. */
const OF_PARTS = ['site', 'cluster', 'store'];

/** How the steps of AWS are filled in. */
export const awsGuide = guideOf<'aws', keyof typeof AWS_STEPS.things>({
  steps: AWS_STEPS,
  idOf: ({ ids }) => ids.accountId,
  words: (account) => ({
    accountId: account.ids.accountId,
    homeRegion: homeRegion(account.regions[0] ?? ''),
    alertEmail: account.alertEmail,
    costTags: [...new Set([...Object.keys(account.tags), ...OF_PARTS])]
      .sort(compareKeys)
      .map((key) => `TagKey=${key},Status=Active`)
      .join(' '),
  }),
  clusterWords: (shard) => ({ clusterName: nameOf(shard), reachedFrom: reachedFrom(shard) }),
  deploy: ({ stack, region, account }) => ({
    run: [`npx cdk deploy ${stack} --exclusively`],
    see: [
      `aws cloudformation describe-stacks --stack-name ${stack} --region ${region ?? homeRegion(account.regions[0] ?? '')} --query 'Stacks[0].StackStatus' --output text`,
    ],
    done: 'it prints CREATE_COMPLETE; what failed is rolled back, and the same command tries again',
  }),
  find: {
    ...bundleFinders<'aws'>(),
    ...linkFinders<'aws'>(({ network }) => ({ network: network.existing?.id ?? '', group: '' })),
    account: () => [{}],
    budget: ({ account: { budget } }) => when(budget !== undefined),
    'attached-policy': ({ account: { guardrails } }) => when(guardrails?.targets !== undefined),
    'written-policy': ({ account }) =>
      account.guardrails === undefined || account.guardrails.targets !== undefined
        ? []
        : [{ foundation: account.stacks.foundation, policy: names.guardrails(account) }],
    region: ({ account: { regions } }) =>
      [...new Set([homeRegion(regions[0] ?? ''), ...regions])].sort(compareKeys).map((region) => ({ region })),
    'local-zone': localZones,
    spot: ({ shards }) => when(poolsOf(shards).some(({ capacity }) => capacity.kind === 'spot')),
    reservation: reservations,
    'reservation-group': (scope) =>
      held(scope).flatMap(({ id = '', region = '' }) => (id.startsWith('arn:') ? [{ arn: id, region }] : [])),
    'cluster-log': ({ shards }) =>
      shards.flatMap(({ clusterName, existing, site }) =>
        clusterName === undefined || existing !== undefined ? [] : [{ clusterName, region: site.region }],
      ),
    role: (scope) => principals(scope, 'role'),
    user: (scope) => principals(scope, 'user'),
    quotas: () => [{}],
    quota: (scope) => openQuotas(scope, ({ code, region }) => code !== undefined && region !== 'global'),
    'alarm-mail': alarmMails,
    nobody: ({ shards }) =>
      when(shards.some(({ existing, access }) => existing === undefined && access.administrators.length === 0)),
    'no-way': ({ shards }) =>
      when(shards.some(({ existing, access }) => existing === undefined && access.ranges.length === 0)),
    network: ({ sites }) =>
      sites.flatMap(({ network, region }) =>
        network.existing === undefined ? [] : [{ network: network.existing.id, region }],
      ),
    key: broughtKeys,
    'foreign-key': (scope) =>
      broughtKeys(scope).filter(({ key }) => key?.split(':')[4] !== scope.account.ids.accountId),
    'key-of-alarms': (scope) => {
      const told = new Set(alarmMails(scope).map(({ region }) => region));
      return broughtKeys(scope).filter(({ region }) => told.has(region));
    },
    'joined-cluster': ({ shards }) =>
      shards.flatMap(({ existing, site }) =>
        existing === undefined ? [] : [{ clusterName: existing.id, region: site.region, nodeRole: existing.nodeRole }],
      ),
    bucket: ({ sites }) =>
      sites.flatMap(({ existingStores }) =>
        existingStores.flatMap(({ kind, name }) => (kind === 'object' ? [{ bucket: name }] : [])),
      ),
    gateway: ({ sites }) =>
      sites.flatMap(({ network: { egress }, hasNetwork, region }) =>
        typeof egress === 'object' && hasNetwork ? [{ gateway: egress.via, region }] : [],
      ),
    dns: ({ sites }) =>
      sites.flatMap(({ network, region }) => (network.dnsServers ?? []).map((server) => ({ server, region }))),
    'made-cluster': ({ shards }) =>
      shards.filter(({ existing }) => existing === undefined).map((shard) => ({ as: assumedBy(shard) })),
    'existing-cluster': ({ shards }) => when(shards.some(({ existing }) => existing !== undefined)),
    block: ({ shards }) => shards.flatMap(blocks),
    nvidia: (scope) => countedBy(scope.shards, 'nvidia'),
    neuron: (scope) => countedBy(scope.shards, 'aws'),
    efa: ({ shards }) => when(poolsOf(shards).some(({ machine }) => machine.efa !== undefined)),
    rack: ({ shards }) =>
      when(poolsOf(shards).some(({ machine }) => machine.vendor === 'nvidia' && machine.scaleUpNodes > 1)),
    range: ({ shards }) =>
      when(poolsOf(shards).some(({ groups }) => groups.some(({ minNodes }) => minNodes !== undefined))),
    mount: ({ shards }) => when(toldBy(shards).length > 0),
    cluster: ({ shards }) => shards.map(() => ({})),
  },
});

/** Zones of sites that are away from their region. */
function localZones({ plan, sites }: AwsScope): readonly Words[] {
  const { rows } = plan.catalog.clouds.aws.regions;
  return distinct(
    sites.flatMap(({ region, zones }) =>
      zones
        .filter((zone) => Object.hasOwn(lookup(rows, region)?.remoteZones ?? {}, zone))
        .map((zone) => ({ zone, zoneGroup: zone.replace(/[a-z]$/, ''), region })),
    ),
  );
}

/** What groups are bound to: reservations, blocks, and resource groups of reservations. */
function held({ shards }: AwsScope): readonly Words[] {
  return distinct(
    shards.flatMap(({ site: { region }, pools }) =>
      pools.flatMap(({ groups }) =>
        groups.flatMap(({ reservation: id }) => (id === undefined ? [] : [{ id, region }])),
      ),
    ),
  );
}

/** Reservations and blocks of each region. */
function reservations(scope: AwsScope): readonly Words[] {
  const byRegion = groupBy(held(scope), ({ region = '' }) => region);
  return [...byRegion].flatMap(([region, found]) => {
    const ids = found.flatMap(({ id = '' }) => (id.startsWith('arn:') ? [] : [id])).sort(compareKeys);
    return ids.length === 0 ? [] : [{ ids: ids.join(' '), region }];
  });
}

/** Who is let into clusters that are made here. */
function principals({ shards, account }: AwsScope, kind: 'role' | 'user'): readonly Words[] {
  const arns = shards
    .filter(({ existing }) => existing === undefined)
    .flatMap(({ access }) => [...access.administrators, ...access.viewers]);
  return [...new Set(arns)].sort(compareKeys).flatMap((arn) => {
    const [, owner = '', found, path = ''] = /:iam::(\d{12}):(role|user)\/(.+)$/.exec(arn) ?? [];
    if (found !== kind) return [];
    const note = owner === account.ids.accountId ? '' : `   # with credentials of account ${owner}`;
    return [{ name: path.split('/').at(-1) ?? '', note }];
  });
}

function broughtKeys({ sites }: AwsScope): readonly Words[] {
  return distinct(
    sites.flatMap(({ encryptionKey, region }) =>
      encryptionKey === undefined ? [] : [{ key: encryptionKey.id, region }],
    ),
  );
}

/** The name of a cluster, or how to ask for the one that CloudFormation has chosen. */
function nameOf({ existing, clusterName, stacks, site }: AwsShard): string {
  const outputs = `Stacks[0].Outputs[?starts_with(OutputKey, 'cluster${awsOutputs.clusterName}')].OutputValue`;
  const asked = `aws cloudformation describe-stacks --stack-name ${stacks.cluster} --region ${site.region} --query "${outputs}" --output text`;
  return existing?.id ?? clusterName ?? `"$(${asked})"`;
}

function blocks(shard: AwsShard): readonly Words[] {
  return shard.pools.flatMap(({ capacity, groups }) =>
    capacity.kind === 'capacity-block'
      ? groups.map(({ id, nodes, reservation = '' }) => ({
          id: reservation,
          start: capacity.window?.start ?? 'the start of its block',
          group: names.pool('aws', shard, id),
          nodes: String(nodes),
        }))
      : [],
  );
}

/** The role by which kubectl enters: the first that can be assumed. Those of IAM Identity Center are signed in with. */
function assumedBy({ access: { administrators } }: AwsShard): string {
  const role = administrators.find((arn) => arn.includes(':role/') && !arn.includes('/AWSReservedSSO_'));
  return role === undefined ? '' : ` --role-arn ${role}`;
}

/** Private ranges come through the network, others over the internet. */
function reachedFrom(shard: AwsShard): string {
  const inside = shard.access.ranges.filter(isInside);
  const outside = shard.access.ranges.filter((range) => !isInside(range));
  if (shard.existing !== undefined || outside.length === 0) return reachedInside(shard);
  const ways = inside.length === 0 ? [] : [reachedInside({ ...shard, access: { ...shard.access, ranges: inside } })];
  return [...ways, `${joined(outside, 'or')} (access.ranges), over the internet`].join('; ');
}

function isInside(range: string): boolean {
  const block = parseCidr(range);
  return block === undefined || isPrivateRange(block);
}
