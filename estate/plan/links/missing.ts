import { PEERINGS, type PeeringInput, VPN_GATEWAYS } from '../../catalog/links';
import type { Exchange } from '../../spec/exchange';
import type { Estate } from '../../spec/schema';
import { estateIdentity } from '../identity';
import { stackName } from '../names';
import { interconnectOf, type LinkEnd } from './topology';
import type { LinkKind, LinkSide, PendingFact, TunnelPlan } from './types';

/** What it takes to see what is missing at an end of a link. */
export interface LinkParts {
  /** Identity of the link. */
  readonly id: string;
  readonly ends: readonly [LinkEnd, LinkEnd];
  readonly kind: LinkKind;
  /** End that orders a circuit or asks for a peering. */
  readonly origin: 0 | 1;
  readonly tunnels: readonly TunnelPlan[];
}

/** What other stacks have said, and the estate that names them. */
export interface Told {
  readonly estate: Estate;
  readonly exchange: Pick<Exchange, 'gateways' | 'peerings' | 'circuits'>;
}

/** What the half at an end waits for, and what it is applied once more for. */
export function missingAt(told: Told, parts: LinkParts, at: 0 | 1): Pick<LinkSide, 'pending' | 'completes'> {
  const { ends, kind, origin } = parts;
  const { peer } = ends[at === 0 ? 1 : 0];
  if (peer === 'on-premises') return { pending: [], completes: [] };
  if (kind === 'vpn') return { pending: missingTunnels(told, parts, at), completes: [] };
  if (kind === 'interconnect') {
    const circuits = missingCircuits(told, parts, at);
    if (at !== origin) return { pending: circuits, completes: [] };
    return { pending: [], completes: interconnectOf(ends)?.completes === 'origin' ? circuits : [] };
  }
  const { waits, completes = {} } = PEERINGS[peer];
  const role = at === origin ? 'origin' : 'acceptor';
  return {
    pending: missingInput(told, parts, at, waits[role]),
    completes: missingInput(told, parts, at, completes[role]),
  };
}

function missingTunnels({ estate }: Told, { id, ends, tunnels }: LinkParts, at: 0 | 1): readonly PendingFact[] {
  const { peer, site } = ends[at === 0 ? 1 : 0];
  const missing = tunnels.filter(({ ends: [one, other] }) => (at === 0 ? other : one).outside === undefined);
  if (missing.length === 0) return [];
  if (VPN_GATEWAYS[peer].role === 'giver') return [{ path: `gateways.${site}.addresses`, from: gateway(estate, site) }];
  return missing.map(({ insideCidr }) => {
    return { path: `tunnels.${id}.${site}.${insideCidr}`, from: half(estate, id, site) };
  });
}

function missingCircuits({ estate, exchange }: Told, { id, ends }: LinkParts, at: 0 | 1): readonly PendingFact[] {
  const { site } = ends[at === 0 ? 1 : 0];
  if (exchange.circuits[id]?.[site] !== undefined) return [];
  return [{ path: `circuits.${id}.${site}`, from: half(estate, id, site) }];
}

function missingInput(
  { estate, exchange }: Told,
  { id, ends }: LinkParts,
  at: 0 | 1,
  wanted: PeeringInput | undefined,
): readonly PendingFact[] {
  const { site } = ends[at === 0 ? 1 : 0];
  if (wanted === 'gateway' && exchange.gateways[site]?.id === undefined) {
    return [{ path: `gateways.${site}.id`, from: gateway(estate, site) }];
  }
  if (wanted === 'peering' && exchange.peerings[id]?.[site] === undefined) {
    return [{ path: `peerings.${id}.${site}`, from: half(estate, id, site) }];
  }
  return [];
}

function gateway(estate: Estate, site: string): string {
  return stackName(estateIdentity(estate), site, 'gateway');
}

function half(estate: Estate, link: string, site: string): string {
  return stackName(estateIdentity(estate), `${link}-${site}`, 'link');
}
