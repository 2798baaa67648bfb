import { geoContains, geoDistance } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { CATALOG, CLOUDS, type Cloud } from '../../../estate/catalog';
import { COUNTRIES, countryOf } from '../../../estate/catalog/countries';
import { PLACES, type Place, placeOf, zonePlaceOf } from '../../../estate/catalog/places';

/** Countries that places lie in, by their number in ISO 3166, which the atlas has. */
const NUMBERS: Readonly<Record<string, string>> = {
  AE: '784',
  AR: '032',
  AT: '040',
  AU: '036',
  BE: '056',
  BH: '048',
  BR: '076',
  CA: '124',
  CH: '756',
  CL: '152',
  CN: '156',
  CO: '170',
  DE: '276',
  DK: '208',
  ES: '724',
  FI: '246',
  FR: '250',
  GB: '826',
  GR: '300',
  HK: '344',
  ID: '360',
  IE: '372',
  IL: '376',
  IN: '356',
  IT: '380',
  JP: '392',
  KR: '410',
  MA: '504',
  MX: '484',
  MY: '458',
  NG: '566',
  NL: '528',
  NO: '578',
  NZ: '554',
  OM: '512',
  PE: '604',
  PH: '608',
  PL: '616',
  QA: '634',
  SA: '682',
  SE: '752',
  SG: '702',
  TH: '764',
  TR: '792',
  TW: '158',
  US: '840',
  VN: '704',
  ZA: '710',
};

/** Regions of which nobody has put down the country yet. */
const COUNTRIES_HERE: Readonly<Record<string, string>> = { 'me-west-1': 'SA' };

/** Countries of Local Zones by the airport in their name, where it is not that of their region. */
const AIRPORTS: Readonly<Record<string, string>> = {
  akl: 'NZ',
  ath: 'GR',
  bkk: 'TH',
  bue: 'AR',
  cph: 'DK',
  han: 'VN',
  hel: 'FI',
  ist: 'TR',
  lim: 'PE',
  los: 'NG',
  mct: 'OM',
  mnl: 'PH',
  qro: 'MX',
  scl: 'CL',
  tpe: 'TW',
  waw: 'PL',
};

/** Zones away from their region of which nobody says where they lie. */
const UNPUBLISHED = ['us-central1-ai1a', 'us-south1-ai1b'];

/** Regions of one cloud in one metropolitan area, whose points are the same. */
const TOGETHER = [
  ['us-east-2', 'us-gov-east-1'],
  ['us-gov-west-1', 'us-west-2'],
  ['australiacentral', 'australiacentral2'],
  ['ap-singapore-1', 'ap-singapore-2'],
  ['eu-madrid-1', 'eu-madrid-3'],
];

const EARTH_RADIUS_KM = 6371;
/** The atlas draws coasts with straight lines, so that harbours stand in the water. */
const COAST_KM = 10;
/** How far apart two points may be that are both said to be one metropolitan area. */
const METRO_KM = 60;

const atlas: Topology<{ countries: GeometryCollection }> = require('world-atlas/countries-50m.json');
const atlasShapes = feature(atlas, atlas.objects.countries).features;

function point({ longitude, latitude }: Place): [number, number] {
  return [longitude, latitude];
}

function kilometres(one: [number, number], other: [number, number]): number {
  return geoDistance(one, other) * EARTH_RADIUS_KM;
}

/** What a country is drawn by; some have islands that are drawn apart. */
function shapesOf(country: string) {
  const shapes = atlasShapes.filter(({ id }) => id === NUMBERS[country]);
  return shapes.flatMap(({ geometry }) =>
    geometry.type === 'Polygon' || geometry.type === 'MultiPolygon' ? [geometry] : [],
  );
}

/** The corners of the lines around a country. */
function cornersOf(country: string): [number, number][] {
  return shapesOf(country)
    .flatMap((shape) => (shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat()))
    .flat()
    .map(([longitude = 0, latitude = 0]) => [longitude, latitude]);
}

function liesIn(place: Place, country: string): boolean {
  return (
    shapesOf(country).some((shape) => geoContains(shape, point(place))) ||
    cornersOf(country).some((corner) => kilometres(corner, point(place)) < COAST_KM)
  );
}

const regions = CLOUDS.flatMap((cloud) => CATALOG[cloud].regions.names.map((region) => ({ cloud, region })));
const zones = CLOUDS.flatMap((cloud) =>
  Object.entries(CATALOG[cloud].regions.rows).flatMap(([region, { remoteZones = {} }]) =>
    Object.keys(remoteZones).map((zone) => ({ cloud, region, zone })),
  ),
);
const regionPlaces = regions.flatMap(({ cloud, region }) => {
  const place = placeOf(cloud, region);
  return place === undefined
    ? []
    : [{ cloud, name: region, place, country: countryOf(cloud, region) ?? COUNTRIES_HERE[region] }];
});
const zonePlaces = zones.flatMap(({ cloud, region, zone }) => {
  const place = zonePlaceOf(cloud, zone);
  const airport = zone.slice(region.length + 1).split('-')[0] ?? '';
  return place === undefined
    ? []
    : [{ cloud, name: zone, place, country: AIRPORTS[airport] ?? countryOf(cloud, region) }];
});
const places = [...regionPlaces, ...zonePlaces];

function namesIn(cloud: Cloud, kind: 'regions' | 'zones'): string[] {
  return PLACES[cloud][kind].flatMap((row) => Object.keys(row.places));
}

describe('places of regions', () => {
  test('are known of every region of the catalog, each once and of no other', () => {
    for (const cloud of CLOUDS) {
      const known = new Set([...CATALOG[cloud].regions.names, ...Object.values(COUNTRIES[cloud].regions).flat()]);
      expect(namesIn(cloud, 'regions').sort()).toEqual([...known].sort());
    }
  });

  test('are known of every zone away from its region, but for those that are not published', () => {
    const placed = zonePlaces.map(({ name }) => name);
    expect(CLOUDS.flatMap((cloud) => namesIn(cloud, 'zones')).sort()).toEqual([...placed].sort());
    expect(zones.map(({ zone }) => zone).filter((zone) => !placed.includes(zone))).toEqual(UNPUBLISHED);
  });

  test('are points on the globe, as exact as a metropolitan area is', () => {
    for (const { name, place } of places) {
      const { latitude, longitude } = place;
      expect([name, Math.abs(latitude) <= 90, Math.abs(longitude) <= 180]).toEqual([name, true, true]);
      expect([name, latitude, longitude]).toEqual([name, Number(latitude.toFixed(2)), Number(longitude.toFixed(2))]);
    }
  });

  test('lie in the country of their region', () => {
    const elsewhere = places.filter(({ place, country }) => country === undefined || !liesIn(place, country));
    expect(elsewhere.map(({ name, country }) => [name, country])).toEqual([]);
  });

  test('lie elsewhere than the other regions of their cloud, but where several are in one metropolitan area', () => {
    const pairs = regionPlaces.flatMap((one) =>
      regionPlaces
        .filter((other) => other.cloud === one.cloud && other.name > one.name)
        .filter((other) => kilometres(point(other.place), point(one.place)) === 0)
        .map((other) => [one.name, other.name]),
    );
    expect(pairs).toEqual(TOGETHER);
  });

  test('are the same metropolitan area where two clouds name the same town', () => {
    const town = ({ title, town: named }: Place) => named ?? title.replace(/,.*/, '');
    const apart = places.flatMap((one) =>
      places
        .filter((other) => other.cloud > one.cloud && town(other.place) === town(one.place))
        .filter((other) => kilometres(point(one.place), point(other.place)) > METRO_KM)
        .map((other) => [one.name, other.name]),
    );
    expect(apart).toEqual([]);
  });

  test('say what the provider calls them, and the town where that is something larger', () => {
    expect(placeOf('aws', 'us-east-1')).toMatchObject({ title: 'N. Virginia', town: 'Ashburn', latitude: 39.04 });
    expect(placeOf('google', 'us-central1')).toMatchObject({ title: 'Council Bluffs, Iowa', longitude: -95.86 });
    expect(placeOf('google', 'us-central1')).not.toHaveProperty('town');
    expect(zonePlaceOf('aws', 'us-east-1-dfw-2a')).toMatchObject({ title: 'Dallas' });
  });

  test('come with their source, and with what is assumed', () => {
    expect(placeOf('oracle', 'us-phoenix-1')).not.toHaveProperty('unverified');
    expect(placeOf('azure', 'ukwest')).toMatchObject({
      source: expect.stringContaining('locations.tf.json'),
      checked: '2026-11',
      unverified: expect.stringContaining('the city is taken'),
    });
  });

  test('are not made up for what the catalog does not know', () => {
    expect(placeOf('aws', 'us-east-9')).toBeUndefined();
    expect(placeOf('aws', 'constructor')).toBeUndefined();
    expect(placeOf('azure', 'us-east-1')).toBeUndefined();
    expect(zonePlaceOf('aws', 'us-east-1a')).toBeUndefined();
  });
});
