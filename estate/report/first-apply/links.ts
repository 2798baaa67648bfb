import type { Cloud } from '../../catalog';
import type { LinkThing } from '../../catalog/link-steps';
import { INTERCONNECTS, PEERINGS, VPN_GATEWAYS } from '../../catalog/links';
import type { HalfLinkPlan, LinkKind, LinkPlan, LinkSide, PendingFact } from '../../plan/links/types';
import type { SitePlan } from '../../plan/types';
import { distinct, type Scope, type Words } from './guide';

/** Words by which a cloud finds what its halves of links are made of. */
export interface LinkWords {
  /** Name of the network of the site. */
  readonly network: string;
  /** What its resources lie in, where its commands ask for that. */
  readonly group: string;
}

/** What there is of gateways and links in a scope. */
export function linkFinders<C extends Cloud>(
  wordsOf: (site: SitePlan<C>) => LinkWords,
): Readonly<Record<LinkThing, (scope: Scope<C>) => readonly Words[]>> {
  const halves = (kind: LinkKind) => (scope: Scope<C>) =>
    halvesIn(scope).flatMap(({ site, half }) => (half.kind === kind ? [{ half: half.stack, ...wordsOf(site) }] : []));
  return {
    'link-gateway': (scope) =>
      scope.sites.flatMap((site) =>
        site.gateway !== undefined && sidesIn(scope, site).some(tellsOfGateway)
          ? [{ gatewayStack: site.gateway.stack }]
          : [],
      ),
    'keyed-link': (scope) =>
      distinct(
        scope.sites.flatMap((site) =>
          sidesIn(scope, site).flatMap(({ link }) => (link.tunnels.length > 0 ? [{ link: link.key }] : [])),
        ),
      ),
    'told-half': (scope) =>
      halvesIn(scope).flatMap(({ site, half }) => (tellsOfHalf(half, site.cloud) ? [{ half: half.stack }] : [])),
    'tunnel-half': halves('vpn'),
    'circuit-half': halves('interconnect'),
    'peering-half': halves('peering'),
    'company-link': (scope) =>
      halvesIn(scope).flatMap(({ half }) => (half.peer.cloud === 'on-premises' ? [{ link: half.key }] : [])),
    'waiting-half': (scope) =>
      scope.sites.flatMap((site) =>
        sidesIn(scope, site).flatMap(({ side: { stack = '', pending } }) => {
          return pending.length === 0 ? [] : [{ waiting: stack, fact: factsOf(pending) }];
        }),
      ),
    'incomplete-half': (scope) =>
      scope.sites.flatMap((site) =>
        sidesIn(scope, site).flatMap(({ side: { stack = '', pending, completes } }) => {
          return pending.length > 0 || completes.length === 0 ? [] : [{ half: stack, fact: factsOf(completes) }];
        }),
      ),
  };
}

/** Facts by the first of them. */
function factsOf([first, ...more]: readonly PendingFact[]): string {
  return `${first?.path}${more.length === 0 ? '' : ` and ${more.length} more`}`;
}

interface End<C extends Cloud> {
  readonly link: LinkPlan;
  readonly site: SitePlan<C>;
  readonly side: LinkSide;
}

function sidesIn<C extends Cloud>({ plan }: Scope<C>, site: SitePlan<C>): readonly End<C>[] {
  return plan.links.flatMap((link) =>
    link.sides.flatMap((side) => (side.peer === site.cloud && side.site === site.key ? [{ link, site, side }] : [])),
  );
}

function halvesIn<C extends Cloud>({ sites }: Scope<C>): { readonly site: SitePlan<C>; readonly half: HalfLinkPlan }[] {
  return sites.flatMap((site) => (site.links ?? []).map((half) => ({ site, half })));
}

/** Whether the other end of a link is made from what the gateway at this one tells. */
function tellsOfGateway<C extends Cloud>({ link, site }: End<C>): boolean {
  if (link.kind === 'vpn') return link.via === undefined && VPN_GATEWAYS[site.cloud].role === 'giver';
  const { waits } = PEERINGS[site.cloud];
  return link.kind === 'peering' && (waits.origin === 'gateway' || waits.acceptor === 'gateway');
}

/** Whether the other end of a link is made from what this half tells. */
function tellsOfHalf({ kind, isOrigin, peer, tunnels }: HalfLinkPlan, cloud: Cloud): boolean {
  if (kind === 'vpn') return tunnels.some(({ connection }) => connection !== undefined);
  if (peer.cloud === 'on-premises') return false;
  if (kind === 'interconnect') return isOrigin || completesOrigin(cloud, peer.cloud);
  const { waits, completes } = PEERINGS[peer.cloud];
  const other = isOrigin ? 'acceptor' : 'origin';
  return waits[other] === 'peering' || completes?.[other] === 'peering';
}

/** Whether the half that orders a circuit is applied once more for what the other one tells. */
function completesOrigin(one: Cloud, other: Cloud): boolean {
  return INTERCONNECTS.some(
    ({ clouds, completes }) => completes === 'origin' && clouds.includes(one) && clouds.includes(other),
  );
}
