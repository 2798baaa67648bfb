import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../terraform/document';
import { document, reference, Workspace } from './workspace';

const NETWORKS: JsonObject = {
  azurerm_resource_group: { main: { name: 'rg', location: 'westeurope' } },
  azurerm_virtual_network: {
    main: {
      name: 'net',
      location: 'westeurope',
      resource_group_name: reference('azurerm_resource_group.main.name'),
      address_space: ['10.0.0.0/16'],
      tags: { group: `pre-${reference('azurerm_resource_group.main.id')}` },
    },
  },
  // Blocks with computed parts inside a set, which have no position to be found again by.
  azurerm_network_security_group: {
    main: { name: 'nsg', location: 'westeurope', resource_group_name: 'rg', security_rule: [] },
  },
  google_compute_network: { main: { name: 'net', auto_create_subnetworks: false } },
  google_compute_subnetwork: {
    main: {
      name: 'sub',
      region: 'us-central1',
      ip_cidr_range: '10.0.0.0/24',
      network: reference('google_compute_network.main.id'),
    },
  },
  oci_core_vcn: { main: { compartment_id: 'ocid1.compartment.oc1..a', cidr_blocks: ['10.0.0.0/16'] } },
  oci_core_subnet: {
    main: {
      compartment_id: 'ocid1.compartment.oc1..a',
      cidr_block: '10.0.0.0/24',
      vcn_id: reference('oci_core_vcn.main.id'),
    },
  },
};

function edited(type: string, changes: JsonObject): JsonObject {
  const { main } = Object(NETWORKS[type]);
  return document({ ...NETWORKS, [type]: { main: { ...main, ...changes } } });
}

describe('the local provider', () => {
  const workspace = new Workspace();
  const whole = document(NETWORKS, {
    data: { oci_identity_availability_domains: { all: { compartment_id: 'ocid1.tenancy.oc1..a' } } },
    output: {
      vcn: { value: reference('oci_core_vcn.main.id') },
      link: { value: reference('google_compute_network.main.self_link') },
      domain: { value: reference('data.oci_identity_availability_domains.all.availability_domains[0].name') },
    },
  });
  afterAll(() => workspace.remove());

  test('plans resources of all three providers, with no lock file and no plugin folder', async () => {
    const plan = await workspace.run(whole, 'plan', 'plan');
    expect(plan.diagnostics).toEqual([]);
    expect(plan.changes).toHaveLength(7);
    expect(new Set(plan.changes.map(({ action }) => action))).toEqual(new Set(['create']));
    expect(readdirSync(workspace.folder)).toEqual(['cdk.tf.json']);
  });

  test('fails when something applies outside a scratch run, with no result in the state', async () => {
    const apply = await workspace.run(whole, 'plan', 'apply', '-auto-approve');
    expect(apply.exitCode).toBe(1);
    expect(apply.diagnostics.map(({ summary }) => summary)).toContain('Applying is refused offline');
    const state = join(workspace.folder, 'terraform.tfstate');
    expect(existsSync(state) ? JSON.parse(readFileSync(state, 'utf8')).resources : []).not.toContainEqual(
      expect.objectContaining({ mode: 'managed' }),
    );
  });

  test('applies made-up results in a scratch run, each in the shape of its kind', async () => {
    const apply = await workspace.run(whole, 'scratch', 'apply', '-auto-approve');
    expect(apply.exitCode).toBe(0);
    const { outputs } = JSON.parse(readFileSync(join(workspace.folder, 'terraform.tfstate'), 'utf8'));
    expect(outputs.vcn.value).toMatch(/^ocid1\.vcn\.oc1\.\.offline/);
    expect(outputs.link.value).toBe('https://www.googleapis.com/compute/v1/projects/test/global/networks/net');
    expect(outputs.domain.value).toMatch(/offline/);
  });

  test('plans nothing once everything is applied', async () => {
    const plan = await workspace.run(whole, 'plan', 'plan', '-detailed-exitcode');
    expect(plan.changes).toEqual([]);
    expect(plan.exitCode).toBe(0);
  });

  test.each([
    ['azurerm_virtual_network', { address_space: ['10.0.0.0/16', '10.1.0.0/16'] }, 'update'],
    ['azurerm_virtual_network', { location: 'northeurope' }, 'replace'],
    ['azurerm_virtual_network', { tags: { other: 'tag' } }, 'update'],
    ['google_compute_network', { name: 'other' }, 'replace'],
    ['google_compute_subnetwork', { region: 'us-east1' }, 'replace'],
    ['google_compute_subnetwork', { private_ip_google_access: true }, 'update'],
    ['oci_core_vcn', { dns_label: 'other' }, 'replace'],
    ['oci_core_vcn', { display_name: 'other' }, 'update'],
    ['oci_core_subnet', { prohibit_public_ip_on_vnic: true }, 'replace'],
  ])('plans %s with %j as %s', async (type, changes, action) => {
    const plan = await workspace.run(edited(type, changes), 'plan', 'plan');
    expect(plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(plan.changes).toContainEqual({ address: `${type}.main`, action });
  });

  test('replaces what holds the id of something that is replaced', async () => {
    const plan = await workspace.run(edited('oci_core_vcn', { dns_label: 'other' }), 'plan', 'plan');
    expect(plan.changes).toContainEqual({ address: 'oci_core_subnet.main', action: 'replace' });
  });

  test('destroys everything in a scratch run, and refuses it otherwise', async () => {
    expect((await workspace.run(whole, 'plan', 'destroy', '-auto-approve')).exitCode).toBe(1);
    expect((await workspace.run(whole, 'scratch', 'destroy', '-auto-approve')).exitCode).toBe(0);
  });
});
