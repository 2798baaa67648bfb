import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toValue } from '../../diff/conform';
import { providerOfType } from '../../estate/terraform-providers';
import { conformBlock } from '../../provider/conform';
import {
  attributesOf,
  type BlockSchema,
  blocksOf,
  loadProvider,
  type RecordedProvider,
  type ResourceSchema,
} from '../../provider/schema';
import { validateResource } from '../../provider/validate';
import { UNKNOWN } from '../../provider/values';
import { isJsonObject, memberOf, readDocument } from '../../terraform/document';

/** Arguments that Terraform itself takes in every resource, data source and provider. */
const OWN = ['//', 'alias', 'count', 'depends_on', 'for_each', 'lifecycle', 'provider', 'provisioner', 'connection'];

/** What Terraform would refuse of a written block before it asks the provider: names, and what has to be there. */
function misfits(block: BlockSchema, written: unknown, path: string): string[] {
  if (!isJsonObject(written)) return [];
  const [attributes, blocks] = [attributesOf(block), blocksOf(block)];
  const unknown = Object.keys(written).filter((name) => !(name in attributes) && !(name in blocks));
  const missing = Object.entries(attributes).filter(
    ([name, { required }]) => required && (written[name] ?? null) === null,
  );
  const nested = Object.entries(blocks).flatMap(([name, { block: inner, min_items = 0, max_items, nesting_mode }]) => {
    const value = written[name] ?? [];
    const elements = nesting_mode === 'map' ? Object.values(value) : Array.isArray(value) ? value : [value];
    const count = elements.length < min_items || elements.length > (max_items || elements.length);
    return [
      ...(count ? [`${path}${name} has ${elements.length} blocks`] : []),
      ...elements.flatMap((element) => misfits(inner, element, `${path}${name}.`)),
    ];
  });
  return [
    ...unknown.map((name) => `${path}${name} is unknown`),
    ...missing.map(([name]) => `${path}${name} is missing`),
    ...nested,
  ];
}

/** What is written of something, without what is Terraform's own. */
function plainOf(written: unknown, own: readonly string[] = OWN): object {
  const entries = Object.entries(isJsonObject(written) ? written : {});
  return Object.fromEntries(entries.filter(([name]) => !own.includes(name)));
}

function refusals(recorded: RecordedProvider, type: string, schema: ResourceSchema, written: object): string[] {
  const value = toValue(written, (text) => (text.includes('${') ? UNKNOWN : text));
  return validateResource(recorded.name, recorded, type, schema, conformBlock(schema.block, value)).map(
    ({ severity, summary, detail }) => `${severity}: ${summary}: ${detail}`,
  );
}

/** What the synthesized stacks of a folder pin, and what the recorded providers of those releases would say of them. */
export function askRecorded(outdir: string): {
  readonly pinned: readonly string[];
  readonly found: readonly string[];
  readonly resources: number;
} {
  const pinned = new Set<string>();
  const found: string[] = [];
  let resources = 0;
  for (const stack of readdirSync(join(outdir, 'stacks'))) {
    const { json, releases } = readDocument(
      JSON.parse(readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8')),
    );
    const providers = new Map(releases.map(({ name, version }) => [name, loadProvider(name, version)]));
    for (const { name, version } of releases) pinned.add(`${name} ${version}`);
    const tell = (address: string, texts: readonly string[]) =>
      found.push(...texts.map((text) => `${stack}: ${address}: ${text}`));
    for (const { name, provider } of providers.values()) {
      const blocks = memberOf(json, 'provider')[name];
      for (const block of Array.isArray(blocks) ? blocks : [])
        tell(`provider.${name}`, misfits(provider.block, plainOf(block), ''));
    }
    for (const kind of ['resource', 'data'] as const) {
      for (const [type, named] of Object.entries(memberOf(json, kind))) {
        const name = providerOfType(type);
        const recorded = name && providers.get(name);
        if (recorded === undefined) continue;
        const schema = recorded[kind === 'data' ? 'data_source_schemas' : 'resource_schemas'][type];
        if (schema === undefined) tell(type, ['the release has no such type']);
        for (const [id, written] of schema === undefined ? [] : Object.entries(isJsonObject(named) ? named : {})) {
          resources += 1;
          const plain = plainOf(written);
          tell(`${type}.${id}`, misfits(schema?.block ?? {}, plain, ''));
          if (kind === 'resource')
            tell(`${type}.${id}`, refusals(recorded, type, schema ?? { version: 0, block: {} }, plain));
        }
      }
    }
  }
  return { pinned: [...pinned].sort(), found, resources };
}
