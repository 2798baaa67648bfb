import { didYouMean } from '../estate/spec/suggest';
import type { KubeSchema } from './kube-schema';
import { fieldPath, isRecord, listed, type Report, shown } from './problems';
import { isQuantity } from './quantity';

type Schemas = Readonly<Record<string, KubeSchema>>;

const TYPES: Readonly<
  Record<NonNullable<KubeSchema['type']>, { readonly words: string; is(value: unknown): boolean }>
> = {
  object: { words: 'an object', is: isRecord },
  array: { words: 'a list', is: Array.isArray },
  string: { words: 'a text', is: (value) => typeof value === 'string' },
  integer: { words: 'a whole number', is: Number.isInteger },
  number: { words: 'a number', is: (value) => typeof value === 'number' && Number.isFinite(value) },
  boolean: { words: 'true or false', is: (value) => typeof value === 'boolean' },
};

const INT32 = 2 ** 31;
const BASE64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Texts and numbers in a format; formats that are not here are not checked by servers either. */
const FORMATS: Readonly<Record<string, { readonly words: string; is(value: unknown): boolean }>> = {
  int32: { words: 'within 32 bits', is: (value) => typeof value !== 'number' || (value >= -INT32 && value < INT32) },
  byte: { words: 'base64', is: (value) => typeof value === 'string' && BASE64.test(value.replace(/[\r\n]/g, '')) },
  'date-time': {
    words: 'a time such as 2027-01-31T12:00:00Z',
    is: (value) =>
      typeof value === 'string' && /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(value),
  },
  duration: {
    words: 'a duration such as 1h30m',
    is: (value) => typeof value === 'string' && /^-?(\d+(\.\d*)?(h|ms|us|µs|ns|s|m))+$|^0$/.test(value),
  },
};

/** Fields that objects inside of objects have in any case. */
const EMBEDDED = ['apiVersion', 'kind', 'metadata'];

const patterns = new Map<string, RegExp>();

/** Where Go says in a pattern that capitals do not matter. */
const IGNORE_CASE = /^(\^?)\(\?i\)/;

/** A pattern of Go as one of JavaScript. */
export function patternOf(pattern: string): RegExp {
  let made = patterns.get(pattern);
  if (made === undefined) {
    const text = pattern
      .replace(IGNORE_CASE, '$1')
      .replace(/\\z/g, '$')
      .replace(/\\A/g, '^')
      .replace(/\(\?P</g, '(?<');
    made = new RegExp(text, IGNORE_CASE.test(pattern) ? 'i' : '');
    patterns.set(pattern, made);
  }
  return made;
}

/** Reports everything in a value that its schema does not let pass. */
export function checkStructure(
  value: unknown,
  schema: KubeSchema,
  schemas: Schemas,
  path: string,
  report: Report,
): void {
  const { $ref, ...own } = schema;
  if ($ref !== undefined) {
    const named = schemas[$ref];
    if (named === undefined) throw new Error(`the recording lacks ${$ref}`);
    checkStructure(value, named, schemas, path, report);
  }
  if (value === null && own.nullable === true) return;
  if (!hasType(value, own, path, report)) return;
  checkValue(value, own, path, report);
  checkCombinations(value, own, schemas, path, report);
  if (isRecord(value)) checkFields(value, own, schemas, path, report);
  if (Array.isArray(value)) checkItems(value, own, schemas, path, report);
}

function hasType(value: unknown, schema: KubeSchema, path: string, report: Report): boolean {
  if (schema['x-kubernetes-int-or-string'] === true) {
    const isEither = typeof value === 'string' || Number.isInteger(value);
    if (!isEither) report('WrongType', path, `is ${shown(value)}; a whole number or a text is expected`);
    return isEither;
  }
  if (schema.format === 'quantity') {
    const isEither = isQuantity(value);
    if (!isEither) report('WrongType', path, `is ${shown(value)}; a quantity such as 4, 500m or 16Gi is expected`);
    return isEither;
  }
  if (schema.type === undefined) return true;
  const { words, is } = TYPES[schema.type];
  if (is(value)) return true;
  const isBare = schema.type === 'string' && (typeof value === 'number' || typeof value === 'boolean');
  report('WrongType', path, `is ${shown(value)}; ${words} is expected${isBare ? `: write "${value}" in quotes` : ''}`);
  return false;
}

function checkValue(value: unknown, schema: KubeSchema, path: string, report: Report): void {
  if (schema.enum !== undefined && !schema.enum.some((each) => each === value)) {
    const near = didYouMean(
      value,
      schema.enum.filter((each) => typeof each === 'string'),
    );
    report('NotAllowed', path, `is ${shown(value)}; allowed is ${listed(schema.enum)}${near}`);
  }
  if (typeof value === 'string') checkText(value, schema, path, report);
  if (typeof value === 'number') checkNumber(value, schema, path, report);
  const format = FORMATS[schema.format ?? ''];
  if (format !== undefined && !format.is(value))
    report('NotAllowed', path, `is ${shown(value)}; it has to be ${format.words}`);
}

function checkText(text: string, schema: KubeSchema, path: string, report: Report): void {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema;
  const length = [...text].length;
  if (length < minLength)
    report('NotAllowed', path, `is ${shown(text)}; at least ${counted(minLength, 'character')} are needed`);
  if (length > maxLength) report('NotAllowed', path, `has ${length} characters; at most ${maxLength} are allowed`);
  if (pattern !== undefined && !patternOf(pattern).test(text))
    report('NotAllowed', path, `is ${shown(text)}; it has to match ${pattern}`);
}

function checkNumber(value: number, schema: KubeSchema, path: string, report: Report): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (minimum !== undefined && (exclusiveMinimum === true ? value <= minimum : value < minimum))
    report(
      'NotAllowed',
      path,
      `is ${value}; it has to be ${exclusiveMinimum === true ? 'more than' : 'at least'} ${minimum}`,
    );
  if (maximum !== undefined && (exclusiveMaximum === true ? value >= maximum : value > maximum))
    report(
      'NotAllowed',
      path,
      `is ${value}; it has to be ${exclusiveMaximum === true ? 'less than' : 'at most'} ${maximum}`,
    );
  if (multipleOf !== undefined && value % multipleOf !== 0)
    report('NotAllowed', path, `is ${value}; it has to be a multiple of ${multipleOf}`);
}

function checkFields(
  value: Readonly<Record<string, unknown>>,
  schema: KubeSchema,
  schemas: Schemas,
  path: string,
  report: Report,
): void {
  const { properties = {}, additionalProperties, required = [], minProperties, maxProperties } = schema;
  for (const name of required) {
    if (value[name] === undefined) report('MissingField', fieldPath(path, name), 'is missing');
  }
  const others = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  const isEmbedded = schema['x-kubernetes-embedded-resource'] === true;
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || additionalProperties === true;
  const isStructure = schema.type === 'object';
  for (const [name, inner] of Object.entries(value)) {
    const field = Object.hasOwn(properties, name) ? properties[name] : others;
    if (field !== undefined) {
      checkStructure(inner, field, schemas, fieldPath(path, name), report);
    } else if (isStructure && !isOpen && !(isEmbedded && EMBEDDED.includes(name))) {
      report('UnknownField', fieldPath(path, name), unknownField(name, Object.keys(properties)));
    }
  }
  const count = Object.keys(value).length;
  if (minProperties !== undefined && count < minProperties)
    report('NotAllowed', path, `has ${counted(count, 'entry')}; at least ${minProperties} are needed`);
  if (maxProperties !== undefined && count > maxProperties)
    report('NotAllowed', path, `has ${counted(count, 'entry')}; at most ${maxProperties} are allowed`);
}

function unknownField(name: string, known: readonly string[]): string {
  const longer = known.filter((each) => each.toLowerCase().startsWith(name.toLowerCase()));
  const near = didYouMean(longer.length === 1 ? longer[0] : name, known);
  const few = known.length > 0 && known.length <= 12 && near === '' ? `; fields are ${known.join(', ')}` : near;
  return `is no field${few}`;
}

function checkItems(
  value: readonly unknown[],
  schema: KubeSchema,
  schemas: Schemas,
  path: string,
  report: Report,
): void {
  const { items, minItems, maxItems } = schema;
  if (items !== undefined) {
    for (const [index, item] of value.entries()) checkStructure(item, items, schemas, `${path}[${index}]`, report);
  }
  if (minItems !== undefined && value.length < minItems)
    report('NotAllowed', path, `has ${counted(value.length, 'entry')}; at least ${minItems} are needed`);
  if (maxItems !== undefined && value.length > maxItems)
    report('NotAllowed', path, `has ${counted(value.length, 'entry')}; at most ${maxItems} are allowed`);
  checkTwins(value, schema, path, report);
}

/** Lists of which entries are told apart by some of their fields, or as a whole. */
function checkTwins(value: readonly unknown[], schema: KubeSchema, path: string, report: Report): void {
  const keys = schema['x-kubernetes-list-map-keys'];
  const type = schema['x-kubernetes-list-type'];
  const identity =
    type === 'map' && keys !== undefined
      ? (item: unknown) => (isRecord(item) ? JSON.stringify(keys.map((key) => item[key] ?? null)) : undefined)
      : type === 'set' || schema.uniqueItems === true
        ? (item: unknown) => JSON.stringify(item)
        : undefined;
  if (identity === undefined) return;
  const first = new Map<string, number>();
  for (const [index, item] of value.entries()) {
    const key = identity(item);
    if (key === undefined) continue;
    const before = first.get(key);
    if (before === undefined) first.set(key, index);
    else {
      const same = type === 'map' && keys !== undefined ? `the ${keys.join(' and ')}` : 'the value';
      report(
        'Duplicate',
        `${path}[${index}]`,
        `has ${same} of entry ${before}: ${shown(type === 'map' ? JSON.parse(key) : item)}`,
      );
    }
  }
}

/** Conditions on values: they name no fields of their own. */
function checkCombinations(value: unknown, schema: KubeSchema, schemas: Schemas, path: string, report: Report): void {
  const { allOf = [], anyOf, oneOf, not } = schema;
  const passes = (each: KubeSchema): boolean => {
    let isFine = true;
    const { type, ...conditions } = each;
    if (type !== undefined && !TYPES[type].is(value)) return false;
    checkStructure(value, conditions, schemas, path, () => {
      isFine = false;
    });
    return isFine;
  };
  for (const each of allOf) checkStructure(value, withoutType(each), schemas, path, report);
  const isNumberOrText = schema['x-kubernetes-int-or-string'] === true;
  if (anyOf !== undefined && !isNumberOrText && !anyOf.some(passes))
    report('Rule', path, `has to be one of: ${anyOf.map(conditionOf).join('; ')}`);
  if (oneOf !== undefined && !isNumberOrText && oneOf.filter(passes).length !== 1)
    report('Rule', path, `has to be exactly one of: ${oneOf.map(conditionOf).join('; ')}`);
  if (not !== undefined && passes(not)) report('Rule', path, `must not be: ${conditionOf(not)}`);
}

function withoutType({ type: _, ...conditions }: KubeSchema): KubeSchema {
  return conditions;
}

function conditionOf(schema: KubeSchema): string {
  const { required, ...rest } = schema;
  if (required !== undefined && Object.keys(rest).every((key) => key === 'properties'))
    return `with ${required.join(' and ')}`;
  return shown(schema);
}

function counted(count: number, word: string): string {
  return `${count} ${count === 1 ? word : word.replace(/y$/, 'ie').concat('s')}`;
}
