import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { TerraformResource, TerraformStack, Testing } from '../../constructs/cdktf';
import {
  type ArgumentShape,
  DROPPED_ARGUMENTS,
  leaveDropped,
  NEWER_ARGUMENTS,
  setNewer,
} from '../../constructs/newer-arguments';
import { attributesOf, type BlockSchema, blocksOf, loadProvider } from '../../provider/schema';
import { onlyResource, synthStack } from '../helpers/terraform';

const ROOT = join(__dirname, '../..');

interface Row {
  readonly type: string;
  readonly path: string;
  readonly shape: ArgumentShape;
}

const rows: readonly Row[] = Object.entries<Readonly<Record<string, ArgumentShape>>>(NEWER_ARGUMENTS).flatMap(
  ([type, paths]) => Object.entries(paths).map(([path, shape]) => ({ type, path, shape })),
);

function cloudOf(type: string): 'azurerm' | 'google' {
  return type.startsWith('azurerm_') ? 'azurerm' : 'google';
}

function blockOf(type: string): BlockSchema {
  return loadProvider(cloudOf(type)).resource_schemas[type]?.block ?? {};
}

/** A shape as the recorded schema has it; the member that is wrong where it does not. */
function recorded(block: BlockSchema, name: string, shape: ArgumentShape): unknown {
  if (typeof shape === 'string') {
    const attribute = attributesOf(block)[name];
    return attribute?.required || attribute?.optional ? attribute.type : `no argument "${name}"`;
  }
  const nested = blocksOf(block)[name];
  if (nested === undefined) return `no block "${name}"`;
  const members: Readonly<Record<string, ArgumentShape>> = Array.isArray(shape) ? shape[0] : shape;
  const found = Object.fromEntries(
    Object.entries(members).map(([member, inner]) => [member, recorded(nested.block, member, inner)]),
  );
  return nested.max_items === 1 ? found : [found];
}

function blockAt(block: BlockSchema, path: readonly string[]): BlockSchema {
  return path.reduce((inner, name) => blocksOf(inner)[name]?.block ?? {}, block);
}

/** Code of the bindings of a type; empty where they do not have it. */
function bindings(type: string): string {
  const cloud = cloudOf(type);
  const role = type.slice(cloud.length + 1).replaceAll('_', '-');
  const folder = join(ROOT, 'node_modules/@cdktf', `provider-${cloud}`, 'lib', role);
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}

/** Names of arguments in a shape. */
function names(path: string, shape: ArgumentShape): string[] {
  const own = path.split('.');
  if (typeof shape === 'string') return own;
  const members: Readonly<Record<string, ArgumentShape>> = Array.isArray(shape) ? shape[0] : shape;
  return [...own, ...Object.entries(members).flatMap(([name, inner]) => names(name, inner))];
}

function newResource(type: string): { readonly stack: TerraformStack; readonly resource: TerraformResource } {
  const stack = new TerraformStack(Testing.app(), 'test');
  return { stack, resource: new TerraformResource(stack, 'resource', { terraformResourceType: type }) };
}

describe('arguments newer than the bindings', () => {
  test.each(rows)('the pinned provider takes $path of $type', ({ type, path, shape }) => {
    const parents = path.split('.');
    const name = parents.pop() ?? '';
    expect(recorded(blockAt(blockOf(type), parents), name, shape)).toEqual(shape);
  });

  test.each(rows)('the bindings do not know $path of $type', ({ type, path, shape }) => {
    const code = bindings(type);
    expect(names(path, shape).filter((name) => !new RegExp(`\\b${name}: \\{`).test(code))).not.toEqual([]);
  });

  test('are looked for where bindings say what they know', () => {
    const code = bindings('google_container_node_pool');
    for (const name of ['node_count', 'kubelet_config', 'machine_type']) expect(code).toMatch(`${name}: {`);
  });

  test.each(Object.entries(DROPPED_ARGUMENTS))(
    '%s: what is left out is required by the bindings only',
    (type, paths) => {
      for (const path of paths) {
        const attribute = attributesOf(blockOf(type))[path];
        expect([path, attribute?.required ?? false]).toEqual([path, false]);
        const declared = bindingTypes(type);
        const property = path.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
        expect(declared).toMatch(`    readonly ${property}: string;`);
      }
    },
  );

  test('are said at their path, and what is undefined is not', () => {
    const { stack, resource } = newResource('google_container_node_pool');
    setNewer(resource, 'google_container_node_pool', {
      ignore_node_count_changes: true,
      'node_config.kubelet_config.topology_manager': { policy: 'best-effort' },
      deletion_policy: undefined,
    });
    expect(onlyResource(synthStack(stack), 'google_container_node_pool')).toEqual({
      ignore_node_count_changes: true,
      node_config: { kubelet_config: { topology_manager: { policy: 'best-effort' } } },
    });
  });

  test('what is about to be dropped is left out', () => {
    const { stack, resource } = newResource('azurerm_federated_identity_credential');
    resource.addOverride('parent_id', 'x');
    resource.addOverride('name', 'credential');
    leaveDropped(resource, 'azurerm_federated_identity_credential');
    expect(onlyResource(synthStack(stack), 'azurerm_federated_identity_credential')).toEqual({ name: 'credential' });
  });

  test('fails when the resource is of another type', () => {
    const { resource } = newResource('google_storage_bucket');
    const message = 'test/resource is a google_storage_bucket, which takes no arguments of ';
    expect(() => setNewer(resource, 'google_lustre_instance', { kms_key: 'k' })).toThrow(
      `${message}google_lustre_instance`,
    );
    expect(() => leaveDropped(resource, 'azurerm_federated_identity_credential')).toThrow(
      `${message}azurerm_federated_identity_credential`,
    );
  });

  test('are said in one place', () => {
    const allowed: Readonly<Record<string, string>> = {
      'newer-arguments.ts': 'the place',
      'oracle/kept-value.ts': 'terraform_data is part of Terraform, of which there are no bindings',
    };
    const folder = join(ROOT, 'constructs');
    const overriding = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && readFileSync(join(folder, file), 'utf8').includes('addOverride('))
      .map((file) => relative(folder, join(folder, file)));
    expect(overriding.sort()).toEqual(Object.keys(allowed).sort());
  });
});

/** Declarations of the bindings of a type. */
function bindingTypes(type: string): string {
  const cloud = cloudOf(type);
  const role = type.slice(cloud.length + 1).replaceAll('_', '-');
  return readFileSync(join(ROOT, 'node_modules/@cdktf', `provider-${cloud}`, 'lib', role, 'index.d.ts'), 'utf8');
}
