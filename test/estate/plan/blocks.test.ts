import fc from 'fast-check';
import { cidr, cidrContains, cidrsOverlap } from '../../../estate/cidr';
import { EstateError } from '../../../estate/diagnostics';
import { isNetworkKey, soundBlocks } from '../../../estate/plan/blocks';
import { planLayout } from '../../../estate/plan/layout';
import { EMPTY_LOCK, type Lock } from '../../../estate/plan/lock';
import type { Estate } from '../../../estate/spec/schema';
import { blueprints, estateOf, inputOf } from '../../helpers/estates';

type Settings = { readonly cidr?: string; readonly reserveBlocks?: 2 | 4 | 8 };

/** Azure sites with a number of clusters each; seven fill a block. */
function estateWith(
  clusters: Readonly<Record<string, number>>,
  settings: Readonly<Record<string, Settings>> = {},
  addressing: Partial<Estate['addressing']> = {},
): Estate {
  const sites = Object.entries(clusters).map(([name, count]) => ({
    name,
    account: 'azure-gb' as const,
    stores: 0,
    clusters: Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, { pools: {} }])),
  }));
  const estate = estateOf(inputOf(sites));
  const merged = Object.entries(estate.sites).map(([key, site]) => [key, { ...site, ...settings[key] }] as const);
  return { ...estate, sites: Object.fromEntries(merged), addressing: { ...estate.addressing, ...addressing } };
}

function networks(lock: Lock): Record<string, string> {
  return Object.fromEntries(
    Object.entries(lock.addresses).filter(([key]) => isNetworkKey(key) || key.endsWith('.reserve')),
  );
}

function messagesOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof EstateError)
      return error.diagnostics.map(({ code, path, message }) => `${code} ${path} ${message}`);
    throw error;
  }
  return [];
}

describe('a reserve', () => {
  test('keeps adjacent blocks for a network, which grows into them and not into the next free one', () => {
    const settings = { east: { reserveBlocks: 4 } } as const;
    const before = planLayout(estateWith({ east: 2, west: 1 }, settings)).lock;
    expect(networks(before)).toEqual({
      'sites.east.reserve': '10.128.0.0/14',
      'sites.east.network': '10.128.0.0/16',
      'sites.west.network': '10.132.0.0/16',
    });
    const after = planLayout(estateWith({ east: 12, west: 12 }, settings), before).lock;
    expect(networks(after)).toMatchObject({
      ...networks(before),
      'sites.east.network.2': '10.129.0.0/16',
      'sites.west.network.2': '10.133.0.0/16',
    });
  });

  test('is put around a network that exists, where nothing else lies there', () => {
    const before = planLayout(estateWith({ east: 1 })).lock;
    const after = planLayout(estateWith({ east: 1 }, { east: { reserveBlocks: 4 } }), before).lock;
    expect(networks(after)).toEqual({ 'sites.east.reserve': '10.128.0.0/14', 'sites.east.network': '10.128.0.0/16' });
    const smaller = planLayout(estateWith({ east: 1 }, { east: { reserveBlocks: 2 } }), after).lock;
    expect(networks(smaller)['sites.east.reserve']).toBe('10.128.0.0/15');
  });

  test('lies elsewhere where a neighbour has a part of the space around the network', () => {
    const before = planLayout(estateWith({ east: 1, west: 1 })).lock;
    const after = planLayout(estateWith({ east: 1, west: 1 }, { east: { reserveBlocks: 2 } }), before).lock;
    expect(networks(after)).toEqual({ ...networks(before), 'sites.east.reserve': '10.130.0.0/15' });
  });

  test('holds a pinned network', () => {
    const { lock } = planLayout(estateWith({ east: 1 }, { east: { cidr: '10.135.0.0/16', reserveBlocks: 8 } }));
    expect(networks(lock)).toEqual({ 'sites.east.reserve': '10.128.0.0/13', 'sites.east.network': '10.135.0.0/16' });
  });
});

describe('a block', () => {
  test('is never cut from what something else uses', () => {
    const addressing = { used: [{ cidr: '10.128.0.0/15', note: 'office' }], exclude: ['10.130.0.0/16'] };
    const { lock } = planLayout(estateWith({ east: 1 }, {}, addressing));
    expect(networks(lock)).toEqual({ 'sites.east.network': '10.131.0.0/16' });
  });

  test('fails when it is declared to be in use after a network was put there', () => {
    const before = planLayout(estateWith({ east: 1 })).lock;
    const addressing = { used: [{ cidr: '10.128.0.0/12', note: 'office' }] };
    expect(messagesOf(() => planLayout(estateWith({ east: 1 }, {}, addressing), before))).toEqual([
      'AddressTaken sites.east 10.128.0.0/16 of "sites.east.network" overlaps 10.128.0.0/12, which is in use already: office',
    ]);
  });

  test('fails when it is pinned although the lock holds it for another site', () => {
    const before = planLayout(estateWith({ east: 1 })).lock;
    const pinned = estateWith({ east: 1, west: 1 }, { west: { cidr: '10.128.0.0/16' } });
    const message =
      'AddressTaken sites.west.cidr 10.128.0.0/16 overlaps 10.128.0.0/16, which the lock file holds for "sites.east.network"';
    expect(messagesOf(() => planLayout(pinned, before))).toEqual([message]);
    const gone = estateWith({ west: 1 }, { west: { cidr: '10.128.0.0/16' } });
    expect(messagesOf(() => planLayout(gone, before))).toEqual([message]);
  });

  test('fails once for a site that is full, with the number of ranges that find no place', () => {
    const [message, ...more] = messagesOf(() => planLayout(estateWith({ east: 40 })));
    expect(more).toEqual([]);
    expect(message).toMatch(/^AddressSpaceFull sites\.east no \/19 is left for .* and \d+ more in the network/);
  });

  test('fails with the supernet where that has no block for a site to grow', () => {
    const addressing = { supernets: { azure: '10.128.0.0/16' } };
    const [message] = messagesOf(() => planLayout(estateWith({ east: 12 }, {}, addressing)));
    expect(message).toMatch(
      /: the site has 1 of at most 2 blocks, but 10\.128\.0\.0\/16, the supernet of azure, is full$/,
    );
  });

  test('fails with the range of pods where that is what a site has used up', () => {
    const pool = { accelerator: 'b200', nodes: 1, zone: 'us-central1-a' };
    const clusters = Object.fromEntries(
      Array.from({ length: 17 }, (_, index) => [`c${index}`, { pools: { a: pool } }]),
    );
    const site = { name: 'iowa', account: 'google-main', stores: 0, clusters } as const;
    expect(messagesOf(() => planLayout(estateOf(inputOf([site]))))).toEqual([
      expect.stringMatching(
        /^AddressSpaceFull sites\.iowa no \/14 is left for .* in 100\.64\.0\.0\/10, the pods of one site$/,
      ),
    ]);
  });
});

describe('blocks that two sites have', () => {
  const living = new Set(['east', 'west']);

  test('stay with the first in the order of keys, but rather with one that is in the estate', () => {
    const block = '10.128.0.0/16';
    expect(soundBlocks({ 'sites.west.network': block, 'sites.east.network': block }, living)).toEqual({
      'sites.east.network': block,
    });
    expect(soundBlocks({ 'sites.west.network': block, 'sites.atlantis.network': block }, living)).toEqual({
      'sites.west.network': block,
    });
    const fine = { 'sites.east.reserve': '10.128.0.0/14', 'sites.east.network': block };
    expect(soundBlocks(fine, living)).toBe(fine);
    expect(soundBlocks({ ...fine, 'sites.west.network': '10.129.0.0/16' }, living)).toEqual(fine);
  });

  test('are told apart again when two branches merge without a conflict', () => {
    fc.assert(
      fc.property(blueprints(3), blueprints(3), blueprints(3), (common, ours, theirs) => {
        const names = new Set<string>();
        const [base, left, right] = [common, ours, theirs].map((sites) =>
          sites.filter(({ name }) => !names.has(name) && names.add(name)),
        ) as [typeof common, typeof common, typeof common];
        const start = planLayout(estateOf(inputOf(base)), EMPTY_LOCK).lock;
        const [one, other] = [left, right].map(
          (more) => planLayout(estateOf(inputOf([...base, ...more])), start).lock,
        ) as [Lock, Lock];
        const merged: Lock = {
          ...other,
          addresses: { ...other.addresses, ...one.addresses },
          shards: { ...other.shards, ...one.shards },
          chosen: { ...other.chosen, ...one.chosen },
        };
        const { lock } = planLayout(estateOf(inputOf([...base, ...left, ...right])), merged);
        expect(lock.addresses).toMatchObject(start.addresses);
        const blocks = Object.entries(lock.addresses).filter(([key]) => isNetworkKey(key));
        for (const [index, [, block]] of blocks.entries()) {
          expect(blocks.slice(index + 1).some(([, next]) => cidrsOverlap(cidr(block), cidr(next)))).toBe(false);
        }
        for (const [key, block] of Object.entries(lock.addresses)) {
          if (!key.endsWith('.nodes')) continue;
          const own = blocks.filter(([network]) =>
            network.startsWith(`${key.split('.').slice(0, 2).join('.')}.network`),
          );
          expect(own.some(([, network]) => cidrContains(cidr(network), cidr(block)))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
