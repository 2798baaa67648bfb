import type { Cloud } from '../../catalog';
import { VPN_GATEWAYS, VPN_PROPOSAL, type VpnProposal } from '../../catalog/links';
import { cidrHost, outermost } from '../../cidr';
import type { Exchange } from '../../spec/exchange';
import type { Estate, Link } from '../../spec/schema';
import { compareKeys, sortedEntries } from '../../units';
import { accountIdOf, accountOf, estateIdentity, identityOf } from '../identity';
import type { Lock } from '../lock';
import { stackName } from '../names';
import { type LinkParts, missingAt } from './missing';
import { circuitKeys, needsGateway, tunnelKey } from './numbers';
import {
  circuitsOf,
  endsOf,
  interconnectOf,
  kindOf,
  type LinkEnd,
  providerAsn,
  type TunnelPlace,
  tunnelsOf,
} from './topology';
import type {
  CircuitPlan,
  GatewayPlan,
  HalfCircuit,
  HalfLinkPlan,
  HalfTunnel,
  LinkKind,
  LinkPlan,
  LinkSide,
  TunnelEnd,
  TunnelPlan,
} from './types';

/** What links are planned from besides the estate file. */
export interface LinkInputs {
  readonly estate: Estate;
  /** Routable blocks of each site, by its identity. */
  readonly cidrsOf: (site: string) => readonly string[];
  readonly lock: Pick<Lock, 'asns' | 'insideRanges'>;
  /** What clouds have said after an apply. */
  readonly exchange: Omit<Exchange, 'estate'>;
}

/** A link as it is written, with both its ends and its identity. */
interface Written {
  readonly id: string;
  readonly link: Link;
  readonly ends: readonly [LinkEnd, LinkEnd];
  readonly kind: LinkKind;
}

/** Bandwidth of a link that says none, Gbit/s. */
const DEFAULT_GBPS = 1;

const PROPOSAL: VpnProposal = {
  ikeVersion: VPN_PROPOSAL.ikeVersion,
  ike: VPN_PROPOSAL.ike,
  esp: VPN_PROPOSAL.esp,
};

/** The links of an estate, resolved; planned once, asked by site. */
export class LinksPlan {
  /** Every link, sorted by key. */
  readonly links: readonly LinkPlan[];
  private readonly written: readonly Written[];

  constructor(private readonly inputs: LinkInputs) {
    this.written = sortedEntries(inputs.estate.links).flatMap(([key, link]): Written[] => {
      const ends = endsOf(inputs.estate, link);
      return ends === undefined ? [] : [{ id: identityOf(key, link), link, ends, kind: kindOf(link, ends) }];
    });
    this.links = this.written.map((each) => this.planLink(each)).sort((one, other) => compareKeys(one.key, other.key));
  }

  /** The gateway of a site; undefined where none of its links needs one. */
  gatewayOf<C extends Cloud>(cloud: C, site: string): GatewayPlan<C> | undefined {
    const own = this.written.filter(({ link, ends }) =>
      ends.some((end) => end.site === site && needsGateway(link, ends, end)),
    );
    if (own.length === 0) return undefined;
    const { estate, cidrsOf, lock } = this.inputs;
    const ids = new Set(own.map(({ id }) => id));
    const links = this.links.filter(({ key }) => ids.has(key));
    const sum = (kind: LinkKind) =>
      links.filter((each) => each.kind === kind).reduce((total, { gbps }) => total + gbps, 0);
    const stack = stackName(estateIdentity(estate), site, 'gateway');
    return {
      cloud,
      name: stack,
      stack,
      asn: this.providerAsnAt(cloud, site) ?? lock.asns?.[site] ?? 0,
      kinds: [...new Set(links.map(({ kind }) => kind))].sort(),
      vpnGbps: sum('vpn'),
      circuitGbps: sum('interconnect'),
      insideAddresses: insideAddresses(links, site, VPN_GATEWAYS[cloud].interfaces),
      advertised: [...cidrsOf(site)].sort(compareKeys),
      reached: outermost(
        [...new Set(links.flatMap((link) => this.prefixesBehind(link, sideOf(link, site))))].sort(compareKeys),
      ),
    };
  }

  /** The halves of links at a site that nothing is missing for, sorted by link. */
  halvesOf(site: string): readonly HalfLinkPlan[] {
    return this.links.flatMap((link): HalfLinkPlan[] => {
      if (!link.sides.some((side) => side.site === site && side.peer !== 'on-premises')) return [];
      const at = sideOf(link, site);
      const { stack, pending } = link.sides[at];
      return stack === undefined || pending.length > 0 ? [] : [this.planHalf(link, at, stack)];
    });
  }

  private planLink({ id, link, ends, kind }: Written): LinkPlan {
    const { estate } = this.inputs;
    const interconnect = kind === 'interconnect' ? interconnectOf(ends) : undefined;
    const origin = interconnect !== undefined && ends[1].peer === interconnect.origin ? 1 : 0;
    const tunnels = tunnelsOf(link, ends).map((shape) => this.planTunnel(id, link, ends, shape));
    const circuits = circuitsOf(link, ends).map((key) => this.planCircuit(id, key));
    const parts = { id, link, ends, kind, origin, tunnels } as const;
    return {
      key: id,
      name: `${estateIdentity(estate)}-${id}`,
      kind,
      gbps: link.gbps ?? DEFAULT_GBPS,
      availability: link.availability,
      sides: [this.planSide(parts, 0), this.planSide(parts, 1)],
      ...(link.via !== undefined && { via: identityOf(link.via, estate.sites[link.via] ?? {}) }),
      tunnels,
      circuits,
      origin,
    };
  }

  private planSide(parts: Written & Pick<LinkParts, 'origin' | 'tunnels'>, at: 0 | 1): LinkSide {
    const { estate, cidrsOf } = this.inputs;
    const { id, link, ends } = parts;
    const { peer, key, site, region } = ends[at];
    if (peer === 'on-premises') {
      const { asn, prefixes = [] } = link.to?.onPremises ?? {};
      return { peer, site, prefixes, ...(asn !== undefined && { asn }), pending: [], completes: [] };
    }
    const asn = this.asnOf(ends[at], link);
    return {
      peer,
      site,
      account: identityOf(estate.sites[key]?.account ?? '', accountOf(estate, key)),
      ...(region !== undefined && { region }),
      prefixes: cidrsOf(site),
      ...(asn !== undefined && { asn }),
      ...(link.via === undefined && { stack: stackName(estateIdentity(estate), `${id}-${site}`, 'link') }),
      ...(link.via === undefined ? missingAt(this.inputs, parts, at) : { pending: [], completes: [] }),
    };
  }

  private providerAsnAt(cloud: Cloud, site: string): number | undefined {
    const end = this.written.flatMap(({ ends }) => ends).find((each) => each.site === site && each.peer === cloud);
    return end && providerAsn(this.inputs.estate, end);
  }

  private asnOf(end: LinkEnd, link: Link): number | undefined {
    if (end.peer === 'on-premises') return link.to?.onPremises.asn;
    return providerAsn(this.inputs.estate, end) ?? this.inputs.lock.asns?.[end.site];
  }

  private planTunnel(
    id: string,
    link: Link,
    ends: readonly [LinkEnd, LinkEnd],
    { key, ends: places }: { readonly key: string; readonly ends: readonly [TunnelPlace, TunnelPlace] },
  ): TunnelPlan {
    const insideCidr = this.inputs.lock.insideRanges?.[tunnelKey(id, key)] ?? '0.0.0.0/30';
    const end = (at: 0 | 1): TunnelEnd => ({
      inside: cidrHost(insideCidr, at + 1),
      asn: this.asnOf(ends[at], link) ?? 0,
      ...places[at],
      outside: this.outsideOf(id, link, ends[at], places[at], insideCidr),
    });
    const { estate } = this.inputs;
    const secret = `${estateIdentity(estate)}/links/${id}/${key}`;
    return {
      key,
      insideCidr,
      ends: [end(0), end(1)],
      presharedKey: { secret, variable: `preshared_key_${id.replaceAll('-', '_')}_${key}` },
    };
  }

  private outsideOf(id: string, link: Link, { peer, site }: LinkEnd, place: TunnelPlace, insideCidr: string) {
    const { exchange } = this.inputs;
    if (peer === 'on-premises') return link.to?.onPremises.addresses[place.interface];
    return VPN_GATEWAYS[peer].role === 'taker'
      ? exchange.tunnels[id]?.[site]?.[insideCidr]
      : exchange.gateways[site]?.addresses?.[place.interface];
  }

  private planCircuit(id: string, key: string): CircuitPlan {
    const [first, second] = circuitKeys(id, key).map((range) => this.inputs.lock.insideRanges?.[range]);
    return {
      key,
      ...(first !== undefined && second !== undefined && { insideCidrs: [first, second] as const }),
      variable: `circuit_key_${id.replaceAll('-', '_')}_${key}`,
    };
  }

  /** Blocks behind the other end of a link, with those that its site leads on to. */
  private prefixesBehind(link: LinkPlan, at: 0 | 1): readonly string[] {
    const [own, far] = [link.sides[at], link.sides[at === 0 ? 1 : 0]];
    const beyond = this.links.flatMap(({ via, sides }) => {
      if (via !== far.site || !sides.some(({ site }) => site === own.site)) return [];
      return sides.filter(({ site }) => site !== own.site).flatMap(({ prefixes }) => prefixes);
    });
    return outermost([...new Set([...far.prefixes, ...beyond])].sort(compareKeys));
  }

  private planHalf(link: LinkPlan, at: 0 | 1, stack: string): HalfLinkPlan {
    const { estate, exchange } = this.inputs;
    const other = at === 0 ? 1 : 0;
    const [own, far] = [link.sides[at], link.sides[other]];
    const writtenLink = this.written.find(({ id }) => id === link.key)?.link;
    const gatewayId = exchange.gateways[far.site]?.id;
    const peeringId = exchange.peerings[link.key]?.[far.site];
    return {
      key: link.key,
      name: `${estateIdentity(estate)}-${link.key}-${own.site}`,
      stack,
      kind: link.kind,
      gbps: link.gbps,
      availability: link.availability,
      proposal: PROPOSAL,
      ...(own.asn !== undefined && { asn: own.asn }),
      peer: {
        cloud: far.peer,
        site: far.site,
        ...(far.region !== undefined && { region: far.region }),
        ...(far.asn !== undefined && { asn: far.asn }),
        prefixes: this.prefixesBehind(link, at),
        ...this.placeOf(writtenLink, far),
        ...(gatewayId !== undefined && { gatewayId }),
        ...(peeringId !== undefined && { peeringId }),
      },
      isOrigin: at === link.origin,
      tunnels: link.tunnels.map((tunnel) => halfTunnel(tunnel, at)),
      circuits: link.circuits.map((circuit, index): HalfCircuit => {
        const peerId = exchange.circuits[link.key]?.[far.site]?.[index];
        return { ...circuit, ...(peerId !== undefined && { peerId }) };
      }),
      ...(writtenLink?.location !== undefined && { location: writtenLink.location }),
      ...(writtenLink?.providerServiceId !== undefined && { providerServiceId: writtenLink.providerServiceId }),
    };
  }

  /** What the estate knows of the site at the other end. */
  private placeOf(link: Link | undefined, { peer, site }: LinkSide): Partial<HalfLinkPlan['peer']> {
    const { estate } = this.inputs;
    const key = Object.keys(estate.sites).find((each) => identityOf(each, estate.sites[each] ?? {}) === site);
    if (peer === 'on-premises' || key === undefined) return {};
    const existing = estate.sites[key]?.network.existing;
    const owner =
      existing?.accountId ?? existing?.projectId ?? existing?.compartmentId ?? existing?.resourceGroup ?? undefined;
    return {
      name: `${estateIdentity(estate)}-${site}`,
      accountId: link?.accountId ?? accountIdOf(accountOf(estate, key)),
      ...(existing !== undefined && {
        network: {
          id: existing.id,
          ...(owner !== undefined && { owner }),
          ...(existing.subscriptionId !== undefined && { subscriptionId: existing.subscriptionId }),
        },
      }),
    };
  }
}

/** The position of a site in a link. */
function sideOf({ sides }: LinkPlan, site: string): 0 | 1 {
  return sides[0].site === site && sides[0].peer !== 'on-premises' ? 0 : 1;
}

function halfTunnel(tunnel: TunnelPlan, at: 0 | 1): HalfTunnel {
  const { key, insideCidr, ends, presharedKey } = tunnel;
  const [own, far] = [ends[at], ends[at === 0 ? 1 : 0]];
  return {
    key,
    insideCidr,
    inside: own.inside,
    peerInside: far.inside,
    interface: own.interface,
    ...(own.connection !== undefined && { connection: own.connection }),
    peerInterface: far.interface,
    peerOutside: far.outside ?? '',
    presharedKey,
  };
}

/** Addresses inside of tunnels at a site, by the public address of its gateway that they belong to. */
function insideAddresses(links: readonly LinkPlan[], site: string, interfaces: number): readonly (readonly string[])[] {
  const own = links.flatMap((link) => link.tunnels.map(({ ends }) => ends[sideOf(link, site)]));
  return Array.from({ length: interfaces }, (_, index) =>
    own
      .filter((end) => end.interface === index)
      .map(({ inside }) => inside)
      .sort(compareKeys),
  );
}
