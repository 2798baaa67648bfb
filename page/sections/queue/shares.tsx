import type { QueueReport, QueueShareRow } from '../../../estate/report/queue';
import { CPU_POOLS } from '../../../estate/spec/schema-queue';
import { counted } from '../../../estate/spec/words';
import { formatCount, groupBy } from '../../../estate/units';
import { Figure } from '../../parts/figure';
import { Fold } from '../../parts/fold';
import { DataTable, type PageColumn } from '../../parts/table';
import { type Bar, type BarPart, Bars } from '../../pictures/bars';
import type { QueuePartProps } from './props';

/** What somebody has of one accelerator, in all pools together. */
interface Share extends Pick<QueueShareRow, 'kind' | 'owner' | 'accelerator' | 'own' | 'floor' | 'most'> {
  /** Kubernetes clusters with such pools. */
  readonly clusters: number;
}

/** Most bars of a picture; the table has all. */
const MOST_BARS = 40;

/** Who may use which accelerators: by owner and accelerator, and by pool. */
export function SharesPart({ page, report, placeOf }: QueuePartProps) {
  const { rows, common } = report;
  if (rows.length + common.length === 0) return null;
  const shares = sharesOf(rows);
  const isSaid = page.estate.queue !== undefined;
  return (
    <>
      <h3>Who may use which accelerators</h3>
      <p>{leadOf(report, isSaid)}</p>
      {isSaid && (
        <>
          <Shares title="Accelerators by owner" unit="accelerators" shares={shares.filter(hasAccelerators)} />
          <Shares
            title="Cores of pools without accelerators by owner"
            unit="cores"
            shares={shares.filter((share) => !hasAccelerators(share))}
          />
        </>
      )}
      <Fold title={`Who has what of each pool, in ${counted(rows.length, 'row')}`} count={rows.length}>
        <DataTable
          title="Who has what of each pool"
          view="queue"
          rows={rows}
          facets={({ cluster }) => placeOf(cluster)}
          columns={[
            { title: 'Who', key: 'owner', value: ({ owner }) => owner },
            { title: 'Kind', key: 'kind', value: ({ kind }) => kind },
            { title: 'Accelerator', key: 'accelerator', value: ({ accelerator }) => accelerator },
            { title: 'Kubernetes cluster', key: 'cluster', value: ({ cluster }) => cluster },
            { title: 'Pool', key: 'pool', value: ({ pool }) => pool },
            { title: 'Nodes', key: 'nodes', value: ({ nodes }) => nodes },
            { title: 'Own', key: 'own', value: ({ own }) => own },
            { title: 'Never lent', key: 'floor', value: ({ floor }) => floor },
            { title: 'At most', key: 'most', value: ({ most }) => most },
          ]}
        />
      </Fold>
      {isSaid && common.length > 0 && (
        <DataTable
          title="What is nobody's own, for all to borrow"
          rows={common}
          facets={({ cluster }) => placeOf(cluster)}
          columns={[
            { title: 'Accelerator', value: ({ accelerator }) => accelerator },
            { title: 'Kubernetes cluster', value: ({ cluster }) => cluster },
            { title: 'Pool', value: ({ pool }) => pool },
            { title: 'Nodes in service', value: ({ nodes }) => nodes },
            { title: 'All', value: ({ all }) => all },
            { title: 'For all to borrow', value: (row) => row.common },
          ]}
        />
      )}
    </>
  );
}

/** Who queues where, and what figures count. */
function leadOf({ manager, rows, fairSharing }: QueueReport, isSaid: boolean): string {
  const names = (kind: QueueShareRow['kind']) => [
    ...new Set(rows.flatMap((row) => (row.kind === kind ? [row.owner] : []))),
  ];
  const [teams, services] = [names('team'), names('service')];
  if (!isSaid) {
    const where =
      teams.length === 1 ? `jobs of namespace ${teams[0]} have` : 'jobs of the namespace of each cluster have';
    return `The file says nothing of a queue: each cluster has its own, and ${where} all of it.`;
  }
  const held =
    manager === null
      ? 'Each cluster has a queue of its own'
      : `Cluster ${manager} holds the one queue over all others, and runs no jobs`;
  const who = [counted(teams.length, 'team'), ...(services.length > 0 ? [counted(services.length, 'service')] : [])];
  const first = fairSharing ? 'who borrows least beside its weight goes first' : 'what was queued first goes first';
  return `${held}. ${who.join(' and ')} share it; of jobs of one priority, ${first}.`;
}

function hasAccelerators({ accelerator }: Share): boolean {
  return accelerator !== CPU_POOLS;
}

interface SharesProps {
  readonly title: string;
  readonly unit: string;
  readonly shares: readonly Share[];
}

function Shares({ title, unit, shares }: SharesProps) {
  if (shares.length === 0) return null;
  const isMore = shares.length > MOST_BARS;
  return (
    <Figure
      title={isMore ? `${title}: the first ${MOST_BARS} of ${shares.length}` : title}
      narrowest={640}
      picture={
        <Bars
          label={`${title}: what is never lent, what else is its own, and what it may borrow at most`}
          unit={unit}
          bars={shares.slice(0, MOST_BARS).map((share) => barOf(share, unit))}
        />
      }
      legend={[
        { tone: 'good', text: 'its own, never lent' },
        { tone: 'other', text: 'its own, lent while it is idle' },
        { tone: 'other', text: 'what it may borrow at most', mark: 'hollow' },
      ]}
      table={<DataTable title={`${title}, of all pools`} rows={shares} columns={COLUMNS} />}
    />
  );
}

const COLUMNS: readonly PageColumn<Share>[] = [
  { title: 'Who', value: ({ owner }) => owner },
  { title: 'Kind', value: ({ kind }) => kind },
  { title: 'Accelerator', value: ({ accelerator }) => accelerator },
  { title: 'Kubernetes clusters', value: ({ clusters }) => clusters },
  { title: 'Own', value: ({ own }) => own },
  { title: 'Never lent', value: ({ floor }) => floor },
  { title: 'At most', value: ({ most }) => most },
];

function barOf({ owner, accelerator, own, floor, most }: Share, unit: string): Bar {
  const name = `${owner}: ${accelerator}`;
  const part = (value: number, look: Pick<BarPart, 'tone' | 'isHollow'>, what: string) =>
    value > 0 ? [{ value, ...look, title: `${name}: ${formatCount(value)} ${unit} ${what}` }] : [];
  return {
    name,
    figure: most > own ? `${formatCount(own)}, ${formatCount(most)} at most` : formatCount(own),
    parts: [
      ...part(floor, { tone: 'good' }, 'are its own and never lent'),
      ...part(own - floor, { tone: 'other' }, 'are its own and lent while they are idle'),
      ...part(most - own, { tone: 'other', isHollow: true }, 'may be borrowed at most'),
    ],
  };
}

/** Rows of pools added up, in the order of the rows. */
function sharesOf(rows: readonly QueueShareRow[]): readonly Share[] {
  return [...groupBy(rows, ({ kind, owner, accelerator }) => [kind, owner, accelerator].join('\n')).values()].flatMap(
    (members): Share[] => {
      const [first] = members;
      if (first === undefined) return [];
      const { kind, owner, accelerator } = first;
      const sum = (key: 'own' | 'floor' | 'most') => members.reduce((total, row) => total + row[key], 0);
      const clusters = new Set(members.map(({ cluster }) => cluster)).size;
      return [{ kind, owner, accelerator, clusters, own: sum('own'), floor: sum('floor'), most: sum('most') }];
    },
  );
}
