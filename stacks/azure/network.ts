import type { Construct } from 'constructs';
import { type INetwork, Network, type NetworkAttributes, type ResourceScope } from '../../constructs/azure';
import { type TerraformProvider, TerraformStack } from '../../constructs/cdktf';
import { ids, names } from '../../estate/plan/ids';
import type { SitePlan } from '../../estate/plan/types';
import { type AzureStackProps, applyAfter, useAzure } from './azure-stack';
import { existingNetwork } from './existing';

/** Options of a {@link NetworkStack}. */
export interface NetworkStackProps extends AzureStackProps {
  /** The site. */
  readonly site: SitePlan<'azure'>;
}

/** The network of a site that has none yet. */
export class NetworkStack extends TerraformStack {
  /** The network of the site. */
  readonly network: Network;

  constructor(scope: Construct, id: string, { site, state }: NetworkStackProps) {
    super(scope, id);
    useAzure(this, site.account, state);
    applyAfter(this, site.account.stacks.foundation);
    this.network = new Network(this, ids.network, {
      ...networkAttributes(site),
      cidrs: site.network.cidrs,
      dnsServers: site.network.dnsServers,
      tags: site.tags,
    });
  }
}

/**
 * The network of a site, for the stacks that are applied after it: that of its own stack, or one that exists already.
 *
 * @param securityProvider what rules in security groups of another subscription are made with
 */
export function importNetwork(
  scope: Construct,
  site: SitePlan<'azure'>,
  securityProvider?: TerraformProvider,
): INetwork {
  const { existing } = site.network;
  return Network.fromNetworkAttributes(scope, ids.network, {
    ...networkAttributes(site),
    ...(existing && existingNetwork(scope, existing, site.region)),
    securityProvider,
  });
}

/** Where the network of a site is, and with it all that its links are made of there. */
export function homeOf(site: SitePlan<'azure'>): ResourceScope {
  const { existing } = site.network;
  const { subscriptionId } = site.account.ids;
  if (existing === undefined || existing.subscriptionId === subscriptionId) {
    return { subscriptionId, resourceGroupName: names.siteGroup(site) };
  }
  return { subscriptionId: existing.subscriptionId, resourceGroupName: existing.resourceGroup };
}

/** The network of a site as its links know it: what is placed in it lies beside it. */
export function importNetworkAtHome(scope: Construct, site: SitePlan<'azure'>): INetwork {
  const { existing } = site.network;
  return Network.fromNetworkAttributes(scope, ids.network, {
    ...networkAttributes(site),
    ...(existing && existingNetwork(scope, existing, site.region)),
    ...homeOf(site),
  });
}

/** Says that a stack comes after what makes the network of a site, or where it exists already, its resource group. */
export function applyAfterNetwork(stack: TerraformStack, { hasNetwork, stacks, account }: SitePlan<'azure'>): void {
  applyAfter(stack, hasNetwork ? stacks.network : account.stacks.foundation);
}

function networkAttributes(site: SitePlan<'azure'>): NetworkAttributes {
  return {
    name: site.name,
    subscriptionId: site.account.ids.subscriptionId,
    resourceGroupName: names.siteGroup(site),
    privateDnsResourceGroupName: names.sharedGroup(site.account),
    region: site.region,
    zones: site.zones,
    subnets: site.network.subnets,
    egress: site.network.egress,
  };
}
