import type { PathStep } from '../provider/protocol';
import { isObject, type Value, type ValueObject } from '../provider/values';

/** What `lifecycle.ignore_changes` names: single paths, or everything. */
export type IgnoredPaths = readonly PathStep[][] | 'all';

/** Reads a path as it is written there: `node_config[0].labels`, `tags["team"]`. */
function parsePath(text: string): PathStep[] {
  return [...text.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, key, index, name]) =>
    index === undefined ? (key ?? name ?? '') : Number(index),
  );
}

/** Reads `lifecycle.ignore_changes`. */
export function ignoredPaths(written: unknown): IgnoredPaths {
  if (written === 'all') return 'all';
  if (!Array.isArray(written)) return [];
  const texts = written.filter((entry) => typeof entry === 'string');
  return texts.includes('all') ? 'all' : texts.map(parsePath);
}

function withMember(target: Value, source: Value, [step, ...rest]: readonly PathStep[]): Value {
  if (step === undefined) return source;
  if (Array.isArray(target) && Array.isArray(source)) {
    const at = Number(step);
    return target.map((element, index) => (index === at ? withMember(element, source[at] ?? null, rest) : element));
  }
  if (!isObject(target) || !isObject(source)) return target;
  const kept: ValueObject = { ...target, [step]: withMember(target[step] ?? null, source[step] ?? null, rest) };
  if (kept[step] === null && !(step in source)) delete kept[step];
  return kept;
}

/** A configuration with the ignored parts as they were. */
export function keepIgnored(config: Value, before: Value, ignored: IgnoredPaths): Value {
  if (ignored === 'all') return before;
  return ignored.reduce<Value>((kept, path) => withMember(kept, before, path), config);
}
