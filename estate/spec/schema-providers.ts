import { z } from 'zod';
import { PROVIDERS, type ProviderName } from '../terraform-providers';

function release(name: ProviderName) {
  const { source, version, releases } = PROVIDERS[name];
  return z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'must be the three numbers of a release')
    .optional()
    .meta({
      description: `Release of ${source}. Recorded: ${releases.join(', ')}. Default: ${version}.`,
      examples: [releases.at(-1) ?? version],
    });
}

/** Which recorded releases of Terraform providers the stacks of an estate pin. */
export const providers = z
  .strictObject({ azurerm: release('azurerm'), google: release('google'), oci: release('oci') })
  .optional()
  .meta({
    description:
      'Releases of Terraform providers that stacks pin, and that plans and comparisons know. One whose cloud the estate does not use may stand here too.',
    examples: [{ azurerm: PROVIDERS.azurerm.releases.at(-1) }],
  });
