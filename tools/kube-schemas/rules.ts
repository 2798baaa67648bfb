import type { KubeRule, KubeSchema } from '../../bundle/kube-schema';
import { fieldPath, isRecord, type Report } from '../../bundle/problems';
import type { FurtherCheck } from '../../bundle/validate';

/** What is used of the library for CEL, which is a module of the newer kind. */
interface Cel {
  readonly Environment: new (options: {
    readonly unlistedVariablesAreDyn: boolean;
  }) => {
    registerVariable(name: string, type: 'dyn'): void;
    parse(rule: string): (context: Readonly<Record<string, unknown>>) => unknown;
  };
}

type Schemas = Readonly<Record<string, KubeSchema>>;

/** Words of CEL that fields are called by another name for. */
const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

const parsed = new Map<string, (context: Readonly<Record<string, unknown>>) => unknown>();
let environment: InstanceType<Cel['Environment']> | undefined;

/** A rule of CEL as a function of what it speaks of; fails where it is none, or calls what is not known. */
export function parseRule(rule: string): (context: Readonly<Record<string, unknown>>) => unknown {
  let made = parsed.get(rule);
  if (made === undefined) {
    if (environment === undefined) {
      const { Environment } = require('@marcbachmann/cel-js') as Cel;
      environment = new Environment({ unlistedVariablesAreDyn: false });
      for (const name of ['self', 'oldSelf']) environment.registerVariable(name, 'dyn');
    }
    made = environment.parse(rule);
    parsed.set(rule, made);
  }
  return made;
}

/**
 * Looks at an object by the rules in CEL of its recorded schema, after defaults have been filled in, as servers do.
 *
 * Rules that compare with an earlier state are left out: they are for changes.
 */
export const checkRules: FurtherCheck = (object, { root, schemas }, report) => {
  visit(withDefaults(object, root, schemas), root, schemas, '', (rules, self, path) => {
    for (const rule of rules) {
      if (!rule.rule.includes('oldSelf')) checkRule(rule, { self }, path, report);
    }
  });
};

/** Looks at a change of an object by the rules in CEL that compare two states. */
export function checkTransition(
  before: unknown,
  after: unknown,
  root: KubeSchema,
  schemas: Schemas,
  report: Report,
): void {
  const old = new Map<string, unknown>();
  visit(withDefaults(before, root, schemas), root, schemas, '', (_, self, path) => old.set(path, self));
  visit(withDefaults(after, root, schemas), root, schemas, '', (rules, self, path) => {
    for (const rule of rules) {
      if (rule.rule.includes('oldSelf') && old.has(path))
        checkRule(rule, { self, oldSelf: old.get(path) }, path, report);
    }
  });
}

function checkRule(
  { rule, message, fieldPath: field }: KubeRule,
  context: Readonly<Record<string, unknown>>,
  path: string,
  report: Report,
): void {
  if (holds(rule, context)) return;
  report('Rule', field === undefined ? path : `${path}${field}`, message ?? `breaks the rule ${rule}`);
}

/** A rule that speaks of a field that is not there is broken, as on servers. */
function holds(rule: string, context: Readonly<Record<string, unknown>>): boolean {
  const evaluate = parseRule(rule);
  try {
    return evaluate(context) === true;
  } catch (error) {
    if (error instanceof Error && error.name === 'EvaluationError') return false;
    throw error;
  }
}

function resolved(schema: KubeSchema, schemas: Schemas): KubeSchema {
  return schema.$ref === undefined ? schema : resolved({ ...(schemas[schema.$ref] ?? {}) }, schemas);
}

function withDefaults(value: unknown, given: KubeSchema, schemas: Schemas): unknown {
  const schema = resolved(given, schemas);
  if (Array.isArray(value)) {
    return schema.items === undefined ? value : value.map((item) => withDefaults(item, schema.items ?? {}, schemas));
  }
  if (!isRecord(value)) return value;
  const { properties = {}, additionalProperties } = schema;
  const filled: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) if (inner !== null && inner !== undefined) filled[name] = inner;
  for (const [name, field] of Object.entries(properties)) {
    if (filled[name] === undefined && field.default !== undefined) filled[name] = field.default;
  }
  for (const [name, inner] of Object.entries(filled)) {
    const field = properties[name] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    if (field !== undefined) filled[name] = withDefaults(inner, field, schemas);
  }
  return filled;
}

/** Shows each place of a value that has rules, with what is there as CEL has it. */
function visit(
  value: unknown,
  given: KubeSchema,
  schemas: Schemas,
  path: string,
  see: (rules: readonly KubeRule[], self: unknown, path: string) => void,
): void {
  const schema = resolved(given, schemas);
  const rules = schema['x-kubernetes-validations'];
  if (rules !== undefined) see(rules, celValue(value, schema, schemas), path);
  if (Array.isArray(value) && schema.items !== undefined) {
    for (const [index, item] of value.entries()) visit(item, schema.items, schemas, `${path}[${index}]`, see);
  }
  if (!isRecord(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    const { additionalProperties: others } = schema;
    const field = schema.properties?.[name] ?? (typeof others === 'object' ? others : undefined);
    if (field !== undefined) visit(inner, field, schemas, fieldPath(path, name), see);
  }
}

/** Whole numbers are their own type in CEL, and some names of fields are written otherwise. */
function celValue(value: unknown, given: KubeSchema, schemas: Schemas): unknown {
  const schema = resolved(given, schemas);
  if (typeof value === 'number') return schema.type !== 'number' && Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map((item) => celValue(item, schema.items ?? {}, schemas));
  if (!isRecord(value)) return value;
  const { properties = {}, additionalProperties } = schema;
  const others = typeof additionalProperties === 'object' ? additionalProperties : {};
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => {
    const field = properties[name];
    return [field === undefined ? name : celName(name), celValue(inner, field ?? others, schemas)];
  });
  return Object.fromEntries(entries);
}

function celName(name: string): string {
  if (RESERVED.has(name)) return `__${name}__`;
  return name
    .replace(/__/g, '__underscores__')
    .replace(/\./g, '__dot__')
    .replace(/-/g, '__dash__')
    .replace(/\//g, '__slash__');
}
