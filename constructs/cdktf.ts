/**
 * The one module that imports cdktf. Its upstream is archived: a move to the fork is one line of package.json as long
 * as nothing else in the project names the package.
 */
export {
  App,
  type AppConfig,
  AzurermBackend,
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
  Testing,
  Token,
} from 'cdktf';
