import type { Construct } from 'constructs';
import { TerraformStack } from '../../constructs/cdktf';
import { Gateway } from '../../constructs/oracle';
import { ids } from '../../estate/plan/ids';
import type { SitePlan } from '../../estate/plan/types';
import type { StateSettings } from '../../estate/spec/schema';
import { tellExchange, useBackend } from '../terraform';
import { costTags } from './cost-tags';
import { existingNetwork } from './existing';
import { useProvider } from './provider';

/** Options of a {@link GatewayStack}. */
export interface GatewayStackProps {
  /** The site, which has a gateway. */
  readonly site: SitePlan<'oracle'>;
  /** Where the state is kept. */
  readonly state: StateSettings;
}

/**
 * The gateway of the links of one site.
 *
 * It is made before the network, whose stack attaches it and leads to it; a network that exists already is attached here, and
 * its owner adds the routes.
 */
export class GatewayStack extends TerraformStack {
  /** The gateway. */
  readonly gateway: Gateway;

  /** @throws Error when the site has no gateway */
  constructor(scope: Construct, id: string, { site, state }: GatewayStackProps) {
    super(scope, id);
    if (site.gateway === undefined) throw new Error(`site "${site.key}" has no gateway`);
    useProvider(this, site.account, site.region);
    useBackend(this, state);
    const { name, reached } = site.gateway;
    this.gateway = new Gateway(this, ids.gateway, {
      name,
      compartmentId: site.account.ids.compartmentId,
      network: site.hasNetwork ? undefined : existingNetwork(this, ids.network, site),
      reached,
      tags: site.tags,
      costTags: costTags(site.account),
    });
    // A half of a link that is known later changes nothing here.
    this.gateway.exportIds();
    tellExchange(this, site, { gateways: { [site.key]: { id: this.gateway.gatewayId } } });
  }
}
