import { CATALOG } from '../../catalog';
import { type InterconnectRow, REFUSED_LINKS, VPN_GATEWAYS } from '../../catalog/links';
import type { Estate } from '../schema';
import { joined } from '../words';
import { interconnectRow, joinsRegions, type LinkEntry, leadingSites, linksOf, pairOf, titleOf } from './link-walk';
import type { Finding, Rule } from './rule';

/** Links are of a kind that both ends have. */
export const linkKind: Rule = {
  code: 'LinkKind',
  severity: 'error',
  summary: 'links are of a kind that both ends have',
  why: 'circuits exist between some regions only, peerings inside of one provider, and two gateways that both wait for the address of the other never begin',
  check(estate, report) {
    for (const entry of linksOf(estate)) {
      if (entry.link.via !== undefined) continue;
      const found = problemOf(entry, estate);
      if (found !== undefined) report(found);
    }
  },
};

function problemOf(entry: LinkEntry, estate: Estate): Finding | undefined {
  const { path, link, ends, kind } = entry;
  const [one, other] = ends;
  const isCompany = other.peer === 'on-premises';
  const isOneCloud = one.peer === other.peer;
  const place = link.kind === undefined ? { path, on: 'key' as const } : { path: [...path, 'kind'], value: kind };
  const refuse = (message: string, hint: string): Finding => ({ ...place, message, hint });
  if (isCompany)
    return kind === 'vpn' ? undefined : refuse(`the company is joined by vpn, and not by ${kind}`, 'write kind: vpn');
  if (kind === 'peering') {
    const message = `${titleOf(one.peer)} and ${titleOf(other.peer)} have no peering with each other`;
    return isOneCloud ? undefined : refuse(message, `write ${joined(kindsOf(ends), 'or')}`);
  }
  if (kind === 'interconnect') {
    const row = interconnectRow(ends);
    if (row !== undefined && joinsRegions(row, ends)) return undefined;
    return refuse(whyNoCircuit(ends, row), row === undefined ? `write ${joined(kindsOf(ends), 'or')}` : regionsOf(row));
  }
  if (VPN_GATEWAYS[one.peer].role === 'giver' || VPN_GATEWAYS[other.peer].role === 'giver') return undefined;
  if (isOneCloud) {
    return refuse(
      `gateways of ${titleOf(one.peer)} cannot have tunnels with each other: both want the address of the other first`,
      'write kind: peering',
    );
  }
  const message = `${titleOf(one.peer)} and ${titleOf(other.peer)} cannot have tunnels with each other: both want the address of the other first, and make the connection anew when it changes`;
  return refuse(message, alternatives(entry, estate));
}

/** What can be written instead of tunnels between two gateways that both wait. */
function alternatives({ ends }: LinkEntry, estate: Estate): string {
  const row = interconnectRow(ends);
  const circuits = row !== undefined && joinsRegions(row, ends) ? ['write kind: interconnect'] : [];
  const leading = leadingSites(estate, ends);
  const around =
    leading.length > 0
      ? `write via: ${joined(leading, 'or')}, with a link of both to it`
      : 'add a site on Azure, and lead the link through it with "via"';
  const regions =
    circuits.length === 0 && row !== undefined ? [`or choose regions with an interconnect: ${regionsOf(row)}`] : [];
  return [...circuits, around, ...regions].join(circuits.length > 0 ? ', or ' : '; ');
}

function kindsOf([one, other]: LinkEntry['ends']): readonly string[] {
  const isWaiting = VPN_GATEWAYS[one.peer].role === 'taker' && VPN_GATEWAYS[other.peer].role === 'taker';
  if (one.peer === other.peer) return ['kind: peering'];
  return isWaiting ? ['kind: interconnect', 'via: a third site'] : ['kind: vpn'];
}

function whyNoCircuit(ends: LinkEntry['ends'], row: InterconnectRow | undefined): string {
  const [one, other] = ends;
  if (one.peer === other.peer) return `${titleOf(one.peer)} joins its own networks by peering`;
  const refused = REFUSED_LINKS.find(
    ({ kind, clouds }) =>
      kind === 'interconnect' && clouds.every((cloud) => cloud === one.peer || cloud === other.peer),
  );
  if (row === undefined)
    return refused?.reason ?? `there are no circuits between ${titleOf(one.peer)} and ${titleOf(other.peer)}`;
  return `there are no circuits between ${one.region} and ${other.region}, the regions of ${pairOf(ends)}`;
}

/** Pairs of regions that have circuits. */
function regionsOf({ clouds, regions }: InterconnectRow): string {
  const pairs = regions.map(([left, right]) => `${left} and ${right}`);
  return `regions of ${clouds.map((cloud) => CATALOG[cloud].title).join(' and ')} with circuits: ${pairs.join(', ')}`;
}
