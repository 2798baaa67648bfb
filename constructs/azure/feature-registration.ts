import type { Construct } from 'constructs';
import { TerraformResource } from '../cdktf';
import { setNewer } from '../newer-arguments';

/**
 * Registers one feature of a resource provider and leaves the others of that provider alone.
 *
 * The resource type is newer than the bindings. A feature that is registered already has to be imported:
 * `/subscriptions/ID/providers/Microsoft.Features/providers/PROVIDER/features/FEATURE`.
 */
export function registerFeature(scope: Construct, id: string, provider: string, feature: string): TerraformResource {
  const registration = new TerraformResource(scope, id, {
    terraformResourceType: 'azurerm_resource_provider_feature_registration',
    terraformGeneratorMetadata: { providerName: 'azurerm' },
    lifecycle: { preventDestroy: true },
  });
  setNewer(registration, 'azurerm_resource_provider_feature_registration', { provider_name: provider, name: feature });
  return registration;
}
