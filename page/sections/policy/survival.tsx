import { CLOUDS } from '../../../estate/catalog';
import type { Left, SurvivalRow } from '../../../estate/report/survival';
import { parseKeep, parseLose } from '../../../estate/spec/policy';
import type { Estate } from '../../../estate/spec/schema';
import { counted } from '../../../estate/spec/words';
import type { EstatePage } from '../../model';
import { cloudTitle } from '../../parts/cloud-title';
import { Figure, type LegendEntry } from '../../parts/figure';
import { Fold } from '../../parts/fold';
import { type Bar, Bars } from '../../pictures/bars';
import { facetsOf, LossTables, shownLeft } from './loss-tables';

interface SurvivalProps {
  readonly page: EstatePage;
  readonly rows: readonly SurvivalRow[];
}

/** Most sites that are drawn; the table has all. */
const MOST_SITES = 12;

/** What is left when a cloud, a region or a site is lost. */
export function SurvivalPart({ page, rows }: SurvivalProps) {
  if (rows.length === 0) return null;
  const clouds = rows.filter(({ kind }) => kind === 'cloud');
  const places = rows.filter(({ kind }) => kind !== 'cloud');
  const isMore = places.length > MOST_SITES;
  return (
    <>
      <h3>What survives a loss</h3>
      <p>
        {leadOf(rows)} All of it is of everything that is planned; <code>npx estate simulate --lose NAME --at DAY</code>{' '}
        tells it of what stands on a day, and of several losses at once.
      </p>
      <Losses
        page={page}
        rows={clouds}
        title="What is left without each cloud"
        what="cloud"
        measures={['accelerators', 'power', 'spend']}
      />
      <Losses
        page={page}
        rows={places}
        what="place"
        title={`Accelerators that are left without ${isMore ? `each of the ${MOST_SITES} places that take most` : 'each place'}`}
        measures={places.length === clouds.length ? [] : ['accelerators']}
      />
    </>
  );
}

/** What is left without the cloud and the site that take most. */
function leadOf(rows: readonly SurvivalRow[]): string {
  const clouds = rows.filter(({ kind }) => kind === 'cloud');
  const sites = rows.filter(({ kind }) => kind === 'site');
  // Where each cloud has one site, a site is what its cloud is.
  return [...clouds.slice(0, 1), ...(sites.length === clouds.length ? [] : sites.slice(0, 1))]
    .map(({ key, accelerators, links, loss: { broken, lost } }) => {
      const { left, all } = accelerators;
      if (all === '0') {
        const more = links === undefined ? '' : ` and ${counted(links.links.length, 'link')}`;
        return `Without ${key} ${counted(lost.stores.length, 'store')}${more} would go.`;
      }
      const limits = broken.length === 0 ? '' : `, and ${counted(broken.length, 'limit')} of policy would be broken`;
      return `Without ${key} ${shownLeft(accelerators)} of accelerators are left, ${left} of ${all}${limits}.`;
    })
    .join(' ');
}

type Measured = 'accelerators' | 'power' | 'spend';

interface LossesProps extends SurvivalProps {
  readonly title: string;
  readonly what: 'cloud' | 'place';
  /** What is drawn of each; nothing leaves tables. */
  readonly measures: readonly Measured[];
}

function Losses({ page, rows, title, what, measures }: LossesProps) {
  if (rows.length === 0) return null;
  const tables = <LossTables page={page} rows={rows} what={what} />;
  const bars = rows
    .slice(0, MOST_SITES)
    .flatMap((row) => measures.flatMap((measure) => barOf(page, row, measure, measures.length > 1)));
  if (bars.length === 0) {
    return (
      <Fold title={`What goes with each of ${rows.length} places`} count={rows.length}>
        {tables}
      </Fold>
    );
  }
  const label = `${title}, in percent of all`;
  return (
    <Figure
      title={title}
      narrowest={640}
      picture={<Bars label={label} unit="% of all" shown={String} bars={bars} />}
      legend={legendOf(rows, bars)}
      table={tables}
    />
  );
}

function barOf(page: EstatePage, row: SurvivalRow, measure: Measured, isNamed: boolean): readonly Bar[] {
  const found = row[measure];
  if (found === undefined || isNothing(found)) return [];
  const { left, all, leftPercent } = found;
  const lost = Math.round(10 * (100 - leftPercent)) / 10;
  const promised = promisedOf(page.estate, row, measure);
  const name = `${row.key}${isNamed ? `: ${measure}` : ''}`;
  return [
    {
      name,
      facets: facetsOf(page, row),
      figure: `${shownLeft(found)} left, ${left}${measure === 'accelerators' ? ` of ${all}` : ''}`,
      parts: [
        { value: leftPercent, tone: 'spare', title: `without ${row.key} ${leftPercent}% of ${measure} are left` },
        { value: lost, tone: row.cloud ?? 'other', title: `${lost}% of ${measure} go with ${row.key}` },
      ],
      ...(promised !== undefined && { limit: { value: promised, title: `${promised}% of ${measure} are promised` } }),
    },
  ];
}

/** Whether an estate has none of something: what is reckoned in megawatts or money has decimals. */
function isNothing({ all }: Left): boolean {
  return /^[0.]+(?![\d.,])/.test(all);
}

/** The largest share of something that policy promises to be left without a thing, or without any of its kind. */
function promisedOf(estate: Estate, { kind, key }: SurvivalRow, measure: Measured): number | undefined {
  const shares = (estate.policy.survive ?? []).flatMap(({ lose, keep }) => {
    const [lost, kept] = [parseLose(lose, estate), parseKeep(keep, estate)];
    if (typeof lost === 'string' || kept?.of !== measure) return [];
    const isMeant = 'anyOf' in lost ? lost.anyOf === kind && lost.count === 1 : lost.kind === kind && lost.key === key;
    return isMeant ? [kept.share / 10_000] : [];
  });
  return shares.length === 0 ? undefined : Math.max(...shares);
}

function legendOf(rows: readonly SurvivalRow[], bars: readonly Bar[]): readonly LegendEntry[] {
  const clouds = CLOUDS.filter((cloud) => rows.some((row) => row.cloud === cloud));
  return [
    { tone: 'spare', text: 'left' },
    ...clouds.map((cloud): LegendEntry => ({ tone: cloud, text: `goes, on ${cloudTitle(cloud)}` })),
    ...(bars.some(({ limit }) => limit !== undefined)
      ? [{ tone: 'ink', text: 'promised', mark: 'line' } as const]
      : []),
  ];
}
