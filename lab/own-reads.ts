import { isJsonObject, type JsonObject } from '../terraform/document';

/** The resource of the stack that a data source reads again, by its address. */
function ownResource(type: string, data: unknown): string | undefined {
  const after = isJsonObject(data) && Array.isArray(data.depends_on) ? data.depends_on : [];
  return after.find((address): address is string => typeof address === 'string' && address.startsWith(`${type}.`));
}

/**
 * A document in which data sources that read a resource of the same stack again, such as the newest version of a key, are
 * that resource: a service that has nothing of a made-up state cannot be asked.
 */
export function withoutOwnReads(json: JsonObject): JsonObject {
  const { data, ...rest } = json;
  if (!isJsonObject(data)) return json;
  let text = JSON.stringify(rest);
  const kept = Object.entries(data).flatMap(([type, byName]) => {
    const left = Object.entries(isJsonObject(byName) ? byName : {}).filter(([name, block]) => {
      const own = ownResource(type, block);
      if (own === undefined) return true;
      text = text.replaceAll(`data.${type}.${name}.`, `${own}.`);
      return false;
    });
    return left.length > 0 ? [[type, Object.fromEntries(left)] as const] : [];
  });
  const replaced: JsonObject = JSON.parse(text);
  return kept.length > 0 ? { ...replaced, data: Object.fromEntries(kept) } : replaced;
}
