import type { Cloud } from '../catalog';
import { type GrantAccess, type GrantAnchor, RELYING } from '../catalog/grants';
import type { GrantClient, GrantEdge, GrantPlan } from '../plan/grants/types';
import type { PendingFact } from '../plan/links/types';
import type { Plan } from '../plan/types';
import { counted } from '../spec/words';
import { compareKeys, groupBy } from '../units';
import { wrap } from './excerpt';
import { formatTable, REPORT_WIDTH } from './table';

/** One edge in the view of identity: a grant, as one shard of its cluster has it. */
export interface IdentityRow {
  readonly grant: string;
  readonly shard: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly store: string;
  /** Cloud that the workload runs on. */
  readonly from: Cloud;
  /** Cloud that the store lies on. */
  readonly to: Cloud;
  readonly access: GrantAccess;
  readonly anchor: GrantAnchor;
  /** Who signs its token; null where there is none, or it is not known yet. */
  readonly issuer: string | null;
  /** Whom the token is of, or what its cloud knows the workload by; null until it is known. */
  readonly subject: string | null;
  /** Whom the token is for; null where there is none. */
  readonly audience: string | null;
  /** What it is at the store; null until it is known, and where a mount would be the same. */
  readonly identity: string | null;
  readonly state: 'ready' | 'pending';
  readonly pending: readonly PendingFact[];
  /** Stack that makes the source side. */
  readonly sourceStack: string;
  /** Stack that makes the target side. */
  readonly targetStack: string;
  /** What the pod needs. @default nothing: its cloud gives it what it needs */
  readonly client?: GrantClient;
}

/** How many of something there are of how many that there may be. */
export interface IdentityCount {
  /** What is counted, such as `federated credentials of atlas-web-grant`. */
  readonly what: string;
  readonly count: number;
  readonly limit: number;
  /** Account or grant that they are of. */
  readonly of: string;
}

/** A key that a grant cannot do without. */
export interface StoredKeyRow {
  readonly grant: string;
  readonly what: string;
  /** Why it is accepted. */
  readonly reason: string;
}

/** What `estate show identity` tells. */
export interface IdentityReport {
  readonly rows: readonly IdentityRow[];
  readonly counts: readonly IdentityCount[];
  readonly storedKeys: readonly StoredKeyRow[];
}

/** The grants of a plan, an edge in each row, with counts against limits and the keys that are accepted. */
export function identityReport({ grants }: Pick<Plan, 'grants'>): IdentityReport {
  return {
    rows: grants.flatMap((grant) => grant.edges.map((edge) => identityRow(grant, edge))),
    counts: [...issuerCounts(grants), ...credentialCounts(grants)],
    storedKeys: grants.flatMap(({ key, storedKey }) => (storedKey === undefined ? [] : [{ grant: key, ...storedKey }])),
  };
}

function identityRow({ key, from, to, access, anchor }: GrantPlan, edge: GrantEdge): IdentityRow {
  const { shard, issuer, subject, audience, identity, pending, sourceStack, targetStack, client } = edge;
  return {
    grant: key,
    shard,
    namespace: from.namespace,
    serviceAccount: from.serviceAccount,
    store: to.store,
    from: from.cloud,
    to: to.cloud,
    access,
    anchor,
    issuer: issuer ?? null,
    subject: subject ?? null,
    audience: audience ?? null,
    identity: identity ?? null,
    state: pending.length > 0 ? 'pending' : 'ready',
    pending,
    sourceStack,
    targetStack,
    ...(client && { client }),
  };
}

/** Issuers that accounts trust, of which clouds take so many. */
function issuerCounts(grants: readonly GrantPlan[]): readonly IdentityCount[] {
  const federated = grants.filter(({ anchor, to }) => anchor !== 'native' && to.cloud !== 'azure');
  return [...groupBy(federated, ({ to }) => to.account)]
    .sort(([one], [other]) => compareKeys(one, other))
    .flatMap(([account, own]): IdentityCount[] => {
      const limit = RELYING[own[0]?.to.cloud ?? 'aws'].issuersPerAccount;
      const issuers = own.flatMap(({ anchor, from, edges }) =>
        anchor === 'account' ? [`account ${from.account}`] : edges.map(({ shard }) => shard),
      );
      return limit === undefined
        ? []
        : [{ what: `issuers that account ${account} trusts`, count: new Set(issuers).size, limit, of: account }];
    });
}

/** Credentials of the identities of grants on Azure, which take so many; the next ones get another identity. */
function credentialCounts(grants: readonly GrantPlan[]): readonly IdentityCount[] {
  const federated = grants.filter(({ anchor, to }) => anchor !== 'native' && to.cloud === 'azure');
  return federated.flatMap(({ key, edges }) =>
    [...groupBy(edges, ({ identity = '' }) => identity)].map(([identity, own]) => ({
      what: `federated credentials of ${identity}`,
      count: own.length,
      limit: RELYING.azure.callersPerIdentity,
      of: key,
    })),
  );
}

/** The view of identity as text: a table of edges, then what each waits for and how a pod uses it, then counts. */
export function formatIdentity(report: IdentityReport): string {
  if (report.rows.length === 0) return 'the estate has no grants';
  const table = formatTable(report.rows, [
    { title: 'grant', value: ({ grant }) => grant },
    { title: 'from', value: ({ shard }) => shard },
    { title: 'service account', value: ({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}` },
    { title: 'to', value: ({ store, to }) => `${store} (${to})` },
    { title: 'access', value: ({ access }) => access },
    { title: 'vouched by', value: ({ anchor }) => anchor },
    { title: 'state', value: stateOf },
  ]);
  const counts = report.counts.map(({ what, count, limit }) => `${what}: ${count} of ${limit}`);
  const keys = report.storedKeys.map(
    ({ grant, what, reason }) => `stored key of ${grant}: ${what}; accepted: ${reason}`,
  );
  const sums = [...counts, ...keys].flatMap((line) => wrap(line, REPORT_WIDTH));
  return [table, ...report.rows.map(formatEdge), ...(sums.length > 0 ? [sums.join('\n')] : [])].join('\n\n');
}

function stateOf({ state, pending }: IdentityRow): string {
  return state === 'ready' ? state : `${counted(pending.length, 'fact')} pending`;
}

/** What an edge is made of and waits for, under its name. */
function formatEdge(row: IdentityRow): string {
  const { grant, shard, store, pending, issuer, subject, audience, identity, client } = row;
  const lines = [
    ...(issuer === null ? [] : [`issuer: ${issuer}`]),
    ...(subject === null ? [] : [`subject: ${subject}`]),
    ...(audience === null ? [] : [`audience: ${audience}`]),
    identity === null && client === undefined
      ? 'as a mount: its cloud gives it what it needs'
      : `at the store: ${identity ?? 'not known yet'}`,
    ...pending.map(
      ({ path, from }) => `pending: ${row.targetStack} waits for ${path}, which ${from} tells once it is applied`,
    ),
    ...clientLines(client),
  ];
  const notes = lines.flatMap((line) =>
    wrapAddresses(line, REPORT_WIDTH - 4).map((part, index) => `${index === 0 ? '  ' : '    '}${part}`),
  );
  return [`${grant}: ${shard} - ${store}`, ...notes].join('\n');
}

/** Breaks a text between words, and addresses that no line takes behind a slash: `--json` has them whole. */
function wrapAddresses(text: string, columns: number): readonly string[] {
  return wrap(text, columns).flatMap((line) => {
    const parts: string[] = [];
    let rest = line;
    while (rest.length > columns) {
      const cut = rest.lastIndexOf('/', columns - 1) + 1 || columns;
      parts.push(rest.slice(0, cut));
      rest = rest.slice(cut);
    }
    return [...parts, rest];
  });
}

function clientLines(client: GrantClient | undefined): readonly string[] {
  if (client === undefined) return [];
  const { token, env, files, notes } = client;
  return [
    ...(token === undefined ? [] : [`token: serviceAccountToken of that audience at ${token.path}`]),
    ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
    ...Object.keys(files).map((path) => `file: ${path} (its text is in --json)`),
    ...notes,
  ];
}

/** Rows of CSV: an edge in a line, without what pods need. */
export function identityCsv({ rows }: IdentityReport): readonly object[] {
  return rows.map(({ client: _, pending, ...row }) => ({ ...row, pending: pending.map(({ path }) => path) }));
}
