import { z } from 'zod';
import { isPublicAddress } from '../catalog/ranges';
import { type Diagnostic, EstateError, type Position } from '../diagnostics';
import { compareKeys, deepFreeze } from '../units';
import { looksSecret, masked, namesSecret, withoutValues, withoutWords } from './exchange-secrets';
import { jsonMistake } from './json-syntax';
import type { Path, Positions } from './positions';
import { key } from './schema-parts';
import { parseAnySource } from './source';
import { formatPath, quote } from './words';

/**
 * Identifiers that clouds give and that are no secret: ids of AWS, OCIDs, resource ids, UUIDs, numbers, ARNs and accounts.
 * Anything else is refused, since a key would look like it.
 */
const ID =
  /^([a-z]+(-[a-z]+)*-[0-9a-f]{8,17}|ocid1\.[a-z0-9]+\.[a-z0-9]*\.[a-z0-9-]*\.[a-z0-9]+|\/subscriptions\/[\w./-]+|projects\/[\w./:-]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{6,30}|arn:aws[a-z-]*:[\w:/.+=,@-]+|[a-z0-9._-]+@[a-z0-9.-]+)$/;

const id = z
  .string()
  .max(400)
  .regex(ID, 'must be an identifier that a cloud gave, such as tgw-0a1b2c3d4e5f60718, an OCID or a UUID; never a key');
const address = z.ipv4();
const issuer = z
  .string()
  .max(400)
  .regex(/^https:\/\/[\w.-]+(\/[\w./-]*)?$/, 'must be the https address of an issuer, without a query');
const inside = z.string().regex(/^(\d{1,3}\.){3}\d{1,3}\/30$/, 'must be an inside range, such as 169.254.21.0/30');
const mount = z
  .string()
  .max(300)
  .regex(/^[a-z0-9][a-z0-9.-]*@[a-z0-9]+:\/[\w-]+$/, 'must be what clients mount, such as 10.8.64.5@tcp:/scratch');
const section = <T extends z.ZodType>(value: T) => z.record(key, value).default({});

const sections = {
  /** By site: public addresses of its gateway in the order of its interfaces, and its id where peers want it. */
  gateways: section(z.strictObject({ addresses: z.array(address).min(1).max(4).optional(), id: id.optional() })),
  /** By link and site: the public address of each tunnel of that site, by the inside range of the tunnel. */
  tunnels: section(z.record(key, z.record(inside, address))),
  /** By link and site: what that site has made of a peering. */
  peerings: section(z.record(key, id)),
  /** By link and site: the circuits that were ordered or accepted at that site, in the order of their numbers. */
  circuits: section(z.record(key, z.array(id).min(1).max(2))),
  /** By shard: who signs the tokens of its service accounts. */
  issuers: section(issuer),
  /** By account: who signs the tokens of its roles. */
  accounts: section(z.strictObject({ issuer })),
  /** By object store: its ARN, and that of the key of its objects, where its name is known after an apply only. */
  stores: section(z.strictObject({ id, encryptionKey: id.optional() })),
  /** By file system: what its clients mount, `<address>@<network>:/<name>`. */
  mounts: section(mount),
  /** By object store: the ARN of its bucket, whose name CloudFormation gives. */
  buckets: section(id),
  /** By shard: what its cloud knows the identity of its workloads by, under names that the cloud has for it. */
  principals: section(z.record(z.string().regex(/^[a-z][A-Za-z]*(-[0-9a-f]{8})?$/), id)),
  /** By grant: what the cloud of the store knows its identities by, under names that the cloud has for it. */
  grants: section(z.record(z.string().regex(/^[a-z][A-Za-z]*(-\d+)?$/), id)),
} as const;

const fragmentSchema = z.strictObject({
  /** First name of the estate. */
  estate: z.string(),
  ...sections,
  /** As an output says them: pairs, since CloudFormation has no keys that are known later. */
  tunnels: section(z.record(key, z.array(z.strictObject({ inside, address })))),
});

const exchangeSchema = z.strictObject({ version: z.literal(1), estate: z.string(), ...sections });

/** What clouds have said after an apply and other stacks are made from; nothing in it is secret. */
export type Exchange = z.output<typeof exchangeSchema>;

/** What one stack says: a part of an exchange file, told by its output `exchange`. */
export type ExchangeFragment = z.output<typeof fragmentSchema>;

/** The exchange of an estate of which nothing was applied yet. */
export const EMPTY_EXCHANGE: Omit<Exchange, 'estate'> = {
  version: 1,
  gateways: {},
  tunnels: {},
  peerings: {},
  circuits: {},
  issuers: {},
  accounts: {},
  stores: {},
  mounts: {},
  buckets: {},
  principals: {},
  grants: {},
};

/** The exchange file beside an estate file: `estate.yaml` -> `estate.exchange.json`. */
export function exchangePathOf(file: string): string {
  return `${file.replace(/\.(ya?ml|json)$/i, '')}.exchange.json`;
}

/** An exchange file with the place of every value in it. */
export interface ExchangeFile {
  readonly exchange: Exchange;
  /** Where a value of it stands; lines are shown without their values. */
  readonly locate: (path: Path, what?: 'value' | 'key') => Position;
}

/** Form of exchange files that this release reads. */
const VERSION = 1;

/** An exchange is small: a larger one is something else. */
const MAX_CHARACTERS = 8 * 2 ** 20;

/**
 * Reads the text of an exchange file.
 *
 * @throws EstateError with every mistake in it: `ExchangeInvalid`, `ExchangeSecret`, `ExchangeAddress`
 */
export function parseExchange(text: string, file: string): Exchange {
  return parseExchangeFile(text, file).exchange;
}

/** The same, with the places of its values. */
export function parseExchangeFile(text: string, file: string): ExchangeFile {
  const { value, positions } = readJson(text, file);
  const locate: ExchangeFile['locate'] = (path, what) => masking(positions.locate(path, what));
  const found: Diagnostic[] = [];
  const secrets = secretsIn(value);
  found.push(...secrets.map((secret) => secretFound(secret, locate)));
  const newer = newerForm(value, locate);
  if (newer !== undefined) throw new EstateError([...found, newer]);
  const parsed = exchangeSchema.safeParse(value);
  if (parsed.success) {
    const wrong = [...found, ...wrongAddresses(parsed.data, locate)];
    if (wrong.length > 0) throw new EstateError(wrong);
    return { exchange: deepFreeze(parsed.data), locate };
  }
  const told = new Set(secrets.map(({ path }) => shownPath(path)));
  for (const { path, message, on } of mistakes(parsed.error.issues)) {
    const place = shownPath(path);
    if (!told.has(place)) found.push({ ...invalid(message, locate(path, on)), path: place });
  }
  throw new EstateError(found);
}

/** An exchange that was put together from parts of others. */
export function exchangeFrom(value: object): Exchange {
  return deepFreeze(exchangeSchema.parse(value));
}

/** What is wrong with the addresses of an exchange that stands in no file yet. */
export function exchangeProblems(exchange: Exchange): readonly Diagnostic[] {
  return wrongAddresses(exchange);
}

/** An exchange as its file has it: sorted, an entry a line, so that changes of two branches can be merged. */
export function formatExchange(exchange: Exchange): string {
  const { version, estate, ...rest } = exchange;
  const filled = Object.entries(rest).filter(([, entries]) => Object.keys(entries).length > 0);
  const text = JSON.stringify({ version, estate, ...Object.fromEntries(filled.map(sorted)) }, undefined, 2);
  return `${text.replace(/\[\s+([^[\]{}]*?)\s+\]/g, (_, items: string) => `[${items.replace(/\s*\n\s*/g, ' ')}]`)}\n`;
}

function sorted([key, value]: [string, unknown]): [string, unknown] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [key, value];
  const entries = Object.entries(value).sort(([one], [other]) => compareKeys(one, other));
  return [key, Object.fromEntries(entries.map(sorted))];
}

/** What an output of a stack says; undefined where it is no part of an exchange. */
export function parseFragment(value: unknown): ExchangeFragment | undefined {
  const read = readFragment(value);
  return 'fragment' in read ? read.fragment : undefined;
}

/** A fragment, or what is wrong with it and whether it holds a secret. */
export type FragmentRead =
  | { readonly fragment: ExchangeFragment }
  | { readonly problems: readonly string[]; readonly isSecret: boolean };

/** Reads what an output `exchange` of a stack says; what is told of mistakes holds no value. */
export function readFragment(value: unknown): FragmentRead {
  const json = typeof value === 'string' ? jsonOf(value) : value;
  if (json === undefined) return { problems: ['it is not JSON'], isSecret: false };
  const secrets = secretsIn(json).map(({ path }) => `what looks like a key or another secret at "${shownPath(path)}"`);
  if (secrets.length > 0) return { problems: secrets, isSecret: true };
  const parsed = fragmentSchema.safeParse(json);
  if (parsed.success) return { fragment: parsed.data };
  const problems = mistakes(parsed.error.issues).map(({ path, message }) => `${message}, at "${shownPath(path)}"`);
  return { problems, isSecret: false };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value of a JSON text; what is wrong with it is told with its place, and without the text itself. */
function readJson(written: string, file: string): { readonly value: unknown; readonly positions: Positions } {
  const text = written.replace(/^\uFEFF/, '');
  if (text.length > MAX_CHARACTERS) throw new EstateError([invalid('the exchange file is larger than 8 MiB')]);
  const { positions, diagnostics } = parseAnySource(text, file);
  const conflict = diagnostics.find(({ message }) => message.includes('merge conflict'));
  if (conflict !== undefined) {
    const hint = 'keep the entries of both sides: import what stacks tell again where both have one of them';
    throw new EstateError([{ ...invalid(conflict.message, conflict.at && wordless(conflict.at)), hint }]);
  }
  const mistake = jsonMistake(text);
  if (mistake !== undefined) {
    const at = wordless(positions.at(mistake.offset, mistake.offset + 1));
    throw new EstateError([invalid(`the exchange file is not JSON: ${mistake.expected} is expected here`, at)]);
  }
  // What is JSON and still told of is nested too deep, or has a key twice.
  const found = diagnostics.map(({ message, at }) => invalid(message, at && masking(at)));
  if (found.length > 0) throw new EstateError(found);
  return { value: jsonOf(text), positions };
}

/** A place in a file of JSON: of its line the keys are shown. */
function masking(at: Position): Position {
  return { ...at, text: withoutValues(at.text) };
}

/** A place in a file that is no JSON: of its line nothing is shown but how it is built. */
function wordless(at: Position): Position {
  return { ...at, text: withoutWords(at.text) };
}

/** A value that looks like a secret, or a key that does. */
interface Secret {
  readonly path: Path;
  readonly on?: 'key';
}

/** Values and keys that look like secrets, and what stands under a key that says so. */
function secretsIn(value: unknown, path: Path = []): readonly Secret[] {
  if (typeof value === 'string' || typeof value === 'number') {
    const key = path.at(-1);
    const isNamed = typeof key === 'string' && namesSecret(key) && !isChosen(path);
    return isNamed || looksSecret(String(value)) ? [{ path }] : [];
  }
  if (Array.isArray(value)) return value.flatMap((each, index) => secretsIn(each, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]): readonly Secret[] => {
    const here = [...path, key];
    return looksSecret(key) ? [{ path: here, on: 'key' }] : secretsIn(member, here);
  });
}

/** Whether the last key of a path is the name of a site, link or shard, which may be any word. */
function isChosen([section = '', ...rest]: Path): boolean {
  const names = { tunnels: 2, peerings: 2, circuits: 2, principals: 2, grants: 2 }[String(section)] ?? 1;
  return Object.hasOwn(sections, section) && rest.length <= names;
}

/** A path as it is told: a key may be a secret that somebody has put into the wrong place. */
function shownPath(path: Path): string {
  return masked(formatPath(path));
}

function secretFound({ path, on }: Secret, locate: ExchangeFile['locate']): Diagnostic {
  const at = locate(path, on);
  const [start, end] = [at.column - 1, at.column - 1 + at.length];
  return {
    code: 'ExchangeSecret',
    severity: 'error',
    path: shownPath(path),
    message: 'it looks like a key or another secret, and the exchange file is read by everybody',
    hint: 'remove it, and replace the key where it is used: "npx estate exchange keys LINK" prints how keys are made',
    // The value stands in the line that is shown.
    at: { ...at, text: `${at.text.slice(0, start)}${'*'.repeat(at.length)}${at.text.slice(end)}` },
  };
}

function newerForm(value: unknown, locate: ExchangeFile['locate']): Diagnostic | undefined {
  if (typeof value !== 'object' || value === null || !('version' in value)) return undefined;
  const { version } = value;
  if (typeof version !== 'number' || version <= VERSION) return undefined;
  const message = `the exchange file has form ${version}, and this release reads form ${VERSION}`;
  return {
    ...invalid(message, locate(['version'])),
    path: 'version',
    value: version,
    hint: 'install the release that wrote it',
  };
}

interface Mistake {
  readonly path: Path;
  readonly message: string;
  readonly on?: 'key';
}

const KINDS: Readonly<Record<string, string>> = { object: 'a map', record: 'a map', array: 'a list', string: 'a text' };

/** What is wrong by the schema, in words that hold no value. */
function mistakes(issues: readonly z.core.$ZodIssue[]): readonly Mistake[] {
  return issues.flatMap((issue): Mistake[] => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => {
          return {
            path: [...path, key],
            message: `${quote(masked(key))} is nothing that an exchange has here`,
            on: 'key',
          };
        });
      case 'invalid_key': {
        const reason = issue.issues.map(({ message }) => message).join(', ');
        return [{ path, message: `the key is none that an exchange has here: it ${reason}`, on: 'key' }];
      }
      case 'invalid_type':
        return [{ path, message: `${KINDS[issue.expected] ?? `a ${issue.expected}`} is expected here` }];
      case 'invalid_value':
        return [{ path, message: `${issue.values.map(quote).join(' or ')} is expected here` }];
      case 'invalid_format':
        return [{ path, message: issue.format === 'ipv4' ? 'it must be an IPv4 address' : `it ${issue.message}` }];
      default:
        return [{ path, message: issue.message.replace(/^./, (first) => first.toLowerCase()) }];
    }
  });
}

/** Addresses that peers cannot reach, and such as two tunnels or gateways would have. */
function wrongAddresses(exchange: Exchange, locate?: ExchangeFile['locate']): readonly Diagnostic[] {
  const all = [
    ...Object.entries(exchange.gateways).flatMap(([site, { addresses = [] }]) =>
      addresses.map((address, index) => ({ address, path: ['gateways', site, 'addresses', index] as const })),
    ),
    ...Object.entries(exchange.tunnels).flatMap(([link, sites]) =>
      Object.entries(sites).flatMap(([site, ranges]) =>
        Object.entries(ranges).map(([range, address]) => ({ address, path: ['tunnels', link, site, range] as const })),
      ),
    ),
  ];
  const first = new Map<string, string>();
  return all.flatMap(({ address, path }): Diagnostic[] => {
    const place = formatPath(path);
    const wrong = (message: string, hint: string): Diagnostic[] => [
      {
        code: 'ExchangeAddress',
        severity: 'error',
        path: place,
        value: address,
        message,
        hint,
        ...(locate && { at: locate(path) }),
      },
    ];
    if (!isPublicAddress(address))
      return wrong(`${address} is no public address, and peers reach it over the internet`, AGAIN);
    const other = first.get(address);
    if (other === undefined) {
      first.set(address, place);
      return [];
    }
    return wrong(`${address} is at ${other} too, and no two tunnels or gateways share one`, AGAIN);
  });
}

const AGAIN = 'import what the stack tells: "npx estate exchange import FILE"';

function invalid(message: string, at?: Position): Diagnostic {
  const hint = 'restore it from version control, and add to it with "npx estate exchange import" only';
  return { code: 'ExchangeInvalid', severity: 'error', path: '', message, hint, ...(at && { at }) };
}
