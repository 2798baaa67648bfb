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
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly required?: readonly string[];
  readonly oneOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
}

/** One key of the estate file. */
export interface KeyReference {
  /** Path with `*` for the keys that the user chooses. */
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  readonly default?: unknown;
  readonly description: string;
}

/** Every key of the estate file, as the JSON Schema describes it; keys of several variants are listed once. */
export function estateKeys(schema: object): readonly KeyReference[] {
  const found = new Map<string, KeyReference>();
  const visit = (node: SchemaNode, path: string): void => {
    for (const variant of [node, ...(node.oneOf ?? []), ...(node.anyOf ?? [])]) {
      for (const [key, member] of Object.entries(variant.properties ?? {})) {
        const memberPath = path === '' ? key : `${path}.${key}`;
        const known = found.get(memberPath);
        found.set(memberPath, {
          path: memberPath,
          type: [...new Set([...(known === undefined ? [] : [known.type]), typeName(member)])].join(', '),
          required: known?.required ?? variant.required?.includes(key) === true,
          ...((known?.default ?? member.default) !== undefined && { default: known?.default ?? member.default }),
          description: known?.description || (member.description ?? ''),
        });
        visit(member, memberPath);
      }
      if (typeof variant.additionalProperties === 'object') visit(variant.additionalProperties, `${path}.*`);
      if (variant.items !== undefined) visit(variant.items, `${path}[]`);
    }
  };
  visit(schema, '');
  return [...found.values()];
}

/** Fields of machine rows, which `estate.schema.json` lists: hundreds of them would hide the other keys. */
const MACHINE_FIELD = /^catalog\.machines\.\w+\.\*\./;

/** The keys of the estate file as a Markdown table, without the fields of machine rows. */
export function keysTable(schema: object): string {
  const shown = estateKeys(schema).filter(({ path }) => !MACHINE_FIELD.test(path));
  const rows = shown.map(({ path, type, required, default: preset, description }) => {
    const standard = required
      ? 'required'
      : preset === undefined || isEmpty(preset)
        ? ''
        : `\`${JSON.stringify(preset)}\``;
    return `| \`${path}\` | ${type} | ${standard} | ${escapeCell(description)} |`;
  });
  return ['| key | type | default | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

/** The rules that an estate is checked with, as a Markdown table. */
export function rulesTable(rules: readonly Rule[]): string {
  const rows = [...rules]
    .sort((one, other) => compareKeys(one.code, other.code))
    .map(
      ({ code, severity, summary, why }) =>
        `| \`${code}\` | ${severity} | ${escapeCell(summary)} | ${escapeCell(why)} |`,
    );
  return ['| code | severity | rule | why |', '|---|---|---|---|', ...rows].join('\n');
}

function typeName(node: SchemaNode): string {
  if (node.const !== undefined) return `\`${String(node.const)}\``;
  if (node.enum !== undefined) return node.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (node.type === 'array') return `list of ${node.items === undefined ? 'values' : typeName(node.items)}`;
  if (node.type === 'object') return 'map';
  const variants = [...(node.oneOf ?? []), ...(node.anyOf ?? [])];
  if (variants.length > 0) return [...new Set(variants.map(typeName))].join(' or ');
  return node.type ?? 'value';
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function escapeCell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
}
