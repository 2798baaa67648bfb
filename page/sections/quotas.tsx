import type { QuotaNeed } from '../../estate/plan/quotas';
import { type QuotaCount, quotaCounts, quotaRaises, quotaState } from '../../estate/report/quota-states';
import { quotaRows } from '../../estate/report/quotas';
import { counted } from '../../estate/spec/words';
import { formatCount } from '../../estate/units';
import type { Facets } from '../model';
import { Figure } from '../parts/figure';
import type { Section } from '../parts/section';
import { DataTable, type PageColumn } from '../parts/table';
import { type Bar, Bars } from '../pictures/bars';
import { QuotasToRaise } from './quotas/to-raise';

/** What is asked of quotas against what is granted. */
export const QUOTAS: Section = {
  id: 'quotas',
  title: 'Quotas',
  body: ({ plan, facets }) => {
    const rows = quotaRows(plan);
    if (rows.length === 0) return undefined;
    const counts = quotaCounts(rows);
    const placeOf = ({ account, cloud }: Pick<QuotaNeed, 'account' | 'cloud'>) => ({
      ...facets(`accounts.${account}`),
      cloud,
    });
    return (
      <>
        <p>{leadOf(counts)}</p>
        <p class="soft">
          What is granted goes under <code>catalog.quotas</code> of the estate file, by the key of its quota.
        </p>
        {counts.some(({ raise }) => raise > 0) && <QuotasToRaise rows={quotaRaises(rows)} facets={placeOf} />}
        <ByAccount counts={counts} facets={placeOf} />
        <details>
          <summary>{`All ${formatCount(rows.length)} quotas, with what needs them`}</summary>
          <DataTable title="All quotas" view="quotas" rows={rows} facets={placeOf} columns={columnsOf(rows)} />
        </details>
      </>
    );
  },
};

function leadOf(counts: readonly QuotaCount[]): string {
  const sum = (state: 'enough' | 'raise' | 'unknown') => counts.reduce((all, count) => all + count[state], 0);
  const [enough, raise, unknown] = [sum('enough'), sum('raise'), sum('unknown')];
  const all = `${counted(enough + raise + unknown, 'quota')} of ${counted(counts.length, 'account')} are needed`;
  const small = raise === 0 ? 'none is known to be too small' : `${formatCount(raise)} have to be raised`;
  const ask = unknown === 0 ? '' : ` of ${formatCount(unknown)} nobody but the provider knows what is granted,`;
  return `${all}: ${small},${ask} and ${formatCount(enough)} are large enough.`;
}

interface ByAccountProps {
  readonly counts: readonly QuotaCount[];
  readonly facets: (count: QuotaCount) => Facets;
}

function ByAccount({ counts, facets }: ByAccountProps) {
  const bars = counts.map((count): Bar => {
    const { account, cloud, enough, raise, unknown } = count;
    return {
      name: account === cloud ? account : `${account} (${cloud})`,
      facets: facets(count),
      parts: [
        { value: raise, tone: 'bad', title: `${account}: ${raise} to be raised` },
        { value: unknown, tone: 'other', title: `${account}: ${unknown} to be asked for` },
        { value: enough, tone: 'good', title: `${account}: ${enough} large enough` },
      ],
      figure: Object.entries({ 'to be raised': raise, 'to ask for': unknown, enough })
        .flatMap(([what, number]) => (number === 0 ? [] : [`${number} ${what}`]))
        .join(', '),
    };
  });
  return (
    <Figure
      title="Quotas by account"
      picture={<Bars label="How many quotas of each account are large enough" unit="quotas" bars={bars} />}
      narrowest={640}
      legend={[
        { tone: 'bad', text: 'to be raised' },
        { tone: 'other', text: 'not known: the provider has to be asked' },
        { tone: 'good', text: 'large enough' },
      ]}
      table={
        <DataTable
          title="Quotas of accounts"
          rows={counts}
          facets={facets}
          columns={[
            { title: 'Account', value: (row) => row.account },
            { title: 'Cloud', value: (row) => row.cloud },
            { title: 'To be raised', value: (row) => row.raise },
            { title: 'Not known', value: (row) => row.unknown },
            { title: 'Large enough', value: (row) => row.enough },
          ]}
        />
      }
    />
  );
}

/** Columns of all quotas; those that none has anything in are left out. */
function columnsOf(rows: readonly QuotaNeed[]): readonly PageColumn<QuotaNeed>[] {
  const columns: readonly PageColumn<QuotaNeed>[] = [
    { title: 'Quota', key: 'quota', value: (row) => row.quota },
    { title: 'Account', key: 'account', value: (row) => row.account },
    { title: 'Cloud', key: 'cloud', value: (row) => row.cloud },
    { title: 'Region', key: 'region', value: (row) => row.region },
    { title: 'Zone', key: 'zone', value: (row) => row.zone },
    { title: 'What to do', value: taskOf, shown: shownTask },
    { title: 'Needed', key: 'needed', value: (row) => row.needed },
    { title: 'Granted or default', key: 'default', value: (row) => row.default, isNumeric: true },
    { title: 'Unit', key: 'unit', value: (row) => row.unit },
    { title: 'Dimension', key: 'dimension', value: (row) => row.dimension },
    { title: 'Code', key: 'code', value: (row) => row.code },
    { title: 'Key', key: 'key', value: (row) => row.key },
    { title: 'Because', key: 'because', value: (row) => row.because, isLong: true },
    { title: 'Assumed', key: 'unverified', value: (row) => row.unverified, isLong: true },
    { title: 'Source', key: 'source', value: (row) => row.source, hasLinks: true },
  ];
  return columns.filter(({ value }) => rows.some((row) => value(row) !== undefined));
}

function taskOf(row: QuotaNeed): string {
  const state = quotaState(row);
  if (state === 'unknown') return 'ask';
  return state === 'enough' ? 'enough' : `raise by ${formatCount(row.needed - (row.default ?? 0))}`;
}

function shownTask(row: QuotaNeed) {
  const task = taskOf(row);
  return quotaState(row) === 'raise' ? <strong class="bad">{task}</strong> : task;
}
