import fc from 'fast-check';
import { EstateError } from '../../../estate/diagnostics';
import { EMPTY_LOCK, formatLock, type Lock, packKeys, parseLock, unpackKeys } from '../../../estate/plan/lock';

const LOCK: Lock = {
  ...EMPTY_LOCK,
  addresses: { 'sites.b.network': '10.65.0.0/16', 'sites.a.network': '10.64.0.0/16' },
  shards: { train: { '1': { pool: ['1-10', 'r0a1b2c3d'] } } },
};

describe('lock file', () => {
  test('reads what it writes', () => {
    expect(parseLock(formatLock(LOCK), 'estate.lock.json')).toEqual(LOCK);
    expect(parseLock(formatLock(EMPTY_LOCK), 'estate.lock.json')).toEqual(EMPTY_LOCK);
  });

  test('is sorted, one entry a line, and ends with a line break', () => {
    const text = formatLock(LOCK);
    expect(text.indexOf('sites.a')).toBeLessThan(text.indexOf('sites.b'));
    expect(text).toContain('"pool": ["1-10", "r0a1b2c3d"]');
    expect(text.endsWith('}\n')).toBe(true);
  });

  test('packs runs of ordinals and gives them back', () => {
    expect(packKeys(['3', '1', '2', '7', 'rdeadbeef', 'rdeadbeef-2'])).toEqual([
      '1-3',
      '7',
      'rdeadbeef',
      'rdeadbeef-2',
    ]);
    const keys = fc.uniqueArray(
      fc.oneof(fc.integer({ min: 1, max: 60 }).map(String), fc.stringMatching(/^r[0-9a-f]{8}$/)),
    );
    fc.assert(fc.property(keys, (list) => expect(unpackKeys(packKeys(list)).sort()).toEqual([...list].sort())));
  });

  test.each([
    ['not JSON', '{', /not JSON/],
    ['merge marks', '<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n', /merge conflict/],
    ['no version', JSON.stringify({ ...LOCK, version: undefined }), /damaged at "version"/],
    ['an older version', JSON.stringify({ ...LOCK, version: 0 }), /damaged at "version"/],
    [
      'a range with host bits',
      JSON.stringify({ ...LOCK, addresses: { a: '10.0.0.1/16' } }),
      /damaged at "addresses.a"/,
    ],
    ['a range that is none', JSON.stringify({ ...LOCK, addresses: { a: 'banana' } }), /canonical IPv4 block/],
    [
      'a stack that is none',
      JSON.stringify({ ...LOCK, chosen: { 'stores.a': { stack: 0 } } }),
      /chosen.stores.a.stack"/,
    ],
    ['an entry without its kind', JSON.stringify({ ...LOCK, guarded: { 'stores.a': {} } }), /damaged at "guarded/],
  ])('fails when it holds %s', (_what, text, message) => {
    const read = () => parseLock(text, 'estate.lock.json');
    expect(read).toThrow(EstateError);
    expect(read).toThrow(message);
  });

  test.each([
    ['another version', { version: 2 }, 'version 2'],
    ['an unknown map', { rings: {}, more: 1 }, '"rings", "more"'],
    ['an unknown choice', { chosen: { 'clusters.a': { kubernetes: '1.35', rings: 2 } } }, '"chosen.clusters.a.rings"'],
    ['an unknown kind', { guarded: { 'rings.a': { kind: 'ring', site: 'a' } } }, '"guarded.rings.a.kind"'],
    [
      'an unknown fact of something kept',
      { retired: { 'sites.a.stores.b': { kind: 'object', site: 'a', ring: 1 } } },
      '"retired.sites.a.stores.b.ring"',
    ],
  ])('of a newer release, with %s, asks for that release', (_what, more, unknown) => {
    const read = () => parseLock(JSON.stringify({ ...LOCK, ...more }), 'estate.lock.json');
    expect(read).toThrow(EstateError);
    try {
      read();
    } catch (error) {
      expect(error instanceof EstateError && error.diagnostics).toEqual([
        {
          code: 'LockNewer',
          severity: 'error',
          path: 'estate.lock.json',
          message: `the lock file is written by a newer release of training-estate: this one does not know ${unknown}`,
          hint: 'upgrade training-estate to the release that wrote it; an older one would lose what it does not know',
        },
      ]);
    }
  });
});
