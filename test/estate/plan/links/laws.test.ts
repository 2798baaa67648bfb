import fc from 'fast-check';
import { VPN_GATEWAYS } from '../../../../estate/catalog/links';
import { planLayout } from '../../../../estate/plan/layout';
import { EMPTY_LOCK, type Lock } from '../../../../estate/plan/lock';
import { resolve } from '../../../../estate/plan/resolve';
import { EMPTY_EXCHANGE, type Exchange } from '../../../../estate/spec/exchange';
import { linkedEstate } from '../../../helpers/linked';

const FILES = { estate: 'estate.yaml', lock: 'estate.lock.json' };
const SITES = ['ohio', 'oregon', 'eastus2', 'iowa', 'phoenix'] as const;
const RUNS = { numRuns: 40 };

type Links = readonly (readonly [string, { readonly between: readonly string[] }])[];

/** Every pair of sites that tunnels or a peering can join, by a key that says which. */
const PAIRS = SITES.flatMap((one, index) =>
  SITES.slice(index + 1)
    .filter((other) => !(other === 'phoenix' && (one === 'ohio' || one === 'oregon')))
    .map((other): Links[number] => [`${one}-${other}`, { between: [one, other] }]),
);
const pairs = () => fc.shuffledSubarray(PAIRS, { minLength: 1 });

/** Public addresses of every gateway that has some before it knows a peer. */
const GIVERS = {
  eastus2: { addresses: ['198.51.100.10', '198.51.100.11'] },
  iowa: { addresses: ['198.51.100.20', '198.51.100.21'] },
};

function plan(links: Links, lock: Lock = EMPTY_LOCK, exchange: Partial<Exchange> = {}) {
  const estate = linkedEstate(Object.fromEntries(links));
  const locked = planLayout(estate, lock).lock;
  return { lock: locked, ...resolve(estate, locked, FILES, { ...EMPTY_EXCHANGE, ...exchange, estate: 'atlas' }) };
}

/** What takers tell of every tunnel, made up. */
function toldOf({ links }: ReturnType<typeof plan>): Exchange['tunnels'] {
  const tunnels: Record<string, Record<string, Record<string, string>>> = {};
  let next = 1;
  for (const { key, sides, tunnels: planned } of links) {
    for (const side of sides) {
      if (side.peer === 'on-premises' || VPN_GATEWAYS[side.peer].role !== 'taker') continue;
      const own = Object.fromEntries(planned.map(({ insideCidr }, index) => [insideCidr, `203.0.113.${next + index}`]));
      tunnels[key] = { ...tunnels[key], [side.site]: own };
      next += planned.length;
    }
  }
  return tunnels;
}

describe('whatever is linked', () => {
  test('every gateway has a number of its own and every tunnel a range of its own', () => {
    fc.assert(
      fc.property(pairs(), (links) => {
        const { lock } = plan(links);
        for (const numbers of [Object.values(lock.asns ?? {}), Object.values(lock.insideRanges ?? {})])
          expect(new Set<unknown>(numbers).size).toBe(numbers.length);
      }),
      RUNS,
    );
  });

  test('both halves of a tunnel mirror each other, and AWS has the first host of its range', () => {
    fc.assert(
      fc.property(pairs(), (links) => {
        const first = plan(links, EMPTY_LOCK, { gateways: GIVERS });
        const whole = plan(links, first.lock, { gateways: GIVERS, tunnels: toldOf(first) });
        const halves = (['aws', 'azure', 'google', 'oracle'] as const).flatMap((cloud) =>
          whole.sites(cloud).flatMap((site) => (site.links ?? []).map((half) => ({ cloud, site: site.key, half }))),
        );
        for (const link of whole.links.filter(({ kind }) => kind === 'vpn')) {
          const [one, other] = halves.filter(({ half }) => half.key === link.key);
          expect([one?.half.peer.site, other?.half.peer.site]).toEqual([other?.site, one?.site]);
          expect([one?.half.peer.asn, other?.half.peer.asn]).toEqual([other?.half.asn, one?.half.asn]);
          const mirrored = other?.half.tunnels.map((tunnel) => ({
            key: tunnel.key,
            inside: tunnel.peerInside,
            peerInside: tunnel.inside,
            presharedKey: tunnel.presharedKey,
          }));
          expect(one?.half.tunnels).toMatchObject(mirrored ?? []);
          for (const { cloud, half } of [one, other].filter((each) => each !== undefined))
            if (cloud === 'aws')
              for (const { inside } of half.tunnels) expect(Number(inside.split('.')[3]) % 4).toBe(1);
        }
      }),
      RUNS,
    );
  });

  test('a link that comes or goes changes nothing of another, nor does the order in which they are written', () => {
    fc.assert(
      fc.property(pairs(), fc.constantFrom(...PAIRS), (links, added) => {
        const before = plan(links);
        const grown = plan([added, ...links.filter(([key]) => key !== added[0])].reverse(), before.lock);
        const kept = links.map(([key]) => key).filter((key) => key !== added[0]);
        const only = ({ links: all }: typeof before) => all.filter(({ key }) => kept.includes(key));
        expect(only(grown)).toEqual(only(before));
        const shrunk = plan(
          links.filter(([key]) => key !== added[0]),
          grown.lock,
        );
        expect(only(shrunk)).toEqual(only(before));
        // What left keeps its numbers until it is pruned, so that it comes back as it was.
        expect(plan(links, shrunk.lock).links).toEqual(before.links);
      }),
      RUNS,
    );
  });

  test('without one entry of the exchange only the halves wait that are made from it', () => {
    fc.assert(
      fc.property(pairs(), fc.nat(), (links, choice) => {
        const first = plan(links, EMPTY_LOCK, { gateways: GIVERS });
        const tunnels = toldOf(first);
        const entries = Object.entries(tunnels).flatMap(([link, sites]) =>
          Object.entries(sites).flatMap(([site, told]) => Object.keys(told).map((inside) => ({ link, site, inside }))),
        );
        const gone = entries[choice % Math.max(entries.length, 1)];
        if (gone === undefined) return;
        const less = structuredClone(tunnels);
        delete less[gone.link]?.[gone.site]?.[gone.inside];
        const waiting = (told: Exchange['tunnels']) =>
          plan(links, first.lock, { gateways: GIVERS, tunnels: told }).links.flatMap(({ key, kind, sides }) =>
            kind === 'vpn'
              ? sides.flatMap(({ site, pending }) => (pending.length > 0 ? [`${key} at ${site}`] : []))
              : [],
          );
        expect(waiting(tunnels)).toEqual([]);
        const other = first.links.find(({ key }) => key === gone.link)?.sides.find(({ site }) => site !== gone.site);
        expect(waiting(less)).toEqual([`${gone.link} at ${other?.site}`]);
      }),
      RUNS,
    );
  });
});
