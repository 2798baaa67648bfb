import { Aspects, TerraformElement, type TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

/**
 * The one module that imports cdktf. Its upstream is archived: a move to the fork is one line of package.json as long
 * as nothing else in the project names the package.
 */
export {
  App,
  type AppConfig,
  AzurermBackend,
  dependable,
  Fn,
  GcsBackend,
  type ITerraformDependable,
  LocalBackend,
  S3Backend,
  TerraformBackend,
  TerraformElement,
  TerraformLocal,
  TerraformOutput,
  TerraformProvider,
  TerraformRemoteState,
  TerraformResource,
  type TerraformResourceLifecycle,
  TerraformStack,
  TerraformVariable,
  Testing,
  Token,
} from 'cdktf';

/**
 * Stops cdktf from recording a stack trace for every token, which is a third of the time of a large synthesis.
 *
 * The output is the same. Without traces an unresolvable token no longer says where it was made, so a program leaves
 * them on when it is being debugged.
 */
export function dropTokenStackTraces(): void {
  const traces = internalsOf<{ captureStackTrace: () => string[] }>('cdktf/lib/tokens/private/stack-trace');
  if (traces !== undefined) traces.captureStackTrace = () => [];
}

/** How cdktf resolves values. */
interface Tokens {
  resolve?: (scope: IConstruct, value: unknown, preparing?: boolean) => unknown;
  isOnce?: boolean;
}

/**
 * Lets cdktf resolve each value once: it does so when it looks for references between stacks, again when it writes an
 * element, and again when it writes the stack.
 *
 * The output is the same. What is resolved is kept for the second time, unless there is an Aspect: they run in between.
 */
export function resolveOnce(): void {
  const tokens = internalsOf<Tokens>('cdktf/lib/_tokens');
  if (tokens?.resolve === undefined || tokens.isOnce) return;
  const { resolve: resolveAll } = tokens;
  const resolve: typeof resolveAll = (scope, value, preparing) => {
    try {
      return resolveParts(value, (part) => resolveAll(scope, part, preparing));
    } catch {
      // Of the whole it says where it is wrong.
      return resolveAll(scope, value, preparing);
    }
  };
  Object.assign(tokens, { resolve, isOnce: true });
  const { prepareStack } = TerraformStack.prototype;
  TerraformStack.prototype.prepareStack = function prepare(this: TerraformStack): void {
    if ([...this.node.scopes, ...this.node.findAll()].some((construct) => Aspects.of(construct).all.length > 0)) {
      prepareStack.call(this);
      return;
    }
    this.ensureBackendExists();
    for (const element of this.node.findAll().filter(TerraformElement.isTerraformElement)) {
      const resolved = resolve(this, element.toTerraform(), true);
      element.toTerraform = () => resolved;
    }
  };
}

/**
 * Makes an attribute of a resource an output, as cdktf does once another stack of the app reads it: the stack is the same
 * without those that read it.
 */
export function exportAttribute(resource: TerraformResource, attribute: string): void {
  const address = `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
  TerraformStack.of(resource).registerOutgoingCrossStackReference(`${address}.${attribute}`);
}

/** A module of cdktf that is not part of its public interface; none where a release has moved it, and synthesis is only slower. */
function internalsOf<T>(path: string): T | undefined {
  try {
    return require(path);
  } catch {
    return undefined;
  }
}

/**
 * Leaves what is plain as it is and hands to cdktf only the parts that it would resolve: tokens in any of their forms,
 * objects of a class, functions. Members without a value are left out, as cdktf does.
 *
 * Tokens are texts that name them and numbers far below zero, also inside texts; a list that holds one may be a token as
 * a whole, and so may a map whose keys do. In doubt it is left to cdktf.
 */
function resolveParts(value: unknown, resolve: (part: unknown) => unknown): unknown {
  if (isPlain(value) || value === undefined) return value;
  if (Array.isArray(value)) {
    if (!value.every((member) => isPlain(member) || typeof member === 'object')) return resolve(value);
    const members = value.map((member) => resolveParts(member, resolve));
    const isSame = members.every((member, index) => member === value[index] && member !== undefined);
    return isSame ? value : members.filter((member) => member !== undefined);
  }
  if (!isRecord(value)) return resolve(value);
  const keys = Object.keys(value);
  if (!keys.every(isPlain) || keys.includes('resolve')) return resolve(value);
  const resolved: Record<string, unknown> = {};
  let isSame = true;
  for (const key of keys) {
    const member = value[key];
    const part = resolveParts(member, resolve);
    if (part !== member || part === undefined) isSame = false;
    if (part !== undefined) resolved[key] = part;
  }
  return isSame ? value : resolved;
}

/** Whether a value is one that cdktf leaves as it is. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return !/Token|e\+\d/.test(value);
  if (typeof value === 'number') return value >= 0;
  return typeof value === 'boolean' || value === null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
