import { CLOUDS, type Cloud } from '../../../estate/catalog';
import type { BringerRow, SoftwareReport } from '../../../estate/report/software';
import { counted, joined } from '../../../estate/spec/words';
import { groupBy } from '../../../estate/units';
import { Fold } from '../../parts/fold';
import { DataTable } from '../../parts/table';

interface SoftwareProps {
  readonly report: SoftwareReport;
}

/** What clusters run, in which version, and who brings it. */
export function SoftwarePart({ report: { components, bringers } }: SoftwareProps) {
  if (components.length + bringers.length === 0) return null;
  const assumed = components.filter(({ unverified }) => unverified !== undefined).length;
  return (
    <>
      <h3>What clusters run</h3>
      <p>
        A bundle installs {counted(components.length, 'component')} with GitOps, of {assumed} of which something is
        assumed; the rest comes with the services of clouds. Nothing was asked of a cluster.
      </p>
      <Matrix bringers={bringers} />
      <Absent bringers={bringers} />
      <Fold
        title={`All ${counted(components.length, 'component')} with versions and clusters`}
        count={components.length}
      >
        <DataTable
          title="Components that bundles install"
          rows={components}
          columns={[
            { title: 'Component', value: ({ name }) => name },
            { title: 'What it is', value: ({ title }) => title },
            { title: 'Version', value: ({ version }) => version },
            { title: 'Namespace', value: ({ namespace }) => namespace },
            { title: 'Gives', value: ({ gives }) => gives },
            { title: 'Clusters', value: ({ clusters }) => clusters },
            { title: 'Comes from', value: ({ from }) => from, copies: true },
            { title: 'What is assumed', value: ({ unverified }) => unverified },
          ]}
        />
      </Fold>
      <Fold title={`Who brings what to which pools, in ${counted(bringers.length, 'row')}`} count={bringers.length}>
        <DataTable
          title="Who brings what to which pools"
          rows={bringers}
          facets={({ cloud }) => ({ cloud })}
          columns={[
            { title: 'What nodes need', value: ({ capability }) => capability },
            { title: 'Cloud', value: ({ cloud }) => cloud },
            { title: 'Brought by', value: ({ by }) => BY[by] },
            { title: 'How', value: ({ what }) => what },
            { title: 'Pools', value: ({ pools }) => pools },
            { title: 'What is assumed', value: ({ by, unverified }) => (by === 'bundle' ? '' : unverified) },
          ]}
        />
      </Fold>
    </>
  );
}

const BY: Readonly<Record<BringerRow['by'], string>> = {
  bundle: 'the bundle',
  cloud: 'the cloud',
  others: 'somebody else',
  nobody: 'nobody',
};

interface MatrixRow {
  readonly capability: string;
  readonly byCloud: Readonly<Partial<Record<Cloud, readonly string[]>>>;
}

/** Who brings what on each cloud, in a word. */
function Matrix({ bringers }: { readonly bringers: readonly BringerRow[] }) {
  const clouds = CLOUDS.filter((cloud) => bringers.some((row) => row.cloud === cloud));
  const rows = [...groupBy(bringers, ({ capability }) => capability)].map(([capability, own]): MatrixRow => {
    const words = [...groupBy(own, ({ cloud }) => cloud)].map(([cloud, of]) => [cloud, [...new Set(of.map(wordOf))]]);
    return { capability, byCloud: Object.fromEntries(words) };
  });
  return (
    <DataTable
      title="Who brings what nodes need"
      rows={rows}
      columns={[
        { title: 'What nodes need', value: ({ capability }) => capability },
        ...clouds.map((cloud) => ({
          title: cloud,
          value: ({ byCloud }: MatrixRow) => byCloud[cloud],
          shown: ({ byCloud }: MatrixRow) => byCloud[cloud]?.join(', ') ?? 'not needed',
        })),
      ]}
    />
  );
}

/** Why nobody brings something, each reason once. */
function Absent({ bringers }: Pick<SoftwareReport, 'bringers'>) {
  const absent = bringers.filter(({ by }) => by === 'nobody');
  const reasons = [...groupBy(absent, ({ capability, what }) => [capability, what].join('\n')).values()];
  if (reasons.length === 0) return null;
  return (
    <ul>
      {reasons.map((rows) => (
        <li>
          Nobody brings {rows[0]?.capability} on{' '}
          {joined(
            rows.map(({ cloud }) => cloud),
            'and',
          )}
          : {rows[0]?.what}.
        </li>
      ))}
    </ul>
  );
}

/** The component, or who else. */
function wordOf({ by, what }: BringerRow): string {
  return by === 'bundle' ? what : BY[by];
}
