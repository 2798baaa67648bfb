import type { Rule } from '../spec/rules';
import { compareKeys } from '../units';

/** A node of a JSON Schema, as far as the reference reads it. */
interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly unit?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly propertyNames?: SchemaNode;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly required?: readonly string[];
  readonly oneOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
}

/** One key of the estate file, or any entry of a map or list. */
export interface KeyReference {
  /** Path with `*` for the keys that the user chooses and `[]` for items of lists. */
  readonly path: string;
  readonly type: string;
  readonly unit?: string;
  readonly required: boolean;
  readonly default?: unknown;
  readonly example?: unknown;
  readonly description: string;
  /** Where not every form of the entry has the key: what its `kind` (or `cloud`) must be. */
  readonly forms?: Forms;
  /** Keys that the entries of a map may have, where the user is not free to choose them. */
  readonly names?: readonly string[];
}

interface Forms {
  readonly key: string;
  readonly values: readonly string[];
}

/** Every key of the estate file by its path, as the JSON Schema describes it; keys of several forms are one. */
export function estateKeys(schema: object): ReadonlyMap<string, KeyReference> {
  const found = new Map<string, KeyReference>();
  const add = (path: string, node: SchemaNode, more: Partial<KeyReference> = {}): void => {
    const [example] = node.examples ?? [];
    const next: KeyReference = {
      path,
      type: typeName(node),
      required: false,
      description: node.description ?? '',
      ...(node.unit !== undefined && { unit: node.unit }),
      ...(node.default !== undefined && { default: node.default }),
      ...(example !== undefined && { example }),
      ...more,
    };
    const known = found.get(path);
    found.set(path, known === undefined ? next : { ...next, ...known, type: joinTypes(known.type, next.type) });
    visit(node, path);
  };
  const visit = (node: SchemaNode, path: string): void => {
    for (const variant of [node, ...(node.oneOf ?? []), ...(node.anyOf ?? [])]) {
      for (const [key, member] of Object.entries(variant.properties ?? {})) {
        const forms = formsWith(node, key);
        const required = variant.required?.includes(key) === true;
        add(path === '' ? key : `${path}.${key}`, member, { required, ...(forms && { forms }) });
      }
      if (typeof variant.additionalProperties === 'object') {
        const names = variant.propertyNames?.enum?.map(String);
        add(`${path}.*`, variant.additionalProperties, { ...(names && { names }) });
      }
      if (variant.items !== undefined) add(`${path}[]`, variant.items);
    }
  };
  visit(schema, '');
  return found;
}

/** The forms of an entry that have a key, told apart by what all of them fix; undefined when all have it. */
function formsWith({ oneOf = [] }: SchemaNode, key: string): Forms | undefined {
  const having = oneOf.filter(({ properties }) => properties !== undefined && key in properties);
  const isFixed = (name: string) =>
    oneOf.every(({ properties }) => (properties?.[name]?.const ?? properties?.[name]?.enum) !== undefined);
  const discriminator = Object.keys(oneOf[0]?.properties ?? {}).find(isFixed);
  if (discriminator === undefined || having.length === oneOf.length) return undefined;
  const values = having.flatMap(({ properties }) => {
    const { const: fixed, enum: several = [fixed] } = properties?.[discriminator] ?? {};
    return several.map(String);
  });
  return { key: discriminator, values };
}

function joinTypes(one: string, other: string): string {
  return [...new Set([...one.split(', '), ...other.split(', ')])].join(', ');
}

/** Fields of machine rows, which `estate.schema.json` lists: hundreds of them would hide the other keys. */
const MACHINE_FIELD = /^catalog\.machines\.\w+\.\*\./;

/** Entries of maps and lists, which the map or list itself describes. */
const ENTRY = /(\.\*|\[\])$/;

/** The keys of the estate file as a Markdown table, without the fields of machine rows. */
export function keysTable(schema: object): string {
  const shown = [...estateKeys(schema).values()].filter(({ path }) => !ENTRY.test(path) && !MACHINE_FIELD.test(path));
  const rows = shown.map(({ path, type, unit, required, default: preset, description, forms }) => {
    const standard = required
      ? 'required'
      : preset === undefined || isEmpty(preset)
        ? ''
        : `\`${JSON.stringify(preset)}\``;
    const only = forms === undefined ? '' : ` Only where \`${forms.key}\` is ${forms.values.map(code).join(', ')}.`;
    const kind = unit === undefined ? type : `${type} (${unit})`;
    return `| \`${path}\` | ${kind} | ${standard} | ${escapeCell(`${description}${only}`)} |`;
  });
  return ['| key | type | default | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

/** The rules that an estate is checked with, as a Markdown table. */
export function rulesTable(rules: readonly Rule[]): string {
  const rows = [...rules]
    .sort((one, other) => compareKeys(one.code, other.code))
    .map(
      ({ code, severity, isLimit, summary, why }) =>
        `| \`${code}\` | ${isLimit ? 'limit' : severity} | ${escapeCell(summary)} | ${escapeCell(why)} |`,
    );
  return ['| code | severity | rule | why |', '|---|---|---|---|', ...rows].join('\n');
}

function typeName(node: SchemaNode): string {
  if (node.const !== undefined) return code(node.const);
  if (node.enum !== undefined) return node.enum.map(code).join(', ');
  if (node.type === 'array') return `list of ${node.items === undefined ? 'values' : typeName(node.items)}`;
  if (node.type === 'object') return 'map';
  const variants = [...(node.oneOf ?? []), ...(node.anyOf ?? [])];
  if (variants.length > 0) return [...new Set(variants.map(typeName))].join(' or ');
  return node.type ?? 'value';
}

function code(value: unknown): string {
  return `\`${String(value)}\``;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function escapeCell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
}
