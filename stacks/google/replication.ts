import type { ProjectService } from '@cdktf/provider-google/lib/project-service';
import { Construct } from 'constructs';
import { Fn, type ITerraformDependable, type TerraformStack, Token } from '../../constructs/cdktf';
import {
  askForTransferAgent,
  CopyAccess,
  type IObjectStore,
  memberOfPool,
  subscriptionOf,
  Transfer,
  TransferEvents,
  transferAgent,
} from '../../constructs/google';
import { ids } from '../../estate/plan/ids';
import type { ReplicationHalf } from '../../estate/plan/replication/types';
import type { SitePlan } from '../../estate/plan/types';
import { tellExchange } from '../terraform';
import { grantedStore } from './grants';

/** Has the agent made that transfers of a project copy as, once their API is there: buckets let nobody in before. */
export function addTransferAgent(stack: TerraformStack, service: ProjectService): void {
  // Known when the API is enabled: a plan of what is not there yet asks no service.
  const reference = Token.asString(Fn.element(Fn.split('/', service.id), 0));
  askForTransferAgent(stack, ids.transferAgent, reference);
}

/** What stands for one store in the replications of its site. */
interface Copied {
  /** Where everything of it lies that its replications share. */
  readonly place: Construct;
  readonly store: IObjectStore;
  /** What is let in, by what it may do and who it is: two jobs of one project copy as the same agent. */
  readonly access: Map<string, CopyAccess>;
  /** Ids of what was made for what copies from it. */
  readonly made: string[];
}

/** What the stores of a site have of replications: who copies is let in, jobs run at the stores that are written. */
export function addReplications(
  stack: TerraformStack,
  site: SitePlan<'google'>,
  made: ReadonlyMap<string, IObjectStore>,
): void {
  const { replications = [], tellsStores = [] } = site;
  const stores = new Map<string, Copied>();
  const copiedOf = (key: string): Copied => {
    const known = stores.get(key);
    if (known !== undefined) return known;
    const place = new Construct(stack, ids.copies(key));
    const copied = { place, store: grantedStore(place, key, site, made.get(key)), access: new Map(), made: [] };
    stores.set(key, copied);
    return copied;
  };
  // What is read comes first: a job at this site may read from it.
  const letIn = new Map<string, readonly ITerraformDependable[]>();
  for (const half of replications.filter(({ end }) => end === 'source')) {
    letIn.set(half.key, addSource(stack, site, half, copiedOf(half.store)));
  }
  for (const half of replications.filter(({ end }) => end === 'destination')) {
    addDestination(stack, site, half, copiedOf(half.store), letIn.get(half.key) ?? []);
  }
  const told = tellsStores.flatMap((key) => {
    const copied = stores.get(key);
    return copied === undefined ? [] : [[key, { id: bucketId(copied) }] as const];
  });
  if (told.length > 0) tellExchange(stack, site, { stores: Object.fromEntries(told) });
}

/** The name of a bucket as a resource, known once what copies from it is let in. */
function bucketId({ store: { bucketName }, made }: Copied): string {
  return Token.asString(Fn.element([`projects/_/buckets/${bucketName}`, ...made], 0));
}

function addSource(
  stack: TerraformStack,
  { account, region, tags }: SitePlan<'google'>,
  half: ReplicationHalf,
  copied: Copied,
): readonly ITerraformDependable[] {
  const { key, name, engine, mode, prefix } = half;
  const access = accessOf(copied, half, account.ids.projectNumber);
  if (engine !== 'transfer' || mode !== 'event') return access.dependables;
  const { projectId, projectNumber } = account.ids;
  const events = new TransferEvents(stack, ids.events(key), {
    name,
    projectId,
    projectNumber,
    region,
    store: copied.store,
    member: transferAgent(numberOf(half)),
    ...(prefix !== undefined && { prefix }),
    tags,
  });
  copied.made.push(...events.ids);
  return [...access.dependables, ...events.dependables];
}

function addDestination(
  stack: TerraformStack,
  { account }: SitePlan<'google'>,
  half: ReplicationHalf,
  copied: Copied,
  letIn: readonly ITerraformDependable[],
): void {
  const { key, name, engine, mode, everyHours, prefix, peer } = half;
  const { dependables } = accessOf(copied, half, account.ids.projectNumber);
  if (engine !== 'transfer') return;
  if (peer.bucket === undefined) throw new Error(`replication "${key}" reads a bucket that has no name`);
  new Transfer(stack, ids.replication(key), {
    name,
    projectId: account.ids.projectId,
    sourceBucket: peer.bucket,
    destinationBucket: copied.store.bucketName,
    ...(everyHours !== undefined && { everyHours }),
    ...(mode === 'event' && { events: subscriptionOf(name, peer.accountId) }),
    ...(prefix !== undefined && { prefix }),
    dependsOn: [...copied.store.dependables, ...dependables, ...letIn],
  });
}

/** What copies may do at a store: made once for each that copies, whatever number of replications it does. */
function accessOf(copied: Copied, half: ReplicationHalf, projectNumber: string): CopyAccess {
  const { end, caller } = half;
  const access = end === 'source' ? 'read' : 'write';
  const who =
    caller?.trust === undefined
      ? jobOf(end === 'source' ? numberOf(half) : projectNumber)
      : { key: caller.roleName, member: memberOfPool(projectNumber, caller.trust.pool, caller.roleArn) };
  const id = `${access}-${who.key}`;
  const known = copied.access.get(id);
  if (known !== undefined) return known;
  const given = new CopyAccess(copied.place, id, { store: copied.store, access, member: who.member });
  copied.access.set(id, given);
  if (end === 'source') copied.made.push(...given.ids);
  return given;
}

/** What jobs of a project copy as. */
function jobOf(projectNumber: string): { readonly key: string; readonly member: string } {
  return { key: projectNumber, member: transferAgent(projectNumber) };
}

/** Number of the project at the other end; jobs run in that of what is written. */
function numberOf({ key, peer: { accountNumber } }: ReplicationHalf): string {
  if (accountNumber === undefined)
    throw new Error(`replication "${key}" has no number of the project at its other end`);
  return accountNumber;
}
