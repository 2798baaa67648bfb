import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Gateway, type INetwork } from '../../constructs/aws';
import { ids } from '../../estate/plan/ids';
import type { SitePlan } from '../../estate/plan/types';
import { tellExchange } from './exchange';
import { networkOf } from './existing';
import { siteStackProps } from './site-stack-props';

/** Options of a {@link GatewayStack}. */
export interface GatewayStackProps {
  /** The site, which has a gateway. */
  readonly site: SitePlan<'aws'>;
  /** The network that a stack has made. @default - the one of the site that exists already */
  readonly network?: INetwork;
}

/** The gateway of the links of one site. */
export class GatewayStack extends Stack {
  /** The gateway. */
  readonly gateway: Gateway;

  /** @throws Error when the site has no gateway */
  constructor(scope: Construct, id: string, { site, network }: GatewayStackProps) {
    super(scope, id, { ...siteStackProps(site), terminationProtection: true });
    if (site.gateway === undefined) throw new Error(`site "${site.key}" has no gateway`);
    const { name, asn, advertised, reached } = site.gateway;
    this.gateway = new Gateway(this, ids.gateway, {
      name,
      network: networkOf(this, site, network),
      asn,
      advertised,
      reached,
      tags: site.tags,
    });
    const { gatewayId, routeTableId } = this.gateway;
    // Whether a link uses them or not: an export in use cannot go, and this stack is deployed before those that let go.
    for (const id of [gatewayId, routeTableId]) this.exportValue(id);
    tellExchange(this, site, { gateways: { [site.key]: { id: gatewayId } } });
  }
}
