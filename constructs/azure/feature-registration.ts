import type { Construct } from 'constructs';
import { type TerraformProvider, TerraformResource } from '../cdktf';
import { setNewer } from '../newer-arguments';

/** A feature of a subscription. */
export interface FeatureRegistrationOptions {
  /** Namespace of its resource provider, such as `Microsoft.Compute`. */
  readonly namespace: string;
  /** Name of the feature, such as `EncryptionAtHost`. */
  readonly feature: string;
  /**
   * Provider that registers it: one with `skip_import_check_on_create_and_allow_overwriting_existing_resources` takes
   * over a feature that is registered already, as most are in a subscription that has run AKS. It should make nothing else.
   * @default - that of the stack: a registered feature has to be imported,
   * `/subscriptions/ID/providers/Microsoft.Features/providers/NAMESPACE/features/FEATURE`
   */
  readonly provider?: TerraformProvider;
}

/**
 * Registers one feature of a resource provider and leaves the others of that provider alone.
 *
 * The resource type is newer than the bindings.
 */
export function registerFeature(scope: Construct, id: string, options: FeatureRegistrationOptions): TerraformResource {
  const registration = new TerraformResource(scope, id, {
    terraformResourceType: 'azurerm_resource_provider_feature_registration',
    terraformGeneratorMetadata: { providerName: 'azurerm' },
    provider: options.provider,
    lifecycle: { preventDestroy: true },
  });
  setNewer(registration, 'azurerm_resource_provider_feature_registration', {
    provider_name: options.namespace,
    name: options.feature,
  });
  return registration;
}
