import { Aspects, TerraformElement, TerraformStack } from 'cdktf';
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
  try {
    // Not part of the public interface: where a release has moved it, synthesis is only slower.
    const traces: { captureStackTrace?: () => string[] } = require('cdktf/lib/tokens/private/stack-trace');
    traces.captureStackTrace = () => [];
  } catch {
    return;
  }
}

/** Functions of cdktf that are not part of its public interface. */
interface Internals {
  resolve: <T>(scope: IConstruct, value: T, preparing?: boolean) => T;
  isOnce?: boolean;
}

/**
 * Lets cdktf resolve each value once: it does so when it looks for references between stacks, again when it writes an
 * element, and again when it writes the stack.
 *
 * The output is the same. What is resolved is kept for the second time, unless there is an Aspect: they run in between.
 */
export function resolveOnce(): void {
  const internals = internalsOf('cdktf/lib/_tokens');
  if (internals === undefined || internals.isOnce) return;
  const { resolve } = internals;
  internals.isOnce = true;
  internals.resolve = (scope, value, preparing) => (isResolved(value) ? value : resolve(scope, value, preparing));
  const { prepareStack } = TerraformStack.prototype;
  TerraformStack.prototype.prepareStack = function prepare(this: TerraformStack): void {
    if ([...this.node.scopes, ...this.node.findAll()].some((construct) => Aspects.of(construct).all.length > 0)) {
      prepareStack.call(this);
      return;
    }
    this.ensureBackendExists();
    for (const element of this.node.findAll().filter(TerraformElement.isTerraformElement)) {
      const resolved = internals.resolve(this, element.toTerraform(), true);
      element.toTerraform = () => resolved;
    }
  };
}

/** Internals of cdktf; none where a release has moved them, and synthesis is only slower. */
function internalsOf(path: string): Internals | undefined {
  try {
    const found: Partial<Internals> = require(path);
    return found.resolve === undefined ? undefined : (found as Internals);
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
