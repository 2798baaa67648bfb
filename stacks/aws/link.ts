import { CfnParameter, SecretValue, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type Gateway, type IEncryptionKey, Interconnect, Peering, VpnLink } from '../../constructs/aws';
import { ids, names } from '../../estate/plan/ids';
import type { HalfLinkPlan } from '../../estate/plan/links/types';
import type { SitePlan } from '../../estate/plan/types';
import { tellExchange } from './exchange';
import { keyOf } from './existing';
import { siteStackProps } from './site-stack-props';

/** Options of a {@link LinkStack}. */
export interface LinkStackProps {
  /** The site at this end. */
  readonly site: SitePlan<'aws'>;
  /** This half of the link, for which nothing is missing. */
  readonly link: HalfLinkPlan;
  /** The gateway of the site. */
  readonly gateway: Gateway;
}

/** One site's half of a link, and the key of what it logs. */
export class LinkStack extends Stack {
  /** Encrypts what it logs: one of its own, or the one that exists already for the site. @default none: it logs nothing */
  readonly encryptionKey?: IEncryptionKey;
  private readonly gateway: Gateway;

  constructor(scope: Construct, id: string, { site, link, gateway }: LinkStackProps) {
    super(scope, id, { ...siteStackProps(site), terminationProtection: true });
    this.gateway = gateway;
    const logs = link.kind !== 'peering' || !link.isOrigin;
    if (logs) this.encryptionKey = keyOf(this, site, { name: names.linkKey(link), tags: site.tags });
    if (link.kind === 'vpn') this.addVpn(site, link);
    else if (link.kind === 'interconnect') this.addInterconnect(site, link);
    else this.addPeering(site, link);
  }

  private addVpn(site: SitePlan<'aws'>, link: HalfLinkPlan): void {
    const { key, name, peer, tunnels, proposal, gbps } = link;
    const { gateway, encryptionKey } = this;
    if (peer.asn === undefined)
      throw new Error(`link "${key}" leads to a gateway whose autonomous system has no number`);
    const made = new VpnLink(this, ids.link, {
      name,
      gateway,
      peer: { name: peer.site, cloud: peer.cloud, asn: peer.asn, prefixes: peer.prefixes },
      tunnels: tunnels.map((tunnel) => ({
        ...tunnel,
        presharedKey: SecretValue.secretsManager(tunnel.presharedKey.secret).unsafeUnwrap(),
      })),
      proposal,
      gbps,
      encryptionKey,
      tags: site.tags,
    });
    tellExchange(this, site, { tunnels: { [key]: { [site.key]: [...made.tunnelAddresses] } } });
  }

  private addPeering(site: SitePlan<'aws'>, link: HalfLinkPlan): void {
    const { key, name, peer, isOrigin } = link;
    const { gateway, encryptionKey } = this;
    const made = new Peering(this, ids.link, {
      name,
      gateway,
      peer: { ...peer, name: peer.site },
      isOrigin,
      encryptionKey,
      tags: site.tags,
    });
    tellExchange(this, site, { peerings: { [key]: { [site.key]: made.peeringId } } });
  }

  private addInterconnect(site: SitePlan<'aws'>, link: HalfLinkPlan): void {
    const { key, name, peer, circuits, gbps, isOrigin, location } = link;
    const { gateway, encryptionKey } = this;
    const made = new Interconnect(this, ids.link, {
      name,
      gateway,
      peer: { name: peer.site, accountId: peer.accountId },
      circuits: circuits.map((circuit) => ({ ...circuit, ...(!isOrigin && { orderKey: this.orderKey(circuit.key) }) })),
      gbps,
      isOrigin,
      environmentId: location,
      encryptionKey,
      tags: site.tags,
    });
    tellExchange(this, site, { circuits: { [key]: { [site.key]: [...made.circuitIds] } } });
  }

  /** The key of a circuit that is ordered at the other end: given when the stack is deployed, and shown nowhere. */
  private orderKey(circuit: string): string {
    return new CfnParameter(this, `CircuitKey${circuit}`, {
      type: 'String',
      noEcho: true,
      description: `Key of circuit ${circuit}, which the provider that it was ordered at has given.`,
    }).valueAsString;
  }
}
