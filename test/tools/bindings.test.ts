import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BindingsList,
  generateBindings,
  type RecordedSchema,
  selectTypes,
  UnknownTypesError,
} from '../../tools/bindings';

const ROOT = join(__dirname, '../..');
const committed: BindingsList = JSON.parse(readFileSync(join(ROOT, 'tools/bindings.json'), 'utf8'));

describe('the generated bindings', () => {
  const root = mkdtempSync(join(tmpdir(), 'bindings-'));
  afterAll(() => rmSync(root, { recursive: true }));

  function writeList(list: BindingsList): void {
    for (const room of ['provider/schemas', 'tools']) mkdirSync(join(root, room), { recursive: true });
    writeFileSync(join(root, 'tools/bindings.json'), JSON.stringify(list));
    cpSync(join(ROOT, 'provider/schemas/oci-8.28.0.json.gz'), join(root, 'provider/schemas/oci-8.28.0.json.gz'));
  }

  test('have one folder a type, name no folder of the machine, and are made only when something changed', async () => {
    const list = { ...committed, resources: ['oci_core_drg', 'oci_core_vcn'], dataSources: [] };
    writeList(list);
    const folder = join(root, '.gen/providers/oci');
    expect(await generateBindings(root)).toBe(true);
    expect(
      readdirSync(folder)
        .filter((name) => !name.includes('.'))
        .sort(),
    ).toEqual(['core-drg', 'core-vcn', 'provider']);
    const code = readFileSync(join(folder, 'core-vcn/index.ts'), 'utf8');
    expect(code).toContain('export class CoreVcn extends cdktf.TerraformResource');
    expect(code).not.toContain(root);
    expect(await generateBindings(root)).toBe(false);

    writeList({ ...list, resources: ['oci_core_vcn'] });
    expect(await generateBindings(root)).toBe(true);
    expect(existsSync(join(folder, 'core-drg'))).toBe(false);
  });

  test('are in this checkout what the list asks for', () => {
    const folders = committed.resources.map((type) => type.replace(/^oci_/, '').replaceAll('_', '-'));
    expect(readdirSync(join(ROOT, '.gen/providers/oci'))).toEqual(expect.arrayContaining(folders));
  });

  test('fails when a listed type is unknown, with the nearest names', () => {
    const schema: RecordedSchema = {
      source: 'example.com/oracle/oci',
      provider: {},
      resource_schemas: { oci_core_vcn: {}, oci_core_vlan: {}, oci_core_subnet: {}, oci_budget_budget: {} },
      data_source_schemas: {},
    };
    const list = { resources: ['oci_core_vnc'], dataSources: ['oci_x'] };
    expect(() => selectTypes(schema, list)).toThrow(UnknownTypesError);
    expect(() => selectTypes(schema, list)).toThrow(
      /resource "oci_core_vnc"; nearest: oci_core_vcn, oci_core_vlan, oci_\w+\n {2}data source "oci_x"/,
    );
  });
});
