import { CLOUDS } from '../estate/catalog';
import { cidrContains, parseCidr } from '../estate/cidr';
import type { LinkPlan } from '../estate/plan/links/types';
import type { Layer } from '../estate/plan/names';
import type { Plan } from '../estate/plan/types';
import type { LinkPart } from './resource-kinds';
import type { Action } from './types';

/** A part of a link that is lost, or leaves the estate. */
export interface LostPart {
  readonly stack: string;
  readonly layer: Layer;
  readonly type: string;
  /** Construct path below the stack. */
  readonly path: string;
  readonly action: Action;
  readonly part: LinkPart;
}

/** Routes from a network to its gateway; others lead on from the gateway. */
const NETWORK_ROUTE = 'AWS::EC2::Route';

/** The block that a route leads to, by its construct, such as `gateway/routes-nodes/to-10-64-0-0-16`; undefined of other parts. */
export function blockOf(path: string): string | undefined {
  const [, address, prefix] = /\/to-(\d+-\d+-\d+-\d+)-(\d+)$/.exec(path) ?? [];
  return address === undefined ? undefined : `${address.replaceAll('-', '.')}/${prefix}`;
}

/** Whether a block lies in another one, or is the same. */
export function isWithin(inner: string, outer: string): boolean {
  const [one, other] = [parseCidr(inner), parseCidr(outer)];
  return one !== undefined && other !== undefined && cidrContains(other, one);
}

/** The blocks that routes of the stacks of a plan lead to, by stack and type of route. */
export function reachedBlocks(plan: Plan): ReadonlyMap<string, (type: string) => readonly string[]> {
  const sites = CLOUDS.flatMap((cloud) => plan.sites(cloud));
  return new Map(
    sites.flatMap(({ gateway, links = [] }) => [
      ...(gateway === undefined
        ? []
        : [
            [gateway.stack, (type: string) => (type === NETWORK_ROUTE ? gateway.reached : gateway.advertised)] as const,
          ]),
      ...links.map(({ stack, isOrigin, peer }) => {
        // Who has asked for a peering leads nothing into it before the other end has accepted.
        const blocks = isOrigin && peer.peeringId === undefined ? [] : peer.prefixes;
        return [stack, () => blocks] as const;
      }),
    ]),
  );
}

/** Whether a link uses a part of a gateway, or of its own. */
export function isUsed({ serves }: LinkPart, path: string, { kind }: LinkPlan): boolean {
  return serves === undefined || serves(path) === kind;
}

/** Whether a link that ends at a stack loses something with a part of it. */
export function isLostFor(link: LinkPlan, at: 0 | 1, { part, path, type }: LostPart): boolean {
  if (!isUsed(part, path, link)) return false;
  const block = part.part === 'way' && type === NETWORK_ROUTE ? blockOf(path) : undefined;
  return block === undefined || link.sides[at === 0 ? 1 : 0].prefixes.some((prefix) => isWithin(prefix, block));
}

/** Whether nothing of a link is left: a gateway goes, or all that carries or leads into it at an end. */
export function isCut(link: LinkPlan, lost: readonly LostPart[]): boolean {
  const isWhole = ({ part, path, layer }: LostPart) =>
    part.part === 'gateway' || (part.part === 'way' && layer === 'gateway' && blockOf(path) === undefined);
  return lost.some(isWhole) || ([0, 1] as const).some((at) => hasNoCarrier(link, at, lost) || hasNoWay(link, at, lost));
}

/** Whether all connections of an end go, or all associations with a table. */
function hasNoCarrier({ sides, tunnels, circuits, kind }: LinkPlan, at: 0 | 1, lost: readonly LostPart[]): boolean {
  const connections = new Set(tunnels.map(({ ends }) => ends[at].connection));
  const made = connections.has(undefined) ? tunnels.length : connections.size;
  const all = kind === 'vpn' ? made : Math.max(circuits.length, 1);
  const own = lost.filter(({ stack }) => stack === sides[at].stack);
  const isGone = (parts: readonly LostPart[]) => parts.length > 0 && parts.length >= all;
  if (isGone(own.filter(({ part }) => part.part === 'carrier'))) return true;
  const ways = own.filter(({ part, path }) => part.part === 'way' && blockOf(path) === undefined);
  return [...new Set(ways.map(({ type }) => type))].some((type) => isGone(ways.filter((each) => each.type === type)));
}

/** Whether no route is left to what is behind an end, or from it. */
function hasNoWay({ sides }: LinkPlan, at: 0 | 1, lost: readonly LostPart[]): boolean {
  const routes = lost.filter(({ part, path }) => part.part === 'way' && blockOf(path) !== undefined);
  const { prefixes } = sides[at];
  return (
    prefixes.length > 0 && prefixes.every((prefix) => routes.some(({ path }) => isWithin(prefix, blockOf(path) ?? '')))
  );
}
