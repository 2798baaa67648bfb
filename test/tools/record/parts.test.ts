import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { NoAnswer, type RealProvider } from '../../../provider/real/provider';
import type { BlockSchema, RecordedProvider, ResourceSchema } from '../../../provider/schema';
import { lazySections } from '../../../provider/sections';
import { Questions, type Skipped } from '../../../tools/record/asker';
import { compareRecordings } from '../../../tools/record/compare';
import { withEarlier } from '../../../tools/record/earlier';
import { givenIn } from '../../../tools/record/emitted';
import { Journal } from '../../../tools/record/journal';
import { acceptedOf, plainPath, relationOf } from '../../../tools/record/messages';
import { parseOptions } from '../../../tools/record/options';
import { encodeRecording, type Recording, recordingOf } from '../../../tools/record/recording';
import { reportOf } from '../../../tools/record/report';
import type { TypeFacts } from '../../../tools/record/type-facts';

describe('messages of validators', () => {
  test.each<[string, object | undefined]>([
    ['expected sku to be one of ["Basic" "Standard"], got x', { one_of: ['Basic', 'Standard'] }],
    ['expected sku to be one of [1 2 3], got 9', { one_of: [1, 2, 3] }],
    ['expected length of name to be in the range (1 - 63), got x', { min_length: 1, max_length: 63 }],
    ['expected days to be in the range (7 - 90), got 3', { min: 7, max: 90 }],
    ['expected days to be at least (1), got 0', { min: 1 }],
    ['expected days to be at most (5), got 6', { max: 5 }],
    ['expected size to be divisible by 1024, got: 3', { multiple_of: 1024 }],
    ['expected "name" to not be an empty string, got ', { min_length: 1 }],
    ['"name" ("!") doesn\'t match regexp "^[a-z]+\\\\d$"', { pattern: '^[a-z]+\\d$' }],
    ['the name is wrong', undefined],
  ])('%s', (message, expected) => expect(acceptedOf(message)).toEqual(expected));

  test('of ids name the shape', () => {
    const message = [
      'Expected a Thing ID that matched (containing 6 segments):',
      '',
      '> /subscriptions/12345678-1234-9876-4563-123456789012/providers/Microsoft.Example/things/thingValue',
      '',
      '* Segment 0 - this should be the literal value "subscriptions"',
      '* Segment 1 - this should be the UUID of the Azure Subscription',
      '* Segment 2 - this should be the literal value "providers"',
      "* Segment 3 - this should be the name of the Resource Provider [for example 'Microsoft.Example']",
      '* Segment 4 - this should be the literal value "things"',
      '* Segment 5 - this should be the user specified value for this thing [for example "thingValue"]',
    ].join('\n');
    expect(acceptedOf(message)).toEqual({ id: '/subscriptions/*/providers/Microsoft.Example/things/*' });
  });

  test.each<[string, object | undefined]>([
    ['"a": conflicts with b.0.c', { kind: 'conflicts', path: 'a', other: 'b.c' }],
    ['"b.0.c": all of `b.0.c,b.0.d` must be specified', { kind: 'requires', path: 'b.c', paths: ['b.c', 'b.d'] }],
    ['"a": one of `a,b` must be specified', { kind: 'none-of', path: 'a', paths: ['a', 'b'] }],
    [
      '"a": only one of `a,b` can be specified, but `a,b` were specified.',
      { kind: 'several-of', path: 'a', paths: ['a', 'b'] },
    ],
    ['Attribute "b" cannot be specified when "a" is specified', { kind: 'conflicts', path: 'a', other: 'b' }],
    [
      'At least one attribute out of [a,b[0].c] must be specified',
      { kind: 'none-of', path: 'at', paths: ['a', 'b.c'] },
    ],
    ['the name is wrong', undefined],
  ])('tell relations: %s', (message, expected) => expect(relationOf('at', message)).toEqual(expected));

  test('have positions in their paths, which recordings have not', () => {
    expect(plainPath('"disk.0.size"')).toBe('disk.size');
    expect(plainPath('disk[0].size')).toBe('disk.size');
  });
});

const FACTS: TypeFacts = {
  type: 'google_a',
  force_new: ['name'],
  force_new_when: {},
  refused: {},
  rules: {},
  values: {},
  fractions: [],
  vanishing: [],
  untold: [],
};
const block: BlockSchema = { attributes: { name: { type: 'string', required: true } } };
const schemas = {
  provider: { version: 0, block: {} },
  resource_schemas: { google_a: { version: 0, block } },
  data_source_schemas: {},
};

const recording = (more: Partial<Recording>): Recording => ({
  source: 'hashicorp/google',
  ...schemas,
  force_new: {},
  rules: {},
  values: {},
  ...more,
});

describe('a recording', () => {
  test('is the same bytes for the same facts, in whatever order they came, and can be read in sections', () => {
    const other = { ...FACTS, type: 'google_b', values: { b: { min: 1 }, a: { max: 2, min: 1 } } };
    const reordered = { ...FACTS, type: 'google_b', values: { a: { min: 1, max: 2 }, b: { min: 1 } } };
    const bytes = encodeRecording(recordingOf('hashicorp/google', schemas, [FACTS, other]));
    expect(encodeRecording(recordingOf('hashicorp/google', schemas, [reordered, FACTS])).equals(bytes)).toBe(true);
    expect(lazySections(gunzipSync(bytes))).toMatchObject({
      source: 'registry.terraform.io/hashicorp/google',
      force_new: { google_a: ['name'] },
    });
  });
});

describe('what was known before', () => {
  const wide: ResourceSchema = {
    version: 0,
    block: { attributes: { name: { type: 'string', optional: true }, size: { type: 'number', optional: true } } },
  };
  const basis: RecordedProvider = {
    ...recording({
      force_new: { google_a: ['gone', 'size'] },
      rules: { google_a: { defaults: { size: 1, gone: 2 }, conflicts_with: { size: ['name'] } } },
    }),
    name: 'google',
    version: '7.45.0',
  };
  const asked = (kind: Skipped['kind']) =>
    withEarlier(FACTS, [{ type: 'google_a', kind, reason: 'died' }], wide, basis, { size: { min: 1 }, gone: {} });

  test('stays where a provider gave no answer, as far as it is still there', () => {
    expect(asked('plan')).toEqual({ ...FACTS, force_new: ['name', 'size'], rules: { defaults: { size: 1 } } });
    expect(asked('validate')).toEqual({
      ...FACTS,
      rules: { conflicts_with: { size: ['name'] } },
      values: { size: { min: 1 } },
    });
  });

  test('does not count where it answered everything', () => {
    expect(withEarlier(FACTS, [], wide, basis, {})).toBe(FACTS);
  });
});

describe('the journal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'record-journal-'));
  const file = join(folder, 'work', 'answers.jsonl');
  const what = { provider: 'google', version: '7.45.0', basis: 'none' };
  afterAll(() => rmSync(folder, { recursive: true }));

  test('goes on where a recording ended, without what was cut off', () => {
    Journal.open(file, what).add({ facts: FACTS, skipped: [] });
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"facts":{"type":"google_b"`);
    expect([...Journal.open(file, what).entries.keys()]).toEqual(['google_a']);
  });

  test('is begun anew for another release, or when what is asked again has changed', () => {
    for (const other of [
      { ...what, version: '8.0.0' },
      { ...what, basis: 'another' },
    ]) {
      Journal.open(file, what).add({ facts: FACTS, skipped: [] });
      expect(Journal.open(file, other).entries.size).toBe(0);
    }
  });

  test('says where it cannot be written', () => {
    expect(() => Journal.open(join(file, 'below', 'a-file'), what)).toThrow(/the journal .* cannot be used/);
  });
});

describe('questions', () => {
  const schema: ResourceSchema = { version: 0, block };
  const provider = (validate: RealProvider['validate']): RealProvider => ({
    schemas: async () => schemas,
    validate,
    plan: () => Promise.reject(new NoAnswer('hung')),
    end: () => {},
  });

  test('beside one that a provider dies of are asked again, and that one is skipped', async () => {
    // A program that died takes the questions with it that are under way, and the next question finds a new one.
    let running = 0;
    let isDead = false;
    const questions = new Questions(
      provider(async (_, config) => {
        running += 1;
        if (config === null) isDead = true;
        await new Promise((resolve) => setTimeout(resolve, 5));
        running -= 1;
        const died = isDead;
        if (running === 0) isDead = false;
        if (died) throw new NoAnswer('died');
        return [];
      }),
    );
    const asker = questions.about('google_a', schema);
    const answers = await Promise.all([asker.validate('x'), asker.validate(null), asker.validate('y')]);
    expect(answers).toEqual([[], undefined, []]);
    expect(questions.skipped).toEqual([{ type: 'google_a', kind: 'validate', reason: 'died' }]);
  });

  test('of a kind that a provider never answers are given up', async () => {
    let asked = 0;
    const questions = new Questions({
      ...provider(async () => []),
      plan: async () => {
        asked += 1;
        throw new NoAnswer('hung');
      },
    });
    const asker = questions.about('google_a', schema);
    for (let i = 0; i < 10; i++)
      expect(await asker.plan({ prior: null, proposed: null, config: null })).toBeUndefined();
    expect(asked).toBe(6);
    expect(questions.skipped).toHaveLength(3);
  });
});

describe('a comparison', () => {
  test('of a recording with itself finds nothing', () => {
    expect(compareRecordings(recording({}), recording({}))).toEqual([]);
  });

  test('tells types, arguments, replacements, relations, defaults and values, each once', () => {
    const after = recording({
      resource_schemas: {
        google_a: {
          version: 0,
          block: { attributes: { name: { type: 'string', optional: true }, size: { type: 'number', required: true } } },
        },
        google_b: { version: 0, block },
      },
      force_new: { google_a: ['name', 'size'] },
      rules: { google_a: { defaults: { name: 'x' } } },
      values: { google_a: { name: { min_length: 1 }, size: { min: 1 } } },
    });
    expect(compareRecordings(recording({}), after)).toEqual([
      { subject: 'types', type: 'google_b', path: '', now: 'there' },
      { subject: 'arguments', type: 'google_a', path: 'name', was: 'required string', now: 'optional string' },
      { subject: 'arguments', type: 'google_a', path: 'size', now: 'required number' },
      { subject: 'replacements', type: 'google_a', path: 'name', now: 'replaces' },
      { subject: 'defaults', type: 'google_a', path: 'name', now: '"x"' },
      { subject: 'accepted values', type: 'google_a', path: 'name', now: '{"min_length":1}' },
    ]);
  });
});

describe('a report', () => {
  const input = {
    provider: 'google',
    before: '7.45.0',
    after: '8.0.0',
    emitted: givenIn({ resource: { google_a: { it: { name: 'x', disk: [{ size: 1 }] } } } }),
    gone: ['diff/facts: google_a mode'],
    types: 2,
    skipped: [],
  };

  test('puts first what the constructs give, and arguments that are newly needed', () => {
    const text = reportOf({
      ...input,
      differences: [
        { subject: 'arguments', type: 'google_a', path: 'profile', now: 'blocks (list, 1 to 1)' },
        { subject: 'replacements', type: 'google_a', path: 'disk.size', now: 'replaces' },
        { subject: 'defaults', type: 'google_z', path: 'name', was: '"a|b"', now: '"c"' },
      ],
    });
    const [before = '', after = ''] = text.split('## Everything else');
    expect(before).toContain('| `google_a` | `profile` |  | `blocks (list, 1 to 1)` |');
    expect(before).toContain('| `google_a` | `disk.size` |  | `replaces` |');
    expect(before).toContain('- `diff/facts: google_a mode`');
    expect(after).toContain('| `google_z` | `name` | `"a\\|b"` | `"c"` |');
  });

  test('says so where nothing differs', () => {
    expect(reportOf({ ...input, gone: [], differences: [] })).toMatch(
      /Nothing of it differs\.[\s\S]*Nothing else differs\./,
    );
  });
});

describe('the command line', () => {
  test('has a provider and a release', () => {
    expect(parseOptions(['azurerm', '5.2.0', '--parallel', '2'])).toMatchObject({
      name: 'azurerm',
      version: '5.2.0',
      parallel: 2,
    });
  });

  test.each<[string, RegExp]>([
    ['', /nothing is not a provider that is recorded/],
    ['aws 6.0.0', /aws is not a provider that is recorded/],
    ['google', /nothing is not a release/],
    ['google newest', /newest is not a release/],
    ['google 8.0.0 more', /more is one thing too many/],
    ['google 8.0.0 --parallel none', /--parallel none is no number of types/],
    ['google 8.0.0 --force', /Unknown option '--force'/],
  ])('is refused as "%s"', (line, reason) =>
    expect(() => parseOptions(line.split(' ').filter(Boolean))).toThrow(reason),
  );
});
