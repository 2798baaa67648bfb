import { readOutputs } from '../../../estate/spec/exchange-outputs';

const SAID = { estate: 'atlas', gateways: { eastus2: { addresses: ['20.1.1.1', '20.1.1.2'] } } };
const TEXT = JSON.stringify(SAID);

test.each<[string, unknown]>([
  ['cdk deploy --outputs-file', { 'atlas-eastus2-gateway': { Exchange: TEXT, Other: 'x' }, other: { Other: 'y' } }],
  ['cdktf output --outputs-file', { 'atlas-eastus2-gateway': { exchange: TEXT, secret: undefined }, other: {} }],
  ['cdktf, of a stack inside of another construct', { app: { 'atlas-eastus2-gateway': { exchange: TEXT } } }],
  [
    'terraform output -json',
    { exchange: { sensitive: false, type: 'string', value: TEXT }, n: { sensitive: true, type: 'string', value: 'x' } },
  ],
  ['terraform output -json, of a map', { exchange: { sensitive: false, type: ['object', {}], value: SAID } }],
  ['a stack that is called like the output', { exchange: { exchange: TEXT } }],
])('reads what stacks say from a file of %s', (_name, file) => {
  const { fragments, diagnostics } = readOutputs(JSON.stringify(file, undefined, 2), 'out.json');
  expect(diagnostics).toEqual([]);
  expect(fragments.map(({ fragment }) => fragment.gateways)).toEqual([SAID.gateways]);
});

test('says where in a file the output stands', () => {
  const [found] = readOutputs(JSON.stringify({ stack: { exchange: TEXT } }, undefined, 2), 'out.json').fragments;
  expect([found?.path, found?.at.line, found?.at.column]).toEqual(['stack.exchange', 3, 17]);
});

test.each<[string, string, string, RegExp]>([
  ['that is empty', '', 'ExchangeOutputs', /empty/],
  ['that is no JSON', '{ "a": x }', 'ExchangeOutputs', /a value is expected/],
  ['without the output', '{ "stack": { "Other": "x" } }', 'ExchangeOutputs', /no stack in it has an output/],
  [
    'whose output is sensitive',
    '{ "exchange": { "sensitive": true, "value": "x" } }',
    'ExchangeOutputs',
    /no stack in it/,
  ],
  ['whose output is a token', '{ "s": { "Exchange": "<token>" } }', 'ExchangeOutputs', /it is not JSON/],
  [
    'whose output has an address that is none',
    JSON.stringify({ s: { exchange: '{"estate":"atlas","gateways":{"a":{"addresses":[""]}}}' } }),
    'ExchangeOutputs',
    /IPv4 address, at "gateways.a.addresses.0"/,
  ],
  [
    'whose output holds a key',
    JSON.stringify({ s: { exchange: '{"estate":"atlas","psk":"hunter2"}' } }),
    'ExchangeSecret',
    /at "psk"/,
  ],
])('fails on a file %s', (_name, text, code, message) => {
  const { fragments, diagnostics } = readOutputs(text, 'out.json');
  expect(fragments).toEqual([]);
  expect([diagnostics.length, diagnostics[0]?.code]).toEqual([1, code]);
  expect(diagnostics[0]?.message).toMatch(message);
  expect(diagnostics[0]?.at?.file).toBe('out.json');
});
