import fc from 'fast-check';
import { parse } from 'yaml';
import { isJsonObject, type JsonObject } from '../../terraform/document';
import { DiffScene, ESTATE, outline } from './scene';

type Change = (estate: JsonObject) => JsonObject;

/** An edit that must not replace or destroy anything. */
interface Harmless {
  readonly name: string;
  readonly change: Change;
}

function at(object: JsonObject, [step, ...rest]: readonly string[], change: (value: unknown) => unknown): JsonObject {
  if (step === undefined) return object;
  const inner = object[step];
  return { ...object, [step]: rest.length === 0 ? change(inner) : at(isJsonObject(inner) ? inner : {}, rest, change) };
}

const set =
  (path: string, value: unknown): Change =>
  (estate) =>
    at(estate, path.split('.'), () => value);
const grow =
  (path: string, by: number): Change =>
  (estate) =>
    at(estate, path.split('.'), (size) => Number(size) + by);
const append =
  (path: string, value: string): Change =>
  (estate) =>
    at(estate, path.split('.'), (list) => [...(Array.isArray(list) ? list : []), value]);

/** Every map of a value in another order; lists keep theirs. */
function reordered(value: unknown, pick: (count: number) => number): unknown {
  if (Array.isArray(value)) return value.map((element) => reordered(element, pick));
  if (!isJsonObject(value)) return value;
  const left = Object.entries(value);
  const entries: [string, unknown][] = [];
  while (left.length > 0) {
    const [entry] = left.splice(pick(left.length), 1);
    if (entry !== undefined) entries.push([entry[0], reordered(entry[1], pick)]);
  }
  return Object.fromEntries(entries);
}

const ORACLE_IMAGE = 'ocid1.image.oc1.phx.ilcjhnnpcmabbfmhpnoakkjgjjfbjkpanmpmknngnogdoidoaboobmcgfdmb';
const key = fc.stringMatching(/^[a-z]{2,6}$/).map((text) => `new-${text}`);
const count = fc.integer({ min: 1, max: 4 });

const reservation = fc.stringMatching(/^[0-9a-f]{17}$/).map((hex) => `cr-${hex}`);
const fabric = fc.stringMatching(/^[a-z]{60}$/).map((text) => `ocid1.computegpumemoryfabric.oc1.phx.${text}`);

const harmless: fc.Arbitrary<Harmless> = fc.oneof(
  fc.stringMatching(/^[a-z]{3,10}$/).map((team) => ({ name: `team ${team}`, change: set('owner.team', team) })),
  fc
    .stringMatching(/^cc-\d{2,6}$/)
    .map((code) => ({ name: `cost center ${code}`, change: set('owner.costCenter', code) })),
  fc.array(fc.nat(), { minLength: 5, maxLength: 40 }).map((choices) => ({
    name: 'another order',
    change: (estate: JsonObject) => {
      let step = 0;
      const picked = reordered(estate, (size) => (choices[step++ % choices.length] ?? 0) % size);
      return isJsonObject(picked) ? picked : estate;
    },
  })),
  fc
    .tuple(fc.constantFrom('clusters.eastus2-gb300.pools.train.racks', 'clusters.iowa.pools.gb200.racks'), count)
    .map(([path, by]) => ({ name: `${path} + ${by}`, change: grow(path, by) })),
  count.map((by) => ({ name: `H200 + ${by}`, change: grow('clusters.southcentral-h200.pools.train.nodes', by * 60) })),
  count.map((by) => ({ name: `MI355X + ${by}`, change: grow('clusters.phoenix.pools.mi355x.nodes', by) })),
  reservation.map((id) => ({
    name: 'a capacity block',
    change: (estate: JsonObject) =>
      append('clusters.virginia.pools.gb200.capacity.ids', id)(grow('clusters.virginia.pools.gb200.racks', 1)(estate)),
  })),
  fabric.map((id) => ({
    name: 'a fabric',
    change: (estate: JsonObject) =>
      append(
        'clusters.phoenix.pools.gb300.capacity.fabrics',
        id,
      )(grow('clusters.phoenix.pools.gb300.racks', 1)(estate)),
  })),
  fc
    .tuple(
      key,
      fc.constantFrom(
        ['virginia', { accelerator: 'h200', nodes: 4, zone: 'us-east-1b' }] as const,
        ['southcentral-h200', { accelerator: 'h200', nodes: 4, zone: '1', capacity: { kind: 'dedicated' } }] as const,
        ['iowa', { accelerator: 'h200', nodes: 4, zone: 'us-central1-a', capacity: { kind: 'spot' } }] as const,
        ['phoenix', { accelerator: 'h200', nodes: 4, zone: 'Uocm:PHX-AD-1', image: ORACLE_IMAGE }] as const,
      ),
    )
    .map(([name, [cluster, pool]]) => ({
      name: `pool ${cluster}.${name}`,
      change: set(`clusters.${cluster}.pools.${name}`, pool),
    })),
  fc.tuple(key, fc.constantFrom('virginia', 'eastus2', 'southcentral', 'iowa', 'phoenix')).map(([name, site]) => ({
    name: `cluster ${name} at ${site}`,
    change: set(`clusters.${name}`, { site, ...(site === 'phoenix' && { systemPool: { image: ORACLE_IMAGE } }) }),
  })),
  fc.tuple(key, fc.constantFrom('virginia', 'eastus2', 'southcentral', 'iowa', 'phoenix')).map(([name, site]) => ({
    name: `bucket ${name} at ${site}`,
    change: set(`stores.${name}`, { kind: 'object', site }),
  })),
  fc
    .tuple(
      key,
      fc.constantFrom(
        { account: 'aws-main', region: 'us-west-2', zones: ['us-west-2a', 'us-west-2b'] },
        { account: 'azure-gb', region: 'westus3', zones: ['1'] },
        { account: 'google-main', region: 'us-east4', zones: ['us-east4-a'] },
      ),
    )
    .map(([name, site]) => ({ name: `site ${name} in ${site.region}`, change: set(`sites.${name}`, site) })),
);

describe('edits that must be harmless', () => {
  const estate: unknown = parse(ESTATE);
  let scene: DiffScene;
  beforeAll(() => {
    scene = new DiffScene();
  });
  afterAll(() => scene.close());

  test('replace and destroy nothing, whatever is combined', () => {
    const edits = fc.uniqueArray(harmless, { minLength: 1, maxLength: 4, selector: ({ name }) => name });
    fc.assert(
      fc.property(edits, (chosen) => {
        const base = isJsonObject(estate) ? estate : {};
        const edited = chosen.reduce((before, { change }) => change(before), base);
        const report = scene.diffTexts(JSON.stringify(edited));
        const lost = outline(report).filter((line) => /^(-|protected|refused)/.test(line));
        expect([chosen.map(({ name }) => name), lost]).toEqual([chosen.map(({ name }) => name), []]);
      }),
      { numRuns: 12 },
    );
  });

  test('change nothing at all by writing every map in another order', () => {
    const orders = fc.array(fc.nat(), { minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(orders, (choices) => {
        let step = 0;
        const edited = reordered(estate, (size) => (choices[step++ % choices.length] ?? 0) % size);
        expect(outline(scene.diffTexts(JSON.stringify(edited)))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
