import { CLOUDS } from '../../estate/catalog';
import { commitmentRows } from '../../estate/report/commitments';
import { powerTotals } from '../../estate/report/power';
import { formatStanding, standingOf } from '../../estate/report/standing';
import { capacityTotals, estateSize, formatTotals, promisedTotal } from '../../estate/report/views';
import { counted, joined } from '../../estate/spec/words';
import { formatCount } from '../../estate/units';
import type { EstatePage } from '../model';
import { cloudTitle } from '../parts/cloud-title';
import { Figures } from '../parts/figures';
import { shortMegawatts } from '../parts/megawatts';
import type { Section } from '../parts/section';
import { shortfallNote } from './money/shortfall';
import { headFigures } from './summary/figures';
import { watchText } from './summary/watch';

/** The estate at a glance. */
export const SUMMARY: Section = {
  id: 'summary',
  title: 'At a glance',
  body: (page) => (
    <>
      <p>{leadOf(page)}</p>
      <Figures figures={headFigures(page)} />
    </>
  ),
};

/** What somebody would say of the estate first, in a review. */
function leadOf(page: EstatePage): string {
  return [
    sizeOf(page),
    formatStanding(page.estate, page.day),
    largestOf(page),
    powerOf(page),
    moneyOf(page),
    findingsOf(page),
    watchText(page),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function sizeOf({ plan }: EstatePage): string {
  const { sites, clusters } = estateSize(plan);
  const clouds = plan.clouds.map((cloud) => cloudTitle(cloud));
  const where = `${counted(sites, 'site')} of ${joined(clouds, 'and')}`;
  return clusters === 0
    ? `The estate ${plan.name} has ${where}, and no cluster.`
    : `The estate ${plan.name} has ${formatTotals(plan)} in ${counted(clusters, 'cluster')} at ${where}.`;
}

/** The cloud with most accelerators, where there are several. */
function largestOf({ plan }: EstatePage): string {
  const { byCloud = {}, accelerators = 0 } = capacityTotals(plan).at(-1) ?? {};
  const [first, second] = CLOUDS.map((cloud) => ({ cloud, count: byCloud[cloud] ?? 0 })).sort(
    (one, other) => other.count - one.count,
  );
  if (first === undefined || second === undefined || second.count === 0 || second.count === first.count) return '';
  const percent = Math.round((100 * first.count) / accelerators);
  return `The largest part, ${formatCount(first.count)} accelerators or ${percent}%, is on ${cloudTitle(first.cloud)}.`;
}

function powerOf({ estate, plan, day }: EstatePage): string {
  const all = powerTotals(plan).find(({ name }) => name === 'all');
  if (all === undefined || all.megawatts === null || all.megawatts === 0) return '';
  const rest =
    all.unknownAccelerators === 0
      ? ''
      : `, not counting ${counted(all.unknownAccelerators, 'accelerator')} without a figure`;
  const standing = standingOf(estate, day, 'power');
  const now =
    standing === undefined ? '' : `; of what stands on ${day} they draw ${shortMegawatts(standing.onDay / 1e6)} MW`;
  return `At full load their facilities draw ${shortMegawatts(all.megawatts)} MW${rest}${now}.`;
}

function moneyOf({ estate, plan, day }: EstatePage): string {
  const { sums, undisclosed } = promisedTotal(plan);
  const cost = estate.prices === undefined ? ' The estate has no prices, so what it costs is not known.' : '';
  if (sums.length + undisclosed === 0) return cost.trim();
  const rest = undisclosed === 0 ? '' : `, and ${counted(undisclosed, 'sum')} not disclosed`;
  const short = shortfallNote(commitmentRows(estate, day));
  return `Promised to providers: ${sums.join(' and ') || 'nothing'}${rest}${short === '' ? '' : `; ${short}`}.${cost}`;
}

function findingsOf({ warnings, acknowledged }: EstatePage): string {
  const open = warnings.length === 0 ? 'No warning is open' : `${counted(warnings.length, 'warning')} still open`;
  return acknowledged.length === 0
    ? `${open}.`
    : `${open}; ${formatCount(acknowledged.length)} acknowledged with reasons.`;
}
