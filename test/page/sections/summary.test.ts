import { calendarRows } from '../../../estate/report/calendar';
import { powerRows } from '../../../estate/report/power';
import { quotaRows } from '../../../estate/report/quotas';
import { replicationRows } from '../../../estate/report/replication';
import { spendReport } from '../../../estate/report/spend';
import { storeRows } from '../../../estate/report/stores';
import { capacityRows, formatTotals, stackRows } from '../../../estate/report/views';
import { alarmsRows, logsRows } from '../../../estate/report/watched';
import type { EstatePage } from '../../../page/model';
import { SECTIONS } from '../../../page/sections';
import { SUMMARY } from '../../../page/sections/summary';
import { textOf } from '../../helpers/page-tables';
import { bodyOf, PAGE_DAY, pageFrom, pageOf } from '../../helpers/pages';

const EXAMPLES = ['frontier', 'portfolio', 'queue', 'minimal', 'linked', 'aws', 'existing', 'circuits'];

interface Card {
  readonly figure: string;
  readonly note: string;
  readonly chapter: string;
}

/** The numbers of the chapter by their titles. */
function cardsOf(page: EstatePage): ReadonlyMap<string, Card> {
  const cards = /<div><dt><a href="#([^"]*)">(.*?)<\/a><\/dt><dd>(.*?)(?:<small>(.*?)<\/small>)?<\/dd><\/div>/gs;
  return new Map(
    [...(bodyOf(SUMMARY, page) ?? '').matchAll(cards)].map(([, chapter = '', title = '', figure, note]) => [
      textOf(title),
      { figure: textOf(figure), note: textOf(note), chapter },
    ]),
  );
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
const counts = (count: number) => count.toLocaleString('en-US');

describe.each(EXAMPLES)('the numbers of %s', (example) => {
  const page = pageOf(example);
  const { estate, plan } = page;
  const cards = cardsOf(page);
  const rows = capacityRows(plan);

  test('are those of the rows of its views', () => {
    const expected: Readonly<Record<string, number>> = {
      Accelerators: sum(rows.map(({ accelerators }) => accelerators)),
      Nodes: sum(rows.map(({ nodes }) => nodes)),
      'Racks and groups': sum(rows.map(({ groups }) => groups)),
      Clouds: plan.clouds.length,
      Sites: powerRows(plan).length,
      Clusters: new Set(plan.clouds.flatMap((cloud) => plan.shards(cloud).map(({ cluster }) => cluster))).size,
      Stores: storeRows(estate, plan).length,
      Links: plan.links.length,
      Stacks: stackRows(plan).length,
      'Quotas to raise': quotaRows(plan).filter(({ needed, default: granted = needed }) => needed > granted).length,
      'Open warnings': page.warnings.length,
    };
    for (const [title, count] of Object.entries(expected)) {
      const isLeftOut = count === 0 && !['Quotas to raise', 'Open warnings'].includes(title);
      expect([title, cards.get(title)?.figure]).toEqual([title, isLeftOut ? undefined : counts(count)]);
    }
    expect(cards.get('Open warnings')?.note).toBe(`${page.acknowledged.length} acknowledged`);
  });

  test('lead to chapters of the page', () => {
    const chapters = SECTIONS.map(({ id }) => id);
    for (const { chapter } of cards.values()) expect(chapters).toContain(chapter);
  });

  test('follow a sentence with the same totals', () => {
    const text = textOf(bodyOf(SUMMARY, page));
    expect(text).toContain(rows.length > 0 ? formatTotals(plan) : ', and no cluster.');
  });
});

test('says what stands on the day beside what is planned', () => {
  const standing =
    'On 2026-11-30 stand 98,080 of 200,608 planned accelerators; at most 198,880 stand at once, from 2028-01-01 on.';
  const page = pageOf('portfolio');
  const cards = cardsOf(page);
  expect(textOf(bodyOf(SUMMARY, page))).toContain(standing);
  expect(cards.get('Accelerators')?.note).toMatch(/; 98,080 stand on 2026-11-30$/);
  expect(cards.get('Nodes')?.note).toMatch(/; 22,088 stand on 2026-11-30$/);
  expect(cards.get('Facility power')?.note).toMatch(/; 204\.5 MW on 2026-11-30$/);
  for (const id of ['capacity', 'map', 'power', 'racks']) {
    const chapter = SECTIONS.find((section) => section.id === id);
    expect(chapter && textOf(bodyOf(chapter, page))).toContain(`This chapter counts all that is planned. ${standing}`);
  }
});

test('says nothing of the day where nothing has one', () => {
  expect(bodyOf(SUMMARY, pageOf('azure'))).not.toContain('planned');
});

test('adds facility power up over sites', () => {
  const page = pageOf('frontier', '2026-12-01');
  const megawatts = sum(powerRows(page.plan).map((row) => row.megawatts ?? 0));
  expect(cardsOf(page).get('Facility power')?.figure).toBe(`${megawatts.toFixed(1)} MW`);
  expect(textOf(bodyOf(SUMMARY, page))).toContain(`draw ${megawatts.toFixed(1)} MW`);
});

test('says what is promised, and what a month costs to the coin', () => {
  const page = pageOf('portfolio');
  const cards = cardsOf(page);
  expect(cards.get('Promised')).toEqual({
    figure: '588B USD',
    note: '4 commitments; 1 undisclosed sum; 547B USD of it is not expected to be spent',
    chapter: 'money',
  });
  const months = (at?: string) => {
    const { rows } = spendReport(page.estate, { by: 'cloud', ...(at !== undefined && { at }) });
    return sum(rows.map(({ perMonth }) => Number(perMonth))).toLocaleString('en-US', { minimumFractionDigits: 2 });
  };
  expect(cards.get('Spend a month')?.figure).toBe('754M USD');
  expect(cards.get('Spend a month')?.note).toBe(
    `${months()} when everything stands; ${months(PAGE_DAY)} on ${PAGE_DAY}; 16 entries without a price`,
  );
});

test('says in a sentence how much of what is promised is not expected to be spent', () => {
  expect(textOf(bodyOf(SUMMARY, pageOf('portfolio')))).toContain(
    'Promised to providers: 588B USD, and 1 sum not disclosed; 547B USD of it is not expected to be spent.',
  );
  expect(textOf(bodyOf(SUMMARY, pageOf('frontier')))).not.toContain('expected to be spent');
});

test('says no sum where there are no prices and no commitments', () => {
  const titles = [...cardsOf(pageOf('linked')).keys()];
  expect(titles).not.toContain('Promised');
  expect(titles).not.toContain('Spend a month');
});

test('says what keeps no logs, what nothing watches and which stores are copied nowhere', () => {
  const page = pageOf('minimal');
  const cards = cardsOf(page);
  const [logs, alarms] = [logsRows(page.plan), alarmsRows(page.plan)];
  const clusters = logs.filter(({ entry }) => entry.startsWith('clusters.'));
  const bare = clusters.filter(({ days, where }) => days === undefined && where === '');
  const unwatched = alarms.filter(({ tells }) => tells.length === 0);
  expect([bare.length, unwatched.length]).toEqual([3, 4]);
  expect(cards.get('Clusters without logs')).toEqual({ figure: '3', note: 'of 4 clusters', chapter: 'owners' });
  expect(cards.get('Unwatched')).toEqual({
    figure: '4',
    note: 'of 5 accounts, clusters, pools and file systems',
    chapter: 'owners',
  });
  expect(textOf(bodyOf(SUMMARY, page))).toContain(
    'Of 4 clusters 3 keep no audit logs; of 5 accounts, clusters, pools and file systems 4 have no alarms',
  );
});

test.each(['frontier', 'queue', 'linked', 'portfolio', 'existing'])('counts stores of %s without a copy', (example) => {
  const page = pageOf(example);
  const stores = storeRows(page.estate, page.plan).filter(({ kind, state }) => kind === 'object' && state === 'made');
  const replications = replicationRows(page.plan);
  const bare = stores.filter(({ store }) => !replications.some(({ from, to }) => [from, to].includes(store)));
  expect(cardsOf(page).get('Stores without a copy')?.figure).toBe(bare.length === 0 ? undefined : counts(bare.length));
});

test('names the next day on which something happens', () => {
  const page = pageOf('portfolio');
  const [next] = calendarRows(page.estate, { from: PAGE_DAY });
  expect(cardsOf(page).get('Next date')).toMatchObject({ figure: next?.date, chapter: 'timeline' });
  const later = pageOf('portfolio', '2027-01-01');
  expect(cardsOf(later).get('Next date')?.figure).toBe('2027-01-01');
});

test('names the cloud with most accelerators only where there is one', () => {
  expect(textOf(bodyOf(SUMMARY, pageOf('frontier')))).toContain('100,800 accelerators or 50%, is on Azure.');
  expect(textOf(bodyOf(SUMMARY, pageOf('minimal')))).not.toContain('The largest part');
  expect(textOf(bodyOf(SUMMARY, pageOf('aws')))).not.toContain('The largest part');
});

test('takes names as text', () => {
  const { estate } = pageOf('minimal');
  const name = '<b>"&amp;</b>';
  const html = bodyOf(SUMMARY, { ...pageFrom(estate), plan: { ...pageFrom(estate).plan, name } }) ?? '';
  expect(html).not.toContain('<b>');
  expect(html).toContain('&lt;b>');
});

test('says where nobody knows what the estate costs', () => {
  const without = 'The estate has no prices, so what it costs is not known.';
  expect(textOf(bodyOf(SUMMARY, pageOf('frontier')))).toContain(without);
  expect(textOf(bodyOf(SUMMARY, pageOf('minimal')))).toContain(without);
  expect(textOf(bodyOf(SUMMARY, pageOf('portfolio')))).not.toContain(without);
});
