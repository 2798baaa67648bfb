import { CLOUDS } from '../catalog';
import { planPower, type SitePower } from '../plan/power';
import type { Plan } from '../plan/types';
import { formatCount } from '../units';
import { wrap } from './excerpt';
import { type Column, formatTable, REPORT_WIDTH } from './table';

/** Power of one site in the power view. */
export type PowerRow = Omit<SitePower, 'parts'>;

/** The power view: megawatts of each site. */
export function powerRows(plan: Plan): readonly PowerRow[] {
  return planPower(plan).map(({ parts: _parts, ...row }) => row);
}

const COLUMNS: readonly Column<PowerRow>[] = [
  { title: 'site', value: (row) => row.site },
  { title: 'cloud', value: (row) => row.cloud },
  { title: 'accelerators', value: (row) => formatCount(row.accelerators), align: 'right' },
  { title: 'machines MW', value: (row) => megawatts(row.itMegawatts), align: 'right' },
  { title: 'pue', value: (row) => row.pue.toFixed(2), align: 'right' },
  { title: 'facility MW', value: (row) => megawatts(row.megawatts), align: 'right' },
  { title: 'without a figure', value: (row) => noneOr(row.unknownAccelerators), align: 'right' },
];

/** What the figures of power cover. */
export const POWER_SCOPE =
  'full load, spare trays included; CPU machines, file systems and networks between racks are left out';

/** Power of the sites of one cloud, or of all. */
export interface PowerTotal {
  /** The cloud, or `all`. */
  readonly name: string;
  readonly accelerators: number;
  /** Those of them that no figure is known for, which the megawatts leave out. */
  readonly unknownAccelerators: number;
  /** With cooling and losses of the building; null where no site has a figure. */
  readonly megawatts: number | null;
  /** Of the machines alone. */
  readonly itMegawatts: number | null;
}

/** The power of each cloud that has sites, and of all. */
export function powerTotals(plan: Plan): readonly PowerTotal[] {
  const rows = powerRows(plan);
  const clouds = CLOUDS.map((cloud) => ({ cloud, own: rows.filter((row) => row.cloud === cloud) }));
  return [...clouds.flatMap(({ cloud, own }) => (own.length === 0 ? [] : [sum(own, cloud)])), sum(rows, 'all')];
}

/** The power view as a table with totals per cloud and in all, and the source of each figure. */
export function formatPower(plan: Plan): string {
  const rows = powerRows(plan);
  const figures = planPower(plan).flatMap(({ parts }) => parts.map(({ source }) => source));
  const pues = rows.map(({ pue, cloud, pueSource }) => `PUE ${pue} on ${cloud}: ${pueSource}`);
  const sources = [...[...new Set(figures)].sort(), ...new Set(pues)];
  return [
    formatTable(rows, COLUMNS),
    formatTable(powerTotals(plan), [
      { title: 'total', value: (row) => row.name },
      { title: 'accelerators', value: (row) => formatCount(row.accelerators), align: 'right' },
      { title: 'machines MW', value: (row) => megawatts(row.itMegawatts), align: 'right' },
      { title: 'facility MW', value: (row) => megawatts(row.megawatts), align: 'right' },
      { title: 'without a figure', value: (row) => noneOr(row.unknownAccelerators), align: 'right' },
    ]),
    [POWER_SCOPE, ...sources]
      .flatMap((text) => wrap(text, REPORT_WIDTH - 2).map((line, index) => (index === 0 ? line : `  ${line}`)))
      .join('\n'),
  ].join('\n\n');
}

/** Sums sites; unknown only where no site has a figure. */
function sum(rows: readonly PowerRow[], name: string): PowerTotal {
  // To the watt, as the sites are.
  const add = (values: readonly (number | null)[]): number | null =>
    values.every((value) => value === null)
      ? null
      : values.reduce<number>((all, value) => all + Math.round((value ?? 0) * 1e6), 0) / 1e6;
  return {
    name,
    accelerators: rows.reduce((all, row) => all + row.accelerators, 0),
    unknownAccelerators: rows.reduce((all, row) => all + row.unknownAccelerators, 0),
    megawatts: add(rows.map((row) => row.megawatts)),
    itMegawatts: add(rows.map((row) => row.itMegawatts)),
  };
}

function megawatts(value: number | null): string {
  return value === null ? 'unknown' : value.toFixed(3);
}

function noneOr(count: number): string {
  return count === 0 ? '' : formatCount(count);
}
