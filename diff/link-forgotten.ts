import { CLOUDS } from '../estate/catalog';
import type { HalfLinkPlan, LinkPlan, PendingFact } from '../estate/plan/links/types';
import type { Plan } from '../estate/plan/types';

/**
 * What halves of links were made from and the exchange file has no longer, by their stacks.
 *
 * Such a half leaves the output, or loses what it made from it, although the estate file has its link as before.
 */
export function forgottenBy(before: Plan, after: Plan): ReadonlyMap<string, readonly PendingFact[]> {
  const links = new Map(after.links.map((link) => [link.key, link]));
  const halves = new Map(halvesOf(after).map((half) => [half.stack, half]));
  const found = halvesOf(before).flatMap((half): [string, readonly PendingFact[]][] => {
    const link = links.get(half.key);
    if (link === undefined || link.kind !== half.kind) return [];
    const now = halves.get(half.stack);
    const facts = now === undefined ? neededAgain(half, link) : lostBetween(half, now, link);
    return facts.length === 0 ? [] : [[half.stack, facts]];
  });
  return new Map(found);
}

function halvesOf(plan: Plan): HalfLinkPlan[] {
  return CLOUDS.flatMap((cloud) => plan.sites(cloud).flatMap(({ links = [] }) => [...links]));
}

/** What a half that was there waits for; another range of a tunnel was never told. */
function neededAgain({ stack, key, peer, tunnels }: HalfLinkPlan, link: LinkPlan): readonly PendingFact[] {
  const ranges = new Set(tunnels.map(({ insideCidr }) => `tunnels.${key}.${peer.site}.${insideCidr}`));
  const pending = link.sides.find((side) => side.stack === stack)?.pending ?? [];
  return pending.filter(({ path }) => !path.startsWith('tunnels.') || ranges.has(path));
}

/** What a half can do without and did not have to. */
function lostBetween(before: HalfLinkPlan, after: HalfLinkPlan, link: LinkPlan): readonly PendingFact[] {
  const { key, peer, circuits } = before;
  const from = link.sides.find(({ site, stack }) => site === peer.site && stack !== before.stack)?.stack;
  if (from === undefined) return [];
  const isLost = circuits.some(({ peerId }, index) => peerId !== undefined && !after.circuits[index]?.peerId);
  const hasPeering = peer.peeringId !== undefined && after.peer.peeringId === undefined;
  return [
    ...(hasPeering ? [{ path: `peerings.${key}.${peer.site}`, from }] : []),
    ...(isLost ? [{ path: `circuits.${key}.${peer.site}`, from }] : []),
  ];
}
