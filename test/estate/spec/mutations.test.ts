import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { formatDiagnostics } from '../../../estate/report/diagnostics';
import { parseEstate } from '../../../estate/spec/load';
import { BASE, estateText, findingsIn } from './fixtures';

/** `FUZZ_RUNS=10000 npx jest test/estate/spec/mutations` is the long form. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 1500);
const TIME_LIMIT_MS = process.env.FUZZ_RUNS === undefined ? 20_000 : 3_600_000;
const SLOWEST_MS = 2000;

const DEFAULT = readFileSync(join(__dirname, '../../../estate.yaml'), 'utf8');
const ALIASED = `estate: v1
name: atlas
owner: &owner { team: training, email: training@example.com }
accounts:
  aws-main: { cloud: aws, accountId: "111122223333" }
sites: { ohio: &ohio { account: aws-main, region: us-east-2, zones: [us-east-2a] } }
clusters:
  one: { site: ohio, pools: { a: &pool { accelerator: b200, nodes: 4 }, b: *pool, c: { <<: *pool, nodes: 8 } } }
  two: { <<: { site: ohio }, pools: { a: *pool } }
stores: { text: { kind: object, site: ohio, retainDays: 30 } }
`;

const texts = fc.constantFrom(DEFAULT, ALIASED, estateText(), stringify(BASE));
const snippet = fc.oneof(
  fc.constantFrom(
    '\n',
    '\t',
    ': ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '&a ',
    '*a',
    '<<: *a',
    '!!set ',
    '? ',
    '|\n',
    '# ',
    '---\n',
  ),
  fc.constantFrom('~', 'null', 'true', '.inf', '.nan', '-0', '0x1F', '1e999', '9'.repeat(400), '1_000', '2026-99-99'),
  fc.constantFrom(
    '__proto__: 1',
    'constructor',
    '\u0000',
    '\ud800',
    '\u202e',
    '😀',
    '名前',
    'e\u0301',
    '\u2028',
    '\uFEFF',
  ),
  fc.constantFrom('['.repeat(300), '{a: '.repeat(300), '- '.repeat(300), `"${'x'.repeat(5000)}"`, ' '.repeat(3000)),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const place = fc.double({ min: 0, max: 1, noNaN: true });

interface Edit {
  readonly at: number;
  readonly length: number;
  readonly to: number;
  readonly insert: string;
  readonly kind: 'delete' | 'insert' | 'replace' | 'move' | 'truncate' | 'repeat' | 'swap-lines';
}

const edits = fc.array(
  fc.record<Edit>({
    at: place,
    to: place,
    length: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 200 })),
    insert: snippet,
    kind: fc.constantFrom('delete', 'insert', 'replace', 'move', 'truncate', 'repeat', 'swap-lines'),
  }),
  { minLength: 1, maxLength: 4 },
);

function applyEdit(text: string, { at, to, length, insert, kind }: Edit): string {
  const start = Math.floor(at * text.length);
  const end = start + length;
  const [before, span, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
  if (kind === 'delete') return before + after;
  if (kind === 'insert') return before + insert + span + after;
  if (kind === 'replace') return before + insert + after;
  if (kind === 'repeat') return before + span.repeat(20) + after;
  if (kind === 'truncate') return before;
  if (kind === 'move') {
    const rest = before + after;
    const target = Math.floor(to * rest.length);
    return rest.slice(0, target) + span + rest.slice(target);
  }
  const lines = text.split('\n');
  const [one, other] = [Math.floor(at * lines.length), Math.floor(to * lines.length)];
  const [first = '', second = ''] = [lines[one], lines[other]];
  return lines.map((line, index) => (index === one ? second : index === other ? first : line)).join('\n');
}

const wrongValues = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e308,
    Number.MAX_SAFE_INTEGER,
    '',
    'x',
    [],
    {},
    [[]],
    ['x'],
    { a: {} },
  ),
  fc.constantFrom<unknown>(
    '111122223333',
    'b300',
    'tpu-v7x',
    'dedicated',
    '1.35',
    '10.0.0.0/8',
    'us-east-1',
    'constructor',
  ),
  fc.constantFrom<unknown>(
    { kind: 'reservation', ids: ['a', { id: 'a', nodes: 1 }] },
    { racks: 1 },
    Array(200).fill('x'),
  ),
  fc.jsonValue({ maxDepth: 4 }),
);
const changes = fc.array(
  fc.record({ pick: place, kind: fc.constantFrom('retype', 'delete', 'rename', 'copy'), value: wrongValues }),
  {
    minLength: 1,
    maxLength: 5,
  },
);

/** Every member of a value, as the object that holds it and its key. */
function members(value: unknown): [object, string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [[value, key] as [object, string], ...members(member)]);
}

function applyChange(root: unknown, { pick, kind, value }: { pick: number; kind: string; value: unknown }): void {
  const all = members(root);
  const [holder, key] = all[Math.floor(pick * (all.length - 1))] ?? [];
  if (holder === undefined || key === undefined) return;
  const old: unknown = Reflect.get(holder, key);
  if (kind === 'retype') Reflect.set(holder, key, value);
  if (kind === 'copy') Reflect.set(holder, `${key}-2`, structuredClone(old));
  if (kind !== 'delete' && kind !== 'rename') return;
  Reflect.deleteProperty(holder, key);
  if (kind === 'rename') Reflect.set(holder, key.slice(1), old);
}

/** Reads a text and checks everything that must hold for any text. */
function check(text: string): void {
  const start = process.cpuUsage();
  const found = findingsIn(text);
  const printed = formatDiagnostics(found, { color: true, width: 100 });
  // Processor time, so that a busy machine does not fail the test.
  const { user, system } = process.cpuUsage(start);
  const milliseconds = (user + system) / 1000;
  const lines = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''));
  for (const { at, path, message, code } of found.slice(0, 1000)) {
    expect(code).toMatch(/^[A-Z][A-Za-z]+$/);
    expect(message).toMatch(/[^.]$/);
    expect(typeof path).toBe('string');
    if (at === undefined) throw new Error(`${code} has no place`);
    expect(at.text).toBe(lines[at.line - 1]);
    expect(at.column).toBeGreaterThanOrEqual(1);
    expect(at.column).toBeLessThanOrEqual(at.text.length + 1);
    expect(at.column - 1 + at.length).toBeLessThanOrEqual(Math.max(at.text.length, at.column));
  }
  expect(printed).not.toContain('undefined');
  expect(milliseconds).toBeLessThan(SLOWEST_MS);
}

const LIMITS = { interruptAfterTimeLimit: TIME_LIMIT_MS / 2, markInterruptAsFailure: false };

test(
  'gives findings or an estate for any edit of the text, each finding inside the file and in time',
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
])('answers within two seconds for %s', (_, text) => {
  check(text);
});

test('reads the default estate without errors', () => {
  expect(parseEstate(DEFAULT, 'estate.yaml').estate.name).toBe('atlas');
});
