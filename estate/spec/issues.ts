import { z } from 'zod';
import type { Diagnostic } from '../diagnostics';
import type { Path, Places } from './positions';
import { formsWith, keysOf, mapsWith, shapeAt, unionAt, valueAt } from './shape';
import { didYouMean } from './suggest';
import { counted, formatPath, orList, quote } from './words';

/** What the schema was given, and where it was written. */
export interface Checked {
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly positions: Places;
}

/** A finding of the schema with the path that it is about, for callers that look further. */
export interface SchemaFinding {
  readonly path: Path;
  readonly diagnostic: Diagnostic;
}

const MOST_UNKNOWN_KEYS = 50;

type Issue = z.core.$ZodIssue;

interface Told {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly on?: 'key' | 'value';
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map',
  record: 'a map',
  array: 'a list',
};

/** The issues of the schema as findings about the estate file. */
export function schemaFindings(issues: readonly Issue[], checked: Checked): readonly SchemaFinding[] {
  return issues.flatMap((issue) => describe(issue, issue.path.map(step), checked));
}

function describe(issue: Issue, path: Path, checked: Checked): readonly SchemaFinding[] {
  const written = valueAt(checked.value, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(issue.keys, path, checked);
    case 'invalid_union':
      if (issue.errors.length === 0) return [finding(wrongForm(issue, path, checked), path, checked)];
      return meantBranch(issue.errors).flatMap((inner) => describe(inner, [...path, ...inner.path.map(step)], checked));
    case 'invalid_key': {
      const key = path.at(-1);
      const message = `key ${quote(key)} ${keyRule(issue.issues[0], String(key))}`;
      return [finding({ code: 'InvalidKey', message, on: 'key' }, path, checked)];
    }
    default:
      return [
        finding(written === undefined ? missing(path, checked) : wrong(issue, written, path, checked), path, checked),
      ];
  }
}

/** What is wrong with a key. */
function keyRule(issue: Issue | undefined, key: string): string {
  const has = `has ${counted(key.length, 'character')}; it must have`;
  if (issue?.code === 'too_big') return `${has} at most ${issue.maximum}`;
  if (issue?.code === 'too_small') return `${has} at least ${issue.minimum}`;
  return issue?.message ?? 'is not allowed here';
}

function finding(told: Told, path: Path, { value, positions }: Checked): SchemaFinding {
  const { code, message, hint, on } = told;
  const offending = on === 'key' ? path.at(-1) : valueAt(value, path);
  const diagnostic: Diagnostic = {
    code,
    severity: 'error',
    path: formatPath(path),
    ...(offending !== undefined && typeof offending !== 'object' && { value: offending }),
    message,
    ...(hint && { hint }),
    at: positions.locate(path, on),
  };
  return { path, diagnostic };
}

/** Each unknown key, as long as they can be typing mistakes; a file with more of them in one map is something else. */
function unknownKeys(keys: readonly string[], path: Path, checked: Checked): readonly SchemaFinding[] {
  const told = keys.slice(0, MOST_UNKNOWN_KEYS);
  const next = keys[told.length];
  const found = told.map((key) => finding(unknownKey(key, path, checked), [...path, key], checked));
  if (next === undefined) return found;
  const message = `${counted(keys.length - told.length, 'more unknown key')} in this map, from ${quote(next)} on`;
  return [...found, finding({ code: 'UnknownKey', message, on: 'key' }, [...path, next], checked)];
}

function unknownKey(key: string, path: Path, { schema, value }: Checked): Told {
  const shape = shapeAt(schema, path, value);
  const allowed = shape === undefined ? [] : keysOf(shape.schema);
  const union = unionAt(schema, path, value);
  const forms = union === undefined ? [] : formsWith(union, key);
  if (union !== undefined && forms.length > 0) {
    const { discriminator } = union.def;
    const chosen = quote(valueAt(value, [...path, discriminator]));
    const message = `${quote(key)} does not go with ${discriminator} ${chosen}; it goes with ${orList(forms)}`;
    return { code: 'UnknownKey', message, on: 'key' };
  }
  const hint = allowed.length === 0 ? undefined : `allowed here: ${allowed.join(', ')}`;
  const inner = shape === undefined ? [] : mapsWith(shape.schema, key);
  const place = inner.length === 0 ? didYouMean(key, allowed) : `; it goes into ${orList(inner)}`;
  return { code: 'UnknownKey', message: `unknown key ${quote(key)}${place}`, hint, on: 'key' };
}

/** No branch of a union by `kind` (or `cloud`) fits. */
function wrongForm(issue: Extract<Issue, { code: 'invalid_union' }>, path: Path, { value }: Checked): Told {
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
  const written = valueAt(value, path);
  if (written === undefined) {
    const name = path.at(-1);
    return { code: 'MissingKey', message: `${quote(name)} is missing`, hint: `one of ${orList(options)}`, on: 'key' };
  }
  const suggestion = didYouMean(written, options.map(String));
  const message = `${quote(written)} is not allowed here; allowed: ${orList(options)}${suggestion}`;
  return { code: 'InvalidValue', message };
}

/** The branch whose type fits: a mistake inside it says more than that the other branches do not fit. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const meant = branches.find(
    (issues) => !issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
  );
  return meant ?? branches[0] ?? [];
}

function missing(path: Path, { schema, value }: Checked): Told {
  const name = path.at(-1);
  const shape = shapeAt(schema, path, value);
  const present = Object.hasOwn(Object(valueAt(value, path.slice(0, -1))), name ?? '');
  const literal = shape?.schema instanceof z.ZodLiteral ? [...shape.schema.values][0] : undefined;
  const add =
    literal === undefined
      ? shape?.example === undefined
        ? undefined
        : `such as ${name}: ${yaml(shape.example)}`
      : `write ${name}: ${yaml(literal)}`;
  const hint = [add, shape?.description].filter((part) => part !== undefined).join(' - ');
  const message = `${quote(name)} ${present ? 'has no value' : 'is missing'}`;
  return { code: 'MissingKey', message, ...(hint !== '' && { hint }), on: 'key' };
}

function wrong(issue: Issue, written: unknown, path: Path, checked: Checked): Told {
  const value = quote(written);
  const shape = shapeAt(checked.schema, path, checked.value);
  const hint = shape?.description;
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, written, path, checked, hint);
    case 'invalid_value': {
      const suggestion = issue.values.length > 1 ? didYouMean(written, issue.values.map(String)) : '';
      const allowed = `allowed: ${orList(issue.values)}${suggestion}`;
      return { code: 'InvalidValue', message: `${value} is not allowed here; ${allowed}` };
    }
    case 'too_small':
      return outOfRange(written, issue.origin, `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`, hint);
    case 'too_big':
      return outOfRange(written, issue.origin, `at most ${issue.maximum}`, hint);
    case 'invalid_format':
      return { code: 'InvalidValue', message: `${value} ${formatRule(issue)}`, ...exampleHint(shape?.example, hint) };
    case 'custom':
      return { code: 'InvalidValue', message: `${value} ${issue.message}`, ...exampleHint(shape?.example, hint) };
    default:
      return { code: 'InvalidValue', message: `${value} is not allowed here`, hint };
  }
}

function outOfRange(written: unknown, origin: string, bound: string, hint: string | undefined): Told {
  const code = 'OutOfRange';
  if (Array.isArray(written)) {
    return {
      code,
      message: `the list has ${counted(written.length, 'entry', 'entries')}; it must have ${bound}`,
      hint,
    };
  }
  if (origin === 'string') {
    const length = counted(String(written).length, 'character');
    return { code, message: `${quote(written)} has ${length}; it must have ${bound}`, hint };
  }
  return { code, message: `${quote(written)} is out of range; it must be ${bound}`, hint };
}

function wrongType(expected: string, written: unknown, path: Path, checked: Checked, hint?: string): Told {
  const { positions } = checked;
  const schema = shapeAt(checked.schema, path, checked.value)?.schema;
  const whole = schema instanceof z.ZodNumber && schema.isInt;
  const wanted = KINDS[whole ? 'int' : expected] ?? expected;
  const kind = kindOf(written);
  if (expected === 'string' && (kind === 'a number' || kind === 'true or false')) {
    const text = positions.written(path) ?? String(written);
    const message = `${text} is ${kind === 'a number' ? kind : 'a truth value'}; text is expected`;
    return { code: 'WrongType', message, hint: quotesHint(text, shapeAt(checked.schema, path, checked.value)) };
  }
  if (wanted.endsWith('number') && typeof written === 'string' && /^-?\d+(\.\d+)?$/.test(written)) {
    const message = `${quote(written)} is text; ${wanted} is expected`;
    return { code: 'WrongType', message, hint: `write ${written} without quotes` };
  }
  const subject = kind === 'a map' || kind === 'a list' ? `this is ${kind}` : `${quote(written)} is ${kind}`;
  const precise =
    expected === 'int' && typeof written === 'number' ? `${quote(written)} is not a whole number` : undefined;
  return { code: 'WrongType', message: precise ?? `${subject}; ${wanted} is expected`, hint };
}

/** What to write where something is no text: the same in quotes, unless that would be refused as well. */
function quotesHint(text: string, shape: ReturnType<typeof shapeAt>): string {
  const issue = shape && z.core.safeParse(shape.schema, text).error?.issues[0];
  if (issue?.code !== 'invalid_format' || shape?.example === undefined) return `put it in quotes: "${text}"`;
  return `it ${formatRule(issue)}, such as ${String(shape.example)}`;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : (KINDS[typeof value] ?? 'a map');
}

function formatRule(issue: Extract<Issue, { code: 'invalid_format' }>): string {
  if (issue.format === 'date') return 'is not a date; write YYYY-MM-DD';
  if (issue.format === 'email') return 'is not a mail address';
  return issue.message;
}

function exampleHint(example: unknown, description: string | undefined): { readonly hint?: string } {
  if (example !== undefined) return { hint: `for example ${yaml(example)}` };
  return description === undefined ? {} : { hint: description };
}

/** An example as YAML on one line: text that would be read as something else is quoted. */
function yaml(example: unknown): string {
  if (Array.isArray(example)) return `[${example.map(yaml).join(', ')}]`;
  if (typeof example === 'object' && example !== null) {
    return `{ ${Object.entries(example)
      .map(([name, member]) => `${yaml(name)}: ${yaml(member)}`)
      .join(', ')} }`;
  }
  return typeof example === 'string' && /^[A-Za-z][\w@./-]*$/.test(example) ? example : JSON.stringify(example);
}

function step(part: PropertyKey): string | number {
  return typeof part === 'symbol' ? String(part) : part;
}
