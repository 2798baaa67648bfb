import { identityOf } from '../plan/identity';
import { type LinkPart, linkedPairs, lossOfPair } from '../plan/links/loss';
import type { LinkPlan } from '../plan/links/types';
import type { LostThing } from '../spec/policy';
import type { Estate, Site } from '../spec/schema';
import { counted } from '../spec/words';

/** What the loss of some things of an estate takes of its links. */
export interface LinkLoss {
  /** Keys of links that go, with an end or the site in their middle. */
  readonly links: readonly string[];
  /** Pairs of ends that are left and reach each other no longer, sorted. */
  readonly cut: readonly (readonly [string, string])[];
}

/** What goes of links with some things; undefined where the estate has none. */
export function linkLossOf(
  links: readonly LinkPlan[],
  estate: Estate,
  things: readonly LostThing[],
): LinkLoss | undefined {
  if (links.length === 0) return undefined;
  const sites = Object.entries(estate.sites)
    .filter(([key, site]) => things.some((thing) => isSiteOf(key, site, thing, estate)))
    .map(([key, site]) => identityOf(key, site));
  const parts = sites.map((name): LinkPart => ({ kind: 'site', name }));
  const isGone = ({ peer, site }: LinkPlan['sides'][0]) => peer !== 'on-premises' && sites.includes(site);
  return {
    links: links
      .filter(({ sides, via }) => sides.some(isGone) || (via !== undefined && sites.includes(via)))
      .map(({ key }) => key),
    cut: linkedPairs(links).flatMap((pair) => {
      const { left, lost } = lossOfPair(pair, parts);
      const isCut = left.length === 0 && lost.length > 0 && !pair.ends.some(isGone);
      return isCut ? [[pair.ends[0].site, pair.ends[1].site] as const] : [];
    }),
  };
}

/** Whether a site is lost with a thing. */
export function isSiteOf(key: string, site: Site, thing: LostThing, { accounts }: Estate): boolean {
  switch (thing.kind) {
    case 'cloud':
      return accounts[site.account]?.cloud === thing.key;
    case 'account':
      return site.account === thing.key;
    case 'region':
      return site.region === thing.key;
    case 'site':
      return key === thing.key;
    default:
      return false;
  }
}

/** The same in a sentence. */
export function formatLinkLoss({ links, cut }: LinkLoss): string {
  const verb = links.length === 1 ? 'goes' : 'go';
  const gone = links.length === 0 ? 'no link goes' : `${counted(links.length, 'link')} ${verb}: ${links.join(', ')}`;
  const pairs = cut.map((ends) => ends.join(' - ')).join(', ');
  return `${gone}; ${cut.length === 0 ? 'whatever else is linked reaches each other still' : `cut from each other: ${pairs}`}`;
}
