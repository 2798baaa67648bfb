import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Diagnostic, EstateError } from '../../../estate/diagnostics';
import { loadEstate, lockPathOf, parseEstate, readLockText } from '../../../estate/spec/load';
import { parseSource } from '../../../estate/spec/source';
import { BASE, estateText, findingsIn } from './fixtures';

const HEAD = `estate: v1
name: atlas
owner: { team: training, email: training@example.com }
accounts:
  aws-main: { cloud: aws, accountId: "111122223333", access: { administrators: ["arn:aws:iam::111122223333:role/platform"], ranges: [10.8.0.0/16] } }
`;

/** Findings as `line:column+length code path`. */
function places(text: string): string[] {
  return findingsIn(text).map(({ at, code, path }) => `${at?.line}:${at?.column}+${at?.length} ${code} ${path}`);
}

function thrownBy(run: () => unknown): readonly Diagnostic[] {
  try {
    run();
  } catch (error) {
    if (error instanceof EstateError) return error.diagnostics;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a valid estate', () => {
  test('comes back frozen, with its defaults and its positions', () => {
    const { estate, file, positions, warnings } = parseEstate(estateText(), 'estate.yaml');
    expect(file).toBe('estate.yaml');
    expect(warnings).toEqual([]);
    expect(estate.clusters.ohio?.workload).toEqual({ namespace: 'training', serviceAccount: 'training' });
    expect(Object.isFrozen(estate.clusters.ohio?.pools)).toBe(true);
    expect(positions.locate(['clusters', 'ohio', 'site'])).toMatchObject({ text: '      "site": "ohio",', length: 6 });
    expect(positions.locate(['clusters', 'ohio', 'site'], 'key')).toMatchObject({ column: 7, length: 6 });
    expect(positions.locate(['clusters', 'ohio', 'nothing', 'below']).text).toBe('    "ohio": {');
  });

  test('counts an empty value as not written', () => {
    const { estate } = parseEstate(`${HEAD}clusters:\nstores: ~\n`, 'estate.yaml');
    expect([estate.clusters, estate.stores]).toEqual([{}, {}]);
  });

  test('is the same whether it is written as JSON or as YAML with anchors and merge keys', () => {
    const yaml = `${HEAD}sites:
  ohio: &site { account: aws-main, region: us-east-2, zones: [us-east-2a] }
  utah: { <<: *site, region: us-west-2, zones: [us-west-2a] }
`;
    const { estate } = parseEstate(yaml, 'estate.yaml');
    expect(estate.sites.utah).toEqual({
      account: 'aws-main',
      region: 'us-west-2',
      zones: ['us-west-2a'],
      network: { egress: 'nat' },
    });
    const json = JSON.stringify({ ...estate, addressing: undefined, state: undefined });
    expect(parseEstate(json.replace(/,/g, ',\n\t'), 'estate.json').estate).toEqual(estate);
  });
});

test.each(['7731', 'CC-1042', 'EMEA.Research_7', 'cc-1042'])('takes %s as a cost center', (written) => {
  const { estate } = parseEstate(HEAD.replace('.com }', `.com, costCenter: "${written}" }`), 'estate.yaml');
  expect(estate.owner.costCenter).toBe(written);
});

test.each([
  ['7731', 'put it in quotes: "7731"'],
  ['"R&D"', 'must be letters and digits, with dots, hyphens and underscores between them'],
  ['"-x"', 'must be letters and digits'],
  [`"${'x'.repeat(64)}"`, '63'],
])('refuses %s as a cost center, since some cloud or Kubernetes does', (written, says) => {
  const [found, ...more] = findingsIn(HEAD.replace('.com }', `.com, costCenter: ${written} }`));
  expect([found?.path, more]).toEqual(['owner.costCenter', []]);
  expect(`${found?.message} ${found?.hint}`).toContain(says);
});

test('a place is found at once where merged maps multiply', () => {
  const layer = (_: unknown, index: number) =>
    `x${index + 1}: &x${index + 1} { <<: [${Array(9).fill(`*x${index}`).join(', ')}] }\n`;
  const text = `x0: &x0 { a: 1 }\n${Array.from({ length: 4 }, layer).join('')}last: { <<: *x4 }\n`;
  const { positions } = parseSource(text, 'estate.yaml');
  expect(positions.locate(['last', 'a'])).toMatchObject({ line: 1, column: 14 });
  expect(positions.locate(['last', 'nothing'])).toMatchObject({ line: 6, column: 1 });
});

describe('the text of a file', () => {
  test.each([
    ['empty', '', '1:1+1 NotAnEstate '],
    ['a comment', '# nothing', '1:1+1 NotAnEstate '],
    ['a list', '- a\n- b\n', '1:1+3 NotAnEstate '],
    ['a single value', 'hello', '1:1+5 NotAnEstate '],
    ['an unclosed map', 'estate: { a: 1\nb: 2', '1:9+6 YamlSyntax '],
    ['an unclosed list', 'a: [\n  b,\nc: d\n', '1:4+1 YamlSyntax '],
    ['an unclosed list in a map', 'a: { b: [c, d }', '1:9+7 YamlSyntax '],
    ['an unclosed quote', 'name: "atlas\n', '1:7+6 YamlSyntax '],
    ['tabs as indentation', 'owner:\n\tteam: a\n', '2:1+1 YamlSyntax '],
    ['a tag', 'name: !secret atlas\n', '1:7+7 YamlSyntax '],
    ['two documents', 'estate: v1\n---\nestate: v1\n', '2:1+3 YamlSyntax '],
    [
      'two sides of a merge',
      'name: a\n<<<<<<< HEAD\nowner: b\n=======\nowner: c\n>>>>>>> theirs\n',
      '2:1+7 YamlSyntax ',
    ],
    ['a rest of a merge', 'name: a\r\n>>>>>>>\r\n', '2:1+7 YamlSyntax '],
    ['deep nesting', '['.repeat(5000), '1:101+1 YamlSyntax '],
  ])('fails when it is %s', (_, text, place) => {
    expect(places(text)).toContain(place);
  });

  test('names the first mark of a merge conflict, and nothing else', () => {
    const found = findingsIn(`${HEAD}<<<<<<< HEAD\na: [\n=======\na: {\n>>>>>>> theirs\n`);
    expect(found.map(({ message, hint }) => [message, hint])).toEqual([
      [
        'the file holds the marks of a merge conflict, the first in line 6',
        'choose between the two sides, and remove the lines that start with <<<<<<<, ======= and >>>>>>>',
      ],
    ]);
    expect(places(`${HEAD}# <<<<<<< HEAD\n`).filter((place) => place.includes('YamlSyntax'))).toEqual([]);
  });

  test('fails when a part is missing, with what to write', () => {
    const hints = Object.fromEntries(findingsIn('estate: v1\n').map(({ path, hint }) => [path, hint]));
    expect(hints.owner).toMatch(
      /^such as owner: \{ team: frontier-training, email: frontier-training@example.com \} - Who/,
    );
    expect(hints.accounts).toMatch(/^such as accounts: \{ aws-main: \{ cloud: aws, accountId: "111122223333" \} \} - /);
  });

  test('fails when a key is given twice, and says where it was first', () => {
    const [found] = findingsIn(`${HEAD}name: other\n`);
    expect(found).toMatchObject({ code: 'DuplicateKey', path: 'name', message: '"name" is already given on line 2' });
    expect(found?.at).toMatchObject({ line: 6, column: 1, length: 4 });
  });

  test('fails when a key is no text or cannot be a key', () => {
    expect(places(`${HEAD}? [a, b]\n: 1\n`)).toEqual(['6:3+6 InvalidKey ']);
    expect(places(`${HEAD}__proto__: 1\n`)).toEqual(['6:1+9 InvalidKey __proto__']);
  });

  test('fails when an alias has no anchor, or stands for what it is part of', () => {
    expect(places(`${HEAD}stores: *nowhere\n`)).toEqual(['6:9+8 YamlSyntax stores']);
    expect(places(`${HEAD}stores: &all { a: *all }\n`)).toEqual(['6:19+4 YamlSyntax stores.a']);
  });

  test('fails fast when aliases multiply', () => {
    const level = (name: string, of: string) => `${name}: &${name} [${Array(10).fill(`*${of}`).join(', ')}]`;
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x, x]',
      ...names.slice(1).map((name, index) => level(name, names[index] ?? '')),
    ];
    const start = performance.now();
    const found = findingsIn(bomb.join('\n'));
    expect(found.map(({ message }) => message)).toContain('aliases repeat more than 200000 values');
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('findings', () => {
  test('come all at once from one entry too, where a mistake lies in a part that can be left out', () => {
    const found = findingsIn(
      estateText({
        'clusters.ohio.tags': { n: 1 },
        'clusters.ohio.owner': 'vision',
        'clusters.ohio.pools.train.labels': { 'estate/pool': 'x' },
        'accounts.aws-main.access': { administrators: [''] },
        'accounts.aws-main.tags': { 'aws:x': 'y' },
      }),
    );
    expect(found.map(({ code, path }) => `${code} ${path}`).sort()).toEqual([
      'LabelReserved clusters.ohio.pools.train.labels.estate/pool',
      'OutOfRange accounts.aws-main.access.administrators.0',
      'TagForm accounts.aws-main.tags.aws:x',
      'UnknownReference clusters.ohio.owner',
      'WrongType clusters.ohio.tags.n',
    ]);
  });

  test('come all at once, from the schema and from the rules, in the order of the file', () => {
    const text = `${HEAD.replace('name: atlas', 'name: Atlas')}sites:
  ohio: { account: aws-mian, region: us-east-2, zones: [us-east-2a] }
  utah: { account: aws-main, zones: [us-west-2a], zone: us-west-2a }
clusters:
  west: { site: utah, pools: { train: { accelerator: b200, nodes: "4" } } }
  mid: { site: ohio, racks: 1, colour: red }
`;
    expect(places(text)).toEqual([
      '2:7+5 InvalidValue name',
      '7:20+8 UnknownReference sites.ohio.account',
      '8:3+4 MissingKey sites.utah.region',
      '8:51+4 UnknownKey sites.utah.zone',
      '10:67+3 WrongType clusters.west.pools.train.nodes',
      '11:22+5 UnknownKey clusters.mid.racks',
      '11:32+6 UnknownKey clusters.mid.colour',
    ]);
  });

  test.each([
    ['number for text', 'accounts.aws-main.accountId', 111122223333, '111122223333 is a number; text is expected'],
    ['text for a number', 'clusters.ohio.pools.train.nodes', '16', '"16" is text; a whole number is expected'],
    ['fraction', 'clusters.ohio.pools.train.nodes', 1.5, '1.5 is not a whole number'],
    ['zero', 'clusters.ohio.pools.train.nodes', 0, '0 is out of range; it must be more than 0'],
    [
      'huge number',
      'clusters.ohio.pools.train.nodes',
      1e300,
      '1e+300 is out of range; it must be at most 9007199254740991',
    ],
    ['list for a map', 'stores', [], 'this is a list; a map is expected'],
    ['wrong literal', 'estate', 'v2', '"v2" is not allowed here; allowed: "v1"'],
    ['wrong kind', 'stores.scratch.kind', 'lustr', /"lustre" or "object"; did you mean "lustre"\?$/],
    ['wrong cloud', 'accounts.aws-main.cloud', 'gogle', /did you mean "google"\?$/],
    [
      'bad date',
      'clusters.ohio.pools.train.capacity',
      { kind: 'capacity-block', ids: ['cr-01234567'], window: { start: '2026-13-01', end: '2026-12-01' } },
      '"2026-13-01" is not a date; write YYYY-MM-DD',
    ],
    ['bad mail', 'owner.email', 'nobody', '"nobody" is not a mail address'],
    ['empty list', 'clusters.iowa.pools.racks.capacity.ids', [], 'the list has 0 entries; it must have at least 1'],
    [
      'bad money',
      'commitments',
      { all: { cloud: 'aws', amount: '38 billion' } },
      /^"38 billion" must be an amount with a currency/,
    ],
    [
      'reservation without nodes',
      'clusters.ohio.pools.train.capacity',
      { kind: 'reservation', ids: [{ id: 'cr-01234567' }] },
      '"nodes" is missing',
    ],
    [
      'key of another kind',
      'clusters.ohio.pools.train.capacity',
      { kind: 'on-demand', ids: ['x'] },
      '"ids" does not go with kind "on-demand"; it goes with "reservation" or "capacity-block"',
    ],
    ['tag without a namespace', 'accounts.oracle-main.ignoredTags', ['CostCenter'], /must be NAMESPACE\.KEY/],
    [
      'key of another cloud',
      'accounts.aws-main.ignoredTags',
      ['Finance.CostCenter'],
      /^"ignoredTags" does not go with cloud "aws"; it goes with "oracle"/,
    ],
    ['key with a capital', 'clusters.Ohio', { site: 'ohio' }, /^key "Ohio" must be lower-case words/],
    [
      'key that is too long',
      `tags.${'k'.repeat(129)}`,
      'x',
      /^key "k+…" has 129 characters; it must have at most 128$/,
    ],
    [
      'key that belongs further in',
      'clusters.iowa.pools.train.queued',
      true,
      'unknown key "queued"; it goes into "capacity"',
    ],
    [
      'weight that Kueue takes for none',
      'queue.teams.research',
      { weight: 1e-9 },
      '1e-9 is out of range; it must be at least 0.001',
    ],
  ])('say what is wrong with a %s', (_, path, value, message) => {
    const messages = findingsIn(estateText({ [path]: value })).map((found) => found.message);
    expect(messages).toContainEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });

  test('say once that a namespace is too long', () => {
    const found = findingsIn(estateText({ 'queue.teams.research': { namespace: 'n'.repeat(64) } }));
    expect(found.map(({ path, message }) => `${path} ${message.slice(-42)}`)).toEqual([
      'queue.teams.research.namespace has 64 characters; it must have at most 40',
    ]);
  });

  test('name the first unknown keys and count the others of a map that is something else', () => {
    const found = findingsIn(`${HEAD}${Array.from({ length: 500 }, (_, index) => `key-${index}: 1\n`).join('')}`);
    expect(found).toHaveLength(51);
    expect(found.at(-1)).toMatchObject({
      code: 'UnknownKey',
      path: 'key-50',
      message: '450 more unknown keys in this map, from "key-50" on',
    });
  });

  test('show how to write a number that was meant as text, as it was written', () => {
    const text = `${HEAD}sites:\n  ohio: { account: aws-main, region: us-east-2, zones: [us-east-2a] }
clusters:\n  ohio: { site: ohio, kubernetes: 1.30 }\n`;
    expect(findingsIn(text)[0]).toMatchObject({ code: 'WrongType', value: 1.3, hint: 'put it in quotes: "1.30"' });
  });

  test('show what to write for a missing key', () => {
    const [found] = findingsIn(estateText({ 'sites.ohio.region': undefined }));
    expect(found).toMatchObject({ code: 'MissingKey', path: 'sites.ohio.region', message: '"region" is missing' });
    expect(found?.hint).toMatch(/^such as region: us-east-2 - /);
  });

  test('show what to write for a key that can have one value only', () => {
    const [found] = findingsIn(estateText({ estate: undefined }));
    expect(found?.hint).toMatch(/^write estate: v1/);
  });

  test('are shown in the anchor that holds the mistake, once, with the alias that leads there', () => {
    const text = `${HEAD}sites:
  ohio: { account: aws-main, region: us-east-2, zones: [us-east-2a, us-east-2b] }
clusters:
  one: { site: ohio, pools: { train: &train { accelerator: b2000, nodes: 4, zone: us-east-2a } } }
  two: { site: ohio, pools: { train: *train } }
  six: { site: ohio, pools: { train: { <<: *train, nodes: 8 } } }
`;
    expect(places(text)).toEqual(['9:60+5 UnknownAccelerator clusters.one.pools.train.accelerator']);
    const [only] = findingsIn(
      text
        .replace('pools: { train: &train', 'pools: { train: &train')
        .replace('one: { site: ohio', 'one: { site: utah'),
    );
    expect(only?.code).toBe('UnknownReference');
    const merged = findingsIn(
      text
        .replace('  two: { site: ohio, pools: { train: *train } }\n', '')
        .replace('b2000', 'b200')
        .replace('nodes: 8', 'nodes: 8, zone: nowhere'),
    );
    expect(merged.map(({ code, at }) => `${code} ${at?.line}`)).toEqual(['ZoneOutsideSite 10']);
    const through = findingsIn(
      text.replace('one: { site: ohio, pools: { train: &train', 'one: { site: ohio, x: 1, pools: { train: &train'),
    );
    expect(through.find(({ code }) => code === 'UnknownAccelerator')?.hint).toContain('used through *train on line 10');
  });

  test('tell a region that does not exist once, and not again at its zones and machines', () => {
    const found = findingsIn(estateText({ 'sites.ohio.region': 'us-eest-2' }));
    expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual(['RegionUnknown sites.ohio.region']);
  });

  test('do not follow from what was left out because of another finding', () => {
    const found = findingsIn(estateText({ 'sites.ohio.region': 5, 'clusters.east.pools.train.accelerator': 'x' }));
    expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'WrongType sites.ohio.region',
      'UnknownAccelerator clusters.east.pools.train.accelerator',
    ]);
  });
});

describe('acknowledgements', () => {
  const entry = { rule: 'RestrictedMachine', path: 'clusters.east.pools.train', reason: 'approved' };

  test('silence a warning at their place and below', () => {
    expect(findingsIn(estateText())).toEqual([]);
    expect(findingsIn(estateText({ 'acknowledge.0.path': 'clusters.eas' })).map(({ code }) => code)).toEqual([
      'RestrictedMachine',
      'UnusedAcknowledgement',
    ]);
  });

  test.each([
    ['of a rule', { 'clusters.east.pools.train.accelerator': 'b3000' }, ['UnknownAccelerator']],
    ['of the schema', { 'clusters.east.pools.train.accelerator': 5 }, ['WrongType']],
  ])('are not called unused while an error %s keeps rules silent', (_, mistake, codes) => {
    expect(findingsIn(estateText(mistake)).map(({ code }) => code)).toEqual(codes);
  });

  test.each([
    ['matches nothing', { ...entry, path: 'clusters.ohio' }, 'RestrictedMachine does not warn at "clusters.ohio"'],
    [
      'names no rule',
      { ...entry, rule: 'RestrictedMachin' },
      /no rule "RestrictedMachin"; did you mean "RestrictedMachine"\?$/,
    ],
    ['names an error', { ...entry, rule: 'StoreSize' }, 'StoreSize is an error; only warnings can be acknowledged'],
    ['repeats another', entry, 'RestrictedMachine does not warn at "clusters.east.pools.train"'],
  ])('warn when one %s', (_, acknowledgement, message) => {
    const found = findingsIn(estateText({ acknowledge: [...BASE.acknowledge, acknowledgement] }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ code: 'UnusedAcknowledgement', severity: 'warning' });
    expect(found[0]?.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });
});

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'estate-'));
  const file = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  test('fails when a file is missing, a folder, not UTF-8 or far too large', () => {
    expect(thrownBy(() => loadEstate(join(folder, 'none.yaml')))[0]).toMatchObject({ code: 'FileMissing' });
    expect(thrownBy(() => loadEstate(folder))[0]).toMatchObject({
      message: expect.stringMatching(/is a folder, not a file$/),
      hint: 'name the estate file in it',
    });
    const latin1 = file('latin1.yaml', Uint8Array.of(0x6e, 0xe4, 0x6d));
    expect(thrownBy(() => loadEstate(latin1))[0]?.message).toMatch(/is not UTF-8 text$/);
    expect(thrownBy(() => loadEstate(file('big.yaml', '#'.repeat(9 * 2 ** 20))))[0]?.message).toMatch(
      /is larger than 8 MiB$/,
    );
    expect(thrownBy(() => loadEstate('/dev/zero'))[0]?.message).toBe('/dev/zero cannot be read (not a file)');
  });

  test('reads a file with a byte order mark and Windows line ends', () => {
    const loaded = loadEstate(file('windows.yaml', `\uFEFF${HEAD}`.replace(/\n/g, '\r\n')));
    expect(loaded.estate.name).toBe('atlas');
    expect(loaded.positions.locate(['name'])).toMatchObject({ line: 2, column: 7, length: 5, text: 'name: atlas' });
  });

  test('finds the lock beside the estate', () => {
    expect(lockPathOf('examples/minimal.yaml')).toBe('examples/minimal.lock.json');
    expect(lockPathOf('estate.json')).toBe('estate.lock.json');
    expect(readLockText(join(folder, 'none.yaml'))).toBeUndefined();
    file('locked.lock.json', '{}');
    expect(readLockText(join(folder, 'locked.yaml'))).toBe('{}');
  });
});
