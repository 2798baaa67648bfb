import type { Construct } from 'constructs';
import { TerraformStack } from '../../constructs/cdktf';
import { type IGateway, Interconnect, Peering, VpnLink } from '../../constructs/oracle';
import { ids } from '../../estate/plan/ids';
import type { HalfLinkPlan, HalfTunnel } from '../../estate/plan/links/types';
import type { SitePlan } from '../../estate/plan/types';
import type { ExchangeFragment } from '../../estate/spec/exchange';
import type { StateSettings } from '../../estate/spec/schema';
import { secretVariable, tellExchange, useBackend } from '../terraform';
import { costTags } from './cost-tags';
import { useProvider } from './provider';

/** Options of a {@link LinkStack}. */
export interface LinkStackProps {
  /** The site at this end. */
  readonly site: SitePlan<'oracle'>;
  /** This half of the link, for which nothing is missing. */
  readonly link: HalfLinkPlan;
  /** The gateway of the site. */
  readonly gateway: IGateway;
  /** Where the state is kept. */
  readonly state: StateSettings;
}

/** A part of the exchange file that a link tells, without the estate that it is of. */
type Told = Partial<Omit<ExchangeFragment, 'estate'>>;

/** One half of a link. */
export class LinkStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: LinkStackProps) {
    super(scope, id);
    const { site, state } = props;
    useProvider(this, site.account, site.region);
    useBackend(this, state);
    tellExchange(this, site, this.add(props));
  }

  private add(props: LinkStackProps): Told {
    switch (props.link.kind) {
      case 'vpn':
        return this.addVpn(props);
      case 'interconnect':
        return this.addInterconnect(props);
      case 'peering':
        return this.addPeering(props);
    }
  }

  private addVpn(props: LinkStackProps): Told {
    const { site, link } = props;
    const { peer, tunnels, proposal } = link;
    const { tunnelAddresses } = new VpnLink(this, ids.link, {
      ...common(props),
      peer: { name: peer.site, cloud: peer.cloud, asn: peer.asn ?? 0, prefixes: peer.prefixes },
      tunnels: tunnels.map((tunnel) => ({ ...tunnel, presharedKey: this.presharedKey(tunnel, peer.site) })),
      proposal,
    });
    return { tunnels: { [link.key]: { [site.key]: [...tunnelAddresses] } } };
  }

  private presharedKey({ key, presharedKey: { variable } }: HalfTunnel, peer: string): string {
    return secretVariable(this, variable, `Key that tunnel ${key} has in common with ${peer}`);
  }

  private addInterconnect(props: LinkStackProps): Told {
    const { site, link } = props;
    const { peer, isOrigin, providerServiceId = '' } = link;
    const { circuitIds } = new Interconnect(this, ids.link, {
      ...common(props),
      peer,
      circuits: link.circuits.map(({ variable, ...circuit }) => ({
        ...circuit,
        ...(!isOrigin && { orderKey: this.orderKey(variable, circuit.key, peer.site) }),
      })),
      gbps: link.gbps,
      isOrigin,
      providerServiceId,
    });
    return { circuits: { [link.key]: { [site.key]: [...circuitIds] } } };
  }

  private orderKey(variable: string, circuit: string, peer: string): string {
    return secretVariable(this, variable, `Key of the order of circuit ${circuit}, as given at ${peer}`);
  }

  private addPeering(props: LinkStackProps): Told {
    const { site, link } = props;
    const { peer, isOrigin } = link;
    const { peeringId } = new Peering(this, ids.link, {
      ...common(props),
      isOrigin,
      ...(isOrigin && { peer: { peeringId: peer.peeringId ?? '', region: peer.region ?? '' } }),
    });
    return { peerings: { [link.key]: { [site.key]: peeringId } } };
  }
}

/** What all kinds of links are made with. */
function common({ site, link, gateway }: LinkStackProps) {
  return { name: link.name, gateway, tags: site.tags, costTags: costTags(site.account) };
}
