import type { Sourced } from '../../estate/catalog';
import type { ProviderName } from '../../estate/terraform-providers';

/** A recorded release of a provider, and when it came out. */
export interface ReleaseRow extends Sourced {
  readonly name: ProviderName;
  readonly version: string;
  /** The day on which it came out. */
  readonly released: string;
}

const CHECKED = { checked: '2026-11' } as const;

/** How old recordings are: a row for each release that is recorded. */
export const RELEASES: readonly ReleaseRow[] = [
  {
    name: 'azurerm',
    version: '4.81.0',
    released: '2026-07-14',
    source: 'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.81.0/CHANGELOG.md',
    ...CHECKED,
  },
  {
    name: 'azurerm',
    version: '5.2.0',
    released: '2026-08-20',
    source: 'https://github.com/hashicorp/terraform-provider-azurerm/blob/v5.2.0/CHANGELOG.md',
    ...CHECKED,
  },
  {
    name: 'google',
    version: '7.45.0',
    released: '2026-08-18',
    // The list at the tag itself still calls the release unreleased.
    source: 'https://github.com/hashicorp/terraform-provider-google/blob/main/CHANGELOG.md',
    ...CHECKED,
  },
  {
    name: 'oci',
    version: '8.28.0',
    released: '2026-08-19',
    source: 'https://github.com/oracle/terraform-provider-oci/blob/v8.28.0/CHANGELOG.md',
    ...CHECKED,
  },
];
