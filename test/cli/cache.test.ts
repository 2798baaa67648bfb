import { readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cache, cacheSize, clearCache, hashOf, memoryCache, NO_CACHE, openCache } from '../../cli/cache';
import { readTree, withFolder } from '../helpers/synth';

/** The files of the entries. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test.each<[string, (folder: string) => Cache]>([
  ['in a folder', (folder) => openCache(folder)],
  ['of one run', () => memoryCache()],
])('a cache %s gives back what was put, by kind and key', (_name, open) =>
  withFolder((folder) => {
    const cache = open(folder);
    cache.put('plans', 'one', { a: [1, 'b'] });
    cache.put('synthesis', 'one', 'other');
    expect(['plans', 'synthesis', 'templates'].map((kind) => cache.get(kind as 'plans', 'one'))).toEqual([
      { a: [1, 'b'] },
      'other',
      undefined,
    ]);
    expect(cache.get('plans', 'two')).toBeUndefined();
  }),
);

test.each<[string, (file: string) => void]>([
  ['is empty', (file) => writeFileSync(file, '')],
  ['is cut off', (file) => truncateSync(file, statSync(file).size - 3)],
  ['was changed', (file) => writeFileSync(file, readFileSync(file, 'utf8').replace('right', 'wrong'))],
  ['is of something else', (file) => writeFileSync(file, '{"a":1}')],
])('an entry that %s is made again', (_name, spoil) =>
  withFolder((folder) => {
    const cache = openCache(folder);
    cache.put('plans', 'one', 'right');
    for (const file of filesIn(folder)) spoil(file);
    expect(cache.get('plans', 'one')).toBeUndefined();
    cache.put('plans', 'one', 'right');
    expect(cache.get('plans', 'one')).toBe('right');
  }),
);

test('a folder that cannot be written to keeps nothing and stops nobody', () =>
  withFolder((folder) => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const cache = openCache(join(file, 'below'));
    cache.put('plans', 'one', 'value');
    expect(cache.get('plans', 'one')).toBeUndefined();
  }));

test('entries that were used least recently go when there are too many bytes', () =>
  withFolder((folder) => {
    // Counted with each entry, since an entry is more than a 64th of the bound.
    const cache = openCache(folder, 5_000, 3_000);
    const value = 'x'.repeat(900);
    for (const key of ['a', 'b', 'c', 'd']) cache.put('plans', key, value);
    const hour = 3600 * 1000;
    for (const file of filesIn(folder)) utimesSync(file, new Date(Date.now() - hour), new Date(Date.now() - hour));
    expect(cache.get('plans', 'a')).toBe(value);
    cache.put('plans', 'e', value);
    cache.put('plans', 'f', value);
    expect(['a', 'e', 'f'].map((key) => cache.get('plans', key) === value)).toEqual([true, true, true]);
    expect(cacheSize(folder).bytes).toBeLessThanOrEqual(3_000);
  }));

test('entries of many short runs are counted once a day', () =>
  withFolder((folder) => {
    const value = 'x'.repeat(900);
    const run = (key: string) => openCache(folder, 1_000_000, 3_000).put('plans', key, value);
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) run(key);
    expect(cacheSize(folder).bytes).toBeGreaterThan(7_000);
    const later = (key: string) => openCache(folder, 7_000, 3_000).put('plans', key, value.slice(0, 20));
    later('i');
    expect(cacheSize(folder).bytes).toBeGreaterThan(7_000);
    const [mark = ''] = filesIn(folder).filter((file) => file.endsWith('counted'));
    const twoDaysAgo = new Date(Date.now() - 48 * 3600 * 1000);
    utimesSync(mark, twoDaysAgo, twoDaysAgo);
    later('j');
    expect(cacheSize(folder).bytes).toBeLessThanOrEqual(3_000);
  }));

test('clearing removes the entries and nothing else', () =>
  withFolder((folder) => {
    openCache(folder).put('plans', 'one', 'value');
    writeFileSync(join(folder, 'mine.txt'), 'kept');
    expect(clearCache(folder)).toEqual({ entries: 1, bytes: expect.any(Number) });
    expect(readTree(folder)).toEqual({ 'mine.txt': 'kept' });
    expect(clearCache(folder)).toEqual({ entries: 0, bytes: 0 });
  }));

test('is none without a folder', () => {
  const { ESTATE_CACHE } = process.env;
  delete process.env.ESTATE_CACHE;
  try {
    expect([openCache(), cacheSize()]).toEqual([NO_CACHE, { entries: 0, bytes: 0 }]);
  } finally {
    process.env.ESTATE_CACHE = ESTATE_CACHE;
  }
});

test('no text runs into the next one in a hash', () => {
  expect(hashOf('ab', 'c')).not.toBe(hashOf('a', 'bc'));
  expect(hashOf('', 'a')).not.toBe(hashOf('a', ''));
  expect(hashOf('a')).toBe(hashOf('a'));
});
