import { createHash } from 'node:crypto';
import { CLOUDS, type Cloud } from '../../catalog';
import { partitionOf } from '../../catalog/aws-regions';
import { WORKLOAD_IDENTITIES } from '../../catalog/volumes';
import type { KnownOutput } from '../../spec/exchange-outputs';
import { factName } from '../grants/members';
import { awsOutputs, ids, outputs } from '../ids';
import type { Plan, ShardPlan, SitePlan, StorePlan } from '../types';
import { mountPointOf, mountText } from './mount-point';

/** What outputs follow from, of a site. */
type StoreSite = Pick<SitePlan, 'cloud' | 'region' | 'storageStacks'>;
/** What outputs follow from, of a store. */
type MadeStore = Pick<StorePlan, 'key' | 'kind' | 'stack'>;

/** Outputs that stacks have had all along and that tell what pods of clusters have to know of stores and identities. */
export function toldOutputs(plan: Pick<Plan, 'sites' | 'shards'>): readonly KnownOutput[] {
  return CLOUDS.flatMap((cloud) => [
    ...plan.sites(cloud).flatMap((site: SitePlan) => site.stores.flatMap((store) => storeOutputs(store, site))),
    ...plan.shards(cloud).flatMap((shard: ShardPlan) => shardOutputs(shard)),
  ]);
}

/** Stacks of stores that tell something of what a shard mounts, sorted by their ordinal. */
export function tellingStacks({
  site,
  mounts,
}: {
  readonly site: StoreSite;
  readonly mounts: readonly (MadeStore & { readonly existing?: object })[];
}): readonly string[] {
  const told = mounts.flatMap((store) => (store.existing === undefined ? storeOutputs(store, site) : []));
  return site.storageStacks.map(({ stack }) => stack).filter((name) => told.some(({ stack }) => stack === name));
}

/** Names of the outputs of a file system, and of a bucket whose name is told. */
const STORE_OUTPUTS: Readonly<
  Record<Cloud, { readonly lustre: (key: string) => string; readonly object?: (key: string) => string }>
> = {
  aws: {
    lustre: (key) => logicalId([ids.store(key), awsOutputs.mount]),
    object: (key) => logicalId([ids.store(key), awsOutputs.bucket]),
  },
  azure: { lustre: (key) => outputs.store(key, 'mount-address') },
  google: { lustre: (key) => outputs.store(key, 'mount') },
  oracle: { lustre: (key) => outputs.store(key, 'mount') },
};

function storeOutputs(store: MadeStore, site: StoreSite): readonly KnownOutput[] {
  const { key, kind, stack: ordinal = 1 } = store;
  const nameOf = STORE_OUTPUTS[site.cloud][kind];
  const stack = site.storageStacks.find((each) => each.ordinal === ordinal)?.stack;
  if (nameOf === undefined || stack === undefined) return [];
  return [{ stack, name: nameOf(key), ...READS[kind](key, site) }];
}

const READS: Readonly<Record<StorePlan['kind'], (key: string, site: StoreSite) => Pick<KnownOutput, 'path' | 'read'>>> =
  {
    lustre: (key, { cloud }) => ({
      path: ['mounts', key],
      read: (value) => {
        const point = mountPointOf(cloud, value);
        return point && mountText(point);
      },
    }),
    object: (key, { region }) => ({
      path: ['buckets', key],
      read: (value) => (/^[a-z0-9][a-z0-9.-]+$/.test(value) ? `arn:${partitionOf(region)}:s3:::${value}` : undefined),
    }),
  };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Client ids of the identities of a cluster, where its cloud has such. */
function shardOutputs({ cloud, key, stacks, grants }: ShardPlan): readonly KnownOutput[] {
  if (WORKLOAD_IDENTITIES[cloud].annotation === undefined) return [];
  const workload = { name: outputs.workloadClientId, fact: 'clientId' };
  const callers = (grants?.callers ?? []).flatMap((caller) =>
    caller.isWorkload ? [] : [{ name: outputs.callerClientId(caller.key), fact: factName('clientId', caller) }],
  );
  return [workload, ...callers].map(({ name, fact }) => ({
    stack: stacks.cluster,
    name,
    path: ['principals', key, fact],
    read: (value) => (UUID.test(value) ? value : undefined),
  }));
}

/**
 * Name that CloudFormation has for something of a stack, as CDK makes it of the path below the stack: its words without
 * what CloudFormation does not take, and a hash of the path.
 */
export function logicalId(path: readonly string[]): string {
  const words = path.filter((word, index) => index === 0 || !(path[index - 1] ?? '').endsWith(word));
  const human = words.map((word) => word.replace(/[^A-Za-z0-9]/g, '')).join('');
  const hash = createHash('md5').update(path.join('/')).digest('hex').slice(0, 8).toUpperCase();
  return `${human.slice(0, 240)}${hash}`;
}
