import { AzurermProvider, type AzurermProviderConfig } from '@cdktf/provider-azurerm/lib/provider';
import { type TerraformProvider, TerraformStack } from '../../constructs/cdktf';
import type { AccountPlan } from '../../estate/plan/types';
import type { StateSettings } from '../../estate/spec/schema';
import { useBackend, usePinnedProvider } from '../terraform';

/** What every stack of Azure is told. */
export interface AzureStackProps {
  /** Where Terraform keeps its state. */
  readonly state: StateSettings;
}

/**
 * Sets up the provider, pinned and told to leave alone what it would do unasked, and where the state is kept.
 *
 * @param subscriptionId subscription of the tenant that everything in the stack is made in; default: that of the account
 */
export function useAzure(
  stack: TerraformStack,
  account: AccountPlan<'azure'>,
  state: StateSettings,
  subscriptionId = account.ids.subscriptionId,
): void {
  usePinnedProvider(stack, 'azurerm', account.providerRelease);
  new AzurermProvider(stack, 'azurerm', settings(account, subscriptionId));
  useBackend(stack, state);
}

/** A provider of another subscription of the tenant, for what has to be made there. */
export function otherSubscription(
  stack: TerraformStack,
  account: AccountPlan<'azure'>,
  subscriptionId: string,
): TerraformProvider {
  return new AzurermProvider(stack, 'azurerm-network', { ...settings(account, subscriptionId), alias: 'network' });
}

/**
 * A provider that takes over features which the subscription has registered already, and must make nothing else: it would
 * take over anything of the same name. Registering a feature twice does nothing.
 *
 * `resource_provider_feature_registration_resource.go` of azurerm 4.81.0.
 */
export function registeringProvider(stack: TerraformStack, account: AccountPlan<'azure'>): TerraformProvider {
  const provider = new AzurermProvider(stack, 'azurerm-features', {
    ...settings(account, account.ids.subscriptionId),
    alias: 'features',
  });
  // The bindings do not know it yet.
  provider.addOverride('features.0.skip_import_check_on_create_and_allow_overwriting_existing_resources', true);
  return provider;
}

function settings({ ids }: AccountPlan<'azure'>, subscriptionId: string): AzurermProviderConfig {
  return {
    subscriptionId,
    tenantId: ids.tenantId,
    // What the subscription must register is registered by the foundation or by hand, never on the side of a plan.
    resourceProviderRegistrations: 'none',
    storageUseAzuread: true,
    features: [
      {
        resourceGroup: [{ preventDeletionIfContainsResources: true }],
        keyVault: [{ purgeSoftDeleteOnDestroy: false, recoverSoftDeletedKeyVaults: true }],
        // Accounts answer only inside their network; everything is done through the resource manager.
        storage: [{ dataPlaneAvailable: false }],
        // Both default to true and would restart machines that train.
        virtualMachineScaleSet: [{ rollInstancesWhenRequired: false, reimageOnManualUpgrade: false }],
      },
    ],
  };
}

/** Says which stacks must be applied before one: its ids are built from the names that they give. */
export function applyAfter(stack: TerraformStack, ...stackIds: readonly string[]): void {
  for (const id of stackIds) {
    const earlier = stack.node.scope?.node.tryFindChild(id);
    if (earlier instanceof TerraformStack) stack.addDependency(earlier);
  }
}
