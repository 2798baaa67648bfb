import type { SurvivalRow } from '../../../estate/report/survival';
import type { Amounts } from '../../../estate/spec/loss';
import { compareKeys } from '../../../estate/units';
import type { EstatePage, Facets } from '../../model';
import { DataTable, type PageColumn } from '../../parts/table';

interface TablesProps {
  readonly page: EstatePage;
  readonly rows: readonly SurvivalRow[];
  /** What each row is without. */
  readonly what: 'cloud' | 'place';
}

/** What goes with each thing and what is left, as `estate simulate` tells it. */
export function LossTables({ page, rows, what }: TablesProps) {
  const facets = (row: SurvivalRow): Facets => facetsOf(page, row);
  const kinds = [...new Set(rows.flatMap(({ loss: { lost, left } }) => [...kindsOf(lost), ...kindsOf(left)]))];
  const hasSpend = rows.some(({ spend }) => spend !== undefined);
  const hasLinks = rows.some(({ links }) => links !== undefined);
  return (
    <>
      {kinds.length > 0 && (
        <DataTable
          title={`Accelerators, power and spend left without each ${what}`}
          rows={rows}
          facets={facets}
          columns={[NAME, ...SUMS, ...(hasSpend ? SPEND : [])]}
        />
      )}
      {kinds.length > 1 && (
        <DataTable
          title={`Accelerators of each kind left without each ${what}`}
          rows={rows}
          facets={facets}
          columns={[
            NAME,
            ...kinds.sort(compareKeys).map((kind) => ({
              title: kind,
              value: ({ loss }: SurvivalRow) => loss.left.accelerators[kind] ?? 0,
            })),
          ]}
        />
      )}
      <DataTable
        title={`What else goes with each ${what}, and limits that are broken then`}
        rows={rows}
        facets={facets}
        columns={[NAME, ...BESIDES, ...(hasLinks ? LINKS : []), LIMITS]}
      />
    </>
  );
}

const NAME: PageColumn<SurvivalRow> = { title: 'Without', value: ({ kind, key }) => `${kind}:${key}` };

const SUMS: readonly PageColumn<SurvivalRow>[] = [
  { title: 'Accelerators lost', value: ({ loss }) => countOf(loss.lost) },
  { title: 'Accelerators left', value: ({ loss }) => countOf(loss.left) },
  {
    title: 'Left of all',
    value: ({ accelerators }) => accelerators.leftPercent,
    shown: (row) => shownLeft(row.accelerators),
  },
  { title: 'MW lost', value: ({ loss }) => loss.lost.megawatts, shown: ({ loss }) => loss.lost.megawatts.toFixed(3) },
  { title: 'MW left', value: ({ loss }) => loss.left.megawatts, shown: ({ loss }) => loss.left.megawatts.toFixed(3) },
  { title: 'Left of all MW', value: ({ power }) => power.leftPercent, shown: ({ power }) => shownLeft(power) },
];

const SPEND: readonly PageColumn<SurvivalRow>[] = [
  { title: 'Spend left', value: ({ spend }) => spend?.left, isNumeric: true },
  {
    title: 'Left of all spend',
    value: ({ spend }) => spend?.leftPercent,
    shown: ({ spend }) => (spend === undefined ? '' : shownLeft(spend)),
    isNumeric: true,
  },
];

const BESIDES: readonly PageColumn<SurvivalRow>[] = [
  { title: 'Pools', value: ({ loss }) => loss.lost.pools.length },
  { title: 'Stores that go', value: ({ loss }) => loss.lost.stores },
];

const LINKS: readonly PageColumn<SurvivalRow>[] = [
  { title: 'Links that go', value: ({ links }) => links?.links },
  { title: 'Cut from each other', value: ({ links }) => links?.cut.map((ends) => ends.join(' - ')) },
];

const LIMITS: PageColumn<SurvivalRow> = {
  title: 'Limits broken then',
  value: ({ loss }) => loss.broken.map(({ path, message }) => `${path}: ${message}`).join('; '),
};

/** A share with one decimal. */
export function shownLeft({ leftPercent }: { readonly leftPercent: number }): string {
  return `${leftPercent.toFixed(1)}%`;
}

function kindsOf({ accelerators }: Amounts): readonly string[] {
  return Object.keys(accelerators);
}

function countOf({ accelerators }: Amounts): number {
  return Object.values(accelerators).reduce((sum, count) => sum + count, 0);
}

/** What a loss can be filtered by. */
export function facetsOf({ facets }: EstatePage, { kind, key, cloud }: SurvivalRow): Facets {
  return kind === 'site' ? facets(`sites.${key}`) : { ...(cloud && { cloud }) };
}
