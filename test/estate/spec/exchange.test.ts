import { type Diagnostic, EstateError } from '../../../estate/diagnostics';
import { EMPTY_EXCHANGE, formatExchange, parseExchange, parseFragment } from '../../../estate/spec/exchange';
import { readOutputs } from '../../../estate/spec/exchange-outputs';
import { looksSecret, masked, withoutValues, withoutWords } from '../../../estate/spec/exchange-secrets';
import { jsonMistake } from '../../../estate/spec/json-syntax';

const GOOD = {
  version: 1 as const,
  estate: 'atlas',
  gateways: { eastus2: { addresses: ['20.1.1.1', '20.1.1.2'], id: 'tgw-0a1b2c3d4e5f60718' } },
  tunnels: { a: { ohio: { '169.254.21.12/30': '3.1.1.4', '169.254.21.4/30': '3.1.1.2' } } },
};

const KEY = 'Zk3mQ9vT1xY7bN5cR8dW2eF6gH4jK0lP3sU9aB7i';

function found(text: string): readonly Diagnostic[] {
  try {
    parseExchange(text, 'estate.exchange.json');
    return [];
  } catch (error) {
    if (!(error instanceof EstateError)) throw error;
    return error.diagnostics;
  }
}

const edited = (edit: (text: string) => string) => found(edit(JSON.stringify(GOOD, undefined, 2)));

test('an exchange is written sorted, an entry a line, and read back the same', () => {
  const text = formatExchange({ ...EMPTY_EXCHANGE, ...GOOD });
  expect(text).toBe(`{
  "version": 1,
  "estate": "atlas",
  "gateways": {
    "eastus2": {
      "addresses": ["20.1.1.1", "20.1.1.2"],
      "id": "tgw-0a1b2c3d4e5f60718"
    }
  },
  "tunnels": {
    "a": {
      "ohio": {
        "169.254.21.4/30": "3.1.1.2",
        "169.254.21.12/30": "3.1.1.4"
      }
    }
  }
}
`);
  expect(formatExchange(parseExchange(text, 'f'))).toBe(text);
});

describe('what is wrong in an exchange file is told with its place', () => {
  test.each<[string, (text: string) => string, string, [number, number], RegExp]>([
    ['marks of a merge', (text) => `<<<<<<< HEAD\n${text}`, 'ExchangeInvalid', [1, 1], /merge conflict/],
    [
      'a comma too many',
      (text) => text.replace('"20.1.1.2"', '"20.1.1.2",'),
      'ExchangeInvalid',
      [9, 7],
      /a value is exp/,
    ],
    ['an unquoted key', (text) => text.replace('"estate"', 'estate'), 'ExchangeInvalid', [3, 3], /double quotes/],
    ['an end that is missing', (text) => text.slice(0, 30), 'ExchangeInvalid', [3, 13], /JSON/],
    ['no text at all', () => '', 'ExchangeInvalid', [1, 1], /a value is expected/],
    ['a list', () => '[]', 'ExchangeInvalid', [1, 1], /a map is expected/],
    ['a newer form', (text) => text.replace('"version": 1', '"version": 2'), 'ExchangeInvalid', [2, 14], /form 2/],
    ['a form that is no number', (text) => text.replace(': 1,', ': "x",'), 'ExchangeInvalid', [2, 14], /1 is expected/],
    [
      'a key twice',
      (text) => text.replace('"id"', '"addresses"'),
      'ExchangeInvalid',
      [10, 7],
      /already given on line 6/,
    ],
    ['a section that is none', (text) => text.replace('"gateways"', '"gates"'), 'ExchangeInvalid', [4, 3], /"gates"/],
    ['an address that is none', (text) => text.replace('20.1.1.2', '20.1.1'), 'ExchangeInvalid', [8, 9], /IPv4/],
    [
      'an inside range that is none',
      (text) => text.replace('21.4/30', '21.4/31'),
      'ExchangeInvalid',
      [17, 9],
      /inside range/,
    ],
    [
      'a private address',
      (text) => text.replace('20.1.1.2', '10.1.1.2'),
      'ExchangeAddress',
      [8, 9],
      /no public address/,
    ],
    ['an address of two tunnels', (text) => text.replace('3.1.1.4', '3.1.1.2'), 'ExchangeAddress', [17, 28], /21.12/],
    [
      'an address of a gateway and a tunnel',
      (text) => text.replace('3.1.1.4', '20.1.1.2'),
      'ExchangeAddress',
      [16, 29],
      /gateways.eastus2/,
    ],
    ['a key', (text) => text.replace('tgw-0a1b2c3d4e5f60718', KEY), 'ExchangeSecret', [10, 13], /looks like a key/],
    [
      'a password under its name',
      (text) => text.replace('"id": "tgw-0a1b2c3d4e5f60718"', '"psk": "hunter2"'),
      'ExchangeSecret',
      [10, 14],
      /looks like a key/,
    ],
  ])('%s', (_name, edit, code, place, message) => {
    const [first] = edited(edit);
    expect([first?.code, [first?.at?.line, first?.at?.column]]).toEqual([code, place]);
    expect(first?.message).toMatch(message);
    expect(first?.hint).toBeDefined();
  });
});

test('all mistakes are told at once', () => {
  const all = edited((text) =>
    text.replace('20.1.1.2', 'x').replace('3.1.1.2', 'y').replace('tgw-0a1b2c3d4e5f60718', KEY),
  );
  expect(all.map(({ code, path }) => [code, path])).toEqual([
    ['ExchangeSecret', 'gateways.eastus2.id'],
    ['ExchangeInvalid', 'gateways.eastus2.addresses.1'],
    ['ExchangeInvalid', 'tunnels.a.ohio.169.254.21.4/30'],
  ]);
});

test('no finding shows a secret, wherever it stands and whatever else is wrong', () => {
  const texts = [
    (text: string) => text.replace('tgw-0a1b2c3d4e5f60718', KEY),
    (text: string) => text.replace('"id"', `"${KEY}"`),
    (text: string) =>
      JSON.stringify(JSON.parse(text.replace('tgw-0a1b2c3d4e5f60718', KEY).replace('20.1.1.2', '10.0.0.1'))),
    (text: string) => `${text.replace('tgw-0a1b2c3d4e5f60718', KEY).replaceAll('\n', ' ')}x`,
    (text: string) => text.replace('"id": "tgw-0a1b2c3d4e5f60718"', '"password": "hunter2"').replaceAll('\n', ' '),
  ];
  for (const edit of texts) {
    const all = edited(edit);
    expect(all.length).toBeGreaterThan(0);
    expect(JSON.stringify(all)).not.toMatch(new RegExp(`${KEY}|hunter2`));
  }
});

test.each([
  [KEY, true],
  ['AKIAIOSFODNN7EXAMPLE', true],
  ['-----BEGIN PRIVATE KEY-----', true],
  ['7e51371e-72a3-40b5-b844-2e3efefaee59/us-east4/1', true],
  ['tgw-0a1b2c3d4e5f60718', false],
  ['ocid1.ipsectunnel.oc1.phx.aaaaaaaa4k2j3h4g5f6d7s8a9', false],
  ['7e51371e-72a3-40b5-b844-2e3efefaee59', false],
  ['/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/Network1234567890abc', false],
  ['20.1.1.1', false],
  ['eastus2-gateway-public', false],
])('%s is a secret: %s', (text, isSecret) => {
  expect(looksSecret(text)).toBe(isSecret);
});

test('a line keeps its length where something in it is hidden', () => {
  expect(masked(`  "a": "${KEY}", "b": "20.1.1.1"`)).toBe(`  "a": "${'*'.repeat(40)}", "b": "20.1.1.1"`);
});

test('a line shows its keys and none of its values, and nothing but its marks where it is no JSON', () => {
  expect(withoutValues('  "psk": "plain words", "n": 12, "more": {"a": ["b: c", true]}')).toBe(
    '  "psk": "***********", "n": **, "more": {"a": ["****", ****]}',
  );
  expect(withoutWords('{"x":{"psk":"plain words!" oops')).toBe('{"*":{"***":"***** ******" ****');
  expect(withoutWords('PSK=plain words')).toBe('********* *****');
});

test.each([
  ['{"x": {"psk": "plain words", "exchange": "{\\"estate\\": \\"mini\\", \\"gateways\\": 5}"}}', 'ExchangeOutputs'],
  ['{"x":{"psk":"plain words" oops', 'ExchangeOutputs'],
  ['{"x": {"circuit-key-1": "plain words"}}', 'ExchangeOutputs'],
  ['{"x": {"exchange": "{\\"estate\\": \\"mini\\", \\"psk\\": \\"plain words\\"}"}}', 'ExchangeSecret'],
])('what is wrong in %s is told without a value', (text, code) => {
  const { diagnostics } = readOutputs(text, 'outputs.json');
  expect(diagnostics.map((each) => each.code)).toEqual([code]);
  expect(JSON.stringify(diagnostics)).not.toMatch(/plain|words/);
});

test.each(['preshared_key', 'PSK', 'sharedSecret', 'apiToken', 'key'])('a value under "%s" is a secret', (name) => {
  const [first] = edited((text) => text.replace('"id": "tgw-0a1b2c3d4e5f60718"', `"${name}": "plain"`));
  expect([first?.code, JSON.stringify(first).includes('plain')]).toEqual(['ExchangeSecret', false]);
});

test('what an output says is read as text or as a map, and nothing else is', () => {
  const fragment = { estate: 'atlas', tunnels: { a: { ohio: [{ inside: '169.254.21.0/30', address: '3.1.1.1' }] } } };
  for (const value of [fragment, JSON.stringify(fragment)]) expect(parseFragment(value)?.estate).toBe('atlas');
  for (const value of [undefined, 'x', '', 1, {}, { ...fragment, psk: 'x' }])
    expect(parseFragment(value)).toBeUndefined();
});

test.each([
  ['{"a": [1, true, null, "\\u00e9"], "b": {}}', undefined],
  ['[]', undefined],
  ['{"a" 1}', [5, '":"']],
  ['{"a": 1 "b"}', [8, '"," or "}"']],
  ['[1 2]', [3, '"," or "]"']],
  ['{a: 1}', [1, 'a key in double quotes or "}"']],
  ['1 2', [2, 'nothing more']],
  ["{'a': 1}", [1, 'a key in double quotes or "}"']],
  ['[01]', [2, '"," or "]"']],
])('%s stops to be JSON where it does', (text, expected) => {
  const found = jsonMistake(text);
  expect(found && [found.offset, found.expected]).toEqual(expected);
  if (expected === undefined) expect(() => JSON.parse(text)).not.toThrow();
  else expect(() => JSON.parse(text)).toThrow();
});
