import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { TerraformResource, TerraformStack, Testing } from '../../constructs/cdktf';
import {
  type ArgumentShape,
  DROPPED_ARGUMENTS,
  leaveDropped,
  NEWER_ARGUMENTS,
  SUCCESSORS,
  type SuccessorRow,
  setNewer,
  setSuccessors,
} from '../../constructs/newer-arguments';
import { chooseRelease } from '../../constructs/provider-release';
import { attributesOf, type BlockSchema, blocksOf, holdsFor, loadProvider, PROVIDERS } from '../../provider/schema';
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

function blockOf(type: string, version?: string): BlockSchema {
  return loadProvider(cloudOf(type), version).resource_schemas[type]?.block ?? {};
}

const releasesOf = (type: string) => PROVIDERS[cloudOf(type)].releases;

/** Whether a shape is that of an argument, as a schema says it, and not of blocks. */
function isArgument(shape: ArgumentShape): shape is Extract<ArgumentShape, string | readonly [string, string]> {
  return typeof shape === 'string' || (Array.isArray(shape) && typeof shape[0] === 'string');
}

/** A shape as the recorded schema has it; the member that is wrong where it does not. */
function recorded(block: BlockSchema, name: string, shape: ArgumentShape): unknown {
  if (isArgument(shape)) {
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
  if (isArgument(shape)) return own;
  const members: Readonly<Record<string, ArgumentShape>> = Array.isArray(shape) ? shape[0] : shape;
  return [...own, ...Object.entries(members).flatMap(([name, inner]) => names(name, inner))];
}

function newResource(type: string): { readonly stack: TerraformStack; readonly resource: TerraformResource } {
  const stack = new TerraformStack(Testing.app(), 'test');
  return { stack, resource: new TerraformResource(stack, 'resource', { terraformResourceType: type }) };
}

describe('arguments newer than the bindings', () => {
  test.each(rows)('every recorded release takes $path of $type', ({ type, path, shape }) => {
    const parents = path.split('.');
    const name = parents.pop() ?? '';
    for (const version of releasesOf(type))
      expect([version, recorded(blockAt(blockOf(type, version), parents), name, shape)]).toEqual([version, shape]);
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
        for (const version of releasesOf(type)) {
          const attribute = attributesOf(blockOf(type, version))[path];
          expect([version, path, attribute?.required ?? false]).toEqual([version, path, false]);
        }
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

const successors = Object.entries<SuccessorRow>(SUCCESSORS);

describe('arguments that succeed others', () => {
  test.each(successors)(
    'of %s are taken by the releases that they are for, which have the others no more',
    (type, row) => {
      const taking = (version: string) => ({
        taken: Object.entries(row.takes).map(([name, shape]) => [name, recorded(blockOf(type, version), name, shape)]),
        dropped: row.dropped.filter((name) => attributesOf(blockOf(type, version))[name] !== undefined),
      });
      const isFor = (version: string) => holdsFor(row, version);
      expect(releasesOf(type).filter(isFor)).not.toEqual([]);
      expect(releasesOf(type).filter((version) => !isFor(version))).not.toEqual([]);
      for (const version of releasesOf(type)) {
        const none = Object.keys(row.takes).map((name) => [name, `no argument "${name}"`]);
        const expected = isFor(version)
          ? { taken: Object.entries(row.takes), dropped: [] }
          : { taken: none, dropped: row.dropped };
        expect([version, taking(version)]).toEqual([version, expected]);
      }
    },
  );

  test.each(successors)('of %s are unknown to the bindings, and say where that is written', (type, row) => {
    for (const name of Object.keys(row.takes)) expect(bindings(type)).not.toMatch(`${name}: {`);
    for (const name of row.dropped) expect(bindings(type)).toMatch(`${name}: {`);
    expect([row.source, row.checked]).toEqual([
      expect.stringMatching(/^https:/),
      expect.stringMatching(/^20\d\d-\d\d$/),
    ]);
  });

  test('are said in a stack whose release wants them, and nothing changes in others', () => {
    const type = 'azurerm_private_dns_zone_virtual_network_link';
    const said = (version?: string) => {
      const stack = new TerraformStack(Testing.app(), 'test');
      if (version !== undefined) chooseRelease(stack, 'azurerm', version);
      const resource = new TerraformResource(stack, 'resource', { terraformResourceType: type });
      for (const name of ['private_dns_zone_name', 'resource_group_name', 'name']) resource.addOverride(name, name);
      setSuccessors(resource, type, { private_dns_zone_id: 'id' });
      return onlyResource(synthStack(stack), type);
    };
    expect(said('5.2.0')).toEqual({ name: 'name', private_dns_zone_id: 'id' });
    expect(said()).toEqual({
      name: 'name',
      private_dns_zone_name: 'private_dns_zone_name',
      resource_group_name: 'resource_group_name',
    });
    expect(said('4.81.0')).toEqual(said());
  });
});

/** Declarations of the bindings of a type. */
function bindingTypes(type: string): string {
  const cloud = cloudOf(type);
  const role = type.slice(cloud.length + 1).replaceAll('_', '-');
  return readFileSync(join(ROOT, 'node_modules/@cdktf', `provider-${cloud}`, 'lib', role, 'index.d.ts'), 'utf8');
}
