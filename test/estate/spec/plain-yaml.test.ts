import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { parsePlainYaml } from '../../../estate/spec/plain-yaml';
import { parseAnySource } from '../../../estate/spec/source';
import { applyChange, applyEdit, changes, edits, texts } from './edits';

const ROOT = join(__dirname, '../../..');
const RUNS = Number(process.env.FUZZ_RUNS ?? 800);
const TIME_LIMIT_MS = process.env.FUZZ_RUNS === undefined ? 30_000 : 3_600_000;
const LIMITS = { interruptAfterTimeLimit: TIME_LIMIT_MS / 2, markInterruptAsFailure: false };

/** What the quick reader says of a text is what the library says of it, without any finding. */
function agrees(text: string): void {
  const plain = parsePlainYaml(text);
  if (plain === undefined) return;
  const { value, diagnostics } = parseAnySource(text, 'estate.yaml');
  expect([text, diagnostics]).toEqual([text, []]);
  expect(JSON.stringify(plain.value)).toBe(JSON.stringify(value));
  expect(plain.value).toEqual(value);
}

const files = [
  'estate.yaml',
  ...readdirSync(join(ROOT, 'examples'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `examples/${name}`),
];

test.each(files)('reads %s as the library does', (name) => {
  const text = readFileSync(join(ROOT, name), 'utf8');
  expect(parsePlainYaml(text)).toEqual({ value: parseAnySource(text, name).value });
});

test.each([
  ['nested maps and lists', 'a:\n  b:\n  - 1\n  - c: x\n    d: y\n  e:\n    - - 1\n'.replace('- - 1', '- [1]')],
  ['flow collections over lines', 'a: {\n  b: [1, # one\n    2,\n  ],\n  c: "d: e" }\nf: g # h\n'],
  ['scalars', "a: ~\nb: true\nc: 1.5\nd: '12'\ne: 2026-12-01\nf: x:y\ng: a b # c\nh: a#b\ni:\n"],
  ['JSON', '{\n  "a": [1, true, null, "x"],\n  "b": {"c": {}}\n}\n'],
  ['a document mark', '---\na: 1\n'],
])('reads %s', (_what, text) => {
  expect(parsePlainYaml(text)).toEqual({ value: parseAnySource(text, 'estate.yaml').value });
});

test.each([
  ['anchors', 'a: &a 1\nb: *a\n'],
  ['merge keys', '<<: { a: 1 }\n'],
  ['duplicate keys', 'a: 1\na: 2\n'],
  ['text over lines', 'a: b\n  c\n'],
  ['block text', 'a: |\n  b\n'],
  ['escapes', 'a: "\\n"\n'],
  ['tags', 'a: !!str 1\n'],
  ['tabs', 'a:\t1\n'],
  ['unusual numbers', 'a: 0x1F\n'],
  ['an indentation that fits nothing', 'a:\n    b: 1\n  c: 2\n'],
  ['a key that is no text', '1: 2\n'],
  ['__proto__', '__proto__: 1\n'],
  ['an open bracket', 'a: [1\n'],
  ['two documents', 'a: 1\n---\nb: 2\n'],
  ['a document mark inside a list', 'a: [\n---\n]\n'],
  ['nothing', ''],
])('leaves %s to the library', (_what, text) => {
  expect(parsePlainYaml(text)).toBeUndefined();
});

test(
  'agrees with the library on any edit of an estate',
  () => {
    const property = fc.property(texts, edits, (text, list) => agrees(list.reduce(applyEdit, text)));
    fc.assert(property, { numRuns: RUNS, ...LIMITS });
  },
  TIME_LIMIT_MS,
);

test(
  'agrees with the library on any values, however they are written',
  () => {
    const styles = fc.record({ indent: fc.constantFrom(1, 2, 4), indentSeq: fc.boolean(), flow: fc.boolean() });
    const property = fc.property(texts, changes, styles, (text, list, { flow, ...style }) => {
      const value: unknown = structuredClone(parse(text, { merge: true }));
      for (const change of list) applyChange(value, change);
      agrees(stringify(value, { ...style, ...(flow && { collectionStyle: 'flow' }) }));
    });
    fc.assert(property, { numRuns: RUNS / 2, ...LIMITS });
  },
  TIME_LIMIT_MS,
);

const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('a', 'b1', 'key', '1', '0.5', 'true', 'null', '~', '"q"', "'s'", '-1', '1e3'),
  },
  { weight: 6, arbitrary: fc.constantFrom(': ', ':', ':\n', '- ', '-', ', ', ',', ' ', '\n', '\n  ', '\n    ', '\n ') },
  { weight: 4, arbitrary: fc.constantFrom('{', '}', '[', ']', '{ ', ' }', '[ ', ' ]', '#', ' # c\n', '---\n', '...') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('?', '|', '>', '&a', '*a', '!', '%', '@', '`', '<<: ', '\\', '"', "'", '\t'),
  },
);

test(
  'agrees with the library on any text made of what YAML is made of',
  () => {
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (body) => agrees(body)),
      { numRuns: RUNS * 10, ...LIMITS },
    );
  },
  TIME_LIMIT_MS,
);
