import type { Construct } from 'constructs';
import { TerraformOutput, TerraformStack } from '../../constructs/cdktf';
import {
  Gateway,
  gatewayIdOf,
  type IGateway,
  Interconnect,
  networkIdOf,
  Peering,
  VpnLink,
} from '../../constructs/google';
import { ids, names, outputs } from '../../estate/plan/ids';
import type { HalfLinkPlan } from '../../estate/plan/links/types';
import type { SitePlan } from '../../estate/plan/types';
import type { StateSettings } from '../../estate/spec/schema';
import { secretVariable, tellExchange } from '../terraform';
import { siteNetwork } from './existing';
import { useGoogle } from './google-stack';

/** Options of a {@link LinkStack}. */
export interface LinkStackProps {
  /** The site. */
  readonly site: SitePlan<'google'>;
  /** The half of the link at it. */
  readonly link: HalfLinkPlan;
  /** Where the state is kept. */
  readonly state: StateSettings;
}

/**
 * One site's half of a link, in the project of its network, as its gateway.
 *
 * What other stacks are made from is told by an output. Keys are none of it: those of tunnels come in as variables, those
 * that the other provider accepts a circuit with are outputs of their own, which Terraform shows only when asked for them.
 */
export class LinkStack extends TerraformStack {
  constructor(scope: Construct, id: string, { site, link, state }: LinkStackProps) {
    super(scope, id);
    const { account, region } = site;
    useGoogle(this, { projectId: account.ids.projectId, region, release: account.providerRelease, state });
    switch (link.kind) {
      case 'vpn':
        this.addTunnels(site, link);
        return;
      case 'interconnect':
        this.addCircuits(site, link);
        return;
      case 'peering':
        this.addPeering(site, link);
        return;
    }
  }

  private addTunnels(site: SitePlan<'google'>, { key, name, peer, tunnels, proposal }: HalfLinkPlan): void {
    new VpnLink(this, ids.link, {
      name,
      gateway: this.gatewayOf(site),
      peer: {
        name: peer.site,
        cloud: peer.cloud,
        asn: peer.asn ?? missing(key, 'autonomous system'),
        prefixes: peer.prefixes,
        ...(peer.cloud === 'google' && { gatewayId: peerGatewayId(key, peer) }),
      },
      tunnels: tunnels.map(({ presharedKey, ...tunnel }) => {
        const what = `Key of tunnel ${tunnel.key} of link ${key}, the same at its other end.`;
        return { ...tunnel, presharedKey: secretVariable(this, presharedKey.variable, what) };
      }),
      proposal,
      tags: site.tags,
    });
    tellExchange(this, site, {});
  }

  private addCircuits(site: SitePlan<'google'>, { key, name, peer, circuits, gbps }: HalfLinkPlan): void {
    const { circuits: ordered } = new Interconnect(this, ids.link, {
      name,
      gateway: this.gatewayOf(site),
      peer:
        peer.cloud === 'aws'
          ? {
              cloud: 'aws',
              region: peer.region ?? missing(key, 'region'),
              accountId: peer.accountId ?? missing(key, 'account'),
            }
          : { cloud: 'oracle' },
      circuits: circuits.map(({ key, peerId }) => ({ key, ...(peerId !== undefined && { peerId }) })),
      gbps,
      tags: site.tags,
    });
    tellExchange(this, site, { circuits: { [key]: { [site.key]: ordered.map(({ id }) => id) } } });
    for (const { key: number, orderKey } of ordered) {
      const description = `Accepts circuit ${number} of link ${key} at its other end. A secret.`;
      new TerraformOutput(this, outputs.circuitKey(number), { value: orderKey, sensitive: true, description });
    }
  }

  private addPeering(site: SitePlan<'google'>, { key, name, peer }: HalfLinkPlan): void {
    new Peering(this, ids.link, {
      name,
      network: siteNetwork(this, site),
      peer: { networkId: peerNetworkId(key, peer) },
    });
    tellExchange(this, site, {});
  }

  private gatewayOf(site: SitePlan<'google'>): IGateway {
    const { name, advertised } = site.gateway ?? missing(site.key, 'gateway');
    return Gateway.fromGatewayAttributes(this, ids.gateway, { name, network: siteNetwork(this, site), advertised });
  }
}

/** The network of a peer in Google Cloud, which the estate makes or that exists. */
function peerNetworkId(key: string, { name, network, accountId }: HalfLinkPlan['peer']): string {
  const projectId = network?.owner ?? accountId ?? missing(key, 'project');
  return networkIdOf(network?.id ?? name ?? missing(key, 'network'), projectId);
}

/** The HA VPN gateway of a peer in Google Cloud: it lies in the project of its network. */
function peerGatewayId(key: string, { name, region, network, accountId }: HalfLinkPlan['peer']): string {
  const gateway = names.gateway({ name: name ?? missing(key, 'name') });
  return gatewayIdOf(gateway, network?.owner ?? accountId ?? missing(key, 'project'), region ?? missing(key, 'region'));
}

/** The plan gives every half what it is made from. */
function missing(of: string, what: string): never {
  throw new Error(`${of} has no ${what}: the plan has no stack for it`);
}
