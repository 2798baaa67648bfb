import type { AttributeSchema, BlockSchema, NestedBlockSchema } from '../../../provider/schema';
import type { Value } from '../../../provider/values';
import { askType } from '../../../tools/record/type-facts';
import { askerOf, type MadeUpProvider } from '../../helpers/sdk-provider';

const text: AttributeSchema = { type: 'string', optional: true };
const number: AttributeSchema = { type: 'number', optional: true };
const texts: AttributeSchema = { type: ['list', 'string'], optional: true };
const blocks = (block: BlockSchema): NestedBlockSchema => ({ nesting_mode: 'list', block });

const oneOf = (path: string, values: readonly string[]) => (value: Value) =>
  values.includes(String(value))
    ? undefined
    : `expected ${path} to be one of [${values.map((each) => JSON.stringify(each)).join(' ')}], got ${value}`;
const range = (path: string, min: number, max: number) => (value: Value) =>
  Number(value) >= min && Number(value) <= max
    ? undefined
    : `expected ${path} to be in the range (${min} - ${max}), got ${value}`;
const matches = (message: string, pattern: RegExp) => (value: Value) =>
  typeof value === 'string' && pattern.test(value) ? undefined : message;

const record = (provider: MadeUpProvider, earlier = {}) => askType(askerOf(provider), 'google', earlier);
const attributes = (given: Record<string, AttributeSchema>): BlockSchema => ({ attributes: given });

describe('values', () => {
  test('of a list are read from the message and asked again', async () => {
    const { values } = await record({
      block: attributes({ tier: text, other: text }),
      validators: { tier: oneOf('tier', ['BASIC', 'HIGH']) },
    });
    expect(values).toEqual({ tier: { one_of: ['BASIC', 'HIGH'] } });
  });

  test('in any letters are told from those in these letters only', async () => {
    const { values } = await record({
      block: attributes({ tier: text }),
      validators: {
        tier: (value) =>
          /^(basic|high)$/i.test(String(value)) ? undefined : 'expected tier to be one of ["Basic" "High"], got x',
      },
    });
    expect(values).toEqual({ tier: { one_of: ['Basic', 'High'], ignore_case: true } });
  });

  test.each<[string, (value: Value) => string | undefined, object]>([
    ['a message names', range('size', 10, 4000), { min: 10, max: 4000 }],
    [
      'no message names',
      (value) => (Number(value) >= 37 && Number(value) <= 900 ? undefined : 'size is wrong'),
      { min: 37, max: 900 },
    ],
    ['only one side has', (value) => (Number(value) >= 37 ? undefined : 'size is wrong'), { min: 37 }],
  ])('have the bounds that %s', async (_, size, expected) => {
    expect((await record({ block: attributes({ size: number }), validators: { size } })).values).toEqual({
      size: expected,
    });
  });

  test.each<[string, RegExp, object]>([
    ['a UUID', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, { format: 'uuid' }],
    ['not empty', /./s, { min_length: 1 }],
    [
      'of characters and lengths that are found out',
      /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/,
      { learned: true, min_length: 3, max_length: 32, pattern: '^[a-z]([a-z0-9\\-]*[a-z0-9])?$' },
    ],
  ])('are %s', async (_, pattern, expected) => {
    const { values } = await record({
      block: attributes({ name: text }),
      validators: { name: matches('the name is wrong', pattern) },
    });
    expect(values).toEqual({ name: expected });
  });

  test('are those of elements too', async () => {
    const { values } = await record({
      block: attributes({ zones: texts }),
      validators: { 'zones[]': oneOf('zones.0', ['1', '2']) },
    });
    expect(values).toEqual({ 'zones[]': { one_of: ['1', '2'] } });
  });

  test('are counted where a list has bounds', async () => {
    const size = (value: Value) =>
      Array.isArray(value) && value.length > 4
        ? `Attribute zones supports 4 item maximum, but config has ${value.length} declared.`
        : undefined;
    const { values } = await record({ block: attributes({ zones: texts }), validators: { zones: size } });
    expect(values).toEqual({ zones: { max_items: 4 } });
  });

  test('known before stay where they are right, and go where they are not', async () => {
    const block = attributes({ name: text, label: text, gone: text });
    const pattern = '^[a-f]+[0-9]{2}$';
    const { values } = await record(
      { block, validators: { name: matches('no', /^[a-f]+[0-9]{2}$/), label: oneOf('label', ['x', 'y']) } },
      { name: { pattern }, label: { one_of: ['x'] }, gone: { format: 'cidr' } },
    );
    expect(values).toEqual({ name: { pattern }, label: { one_of: ['x', 'y'] } });
  });

  test('that are checked in a way that is not found out are said to be checked', async () => {
    const secret = matches('not this one', /^the only one$/);
    expect((await record({ block: attributes({ name: text }), validators: { name: secret } })).values).toEqual({
      name: { checked: true },
    });
  });

  test('are looked at beside what they need, and without what excludes them', async () => {
    const { values, rules } = await record({
      block: attributes({ a: text, b: text, c: text }),
      needs: { a: ['b'] },
      conflicts: { b: ['c'], c: ['b'] },
      validators: { a: oneOf('a', ['x', 'y']), b: oneOf('b', ['v', 'w']), c: oneOf('c', ['t', 'u']) },
    });
    expect(values).toEqual({ a: { one_of: ['x', 'y'] }, b: { one_of: ['v', 'w'] }, c: { one_of: ['t', 'u'] } });
    expect(rules).toEqual({ conflicts_with: { b: ['c'], c: ['b'] }, required_with: { a: ['b'] } });
  });
});

describe('relations', () => {
  test('are all found, though a provider names the first partner only', async () => {
    const conflicts = { a: ['b', 'c'], b: ['a'], c: ['a'], 'd.x': ['a', 'd.y'] };
    const { rules } = await record({
      block: {
        attributes: { a: text, b: text, c: text },
        block_types: { d: blocks(attributes({ x: text, y: text })) },
      },
      conflicts,
    });
    expect(rules).toEqual({ conflicts_with: conflicts });
  });

  test('of which exactly one is needed hide what excludes their members, which is found behind them', async () => {
    const { rules } = await record({
      block: attributes({ a: text, b: text, c: text }),
      exactlyOneOf: [['a', 'b']],
      conflicts: { a: ['c'] },
    });
    expect(rules).toEqual({ exactly_one_of: [['a', 'b']], conflicts_with: { a: ['c'] } });
  });
});

describe('plans', () => {
  const block: BlockSchema = {
    attributes: {
      id: { type: 'string', optional: true, computed: true },
      name: { type: 'string', required: true },
      size: number,
      zones: texts,
      kept: text,
    },
    block_types: { disk: blocks(attributes({ type: text, size: number })) },
  };

  test('tell which arguments replace a resource, at any depth', async () => {
    const facts = await record({ block, forceNew: ['name', 'disk.type'] });
    expect(facts.force_new).toEqual(['disk.type', 'name']);
    expect(facts.force_new_when).toEqual({});
  });

  test('tell what code decides when it plans', async () => {
    const facts = await record({
      block,
      replacesWhen: { size: (before, after) => Number(after ?? 0) < Number(before ?? 0) },
    });
    expect(facts.force_new).toEqual([]);
    expect(facts.force_new_when).toEqual({ size: ['smaller', 'unset'] });
  });

  test('tell changes that are refused, without losing the others', async () => {
    const facts = await record({
      block,
      forceNew: ['name', 'kept'],
      refusesWhen: { size: (before, after) => Number(after ?? 0) < Number(before ?? 0) },
    });
    expect(facts.refused).toEqual({ size: ['smaller', 'unset'] });
    expect(facts.force_new).toEqual(['kept', 'name']);
  });

  test('tell defaults, inside of blocks too, and arguments that are gone', async () => {
    const facts = await record({ block, defaults: { size: 10, 'disk.type': 'ssd' }, vanishing: ['kept'] });
    expect(facts.rules.defaults).toEqual({ 'disk.type': 'ssd', size: 10 });
    expect(facts.vanishing).toEqual(['kept']);
  });

  test('give the same facts whenever they are asked', async () => {
    const provider: MadeUpProvider = {
      block,
      forceNew: ['name'],
      validators: { kept: matches('no', /^[a-z]{2,9}$/) },
      conflicts: { size: ['zones'] },
    };
    expect(await record(provider)).toEqual(await record(provider));
  });
});

test('numbers that may be fractions are told from whole ones', async () => {
  const whole = (value: Value) => (Number.isInteger(value) ? undefined : 'Attribute must be a whole number, got x');
  const { fractions } = await record({
    block: attributes({ count: number, share: number }),
    validators: { count: whole },
  });
  expect(fractions).toEqual(['share']);
});
