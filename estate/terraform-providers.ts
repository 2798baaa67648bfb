/** Name of a Terraform provider that stacks use and whose schema is recorded, as `required_providers` has it. */
export type ProviderName = 'azurerm' | 'google' | 'oci';

/** The exact releases that stacks pin, that schemas are recorded of, and that plans know: by no other is anything decided. */
export const PROVIDERS: Readonly<Record<ProviderName, { readonly source: string; readonly version: string }>> = {
  azurerm: { source: 'hashicorp/azurerm', version: '4.81.0' },
  google: { source: 'hashicorp/google', version: '7.45.0' },
  oci: { source: 'oracle/oci', version: '8.28.0' },
};

/** Names of the providers. */
export const PROVIDER_NAMES: readonly ProviderName[] = ['azurerm', 'google', 'oci'];
