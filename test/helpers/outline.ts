import { CfnResource } from 'aws-cdk-lib/core';
import type { Construct, IConstruct } from 'constructs';
import { TerraformElement, TerraformStack } from '../../constructs/cdktf';

/** Attributes that a reviewer looks at, in any cloud's spelling. */
const SHOWN =
  /^(name|cidr_?block|ip_?cidr_?range|address_(prefixes|space)|availability_?(zone|domain)|zones?|location|machine_type|vm_size|node_shape|shape|instance_type|node_count|size|desired_?size|max_?size|min_?size|version|kubernetes_version|min_master_version|capacity_?type|storage_?capacity(_in_tb)?|capacity_(gib|in_gbs)|per_unit_storage_throughput|sku_name|performance_tier|prevent_destroy|deletion_protection|deletion_?policy|endpoint_?public_?access|private_cluster_enabled|acceleratortopology|accelerator_topology|interface_?type|os_sku|compute_cluster_id)$/i;

/** Parts of a resource that are about it, not of it. */
const HIDDEN =
  /^(\/\/|tags?|labels|resource_labels|timeouts|metadata|user_?data|depends_on|.*policy_?document|key_?policy|delegation)$/i;

const MAX_VALUE = 44;

/** A stack as a tree of construct ids with the types and the telling attributes of its resources. */
export function outline(stack: Construct, resources: Resources): string {
  return collapse(linesOf(stack, resources, 0)).join('\n');
}

/** Reads the attributes of a resource that a construct stands for; undefined for other constructs. */
export type Resources = (node: IConstruct) => { readonly type: string; readonly attributes: unknown } | undefined;

/** Resources of a CloudFormation template. */
export function cloudFormationResources(template: {
  readonly Resources?: Readonly<Record<string, { readonly Type: string; readonly Properties?: object }>>;
}): Resources {
  return (node) => {
    if (!CfnResource.isCfnResource(node)) return undefined;
    const { stack } = node;
    const found = template.Resources?.[String(stack.resolve(node.logicalId))];
    return found === undefined ? undefined : { type: found.Type, attributes: { ...found.Properties, ...found } };
  };
}

/** Resources of a synthesized Terraform stack. */
export function terraformResources(json: {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, object>>>>;
}): Resources {
  return (node) => {
    if (!(node instanceof TerraformElement) || node instanceof TerraformStack) return undefined;
    const type = 'terraformResourceType' in node ? String(node.terraformResourceType) : '';
    const attributes = json.resource?.[type]?.[node.friendlyUniqueId];
    return attributes === undefined ? undefined : { type, attributes };
  };
}

function linesOf(node: IConstruct, resources: Resources, depth: number): string[] {
  const children = node.node.children
    .toSorted((one, other) => (one.node.id < other.node.id ? -1 : 1))
    .flatMap((child) => linesOf(child, resources, depth + 1));
  const own = resources(node);
  if (own === undefined && children.length === 0) return [];
  const indent = '  '.repeat(depth);
  const shown = own === undefined ? '' : `  ${own.type}${telling(own.attributes)}`;
  return [`${indent}${node.node.id}${shown}`, ...children];
}

/** The shown attributes as ` key=value`; those of nested blocks too, each once. */
function telling(attributes: unknown): string {
  const found = new Map<string, string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const members = Object.entries(value).filter(([key]) => !HIDDEN.test(key));
    for (const [key, member] of members) {
      const text = literal(member);
      if (SHOWN.test(key) && text !== undefined && !found.has(key)) found.set(key, text);
    }
    for (const [, member] of members) visit(member);
  };
  visit(attributes);
  return [...found].map(([key, text]) => ` ${key}=${text}`).join('');
}

function literal(value: unknown): string | undefined {
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.length > MAX_VALUE || value.includes('${') ? undefined : value;
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')) {
    const text = value.join(',');
    return text.length > MAX_VALUE || text.includes('${') ? undefined : text;
  }
  return undefined;
}

/** Runs of blocks that differ in an ordinal or a hash only are shown once, with their number. */
function collapse(lines: readonly string[]): string[] {
  const shape = (line: string) => line.replace(/r[0-9a-f]{8}(-\d+)?/g, '#').replace(/\d+/g, '#');
  const depthOf = (line: string) => line.length - line.trimStart().length;
  const blockEnd = (start: number) => {
    const depth = depthOf(lines[start] ?? '');
    let end = start + 1;
    while (end < lines.length && depthOf(lines[end] ?? '') > depth) end++;
    return end;
  };
  const result: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const end = blockEnd(at);
    const size = end - at;
    const key = lines.slice(at, end).map(shape).join('\n');
    let count = 1;
    while (
      at + (count + 1) * size <= lines.length &&
      lines
        .slice(at + count * size, at + (count + 1) * size)
        .map(shape)
        .join('\n') === key
    ) {
      count++;
    }
    const [first = '', ...rest] = lines.slice(at, end);
    if (count >= 3) {
      result.push(`${first}  x${count}`, ...rest);
      at += count * size;
    } else {
      result.push(first);
      at += 1;
    }
  }
  return result;
}
