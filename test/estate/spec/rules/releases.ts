import type { RuleTable } from './table';

/** Rules on releases of Terraform providers. */
export const RELEASE_RULES: Readonly<Record<string, RuleTable>> = {
  ProviderRelease: {
    holds: [
      { providers: {} },
      { providers: { azurerm: '4.81.0' } },
      { providers: { azurerm: '5.2.0', google: '7.45.0', oci: '8.28.0' } },
    ],
    fails: [
      [
        { providers: { azurerm: '5.2.1' } },
        'providers.azurerm',
        '"5.2.1" is no release of azurerm that is recorded; recorded: 4.81.0 (the default), 5.2.0',
      ],
      [{ 'providers.oci': '8.0.0' }, 'providers.oci', 'write one of them, or take the line out for 8.28.0'],
    ],
  },
};
