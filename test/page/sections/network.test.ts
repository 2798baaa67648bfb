import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { identityReport } from '../../../estate/report/identity';
import { linksReport } from '../../../estate/report/links';
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

describe.each(EXAMPLES)('the network of %s', (example) => {
  const page = pageOf(example);
  const html = bodyOf(NETWORK, page);
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
    expect(of('identity').map(keyedRows)).toEqual(rows.length === 0 ? [] : [asCells(flat)]);
    expect(html?.includes('<h3>Who may use which store</h3>')).toBe(rows.length > 0);
  });
});

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
