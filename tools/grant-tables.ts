import { CATALOG, CLOUDS, type Sourced } from '../estate/catalog';
import { GRANT_DIRECTIONS, GRANT_PERMISSIONS, type GrantAnchor, ISSUERS, RELYING } from '../estate/catalog/grants';

const WORDS: Readonly<Record<GrantAnchor, string>> = {
  account: 'the account',
  cluster: 'the cluster',
  native: 'the cloud itself',
};

/** Who vouches for the workloads of each cloud at each other one, as a Markdown table. */
export function directionsTable(): string {
  const rows = CLOUDS.map((from) => [
    CATALOG[from].title,
    ...CLOUDS.map((to) => {
      const { anchors = [] } = GRANT_DIRECTIONS.find((row) => row.from === from && row.to === to) ?? {};
      const ways = anchors.map((anchor) => WORDS[anchor]).join(', else ');
      return from !== to && RELYING[to].key !== undefined ? `${ways}, with a stored key` : ways;
    }),
  ]);
  return table(['from \\ to', ...CLOUDS.map((cloud) => CATALOG[cloud].title)], rows);
}

/** Who signs on each cloud, as a Markdown table. */
export function issuersTable(): string {
  const rows = CLOUDS.flatMap((cloud) =>
    (['account', 'cluster'] as const).flatMap((anchor) => {
      const row = ISSUERS[cloud][anchor];
      if (row === undefined) return [];
      const known = row.isComputed ? 'before' : 'after';
      return [
        [CATALOG[cloud].title, WORDS[anchor], code(row.issuer), code(row.subject), `${known} an apply`, told(row)],
      ];
    }),
  );
  return table(['cloud', 'who signs', 'issuer', 'subject', 'known', 'source'], rows);
}

/** What each cloud wants of a token and takes of them, as a Markdown table. */
export function relyingTable(): string {
  const rows = CLOUDS.map((cloud) => {
    const { audience, callersPerIdentity, issuersPerAccount, key } = RELYING[cloud];
    const issuers = issuersPerAccount === undefined ? 'no number is known' : String(issuersPerAccount);
    return [
      CATALOG[cloud].title,
      code(audience),
      String(callersPerIdentity),
      issuers,
      key ?? 'none',
      told(RELYING[cloud]),
    ];
  });
  return table(['cloud', 'audience', 'shards for an identity', 'issuers for an account', 'stored key', 'source'], rows);
}

/** What each access is on each cloud, as a Markdown table. */
export function permissionsTable(): string {
  const rows = CLOUDS.map((cloud) => [
    CATALOG[cloud].title,
    ...(['read', 'write', 'readWrite'] as const).map((access) => {
      return GRANT_PERMISSIONS[cloud][access].objects.map(lastWords).join(', ');
    }),
  ]);
  return table(['cloud', '`read`', '`write`', '`readWrite`'], rows);
}

/** Actions of Azure begin with the type of what they are on. */
function lastWords(action: string): string {
  return code(action.replace(/^Microsoft\.\w+\/.*\/(blobs\/)/, '$1'));
}

function code(text: string): string {
  return `\`${text}\``;
}

function told({ source, checked, unverified }: Sourced): string {
  return `${source}, ${checked}${unverified === undefined ? '' : ` (${unverified})`}`;
}

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
