import type { ProviderName } from '../schema';
import type { ValueObject } from '../values';

/** Identifiers of the right shape that belong to nobody. */
const NOBODY = {
  subscription: '00000000-0000-0000-0000-000000000001',
  tenancy: 'ocid1.tenancy.oc1..placeholder',
} as const;

/** What providers are configured with where there is no account: enough to validate and to plan, and to reach nothing. */
export const PLACEHOLDER_CONFIGURATIONS: Readonly<Record<ProviderName, (keyFile: string) => ValueObject>> = {
  azurerm: () => ({ features: [{}], subscription_id: NOBODY.subscription }),
  google: () => ({ project: 'placeholder', region: 'us-central1', zone: 'us-central1-a' }),
  oci: (keyFile) => ({
    region: 'us-ashburn-1',
    tenancy_ocid: NOBODY.tenancy,
    user_ocid: 'ocid1.user.oc1..placeholder',
    fingerprint: '00:00',
    private_key_path: keyFile,
  }),
};
