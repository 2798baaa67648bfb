import { createHash } from 'node:crypto';

/** What a provider allows in one kind of name. */
export interface NameLimit {
  /** Longest name, in characters. */
  readonly maxLength: number;
  /** Shortest name, in characters. @default 1 */
  readonly minLength?: number;
  /** Characters that may stand in the name; others are dropped. */
  readonly allowed: RegExp;
  /** Put between the parts; '' where the provider allows no separator. */
  readonly separator: '-' | '_' | '';
  /**
   * Names of this kind share one namespace beyond the account: they always end with a hash.
   * @default false
   */
  readonly global?: boolean;
  /** Where the limit comes from. */
  readonly source: string;
  /** Month in which the source was read, YYYY-MM. */
  readonly checked: string;
}

/** First 8 hexadecimal digits of the SHA-256 of a text: the project's stable short hash. */
export function hash8(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/**
 * Joins parts to a physical name that a provider accepts.
 *
 * Lower-case ASCII. A name that is too long, that would lose characters, or that must be unique beyond the account
 * (`global`, then `scope` names the account) ends with 8 hexadecimal digits of the hash of what it stands for, so two
 * different inputs never give one name and one input always gives the same.
 */
export function fitName(parts: readonly string[], limit: NameLimit, scope = ''): string {
  const full = parts.join('-').toLowerCase();
  const kept = parts.map((part) => keep(part.toLowerCase(), limit)).filter((part) => part !== '');
  const joined = kept.join(limit.separator);
  const lossless = limit.separator === '-' ? joined === full : parts.length === 1 && joined === full;
  if (!limit.global && joined.length <= limit.maxLength && (lossless || unambiguous(parts, kept, limit))) return joined;
  const hash = hash8(`${scope}/${full}`);
  const room = limit.maxLength - hash.length - limit.separator.length;
  const head = joined.slice(0, Math.max(room, 0)).replace(/[-_]+$/, '');
  return `${head}${limit.separator}${hash}`;
}

/** Keeps the characters that the limit allows. */
function keep(part: string, limit: NameLimit): string {
  return [...part].filter((character) => limit.allowed.test(character)).join('');
}

/** Nothing was dropped from any part, and the parts can be told apart in the joined name. */
function unambiguous(parts: readonly string[], kept: readonly string[], limit: NameLimit): boolean {
  if (kept.length !== parts.length || kept.some((part, index) => part !== parts[index]?.toLowerCase())) return false;
  if (limit.separator !== '') return true;
  // Without a separator only a trailing number after a word that ends in a letter keeps its meaning.
  const [first = '', second = '', ...rest] = kept;
  return rest.length === 0 && /^[a-z]*$/.test(first) && /^\d*$/.test(second);
}
