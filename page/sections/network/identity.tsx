import { type IdentityReport, type IdentityRow, identityReport } from '../../../estate/report/identity';
import { counted } from '../../../estate/spec/words';
import { formatCount } from '../../../estate/units';
import type { EstatePage } from '../../model';
import { DataTable, type PageColumn } from '../../parts/table';

/** Which workloads are let in at which stores without a stored key. */
export function Identity({ page }: { readonly page: EstatePage }) {
  const report = identityReport(page.plan);
  if (report.rows.length === 0) return null;
  return (
    <>
      <h3>Who may use which store</h3>
      <p>{leadOf(report)}</p>
      <Edges page={page} rows={report.rows} />
      <Tokens page={page} rows={report.rows} />
      <Counts report={report} />
      <StoredKeys page={page} report={report} />
    </>
  );
}

function leadOf({ rows, storedKeys }: IdentityReport): string {
  const grants = new Set(rows.map(({ grant }) => grant)).size;
  const waiting = rows.filter(({ state }) => state === 'pending').length;
  return [
    `${counted(grants, 'grant')} let workloads in at stores.`,
    waiting === 0 ? 'None waits.' : `${formatCount(waiting)} of ${counted(rows.length, 'edge')} let nobody in yet.`,
    storedKeys.length === 0
      ? 'None needs a stored key.'
      : `${formatCount(storedKeys.length)} of them ${storedKeys.length === 1 ? 'needs' : 'need'} a stored key.`,
  ].join(' ');
}

interface EdgesProps {
  readonly page: EstatePage;
  readonly rows: readonly IdentityRow[];
}

function Edges({ page: { facets }, rows }: EdgesProps) {
  const waiting: readonly PageColumn<IdentityRow>[] = rows.some(({ state }) => state === 'pending')
    ? [
        { title: 'Waits for', value: ({ pending }) => pending.map(({ path }) => path), copies: true },
        { title: 'Told by', value: ({ pending }) => [...new Set(pending.map(({ from }) => from))] },
      ]
    : [];
  return (
    <DataTable
      title="Grants, one row for each Kubernetes cluster"
      view="identity"
      rows={rows}
      facets={({ store }) => facets(`stores.${store}`)}
      columns={[
        { title: 'Grant', key: 'grant', value: (row) => row.grant },
        { title: 'From', key: 'shard', value: (row) => row.shard },
        { title: 'From cloud', key: 'from', value: (row) => row.from },
        { title: 'Namespace', key: 'namespace', value: (row) => row.namespace },
        { title: 'Service account', key: 'serviceAccount', value: (row) => row.serviceAccount },
        { title: 'Store', key: 'store', value: (row) => row.store },
        { title: 'Store’s cloud', key: 'to', value: (row) => row.to },
        { title: 'Access', key: 'access', value: (row) => row.access },
        { title: 'Vouched by', key: 'anchor', value: (row) => row.anchor },
        { title: 'State', key: 'state', value: (row) => row.state },
        ...waiting,
      ]}
    />
  );
}

/** What clouds know workloads by, as who looks into a refusal needs it. */
function Tokens({ page: { facets }, rows }: EdgesProps) {
  return (
    <DataTable
      title="By which token each is let in, and as whom"
      rows={rows}
      facets={({ store }) => facets(`stores.${store}`)}
      columns={[
        { title: 'Grant', key: 'grant', value: (row) => row.grant },
        { title: 'From', key: 'shard', value: (row) => row.shard },
        { title: 'Identity at the store', key: 'identity', value: (row) => row.identity, copies: true },
        { title: 'Issuer', key: 'issuer', value: (row) => row.issuer, copies: true },
        { title: 'Subject', key: 'subject', value: (row) => row.subject, copies: true },
        { title: 'Audience', key: 'audience', value: (row) => row.audience, copies: true },
        { title: 'Stack of the workload', key: 'sourceStack', value: (row) => row.sourceStack },
        { title: 'Stack of the store', key: 'targetStack', value: (row) => row.targetStack },
      ]}
    />
  );
}

/** How much of what clouds take is taken. */
function Counts({ report: { counts } }: { readonly report: IdentityReport }) {
  if (counts.length === 0) return null;
  return (
    <DataTable
      title="Issuers and credentials against the limits of clouds"
      rows={counts}
      columns={[
        { title: 'What', value: (row) => row.what },
        { title: 'Count', value: (row) => row.count },
        { title: 'Limit', value: (row) => row.limit },
      ]}
    />
  );
}

function StoredKeys({
  page: { facets },
  report: { storedKeys },
}: {
  readonly page: EstatePage;
  readonly report: IdentityReport;
}) {
  if (storedKeys.length === 0) return null;
  return (
    <DataTable
      title="Stored keys that are accepted"
      rows={storedKeys}
      facets={({ grant }) => facets(`grants.${grant}`)}
      columns={[
        { title: 'Grant', value: (row) => row.grant },
        { title: 'Key', value: (row) => row.what },
        { title: 'Accepted because', value: (row) => row.reason, isLong: true },
      ]}
    />
  );
}
