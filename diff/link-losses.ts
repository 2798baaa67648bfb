import { CLOUDS } from '../estate/catalog';
import { PEERINGS } from '../estate/catalog/links';
import type { LinkPlan, PendingFact } from '../estate/plan/links/types';
import type { Layer } from '../estate/plan/names';
import type { Plan } from '../estate/plan/types';
import { compareKeys } from '../estate/units';
import { numbersChanged } from './link-edits';
import { forgottenBy } from './link-forgotten';
import { blockOf, isCut, isLostFor, isUsed, isWithin, type LostPart, reachedBlocks } from './link-ways';
import type { ReportedResource } from './reported';
import { type LinkPart, linkPartOf } from './resource-kinds';
import type { ResourceChange } from './types';

/** What an edit takes away of a link that was there. */
export interface LinkCut {
  /** Path of the link, such as `links.ohio-eastus2`. */
  readonly path: string;
  /** Whether nothing is left of it, or fewer paths are. */
  readonly isWhole: boolean;
  /** Until when, as the rest of a sentence. */
  readonly until: string;
}

/** The resources of a stack that change. */
interface ChangedStack {
  readonly stack: string;
  readonly layer: Layer;
  readonly resources: readonly ReportedResource[];
}

/** A change of a resource, as far as links are about it. */
type PartChange = Pick<ResourceChange, 'type' | 'action' | 'path'>;

/** What is lost with parts of links. */
export interface LinkLosses {
  /** What a resource is to links; nothing where what it leads to is reached by another one after the edit. */
  readonly partOf: (stack: string, layer: Layer, change: PartChange) => LinkPart | undefined;
  /** What else to know of a part that is made anew: whom its other addresses, or its other id, have to reach. */
  readonly notesOf: (stack: string, layer: Layer, change: PartChange) => readonly string[];
  /** What a stack was made from and the exchange file has no longer. */
  readonly forgottenOf: (stack: string) => readonly PendingFact[];
  /** Halves that go before that of a stack where their link leaves the estate, since they were made from what it tells. */
  readonly goneAfter: (stack: string) => readonly string[];
  /** Links that an edit cuts, sorted by path. */
  readonly cutsOf: (stacks: readonly ChangedStack[]) => readonly LinkCut[];
}

/** An end of a link that a stack is of. */
interface Place {
  readonly link: LinkPlan;
  readonly at: 0 | 1;
}

type Places = ReadonlyMap<string, readonly Place[]>;

/** What the loss of parts of links means, by the links of the estates before and after an edit. */
export function linkLosses(before: Plan, after: Plan, pathOf: (path: string) => string): LinkLosses {
  const links = before.links.filter(({ via }) => via === undefined);
  const places = placesOf(before, links);
  const staying = new Map(after.links.map((link) => [link.key, link]));
  const forgotten = forgottenBy(before, after);
  const forgottenOf = (stack: string) => forgotten.get(stack) ?? [];
  const reached = reachedBlocks(after);
  const partOf: LinkLosses['partOf'] = (stack, layer, { type, path, action }) => {
    const part = linkPartOf(type, layer);
    const block = part?.part === 'way' ? blockOf(path) : undefined;
    const isReached = block !== undefined && (reached.get(stack)?.(type) ?? []).some((each) => isWithin(block, each));
    return action === 'destroyed' && isReached ? undefined : part;
  };
  return {
    partOf,
    notesOf: (stack, layer, { type, action, path }) => {
      const part = linkPartOf(type, layer);
      const ends = (places.get(stack) ?? []).filter(
        ({ link }) => staying.has(link.key) && part !== undefined && isUsed(part, path, link),
      );
      const peers = peersOf(ends);
      if (part?.tells === undefined || action !== 'replaced' || peers.length === 0) return [];
      const other = part.tells === 'id' ? 'it gets another id' : 'it gets other public addresses';
      const then = peers.map(({ verb, what }) => `${verb} ${what}`).join(', ');
      return [`${other}: apply ${stack}, import what it tells by "npx estate exchange import", then ${then}`];
    },
    forgottenOf,
    goneAfter: (stack) => {
      const link = links.find(({ sides }) => sides.some((side) => side.stack === stack));
      const waiting = link === undefined || staying.has(link.key) ? undefined : waitingHalf(link);
      return waiting === undefined || waiting === stack ? [] : [waiting];
    },
    cutsOf: (stacks) => {
      const lost = stacks.flatMap(({ stack, layer, resources }) =>
        resources.flatMap((resource): LostPart[] => {
          const part = partOf(stack, layer, resource);
          const { type, path, action } = resource;
          return part === undefined || action === 'created' || action === 'updated'
            ? []
            : [{ stack, layer, type, path, action, part }];
        }),
      );
      return links
        .flatMap((link): LinkCut[] => {
          const own = lost.filter((each) =>
            places.get(each.stack)?.some((place) => place.link === link && isLostFor(link, place.at, each)),
          );
          const path = pathOf(`links.${link.key}`);
          const now = staying.get(link.key);
          if (own.length === 0) return now === undefined ? [] : renumbered(link, now, path);
          const facts = [...new Set(own.map(({ stack }) => stack))].flatMap(forgottenOf);
          const until =
            now === undefined
              ? leaving(own)
              : facts.length > 0
                ? untilImported(own, facts)
                : untilOf(link, own, places);
          return [{ path, isWhole: isCut(link, own), until }];
        })
        .sort((one, other) => compareKeys(one.path, other.path));
    },
  };
}

/** Stack of the half that is made from what the other one has made; undefined where neither is, or tunnels stand by themselves. */
function waitingHalf({ kind, sides, origin }: LinkPlan): string | undefined {
  const [asks, accepts] = [sides[origin], sides[origin === 0 ? 1 : 0]];
  if (kind === 'interconnect') return accepts.stack;
  if (kind === 'vpn' || asks.peer === 'on-premises') return undefined;
  const { waits } = PEERINGS[asks.peer];
  return waits.origin === 'peering' ? asks.stack : waits.acceptor === 'peering' ? accepts.stack : undefined;
}

/** Until when a link is cut that leaves the estate file: what is made of it goes on existing until somebody destroys it. */
function leaving(lost: readonly LostPart[]): string {
  const isThere = lost.every(({ action }) => action === 'kept');
  return `for good${isThere ? ' once its halves are destroyed' : ''}: it leaves the estate`;
}

/** Until when a link is cut whose halves were made from what the exchange file has no longer. */
function untilImported(lost: readonly LostPart[], facts: readonly PendingFact[]): string {
  const list = (names: readonly string[]) => [...new Set(names)].sort(compareKeys);
  const left = list(lost.flatMap(({ stack, action }) => (action === 'kept' ? [stack] : [])));
  const paths = list(facts.map(({ path }) => path)).join(', ');
  if (left.length > 0) {
    return `for good once ${left.join(', ')} ${left.length === 1 ? 'is' : 'are'} destroyed: import ${paths} again`;
  }
  return `until what ${list(facts.map(({ from }) => from)).join(', ')} tells is imported again (${paths})`;
}

/** A link whose ends stay and get other numbers: sessions go down at the first end that is applied, until the other one is. */
function renumbered(before: LinkPlan, after: LinkPlan, path: string): LinkCut[] {
  const changes = numbersChanged(before, after);
  if (changes.length === 0 || after.tunnels.length === 0) return [];
  const ranges = changes.filter((change) => change.startsWith('tunnel '));
  const isWhole = ranges.length < changes.length || ranges.length >= before.tunnels.length;
  return [{ path, isWhole, until: `until both ends are applied (${changes.join(', ')})` }];
}

/** The ends of links by the stacks that there are of them: their halves, and what they use of their sites. */
function placesOf(plan: Plan, links: readonly LinkPlan[]): Places {
  const found = new Map<string, Place[]>();
  for (const site of CLOUDS.flatMap((cloud) => plan.sites(cloud))) {
    for (const link of links) {
      for (const at of [0, 1] as const) {
        const { peer, site: key, stack } = link.sides[at];
        if (peer !== site.cloud || key !== site.key) continue;
        const hasGateway = link.kind !== 'peering' || PEERINGS[peer].gateway;
        for (const name of [stack, ...(hasGateway ? [site.gateway?.stack, site.stacks.network] : [])]) {
          if (name !== undefined) found.set(name, [...(found.get(name) ?? []), { link, at }]);
        }
      }
    }
  }
  return found;
}

/** What has to be done at the other ends, once something is known by another address or id. */
function peersOf(ends: readonly Place[]): readonly { readonly verb: 'apply' | 'set up'; readonly what: string }[] {
  const far = ends.map(({ link, at }) => link.sides[at === 0 ? 1 : 0]);
  const of = (names: readonly string[]) => [...new Set(names)].sort(compareKeys).join(', ');
  const stacks = of(far.flatMap(({ stack }) => stack ?? []));
  const devices = of(far.flatMap(({ peer, site }) => (peer === 'on-premises' ? [`the devices of ${site}`] : [])));
  return [
    ...(stacks === '' ? [] : [{ verb: 'apply', what: stacks } as const]),
    ...(devices === '' ? [] : [{ verb: 'set up', what: devices } as const]),
  ];
}

/** Until when a link that stays in the estate is cut. */
function untilOf(link: LinkPlan, lost: readonly LostPart[], places: Places): string {
  const stacks = [...new Set(lost.map(({ stack }) => stack))].sort(compareKeys);
  const telling = lost.filter(({ part, action }) => part.tells !== undefined && action === 'replaced');
  const ends = telling.flatMap(({ stack }) => (places.get(stack) ?? []).filter((place) => place.link === link));
  const peers = peersOf(ends).map(({ verb, what }) => `${what} ${verb === 'apply' ? 'applied' : 'set up'}`);
  const own = `until ${stacks.join(', ')} ${stacks.length === 1 ? 'is' : 'are'} applied`;
  return peers.length === 0 ? own : `${own}, what it tells imported, and ${peers.join(' and ')}`;
}
