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

/** The power view as a table with totals per cloud and in all, and the source of each figure. */
export function formatPower(plan: Plan): string {
  const rows = powerRows(plan);
  const clouds = CLOUDS.filter((cloud) => rows.some((row) => row.cloud === cloud));
  const totals = [
    ...clouds.map((cloud) =>
      sum(
        rows.filter((row) => row.cloud === cloud),
        cloud,
      ),
    ),
    sum(rows, 'all'),
  ];
  const figures = planPower(plan).flatMap(({ parts }) => parts.map(({ source }) => source));
  const pues = rows.map(({ pue, cloud, pueSource }) => `PUE ${pue} on ${cloud}: ${pueSource}`);
  const sources = [...[...new Set(figures)].sort(), ...new Set(pues)];
  return [
    formatTable(rows, COLUMNS),
    formatTable(totals, [
      { title: 'total', value: (row) => row.name },
      { title: 'accelerators', value: (row) => formatCount(row.accelerators), align: 'right' },
      { title: 'machines MW', value: (row) => megawatts(row.itMegawatts), align: 'right' },
      { title: 'facility MW', value: (row) => megawatts(row.megawatts), align: 'right' },
      { title: 'without a figure', value: (row) => noneOr(row.unknownAccelerators), align: 'right' },
    ]),
    ['full load, spare trays included; CPU machines, file systems and networks between racks are left out', ...sources]
      .flatMap((text) => wrap(text, REPORT_WIDTH - 2).map((line, index) => (index === 0 ? line : `  ${line}`)))
      .join('\n'),
  ].join('\n\n');
}

interface Total {
  readonly name: string;
  readonly accelerators: number;
  readonly unknownAccelerators: number;
  readonly megawatts: number | null;
  readonly itMegawatts: number | null;
}

/** Sums sites; unknown only where no site has a figure. */
function sum(rows: readonly PowerRow[], name: string): Total {
  const add = (values: readonly (number | null)[]): number | null =>
    values.every((value) => value === null) ? null : values.reduce<number>((all, value) => all + (value ?? 0), 0);
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
