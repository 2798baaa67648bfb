import type { ProviderDiagnostic } from '../protocol';
import type { BlockSchema, ResourceRules } from '../schema';
import { isObject, Unknown, type Value } from '../values';
import { blockAt, blocksAt, type Located, locate, root } from './locate';

/** Whether an argument is given: `unknown` when a value decides it that is known only after apply. */
type Given = 'set' | 'unset' | 'unknown';

/** An argument of a group of arguments, as it is given in one block. */
interface Member {
  readonly text: string;
  readonly steps: Located['steps'];
  readonly given: Given;
  /** Whether the block that would hold it is there. */
  readonly isPossible: boolean;
  /** Whether it is not known yet if there is a block that would hold it; real providers look into such blocks later. */
  readonly isHidden: boolean;
}

/** An empty list that is written counts as given; there is none of a kind of block whose list is empty. */
function givenOf(value: Value, isBlock: boolean): Given {
  if (value instanceof Unknown) return 'unknown';
  return value === null || (isBlock && Array.isArray(value) && value.length === 0) ? 'unset' : 'set';
}

function sharedPrefix(paths: readonly (readonly string[])[]): readonly string[] {
  const [first = []] = paths;
  const length = first.findIndex((segment, i) => paths.some((path) => path[i] !== segment || i >= path.length - 1));
  return first.slice(0, Math.max(0, length));
}

function memberAt(block: BlockSchema, from: Located, segments: readonly string[]): Member {
  const found = locate(block, segments, from);
  const parents = segments.length > 1 ? locate(block, segments.slice(0, -1), from) : [from];
  const isBlock = blockAt(block, segments) !== undefined;
  const all = found.map(({ value }) => givenOf(value, isBlock));
  const given = all.includes('set') ? 'set' : all.includes('unknown') ? 'unknown' : 'unset';
  const holder = found.find(({ value }) => givenOf(value, isBlock) !== 'unset');
  const name = segments.join('.');
  return {
    text: holder?.text ?? (from.text === '' ? name : `${from.text}.${name}`),
    steps: holder?.steps ?? from.steps,
    given,
    isHidden: parents.length > 0 && parents.every(({ value }) => value instanceof Unknown),
    isPossible: parents.some(({ value }) => isObject(value) || (Array.isArray(value) && value.length > 0)),
  };
}

/** The members of a group, once for each block that can hold them. */
function groups(block: BlockSchema, config: Value, paths: readonly string[]): Member[][] {
  // Some groups name an argument twice.
  const segments = [...new Set(paths)].map((path) => path.split('.'));
  const prefix = sharedPrefix(segments);
  const inner = blockAt(block, prefix);
  if (inner === undefined) return [];
  return blocksAt(block, prefix, root(config)).map((holder) =>
    segments.map((path) => memberAt(inner, holder, path.slice(prefix.length))),
  );
}

function names(members: readonly { readonly text: string }[]): string {
  return members.map(({ text }) => text).join(', ');
}

function problem(summary: string, detail: string, path: Located['steps']): ProviderDiagnostic {
  return { severity: 'error', summary, detail, path };
}

function conflicts(members: readonly Member[]): ProviderDiagnostic[] {
  const [subject, ...others] = members;
  if (subject?.given !== 'set') return [];
  const both = others.filter(({ given }) => given === 'set');
  if (both.length === 0) return [];
  const detail = `${subject.text} cannot be given together with ${names(both)}; remove one of them`;
  return [problem(`Conflicting arguments ${subject.text} and ${names(both)}`, detail, subject.steps)];
}

function requirements(members: readonly Member[]): ProviderDiagnostic[] {
  const [subject, ...others] = members;
  if (subject === undefined || subject.given === 'unset' || subject.isHidden) return [];
  const missing = others.filter(({ given }) => given === 'unset');
  if (missing.length === 0) return [];
  const detail = `${subject.text} is given, so ${names(missing)} must be given too`;
  return [problem(`Missing argument ${names(missing)}`, detail, subject.steps)];
}

function oneOf(members: readonly Member[], isExactly: boolean): ProviderDiagnostic[] {
  if (!members.some(({ isPossible }) => isPossible)) return [];
  const set = members.filter(({ given }) => given === 'set');
  if (isExactly && set.length > 1) {
    const detail = `only one of ${names(members)} can be given, but ${names(set)} are; remove all but one`;
    return [problem(`Conflicting arguments ${names(set)}`, detail, set[1]?.steps ?? [])];
  }
  if (set.length > 0 || members.some(({ given }) => given === 'unknown')) return [];
  const wanted = isExactly ? 'exactly one' : 'at least one';
  const detail = `${wanted} of ${names(members)} must be given, but none is`;
  return [problem(`Missing one of ${names(members)}`, detail, members[0]?.steps ?? [])];
}

/** A conflict that two arguments declare of each other is one finding. */
function pairsOf(relations: Readonly<Record<string, readonly string[]>>): [string, string][] {
  const pairs = new Map<string, [string, string]>();
  for (const [path, others] of Object.entries(relations)) {
    for (const other of others) if (other !== path) pairs.set([path, other].sort().join(' '), [path, other]);
  }
  return [...pairs.values()];
}

/** Checks which arguments are given together against the provider's recorded relations between them. */
export function checkRelations(
  block: BlockSchema,
  rules: ResourceRules | undefined,
  config: Value,
): ProviderDiagnostic[] {
  if (rules === undefined) return [];
  return [
    ...pairsOf(rules.conflicts_with ?? {}).flatMap((pair) => groups(block, config, pair).flatMap(conflicts)),
    ...Object.entries(rules.required_with ?? {}).flatMap(([path, others]) =>
      groups(block, config, [path, ...others]).flatMap(requirements),
    ),
    ...(rules.exactly_one_of ?? []).flatMap((paths) =>
      groups(block, config, paths).flatMap((members) => oneOf(members, true)),
    ),
    ...(rules.at_least_one_of ?? []).flatMap((paths) =>
      groups(block, config, paths).flatMap((members) => oneOf(members, false)),
    ),
  ];
}
