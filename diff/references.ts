import { Unknown, type Value } from '../provider/values';
import { type JsonObject, memberOf } from '../terraform/document';
import { toValue } from './conform';
import type { DeclaredResource, TerraformStackModel } from './terraform-stack';
import type { Cause, ResourceChange } from './types';

/** What another stack's output is worth to a stack that reads it: known text, or unknown because of a replacement. */
export type Output = string | Unknown;

/** What the references of a stack resolve against. */
export interface Scope {
  readonly model: TerraformStackModel;
  /**
   * Changes by address: what the provider computes of a replaced resource is unknown until then, and a data source
   * that refers to a changed one is read again only then.
   */
  readonly pending: ReadonlyMap<string, ResourceChange>;
  /** Outputs of the other stacks of the synthesis. */
  readonly outputs: ReadonlyMap<string, ReadonlyMap<string, Output>>;
}

const EXPRESSION = /\$\{([^{}]*)\}/g;
const TRAVERSAL = /(data\.)?\b([a-z][a-z0-9]*_[a-z0-9_]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_]+)(?:\.([A-Za-z0-9_-]+))?/g;
const LOCAL = /\blocal\.([A-Za-z0-9_-]+)/g;
const REMOTE_STATE = 'terraform_remote_state';

/** Where an unknown value comes from: a changed resource, perhaps through a data source. */
export type Origin = Pick<Cause, 'through'> & { readonly of: string };

/** An unknown value that remembers where it comes from. */
export function unknownOf(origin: Origin): Unknown {
  return new Unknown(0, Buffer.from(JSON.stringify(origin)));
}

/** Where an unknown value comes from, anywhere inside a value. */
export function causeIn(value: Value): Origin | undefined {
  if (value instanceof Unknown) {
    const text = Buffer.from(value.data).toString();
    return text.startsWith('{') ? JSON.parse(text) : undefined;
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return undefined;
  for (const member of Object.values(value)) {
    const cause = causeIn(member);
    if (cause !== undefined) return cause;
  }
  return undefined;
}

/** The written value of an argument, where it is a plain scalar. */
function literalOf(resource: DeclaredResource, attribute: string): string | undefined {
  const written = resource.config[attribute];
  if (typeof written === 'number' || typeof written === 'boolean') return String(written);
  return typeof written === 'string' && !written.includes('${') ? written : undefined;
}

/** What a managed resource's attribute comes to. */
function resolveResource(address: string, attribute: string, isWhole: boolean, scope: Scope, depth: number) {
  const resource = scope.model.resources.get(address);
  if (resource === undefined) return undefined;
  const literal = isWhole ? literalOf(resource, attribute) : undefined;
  if (literal !== undefined) return literal;
  const change = scope.pending.get(address);
  // Terraform's own store computes its output anew when its input changes, and only then.
  const isStored = resource.type === 'terraform_data' && attribute === 'output';
  if (isStored && change?.attributes.some((path) => path.split('.')[0] === 'input')) {
    return unknownOf({ of: address, through: `${address}.output` });
  }
  if (change?.action !== 'replaced') return undefined;
  // A configured argument of a replaced resource is known; what the provider computes is not.
  const configured = resource.config[attribute];
  if (configured === undefined) return unknownOf({ of: address });
  const cause = causeIn(resolveReferences(configured, scope, depth + 1));
  return cause === undefined ? undefined : unknownOf(cause);
}

/** Addresses of managed resources that a data source names directly, in its arguments or in `depends_on`. */
function namedBy(config: JsonObject, scope: Scope): string[] {
  const text = JSON.stringify({ ...config, '//': undefined });
  const matches = [...text.matchAll(/(data\.)?\b([a-z][a-z0-9]*_[a-z0-9_]+)\.([A-Za-z0-9_-]+)/g)];
  const named = matches.filter(([, data]) => data === undefined).map(([, , type, name]) => `${type}.${name}`);
  return named.filter((address) => scope.model.resources.has(address));
}

/** What a data source's attribute comes to: one that names a resource with a pending change is read during the apply. */
function resolveData(type: string, name: string, attribute: string, scope: Scope, depth: number): Unknown | undefined {
  const config = memberOf(memberOf(scope.model.json.data, type), name);
  if (config[attribute] !== undefined && attribute !== 'depends_on') {
    const cause = causeIn(resolveReferences(config[attribute], scope, depth + 1));
    return cause === undefined ? undefined : unknownOf(cause);
  }
  const through = `data.${type}.${name}`;
  const changed = namedBy(config, scope).find((address) => scope.pending.has(address));
  if (changed !== undefined) return unknownOf({ of: changed, through });
  const cause = causeIn(resolveReferences(config, scope, depth + 1));
  return cause === undefined ? undefined : unknownOf({ ...cause, through });
}

/** What a local value comes to where it is not known before a resource is there; nothing else is asked of it. */
function resolveLocal(name: string, scope: Scope, depth: number): Unknown | undefined {
  const cause = causeIn(resolveReferences(memberOf(scope.model.json, 'locals')[name], scope, depth + 1));
  return cause === undefined ? undefined : unknownOf(cause);
}

/** What one traversal comes to: a known text, an unknown, or nothing that can be told now. */
function resolveTraversal(match: RegExpMatchArray, scope: Scope, depth: number): Output | undefined {
  const [, data, type = '', name = '', attribute = '', rest] = match;
  if (data === undefined) return resolveResource(`${type}.${name}`, attribute, rest === undefined, scope, depth);
  if (type !== REMOTE_STATE) return resolveData(type, name, attribute, scope, depth);
  const stack = scope.model.reads.get(name);
  const output = stack === undefined ? undefined : scope.outputs.get(stack)?.get(rest ?? '');
  // Another stack's resources may have the same addresses: the name of the stack keeps them apart.
  return typeof output === 'string' && output.includes('${') ? `(${stack})${output}` : output;
}

/** References that go round in a circle are an error of the configuration, which Terraform itself reports. */
const MAX_DEPTH = 20;

function resolveText(text: string, scope: Scope, depth: number): Value {
  if (depth > MAX_DEPTH || !text.includes('${')) return text;
  let unknown: Unknown | undefined;
  const resolved = text.replace(EXPRESSION, (whole, expression: string) => {
    let known: string | undefined;
    for (const match of expression.matchAll(TRAVERSAL)) {
      const value = resolveTraversal(match, scope, depth);
      if (value instanceof Unknown) unknown ??= value;
      else if (match[0] === expression.trim()) known = value;
    }
    for (const [, name = ''] of expression.matchAll(LOCAL)) unknown ??= resolveLocal(name, scope, depth);
    return known ?? whole;
  });
  return unknown ?? resolved;
}

/** A written value with the references that are known now filled in, and those to replaced resources unknown. */
export function resolveReferences(json: unknown, scope: Scope, depth = 0): Value {
  return toValue(json, (text) => resolveText(text, scope, depth));
}

/** The outputs of a stack as other stacks see them. */
export function outputsOf(scope: Scope): Map<string, Output> {
  const found = new Map<string, Output>();
  for (const name of Object.keys(memberOf(scope.model.json, 'output'))) {
    const value = resolveReferences(memberOf(memberOf(scope.model.json, 'output'), name).value, scope);
    const cause = causeIn(value);
    if (cause !== undefined) found.set(name, unknownOf(cause));
    else found.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return found;
}
