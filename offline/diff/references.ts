import { Unknown, type Value } from '../values';
import { toValue } from './conform';
import { type DeclaredResource, memberOf, type TerraformStackModel } from './terraform-stack';

/** What another stack's output is worth to a stack that reads it: known text, or unknown because of a replacement. */
export type Output = string | Unknown;

/** What the references of a stack resolve against. */
export interface Scope {
  readonly model: TerraformStackModel;
  /** Addresses that are replaced, so that what the provider computes of them is unknown until then. */
  readonly replaced: ReadonlySet<string>;
  /** Outputs of the other stacks of the synthesis. */
  readonly outputs: ReadonlyMap<string, ReadonlyMap<string, Output>>;
}

const EXPRESSION = /\$\{([^{}]*)\}/g;
const TRAVERSAL = /(data\.)?\b([a-z][a-z0-9]*_[a-z0-9_]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_]+)(?:\.([A-Za-z0-9_-]+))?/g;
const REMOTE_STATE = 'terraform_remote_state';

/** An unknown value that remembers the replaced resource it comes from. */
export function unknownOf(address: string): Unknown {
  return new Unknown(0, Buffer.from(`replaced ${address}`));
}

/** The replaced resource that an unknown value comes from, anywhere inside a value. */
export function causeIn(value: Value): string | undefined {
  if (value instanceof Unknown) return /^replaced (.+)$/.exec(Buffer.from(value.data).toString())?.[1];
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

/** What one traversal comes to: a known text, an unknown, or nothing that can be told now. */
function resolveTraversal(match: RegExpMatchArray, scope: Scope, depth: number): Output | undefined {
  const [, data, type = '', name = '', attribute = '', rest] = match;
  if (data === undefined) {
    const address = `${type}.${name}`;
    const resource = scope.model.resources.get(address);
    if (resource === undefined) return undefined;
    const literal = rest === undefined ? literalOf(resource, attribute) : undefined;
    if (literal !== undefined) return literal;
    if (!scope.replaced.has(address)) return undefined;
    // A configured argument of a replaced resource is known; what the provider computes is not.
    const configured = resource.config[attribute];
    if (configured === undefined) return unknownOf(address);
    const cause = causeIn(resolveReferences(configured, scope, depth + 1));
    return cause === undefined ? undefined : unknownOf(cause);
  }
  if (type === REMOTE_STATE) {
    const stack = scope.model.reads.get(name);
    const output = stack === undefined ? undefined : scope.outputs.get(stack)?.get(rest ?? '');
    // Another stack's resources may have the same addresses: the name of the stack keeps them apart.
    return typeof output === 'string' && output.includes('${') ? `(${stack})${output}` : output;
  }
  const config = memberOf(memberOf(scope.model.json.data, type), name);
  const cause = causeIn(resolveReferences(config, scope, depth + 1));
  return cause === undefined ? undefined : unknownOf(cause);
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
