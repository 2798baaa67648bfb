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
  resolve?: <T>(scope: IConstruct, value: T, preparing?: boolean) => T;
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
  const resolve: typeof resolveAll = (scope, value, preparing) =>
    isResolved(value) ? value : resolveAll(scope, value, preparing);
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
 * Whether a value holds nothing that cdktf would resolve: no token in any of its forms, no object of a class, no gap.
 *
 * Tokens are texts that name them and numbers far below zero, also inside texts. In doubt it is left to cdktf.
 */
function isResolved(value: unknown): boolean {
  if (typeof value === 'string') return !/Token|e\+\d/.test(value);
  if (typeof value === 'number') return value >= 0;
  if (typeof value === 'boolean' || value === null) return true;
  if (Array.isArray(value)) return value.every(isResolved);
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.entries(value).every(([key, member]) => isResolved(key) && isResolved(member));
}
