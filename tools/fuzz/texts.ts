import { sample, stringMatching } from 'fast-check';
import type { AcceptedValues } from '../../provider/schema';
import { isFilled, type Random } from './random';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

function letters(random: Random, shortest: number, longest: number): string {
  const length = random.integer(shortest, Math.min(longest, shortest + 8));
  return Array.from({ length }, () => LETTERS[random.integer(0, 25)]).join('');
}

const SAMPLES: Readonly<Record<string, (random: Random) => string>> = {
  uuid: (random) => `00000000-0000-4000-8000-${String(random.integer(0, 999_999)).padStart(12, '0')}`,
  cidr: (random) => `10.${random.integer(0, 255)}.0.0/16`,
  'ip-or-cidr': (random) => `10.${random.integer(0, 255)}.0.0/16`,
  ip: (random) => `10.0.${random.integer(0, 255)}.1`,
  ipv4: (random) => `10.0.${random.integer(0, 255)}.1`,
  url: (random) => `https://${letters(random, 3, 9)}.example.com/`,
  bool: (random) => String(random.chance(0.5)),
  json: (random) => JSON.stringify({ [letters(random, 2, 5)]: random.integer(0, 9) }),
  'json-object': (random) => JSON.stringify({ [letters(random, 2, 5)]: random.integer(0, 9) }),
  base64: (random) => Buffer.from(letters(random, 3, 9)).toString('base64'),
  rfc3339: () => '2030-01-31T12:00:00Z',
  time: () => '2030-01-31T12:00:00Z',
  duration: (random) => `${random.integer(1, 90)}s`,
  'iso8601-duration': (random) => `PT${random.integer(1, 59)}M`,
  integer: (random) => String(random.integer(1, 1000)),
  'azure-resource-id': (random) =>
    `/subscriptions/s/resourceGroups/${letters(random, 3, 8)}/providers/Microsoft.Test/things/${letters(random, 3, 8)}`,
  'key-vault-item-id': (random) => `https://${letters(random, 3, 9)}.vault.azure.net/keys/${letters(random, 3, 8)}/1`,
  'key-vault-version-id': (random) =>
    `https://${letters(random, 3, 9)}.vault.azure.net/keys/${letters(random, 3, 8)}/1`,
  'iam-member': (random) => `user:${letters(random, 3, 9)}@example.com`,
  'hh:mm:ss': (random) => `0${random.integer(0, 9)}:30:00`,
};

/** Texts that match an expression; none of one that the library cannot do, such as one that looks ahead. */
function samplesOf(expression: RegExp, seed: number): string[] {
  if (/\(\?[!=<]/.test(expression.source)) return [];
  try {
    return sample(stringMatching(expression), { numRuns: 20, seed });
  } catch {
    return [];
  }
}

/** A text of one of several shapes of ids, which expressions of their kind list one after the other. */
function ofShapes(random: Random, pattern: string): string | undefined {
  const [, shapes] = /^\^\((\/[^()]*)\)\$$/.exec(pattern) ?? [];
  const all = shapes?.split('|') ?? [];
  if (!isFilled(all)) return undefined;
  return random
    .pick(all)
    .replaceAll('[^/]+', () => letters(random, 3, 9))
    .replaceAll('\\.', '.');
}

function matching(random: Random, accepted: AcceptedValues, pattern: string): string | undefined {
  const { min_length: shortest = 0, max_length: longest = 200 } = accepted;
  const plain = letters(random, Math.max(1, shortest), longest);
  if (new RegExp(pattern).test(plain)) return plain;
  const shaped = ofShapes(random, pattern);
  if (shaped !== undefined && new RegExp(pattern).test(shaped)) return shaped;
  return samplesOf(new RegExp(pattern), random.integer(0, 2 ** 31)).find(
    (text) => text.length >= shortest && text.length <= longest && !/[$%]\{/.test(text),
  );
}

/** A random text that the real provider's validator accepts. */
export function acceptedText(random: Random, accepted: AcceptedValues): string {
  const { one_of: values = [], min_length: shortest = 1, max_length: longest = 40 } = accepted;
  if (isFilled(values)) return String(random.pick(values));
  if (accepted.id !== undefined) return accepted.id.replaceAll('*', () => letters(random, 3, 9));
  const formatted = accepted.format === undefined ? undefined : SAMPLES[accepted.format]?.(random);
  if (formatted !== undefined) return formatted;
  if (accepted.min !== undefined || accepted.max !== undefined) return String(acceptedNumber(random, accepted));
  const fitting = accepted.pattern === undefined ? undefined : matching(random, accepted, accepted.pattern);
  return fitting ?? letters(random, Math.max(1, Math.min(shortest, longest)), longest);
}

/** A random number that the real provider's validator accepts. */
export function acceptedNumber(random: Random, accepted: AcceptedValues): number {
  const { one_of: values = [], min = 0, max = Math.max(min, 0) + 1000, multiple_of: step = 1 } = accepted;
  if (isFilled(values)) return Number(random.pick(values));
  const lowest = Math.min(min, max);
  return Math.max(lowest, Math.floor(random.integer(Math.ceil(lowest), Math.floor(max)) / step) * step);
}

/** A random text without any rule. */
export function anyText(random: Random): string {
  return random.chance(0.05) ? `${letters(random, 1, 4)} "ü€\n${letters(random, 1, 4)}` : letters(random, 1, 12);
}
