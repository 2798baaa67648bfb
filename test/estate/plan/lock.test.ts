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
    ['another version', JSON.stringify({ ...LOCK, version: 2 }), /damaged at "version"/],
    [
      'a range with host bits',
      JSON.stringify({ ...LOCK, addresses: { a: '10.0.0.1/16' } }),
      /damaged at "addresses.a"/,
    ],
    ['a range that is none', JSON.stringify({ ...LOCK, addresses: { a: 'banana' } }), /canonical IPv4 block/],
    ['an unknown key', JSON.stringify({ ...LOCK, more: 1 }), /damaged/],
  ])('fails when it holds %s', (_what, text, message) => {
    const read = () => parseLock(text, 'estate.lock.json');
    expect(read).toThrow(EstateError);
    expect(read).toThrow(message);
  });
});
