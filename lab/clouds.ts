import type { ProviderName } from '../provider/schema';

/** Clouds that Terraform plans, with the provider of each. */
export const LAB_CLOUDS = { google: 'google', azure: 'azurerm', oracle: 'oci' } as const satisfies Record<
  string,
  ProviderName
>;

/** A cloud that the lab can stand in for. */
export type LabCloud = keyof typeof LAB_CLOUDS;

/** Whether a name is that of a cloud of the lab. */
export function isLabCloud(name: string): name is LabCloud {
  return name in LAB_CLOUDS;
}
