import { formatCount } from '../units';

const LONGEST_VALUE = 60;
const LONGEST_LIST = 12;

/** A value as it is shown in a message: text in quotes, numbers as they are, maps and lists by their kind. */
export function quote(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value);
  }
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  return value === undefined ? 'nothing' : String(value);
}

/** `"a", "b" or "c"`: values that are allowed, shortened when there are many. */
export function orList(values: readonly unknown[]): string {
  return joined(values.map(quote), 'or');
}

/** `"a", "b" and "c"`. */
export function andList(values: readonly unknown[]): string {
  return joined(values.map(quote), 'and');
}

/** A count with its noun: `1 rack`, `2,304 nodes`. */
export function counted(count: number, noun: string, plural = `${noun.replace(/([^aeiou])y$/, '$1ie')}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** A path as it is printed: `clusters.ohio-b200.pools.train.racks`. */
export function formatPath(path: readonly (string | number)[]): string {
  return path.join('.');
}

/** `a, b and c`: words in a sentence, shortened when there are many. */
export function joined(words: readonly string[], last: 'and' | 'or'): string {
  if (words.length > LONGEST_LIST) return `${words.slice(0, LONGEST_LIST).join(', ')} … (${words.length} in all)`;
  const head = words.slice(0, -1).join(', ');
  return head === '' ? (words[0] ?? 'nothing') : `${head} ${last} ${words.at(-1)}`;
}
