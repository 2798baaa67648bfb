import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import type { Construct } from 'constructs';
import { Budget, Fabric, Guardrails, PrivateDns, registerFeature, resourceTags } from '../../constructs/azure';
import { TerraformStack } from '../../constructs/cdktf';
import { AZURE_ENCRYPTION_AT_HOST } from '../../estate/catalog/azure-subscription';
import { ids, names } from '../../estate/plan/ids';
import type { AccountPlan } from '../../estate/plan/types';
import { budgetProps, guardrailMode, typesOf } from '../budgets';
import { keepUnmanaged } from '../terraform';
import { type AzureStackProps, registeringProvider, useAzure } from './azure-stack';
import { formerRegistrations } from './retired';

/** Options of a {@link FoundationStack}. */
export interface FoundationStackProps extends AzureStackProps {
  /** The subscription. */
  readonly account: AccountPlan<'azure'>;
  /**
   * Regions whose networks are made, and need zones to find services in; those that exist bring their own.
   * @default - all regions of the account
   */
  readonly dnsRegions?: readonly string[];
}

/**
 * What exists once in a subscription: resource groups, features, the private DNS zones that sites share, its budget and
 * its limits.
 *
 * The resource providers that stacks use are registered by hand before it.
 */
export class FoundationStack extends TerraformStack {
  /** InfiniBand of the subscription. */
  readonly fabric: Fabric;
  /** Absent where all networks exist already. */
  readonly privateDns?: PrivateDns;

  constructor(scope: Construct, id: string, { account, dnsRegions = account.regions, state }: FoundationStackProps) {
    super(scope, id);
    useAzure(this, account, state);
    const provider = registeringProvider(this, account);
    this.fabric = new Fabric(this, 'fabric', { machines: account.machines, registrationProvider: provider });
    keepUnmanaged(this, formerRegistrations(this.fabric));
    registerFeature(this, 'encryption-at-host', { ...AZURE_ENCRYPTION_AT_HOST, provider });
    const shared = this.addSharedGroup(account);
    if (dnsRegions.length > 0) {
      this.privateDns = new PrivateDns(this, 'private-dns', {
        resourceGroupName: shared.name,
        regions: dnsRegions,
        tags: account.tags,
      });
    }
    this.addBudget(account);
    this.addGuardrails(account);
    for (const site of account.sites) {
      new ResourceGroup(this, ids.site(site.key), {
        name: names.siteGroup(site),
        location: site.region,
        tags: resourceTags(account.tags),
      });
    }
  }

  private addBudget(account: AccountPlan<'azure'>): void {
    const { subscriptionId } = account.ids;
    if (account.budget === undefined) return;
    new Budget(this, ids.budget, { ...budgetProps('azure', account, account.budget), subscriptionId });
  }

  private addGuardrails(account: AccountPlan<'azure'>): void {
    const { guardrails } = account;
    if (guardrails === undefined) return;
    new Guardrails(this, ids.guardrails, {
      name: names.guardrails(account),
      subscriptionId: account.ids.subscriptionId,
      regions: guardrails.regions,
      machines: typesOf(guardrails),
      mode: guardrailMode(guardrails),
    });
  }

  /** Its place only matters when it is made: a new site must not move the zones of the others. */
  private addSharedGroup(account: AccountPlan<'azure'>): ResourceGroup {
    const [region] = account.regions;
    if (region === undefined) throw new Error(`account ${account.key} has no site: give it one, or leave it out`);
    return new ResourceGroup(this, 'shared', {
      name: names.sharedGroup(account),
      location: region,
      tags: resourceTags(account.tags),
      lifecycle: { ignoreChanges: ['location'] },
    });
  }
}
