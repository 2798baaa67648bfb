import fc from 'fast-check';
import { mergeExchange } from '../../../../estate/plan/links/exchange-merge';
import { staleEntries, withoutStale } from '../../../../estate/plan/links/exchange-stale';
import { pendingLinks } from '../../../../estate/plan/links/pending';
import {
  EMPTY_EXCHANGE,
  type Exchange,
  type ExchangeFragment,
  formatExchange,
  parseExchangeFile,
  parseFragment,
} from '../../../../estate/spec/exchange';
import { linkedEstate, planOf } from '../../../helpers/linked';

const ESTATE = linkedEstate({
  a: { between: ['eastus2', 'ohio'] },
  b: { between: ['iowa', 'eastus2'] },
  c: { between: ['phoenix', 'iowa'] },
  west: { between: ['ohio', 'oregon'] },
});
const PLAN = planOf(ESTATE);
const EMPTY: Exchange = { ...EMPTY_EXCHANGE, estate: 'atlas' };

/** What a stack says. */
function says(parts: object): ExchangeFragment {
  const fragment = parseFragment({ estate: 'atlas', ...parts });
  if (fragment === undefined) throw new Error('this is no fragment');
  return fragment;
}

const tunnelsOf = (link: string, site: string, first: number) =>
  says({
    tunnels: {
      [link]: {
        [site]: (PLAN.links.find(({ key }) => key === link)?.tunnels ?? [])
          .map(({ insideCidr }, index) => ({ inside: insideCidr, address: `3.1.${first}.${index + 1}` }))
          .reverse(),
      },
    },
  });

const ALL = [
  says({ gateways: { eastus2: { addresses: ['20.1.1.1', '20.1.1.2'] } } }),
  says({ gateways: { iowa: { addresses: ['34.1.1.1', '34.1.1.2'] } } }),
  says({ gateways: { oregon: { id: 'tgw-0a1b2c3d4e5f60718' }, ohio: { id: 'tgw-0a1b2c3d4e5f60719' } } }),
  tunnelsOf('a', 'ohio', 1),
  tunnelsOf('c', 'phoenix', 2),
  says({ peerings: { west: { ohio: 'tgw-attach-0a1b2c3d4e5f60718' } } }),
];

const halves = (exchange: Exchange) =>
  planOf(ESTATE, exchange).links.flatMap(({ sides }) =>
    sides.flatMap(({ stack = '', pending }) => (pending.length > 0 ? [stack] : [])),
  );

test('imports are the same in any order and in any number of steps, and again', () => {
  const whole = formatExchange(mergeExchange(EMPTY, ALL, PLAN).exchange);
  fc.assert(
    fc.property(fc.shuffledSubarray(ALL, { minLength: ALL.length }), fc.nat(ALL.length), (order, cut) => {
      const first = mergeExchange(EMPTY, order.slice(0, cut), PLAN).exchange;
      const { exchange } = mergeExchange(first, order.slice(cut), PLAN);
      expect(formatExchange(exchange)).toBe(whole);
      const again = mergeExchange(exchange, order, PLAN);
      expect([again.added, again.replaced, formatExchange(again.exchange)]).toEqual([[], [], whole]);
    }),
  );
  expect(halves(mergeExchange(EMPTY, ALL, PLAN).exchange)).toEqual([]);
});

test('tunnels are told apart by their inside ranges, in whatever order they are told', () => {
  const { exchange } = mergeExchange(EMPTY, [tunnelsOf('a', 'ohio', 1)], PLAN);
  expect(exchange.tunnels).toEqual({
    a: {
      ohio: {
        '169.254.21.0/30': '3.1.1.1',
        '169.254.21.4/30': '3.1.1.2',
        '169.254.21.8/30': '3.1.1.3',
        '169.254.21.12/30': '3.1.1.4',
      },
    },
  });
});

test('removing one entry takes only the half that is made from it', () => {
  const { exchange } = mergeExchange(EMPTY, ALL, PLAN);
  const without = (edit: (copy: Exchange) => void) => {
    const copy: Exchange = structuredClone(exchange);
    edit(copy);
    return halves(copy);
  };
  expect(without(({ tunnels }) => delete tunnels.a?.ohio?.['169.254.21.4/30'])).toEqual(['atlas-a-eastus2-link']);
  expect(without(({ tunnels }) => delete tunnels.c)).toEqual(['atlas-c-iowa-link']);
  expect(without(({ peerings }) => delete peerings.west)).toEqual(['atlas-west-oregon-link']);
  expect(without(({ gateways }) => delete gateways.iowa)).toEqual(['atlas-b-eastus2-link', 'atlas-c-phoenix-link']);
});

test('an address that changes is told with the stacks that are made from it', () => {
  const before = mergeExchange(EMPTY, ALL, PLAN).exchange;
  const { replaced, added } = mergeExchange(
    before,
    [says({ gateways: { eastus2: { addresses: ['20.1.1.1', '20.1.1.3'] } } })],
    PLAN,
  );
  expect([added, replaced]).toEqual([
    [],
    [
      {
        path: 'gateways.eastus2.addresses',
        from: '20.1.1.1, 20.1.1.2',
        to: '20.1.1.1, 20.1.1.3',
        again: ['atlas-a-ohio-link', 'atlas-b-iowa-link'],
      },
    ],
  ]);
});

test('two outputs that contradict each other are told, whichever comes first', () => {
  const pair = [tunnelsOf('a', 'ohio', 1), tunnelsOf('a', 'ohio', 9)];
  const told = (order: readonly ExchangeFragment[]) => mergeExchange(EMPTY, order, PLAN).contradictions;
  expect(told(pair)).toEqual(told([...pair].reverse()));
  expect(told(pair)[0]).toEqual({ path: 'tunnels.a.ohio.169.254.21.0/30', values: ['3.1.1.1', '3.1.9.1'] });
});

test.each<[string, object, RegExp]>([
  ['a site that is gone', { gateways: { dublin: { id: '123456' } } }, /no site "dublin"/],
  [
    'a link that is gone',
    { tunnels: { gone: { ohio: [{ inside: '169.254.21.0/30', address: '3.1.1.1' }] } } },
    /no link "gone"/,
  ],
  [
    'a range that the lock has not',
    { tunnels: { a: { ohio: [{ inside: '169.254.22.0/30', address: '3.1.1.1' }] } } },
    /no tunnel of link "a"/,
  ],
  [
    'the side of a giver',
    { tunnels: { a: { eastus2: [{ inside: '169.254.21.0/30', address: '3.1.1.1' }] } } },
    /no addresses of their own/,
  ],
  ['a site where a link does not end', { peerings: { west: { iowa: '123456' } } }, /does not end at site "iowa"/],
  ['a link of another kind', { circuits: { a: { ohio: ['123456'] } } }, /none of kind interconnect/],
  ['a shard that is none', { issuers: { x: 'https://example.com/x' } }, /no shard "x"/],
  ['an account that is none', { accounts: { x: { issuer: 'https://example.com/x' } } }, /no account "x"/],
])('what a stack says of %s is left out, and stale where a file has it', (_name, parts, why) => {
  const { exchange, ignored, added } = mergeExchange(EMPTY, [says(parts)], PLAN);
  expect([added, formatExchange(exchange)]).toEqual([[], formatExchange(EMPTY)]);
  expect(ignored.map((entry) => entry.why)).toEqual([expect.stringMatching(why)]);
});

test('what the estate has no place for is told with its place in the file, and can be removed', () => {
  const text = formatExchange({ ...mergeExchange(EMPTY, ALL, PLAN).exchange, gateways: { gone: { id: '123456' } } });
  const file = parseExchangeFile(text, 'estate.exchange.json');
  expect(
    staleEntries(file, PLAN).map(({ code, severity, path, at }) => [code, severity, path, at?.line, at?.text.trim()]),
  ).toEqual([['ExchangeStale', 'warning', 'gateways.gone.id', 6, '"id": "******"']]);
  const { exchange, pruned } = withoutStale(file.exchange, PLAN);
  expect([pruned, exchange.gateways, exchange.tunnels]).toEqual([['gateways.gone.id'], {}, file.exchange.tunnels]);
});

test('stacks that come next are those that exist, in an order that works', () => {
  const next = (exchange: Exchange) => pendingLinks(planOf(ESTATE, exchange), exchange).next.map(({ stack }) => stack);
  expect(next(EMPTY)).toEqual(['atlas-oregon-gateway', 'atlas-eastus2-gateway', 'atlas-iowa-gateway']);
  expect(next(mergeExchange(EMPTY, ALL.slice(0, 3), PLAN).exchange)).toEqual([
    'atlas-a-ohio-link',
    'atlas-west-ohio-link',
    // It tells nothing that anybody waits for, and the half stands on it.
    'atlas-phoenix-gateway',
    'atlas-c-phoenix-link',
  ]);
  const all = mergeExchange(EMPTY, ALL, PLAN).exchange;
  expect(next(all)).toEqual(['atlas-west-oregon-link']);
  const accepted = says({ peerings: { west: { oregon: 'tgw-attach-0a1b2c3d4e5f60718' } } });
  expect(next(mergeExchange(all, [accepted], PLAN).exchange)).toEqual([]);
});
