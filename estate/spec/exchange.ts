import { z } from 'zod';
import { type Diagnostic, EstateError } from '../diagnostics';
import { deepFreeze } from '../units';
import { key } from './schema-parts';

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
  principals: {},
  grants: {},
};

/** The exchange file beside an estate file: `estate.yaml` -> `estate.exchange.json`. */
export function exchangePathOf(file: string): string {
  return `${file.replace(/\.(ya?ml|json)$/i, '')}.exchange.json`;
}

/**
 * Reads the text of an exchange file.
 *
 * @throws EstateError with `ExchangeInvalid` when it is not one
 */
export function parseExchange(text: string, file: string): Exchange {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw invalid(file, `the exchange file is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = exchangeSchema.safeParse(json);
  if (parsed.success) return deepFreeze(parsed.data);
  const found = parsed.error.issues.map((issue) => {
    const place = issue.path.join('.');
    return diagnosticOf(file, `the exchange file is wrong at "${place}": ${issue.message}`, place);
  });
  throw new EstateError(found);
}

/** What an output of a stack says; undefined where it is no part of an exchange. */
export function parseFragment(value: unknown): ExchangeFragment | undefined {
  const json = typeof value === 'string' ? jsonOf(value) : value;
  const parsed = fragmentSchema.safeParse(json);
  return parsed.success ? parsed.data : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalid(file: string, message: string): EstateError {
  return new EstateError([diagnosticOf(file, message)]);
}

function diagnosticOf(file: string, message: string, path = file): Diagnostic {
  const hint = 'restore it from version control, and add to it with "npx estate exchange import" only';
  return { code: 'ExchangeInvalid', severity: 'error', path, message, hint };
}
