import { isJsonObject, type JsonObject } from '../terraform/document';

/** Addresses that resources had in an earlier state, each with the one that they have now. */
export type Moves = ReadonlyMap<string, string>;

/** Where the `moved` blocks of a document take the resources of a state; one may lead to the next. */
export function movesOf(json: JsonObject): Moves {
  const blocks = Array.isArray(json.moved) ? json.moved.filter(isJsonObject) : [];
  const steps = new Map(blocks.map(({ from, to }) => [String(from), String(to)]));
  const end = (address: string, seen: ReadonlySet<string> = new Set()): string => {
    const next = steps.get(address);
    return next === undefined || seen.has(address) ? address : end(next, new Set([...seen, address]));
  };
  return new Map([...steps.keys()].map((from) => [from, end(from)]));
}

/** What refers to a resource names its address, followed by an attribute or by nothing. */
const ADDRESS = /[a-z][a-z0-9_]*\.[A-Za-z0-9_-]+/g;

/** A document of before with its resources where a later document has moved them, so that both can be compared. */
export function afterMoves(json: JsonObject, moves: Moves): JsonObject {
  const declared = new Set(
    resourcesOf(json).flatMap(([type, names]) => Object.keys(names).map((one) => `${type}.${one}`)),
  );
  const made = new Map([...moves].filter(([from, to]) => declared.has(from) && !declared.has(to)));
  if (made.size === 0) return json;
  const renamed: unknown = JSON.parse(JSON.stringify(json).replace(ADDRESS, (found) => made.get(found) ?? found));
  if (!isJsonObject(renamed)) return json;
  const resource = resourcesOf(renamed).map(([type, names]) => {
    const nameNow = (name: string) => made.get(`${type}.${name}`)?.slice(type.length + 1) ?? name;
    return [type, Object.fromEntries(Object.entries(names).map(([name, config]) => [nameNow(name), config]))];
  });
  return { ...renamed, resource: Object.fromEntries(resource) };
}

function resourcesOf({ resource }: JsonObject): [type: string, names: JsonObject][] {
  return Object.entries(isJsonObject(resource) ? resource : {}).flatMap(([type, names]): [string, JsonObject][] =>
    isJsonObject(names) ? [[type, names]] : [],
  );
}
