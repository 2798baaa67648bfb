import { CLOUDS } from '../estate/catalog';
import type { LinkPlan } from '../estate/plan/links/types';
import type { Layer } from '../estate/plan/names';
import type { Plan } from '../estate/plan/types';
import { compareKeys } from '../estate/units';
import { numbersChanged } from './link-edits';
import type { ReportedResource } from './reported';
import { linkPartOf } from './resource-kinds';
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

/** What is lost with parts of links. */
export interface LinkLosses {
  /** What else to know of a part that is made anew: whom its other addresses, or its other id, have to reach. */
  readonly notesOf: (stack: string, layer: Layer, change: Pick<ResourceChange, 'type' | 'action'>) => readonly string[];
  /** Links that an edit cuts, sorted by path. */
  readonly cutsOf: (stacks: readonly ChangedStack[]) => readonly LinkCut[];
}

/** An end of a link that a stack is of. */
interface Place {
  readonly link: LinkPlan;
  readonly at: 0 | 1;
}

/** A part of a link that is lost. */
interface Lost {
  readonly stack: string;
  readonly part: NonNullable<ReturnType<typeof linkPartOf>>;
  readonly isRemade: boolean;
}

type Places = ReadonlyMap<string, readonly Place[]>;

/** What the loss of parts of links means, by the links of the estates before and after an edit. */
export function linkLosses(before: Plan, after: Plan, pathOf: (path: string) => string): LinkLosses {
  const links = before.links.filter(({ via }) => via === undefined);
  const places = placesOf(before, links);
  const staying = new Map(after.links.map((link) => [link.key, link]));
  return {
    notesOf: (stack, layer, { type, action }) => {
      const tells = linkPartOf(type, layer)?.tells;
      const ends = (places.get(stack) ?? []).filter(({ link }) => staying.has(link.key));
      const peers = peersOf(ends);
      if (tells === undefined || action !== 'replaced' || peers.length === 0) return [];
      const other = tells === 'id' ? 'it gets another id' : 'it gets other public addresses';
      const then = peers.map(({ verb, what }) => `${verb} ${what}`).join(', ');
      return [`${other}: apply ${stack}, import what it tells by "npx estate exchange import", then ${then}`];
    },
    cutsOf: (stacks) => {
      const lost = stacks.flatMap(({ stack, layer, resources }) =>
        resources.flatMap(({ type, action }): Lost[] => {
          const part = linkPartOf(type, layer);
          if (part === undefined || (action !== 'replaced' && action !== 'destroyed')) return [];
          return [{ stack, part, isRemade: action === 'replaced' }];
        }),
      );
      return links
        .flatMap((link): LinkCut[] => {
          const own = lost.filter(({ stack }) => places.get(stack)?.some((place) => place.link === link));
          const path = pathOf(`links.${link.key}`);
          const now = staying.get(link.key);
          if (own.length === 0) return now === undefined ? [] : renumbered(link, now, path);
          const until = now === undefined ? 'for good: it leaves the estate' : untilOf(link, own, places);
          return [{ path, isWhole: isCut(link, own), until }];
        })
        .sort((one, other) => compareKeys(one.path, other.path));
    },
  };
}

/** A link whose ends stay and get other numbers: sessions go down at the first end that is applied, until the other one is. */
function renumbered(before: LinkPlan, after: LinkPlan, path: string): LinkCut[] {
  const changes = numbersChanged(before, after);
  if (changes.length === 0 || after.tunnels.length === 0) return [];
  const ranges = changes.filter((change) => change.startsWith('tunnel '));
  const isWhole = ranges.length < changes.length || ranges.length >= before.tunnels.length;
  return [{ path, isWhole, until: `until both ends are applied (${changes.join(', ')})` }];
}

/** The ends of links by the stacks that there are of them: their halves, and the gateways and networks of their sites. */
function placesOf(plan: Plan, links: readonly LinkPlan[]): Places {
  const found = new Map<string, Place[]>();
  for (const site of CLOUDS.flatMap((cloud) => plan.sites(cloud))) {
    for (const link of links) {
      for (const at of [0, 1] as const) {
        const { peer, site: key, stack } = link.sides[at];
        if (peer !== site.cloud || key !== site.key) continue;
        for (const name of [site.gateway?.stack, site.stacks.network, stack]) {
          if (name !== undefined) found.set(name, [...(found.get(name) ?? []), { link, at }]);
        }
      }
    }
  }
  return found;
}

/** Whether nothing of a link is left: a gateway goes, or all that carries at an end of it. */
function isCut({ sides, tunnels, circuits, kind }: LinkPlan, lost: readonly Lost[]): boolean {
  if (lost.some(({ part }) => part.part === 'gateway')) return true;
  return ([0, 1] as const).some((at) => {
    const connections = new Set(tunnels.map(({ ends }) => ends[at].connection));
    const made = connections.has(undefined) ? tunnels.length : connections.size;
    const all = kind === 'vpn' ? made : Math.max(circuits.length, 1);
    return lost.filter(({ stack, part }) => stack === sides[at].stack && part.part === 'carrier').length >= all;
  });
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
function untilOf(link: LinkPlan, lost: readonly Lost[], places: Places): string {
  const stacks = [...new Set(lost.map(({ stack }) => stack))].sort(compareKeys);
  const telling = lost.filter(({ part, isRemade }) => part.tells !== undefined && isRemade);
  const ends = telling.flatMap(({ stack }) => (places.get(stack) ?? []).filter((place) => place.link === link));
  const peers = peersOf(ends).map(({ verb, what }) => `${what} ${verb === 'apply' ? 'applied' : 'set up'}`);
  const own = `until ${stacks.join(', ')} ${stacks.length === 1 ? 'is' : 'are'} applied`;
  return peers.length === 0 ? own : `${own}, what it tells imported, and ${peers.join(' and ')}`;
}
