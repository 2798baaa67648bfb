import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Json = Readonly<Record<string, unknown>>;

/** What holds data or machines that cannot be had again. */
const PRECIOUS = new Set([
  'AWS::EKS::Nodegroup',
  'AWS::FSx::FileSystem',
  'AWS::KMS::Key',
  'AWS::S3::Bucket',
  'azurerm_key_vault',
  'azurerm_key_vault_key',
  'azurerm_kubernetes_cluster',
  'azurerm_kubernetes_cluster_node_pool',
  'azurerm_managed_lustre_file_system',
  'azurerm_storage_account',
  'azurerm_storage_container',
  'google_container_cluster',
  'google_container_node_pool',
  'google_kms_crypto_key',
  'google_lustre_instance',
  'google_storage_bucket',
  'oci_containerengine_cluster',
  'oci_containerengine_node_pool',
  'oci_core_compute_gpu_memory_cluster',
  'oci_kms_key',
  'oci_lustre_file_storage_lustre_file_system',
  'oci_objectstorage_bucket',
]);

function json(path: string): Json {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function members(value: unknown): [string, Json][] {
  return Object.entries((value ?? {}) as Record<string, Json>);
}

/** A resource that exists, as the tool that made it remembers it. */
interface Existing {
  readonly type: string;
  readonly retained: boolean;
}

/** What a synthesized stack declares, and what it lets go of without destroying it. */
interface Declared {
  readonly resources: ReadonlyMap<string, Existing>;
  readonly removed: ReadonlySet<string>;
}

function cloudFormationStacks(outdir: string): Map<string, Declared> {
  const folder = join(outdir, 'cdk.out');
  if (!existsSync(folder)) return new Map();
  const manifest = json(join(folder, 'manifest.json'));
  const stacks = members(manifest.artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  return new Map(
    stacks.map(([name, { properties }]) => {
      const template = json(join(folder, String((properties as Json).templateFile)));
      const resources = members(template.Resources).map(([id, resource]): [string, Existing] => [
        id,
        { type: String(resource.Type), retained: resource.DeletionPolicy === 'Retain' },
      ]);
      return [name, { resources: new Map(resources), removed: new Set<string>() }];
    }),
  );
}

function terraformStacks(outdir: string): Map<string, Declared> {
  const folder = join(outdir, 'cdktf.out/stacks');
  if (!existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder).map((name) => {
      const document = json(join(folder, name, 'cdk.tf.json'));
      const resources = members(document.resource).flatMap(([type, named]) =>
        members(named).map(([id]): [string, Existing] => [`${type}.${id}`, { type, retained: false }]),
      );
      const removed = ((document.removed ?? []) as { from: string; lifecycle: { destroy: boolean } }[])
        .filter(({ lifecycle }) => !lifecycle.destroy)
        .map(({ from }) => from);
      return [name, { resources: new Map(resources), removed: new Set(removed) }];
    }),
  );
}

/**
 * The four clouds after a number of applies, as far as CloudFormation and Terraform decide about them: what a stack no
 * longer declares is destroyed, unless the stack left, the resource is retained or the state forgets it.
 */
export class Clouds {
  /** Managed resources by stack and address. */
  private readonly stacks = new Map<string, Map<string, Existing>>();
  /** What exists without a stack that manages it. */
  readonly unmanaged = new Set<string>();

  /** Applies every stack of an output folder; tells what is destroyed by that. */
  apply(outdir: string): string[] {
    const destroyed: string[] = [];
    for (const [stack, { resources, removed }] of [...cloudFormationStacks(outdir), ...terraformStacks(outdir)]) {
      const state = this.stacks.get(stack) ?? new Map<string, Existing>();
      this.stacks.set(stack, state);
      for (const [address, { type, retained }] of state) {
        if (resources.has(address)) continue;
        state.delete(address);
        if (retained || removed.has(address)) this.unmanaged.add(`${stack} ${address}`);
        else destroyed.push(`${stack} ${type} ${address}`);
      }
      for (const [address, resource] of resources) state.set(address, resource);
    }
    return destroyed;
  }

  /** Precious resources that exist, managed or not. */
  precious(): string[] {
    const managed = [...this.stacks].flatMap(([stack, state]) =>
      [...state].flatMap(([address, { type }]) => (PRECIOUS.has(type) ? [`${stack} ${address}`] : [])),
    );
    return [...managed, ...this.unmanaged].sort();
  }
}

/** The precious ones among destroyed resources. */
export function preciousOf(destroyed: readonly string[]): string[] {
  return destroyed.filter((each) => PRECIOUS.has(each.split(' ')[1] ?? ''));
}
