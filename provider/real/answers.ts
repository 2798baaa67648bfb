import { type PathStep, SEVERITY } from '../protocol';
import type { AttributeSchema, BlockSchema, NestedBlockSchema, ResourceSchema, TypeConstraint } from '../schema';
import { decodeValue, type Value } from '../values';

/** A finding of a real provider. */
export interface RealDiagnostic {
  readonly isError: boolean;
  readonly summary: string;
  readonly detail: string;
  /** Where in the resource; positions of sets are not told. */
  readonly path: readonly PathStep[];
}

/** What a real provider plans. */
export interface RealPlan {
  readonly planned: Value;
  /** Paths whose change replaces the resource. */
  readonly replaces: readonly (readonly PathStep[])[];
  readonly plannedPrivate: Uint8Array;
  readonly diagnostics: readonly RealDiagnostic[];
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function stepOf(step: Fields): PathStep {
  if (typeof step.attributeName === 'string') return step.attributeName;
  if (typeof step.elementKeyString === 'string') return step.elementKeyString;
  return Number(step.elementKeyInt ?? 0);
}

function stepsOf(path: unknown): PathStep[] {
  return isFields(path) ? listOf(path.steps).map(stepOf) : [];
}

/** The findings of an answer. */
export function diagnosticsOf(answer: Fields): RealDiagnostic[] {
  return listOf(answer.diagnostics).map(({ severity, summary, detail, attribute }) => ({
    isError: severity === SEVERITY.error,
    summary: textOf(summary),
    detail: textOf(detail),
    path: stepsOf(attribute),
  }));
}

/** What an answer to a question for a plan says. */
export function planOf(answer: Fields): RealPlan {
  const { plannedState, requiresReplace, plannedPrivate } = answer;
  const msgpack = isFields(plannedState) ? plannedState.msgpack : undefined;
  return {
    planned: decodeValue(msgpack instanceof Uint8Array ? msgpack : undefined),
    replaces: Array.isArray(requiresReplace) ? requiresReplace.map(stepsOf) : [],
    plannedPrivate: plannedPrivate instanceof Uint8Array ? plannedPrivate : new Uint8Array(),
    diagnostics: diagnosticsOf(answer),
  };
}

/** A provider's schemas, in the form in which they are recorded. */
export interface RealSchemas {
  readonly provider: ResourceSchema;
  readonly resource_schemas: Readonly<Record<string, ResourceSchema>>;
  readonly data_source_schemas: Readonly<Record<string, ResourceSchema>>;
}

const MODES: Readonly<Record<number, NestedBlockSchema['nesting_mode']>> = {
  1: 'single',
  2: 'list',
  3: 'set',
  4: 'map',
  5: 'group',
};

const FLAGS = ['required', 'optional', 'computed', 'sensitive', 'deprecated'] as const;

function typeOf(bytes: unknown): TypeConstraint {
  return JSON.parse(bytes instanceof Uint8Array ? Buffer.from(bytes).toString('utf8') : '"dynamic"');
}

function attributeOf(fields: Fields): AttributeSchema {
  const flags = FLAGS.filter((flag) => fields[flag] === true).map((flag) => [flag, true]);
  const writeOnly = fields.writeOnly === true ? { write_only: true } : {};
  return { type: typeOf(fields.type), ...Object.fromEntries(flags), ...writeOnly };
}

function byName<T>(all: readonly Fields[], key: string, make: (fields: Fields) => T): Record<string, T> {
  const named = all.map((fields) => [textOf(fields[key]), make(fields)] as const);
  return Object.fromEntries(named.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function nestedOf(fields: Fields): NestedBlockSchema {
  const { nesting, minItems, maxItems, block } = fields;
  return {
    nesting_mode: MODES[Number(nesting)] ?? 'list',
    block: blockOf(isFields(block) ? block : {}),
    ...(Number(minItems ?? 0) > 0 && { min_items: Number(minItems) }),
    ...(Number(maxItems ?? 0) > 0 && { max_items: Number(maxItems) }),
  };
}

function blockOf(fields: Fields): BlockSchema {
  const attributes = byName(listOf(fields.attributes), 'name', attributeOf);
  const blocks = byName(listOf(fields.blockTypes), 'typeName', nestedOf);
  return {
    ...(Object.keys(attributes).length > 0 && { attributes }),
    ...(Object.keys(blocks).length > 0 && { block_types: blocks }),
    ...(fields.deprecated === true && { deprecated: true }),
  };
}

function schemaOf(fields: unknown): ResourceSchema {
  const { version, block } = isFields(fields) ? fields : {};
  return { version: Number(version ?? 0), block: blockOf(isFields(block) ? block : {}) };
}

function schemasOf(fields: unknown): Record<string, ResourceSchema> {
  const all = Object.entries(isFields(fields) ? fields : {}).map(([name, schema]) => [name, schemaOf(schema)] as const);
  return Object.fromEntries(all.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The schemas of an answer. */
export function schemasOfAnswer({ provider, resourceSchemas, dataSourceSchemas }: Fields): RealSchemas {
  return {
    provider: schemaOf(provider),
    resource_schemas: schemasOf(resourceSchemas),
    data_source_schemas: schemasOf(dataSourceSchemas),
  };
}
