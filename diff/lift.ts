import type { Action, GuardName } from './types';

/** What lifts protection: stacks, or resources of them as `STACK/ADDRESS`, separated by commas. */
export const UNPROTECT = 'ESTATE_UNPROTECT';

/** Something that stops a destruction, and where it has to be gone before it does not. */
export interface GuardRow {
  readonly guard: GuardName;
  /** `files` where only what is synthesized counts, `running` where what was deployed last does. */
  readonly in: 'files' | 'running';
  readonly source: string;
  readonly checked: string;
}

/** What becomes of a protected thing that its protection is not all about. */
export interface LeftoverRow {
  readonly type: string;
  /** Command that has to be run first. @default none */
  readonly command?: (name: string) => string;
  /** What to know of it. */
  readonly note: (name: string) => string;
  readonly source: string;
  readonly checked: string;
}

const CHECKED = '2026-11';
const AWS = 'https://docs.aws.amazon.com';
const ORACLE = 'https://docs.oracle.com/iaas';
const GOOGLE = 'terraform-provider-google v7.45.0';

/** What the resources of an estate, and its stacks, are protected by. */
export const GUARD_ROWS: readonly GuardRow[] = [
  {
    guard: 'prevent_destroy',
    in: 'files',
    source: 'https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle',
    checked: CHECKED,
  },
  {
    guard: 'deletion_policy',
    in: 'running',
    source: `${GOOGLE}: google/tpgresource/utils.go`,
    checked: CHECKED,
  },
  {
    guard: 'deletion_protection',
    in: 'running',
    source: `${GOOGLE}: google/services/container/resource_container_cluster.go`,
    checked: CHECKED,
  },
  {
    guard: 'DeletionPolicy',
    in: 'running',
    source: `${AWS}/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html`,
    checked: CHECKED,
  },
  {
    guard: 'DeletionProtection',
    in: 'running',
    source: `${AWS}/eks/latest/userguide/deletion-protection.html`,
    checked: CHECKED,
  },
  {
    guard: 'TerminationProtection',
    in: 'running',
    source: `${AWS}/AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html`,
    checked: CHECKED,
  },
];

/** What stays, or is refused, although the protection is lifted. */
export const LEFTOVER_ROWS: readonly LeftoverRow[] = [
  {
    type: 'AWS::S3::Bucket',
    note: (name) => `${name}: empty the bucket first, of all versions too`,
    source: `${AWS}/AmazonS3/latest/userguide/delete-bucket.html`,
    checked: CHECKED,
  },
  {
    type: 'AWS::KMS::Key',
    note: (name) => `${name}: "aws kms cancel-key-deletion" brings the key back, for 30 days`,
    source: `${AWS}/kms/latest/developerguide/deleting-keys.html`,
    checked: CHECKED,
  },
  {
    type: 'azurerm_resource_group',
    note: (name) => `${name}: remove first what else was made in the resource group`,
    source:
      'terraform-provider-azurerm v4.81.0: internal/services/resource/resource_group_resource.go (prevent_deletion_if_contains_resources)',
    checked: CHECKED,
  },
  {
    type: 'azurerm_key_vault',
    note: (name) => `${name}: the vault cannot be purged, so its name stays taken for 90 days`,
    source: 'https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview',
    checked: CHECKED,
  },
  {
    type: 'google_storage_bucket',
    command: (name) => `gcloud storage rm --recursive gs://${name}`,
    note: () => 'only an empty bucket is deleted',
    source: `${GOOGLE}: google/services/storage/resource_storage_bucket.go (force_destroy)`,
    checked: CHECKED,
  },
  {
    type: 'google_kms_crypto_key',
    note: (name) => `${name}: the versions of the key go, but its name and that of its ring stay taken for ever`,
    source: 'https://docs.cloud.google.com/kms/docs/resource-hierarchy',
    checked: CHECKED,
  },
  {
    type: 'oci_objectstorage_bucket',
    command: (name) => `oci os bucket delete --empty --bucket-name ${name}`,
    note: () => 'only an empty bucket is deleted',
    source: `${ORACLE}/tools/oci-cli/latest/oci_cli_docs/cmdref/os/bucket/delete.html`,
    checked: CHECKED,
  },
  {
    type: 'oci_kms_key',
    note: (name) => `${name}: "oci kms management key cancel-deletion" brings the key back, for 30 days`,
    source: `${ORACLE}/Content/KeyManagement/Tasks/managingkeys_topic-To_delete_a_key.htm`,
    checked: CHECKED,
  },
  {
    type: 'oci_kms_vault',
    note: (name) => `${name}: "oci kms management vault cancel-deletion" brings the vault back, for 30 days`,
    source: `${ORACLE}/Content/KeyManagement/Tasks/managingvaults_topic-To_delete_a_vault.htm`,
    checked: CHECKED,
  },
];

/** What of a change tells how its protection is lifted. */
export interface GuardedChange {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  readonly guards?: readonly GuardName[];
  readonly name?: string;
}

/** How the protection of what is in a stack is lifted, so that it can be taken down. */
export interface Lift {
  /** What `ESTATE_UNPROTECT` has to say when the stack is deployed or destroyed. */
  readonly names: string;
  /** Whether the stack has to be deployed without protection first, as it is. */
  readonly isRunning: boolean;
  /** Whether the files must not hold the protection either. */
  readonly isInFiles: boolean;
  /** What to know before, as comments of a shell. */
  readonly notes: readonly string[];
  /** Commands to run right before. */
  readonly first: readonly string[];
}

/** How to lift the protection of resources; undefined where nothing protects them. */
function liftOf(names: string, changes: readonly GuardedChange[], guards: readonly GuardName[]): Lift | undefined {
  if (guards.length === 0) return undefined;
  const rows = GUARD_ROWS.filter(({ guard }) => guards.includes(guard));
  const told = LEFTOVER_ROWS.flatMap((row) =>
    changes.filter(({ type }) => type === row.type).map(({ name, address }) => ({ row, name, address })),
  );
  const notes = told.flatMap(({ row, name, address }) => (row.command ? [] : [`# ${row.note(name ?? address)}`]));
  const first = told.flatMap(({ row: { command, note }, name, address }) =>
    command === undefined ? [] : [`${command(name ?? `NAME-OF-${address}`)}  # ${note(name ?? address)}`],
  );
  const stands = (place: GuardRow['in']) => rows.some((row) => row.in === place);
  return { names, isRunning: stands('running'), isInFiles: stands('files'), notes, first };
}

/** How to destroy a whole stack that leaves the estate. */
export function liftOfStack(
  stack: string,
  changes: readonly GuardedChange[],
  isTerminationProtected = false,
): Lift | undefined {
  const guards = changes.flatMap(({ guards: own }) => own ?? []);
  return liftOf(stack, changes, isTerminationProtected ? [...guards, 'TerminationProtection'] : guards);
}

/** How to let a stack replace and destroy what was accepted. */
export function liftOfChanges(stack: string, accepted: readonly GuardedChange[]): Lift | undefined {
  const lost = accepted.filter(
    ({ action, guards = [] }) => guards.length > 0 && (action === 'replaced' || action === 'destroyed'),
  );
  const names = lost.map(({ address }) => `${stack}/${address}`).sort();
  return liftOf(
    names.join(','),
    lost,
    lost.flatMap(({ guards }) => guards ?? []),
  );
}

/** What deploys a stack, or destroys it. */
export interface StackCommand {
  readonly stack: string;
  readonly tool: 'cdk' | 'cdktf';
  /** Whether the stack leaves the estate, so that it is destroyed with the one before. */
  readonly isLeft: boolean;
  /** Whether it stands on other stacks. */
  readonly hasLower: boolean;
  /** Whether other stacks stand on it. */
  readonly hasUpper: boolean;
  readonly lift?: Lift;
}

function deployOf({ stack, tool, hasLower }: StackCommand): string {
  if (tool === 'cdk') return `npx cdk deploy ${stack} --exclusively`;
  return `npx cdktf deploy ${stack}${hasLower ? ' --ignore-missing-stack-dependencies' : ''}`;
}

function destroyOf({ stack, tool, hasUpper }: StackCommand): string {
  return `npx ${tool} destroy ${stack}${tool === 'cdktf' && hasUpper ? ' --ignore-missing-stack-dependencies' : ''}`;
}

/** What says that a stack is run as it was before the edit. */
function past(base: string | undefined): string {
  return base === undefined ? '' : `  # with the estate of ${base}`;
}

/** The command that deploys a stack as it is, but without protection; none where that is not needed. */
export function unprotectedCommands(command: StackCommand, base?: string): string[] {
  const { lift } = command;
  return lift?.isRunning ? [`${UNPROTECT}=${lift.names} ${deployOf(command)}${past(base)}`] : [];
}

/** The commands that deploy a stack or take it down, once it was deployed without protection where that is needed. */
export function endCommands(command: StackCommand, base?: string): string[] {
  const { isLeft, lift } = command;
  const set = lift?.isInFiles ? `${UNPROTECT}=${lift.names} ` : '';
  const all = base === undefined ? '' : ': destroys all that is in it';
  return [
    ...(lift?.notes ?? []),
    ...(lift?.first ?? []),
    `${set}${isLeft ? `${destroyOf(command)}${past(base)}${all}` : deployOf(command)}`,
  ];
}
