import type { ResourceRules } from '../../provider/schema';
import type { Value } from '../../provider/values';
import type { Asker } from './asker';
import { around, configuration, dotted, type Given, type Outline } from './leaves';
import { type Relation, relationOf } from './messages';

/** Relations of a type, without the defaults that rules also hold. */
export type Relations = Omit<ResourceRules, 'defaults'>;

/** A value for each argument, whatever its validator says: relations are looked at first. */
export type Anything = (path: string) => Value;

/** Most questions about what one argument excludes: more partners than any has. */
const MOST_PARTNERS = 40;

async function relationsIn(asker: Asker, given: Given): Promise<Relation[]> {
  const findings = (await asker.validate(configuration(asker.schema.block, given))) ?? [];
  return findings.flatMap(({ isError, summary, detail, path }) => {
    const relation = isError ? (relationOf(dotted(path), detail) ?? relationOf(dotted(path), summary)) : undefined;
    return relation === undefined ? [] : [relation];
  });
}

function key(paths: readonly string[]): string {
  return [...new Set(paths)].sort().join(',');
}

/** Whether a path lies in the same place as others: outside of the blocks that are left out. */
function without(given: Given, paths: ReadonlySet<string>): Map<string, Value> {
  const left = [...given].filter(([path]) => ![...paths].some((out) => path === out || path.startsWith(`${out}.`)));
  return new Map(left);
}

function sortedRecord(map: ReadonlyMap<string, ReadonlySet<string>>): Record<string, string[]> {
  return Object.fromEntries(
    [...map].sort(([one], [other]) => (one < other ? -1 : 1)).map(([path, others]) => [path, [...others].sort()]),
  );
}

function sortedGroups(groups: ReadonlyMap<string, readonly string[]>): string[][] {
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, paths]) => [...paths].sort());
}

/** Everything that is given at once: each argument, and each block around it. */
function everything(outline: Outline, anything: Anything): Map<string, Value> {
  return new Map<string, Value>([
    ...outline.nests.map(({ path }): [string, Value] => [path, null]),
    ...outline.leaves.map(({ path }): [string, Value] => [path, anything(path)]),
  ]);
}

/** Groups of which one is needed, from configurations in which only the blocks around it are there. */
async function neededGroups(asker: Asker, outline: Outline) {
  const groups = new Map<string, readonly string[]>();
  const add = (relations: readonly Relation[]) => {
    for (const relation of relations) if (relation.kind === 'none-of') groups.set(key(relation.paths), relation.paths);
  };
  add(await relationsIn(asker, new Map()));
  for (const { path } of outline.nests) add(await relationsIn(asker, new Map([[path, null]])));
  return groups;
}

/** What was found so far while excluded partners are left out, one after the other. */
interface Exclusions {
  readonly conflicts: Map<string, Set<string>>;
  readonly exclusive: Map<string, readonly string[]>;
  /** Paths whose partners are still to be looked for. */
  readonly open: Set<string>;
}

function note({ conflicts, exclusive, open }: Exclusions, relations: readonly Relation[]): void {
  for (const relation of relations) {
    if (relation.kind === 'conflicts' && !conflicts.has(relation.path)) open.add(relation.path);
    if (relation.kind !== 'several-of' || exclusive.has(key(relation.paths))) continue;
    exclusive.set(key(relation.paths), relation.paths);
    // Where only one of several may be there, that is said before conflicts are looked at.
    for (const path of relation.paths) open.add(path);
  }
}

/** Everything that excludes the blocks around an argument, or one of several, as far as it is known. */
function partnersOf({ conflicts, exclusive }: Exclusions, own: readonly string[]): Set<string> {
  const partners = own.flatMap((each) => [
    ...(conflicts.get(each) ?? []),
    ...[...conflicts].filter(([, others]) => others.has(each)).map(([other]) => other),
    ...[...exclusive.values()].filter((paths) => paths.includes(each)).flat(),
  ]);
  return new Set(partners.filter((other) => !own.includes(other)));
}

/** What is left out for an argument to be looked at: what excludes the blocks around it, and others of which one is needed. */
function hiding(found: Exclusions, path: string): Set<string> {
  const groups = [...found.exclusive.values()].filter((paths) => paths.includes(path)).flat();
  const others = groups.filter((other) => other !== path);
  return new Set([...partnersOf(found, around(path).slice(0, -1)), ...others]);
}

/** Looks for what excludes an argument: each partner that is named is left out of the next question. */
async function askPartners(asker: Asker, all: Given, path: string, found: Exclusions): Promise<void> {
  const out = hiding(found, path);
  for (let asked = 0; asked < MOST_PARTNERS; asked++) {
    const relations = await relationsIn(asker, without(all, out));
    note(found, relations);
    const next = relations.find(
      (relation) => relation.path === path && (relation.kind === 'conflicts' || relation.kind === 'several-of'),
    );
    if (next?.kind === 'conflicts') found.conflicts.set(path, (found.conflicts.get(path) ?? new Set()).add(next.other));
    const before = out.size;
    for (const partner of [...hiding(found, path), ...(found.conflicts.get(path) ?? [])]) out.add(partner);
    if (next === undefined || out.size === before) return;
  }
}

/**
 * What excludes what. A provider names the first partner only, and looks into a block only when nothing excludes it, so what
 * was found is left out until nothing new is found.
 */
async function exclusionsOf(asker: Asker, outline: Outline, all: Given): Promise<Exclusions> {
  const found: Exclusions = { conflicts: new Map(), exclusive: new Map(), open: new Set() };
  note(found, await relationsIn(asker, all));
  for (const path of found.open) await askPartners(asker, all, path, found);
  for (const { path } of outline.nests) {
    const out = partnersOf(found, around(path));
    if (out.size === 0) continue;
    const before = found.open.size;
    note(found, await relationsIn(asker, without(all, out)));
    for (const open of [...found.open].slice(before)) await askPartners(asker, all, open, found);
  }
  return found;
}

/** What needs what beside it: each argument and each block, given alone, with what the blocks around it need. */
async function requirementsOf(asker: Asker, outline: Outline, anything: Anything): Promise<Map<string, Set<string>>> {
  const requirements = new Map<string, Set<string>>();
  const leaves = new Map(outline.leaves.map(({ path }) => [path, anything(path)]));
  const depth = (path: string) => path.split('.').length;
  const paths = [...outline.nests.map(({ path }) => path), ...leaves.keys()].sort(
    (one, other) => depth(one) - depth(other),
  );
  for (const path of paths) {
    const beside = around(path)
      .slice(0, -1)
      .flatMap((each) => [...(requirements.get(each) ?? [])]);
    const given = [...beside, path].map((each): [string, Value] => [each, leaves.get(each) ?? null]);
    for (const relation of await relationsIn(asker, new Map(given))) {
      if (relation.kind !== 'requires') continue;
      const known = requirements.get(relation.path) ?? new Set();
      for (const other of relation.paths) if (other !== relation.path) known.add(other);
      requirements.set(relation.path, known);
    }
  }
  return requirements;
}

/** Which arguments of a type exclude or need each other, as its provider says when it is asked. */
export async function askRelations(asker: Asker, outline: Outline, anything: Anything): Promise<Relations> {
  const all = everything(outline, anything);
  const { conflicts, exclusive } = await exclusionsOf(asker, outline, all);
  const needed = await neededGroups(asker, outline);
  const atLeast = new Map([...needed].filter(([name]) => !exclusive.has(name)));
  const requirements = await requirementsOf(asker, outline, anything);
  return {
    ...(conflicts.size > 0 && { conflicts_with: sortedRecord(conflicts) }),
    ...(requirements.size > 0 && { required_with: sortedRecord(requirements) }),
    ...(exclusive.size > 0 && { exactly_one_of: sortedGroups(exclusive) }),
    ...(atLeast.size > 0 && { at_least_one_of: sortedGroups(atLeast) }),
  };
}
