import { type Estate, estateSchema } from '../../../estate/spec/schema';
import { linkedEstate } from '../../helpers/linked';
import { onlyResource, resourcesOf } from '../../helpers/terraform';
import { stacksOf } from './linked';

const ELSEWHERE = 'ocid1.compartment.oc1..cccc';
const ASHBURN = { account: 'oracle', region: 'us-ashburn-1', zones: ['Uocm:US-ASHBURN-AD-1'] };
const STORES = {
  data: { kind: 'object', site: 'phoenix' },
  copy: { kind: 'object', site: 'ashburn', retainDays: 0 },
  near: { kind: 'object', site: 'phoenix', retainDays: 0 },
};
const FAR = { again: { from: 'data', to: 'copy' } };

/** An estate with two sites on Oracle Cloud; the second one may be of an account with another compartment. */
function estateOf(replication: object, { other = false }: { readonly other?: boolean } = {}): Estate {
  const base = linkedEstate({});
  return estateSchema.parse({
    ...base,
    accounts: { ...base.accounts, second: { ...base.accounts.oracle, compartmentId: ELSEWHERE } },
    sites: { ...base.sites, ashburn: { ...ASHBURN, account: other ? 'second' : 'oracle' } },
    stores: STORES,
    replication,
  });
}

describe('replications between stores of Oracle Cloud', () => {
  const stacks = stacksOf(estateOf(FAR));

  test('are a policy on the bucket that is read, in the stack that makes it', () => {
    const policy = onlyResource(stacks['atlas-phoenix-storage'] ?? {}, 'oci_objectstorage_replication_policy');
    const copy = onlyResource(stacks['atlas-ashburn-storage'] ?? {}, 'oci_objectstorage_bucket');
    expect(policy).toMatchObject({
      name: 'atlas-again',
      namespace: 'axaxnpcrorw5',
      destination_bucket_name: copy.name,
      destination_region_name: 'us-ashburn-1',
    });
    expect(copy.versioning).toBe('Disabled');
  });

  test('need no right of their own in the compartment of the account, which lets in the service of its regions', () => {
    for (const stack of ['atlas-phoenix-storage', 'atlas-ashburn-storage']) {
      expect(resourcesOf(stacks[stack] ?? {}, 'oci_identity_policy')).toEqual({});
    }
    const rights = JSON.stringify(resourcesOf(stacks['atlas-oracle-foundation'] ?? {}, 'oci_identity_policy'));
    expect(rights).toContain('Allow service objectstorage-us-phoenix-1 to manage object-family in compartment id');
  });

  test('are let in at one bucket of another compartment by a policy there, which is written in the home region', () => {
    const { 'atlas-ashburn-storage': json = {} } = stacksOf(estateOf(FAR, { other: true }));
    const policy = onlyResource(json, 'oci_identity_policy');
    expect(policy).toMatchObject({
      provider: 'oci.home',
      compartment_id: ELSEWHERE,
      name: 'atlas-again--replication-grant',
    });
    const { name } = onlyResource(json, 'oci_objectstorage_bucket');
    expect(Object(policy).statements).toEqual([
      expect.stringContaining(
        `Allow service objectstorage-us-phoenix-1 to manage object-family in compartment id ${ELSEWHERE} where all {target.bucket.name = '${name}', any {`,
      ),
    ]);
  });

  test('wait for the other bucket where their own stack makes it', () => {
    const { 'atlas-phoenix-storage': json = {} } = stacksOf(estateOf({ again: { from: 'data', to: 'near' } }));
    expect(onlyResource(json, 'oci_objectstorage_replication_policy').depends_on).toHaveLength(2);
  });

  test('change nothing else where they come and go, at stores that were made for it', () => {
    const { 'atlas-phoenix-storage': before = {} } = stacksOf(estateOf({}));
    const { 'atlas-phoenix-storage': after = {} } = stacks;
    const { oci_objectstorage_replication_policy: policy, ...rest } = after.resource ?? {};
    expect(Object.keys(policy ?? {})).toHaveLength(1);
    expect({ ...after, resource: rest }).toEqual(before);
  });
});
