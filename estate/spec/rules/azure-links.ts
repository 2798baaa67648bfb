import { VPN_GATEWAYS } from '../../catalog/links';
import { lookup } from '../lookup';
import type { Estate, Link } from '../schema';
import { type SiteEntry, siteOf, sitesOf } from './walk';

/** A link of a site of Azure that makes something there. */
export interface AzureLink {
  readonly key: string;
  readonly link: Link;
  readonly kind: NonNullable<Link['kind']>;
  /** The other site. @default none: it is the company's, or not there */
  readonly far?: SiteEntry;
}

/** Sites of Azure, each with its links; of those that lead through another site nothing is made. */
export function azureLinks(
  estate: Estate,
): readonly { readonly at: SiteEntry; readonly links: readonly AzureLink[] }[] {
  return sitesOf(estate)
    .filter(({ cloud }) => cloud === 'azure')
    .map((at) => {
      const links = Object.entries(estate.links).flatMap(([key, link]): AzureLink[] => {
        if (link.via !== undefined || !link.between.includes(at.key)) return [];
        const other = link.between.find((each) => each !== at.key);
        if (other !== undefined && lookup(estate.sites, other) === undefined) return [];
        const far = other === undefined ? undefined : siteOf(estate, other);
        return [{ key, link, kind: link.kind ?? (far?.cloud === 'azure' ? 'peering' : 'vpn'), ...(far && { far }) }];
      });
      return { at, links };
    });
}

/** Tunnels that a link has at a gateway of Azure: a taker makes some for each of its addresses, others join one by one. */
export function azureTunnels({ link, far }: AzureLink): number {
  const own = VPN_GATEWAYS.azure.interfaces;
  const peer = VPN_GATEWAYS[far?.cloud ?? 'on-premises'];
  if (peer.role === 'taker') return own * peer.interfaces;
  return Math.max(own, link.to?.onPremises.addresses.length ?? peer.interfaces);
}
