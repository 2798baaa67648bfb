import type { Day } from '../days';
import { catalogOf } from '../spec/catalog-of';
import type { Amounts, Loss } from '../spec/loss';
import type { Estate } from '../spec/schema';
import { counted } from '../spec/words';
import { compareKeys, formatCount } from '../units';
import { wrap } from './excerpt';
import { formatLinkLoss, type LinkLoss } from './link-loss';
import { type Column, formatTable, REPORT_WIDTH } from './table';

interface LossLine {
  readonly what: string;
  readonly lost: string;
  readonly left: string;
  readonly share: string;
}

/** What a loss takes away and leaves, as a table, with the limits that are broken then. */
export function formatLoss({ lose, lost, left, broken }: Loss, estate: Estate, day?: Day, links?: LinkLoss): string {
  const { accelerators: titles } = catalogOf(estate);
  const kinds = [...new Set([...Object.keys(lost.accelerators), ...Object.keys(left.accelerators)])].sort(compareKeys);
  const line = (what: string, gone: number, rest: number, print: (value: number) => string): LossLine => ({
    what,
    lost: print(gone),
    left: print(rest),
    share: gone + rest === 0 ? '' : `${((100 * rest) / (gone + rest)).toFixed(1)}%`,
  });
  const all = ({ accelerators }: Amounts) => Object.values(accelerators).reduce((sum, count) => sum + count, 0);
  const rows = [
    ...kinds.map((kind) =>
      line(titles[kind]?.title ?? kind, lost.accelerators[kind] ?? 0, left.accelerators[kind] ?? 0, formatCount),
    ),
    line('all accelerators', all(lost), all(left), formatCount),
    line('facility MW', lost.megawatts, left.megawatts, (value) => value.toFixed(3)),
  ];
  const columns: readonly Column<LossLine>[] = [
    { title: `without ${lose.join(' and ')}`, value: ({ what }) => what },
    { title: 'lost', value: (row) => row.lost, align: 'right' },
    { title: 'left', value: (row) => row.left, align: 'right' },
    { title: 'left of all', value: ({ share }) => share, align: 'right' },
  ];
  const stores =
    lost.stores.length === 0
      ? 'no store goes'
      : `${counted(lost.stores.length, 'store')} without a second copy: ${lost.stores.join(', ')}`;
  const limits = broken.map(({ code, path, message }) => `${code} ${path}: ${message}`);
  return [
    formatTable(rows, columns),
    ...(day === undefined ? [] : [`what stands on ${day}`]),
    wrapped(`${counted(lost.pools.length, 'pool')} ${lost.pools.length === 1 ? 'goes' : 'go'}; ${stores}`),
    ...(links === undefined ? [] : [wrapped(formatLinkLoss(links))]),
    limits.length === 0 ? 'no limit of policy is broken then' : limits.map(wrapped).join('\n'),
  ].join('\n\n');
}

function wrapped(text: string): string {
  return wrap(text, REPORT_WIDTH - 2)
    .map((line, index) => (index === 0 ? line : `  ${line}`))
    .join('\n');
}
