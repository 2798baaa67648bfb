import { CLOUDS } from '../../../estate/catalog';
import type { Day } from '../../../estate/days';
import { calendarRows } from '../../../estate/report/calendar';
import { commitmentRows } from '../../../estate/report/commitments';
import { groupRows, groupTotals } from '../../../estate/report/groups';
import { linksReport } from '../../../estate/report/links';
import { powerTotals } from '../../../estate/report/power';
import { queueReport } from '../../../estate/report/queue';
import { quotaState } from '../../../estate/report/quota-states';
import { quotaRows } from '../../../estate/report/quotas';
import { spendReport, spendTotal } from '../../../estate/report/spend';
import { standingOf } from '../../../estate/report/standing';
import { storeRows, storesLine } from '../../../estate/report/stores';
import { capacityTotals, estateSize, promisedTotal, stackRows } from '../../../estate/report/views';
import type { Estate } from '../../../estate/spec/schema';
import { counted } from '../../../estate/spec/words';
import { compareKeys, formatCount } from '../../../estate/units';
import type { EstatePage } from '../../model';
import { cloudTitle } from '../../parts/cloud-title';
import type { HeadFigure } from '../../parts/figures';
import { shortMegawatts } from '../../parts/megawatts';
import { shownSum } from '../../parts/money';
import { shortfallNote } from '../money/shortfall';
import { watchFigures } from './watch';

/** The numbers that an estate is known by; those that it has nothing of are left out. */
export function headFigures(page: EstatePage): readonly HeadFigure[] {
  return [
    ...capacityFigures(page),
    ...placeFigures(page),
    ...powerFigures(page),
    ...moneyFigures(page),
    ...partFigures(page),
    ...openFigures(page),
  ];
}

function capacityFigures({ estate, plan, day }: EstatePage): readonly HeadFigure[] {
  const { accelerators, nodes, cpuNodes, groups, pools } = estateSize(plan);
  if (pools === 0) return [];
  const kinds = capacityTotals(plan)
    .filter(({ accelerator }) => accelerator !== '')
    .sort((one, other) => other.accelerators - one.accelerators || compareKeys(one.title, other.title))
    .map(({ title, accelerators: count }) => `${formatCount(count)} ${title}`);
  return [
    {
      title: 'Accelerators',
      figure: formatCount(accelerators),
      note: `${kinds.join(', ') || 'CPU nodes only'}${standingNote(estate, day, 'accelerators')}`,
      chapter: 'capacity',
    },
    {
      title: 'Nodes',
      figure: formatCount(nodes),
      note: `in ${counted(pools, 'pool')}${cpuNodes === 0 ? '' : `, ${formatCount(cpuNodes)} of them CPU nodes`}${standingNote(estate, day, 'nodes')}`,
      chapter: 'capacity',
    },
    { title: 'Racks and groups', figure: formatCount(groups), note: groupTotals(groupRows(plan)), chapter: 'racks' },
  ];
}

/** How much of a number stands on the day; nothing where all does. */
function standingNote(estate: Estate, day: Day, measure: 'accelerators' | 'nodes'): string {
  const standing = standingOf(estate, day, measure);
  return standing === undefined ? '' : `; ${formatCount(standing.onDay)} stand on ${day}`;
}

function placeFigures({ plan }: EstatePage): readonly HeadFigure[] {
  const { clouds, sites, clusters, shards } = estateSize(plan);
  const titles = plan.clouds.map((cloud) => cloudTitle(cloud));
  const regions = new Set(CLOUDS.flatMap((cloud) => plan.sites(cloud).map(({ region }) => `${cloud} ${region}`)));
  return [
    { title: 'Clouds', figure: formatCount(clouds), note: titles.join(', '), chapter: 'map' },
    { title: 'Sites', figure: formatCount(sites), note: `in ${counted(regions.size, 'region')}`, chapter: 'map' },
    ...(clusters === 0
      ? []
      : [
          {
            title: 'Clusters',
            figure: formatCount(clusters),
            note: shards === clusters ? 'each one Kubernetes cluster' : `of ${counted(shards, 'Kubernetes cluster')}`,
            chapter: 'capacity',
          },
        ]),
  ];
}

function powerFigures({ estate, plan, day }: EstatePage): readonly HeadFigure[] {
  const all = powerTotals(plan).find(({ name }) => name === 'all');
  if (all === undefined || all.accelerators === 0) return [];
  const { megawatts, itMegawatts, unknownAccelerators } = all;
  const unknown = unknownAccelerators === 0 ? [] : [`${counted(unknownAccelerators, 'accelerator')} without a figure`];
  const machines = itMegawatts === null ? [] : [`${shortMegawatts(itMegawatts)} MW of machines`];
  const standing = standingOf(estate, day, 'power');
  const now = standing === undefined ? [] : [`${shortMegawatts(standing.onDay / 1e6)} MW on ${day}`];
  return [
    {
      title: 'Facility power',
      figure: megawatts === null ? 'not known' : `${shortMegawatts(megawatts)} MW`,
      note: [...machines, ...unknown, ...now].join('; '),
      chapter: 'power',
    },
  ];
}

/** The first digits of a sum: its note says it to the coin. */
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

function moneyFigures({ estate, plan, day }: EstatePage): readonly HeadFigure[] {
  const { sums, undisclosed } = promisedTotal(plan);
  const short = shortfallNote(commitmentRows(estate, day));
  const promised: readonly HeadFigure[] = [
    {
      title: 'Promised',
      figure: sums.join(' + ') || 'undisclosed',
      note: [
        counted(plan.commitments.length, 'commitment'),
        ...(undisclosed === 0 ? [] : [counted(undisclosed, 'undisclosed sum')]),
        ...(short === '' ? [] : [short]),
      ].join('; '),
      chapter: 'money',
    },
  ];
  const whole = spendTotal(estate, {});
  const now = spendTotal(estate, { at: day });
  const unpriced = spendReport(estate, { by: 'cloud' }).unpriced.length;
  const { prices } = estate;
  return [
    ...(plan.commitments.length === 0 ? [] : promised),
    ...(whole === undefined || now === undefined || prices === undefined
      ? []
      : [
          {
            title: 'Spend a month',
            figure: `${COMPACT.format(Number(whole.perMonth))} ${prices.currency}`,
            note: [
              `${shownSum(whole.perMonth, prices.currency)} when everything stands`,
              `${shownSum(now.perMonth, prices.currency)} on ${day}`,
              ...(unpriced === 0 ? [] : [`${counted(unpriced, 'entry', 'entries')} without a price`]),
            ].join('; '),
            chapter: 'money',
          },
        ]),
  ];
}

/** Stores, links, the queue and stacks. */
function partFigures({ estate, plan, queue }: EstatePage): readonly HeadFigure[] {
  const stores = storeRows(estate, plan);
  const links = linksReport(plan).rows;
  const waiting = links.filter(({ state }) => state !== 'ready').length;
  const owners = new Map(queueReport(queue).rows.map(({ owner, kind }) => [`${kind} ${owner}`, kind]));
  const services = [...owners.values()].filter((kind) => kind === 'service').length;
  const stacks = stackRows(plan);
  const byCloud = plan.clouds.map((cloud) => {
    return `${stacks.filter((stack) => stack.cloud === cloud).length} ${cloudTitle(cloud)}`;
  });
  return [
    // What they are in all stands above the note.
    ...some('Stores', stores.length, storesLine(stores).replace(/^[\d,]+ stores: /, ''), 'stores'),
    ...some(
      'Links',
      links.length,
      waiting === 0 ? 'none waits for anything' : `${waiting} wait for an apply`,
      'network',
    ),
    ...some(
      'Sharing a queue',
      owners.size < 2 ? 0 : owners.size,
      `${counted(owners.size - services, 'team')}, ${counted(services, 'service')}`,
      'queue',
    ),
    ...some('Stacks', stacks.length, byCloud.join(', '), 'stacks'),
  ];
}

/** What somebody has to see to: quotas, warnings, and the next day on which something happens. */
function openFigures(page: EstatePage): readonly HeadFigure[] {
  const { estate, plan, day, warnings, acknowledged } = page;
  const quotas = quotaRows(plan).map(quotaState);
  const [raise, unknown] = (['raise', 'unknown'] as const).map((state) => quotas.filter((own) => own === state).length);
  const [next, ...later] = calendarRows(estate, { from: day });
  const same = later.filter(({ date }) => date === next?.date).length;
  const more = same === 0 ? '' : `, and ${same} more`;
  return [
    ...(quotas.length === 0
      ? []
      : [
          {
            title: 'Quotas to raise',
            figure: formatCount(raise ?? 0),
            note: `of ${formatCount(quotas.length)}; ${formatCount(unknown ?? 0)} not known`,
            chapter: 'quotas',
          },
        ]),
    {
      title: 'Open warnings',
      figure: formatCount(warnings.length),
      note: `${formatCount(acknowledged.length)} acknowledged`,
      chapter: 'findings',
    },
    ...watchFigures(page),
    ...(next === undefined
      ? []
      : [{ title: 'Next date', figure: next.date, note: `${next.event}: ${next.path}${more}`, chapter: 'timeline' }]),
  ];
}

function some(title: string, count: number, note: string, chapter: string): readonly HeadFigure[] {
  return count === 0 ? [] : [{ title, figure: formatCount(count), note, chapter }];
}
