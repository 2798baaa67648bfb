import { siteRows } from '../../../estate/report/sites';
import { parseEstate, readEstateText } from '../../../estate/spec/load';
import type { EstatePage } from '../../../page/model';
import { MAP } from '../../../page/sections/map';
import { tableOf, textOf } from '../../helpers/page-tables';
import { bodyOf, pageFrom, pageOf } from '../../helpers/pages';

const EXAMPLES = [
  'frontier',
  'portfolio',
  'queue',
  'minimal',
  'linked',
  'circuits',
  'existing',
  'aws',
  'azure',
  'google',
  'oracle',
  'aws-existing',
];

/** Circles whose area counts, of each map of the chapter in turn, by the site that they are of. */
function mapsOf(html: string): readonly ReadonlyMap<string, { readonly r: number; readonly html: string }>[] {
  return [...html.matchAll(/<svg .*?<\/svg>/gs)].map(([svg]) => {
    const groups = [...svg.matchAll(/<g data-cloud="[^"]*"[^>]*><circle .*?<title>([^<:]*): .*?<\/g>/gs)];
    return new Map(
      groups.map(([group, site = '']) => [
        site,
        { r: Number(/class="area"[^>]* r="([\d.]+)"/.exec(group)?.[1] ?? 0), html: group },
      ]),
    );
  });
}

function htmlOf(page: EstatePage): string {
  return bodyOf(MAP, page) ?? '';
}

describe.each(EXAMPLES)('the map of %s', (example) => {
  const page = pageOf(example);
  const rows = siteRows(page.estate, page.plan);
  const html = htmlOf(page);

  test('has every site, or says that it has not', () => {
    const [whole = new Map()] = mapsOf(html);
    const text = textOf(html);
    for (const { site, cloud, region, place } of rows) {
      if (place === undefined) expect(text).toContain(`${site} (${cloud} ${region})`);
      else expect([...whole.keys()]).toContain(site);
    }
  });

  test('has circles with areas as the accelerators of their sites', () => {
    for (const sites of mapsOf(html)) {
      const shares = rows.flatMap(({ site, accelerators }) => {
        const circle = sites.get(site);
        if (circle === undefined) return [];
        expect(circle.r > 0).toBe(accelerators > 0);
        return accelerators > 0 ? [circle.r ** 2 / accelerators] : [];
      });
      // Radii are rounded to a hundredth.
      if (shares.length > 0) expect(Math.max(...shares) / Math.min(...shares)).toBeLessThan(1.01);
    }
  });

  test('has a table of the same', () => {
    const { rows: cells } = tableOf(html, 'Sites');
    expect(cells.map(([site, , cloud, region]) => [site, cloud, region])).toEqual(
      rows.map(({ site, cloud, region }) => [site, cloud, region]),
    );
    expect(cells.map((row) => row[7])).toEqual(rows.map(({ accelerators }) => String(accelerators)));
    expect(cells.map((row) => row[9])).toEqual(rows.map(({ megawatts }) => String(megawatts ?? '')));
  });

  test('has land that is short to write', () => {
    const paths = [...html.matchAll(/ d="([^"]*)" fill="var\(--land\)"/g)].map(([, path = '']) => path.length);
    expect(paths.length).toBeGreaterThan(0);
    expect(Math.max(...paths)).toBeLessThan(45_000);
    expect(Math.min(...paths)).toBeGreaterThan(1000);
  });
});

test('names every site beside it, on the map of the world or on a larger one', () => {
  const page = pageOf('frontier');
  const maps = [...htmlOf(page).matchAll(/<svg .*?<\/svg>/gs)].map(([svg]) =>
    textOf(svg.replace(/<title>.*?<\/title>/g, '')),
  );
  expect(maps).toHaveLength(2);
  for (const { site } of siteRows(page.estate, page.plan)) expect(maps.some((text) => text.includes(site))).toBe(true);
});

test('tells no accelerators of an estate that has none, and names all of its sites', () => {
  const page = pageOf('circuits');
  const html = htmlOf(page);
  expect(html).not.toMatch(/accelerators(?!<\/button>|<\/th>)/);
  expect(html).toContain('<figcaption>Sites on the map</figcaption>');
  const [map = ''] = /<svg .*?<\/svg>/s.exec(html) ?? [];
  const names = [...map.matchAll(/<text [^>]*>(.*?)<\/text>/g)].map(([, text]) => textOf(text));
  expect(names.sort()).toEqual(
    siteRows(page.estate, page.plan)
      .map(({ site }, index) => `${index + 1} ${site}`)
      .sort(),
  );
  expect(textOf(htmlOf(pageOf('frontier')))).toContain('Sites; the area of a circle is the number of accelerators');
});

test('keeps sites of one town apart', () => {
  const [sites = new Map()] = mapsOf(htmlOf(pageOf('linked')));
  const circles = [...sites.values()].map(({ html }) => {
    const [, x, y, r] = /class="area" cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"/.exec(html) ?? [];
    return { x: Number(x), y: Number(y), r: Number(r) };
  });
  expect(circles).toHaveLength(4);
  for (const [index, one] of circles.entries()) {
    for (const other of circles.slice(index + 1)) {
      expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(one.r + other.r);
    }
  }
});

test('draws links between sites, and names those that lead elsewhere', () => {
  const page = pageOf('circuits');
  const html = htmlOf(page);
  for (const { key, sides } of page.plan.links) {
    if (sides.every(({ peer }) => peer !== 'on-premises')) expect(html).toContain(`<title>${key}: `);
  }
  expect(html).not.toContain('<title>dublin: ');
  expect(textOf(html)).toContain('Links that leave the clouds are not drawn: dublin.');
});

test('says by country where accelerators are', () => {
  const text = textOf(htmlOf(pageOf('frontier')));
  expect(text).toContain(
    '18 sites in 18 regions. Accelerators by country: United States 134,008, Netherlands 16,200, ',
  );
  expect(textOf(htmlOf(pageOf('circuits')))).toContain('By country: United States 8 sites.');
});

test('names zones away from their region', () => {
  expect(textOf(htmlOf(pageOf('frontier')))).toContain('us-east-1-dfw-2a of virginia (');
});

test('names sites in regions of which nobody says where they lie', () => {
  const text = readEstateText('examples/aws.yaml')
    .replace('sites:\n', 'sites:\n  far: { account: main, region: us-west-9, zones: [us-west-9a, us-west-9b] }\n')
    .concat(
      'catalog:\n  regions:\n    aws:\n      zones: { us-west-9: [us-west-9a, us-west-9b] }\n',
      '      source: announcement\n      checked: 2026-11\n',
    );
  const html = htmlOf(pageFrom(parseEstate(text, 'aws.yaml').estate));
  expect(textOf(html)).toContain(
    'Not on the map, since the catalog does not say where the region lies: far (AWS us-west-9).',
  );
  expect(tableOf(html, 'Sites').rows.map(([site]) => site)).toContain('far');
});

test('draws the same whatever the order of entries', () => {
  const { estate } = pageOf('linked');
  const turned = {
    ...estate,
    sites: Object.fromEntries(Object.entries(estate.sites).reverse()),
    links: Object.fromEntries(Object.entries(estate.links).reverse()),
  };
  expect(htmlOf(pageFrom(turned))).toBe(htmlOf(pageFrom(estate)));
});

test('takes teams as text', () => {
  const { estate } = pageOf('aws');
  const team = '<img src=x onerror=alert(1)>"&';
  const html = htmlOf(pageFrom({ ...estate, owner: { ...estate.owner, team } }));
  expect(html).not.toContain('<img');
  expect(textOf(html)).toContain(team);
});
