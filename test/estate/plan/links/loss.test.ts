import fc from 'fast-check';
import {
  cutsOf,
  type LinkedPair,
  type LinkPart,
  linkedPairs,
  lossOfPair,
  parsePart,
  partsOf,
  singlePointsOf,
} from '../../../../estate/plan/links/loss';
import type { LinkPlan } from '../../../../estate/plan/links/types';
import { linkSinglePath } from '../../../../estate/spec/rules/link-single-path';
import { linkedEstate, planOf } from '../../../helpers/linked';

const company = (addresses: readonly string[]) => ({
  onPremises: { name: 'dublin', asn: 65010, addresses, prefixes: ['10.240.0.0/12'] },
});

/** What can be linked in the estate of the tests; a link that leads through eastus2 wants the two with it. */
const LINKS = {
  'ohio-eastus2': { between: ['ohio', 'eastus2'] },
  'eastus2-iowa': { between: ['iowa', 'eastus2'] },
  'ohio-iowa': { between: ['ohio', 'iowa'] },
  'ohio-iowa-around': { between: ['ohio', 'iowa'], via: 'eastus2' },
  'eastus2-phoenix': { between: ['phoenix', 'eastus2'] },
  'iowa-phoenix': { between: ['phoenix', 'iowa'] },
  'ohio-oregon': { between: ['ohio', 'oregon'] },
  'oregon-eastus2': { between: ['oregon', 'eastus2'] },
  hq: { between: ['ohio'], to: company(['198.51.100.10']) },
  'hq-around': { between: ['iowa'], to: company(['198.51.100.10']), via: 'ohio' },
  'hq-azure': { between: ['eastus2'], to: company(['198.51.100.10', '198.51.100.11']) },
} as const;

type Key = keyof typeof LINKS;
const KEYS = Object.keys(LINKS).filter((key): key is Key => key in LINKS);

const ALL = planOf(linkedEstate(LINKS)).links;

function linksOf(keys: readonly Key[]): readonly LinkPlan[] {
  return ALL.filter(({ key }) => keys.some((each) => each === key));
}

const someLinks = fc.subarray(KEYS, { minLength: 1 }).map(linksOf);

/** Some links with some of their parts. */
const losses = someLinks.chain((links) =>
  fc.record({ links: fc.constant(links), lost: fc.subarray([...partsOf(links)]) }),
);

const namesOf = (parts: readonly LinkPart[]) => parts.map(({ name }) => name);

function pairOf(links: readonly LinkPlan[], one: string, other: string): LinkedPair {
  const found = linkedPairs(links).find(({ ends }) => ends[0].site === one && ends[1].site === other);
  if (found === undefined) throw new Error(`nothing joins ${one} and ${other}`);
  return found;
}

describe('the loss of parts', () => {
  test('leaves every path where nothing is lost, and none where everything is', () => {
    fc.assert(
      fc.property(someLinks, (links) => {
        for (const pair of linkedPairs(links)) {
          expect(lossOfPair(pair, []).lost).toEqual([]);
          expect(lossOfPair(pair, partsOf(links)).left).toEqual([]);
        }
      }),
    );
  });

  test('never leaves more where more is lost', () => {
    fc.assert(
      fc.property(losses, fc.nat(), ({ links, lost }, index) => {
        const parts = partsOf(links);
        const more = [...lost, ...parts.slice(index % parts.length, (index % parts.length) + 1)];
        for (const pair of linkedPairs(links)) {
          const before = lossOfPair(pair, lost);
          const after = lossOfPair(pair, more);
          expect(before.left).toEqual(expect.arrayContaining([...after.left]));
          expect([...after.left, ...after.lost].sort()).toEqual(pair.paths.map(({ name }) => name).sort());
        }
      }),
    );
  });

  test('is the same whichever side of a link, or link, comes first', () => {
    fc.assert(
      fc.property(losses, ({ links, lost }) => {
        const turned = [...links].reverse().map((link): LinkPlan => {
          const [one, other] = link.sides;
          const tunnels = link.tunnels.map((tunnel) => ({
            ...tunnel,
            ends: [tunnel.ends[1], tunnel.ends[0]] as const,
          }));
          return { ...link, sides: [other, one], tunnels };
        });
        const told = (all: readonly LinkPlan[]) =>
          linkedPairs(all).map((pair) => [pair.ends.map(({ site }) => site), lossOfPair(pair, lost)]);
        expect(told(turned)).toEqual(told(links));
        expect(partsOf(turned)).toEqual(partsOf(links));
      }),
    );
  });

  test('cuts a pair by each part that is told to cut it, and by no other part', () => {
    fc.assert(
      fc.property(someLinks, (links) => {
        for (const pair of linkedPairs(links)) {
          const cutting = partsOf(links).filter(
            (part) => pair.paths.length > 0 && lossOfPair(pair, [part]).left.length === 0,
          );
          expect(cutsOf(pair)).toEqual(cutting);
          expect(cutting).toEqual(expect.arrayContaining([...singlePointsOf(pair)]));
        }
      }),
    );
  });

  test('leads through a third site only where a link says so, or both links with it are tunnels and its gateway leads on', () => {
    fc.assert(
      fc.property(someLinks, (links) => {
        for (const { ends, links: own, paths } of linkedPairs(links)) {
          for (const { name, steps } of paths.filter((path) => path.steps.length > 1)) {
            const legs = links.filter(({ key }) => name.split(' + ').includes(key));
            const sites = legs.flatMap(({ sides }) => sides.map(({ site }) => site));
            const [middle] = sites.filter((site) => !ends.some((end) => end.site === site));
            const isSaid = links.some(({ key, via }) => own.includes(key) && via === middle);
            const clouds: readonly (string | undefined)[] = ['eastus2', 'ohio', 'oregon'];
            expect(steps).toHaveLength(2);
            expect(isSaid || (clouds.includes(middle) && legs.every(({ kind }) => kind === 'vpn'))).toBe(true);
          }
        }
      }),
    );
  });
});

describe('paths of a pair', () => {
  test('are its tunnels, of which one instance of a gateway has half', () => {
    const pair = pairOf(linksOf(['ohio-eastus2']), 'eastus2', 'ohio');
    const lose = (kind: LinkPart['kind'], name: string) => lossOfPair(pair, [{ kind, name }]).left;
    expect(lose('tunnel', 'ohio-eastus2/tunnel-1')).toHaveLength(3);
    expect(lose('instance', 'eastus2/gateway/0')).toEqual(['ohio-eastus2/tunnel-3', 'ohio-eastus2/tunnel-4']);
    expect(lose('connection', 'ohio-eastus2/connection-1')).toEqual(['ohio-eastus2/tunnel-1', 'ohio-eastus2/tunnel-2']);
    expect(lose('gateway', 'ohio/gateway')).toEqual([]);
    expect(singlePointsOf(pair)).toEqual([]);
  });

  test('are cut by the one device of the company, and by none of two', () => {
    expect(namesOf(singlePointsOf(pairOf(linksOf(['hq']), 'dublin', 'ohio')))).toEqual([
      'dublin/198.51.100.10',
      'hq/connection-0',
    ]);
    expect(singlePointsOf(pairOf(linksOf(['hq-azure']), 'dublin', 'eastus2'))).toEqual([]);
  });

  test('are cut by the site in the middle, unless there is another way', () => {
    const around = ['ohio-eastus2', 'eastus2-iowa', 'ohio-iowa-around'] as const;
    const pair = pairOf(linksOf(around), 'iowa', 'ohio');
    expect(pair.paths.map(({ name }) => name)).toEqual(['eastus2-iowa + ohio-eastus2']);
    expect(namesOf(singlePointsOf(pair))).toEqual(['azure', 'eastus2', 'eastus2/gateway']);
    const both = pairOf(linksOf(['ohio-eastus2', 'eastus2-iowa', 'ohio-iowa']), 'iowa', 'ohio');
    expect(both.paths).toHaveLength(5);
    expect(lossOfPair(both, [{ kind: 'link', name: 'ohio-iowa' }]).left).toEqual(['eastus2-iowa + ohio-eastus2']);
    expect(singlePointsOf(both)).toEqual([]);
  });

  test('do not lead on from a peering or from Google Cloud', () => {
    expect(
      linkedPairs(linksOf(['ohio-oregon', 'oregon-eastus2', 'ohio-eastus2'])).map(({ paths }) => paths.length),
    ).toEqual([4, 4, 2]);
    expect(
      pairOf(linksOf(['iowa-phoenix', 'eastus2-iowa', 'eastus2-phoenix']), 'eastus2', 'phoenix').paths,
    ).toHaveLength(4);
  });

  test('do not lead through a third site where both ends have one number', () => {
    const alike = linksOf(['ohio-eastus2', 'eastus2-iowa', 'ohio-iowa']).map((link): LinkPlan => {
      const number = (side: LinkPlan['sides'][0]) => (side.site === 'eastus2' ? side : { ...side, asn: 31898 });
      return { ...link, sides: [number(link.sides[0]), number(link.sides[1])] };
    });
    expect(pairOf(alike, 'iowa', 'ohio').paths).toHaveLength(4);
  });

  test('do not count a peering, or a circuit with its second way inside, as a single point', () => {
    const estate = linkedEstate({
      west: LINKS['ohio-oregon'],
      circuit: { between: ['eastus2', 'phoenix'], kind: 'interconnect' },
    });
    const { eastus2, phoenix, ...sites } = estate.sites;
    if (eastus2 === undefined || phoenix === undefined) throw new Error('the estate of the tests has both sites');
    const moved = { eastus2: { ...eastus2, region: 'eastus' }, phoenix: { ...phoenix, region: 'us-ashburn-1' } };
    const { links } = planOf({ ...estate, sites: { ...sites, ...moved } });
    expect(linkedPairs(links).map((pair) => [namesOf(cutsOf(pair)).at(-1), singlePointsOf(pair)])).toEqual([
      ['circuit/circuit-1', []],
      ['west', []],
    ]);
  });
});

describe('the rule on single points of failure', () => {
  test('finds the pairs that a part cuts, before anything is planned', () => {
    fc.assert(
      fc.property(fc.subarray(KEYS, { minLength: 1 }), (keys) => {
        const reported = new Set<unknown>();
        const estate = linkedEstate(Object.fromEntries(keys.map((key) => [key, LINKS[key]])));
        linkSinglePath.check(estate, ({ path }) => reported.add(path[1]));
        for (const pair of linkedPairs(linksOf(keys)).filter(({ paths }) => paths.length > 0)) {
          const isReported = pair.links.some((key) => reported.has(key));
          expect([pair.links, isReported]).toEqual([pair.links, singlePointsOf(pair).length > 0]);
        }
      }),
    );
  });
});

describe('names of parts', () => {
  test('are told from each other by their kind where several have one', () => {
    const links = planOf(linkedEstate({ ohio: LINKS['ohio-eastus2'] })).links;
    expect(parsePart('ohio', links)).toBe('several parts are called "ohio": site:ohio, link:ohio');
    expect(parsePart('link:ohio', links)).toEqual({ kind: 'link', name: 'ohio' });
    expect(parsePart('ohio/tunnel-1', links)).toEqual({ kind: 'tunnel', name: 'ohio/tunnel-1' });
  });

  test('are suggested where one is misspelt', () => {
    expect(parsePart('ohio-eastus/tunnel-1', linksOf(['ohio-eastus2']))).toBe(
      'no link has a part "ohio-eastus/tunnel-1"; did you mean "ohio-eastus2/tunnel-1"?',
    );
  });
});
