import type { Cloud } from '../../../estate/catalog';
import { CLOUDS } from '../../../estate/catalog';
import type { OwnerRow } from '../../../estate/report/owners';
import { capacityRows } from '../../../estate/report/views';
import { counted, joined } from '../../../estate/spec/words';
import { compareKeys, formatCount, groupBy } from '../../../estate/units';
import type { EstatePage } from '../../model';
import { cloudTitle } from '../../parts/cloud-title';
import { Figure } from '../../parts/figure';
import { Fold } from '../../parts/fold';
import { DataTable } from '../../parts/table';
import { Bars } from '../../pictures/bars';

interface AnswersProps {
  readonly page: EstatePage;
  readonly rows: readonly OwnerRow[];
}

/** Accelerators that somebody answers for. */
interface Share {
  /** Name of the team or of the cost center; empty for what has none. */
  readonly name: string;
  readonly byCloud: Readonly<Partial<Record<Cloud, number>>>;
  readonly all: number;
}

/** Who answers for what and who pays for it: accelerators by team and cost center, and every entry. */
export function AnswersPart({ page, rows }: AnswersProps) {
  const [teams, centers] = [sharesBy(page, rows, 'team'), sharesBy(page, rows, 'costCenter')];
  return (
    <>
      <p>{leadOf(rows)}</p>
      {teams.length > 1 && <Shares title="Accelerators by team" what="Team" none="no team" shares={teams} />}
      {centers.length > 1 && (
        <Shares title="Accelerators by cost center" what="Cost center" none="no cost center" shares={centers} />
      )}
      <Fold title={`All ${rows.length} entries with their teams, cost centers and tags`} count={rows.length}>
        <DataTable
          title="Who answers for what"
          view="owners"
          rows={rows}
          facets={({ entry }) => page.facets(entry)}
          columns={[
            { title: 'Entry', key: 'entry', value: ({ entry }) => entry },
            { title: 'Cloud', key: 'cloud', value: ({ cloud }) => cloud },
            { title: 'Team', key: 'team', value: ({ team }) => team },
            { title: 'Cost center', key: 'costCenter', value: ({ costCenter }) => costCenter },
            { title: 'Tags', key: 'tags', value: ({ tags }) => tags },
          ]}
        />
      </Fold>
    </>
  );
}

/** Who answers, who pays, and how many entries say nothing of either. */
function leadOf(rows: readonly OwnerRow[]): string {
  const names = (key: 'team' | 'costCenter') => [...new Set(rows.flatMap((row) => row[key] || []))].sort(compareKeys);
  const [teams, centers] = [names('team'), names('costCenter')];
  const without = (key: 'team' | 'costCenter') => rows.filter((row) => !row[key]).length;
  const entries = counted(rows.length, 'entry');
  const answers =
    teams.length === 0
      ? `Nobody answers for the ${entries} of the estate`
      : `${naming(teams, teams.length === 1 ? 'Team' : 'team')} ${teams.length === 1 ? 'answers' : 'answer'} for ${gapped(entries, rows.length, without('team'))}`;
  const pays =
    centers.length === 0
      ? 'no cost center is said'
      : `${naming(centers, 'cost center')} ${centers.length === 1 ? 'pays' : 'pay'} for ${gapped('them', rows.length, without('costCenter'))}`;
  return `${answers}; ${pays}.`;
}

/** `team research`, or `3 teams (a, b and c)`. */
function naming(names: readonly string[], noun: string): string {
  if (names.length === 1) return `${noun} ${names[0]}`;
  return names.length > 4 ? counted(names.length, noun) : `${counted(names.length, noun)} (${joined(names, 'and')})`;
}

function gapped(all: string, count: number, without: number): string {
  return without === 0 ? all : `${count - without} of ${count} entries`;
}

interface SharesProps {
  readonly title: string;
  readonly what: string;
  /** What stands for those that have none. */
  readonly none: string;
  readonly shares: readonly Share[];
}

function Shares({ title, what, none, shares }: SharesProps) {
  const clouds = CLOUDS.filter((cloud) => shares.some(({ byCloud }) => (byCloud[cloud] ?? 0) > 0));
  const isTeam = what === 'Team';
  const facets = ({ name }: Share) => (isTeam && name !== '' ? { owner: name } : {});
  return (
    <Figure
      title={title}
      narrowest={560}
      picture={
        <Bars
          label={`${title}: the table below says the same`}
          unit="accelerators"
          bars={shares.map((share) => ({
            name: share.name || none,
            facets: facets(share),
            figure: formatCount(share.all),
            parts: clouds.flatMap((cloud) => {
              const value = share.byCloud[cloud] ?? 0;
              const name = share.name || none;
              return value === 0
                ? []
                : [
                    {
                      value,
                      tone: cloud,
                      title: `${name} on ${cloudTitle(cloud)}: ${formatCount(value)} accelerators`,
                    },
                  ];
            }),
          }))}
        />
      }
      legend={clouds.map((cloud) => ({ tone: cloud, text: cloudTitle(cloud) }))}
      table={
        <DataTable
          title={`${title} and cloud`}
          rows={shares}
          facets={facets}
          columns={[
            { title: what, value: ({ name }) => name, shown: ({ name }) => name || none },
            ...clouds.map((cloud) => ({ title: cloud, value: ({ byCloud }: Share) => byCloud[cloud] ?? 0 })),
            { title: 'All', value: ({ all }: Share) => all },
          ]}
        />
      }
    />
  );
}

/** Accelerators of pools by what their entries say, most first. */
function sharesBy({ plan }: EstatePage, rows: readonly OwnerRow[], key: 'team' | 'costCenter'): readonly Share[] {
  const said = new Map(rows.map((row) => [row.entry, row[key] ?? '']));
  const pools = capacityRows(plan).filter(({ accelerators }) => accelerators > 0);
  const groups = groupBy(pools, ({ cluster, pool }) => said.get(`clusters.${cluster}.pools.${pool}`) ?? '');
  const sum = (own: readonly { readonly accelerators: number }[]) =>
    own.reduce((total, { accelerators }) => total + accelerators, 0);
  return [...groups]
    .map(([name, own]): Share => {
      const byCloud = Object.fromEntries(
        [...groupBy(own, ({ cloud }) => cloud)].map(([cloud, of]) => [cloud, sum(of)]),
      );
      return { name, byCloud, all: sum(own) };
    })
    .sort((one, other) => other.all - one.all || compareKeys(one.name, other.name));
}
