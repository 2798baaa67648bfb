import { z } from 'zod';
import { CAPACITY_KINDS } from '../catalog';
import { parseCidr } from '../cidr';
import { type Diagnostic, EstateError } from '../diagnostics';
import { quote } from '../spec/words';
import { compareKeys } from '../units';

const block = z.string().refine((text) => parseCidr(text) !== undefined, 'must be a canonical IPv4 block');

/** What is chosen once for an entry, because something that runs depends on it. */
const choice = {
  /** Kubernetes version of a cluster. */
  kubernetes: z.string().optional(),
  /** Zones of the control plane of a cluster. */
  zones: z.array(z.string()).optional(),
  /**
   * Whether a cluster has the name that the plan gives it, so that the group of its logs has one before it exists. Absent
   * for those of earlier releases, whose names CloudFormation chose: a name never changes.
   */
  named: z.literal(true).optional(),
  /**
   * Whether keys of a cluster, or of the stores of a site, are in the vault that their account has in the region, Oracle
   * Cloud only. Absent for those of earlier releases, which have a vault each: a key never leaves its vault.
   */
  vault: z.literal('account').optional(),
  /** Regions in which an account has a vault, Oracle Cloud only. */
  vaults: z.array(z.string()).optional(),
  /**
   * Whether the API server of a cluster has a private DNS zone of its own, on Azure. Absent for those of earlier releases,
   * which share one: a zone never changes.
   */
  ownZone: z.literal(true).optional(),
  /**
   * Whether nodes of an account have a tag that a dynamic group knows them by, Oracle Cloud only. Absent for accounts of
   * earlier releases: nodes that run never get another tag.
   */
  nodes: z.literal('tagged').optional(),
  /** Nodes of a system pool in all, for which those of each zone were chosen. */
  systemNodes: z.int().positive().optional(),
  /** Nodes of a system pool in each zone, where the cloud counts them so. */
  systemNodesPerZone: z.int().positive().optional(),
  /** Machine type of a pool, for which the size of its groups was chosen. */
  machine: z.string().optional(),
  /** Most nodes of one group of a pool. */
  groupNodes: z.int().positive().optional(),
  /**
   * Where a change replaces them, and by their keys the ranges that groups were made with: `running` where they have had
   * another one since. On AWS alone.
   */
  made: z
    .strictObject({
      capacity: z.enum(CAPACITY_KINDS),
      image: z.string().optional(),
      zone: z.string().optional(),
      sizes: z.record(z.string(), z.string().regex(/^(\d+-\d+|running)$/)),
    })
    .optional(),
  /**
   * That a store has no versions, since Object Storage copies to it, Oracle Cloud only. Absent for others: a bucket that has
   * had versions never takes a copy.
   */
  versions: z.literal('none').optional(),
  /** Which of the stacks of its site a store lies in, where a stack is limited; the first where nothing is said. */
  stack: z.int().positive().optional(),
  /** Groups of a pool that lie in further ranges of their zone, by the ordinal of the range; others lie in the first. */
  ranges: z.record(z.string().regex(/^[1-9]\d*$/), z.array(z.string())).optional(),
};

const site = z.string();
const zone = z.string();
const guardedStore = z.strictObject({ kind: z.enum(['lustre', 'object']), site, zone: zone.optional() });
/** Set where its stack left too: what is in that is managed still, and can come back as it is. */
const left = z.literal(true).optional();
const guardedPool = z.strictObject({
  kind: z.literal('pool'),
  machine: z.string(),
  zone: zone.optional(),
  capacity: z.enum(CAPACITY_KINDS),
  /** Kubernetes version of its nodes. Absent in locks of earlier releases. */
  kubernetes: z.string().optional(),
});
const guarded = z.discriminatedUnion('kind', [guardedStore, guardedPool]);
const retired = z.discriminatedUnion('kind', [
  guardedStore.extend({ left, stack: choice.stack }),
  guardedPool.extend({ kind: z.literal('group'), shard: z.string(), left }),
]);

const lockSchema = z.strictObject({
  version: z.literal(1),
  /** Allocated blocks by stable key. */
  addresses: z.record(z.string(), block),
  /** Blocks of keys that left the estate; kept until they are pruned, so that a key that comes back finds its block. */
  released: z.record(z.string(), block),
  /** For each cluster and each of its shards, the groups of each pool that live there. */
  shards: z.record(z.string(), z.record(z.string().regex(/^[1-9]\d*$/), z.record(z.string(), z.array(z.string())))),
  /** By the path of an entry: what was chosen for it where the estate file says nothing. */
  chosen: z.record(z.string(), z.strictObject(choice)).default({}),
  /** By the path of an entry: protected stores of the estate, and pools of held capacity. */
  guarded: z.record(z.string(), guarded).default({}),
  /** By the path of an entry: what was guarded and left the estate file; kept until it is pruned or its loss accepted. */
  retired: z.record(z.string(), retired).default({}),
  /** Numbers of the autonomous systems of gateways by site, also of sites that left; kept until they are pruned. */
  asns: z.record(z.string(), z.int().positive()).optional(),
  /** Ranges inside of the tunnels of links, by link and tunnel, also of links that left; kept until they are pruned. */
  insideRanges: z.record(z.string(), block).optional(),
});

/** What was decided once and must not move: addresses, and which shard a group lives in. */
export type Lock = z.output<typeof lockSchema>;

/** What was chosen for one entry. */
export type Choice = Lock['chosen'][string];

/** A store or a group of nodes that left the estate file and is kept where it runs. */
export type Retired = Lock['retired'][string];

/** The lock of an estate that was never locked. */
export const EMPTY_LOCK: Lock = {
  version: 1,
  addresses: {},
  released: {},
  shards: {},
  chosen: {},
  guarded: {},
  retired: {},
};

/** Reads a lock file's text; throws EstateError when it is not one. */
export function parseLock(text: string, file: string): Lock {
  const damaged = 'restore it from version control, or run "npx estate lock" after removing the damaged entries';
  const fail = (message: string, hint = damaged, code = 'LockInvalid'): never => {
    const found: Diagnostic = { code, severity: 'error', path: file, message, hint };
    throw new EstateError([found]);
  };
  if (/^(<{7}|={7}|>{7})/m.test(text)) {
    return fail('the lock file holds the marks of a merge conflict', 'run "npx estate lock": it joins both sides');
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return fail(`the lock file is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = lockSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const unknown = parsed.error.issues.flatMap((issue) => newerParts(issue, json));
  if (unknown.length > 0) {
    return fail(
      `the lock file is written by a newer release of training-estate: this one does not know ${unknown.join(', ')}`,
      'upgrade training-estate to the release that wrote it; an older one would lose what it does not know',
      'LockNewer',
    );
  }
  const [issue] = parsed.error.issues;
  return fail(`the lock file is damaged at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? 'unreadable'}`);
}

/** What of a lock only a newer release can have written: keys, kinds of entries and versions that are not known here. */
function newerParts(issue: z.core.$ZodIssue, json: unknown): string[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => quote([...issue.path, key].join('.')));
  const value = issue.path.reduce<unknown>((part, key) => new Map(Object.entries(part ?? {})).get(String(key)), json);
  // Of unions there are only those that a kind tells apart.
  if (issue.code === 'invalid_union') return typeof value === 'string' ? [quote(path)] : [];
  return path === 'version' && typeof value === 'number' && value > EMPTY_LOCK.version ? [`version ${value}`] : [];
}

/** Whether a lock is of a release that recorded neither what was chosen nor what is protected. */
export function isOlder({ shards, chosen }: Pick<Lock, 'shards' | 'chosen'>): boolean {
  return Object.keys(shards).length > 0 && Object.keys(chosen).length === 0;
}

/** Prints a lock file: keys sorted, one entry a line, so that changes merge well. */
export function formatLock(lock: Lock): string {
  const text = JSON.stringify(sortKeys(lock), undefined, 2);
  const lists = text.replace(/\[\s+([^[\]{}]*?)\s+\]/g, (_, items: string) => `[${onOneLine(items)}]`);
  // What is said of one entry stays on its line too.
  return `${lists.replace(/\{\n {6}([^{}]*?)\n {4}\}/g, (_, members: string) => `{ ${onOneLine(members)} }`)}\n`;
}

function onOneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => compareKeys(one, other))
      .map(([key, member]) => [key, sortKeys(member)]),
  );
}

/** Writes group keys as in the lock file: runs of ordinals as `1-16`. */
export function packKeys(keys: readonly string[]): string[] {
  const packed: string[] = [];
  let start: number | undefined;
  let last: number | undefined;
  const flush = (): void => {
    if (start !== undefined && last !== undefined) packed.push(start === last ? `${start}` : `${start}-${last}`);
    start = undefined;
  };
  for (const key of [...keys].sort(compareKeys)) {
    const ordinal = /^\d+$/.test(key) ? Number(key) : undefined;
    if (ordinal !== undefined && start !== undefined && ordinal === (last ?? 0) + 1) {
      last = ordinal;
      continue;
    }
    flush();
    if (ordinal === undefined) packed.push(key);
    else {
      start = ordinal;
      last = ordinal;
    }
  }
  flush();
  return packed;
}

/** Reads group keys of a lock file back. */
export function unpackKeys(packed: readonly string[]): string[] {
  return packed.flatMap((item) => {
    const [, from, to] = /^(\d+)-(\d+)$/.exec(item) ?? [];
    if (from === undefined || to === undefined) return [item];
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => String(Number(from) + index));
  });
}
