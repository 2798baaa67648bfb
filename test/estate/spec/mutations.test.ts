import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { formatDiagnostics } from '../../../estate/report/diagnostics';
import { filesOf } from '../../../estate/spec/files';
import { parseEstate } from '../../../estate/spec/load';
import { applyChange, applyEdit, changes, DEFAULT, edits, texts } from './edits';
import { findingsIn } from './fixtures';

/** `FUZZ_RUNS=10000 npx jest test/estate/spec/mutations` is the long form. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 200);
const TIME_LIMIT_MS = process.env.FUZZ_RUNS === undefined ? 20_000 : 3_600_000;
/** Only the long form measures: elsewhere a busy machine would fail the test, and jest ends what hangs. */
const SLOWEST_MS = process.env.FUZZ_RUNS === undefined ? Number.POSITIVE_INFINITY : 2000;

/** Reads a text, which may name other files, and checks everything that must hold for any texts. */
function check(text: string, others: Readonly<Record<string, string>> = {}): void {
  const start = process.cpuUsage();
  const found = findingsIn(
    text,
    filesOf(Object.entries(others).map(([path, own]) => ({ path, name: path, text: own }))),
  );
  const printed = formatDiagnostics(found, { color: true, width: 100 });
  // Processor time, which other programs of the machine do not change.
  const { user, system } = process.cpuUsage(start);
  const milliseconds = (user + system) / 1000;
  const lines = new Map<string, readonly string[]>();
  const linesIn = (file: string) => {
    const known = lines.get(file);
    if (known !== undefined) return known;
    const read = (others[file] ?? text)
      .replace(/^\uFEFF/, '')
      .split('\n')
      .map((line) => line.replace(/\r$/, ''));
    lines.set(file, read);
    return read;
  };
  for (const { at, path, message, code } of found.slice(0, 1000)) {
    expect(code).toMatch(/^[A-Z][A-Za-z]+$/);
    expect(message).toMatch(/[^.]$/);
    expect(typeof path).toBe('string');
    if (at === undefined) throw new Error(`${code} has no place`);
    expect(at.text).toBe(linesIn(at.file)[at.line - 1]);
    expect(at.column).toBeGreaterThanOrEqual(1);
    expect(at.column).toBeLessThanOrEqual(at.text.length + 1);
    expect(at.column - 1 + at.length).toBeLessThanOrEqual(Math.max(at.text.length, at.column));
  }
  expect(printed).not.toContain('undefined');
  expect(milliseconds).toBeLessThan(SLOWEST_MS);
}

const LIMITS = { interruptAfterTimeLimit: TIME_LIMIT_MS / 2, markInterruptAsFailure: false };

test(
  'gives findings or an estate for any edit of the text, each finding inside the file',
  () => {
    const property = fc.property(texts, edits, (text, list) => check(list.reduce(applyEdit, text)));
    fc.assert(property, { numRuns: RUNS, ...LIMITS });
  },
  TIME_LIMIT_MS,
);

test(
  'gives findings or an estate for any change of the values, in JSON and in YAML',
  () => {
    const property = fc.property(texts, changes, fc.boolean(), (text, list, json) => {
      const value: unknown = structuredClone(parse(text, { merge: true }));
      for (const change of list) applyChange(value, change);
      check(json ? JSON.stringify(value, undefined, 1) : stringify(value));
    });
    fc.assert(property, { numRuns: RUNS, ...LIMITS });
  },
  TIME_LIMIT_MS,
);

test(
  'gives findings or an estate for any edit of a file that is included or varied',
  () => {
    const HEAD = 'name: other\nestate: v1\nextends: base.yaml\ninclude: [part.yaml]\n';
    const property = fc.property(texts, texts, edits, edits, (base, part, own, others) => {
      const [head, edited] = [own.reduce(applyEdit, HEAD), others.reduce(applyEdit, part)];
      check(head, { 'base.yaml': base, 'part.yaml': edited });
      check(head, { 'base.yaml': edited, 'part.yaml': 'stores: { scratch: ~, text: { retainDays: } }' });
    });
    fc.assert(property, { numRuns: RUNS / 5, ...LIMITS });
  },
  TIME_LIMIT_MS,
);

test.each([
  ['many keys', Array.from({ length: 60_000 }, (_, index) => `key-${index}: 1`).join('\n')],
  ['many equal keys', 'stores: {}\n'.repeat(20_000)],
  [
    'many wrong entries',
    `stores:\n${Array.from({ length: 5000 }, (_, index) => `  s${index}: { kind: lustr }`).join('\n')}`,
  ],
  ['one long line', `name: ${'x'.repeat(2_000_000)}`],
  ['many open brackets', '[{'.repeat(50_000)],
  ['many quotes', '"'.repeat(100_000)],
  ['many anchors', `sites: [${Array.from({ length: 20_000 }, (_, index) => `&a${index} x`).join(', ')}]`],
  ['deep keys', 'a: '.repeat(20_000)],
  ['deep keys that end', `${'"a": '.repeat(6000)}]`],
  ['deep lists that end', `${'- '.repeat(6000)}\nb: 1\n`],
  ['deep questions that end', `${'? '.repeat(6000)}\nb: 1\n`],
  ['many keys that are no text', `${'{a}: '.repeat(20_000)}\nb: 1\n`],
])('answers for %s', (_, text) => {
  check(text);
});

test('reads the default estate without errors', () => {
  expect(parseEstate(DEFAULT, 'estate.yaml').estate.name).toBe('atlas');
});
