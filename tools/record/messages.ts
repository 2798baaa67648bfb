import type { AcceptedValues } from '../../provider/schema';

/** How arguments of a resource depend on each other, as one message of a provider tells it. */
export type Relation =
  | { readonly kind: 'conflicts'; readonly path: string; readonly other: string }
  | { readonly kind: 'requires'; readonly path: string; readonly paths: readonly string[] }
  | { readonly kind: 'none-of'; readonly path: string; readonly paths: readonly string[] }
  | { readonly kind: 'several-of'; readonly path: string; readonly paths: readonly string[] };

/** A path as providers print it, with positions, as recordings have it. */
export function plainPath(text: string): string {
  return text
    .trim()
    .replace(/^["`]|["`]$/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .split('.')
    .filter((segment) => !/^\d+$/.test(segment))
    .join('.');
}

function paths(list: string): string[] {
  return list
    .split(',')
    .map(plainPath)
    .filter((path) => path !== '');
}

/** The forms in which the SDK and the framework of providers tell relations. */
const RELATIONS: readonly (readonly [RegExp, (path: string, match: RegExpExecArray) => Relation])[] = [
  [
    /^"?([^"]+)"?: conflicts with (\S+)/,
    (_, [, path = '', other = '']) => ({ kind: 'conflicts', path: plainPath(path), other: plainPath(other) }),
  ],
  [
    /^"?([^"]+)"?: all of `([^`]+)` must be specified/,
    (_, [, path = '', all = '']) => ({ kind: 'requires', path: plainPath(path), paths: paths(all) }),
  ],
  [
    /^"?([^"]+)"?: one of `([^`]+)` must be specified/,
    (_, [, path = '', all = '']) => ({ kind: 'none-of', path: plainPath(path), paths: paths(all) }),
  ],
  [
    /^"?([^"]+)"?: only one of `([^`]+)` can be specified/,
    (_, [, path = '', all = '']) => ({ kind: 'several-of', path: plainPath(path), paths: paths(all) }),
  ],
  [
    /Attribute "([^"]+)" cannot be specified when "([^"]+)" is specified/,
    (_, [, other = '', path = '']) => ({ kind: 'conflicts', path: plainPath(path), other: plainPath(other) }),
  ],
  [
    /Attribute "([^"]+)" must be specified when "([^"]+)" is specified/,
    (_, [, other = '', path = '']) => ({
      kind: 'requires',
      path: plainPath(path),
      paths: [plainPath(path), plainPath(other)],
    }),
  ],
  [
    /No attribute specified when one \(and only one\) of \[(.+)\] is required/,
    (path, [, all = '']) => ({ kind: 'none-of', path, paths: paths(all) }),
  ],
  [
    /\d+ attributes specified when one \(and only one\) of \[(.+)\] is required/,
    (path, [, all = '']) => ({ kind: 'several-of', path, paths: paths(all) }),
  ],
  [
    /At least one attribute out of \[(.+)\] must be specified/,
    (path, [, all = '']) => ({ kind: 'none-of', path, paths: paths(all) }),
  ],
];

/** The relation that a message tells of an argument. */
export function relationOf(path: string, message: string): Relation | undefined {
  for (const [form, make] of RELATIONS) {
    const match = form.exec(message);
    if (match !== null) return make(path, match);
  }
  return undefined;
}

/** Messages that are about an argument's being there, not about its value. */
const PRESENCE =
  /^(Missing required argument|Invalid combination of arguments|Conflicting configuration arguments|Value for unconfigurable attribute|Not enough list items|Too many list items|Insufficient .* blocks|Too many .* blocks|Invalid Attribute Combination|Missing Configuration for Required Attribute)/i;

/** Whether a message is about a value that is there. */
export function isAboutValue(summary: string, detail: string): boolean {
  return (
    !PRESENCE.test(summary) &&
    !/is required, but no definition was found|required field is not set/.test(`${summary} ${detail}`)
  );
}

const NUMBER = '(-?[0-9.]+(?:e[+-]?\\d+)?)';
const QUOTED = /"((?:[^"\\]|\\.)*)"/g;

function listed(text: string): AcceptedValues {
  const quoted = [...text.matchAll(QUOTED)].map(([whole]) => String(JSON.parse(whole)));
  if (quoted.length > 0) return { one_of: quoted };
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  return { one_of: words.every((word) => /^-?\d+$/.test(word)) ? words.map(Number) : words };
}

/** The shape of an Azure id, from the list of its segments in the message of the library that reads ids. */
function idOf(message: string): AcceptedValues | undefined {
  const example = /^\s*> (\/\S+)\s*$/m.exec(message)?.[1];
  if (example === undefined) return undefined;
  const said =
    /Segment (\d+) - this should be (?:the literal value "([^"]+)"|the name of the Resource Provider \[for example '([^']+)'\])/g;
  const literals = new Map(
    [...message.matchAll(said)].map(([, at = '', literal, provider]) => [Number(at), literal ?? provider ?? '*']),
  );
  if (literals.size === 0) return undefined;
  const segments = example
    .split('/')
    .slice(1)
    .map((_, index) => literals.get(index) ?? '*');
  return { id: `/${segments.join('/')}` };
}

/** The forms in which validators say what they accept. */
const ACCEPTED: readonly (readonly [RegExp, (match: RegExpExecArray) => AcceptedValues | undefined])[] = [
  [/expected .* to be one of \[(.*)\], got/s, ([, list = '']) => listed(list)],
  [/value must be one of: \[(.*)\], got/s, ([, list = '']) => listed(list)],
  [
    new RegExp(`expected length of .* to be in the range \\(${NUMBER} - ${NUMBER}\\)`),
    ([, from, to]) => ({ min_length: Number(from), max_length: Number(to) }),
  ],
  [
    new RegExp(`string length must be between ${NUMBER} and ${NUMBER}`),
    ([, from, to]) => ({ min_length: Number(from), max_length: Number(to) }),
  ],
  [new RegExp(`string length must be at least ${NUMBER}`), ([, from]) => ({ min_length: Number(from) })],
  [new RegExp(`string length must be at most ${NUMBER}`), ([, to]) => ({ max_length: Number(to) })],
  [/expected .* to not be an empty string/, () => ({ min_length: 1 })],
  [
    new RegExp(`expected .* to be in the range \\(${NUMBER} - ${NUMBER}\\)`),
    ([, from, to]) => ({ min: Number(from), max: Number(to) }),
  ],
  [
    new RegExp(`value must be between ${NUMBER} and ${NUMBER}`),
    ([, from, to]) => ({ min: Number(from), max: Number(to) }),
  ],
  [
    new RegExp(`(?:expected .* to be at least \\(|value must be at least )${NUMBER}`),
    ([, from]) => ({ min: Number(from) }),
  ],
  [new RegExp(`(?:expected .* to be at most \\(|value must be at most )${NUMBER}`), ([, to]) => ({ max: Number(to) })],
  [new RegExp(`expected .* to be divisible by ${NUMBER}`), ([, step]) => ({ multiple_of: Number(step) })],
  [/doesn't match regexp "((?:[^"\\]|\\.)*)"/, ([, pattern = '']) => ({ pattern: String(JSON.parse(`"${pattern}"`)) })],
  [/must match (?:the )?(?:pattern|regular expression):? [`'"]?(\^.*\$)[`'"]?/, ([, pattern]) => ({ pattern })],
];

/** What a message says that is accepted, if it is of a known form; it is a hint, to be asked again. */
export function acceptedOf(message: string): AcceptedValues | undefined {
  for (const [form, read] of ACCEPTED) {
    const match = form.exec(message);
    if (match !== null) return read(match);
  }
  return idOf(message);
}
