import {
  attributesOf,
  type BlockSchema,
  blocksOf,
  type RecordedProvider,
  type ResourceRules,
} from '../../provider/schema';
import type { Recording } from './recording';

/** What a difference is about, in the order of a report. */
export const SUBJECTS = [
  'types',
  'data sources',
  'arguments',
  'deprecated',
  'replacements',
  'replacements of some changes',
  'relations',
  'defaults',
  'accepted values',
] as const;

/** One of them. */
export type DifferenceSubject = (typeof SUBJECTS)[number];

/** What one recording says of something and another does not. */
export interface Difference {
  readonly subject: DifferenceSubject;
  readonly type: string;
  /** Dotted path; empty for a type as a whole. */
  readonly path: string;
  /** @default - it is new */
  readonly was?: string;
  /** @default - it is gone */
  readonly now?: string;
}

/** Either recording: of a release that was recorded, or the one that is being made. */
export type Comparable = Recording | RecordedProvider;

type Facts = ReadonlyMap<string, string>;

/** A fact as text, the same for equal facts whatever the order of their keys. */
function text(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

/** Everything that a block takes and gives, by path. */
function argumentsOf(block: BlockSchema, prefix = ''): [string, string][] {
  const attributes = Object.entries(attributesOf(block)).map(([name, attribute]): [string, string] => {
    const { required, optional, computed, write_only: writeOnly, type } = attribute;
    const how = required ? 'required' : optional ? (computed ? 'optional, computed' : 'optional') : 'computed';
    return [
      `${prefix}${name}`,
      `${how}${writeOnly ? ', write-only' : ''} ${typeof type === 'string' ? type : text(type)}`,
    ];
  });
  const nested = Object.entries(blocksOf(block)).flatMap(([name, inner]): [string, string][] => {
    const { nesting_mode: nesting, min_items: fewest = 0, max_items: most } = inner;
    return [
      [`${prefix}${name}`, `blocks (${nesting}, ${fewest} to ${most ?? 'any'})`],
      ...argumentsOf(inner.block, `${prefix}${name}.`),
    ];
  });
  return [...attributes, ...nested];
}

function deprecatedOf(block: BlockSchema, prefix = ''): [string, string][] {
  const own = block.deprecated === true ? [[prefix.slice(0, -1), 'deprecated'] as [string, string]] : [];
  const attributes = Object.entries(attributesOf(block)).flatMap(([name, { deprecated }]): [string, string][] =>
    deprecated === true ? [[`${prefix}${name}`, 'deprecated']] : [],
  );
  const nested = Object.entries(blocksOf(block)).flatMap(([name, inner]) =>
    deprecatedOf(inner.block, `${prefix}${name}.`),
  );
  return [...own, ...attributes, ...nested];
}

/** Paths that replace, without those inside of others: every change inside of a set that replaces is one of the set. */
function replacementsOf(block: BlockSchema, paths: readonly string[] = []): [string, string][] {
  const given = new Map(argumentsOf(block));
  const isGiven = (path: string) => given.get(path)?.startsWith('computed') === false;
  return paths
    .filter(
      (path) =>
        isGiven(path) &&
        !paths.some((other) => path.startsWith(`${other}.`) && given.get(other)?.startsWith('blocks (set')),
    )
    .map((path) => [path, 'replaces']);
}

function relationsOf({
  conflicts_with: conflicts = {},
  required_with: required = {},
  ...groups
}: ResourceRules = {}): [string, string][] {
  const pairs = (name: string, all: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(all).map(([path, others]): [string, string] => {
      const partners = others.filter((other) => other !== path);
      return [path, `${name} ${partners.sort().join(', ')}`];
    });
  const sets = (name: string, all: readonly (readonly string[])[] = []) =>
    all.map((paths): [string, string] => [[...paths].sort().join(' | '), name]);
  return [
    ...pairs('conflicts with', conflicts),
    ...pairs('needs', required),
    ...sets('exactly one', groups.exactly_one_of),
    ...sets('at least one', groups.at_least_one_of),
  ];
}

function byPath(entries: readonly (readonly [string, string])[]): Facts {
  const found = new Map<string, string>();
  for (const [path, fact] of entries) found.set(path, [found.get(path), fact].filter(Boolean).join('; '));
  return found;
}

function recordOf(values: Readonly<Record<string, unknown>> = {}): [string, string][] {
  return Object.entries(values).map(([path, value]) => [path, text(value)]);
}

/** What a recording says of a type, by what it is about. */
function factsOf(recording: Comparable, type: string): Readonly<Partial<Record<DifferenceSubject, Facts>>> {
  const block = recording.resource_schemas[type]?.block ?? {};
  const rules = recording.rules[type];
  return {
    arguments: byPath(argumentsOf(block)),
    deprecated: byPath(deprecatedOf(block)),
    replacements: byPath(replacementsOf(block, recording.force_new[type])),
    'replacements of some changes': byPath(recordOf(recording.force_new_when?.[type])),
    relations: byPath(relationsOf(rules)),
    defaults: byPath(recordOf(rules?.defaults)),
    'accepted values': byPath(recordOf(recording.values[type])),
  };
}

function between(subject: DifferenceSubject, type: string, before: Facts, after: Facts): Difference[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => {
      const [was, now] = [before.get(path), after.get(path)];
      return { subject, type, path, ...(was !== undefined && { was }), ...(now !== undefined && { now }) };
    });
}

function named(names: readonly string[]): Facts {
  return new Map(names.map((name) => [name, 'there']));
}

/** Types that came and went, as differences of their own. */
function ofNames(subject: DifferenceSubject, before: object, after: object): Difference[] {
  return between(subject, '', named(Object.keys(before)), named(Object.keys(after))).map((each) => ({
    ...each,
    type: each.path,
    path: '',
  }));
}

/** Everything in which two recordings of a provider differ, in the order of subjects and then of names. */
export function compareRecordings(before: Comparable, after: Comparable): Difference[] {
  const both = Object.keys(before.resource_schemas).filter((type) => after.resource_schemas[type] !== undefined);
  const inside = both.flatMap((type) => {
    const [was, now] = [factsOf(before, type), factsOf(after, type)];
    const isSettled = was.arguments ?? new Map();
    const known = now.arguments ?? new Map();
    return SUBJECTS.flatMap((subject) =>
      between(subject, type, was[subject] ?? new Map(), now[subject] ?? new Map()),
    ).filter(
      // What became of an argument that came or went is said once.
      ({ subject, path }) => subject === 'arguments' || !isOneSided(path, isSettled, known),
    );
  });
  const all = [
    ...ofNames('types', before.resource_schemas, after.resource_schemas),
    ...ofNames('data sources', before.data_source_schemas, after.data_source_schemas),
    ...inside,
  ];
  return SUBJECTS.flatMap((subject) => all.filter((each) => each.subject === subject));
}

function isOneSided(path: string, before: Facts, after: Facts): boolean {
  const plain = path.replace(/\[\]$/, '');
  return before.has(plain) !== after.has(plain);
}
