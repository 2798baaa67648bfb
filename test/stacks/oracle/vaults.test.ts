import { App } from '../../../constructs/cdktf';
import { ClusterStack } from '../../../stacks/oracle';
import { onlyResource, resourcesOf } from '../../helpers/terraform';
import { planFixture } from './fixture';
import { addresses, stacksOf } from './synth';

describe('keys of a new Oracle account', () => {
  const { foundation, storage = {}, cluster } = stacksOf({ sharesVault: true });

  test('are made in a vault of an earlier stack, whose address is found by then', () => {
    expect(onlyResource(foundation, 'oci_kms_vault')).toMatchObject({
      provider: 'oci.us-phoenix-1',
      compartment_id: 'ocid1.compartment.oc1..train',
      display_name: 'atlas-main-us-phoenix-1',
      vault_type: 'DEFAULT',
      lifecycle: { prevent_destroy: true },
    });
    for (const json of [storage, cluster]) {
      expect(resourcesOf(json, 'oci_kms_vault')).toEqual({});
      expect(onlyResource(json, 'oci_kms_key').management_endpoint).toMatch(
        /^\$\{data\.terraform_remote_state\.cross-stack-reference-input-atlas-main-foundation\.outputs\.cross-stack-output-oci_kms_vaultvault-us-phoenix-1_\w+management_endpoint\}$/,
      );
    }
  });

  test('have their vault in the region of the account, whatever its home region is', () => {
    expect(foundation.provider?.oci).toMatchObject([
      { region: 'us-ashburn-1' },
      { alias: 'us-phoenix-1', region: 'us-phoenix-1', tenancy_ocid: 'ocid1.tenancy.oc1..atlas' },
    ]);
  });
});

describe('keys of earlier releases', () => {
  test('stay in their vaults, and no other one is made', () => {
    const { foundation, storage = {}, cluster } = stacksOf();
    expect(resourcesOf(foundation, 'oci_kms_vault')).toEqual({});
    expect(foundation.provider?.oci).toHaveLength(1);
    for (const json of [storage, cluster]) {
      expect(Object.keys(addresses(json))).toContainEqual(expect.stringMatching(/^oci_kms_vault\.key_vault_/));
      expect(onlyResource(json, 'oci_kms_key').management_endpoint).toMatch(
        /^\$\{oci_kms_vault\.key_vault_\w+\.management_endpoint\}$/,
      );
    }
  });

  test('have the address that those of a vault of the account have', () => {
    const keys = (sharesVault: boolean) =>
      [stacksOf({ sharesVault }).storage ?? {}, stacksOf({ sharesVault }).cluster].flatMap((json) =>
        Object.keys(resourcesOf(json, 'oci_kms_key')),
      );
    expect(keys(true)).toEqual(keys(false));
  });
});

test('a stack whose key is planned into a vault of the account is not made without it', () => {
  const plan = planFixture({ sharesVault: true });
  const [shard] = plan.shards('oracle');
  if (shard === undefined) throw new Error('the fixture has a cluster');
  expect(() => new ClusterStack(new App(), 'cluster', { shard, state: plan.state })).toThrow(
    /the network of site "phoenix"|the key of "gpu" is made in the vault of its account, which was not given/,
  );
});
