import { attributesOf, type BlockSchema, blocksOf, type ResourceRules } from '../../provider/schema';
import { isFilled, type Random } from './random';

/** Which arguments a random configuration must have and must not have, by dotted path. */
export interface Choices {
  readonly wanted: ReadonlySet<string>;
  readonly forbidden: ReadonlySet<string>;
}

function isRequired(block: BlockSchema, path: string): boolean {
  const segments = path.split('.');
  let current: BlockSchema | undefined = block;
  for (const segment of segments.slice(0, -1)) current = current && blocksOf(current)[segment]?.block;
  const last = segments.at(-1);
  if (current === undefined || last === undefined) return false;
  return attributesOf(current)[last]?.required === true || (blocksOf(current)[last]?.min_items ?? 0) > 0;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')));
}

/** Random choices that satisfy a resource type's relations between arguments, as far as one pass can. */
export function choose(random: Random, block: BlockSchema, rules: ResourceRules): Choices {
  const wanted = new Set<string>();
  const forbidden = new Set<string>();
  const want = (path: string, withParents: boolean) => {
    wanted.add(path);
    for (let parent = parentOf(path); withParents && parent !== ''; parent = parentOf(parent)) wanted.add(parent);
  };
  const isFixed = (path: string) => wanted.has(path) || isRequired(block, path);
  const pickOf = (paths: readonly string[]): string | undefined => {
    const open = paths.filter((path) => !forbidden.has(path));
    const fixed = open.filter(isFixed);
    return isFilled(fixed) ? fixed[0] : isFilled(open) ? random.pick(open) : undefined;
  };
  const conflicts = Object.entries(rules.conflicts_with ?? {});
  const exclude = (path: string) => {
    for (const [from, others] of conflicts) {
      if (from === path) for (const other of others) forbidden.add(other);
      if (others.includes(path)) forbidden.add(from);
    }
  };
  for (const paths of random.shuffle(rules.exactly_one_of ?? [])) {
    const chosen = pickOf(paths);
    if (chosen === undefined) continue;
    want(chosen, new Set(paths.map(parentOf)).size > 1);
    exclude(chosen);
    for (const path of paths) if (path !== chosen) forbidden.add(path);
  }
  for (const paths of random.shuffle(rules.at_least_one_of ?? [])) {
    const chosen = pickOf(paths);
    if (chosen === undefined) continue;
    want(chosen, new Set(paths.map(parentOf)).size > 1);
    exclude(chosen);
  }
  for (const [path, others] of random.shuffle(Object.entries(rules.required_with ?? {}))) {
    if (
      isFixed(path) ||
      (random.chance(0.3) && !forbidden.has(path) && others.every((other) => !forbidden.has(other)))
    ) {
      for (const each of [path, ...others]) {
        want(each, true);
        exclude(each);
      }
    } else {
      forbidden.add(path);
    }
  }
  for (const [path, others] of random.shuffle(conflicts)) {
    for (const other of others) {
      if (forbidden.has(path) || forbidden.has(other)) continue;
      forbidden.add(isFixed(path) || (!isFixed(other) && random.chance(0.5)) ? other : path);
    }
  }
  return { wanted, forbidden };
}
