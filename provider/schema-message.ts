import { messageType, NESTING } from './protocol';
import { attributesOf, type BlockSchema, blocksOf, type RecordedProvider, type ResourceSchema } from './schema';

/** Resource types and data sources to serve; everything when absent. */
export interface ServedTypes {
  readonly resources: readonly string[];
  readonly dataSources: readonly string[];
}

/** What the local provider can do beyond the minimum: its schema need not be fetched again before every call. */
export const CAPABILITIES = { getProviderSchemaOptional: true } as const;

function blockMessage(block: BlockSchema): object {
  return {
    attributes: Object.entries(attributesOf(block)).map(([name, attribute]) => ({
      name,
      type: Buffer.from(JSON.stringify(attribute.type)),
      required: attribute.required,
      optional: attribute.optional,
      computed: attribute.computed,
      sensitive: attribute.sensitive,
      deprecated: attribute.deprecated,
      writeOnly: attribute.write_only,
    })),
    blockTypes: Object.entries(blocksOf(block)).map(([typeName, nested]) => ({
      typeName,
      block: blockMessage(nested.block),
      nesting: NESTING[nested.nesting_mode],
      minItems: nested.min_items,
      maxItems: nested.max_items,
    })),
  };
}

function schemaMessage(schema: ResourceSchema): object {
  return { version: schema.version, block: blockMessage(schema.block) };
}

function schemaMessages(
  schemas: Readonly<Record<string, ResourceSchema>>,
  names: readonly string[] | undefined,
): Record<string, object> {
  const messages: Record<string, object> = {};
  for (const name of names ?? Object.keys(schemas)) {
    const schema = schemas[name];
    if (schema !== undefined) messages[name] = schemaMessage(schema);
  }
  return messages;
}

const wholeSchemas = new WeakMap<RecordedProvider, Uint8Array>();

/** The answer to GetProviderSchema, encoded; a stack's own few types are encoded much faster than all of them. */
export function encodeSchema(recorded: RecordedProvider, types?: ServedTypes): Uint8Array {
  const cached = types === undefined ? wholeSchemas.get(recorded) : undefined;
  if (cached !== undefined) return cached;
  const type = messageType('ProviderSchema');
  const bytes = type
    .encode(
      type.fromObject({
        provider: schemaMessage(recorded.provider),
        resourceSchemas: schemaMessages(recorded.resource_schemas, types?.resources),
        dataSourceSchemas: schemaMessages(recorded.data_source_schemas, types?.dataSources),
        serverCapabilities: CAPABILITIES,
      }),
    )
    .finish();
  if (types === undefined) wholeSchemas.set(recorded, bytes);
  return bytes;
}
