import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { BASE, estateText } from './fixtures';

/** The default estate file. */
export const DEFAULT = readFileSync(join(__dirname, '../../../estate.yaml'), 'utf8');
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

/** An estate that says something of money, time and policy. */
const WHOLE = ALIASED.replace('[us-east-2a]', '[us-east-2a, us-east-2b]').replace(
  'nodes: 4 }',
  'nodes: 4, zone: us-east-2b }',
);
const PORTFOLIO = `${WHOLE}prices:
  currency: USD
  exchange: { EUR: { rate: "1.08", source: treasury, date: 2026-11-02 } }
  rows:
    - { machine: p6-b200.48xlarge, price: 98.32 USD, per: node-hour, from: 2026-01-01, source: annex, date: 2026-11-02 }
    - { storeKind: object, price: 41 EUR, per: month, rate: contract, source: annex, date: 2026-11-02 }
commitments:
  aws: { cloud: aws, amount: 38B USD, start: 2027-01-01, years: 7, ramp: [{ by: 2027-12-31, amount: 1B USD }] }
budgets: { aws-main: { amount: expected, headroomPercent: 10 } }
policy:
  countries: { allow: [US] }
  maxProviderShare: { accelerators: 100%, spend: 100% }
  maxMegawatts: { estate: 10, sites: { ohio: 10 } }
  maxSpendPerDay: 1M USD
  survive: [{ lose: any 2 sites, keep: 0% of accelerators }]
  waivers: [{ rule: PolicyRegion, path: sites.ohio, reason: moves, until: 2027-03-31 }]
  enforce: { aws-main: { mode: dry-run } }
`;

/** Texts of valid estates, in all ways of writing one. */
export const texts = fc.constantFrom(DEFAULT, ALIASED, PORTFOLIO, estateText(), stringify(BASE));
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

/** One change of a text, blind to what it means. */
export interface Edit {
  readonly at: number;
  readonly length: number;
  readonly to: number;
  readonly insert: string;
  readonly kind: 'delete' | 'insert' | 'replace' | 'move' | 'truncate' | 'repeat' | 'swap-lines';
}

/** A few edits of a text. */
export const edits = fc.array(
  fc.record<Edit>({
    at: place,
    to: place,
    length: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 200 })),
    insert: snippet,
    kind: fc.constantFrom('delete', 'insert', 'replace', 'move', 'truncate', 'repeat', 'swap-lines'),
  }),
  { minLength: 1, maxLength: 4 },
);

/** The text after an edit. */
export function applyEdit(text: string, { at, to, length, insert, kind }: Edit): string {
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
/** A few changes of values. */
export const changes = fc.array(
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

/** Changes a value somewhere inside a root, in place. */
export function applyChange(
  root: unknown,
  { pick, kind, value }: { pick: number; kind: string; value: unknown },
): void {
  const all = members(root);
  const [holder, key] = all[Math.floor(pick * (all.length - 1))] ?? [];
  if (holder === undefined || key === undefined) return;
  const old: unknown = Reflect.get(holder, key);
  // A copy, for a later change may reach into it.
  if (kind === 'retype') Reflect.set(holder, key, structuredClone(value));
  if (kind === 'copy') Reflect.set(holder, `${key}-2`, structuredClone(old));
  if (kind !== 'delete' && kind !== 'rename') return;
  Reflect.deleteProperty(holder, key);
  if (kind === 'rename') Reflect.set(holder, key.slice(1), old);
}
