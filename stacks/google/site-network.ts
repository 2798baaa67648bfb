import type { Construct } from 'constructs';
import { type INetwork, Network } from '../../constructs/google';
import type { SitePlan } from '../../estate/plan/types';

/** The network of a site as later stacks know it: built from names, so that no plan waits for another one. */
export function siteNetwork(scope: Construct, site: SitePlan<'google'>): INetwork {
  return Network.fromNetworkName(scope, 'network', {
    name: site.name,
    projectId: site.account.ids.projectId,
    region: site.region,
    zones: site.zones,
    subnets: site.network.subnets,
  });
}
