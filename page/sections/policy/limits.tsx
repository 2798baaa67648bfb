import { CLOUDS } from '../../../estate/catalog';
import type { LimitRow } from '../../../estate/report/policy';
import { covers } from '../../../estate/spec/waivers';
import type { EstatePage, Facets } from '../../model';
import type { ToneName } from '../../palette';
import { Figure } from '../../parts/figure';
import { DataTable } from '../../parts/table';
import { Bars } from '../../pictures/bars';

interface LimitsProps {
  readonly page: EstatePage;
  readonly rows: readonly LimitRow[];
}

/** Limits that are sums: how much of each is used. */
export function LimitsPart({ page, rows }: LimitsProps) {
  if (rows.length === 0) return null;
  const { estate, day } = page;
  const isWaived = ({ code, path }: LimitRow) =>
    (estate.policy.waivers ?? []).some((waiver) => covers(waiver, code, path));
  return (
    <>
      <h3>Limits</h3>
      <p>
        Shares are held against the whole plan, megawatts and spend against the day on which they are most. The table
        has what they are on {day}, too.
      </p>
      <Figure
        title="How much of each limit is used"
        narrowest={640}
        picture={
          <Bars
            label="How much of each limit of policy is used, in percent of the limit"
            unit="% of the limit"
            shown={String}
            bars={rows.map((row) => ({
              name: nameOf(row),
              facets: facetsOf(page, row),
              figure: `${row.held} of ${row.limit}${isWaived(row) ? ', waived' : ''}`,
              parts: [{ value: row.usedPercent, tone: toneOf(row), title: `${nameOf(row)}: ${row.held}` }],
              limit: { value: 100, title: `${nameOf(row)}: ${row.limit} at most` },
            }))}
          />
        }
        legend={[{ tone: 'ink', text: 'the limit', mark: 'line' }]}
        table={
          <DataTable
            title="Limits of policy with what is reached of each"
            rows={rows}
            facets={(row) => facetsOf(page, row)}
            columns={[
              { title: 'Limit', value: ({ path }) => path },
              { title: 'Of', value: ({ key }) => key },
              { title: 'At most', value: ({ limit }) => limit, isNumeric: true },
              { title: 'Reached', value: ({ held }) => held, isNumeric: true },
              { title: 'Used', value: ({ usedPercent }) => usedPercent, shown: ({ usedPercent }) => `${usedPercent}%` },
              { title: 'Since', value: ({ from }) => from },
              { title: `On ${day}`, value: ({ now }) => now, isNumeric: true },
              { title: 'Waived', value: (row) => (isWaived(row) ? 'yes' : '') },
            ]}
          />
        }
      />
    </>
  );
}

/** `azure: accelerators` for a share, `azure: megawatts` for what facilities draw. */
function nameOf({ of, key, code, measure }: LimitRow): string {
  const what = { PolicyShare: measure, PolicyPower: 'megawatts', PolicySpend: 'spend' }[code];
  return `${of === 'estate' ? 'estate' : key}: ${what}`;
}

function facetsOf({ facets }: EstatePage, { of, key }: LimitRow): Facets {
  if (of === 'estate') return {};
  const cloud = cloudOf(key);
  return of === 'cloud' ? { ...(cloud && { cloud }) } : facets(`${of}s.${key}`);
}

function toneOf({ of, key }: LimitRow): ToneName {
  return (of === 'cloud' ? cloudOf(key) : undefined) ?? 'other';
}

function cloudOf(name: string) {
  return CLOUDS.find((cloud) => cloud === name);
}
