import type { Construct } from 'constructs';
import { Gateway, type GatewayKind } from '../../constructs/azure';
import { TerraformStack } from '../../constructs/cdktf';
import { ids } from '../../estate/plan/ids';
import type { GatewayPlan } from '../../estate/plan/links/types';
import type { SitePlan } from '../../estate/plan/types';
import { tellExchange } from '../terraform';
import { type AzureStackProps, useAzure } from './azure-stack';
import { applyAfterNetwork, homeOf, importNetworkAtHome } from './network';

/** A site with a gateway. */
export type GatewaySite = SitePlan<'azure'> & { readonly gateway: GatewayPlan<'azure'> };

/** Options of a {@link GatewayStack}. */
export interface GatewayStackProps extends AzureStackProps {
  /** The site, whose links need a gateway. */
  readonly site: GatewaySite;
}

/** The gateway through which links reach a site. */
export class GatewayStack extends TerraformStack {
  /** The gateway. */
  readonly gateway: Gateway;

  constructor(scope: Construct, id: string, { site, state }: GatewayStackProps) {
    super(scope, id);
    const { account, gateway } = site;
    useAzure(this, account, state, homeOf(site).subscriptionId);
    applyAfterNetwork(this, site);
    this.gateway = new Gateway(this, ids.gateway, {
      name: gateway.name,
      network: importNetworkAtHome(this, site),
      asn: gateway.asn,
      kinds: kindsOf(gateway),
      insideAddresses: gateway.insideAddresses,
      vpnGbps: gateway.vpnGbps,
      circuitGbps: gateway.circuitGbps,
      tags: site.tags,
    });
    const { addresses } = this.gateway;
    tellExchange(this, site, { gateways: addresses.length > 0 ? { [site.key]: { addresses: [...addresses] } } : {} });
  }
}

/** Kinds of links that a gateway is made for; networks are peered without one. */
export function kindsOf({ kinds }: GatewayPlan<'azure'>): GatewayKind[] {
  return kinds.flatMap((kind) => (kind === 'peering' ? [] : [kind]));
}
