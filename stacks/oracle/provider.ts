import { OciProvider } from '../../.gen/providers/oci/provider';
import { type TerraformStack, TerraformVariable } from '../../constructs/cdktf';
import type { AccountPlan } from '../../estate/plan/types';
import { usePinnedProvider } from '../terraform';

/** Tags that Oracle Cloud puts on everything by itself; without this each plan would take them off again. A hundred fit. */
const AUTOMATIC_TAGS = ['Oracle-Tags.CreatedBy', 'Oracle-Tags.CreatedOn'];

/**
 * Credentials by the name of their variable. A provider with an alias does not find them in the environment by itself,
 * so all providers get them from variables (`TF_VAR_user_ocid=…`), which fall back to the usual sources when unset.
 */
const CREDENTIALS = {
  user_ocid: 'User that signs requests; from ~/.oci/config when unset',
  fingerprint: "Fingerprint of the user's API key; from ~/.oci/config when unset",
  private_key_path: 'File that holds the API key; from ~/.oci/config when unset',
  config_file_profile: 'Profile of ~/.oci/config; DEFAULT when unset',
} as const;

type Account = Pick<AccountPlan<'oracle'>, 'ids' | 'providerRelease'>;

/** Adds the pinned provider of an account in one region: everything is made through it unless told otherwise. */
export function useProvider(stack: TerraformStack, account: Account, region: string): void {
  usePinnedProvider(stack, 'oci', account.providerRelease);
  for (const [name, description] of Object.entries(CREDENTIALS)) {
    const variable = new TerraformVariable(stack, name, { type: 'string', description });
    // Only an override can say null, which makes the variable optional.
    variable.addOverride('default', null);
  }
  new OciProvider(stack, 'oci', { ...credentials(account), region });
}

/** Id of the provider of a further region. */
export function regionalProviderId(region: string): string {
  return `oci-${region}`;
}

/** Adds the provider of a further region, under its name. */
export function useRegionalProvider(stack: TerraformStack, account: Account, region: string): OciProvider {
  return new OciProvider(stack, regionalProviderId(region), { ...credentials(account), alias: region, region });
}

/** Adds the provider of the home region, where identities and policies are written. */
export function useHomeProvider(stack: TerraformStack, account: Account): OciProvider {
  return new OciProvider(stack, 'oci-home', {
    ...credentials(account),
    alias: 'home',
    region: account.ids.homeRegion,
  });
}

function credentials(account: Account) {
  const variable = (name: keyof typeof CREDENTIALS) => `\${var.${name}}`;
  return {
    tenancyOcid: account.ids.tenancyId,
    userOcid: variable('user_ocid'),
    fingerprint: variable('fingerprint'),
    privateKeyPath: variable('private_key_path'),
    configFileProfile: variable('config_file_profile'),
    ignoreDefinedTags: [...AUTOMATIC_TAGS, ...(account.ids.ignoredTags ?? [])],
  };
}
