import { type Diagnostic, EstateError } from '../../../estate/diagnostics';
import { filesOf } from '../../../estate/spec/files';
import { type LoadedEstate, parseEstate } from '../../../estate/spec/load';

type Texts = Readonly<Record<string, string>>;

const BASE = `estate: v1
name: atlas
owner: { team: training, email: training@example.com }
accounts: { main: { cloud: aws, accountId: "111122223333", access: { administrators: ["arn:aws:iam::111122223333:role/platform"], ranges: [10.8.0.0/16] } } }
sites:
  ohio: { account: main, region: us-east-2, zones: [us-east-2a, us-east-2b] }
clusters:
  ohio:
    site: ohio
    mounts: [scratch, data]
    pools:
      train:
        accelerator: h200
        nodes: 16
        zone: us-east-2b
        capacity: { kind: reservation, ids: [cr-0a1b2c3d4e5f60718] }
      debug: { accelerator: l40s, nodes: 1, zone: us-east-2b }
stores:
  scratch: { kind: lustre, site: ohio, zone: us-east-2b, capacityGiB: 38400, throughputMBpsPerTiB: 500 }
  data: { kind: object, site: ohio }
`;
const HEAD = 'extends: estate.yaml\nname: atlas-dev\n';

/** The variant `estate.dev.yaml`, among files that are seen from its folder. */
function load({ 'estate.dev.yaml': main = '', ...others }: Texts): LoadedEstate {
  const parts = Object.entries({ 'estate.yaml': BASE, ...others }).map(([path, text]) => ({ path, name: path, text }));
  return parseEstate(main, 'estate.dev.yaml', filesOf(parts));
}

const variant = (text: string, others: Texts = {}) => load({ ...others, 'estate.dev.yaml': `${HEAD}${text}` });

function findingsIn(text: string, others: Texts = {}): readonly Diagnostic[] {
  try {
    return load({ ...others, 'estate.dev.yaml': text }).warnings;
  } catch (error) {
    if (error instanceof EstateError) return error.diagnostics;
    throw error;
  }
}

/** Findings as `file:line:column code path: message`. */
function told(text: string, others: Texts = {}): string[] {
  return findingsIn(text, others).map(
    ({ at, code, path, message }) => `${at?.file}:${at?.line}:${at?.column} ${code} ${path}: ${message}`,
  );
}

describe('a variant of an estate', () => {
  test('is the base with another name where it says nothing more', () => {
    const { estate, parts, header } = variant('');
    expect(estate).toEqual({ ...parseEstate(BASE, 'estate.yaml').estate, name: 'atlas-dev' });
    expect([header, parts.map(({ path }) => path)]).toEqual([{ extends: 'estate.yaml' }, ['estate.yaml']]);
  });

  test('is merged by key: what it says stands for what the base says, lists whole', () => {
    const { estate } = variant(`clusters:
  ohio:
    mounts: [data]
    pools:
      train: { nodes: 2 }
      more: { accelerator: l40s, nodes: 3, zone: us-east-2a }
`);
    const { mounts, pools, site } = estate.clusters.ohio ?? {};
    expect([site, mounts, Object.keys(pools ?? {})]).toEqual(['ohio', ['data'], ['train', 'debug', 'more']]);
    expect(pools?.train).toMatchObject({ accelerator: 'h200', nodes: 2, capacity: { kind: 'reservation' } });
  });

  test.each(['null', '~'])('removes what it gives %s for', (nothing) => {
    const { estate, positions } = variant(
      `clusters: { ohio: { mounts: [data], pools: { debug: ${nothing} } } }\nstores: { scratch: ${nothing} }`,
    );
    expect([Object.keys(estate.clusters.ohio?.pools ?? {}), Object.keys(estate.stores)]).toEqual([['train'], ['data']]);
    expect(positions.holds(['stores', 'scratch'])).toBe(false);
    expect(positions.locate(['stores', 'scratch'], 'key')).toMatchObject({ file: 'estate.dev.yaml', line: 4 });
  });

  test('takes an entry of another kind whole, for the other keys of the base would not fit', () => {
    const { estate, positions } = variant(
      'clusters: { ohio: { pools: { train: { capacity: { kind: on-demand } } } } }',
    );
    expect(estate.clusters.ohio?.pools.train?.capacity).toEqual({ kind: 'on-demand' });
    expect(positions.holds(['clusters', 'ohio', 'pools', 'train', 'capacity', 'ids'])).toBe(false);
    expect(positions.holds(['clusters', 'ohio', 'pools', 'train', 'nodes'])).toBe(true);
  });

  test('keeps the other keys of an entry whose kind it repeats', () => {
    const { estate } = variant('stores: { data: { kind: object, retainDays: 7 } }');
    expect(estate.stores.data).toEqual({ kind: 'object', site: 'ohio', retainDays: 7 });
  });

  test('may include files, and extend an estate in several files that lie elsewhere', () => {
    const { estate, parts } = load({
      'estate.dev.yaml': 'include: [dev]\nextends: ../atlas/estate.yaml\n',
      'dev/name.yaml': 'name: atlas-dev',
      'dev/size.yaml': 'stores: { data: { retainDays: 7 } }',
      '../atlas/estate.yaml': `include: [stores]\n${BASE.replace(/^ {2}data: .*\n/m, '')}`,
      '../atlas/stores/data.yaml': 'stores: { data: { kind: object, site: ohio, retainDays: 30 } }',
    });
    expect([estate.name, estate.stores.data]).toEqual(['atlas-dev', { kind: 'object', site: 'ohio', retainDays: 7 }]);
    expect(parts.map(({ path }) => path)).toEqual([
      'dev/name.yaml',
      'dev/size.yaml',
      '../atlas/estate.yaml',
      '../atlas/stores/data.yaml',
    ]);
  });

  test('places a value where it was written last', () => {
    const { positions } = variant('clusters:\n  ohio:\n    pools:\n      train:\n        nodes: 2\n');
    const pool = ['clusters', 'ohio', 'pools', 'train'];
    expect(positions.locate([...pool, 'nodes'])).toMatchObject({
      file: 'estate.dev.yaml',
      line: 7,
      text: '        nodes: 2',
    });
    expect(positions.locate([...pool, 'zone'])).toMatchObject({ file: 'estate.yaml', line: 15 });
    expect(positions.locate(['sites', 'ohio'], 'key')).toMatchObject({ file: 'estate.yaml', line: 6 });
    expect(positions.written([...pool, 'accelerator'])).toBe('h200');
  });

  test('tells what is wrong at the place that has to change', () => {
    expect(
      told(
        `${HEAD}clusters:\n  ohio: { pools: { train: { accelerator: h2000 } } }\nstores: { data: { site: ohioo } }\n`,
      ),
    ).toEqual([
      expect.stringMatching(/^estate\.dev\.yaml:4:42 UnknownAccelerator clusters\.ohio\.pools\.train\.accelerator: /),
      expect.stringMatching(/^estate\.dev\.yaml:5:25 UnknownReference stores\.data\.site: /),
      expect.stringMatching(/^estate\.yaml:10:23 MountSite clusters\.ohio\.mounts\.1: /),
    ]);
  });

  test('accepts the warnings that its base accepts, and need not have them', () => {
    const accepted = (pool: string) =>
      `  - { rule: RestrictedMachine, path: clusters.ohio.pools.${pool}, reason: CASE-1 }\n`;
    const base = `${BASE}acknowledge:\n${accepted('train')}`;
    const own = `${HEAD}acknowledge:\n${accepted('debug')}`;
    const [inherited, stale] = [told(HEAD, { 'estate.yaml': base }), told(own, { 'estate.yaml': base })];
    expect(inherited).toEqual([]);
    expect(stale).toEqual([
      'estate.dev.yaml:4:38 UnusedAcknowledgement acknowledge.1.path: RestrictedMachine does not warn at "clusters.ohio.pools.debug"',
    ]);
  });
});

test('takes nothing over of what its base was called first', () => {
  const renamed = BASE.replace('name: atlas', 'name: borealis\nrenamedFrom: atlas');
  const { estate } = load({ 'estate.yaml': renamed, 'estate.dev.yaml': 'extends: estate.yaml\nname: dev\n' });
  expect([estate.name, estate.renamedFrom]).toEqual(['dev', undefined]);
  const own = load({ 'estate.yaml': renamed, 'estate.dev.yaml': 'extends: estate.yaml\nname: dev\nrenamedFrom: test' });
  expect(own.estate.renamedFrom).toBe('test');
});

describe('a variant fails when', () => {
  test('its name is what its base was called first', () => {
    const base = { 'estate.yaml': BASE.replace('name: atlas', 'name: borealis\nrenamedFrom: atlas') };
    expect(told('extends: estate.yaml\nname: atlas', base)).toEqual([expect.stringContaining('2:7 VariantName name')]);
    expect(told('extends: estate.yaml\nname: borealis', base)).toEqual([expect.stringContaining('VariantName name')]);
    expect(told('extends: estate.yaml\nname: dev\nrenamedFrom: atlas', base)).toHaveLength(1);
    expect(told('extends: estate.yaml\nname: dev\nrenamedFrom: test', base)).toEqual([]);
  });

  test('it has the name of its base', () => {
    const message = `the variant is called "atlas", as the estate that it extends is: each would take the other's stacks, states and names for its own`;
    expect(told('extends: estate.yaml')).toEqual([`estate.dev.yaml:1:1 VariantName name: ${message}`]);
    expect(told('extends: estate.yaml\nname: atlas')).toEqual([`estate.dev.yaml:2:7 VariantName name: ${message}`]);
    expect(told('extends: estate.yaml\nname: atlas', { 'estate.yaml': BASE.replace('name: atlas\n', '') })).toEqual([]);
  });

  test('it removes what is not there', () => {
    const [found] = findingsIn(`${HEAD}stores: { scratc: null }`);
    expect(found).toMatchObject({
      code: 'NothingToRemove',
      path: 'stores.scratc',
      message: 'the base has no "scratc" that could be removed; did you mean "scratch"?',
      hint: 'remove the line',
      at: { file: 'estate.dev.yaml', line: 3, column: 11 },
    });
  });

  test('it has a key without a value, which may be a slip', () => {
    expect(told(`${HEAD}clusters:\nstores: { data: { retainDays: } }`)).toEqual([
      'estate.dev.yaml:3:1 MissingKey clusters: "clusters" has no value',
      'estate.dev.yaml:4:19 MissingKey stores.data.retainDays: "retainDays" has no value',
    ]);
  });

  test('it removes what is required', () => {
    expect(told(`${HEAD}owner: null`)).toEqual(['estate.dev.yaml:3:1 MissingKey owner: "owner" is missing']);
  });

  test.each([
    ['is not there', 'gone.yaml', {}, 'FileMissing extends: "gone.yaml" does not exist'],
    ['is itself', './estate.dev.yaml', {}, 'FileRepeated extends: "estate.dev.yaml" is this file itself'],
    ['is a folder', 'bases', { 'bases/a.yaml': '' }, 'FileUnreadable extends: "bases" is a folder, not a file'],
    ['is a path of one machine', '/a.yaml', {}, 'FilePath extends: "/a.yaml" is a path of one machine'],
  ])('what it extends %s', (_, path, others, message) => {
    expect(told(`name: atlas-dev\nextends: ${path}`, others)).toEqual([`estate.dev.yaml:2:10 ${message}`]);
  });

  test('what it extends is a variant itself', () => {
    const middle = 'name: atlas-test\nextends: estate.yaml';
    expect(told('name: atlas-dev\nextends: middle.yaml', { 'middle.yaml': middle })).toEqual([
      'middle.yaml:2:10 FileNested extends: "estate.yaml" is extended by a file that is extended itself',
    ]);
  });

  test.each([
    ['is not YAML', 'a: [1', 'YamlSyntax'],
    ['is a list', '- a', 'NotAnEstate'],
    ['is empty', '', 'NotAnEstate'],
  ])('what it extends %s', (_, text, code) => {
    expect(findingsIn(HEAD, { 'estate.yaml': text }).map((found) => [found.code, found.at?.file])).toEqual([
      [code, 'estate.yaml'],
    ]);
  });
});
