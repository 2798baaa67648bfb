import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CLOUDS } from '../../../estate/catalog';
import { identityReport } from '../../../estate/report/identity';
import { linksReport } from '../../../estate/report/links';
import { partLossRows } from '../../../estate/report/part-losses';
import { addressRows, supernetRows } from '../../../estate/report/views';
import { type Estate, estateSchema } from '../../../estate/spec/schema';
import { NETWORK } from '../../../page/sections/network';
import { ROOT } from '../../helpers/cli';
import { linkedEstate, SOME_LINKS } from '../../helpers/linked';
import { asCells, keyedRows, readTables, tableOf, textOf } from '../../helpers/page-tables';
import { bodyOf, pageFrom, pageOf } from '../../helpers/pages';

const EXAMPLES = readdirSync(join(ROOT, 'examples')).flatMap((name) =>
  name.endsWith('.yaml') ? [name.slice(0, -'.yaml'.length)] : [],
);
const HOSTILE = '"><img src=x onerror=alert(1)>&';
const LINKED = linkedEstate(SOME_LINKS);

/** An estate with the entries of its maps in the other order. */
function reversed(estate: Estate): Estate {
  const text = JSON.parse(JSON.stringify(estate));
  for (const map of ['sites', 'stores', 'clusters', 'links', 'grants'])
    text[map] = Object.fromEntries(Object.entries(text[map]).reverse());
  return estateSchema.parse(text);
}

/** Examples with their chapters, each drawn once. */
const DRAWN = EXAMPLES.map((example) => {
  const page = pageOf(example);
  return { example, page, html: bodyOf(NETWORK, page) };
});

describe.each(DRAWN)('the network of $example', ({ page, html }) => {
  const tables = readTables(html);
  const of = (view: string) => tables.filter((table) => table.view === view);

  test('has every range with how full it is, as show addresses has them', () => {
    expect(of('addresses').map(keyedRows)).toEqual([asCells(addressRows(page.plan))]);
  });

  test('has what networks are cut from', () => {
    const { rows } = tableOf(html, 'What networks are cut from, in addresses');
    expect(rows).toEqual(
      supernetRows(page.plan.supernets).map((row) =>
        [
          row.supernet,
          row.cloud,
          row.usedPercent,
          row.allocated,
          row.released,
          row.excluded,
          row.free,
          row.freeBlocks,
        ].map(String),
      ),
    );
  });

  test('has every link, as show links has them, and nothing of links where there are none', () => {
    const { rows } = linksReport(page.plan);
    const flat = rows.map(({ tunnels: _, pending: __, completes: ___, devices: ____, ...row }) => row);
    expect(of('links').map(keyedRows)).toEqual(rows.length === 0 ? [] : [asCells(flat)]);
    expect(html?.includes('<h3>Links</h3>')).toBe(rows.length > 0);
  });

  test('has every grant, as show identity has them, and nothing of grants where there are none', () => {
    const { rows } = identityReport(page.plan);
    const flat = rows.map(({ pending: _, client: __, ...row }) => row);
    const [tokens] = tables.filter(({ title }) => title === 'By which token each is let in, and as whom');
    const parts = of('identity').map((edges) => {
      const known = tokens === undefined ? [] : keyedRows(tokens);
      return keyedRows(edges).map((row, at) => ({ ...row, ...known[at] }));
    });
    expect(parts).toEqual(rows.length === 0 ? [] : [asCells(flat)]);
    expect(html?.includes('<h3>Who may use which store</h3>')).toBe(rows.length > 0);
  });
});

describe.each(DRAWN)('the map of $example', ({ page: { plan }, html = '' }) => {
  const tiles = tilesOf(html);
  const sites = CLOUDS.flatMap((cloud) => plan.sites(cloud).map(({ key }: { readonly key: string }) => key));

  test('has a tile for each site, behind one for what networks of its cloud are cut from', () => {
    const supernets = plan.supernets.map(({ cloud }) => plan.catalog.clouds[cloud].title);
    expect(tiles.map(({ title }) => title).sort()).toEqual([...supernets, ...sites].sort());
  });

  test('has every range once in the tile of its site, with its block', () => {
    for (const site of sites) {
      const tile = tiles.find(({ title }) => title === site);
      const own = addressRows(plan).filter(({ key }) => key.split('.')[1] === site);
      expect(tile?.texts.filter((text) => text.includes('/')).sort()).toEqual(own.map(({ cidr }) => cidr).sort());
    }
  });

  test('fills the strip of each block as far as it is used, and of each supernet', () => {
    const used = [
      ...addressRows(plan).map(({ cidr, usedPercent }) => [cidr, usedPercent] as const),
      ...supernetRows(plan.supernets).map(({ supernet, usedPercent }) => [supernet, usedPercent] as const),
    ].flatMap(([cidr, percent]) => (percent === undefined ? [] : [{ cidr, percent }]));
    const strips = tiles.flatMap((tile) => tile.strips);
    expect(strips.map(({ cidr }) => cidr).sort()).toEqual(used.map(({ cidr }) => cidr).sort());
    for (const { cidr, percent } of used) {
      const strip = strips.find((one) => one.cidr === cidr);
      expect(Math.abs((strip?.filled ?? 0) - percent)).toBeLessThan(0.1);
      expect(strip?.figure).toBe(`${percent.toFixed(1)}% used`);
    }
  });

  test('has every link once, with its bandwidth, where there are links', () => {
    const { rows } = linksReport(plan);
    const [picture = ''] = /<svg[^>]*aria-labelledby="network-links-title".*?<\/svg>/s.exec(html) ?? [];
    const texts = [...picture.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].map(([, text]) => textOf(text));
    const shown = rows.flatMap(({ link }) => texts.flatMap((text, at) => (text === link ? [texts[at + 2]] : [])));
    // A place of the company may be called as its link is.
    const places = plan.links.flatMap(({ sides }) => sides.map(({ site }) => site));
    expect(shown.filter((text) => text?.endsWith('Gbit/s'))).toEqual(rows.map(({ gbps }) => `${gbps} Gbit/s`));
    expect(shown.length - rows.length).toBe(rows.filter(({ link }) => places.includes(link)).length);
  });
});

/** The tiles of a map: their titles and texts, and how far their strips are filled, in percent. */
function tilesOf(html = '') {
  const [, map = ''] = /<figure>(.*?)<\/figure>/s.exec(html) ?? [];
  return [...map.matchAll(/<svg[^>]*>(.*?)<\/svg>/gs)].map(([, inside = '']) => {
    const marks = [...inside.matchAll(/<text[^>]*>(.*?)<\/text>|<rect [^>]*width="([\d.]+)"[^>]*fill="([^"]*)"/gs)];
    const read = (text: string) => textOf(text.replace(/<title>.*<\/title>/, ''));
    const texts = marks.flatMap(([, text]) => (text === undefined ? [] : [read(text)]));
    const strips: { cidr: string; figure: string; filled: number }[] = [];
    const before: string[] = [];
    for (const [, text, width, fill] of marks) {
      if (text !== undefined) before.push(read(text));
      else if (fill === 'var(--land)')
        strips.push({ cidr: before.at(-2) ?? '', figure: before.at(-1) ?? '', filled: 0 });
      else
        strips.push(
          ...strips.splice(-1).map((strip) => ({ ...strip, filled: strip.filled + (Number(width) / 316) * 100 })),
        );
    }
    return { title: texts[0] ?? '', texts, strips };
  });
}

test('says in a sentence how many ranges there are and what is fullest', () => {
  expect(textOf(bodyOf(NETWORK, pageOf('frontier')))).toContain(
    '154 ranges at 18 sites. The fullest network is 10.65.0.0/16 of virginia, used to 53.1%. Azure has least left: 22 /16 of 10.128.0.0/11.',
  );
});

test('says what halves of links wait for, and who tells it', () => {
  const html = bodyOf(NETWORK, pageFrom(LINKED));
  expect(textOf(html)).toContain('wait for what other stacks tell');
  const waiting = readTables(html).find(({ title }) => title.startsWith('Halves of links that wait'));
  expect(waiting?.rows).toContainEqual([
    'ohio-eastus2',
    'ohio',
    'is not made yet',
    'atlas-ohio-eastus2-ohio-link',
    'gateways.eastus2.addresses',
    'atlas-eastus2-gateway',
  ]);
});

test('says which parts are no single points of failure though their loss cuts ends', () => {
  const { plan } = pageOf('circuits');
  const cutting = partLossRows(plan).filter(({ cut }) => cut.length > 0);
  expect(cutting.map(({ part }) => part)).toContain('aws-google/circuit-1');
  expect(textOf(bodyOf(NETWORK, pageOf('circuits')))).toContain(
    `circuits that are sold with redundancy inside. Should one of them be lost whole, ends are cut from each other: ${cutting.length} parts would do so`,
  );
});

test('says what the loss of a part cuts, and which ends have a single point of failure', () => {
  const html = bodyOf(NETWORK, pageOf('circuits'));
  const losses = readTables(html).find(({ title }) => title.startsWith('What the loss of one part takes'));
  expect(losses?.rows).toContainEqual(['oregon/gateway', 'gateway', '5', 'dublin - oregon, oregon - virginia', '']);
  expect(textOf(html)).toContain('8 links of 35 Gbit/s in all: all are ready.');
});

test('gives addresses of both ends of every tunnel, and what devices of the company need', () => {
  const html = bodyOf(NETWORK, pageOf('circuits'));
  expect(tableOf(html, 'Tunnels, with the addresses of both ends').rows[0]).toEqual([
    'dublin/tunnel-1',
    '169.254.64.0/30',
    'oregon',
    '169.254.64.1',
    '203.0.113.10',
    'dublin',
    '169.254.64.2',
    '198.51.100.10',
  ]);
  const devices = readTables(html).find(({ title }) => title.startsWith('What the company'));
  expect(devices?.rows[0]).toEqual([
    'dublin',
    'dublin',
    'oregon',
    '65010',
    '64514',
    '10.20.0.0/16',
    '10.64.0.0/16',
    '4',
    'orbit-dublin-oregon-link',
  ]);
});

test('counts ranges that make a tile longer than others, and has all of them in the table', () => {
  const page = pageOf('minimal');
  const more = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`sites.iowa.shards.more-${index}.nodes`, `10.161.${index}.0/24`]),
  );
  const html = bodyOf(NETWORK, { ...page, plan: { ...page.plan, addresses: { ...page.plan.addresses, ...more } } });
  const lines = tilesOf(html).find(({ title }) => title === 'iowa')?.texts ?? [];
  expect(lines.slice(-2)).toEqual(['more, in the table', '25']);
  expect(lines.filter((text) => text.endsWith('/24'))).toHaveLength(36);
  expect(tableOf(html, 'Ranges').rows).toHaveLength(22 + 60);
});

test('names the place where circuits are joined, where the estate does', () => {
  const { estate } = pageOf('circuits');
  const text = JSON.parse(JSON.stringify(estate));
  text.links['aws-google'].location = 'Ashburn DC2';
  const { columns, rows } = tableOf(bodyOf(NETWORK, pageFrom(estateSchema.parse(text))), 'Links');
  const at = columns.findIndex(({ title }) => title === 'Peering location');
  expect(rows.map((row) => [row[0], row[at]]).filter(([, place]) => place !== '')).toEqual([
    ['aws-google', 'Ashburn DC2'],
  ]);
});

test('takes names as text, whatever they say', () => {
  const text = JSON.parse(JSON.stringify(pageOf('existing').estate));
  text.sites.iowa.network.existing.id = HOSTILE;
  const html = bodyOf(NETWORK, pageFrom(estateSchema.parse(text))) ?? '';
  expect(html).not.toContain('<img');
  expect(textOf(html)).toContain(HOSTILE);
});

test('is the same whatever the order of entries in the file', () => {
  expect(bodyOf(NETWORK, pageFrom(reversed(LINKED)))).toBe(bodyOf(NETWORK, pageFrom(LINKED)));
});
