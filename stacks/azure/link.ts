import type { Construct } from 'constructs';
import { Gateway, type IGateway, Interconnect, Peering, resourceId, VpnLink } from '../../constructs/azure';
import { TerraformOutput, TerraformStack } from '../../constructs/cdktf';
import { ids, made, names, outputs } from '../../estate/plan/ids';
import type { HalfLinkPlan } from '../../estate/plan/links/types';
import type { SitePlan } from '../../estate/plan/types';
import { secretVariable, tellExchange } from '../terraform';
import { type AzureStackProps, applyAfter, useAzure } from './azure-stack';
import { kindsOf } from './gateway';
import { applyAfterNetwork, homeOf, importNetworkAtHome } from './network';

/** Options of a {@link LinkStack}. */
export interface LinkStackProps extends AzureStackProps {
  /** The site. */
  readonly site: SitePlan<'azure'>;
  /** Its half of a link. */
  readonly link: HalfLinkPlan;
}

/** The half of a link at a site: tunnels and circuits from its gateway, or a peering of its network. */
export class LinkStack extends TerraformStack {
  constructor(scope: Construct, id: string, { site, link, state }: LinkStackProps) {
    super(scope, id);
    useAzure(this, site.account, state, homeOf(site).subscriptionId);
    applyAfterNetwork(this, site);
    if (site.gateway !== undefined) applyAfter(this, site.gateway.stack);
    switch (link.kind) {
      case 'vpn':
        this.addTunnels(site, link);
        break;
      case 'interconnect':
        this.addCircuits(site, link);
        break;
      case 'peering':
        this.addPeering(site, link);
        break;
    }
  }

  private addTunnels(site: SitePlan<'azure'>, link: HalfLinkPlan): void {
    const { peer, tunnels, proposal, name } = link;
    new VpnLink(this, ids.link, {
      name,
      gateway: this.importGateway(site),
      peer: { name: peer.site, cloud: peer.cloud, asn: peer.asn ?? 0, prefixes: peer.prefixes },
      tunnels: tunnels.map(({ presharedKey: { variable }, ...tunnel }) => ({
        ...tunnel,
        presharedKey: secretVariable(this, variable, `Key of tunnel ${tunnel.key}, which both of its ends share`),
      })),
      proposal,
      tags: site.tags,
    });
    tellExchange(this, site, {});
  }

  /** The key of an order is a secret: it is an output that tools hide, and no part of what is exchanged. */
  private addCircuits(site: SitePlan<'azure'>, link: HalfLinkPlan): void {
    const { name, gbps, isOrigin, location, circuits } = link;
    const interconnect = new Interconnect(this, ids.link, {
      name,
      gateway: this.importGateway(site),
      circuits: circuits.map(({ key, insideCidrs, peerId }) => ({ key, insideCidrs, peerId })),
      gbps,
      isOrigin,
      location,
      tags: site.tags,
    });
    for (const { key, serviceKey } of interconnect.ordered) {
      new TerraformOutput(this, outputs.circuitKey(key), { value: serviceKey, sensitive: true });
    }
    const orders = interconnect.ordered.map(({ circuitId }) => circuitId);
    tellExchange(this, site, { circuits: { [link.key]: { [site.key]: orders } } });
  }

  private addPeering(site: SitePlan<'azure'>, { name, peer }: HalfLinkPlan): void {
    new Peering(this, ids.link, {
      name,
      network: importNetworkAtHome(this, site),
      peer: { networkId: networkIdOf(peer) },
    });
    tellExchange(this, site, {});
  }

  private importGateway(site: SitePlan<'azure'>): IGateway {
    const { gateway, region } = site;
    return Gateway.fromGatewayAttributes(this, ids.gateway, {
      ...homeOf(site),
      name: gateway?.name ?? '',
      region,
      kinds: gateway && kindsOf(gateway),
    });
  }
}

/** Id of the network of another site, made by its own stack or there already. */
function networkIdOf({ name = '', accountId = '', network }: HalfLinkPlan['peer']): string {
  const place = {
    subscriptionId: network?.subscriptionId ?? accountId,
    resourceGroupName: network?.owner ?? names.siteGroup({ name }),
  };
  return resourceId(place, 'Microsoft.Network/virtualNetworks', network?.id ?? made.azureNetwork({ name }));
}
