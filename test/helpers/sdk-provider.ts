import type { RealDiagnostic } from '../../provider/real/answers';
import { attributesOf, type BlockSchema, blocksOf } from '../../provider/schema';
import { isObject, UNKNOWN, type Value, type ValueObject, valueKey } from '../../provider/values';
import type { Asker } from '../../tools/record/asker';

/** A made-up provider that answers as those of the older SDK do: what its validators and its plans say. */
export interface MadeUpProvider {
  readonly block: BlockSchema;
  /** Why a value is refused, by path; `[]` is each element. */
  readonly validators?: Readonly<Record<string, (value: Value) => string | undefined>>;
  readonly conflicts?: Readonly<Record<string, readonly string[]>>;
  readonly exactlyOneOf?: readonly (readonly string[])[];
  readonly needs?: Readonly<Record<string, readonly string[]>>;
  readonly forceNew?: readonly string[];
  /** Replacements that code decides when it plans. */
  readonly replacesWhen?: Readonly<Record<string, (before: Value, after: Value) => boolean>>;
  /** Why a change is refused when it is planned. */
  readonly refusesWhen?: Readonly<Record<string, (before: Value, after: Value) => boolean>>;
  readonly defaults?: Readonly<Record<string, Value>>;
  readonly vanishing?: readonly string[];
}

function at(value: Value, path: string): Value {
  return path.split('.').reduce<Value>((found, name) => {
    const element = Array.isArray(found) ? (found[0] ?? null) : found;
    return isObject(element) ? (element[name] ?? null) : null;
  }, value);
}

function isGiven(value: Value): boolean {
  return value !== null && !(Array.isArray(value) && value.length === 0);
}

function error(path: string, summary: string, detail = ''): RealDiagnostic {
  const steps = path.split('.').flatMap((name, index) => (index === 0 ? [name] : [0, name]));
  return { isError: true, summary, detail, path: steps };
}

function pathsOf(block: BlockSchema, prefix = ''): string[] {
  const nested = Object.entries(blocksOf(block)).flatMap(([name, inner]) => [
    `${prefix}${name}`,
    ...pathsOf(inner.block, `${prefix}${name}.`),
  ]);
  return [...Object.keys(attributesOf(block)).map((name) => `${prefix}${name}`), ...nested];
}

function aboutPresence(provider: MadeUpProvider, config: Value, path: string): RealDiagnostic | undefined {
  const { conflicts = {}, exactlyOneOf = [], needs = {} } = provider;
  const isThere = (other: string) => isGiven(at(config, other));
  for (const group of exactlyOneOf.filter((paths) => paths.includes(path))) {
    const given = group.filter(isThere);
    const names = `\`${group.join(',')}\``;
    if (given.length === 0)
      return error(path, 'Invalid combination of arguments', `"${path}": one of ${names} must be specified`);
    if (given.length > 1)
      return error(
        path,
        'Invalid combination of arguments',
        `"${path}": only one of ${names} can be specified, but \`${given.join(',')}\` were specified.`,
      );
  }
  if (!isThere(path)) return undefined;
  const all = needs[path] === undefined ? [] : [path, ...needs[path]];
  if (!all.every(isThere))
    return error(path, 'Missing required argument', `"${path}": all of \`${all.join(',')}\` must be specified`);
  const partner = conflicts[path]?.find(isThere);
  return partner === undefined
    ? undefined
    : error(path, 'Conflicting configuration arguments', `"${path}": conflicts with ${partner}`);
}

function findings(provider: MadeUpProvider, config: Value): RealDiagnostic[] {
  return pathsOf(provider.block).flatMap((path) => {
    const presence = aboutPresence(provider, config, path);
    if (presence !== undefined) return [presence];
    const value = at(config, path);
    const elements = Array.isArray(value) ? value : [];
    const messages = [
      ...(isGiven(value) ? [provider.validators?.[path]?.(value)] : []),
      ...elements.map((element) => provider.validators?.[`${path}[]`]?.(element)),
    ];
    return messages.flatMap((message) => {
      if (message === undefined) return [];
      return [
        message.startsWith('Attribute ') && message.includes('item m')
          ? error(path, 'Too many list items', message)
          : error(path, message),
      ];
    });
  });
}

function planned(provider: MadeUpProvider, block: BlockSchema, proposed: Value, isNew: boolean, prefix = ''): Value {
  if (!isObject(proposed)) return proposed;
  const { defaults = {}, vanishing = [] } = provider;
  const made: ValueObject = {};
  for (const [name, { computed }] of Object.entries(attributesOf(block))) {
    const path = `${prefix}${name}`;
    const value = proposed[name] ?? null;
    made[name] = vanishing.includes(path) ? null : (value ?? defaults[path] ?? (computed && isNew ? UNKNOWN : null));
  }
  for (const [name, inner] of Object.entries(blocksOf(block))) {
    const value = proposed[name] ?? null;
    made[name] = Array.isArray(value)
      ? value.map((element) => planned(provider, inner.block, element, isNew, `${prefix}${name}.`))
      : value;
  }
  return made;
}

/** Asks a made-up provider. */
export function askerOf(provider: MadeUpProvider, asked: { count: number } = { count: 0 }): Asker {
  return {
    type: 'made_up',
    schema: { version: 0, block: provider.block },
    validate: async (config) => {
      asked.count += 1;
      return findings(provider, config);
    },
    plan: async ({ prior, proposed }) => {
      asked.count += 1;
      const after = planned(provider, provider.block, proposed, prior === null);
      const refused = Object.entries(provider.refusesWhen ?? {}).filter(
        ([path, refuses]) => prior !== null && refuses(at(prior, path), at(after, path)),
      );
      const isChanged = (path: string) => valueKey('dynamic', at(prior, path)) !== valueKey('dynamic', at(after, path));
      const fixed = (provider.forceNew ?? []).filter((path) =>
        prior === null ? isGiven(at(after, path)) : isChanged(path),
      );
      const decided = Object.entries(provider.replacesWhen ?? {}).filter(
        ([path, replaces]) => prior !== null && isChanged(path) && replaces(at(prior, path), at(after, path)),
      );
      const replaces = [...fixed, ...decided.map(([path]) => path)].map((path) =>
        path.split('.').flatMap((name, index) => (index === 0 ? [name] : [0, name])),
      );
      return {
        planned: refused.length > 0 ? null : after,
        replaces,
        plannedPrivate: new Uint8Array(),
        diagnostics: refused.map(([path]) => error(path, 'no')),
      };
    },
  };
}
