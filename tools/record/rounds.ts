import type { TypeConstraint } from '../../provider/schema';
import type { Value } from '../../provider/values';
import type { Asker } from './asker';
import { around, configuration, dotted, type Leaf } from './leaves';
import { isAboutValue, plainPath, relationOf } from './messages';
import type { Relations } from './relations';

/** Arguments that can be given in one configuration, so that one question asks about all of them. */
export type Round = readonly Leaf[];

/** Values to ask about, by path. */
export type Trials = ReadonlyMap<string, Value>;

/** What a provider says of a value: nothing, or everything for which it refuses it. */
export type Verdicts = ReadonlyMap<string, readonly string[]>;

/** Whether two arguments can be given together. */
function excludes({
  conflicts_with: conflicts = {},
  exactly_one_of: groups = [],
}: Relations): (one: Leaf, other: Leaf) => boolean {
  return (one, other) => {
    // Findings inside of a set name the set alone.
    if (one.set !== undefined && one.set === other.set) return true;
    const [left, right] = [around(one.path), around(other.path)];
    if (left.some((path) => conflicts[path]?.some((partner) => right.includes(partner)))) return true;
    if (right.some((path) => conflicts[path]?.some((partner) => left.includes(partner)))) return true;
    return groups.some((paths) =>
      paths.some((path) => left.includes(path) && paths.some((partner) => partner !== path && right.includes(partner))),
    );
  };
}

/** Few rounds that hold all arguments, none beside one that it excludes. */
export function roundsOf(leaves: readonly Leaf[], relations: Relations): Round[] {
  const exclude = excludes(relations);
  const rounds: Leaf[][] = [];
  for (const leaf of leaves) {
    const free = rounds.find((round) => !round.some((other) => exclude(leaf, other)));
    if (free === undefined) rounds.push([leaf]);
    else free.push(leaf);
  }
  return rounds;
}

/** A value as an argument of a type takes it: one element of a list. */
function shaped({ type }: Leaf, value: Value): Value {
  if (typeof type === 'string') return value;
  if (type[0] === 'list' || type[0] === 'set') return [value];
  return type[0] === 'map' ? { key: value } : value;
}

/** Blocks around an argument from which on the SDK of providers mixes up the names of neighbours in the paths of its findings. */
const MIXED_UP_DEPTH = 3;

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')));
}

/** Whether a finding with a mixed up path can be about an argument: one as deep, below the same block of the resource. */
function isNear({ path }: Leaf, at: string): boolean {
  return path.split('.')[0] === at.split('.')[0] && path.split('.').length >= MIXED_UP_DEPTH;
}

function isMap(type: TypeConstraint): boolean {
  return typeof type !== 'string' && type[0] === 'map';
}

/** The arguments of which one is meant by a finding: messages that name one are right where paths are not. */
function meantBy(asked: readonly Leaf[], at: string, message: string): readonly Leaf[] {
  const named = [...message.matchAll(/[a-z][\w]*(?:\.\w+)+|"[a-z]\w*"|`[a-z]\w*`/g)].map(([word]) => plainPath(word));
  const byName = asked.find(({ path }) => path.includes('.') && named.includes(path));
  if (byName !== undefined) return [byName];
  const isMixedUp = at.split('.').length > MIXED_UP_DEPTH;
  if (isMixedUp) {
    const neighbours = asked.filter(({ path, set }) =>
      [path, set ?? ''].some((each) => parentOf(each) === parentOf(at)),
    );
    return neighbours.length > 0 ? neighbours : asked.filter((leaf) => isNear(leaf, at));
  }
  return asked.filter(({ path, set, type }) => {
    const isInside = at.startsWith(`${path}.`) && isMap(type);
    return path === at || isInside || (set !== undefined && (at === set || at.startsWith(`${set}.`)));
  });
}

/** Asks about one value for each argument of a round; tells those that are refused, and why. */
export async function ask(
  asker: Asker,
  round: Round,
  trials: Trials,
  beside: Trials = new Map(),
): Promise<Verdicts | undefined> {
  const asked = round.filter(({ path }) => trials.has(path));
  const values = asked.map((leaf): [string, Value] => [leaf.path, shaped(leaf, trials.get(leaf.path) ?? null)]);
  const findings = await asker.validate(configuration(asker.schema.block, new Map([...beside, ...values])));
  if (findings === undefined) return undefined;
  const verdicts = new Map<string, readonly string[]>();
  const unclear = new Set<Leaf>();
  for (const { isError, summary, detail, path } of findings) {
    const at = dotted(path);
    if (!isError || !isAboutValue(summary, detail) || relationOf(at, detail) !== undefined) continue;
    const meant = meantBy(asked, at, `${summary} ${detail}`);
    const [leaf] = meant;
    if (meant.length > 1) for (const each of meant) unclear.add(each);
    else if (leaf !== undefined) verdicts.set(leaf.path, [...(verdicts.get(leaf.path) ?? []), `${summary}\n${detail}`]);
  }
  for (const leaf of unclear) {
    const alone = await ask(asker, [leaf], trials, beside);
    const messages = alone?.get(leaf.path);
    if (messages !== undefined) verdicts.set(leaf.path, messages);
  }
  return verdicts;
}
