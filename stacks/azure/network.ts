import type { Construct } from 'constructs';
import { type INetwork, Network, type NetworkAttributes } from '../../constructs/azure';
import { TerraformStack } from '../../constructs/cdktf';
import type { SitePlan } from '../../estate/plan/types';
import { type AzureStackProps, applyAfter, useAzure } from './azure-stack';
import { sharedGroupName, siteGroupName } from './resource-groups';

/** Properties of NetworkStack. */
export interface NetworkStackProps extends AzureStackProps {
  readonly site: SitePlan<'azure'>;
}

/** The network of a site. */
export class NetworkStack extends TerraformStack {
  readonly network: Network;

  constructor(scope: Construct, id: string, { site, state }: NetworkStackProps) {
    super(scope, id);
    useAzure(this, site.account, state);
    applyAfter(this, site.account.stacks.foundation);
    this.network = new Network(this, 'network', {
      ...networkAttributes(site),
      cidrs: site.network.cidrs,
      tags: site.tags,
    });
  }
}

/** The network of a site, for the stacks that are applied after it. */
export function importNetwork(scope: Construct, site: SitePlan<'azure'>): INetwork {
  return Network.fromNetworkAttributes(scope, 'network', networkAttributes(site));
}

function networkAttributes(site: SitePlan<'azure'>): NetworkAttributes {
  return {
    name: site.name,
    subscriptionId: site.account.ids.subscriptionId,
    resourceGroupName: siteGroupName(site),
    privateDnsResourceGroupName: sharedGroupName(site.account),
    region: site.region,
    zones: site.zones,
    subnets: site.network.subnets,
  };
}
