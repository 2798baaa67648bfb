import { isJsonObject, type JsonObject } from '../../terraform/document';

/**
 * The resource of the stack that a data source reads again, by its address: one of its own type that it names, itself or
 * by a local value, through which Terraform does not put it off whenever something about the resource changes.
 */
function ownResource(type: string, data: unknown, locals: JsonObject): string | undefined {
  const text = JSON.stringify(data).replace(/\blocal\.([\w-]+)/g, (whole, name: string) => {
    return JSON.stringify(locals[name] ?? whole);
  });
  return new RegExp(`(?<![\\w.])${type}\\.[\\w-]+`).exec(text)?.[0];
}

/**
 * A document in which data sources that read a resource of the same stack again, such as the newest version of a key, are
 * that resource: a service that has nothing of a made-up state cannot be asked.
 */
export function withoutOwnReads(json: JsonObject): JsonObject {
  const { data, ...rest } = json;
  if (!isJsonObject(data)) return json;
  const locals = isJsonObject(rest.locals) ? rest.locals : {};
  let text = JSON.stringify(rest);
  const kept = Object.entries(data).flatMap(([type, byName]) => {
    const left = Object.entries(isJsonObject(byName) ? byName : {}).filter(([name, block]) => {
      const own = ownResource(type, block, locals);
      if (own === undefined) return true;
      text = text.replaceAll(`data.${type}.${name}.`, `${own}.`);
      return false;
    });
    return left.length > 0 ? [[type, Object.fromEntries(left)] as const] : [];
  });
  const replaced: JsonObject = JSON.parse(text);
  return kept.length > 0 ? { ...replaced, data: Object.fromEntries(kept) } : replaced;
}

/** An object of a state, as far as the lab looks into it. */
export interface StateResource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly instances: readonly { readonly attributes?: JsonObject }[];
}

const OF_TERRAFORM = /^terraform_/;

/**
 * A document in which data sources that were answered are their answers: what the local provider made up about things of
 * others is nothing that a service would say again.
 */
export function withAnswers(json: JsonObject, resources: readonly StateResource[]): JsonObject {
  const answered = resources.filter(({ mode, type }) => mode === 'data' && !OF_TERRAFORM.test(type));
  if (answered.length === 0 || !isJsonObject(json.data)) return json;
  const { data, ...rest } = json;
  const kept = Object.entries(data).filter(([type]) => OF_TERRAFORM.test(type));
  const gone = new Set(answered.map(({ type, name }) => `data.${type}.${name}`));
  let text = JSON.stringify(rest, (key, value: unknown) =>
    key === 'depends_on' && Array.isArray(value) ? value.filter((address) => !gone.has(String(address))) : value,
  );
  for (const { type, name, instances } of answered) {
    const attributes = instances[0]?.attributes ?? {};
    text = text.replace(new RegExp(`\\bdata\\.${type}\\.${name}\\.(\\w+)`, 'g'), (_, attribute: string) =>
      // Inside of a text that is JSON itself.
      JSON.stringify(JSON.stringify(attributes[attribute] ?? null)).slice(1, -1),
    );
  }
  const replaced: JsonObject = JSON.parse(text);
  return kept.length > 0 ? { ...replaced, data: Object.fromEntries(kept) } : replaced;
}
