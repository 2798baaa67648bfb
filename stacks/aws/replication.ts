import type { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import {
  EncryptionKey,
  type IEncryptionKey,
  ObjectStore,
  Replication,
  type ReplicationRule,
  Transfer,
  type TransferProps,
} from '../../constructs/aws';
import { ids } from '../../estate/plan/ids';
import type { ReplicationHalf } from '../../estate/plan/replication/types';
import type { SitePlan } from '../../estate/plan/types';
import { groupBy } from '../../estate/units';
import { tellExchange } from './exchange';

/** A stack of stores, as far as it is asked here. */
interface StoresStack extends Stack {
  readonly encryptionKey?: IEncryptionKey;
  readonly objectStores: ReadonlyMap<string, ObjectStore>;
}

/** Adds what copies from the stores of a stack and to them: what S3 does by itself, and tasks of DataSync. */
export function addReplications(stack: StoresStack, site: SitePlan<'aws'>, halves: readonly ReplicationHalf[]): void {
  const native = halves.filter(({ engine }) => engine === 'native');
  const sources = groupBy(
    native.filter(({ end }) => end === 'source'),
    ({ store }) => store,
  );
  for (const [store, own] of sources) addReplication(stack, site, store, own);
  for (const half of native.filter(({ end }) => end === 'destination')) letIn(stack, site, half);
  for (const half of halves.filter(({ engine, runs }) => engine === 'datasync' && runs)) addTransfer(stack, site, half);
}

/** Tells the exchange of the stores of a stack that others have to know. */
export function tellStores(stack: StoresStack, site: SitePlan<'aws'>): void {
  const { objectStores, encryptionKey } = stack;
  const told = (site.tellsStores ?? []).flatMap((key) => {
    const store = objectStores.get(key);
    return store === undefined ? [] : [[key, { id: store.bucketArn, encryptionKey: encryptionKey?.keyArn }] as const];
  });
  if (told.length > 0) tellExchange(stack, site, { stores: Object.fromEntries(told) });
}

function addReplication(
  stack: StoresStack,
  site: SitePlan<'aws'>,
  key: string,
  halves: readonly ReplicationHalf[],
): void {
  const store = stack.objectStores.get(key);
  const name = halves[0]?.caller?.roleName;
  const { encryptionKey } = stack;
  if (store === undefined || name === undefined || encryptionKey === undefined)
    throw new Error(`store "${key}" of site "${site.key}" is not made here`);
  new Replication(stack, ids.copies(key), { name, store, encryptionKey, rules: halves.map(ruleOf), tags: site.tags });
}

function ruleOf({ key, prefix, peer }: ReplicationHalf): ReplicationRule {
  const { id: bucketArn, encryptionKey: keyArn, region } = peer;
  if (bucketArn === undefined || keyArn === undefined)
    throw new Error(`replication "${key}" leads to a bucket whose ARN or key is not known`);
  return { key, bucketArn, keyArn, region, prefix };
}

/** Roles of the same account need no more than their own policy says. */
function letIn(stack: StoresStack, site: SitePlan<'aws'>, { store, peer, caller, prefix }: ReplicationHalf): void {
  if (peer.accountId === site.account.ids.accountId || caller === undefined) return;
  stack.objectStores.get(store)?.grants.replicas(caller.roleArn, prefix);
}

function addTransfer(stack: StoresStack, site: SitePlan<'aws'>, half: ReplicationHalf): void {
  const { key, name, end, prefix, everyHours = 24, caller, peer } = half;
  const { trust, roleName } = caller ?? {};
  const { bucket: bucketName, accountId: projectId, accountNumber: projectNumber } = peer;
  if (trust === undefined || roleName === undefined || bucketName === undefined || projectNumber === undefined)
    throw new Error(`replication "${key}" leads to a bucket that is not known`);
  const root = new Construct(stack, ids.replication(key));
  new Transfer(root, 'transfer', {
    name,
    roleName,
    ...storeOf(stack, { site, root, key: half.store }),
    end,
    peer: { bucketName, projectId, projectNumber, pool: trust.pool, audience: trust.audience },
    everyHours,
    prefix,
    tags: site.tags,
  });
}

/** A store of the stack, or one that exists already, with the key of its objects. */
function storeOf(
  stack: StoresStack,
  { site, root, key }: { readonly site: SitePlan<'aws'>; readonly root: Construct; readonly key: string },
): Pick<TransferProps, 'store' | 'encryptionKey'> {
  const store = stack.objectStores.get(key);
  if (store !== undefined) return { store, encryptionKey: stack.encryptionKey };
  const plan = site.existingStores.find((each) => each.key === key);
  if (plan?.kind !== 'object') throw new Error(`site "${site.key}" has no object store "${key}"`);
  const { id: bucketName, encryptionKey: keyArn } = plan.existing;
  const encryptionKey = keyArn === undefined ? undefined : EncryptionKey.fromKeyArn(root, 'key', keyArn);
  return { store: ObjectStore.fromObjectStoreAttributes(root, 'store', { bucketName, encryptionKey }), encryptionKey };
}
