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
