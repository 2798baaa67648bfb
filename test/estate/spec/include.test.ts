import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { planLoaded } from '../../../cli/app';
import { CLOUDS } from '../../../estate/catalog';
import { type Diagnostic, EstateError } from '../../../estate/diagnostics';
import { filesOf } from '../../../estate/spec/files';
import { type LoadedEstate, parseEstate } from '../../../estate/spec/load';
import { parseSource } from '../../../estate/spec/source';
import { ROOT } from '../../helpers/cli';

type Texts = Readonly<Record<string, string>>;

const HEAD = `estate: v1
name: atlas
owner: { team: training, email: training@example.com }
accounts: { main: { cloud: aws, accountId: "111122223333" } }
`;
const OHIO = 'ohio: { account: main, region: us-east-2, zones: [us-east-2a] }';
const OREGON = 'oregon: { account: main, region: us-west-2, zones: [us-west-2a] }';

/** The estate whose main file is `estate.yaml`, among files that are seen from its folder. */
function load({ 'estate.yaml': main = '', ...others }: Texts): LoadedEstate {
  const parts = Object.entries(others).map(([path, text]) => ({ path, name: path, text }));
  return parseEstate(main, 'estate.yaml', filesOf(parts));
}

function findingsOf(texts: Texts): readonly Diagnostic[] {
  try {
    return load(texts).warnings;
  } catch (error) {
    if (error instanceof EstateError) return error.diagnostics;
    throw error;
  }
}

/** Findings as `file:line:column code path: message`. */
function told(texts: Texts): string[] {
  return findingsOf(texts).map(
    ({ at, code, path, message }) => `${at?.file}:${at?.line}:${at?.column} ${code} ${path}: ${message}`,
  );
}

describe('an estate in several files', () => {
  test('is put together from files and from what stands in folders, in order of name', () => {
    const { estate, parts, header } = load({
      'estate.yaml': `include: [sites, stores.json]\n${HEAD}`,
      'sites/west.yaml': `sites: { ${OREGON} }`,
      'sites/east.yml': `# the first site\nestate: v1\nsites: { ${OHIO} }`,
      'sites/deeper/north.yaml': 'sites: { north: wrong }',
      'sites/notes.txt': 'nothing of the estate',
      'sites/.hidden.yaml': 'sites: { hidden: wrong }',
      'sites/east.lock.json': '{}',
      'stores.json': '{ "stores": { "data": { "kind": "object", "site": "ohio" } } }',
    });
    expect(Object.keys(estate.sites)).toEqual(['ohio', 'oregon']);
    expect(Object.keys(estate.stores)).toEqual(['data']);
    expect(header).toEqual({ include: ['sites', 'stores.json'] });
    expect(parts.map(({ path }) => path)).toEqual(['sites/east.yml', 'sites/west.yaml', 'stores.json']);
  });

  test('may leave any section to other files, those that are required too', () => {
    const { estate } = load({
      'estate.yaml': 'estate: v1\ninclude: [rest.yaml, empty.yaml]',
      'rest.yaml': HEAD,
      'empty.yaml': '# nothing yet\n',
    });
    expect([estate.name, Object.keys(estate.accounts)]).toEqual(['atlas', ['main']]);
  });

  test('unites fixed keys and joins lists, however deep they are', () => {
    const used = (cidr: string) => `addressing: { used: [{ cidr: ${cidr}, note: office }] }`;
    const machine = (name: string) =>
      `catalog: { quotas: { ${name}: { value: 9, source: CASE-1, checked: 2026-11 } } }`;
    const { estate } = load({
      'estate.yaml': `include: [a.yaml, b.yaml]\n${HEAD}addressing: { supernets: { aws: 10.64.0.0/12 } }`,
      'a.yaml': `${used('10.96.0.0/16')}\n${machine('aws-network-interfaces')}`,
      'b.yaml': `${used('10.97.0.0/16')}\n${machine('oracle-machine')}`,
    });
    expect(estate.addressing.supernets).toEqual({ aws: '10.64.0.0/12' });
    expect(estate.addressing.used.map(({ cidr }) => cidr)).toEqual(['10.96.0.0/16', '10.97.0.0/16']);
    expect(Object.keys(estate.catalog?.quotas ?? {})).toEqual(['aws-network-interfaces', 'oracle-machine']);
  });

  test('reads the files that lie above it', () => {
    const { estate } = load({
      'estate.yaml': `include: [../shared/]\n${HEAD}`,
      '../shared/x.yaml': `sites: { ${OHIO} }`,
    });
    expect(Object.keys(estate.sites)).toEqual(['ohio']);
  });

  test('tells the place of every finding in its own file, in the order of the files', () => {
    const texts = {
      'estate.yaml': `include: [sites, clusters.yaml]\n${HEAD}nam: x\n`,
      'sites/a.yaml': `sites:\n  ${OHIO.replace('us-east-2', 'us-east-22')}`,
      'clusters.yaml': 'clusters:\n  ohio:\n    site: ohioo\n    pools: { train: { accelerator: h2000, nodes: 2 } }\n',
    };
    expect(told(texts).map((line) => line.split(': ')[0])).toEqual([
      'estate.yaml:6:1 UnknownKey nam',
      'sites/a.yaml:2:34 RegionUnknown sites.ohio.region',
      'clusters.yaml:3:11 UnknownReference clusters.ohio.site',
    ]);
    const at = findingsOf(texts)[2]?.at;
    expect(at).toEqual({ file: 'clusters.yaml', line: 3, column: 11, length: 5, text: '    site: ohioo' });
  });

  test('tells what is missing at the entry that should have it', () => {
    const { positions } = load({
      'estate.yaml': `include: [a.yaml, b.yaml]\n${HEAD}`,
      'a.yaml': `sites:\n  ${OHIO}`,
      'b.yaml': `sites:\n  ${OREGON}`,
    });
    expect(positions.locate(['sites', 'oregon', 'pue'])).toMatchObject({ file: 'b.yaml', line: 2, column: 3 });
    expect(positions.locate(['sites', 'utah'])).toMatchObject({ file: 'a.yaml', line: 1 });
    expect(positions.locate(['stores'])).toMatchObject({ file: 'estate.yaml', line: 1, column: 1 });
    expect(positions.holds(['sites', 'oregon', 'zones', 0])).toBe(true);
    expect(['pue', 'zones.1'].map((key) => positions.holds(['sites', 'oregon', ...key.split('.')]))).toEqual([
      false,
      false,
    ]);
    expect(positions.written(['sites', 'ohio', 'region'])).toBe('us-east-2');
    expect(positions.holds(['include', 1])).toBe(true);
  });
});

describe('an estate in several files fails when', () => {
  test.each([
    ['a cluster stands in two', 'clusters:\n  a: { site: s }', 'clusters.a', 'a.yaml:2', 'b.yaml:2:3'],
    ['an owner stands in two', 'owner:\n  team: x', 'owner.team', 'estate.yaml:4', 'a.yaml:2:3'],
    ['a name stands in two', 'name: other', 'name', 'estate.yaml:3', 'a.yaml:1:1'],
    ['a state stands in two', 'state:\n  kind: local', 'state', 'a.yaml:1', 'b.yaml:1:1'],
  ])('%s', (_, text, path, first, second) => {
    const lines = told({ 'estate.yaml': `include: [a.yaml, b.yaml]\n${HEAD}`, 'a.yaml': text, 'b.yaml': text });
    const name = JSON.stringify(path.split('.').at(-1));
    expect(lines).toContain(`${second} DuplicateKey ${path}: ${name} is already given in ${first}`);
  });

  test('one of them is another version', () => {
    const lines = told({ 'estate.yaml': `include: [a.yaml]\n${HEAD}`, 'a.yaml': 'estate: v2' });
    expect(lines).toEqual(['a.yaml:1:1 DuplicateKey estate: "estate" is already given in estate.yaml:2']);
  });

  test.each([
    ['is not there', 'gone.yaml', 'FileMissing', '"gone.yaml" does not exist'],
    ['is a folder without estate files', 'texts', 'FolderEmpty', '"texts" has no estate file in it'],
    ['is a path of one machine', '/srv/estate.yaml', 'FilePath', '"/srv/estate.yaml" is a path of one machine'],
    ['is a path of one user', '~/estate.yaml', 'FilePath', '"~/estate.yaml" is a path of one machine'],
    ['is a path with a drive', 'C:/estate.yaml', 'FilePath', '"C:/estate.yaml" is a path of one machine'],
    ['is an address', 'https://example.com/a', 'FilePath', '"https://example.com/a" is a path of one machine'],
    ['has other slashes', 'sites\\a.yaml', 'FilePath', '"sites\\\\a.yaml" has "\\" between folders'],
    ['is a pattern', '*.yaml', 'FilePath', '"*.yaml" is a pattern'],
    ['is the file itself', './estate.yaml', 'FileRepeated', '"estate.yaml" is this file itself'],
  ])('what is included %s', (_, path, code, message) => {
    const lines = told({ 'estate.yaml': `${HEAD}include:\n  - '${path}'\n`, 'texts/a.txt': '' });
    expect(lines).toEqual([`estate.yaml:6:5 ${code} include.0: ${message}`]);
  });

  test('a file is included twice, also by its folder', () => {
    const texts = { 'a/x.yaml': `sites: { ${OHIO} }`, 'a/y.yaml': '' };
    expect(told({ ...texts, 'estate.yaml': `${HEAD}include: [a/x.yaml, a, "./a/../a/y.yaml"]` })).toEqual([
      'estate.yaml:5:21 FileRepeated include.1: "a/x.yaml" is included twice',
      'estate.yaml:5:24 FileRepeated include.2: "a/y.yaml" is included twice',
    ]);
  });

  test('an included file includes others', () => {
    expect(told({ 'estate.yaml': `${HEAD}include: [a.yaml]`, 'a.yaml': 'sites: {}\ninclude: [b.yaml]' })).toEqual([
      'a.yaml:2:1 FileNested include: "include" stands only in the file that a command is given',
    ]);
  });

  test('files cannot be read: then all of that is told, and nothing of what may stand there', () => {
    const lines = told({
      'estate.yaml': `${HEAD}include: [a.yaml, b.yaml, c.yaml]\nclusters: { x: { site: unknown, pools: {} } }`,
      'a.yaml': 'sites: {\n',
      'b.yaml': 'a: [1',
      'c.yaml': '- a list\n',
    });
    expect(lines.map((line) => line.split(':')[0])).toEqual(['a.yaml', 'b.yaml', 'c.yaml']);
    expect(lines[2]).toBe(
      'c.yaml:1:1 NotAnEstate : the file holds no map; it says a part of an estate, under the same keys',
    );
  });

  test('what includes is no list', () => {
    expect(told({ 'estate.yaml': `${HEAD}include: a.yaml`, 'a.yaml': '' })).toEqual([
      'estate.yaml:5:10 WrongType include: "a.yaml" is text; a list is expected',
    ]);
  });
});

/** Everything that a plan says, as text. */
function planText(loaded: LoadedEstate, lock: string): string {
  const { accounts, sites, shards, ...plan } = planLoaded(loaded, lock);
  return JSON.stringify([plan, CLOUDS.map((cloud) => [accounts(cloud), sites(cloud), shards(cloud)])]);
}

type Step = readonly [path: readonly string[], value: unknown];

/** What may stand in different files: sections, their entries, items of lists, and rows of the catalog. */
function divisions(value: object): readonly Step[] {
  return Object.entries(value).flatMap(([key, part]): Step[] => {
    if (Array.isArray(part)) return part.map((item): Step => [[key], [item]]);
    if (['accounts', 'sites', 'clusters', 'stores', 'commitments'].includes(key))
      return Object.entries(part as object).map(([entry, own]): Step => [[key, entry], own]);
    if (key === 'catalog' || key === 'machines' || /^(limits|quotas)$/.test(key))
      return divisions(part as object).map(([path, own]): Step => [[key, ...path], own]);
    return [[[key], part]];
  });
}

function put(file: Record<string, unknown>, [path, value]: Step): void {
  const [key = '', ...rest] = path;
  const held = file[key];
  if (rest.length > 0) {
    const inner = { ...(held as object | undefined) };
    put(inner, [rest, value]);
    file[key] = inner;
  } else file[key] = Array.isArray(held) && Array.isArray(value) ? [...held, ...value] : value;
}

describe('the plan is the same however an estate is split into files', () => {
  test.each(['estate', 'examples/aws', 'examples/azure', 'examples/frontier', 'examples/google', 'examples/oracle'])(
    '%s.yaml',
    (name) => {
      const text = readFileSync(join(ROOT, `${name}.yaml`), 'utf8');
      const lock = readFileSync(join(ROOT, `${name}.lock.json`), 'utf8');
      const whole = parseEstate(text, 'estate.yaml');
      const expected = planText(whole, lock);
      const steps = divisions(parseSource(text, 'estate.yaml').value as object);
      const choices = fc.array(fc.nat(3), { minLength: steps.length, maxLength: steps.length });
      fc.assert(
        fc.property(choices, fc.boolean(), (chosen, inFolder) => {
          const files: Record<string, unknown>[] = [{}, {}, {}, {}];
          for (const [index, step] of steps.entries()) put(files[chosen[index] ?? 0] ?? {}, step);
          const names = [1, 2, 3].map((index) => `parts/${index}.json`);
          const [main, ...parts] = files;
          const loaded = load({
            'estate.yaml': JSON.stringify({ include: inFolder ? ['parts'] : names, ...main }),
            ...Object.fromEntries(names.map((file, index) => [file, JSON.stringify(parts[index])])),
          });
          expect(loaded.estate).toEqual({ ...whole.estate, acknowledge: expect.any(Array) });
          expect(loaded.acknowledged).toHaveLength(whole.acknowledged.length);
          expect(planText(loaded, lock)).toBe(expected);
        }),
        { numRuns: 15 },
      );
    },
  );
});
