import fc from 'fast-check';
import { fitName, hash8, type NameLimit } from '../../estate/name';

const SOURCE = { source: 'test', checked: '2026-11' };
const DASHED: NameLimit = { maxLength: 20, allowed: /[a-z0-9-]/, separator: '-', ...SOURCE };
const BARE: NameLimit = { maxLength: 12, allowed: /[a-z0-9]/, separator: '', ...SOURCE };
const GLOBAL: NameLimit = { maxLength: 24, allowed: /[a-z0-9]/, separator: '', global: true, ...SOURCE };

describe('names', () => {
  test('joins short parts as they are, in lower case', () => {
    expect(fitName(['atlas', 'Ohio', 'nodes'], DASHED)).toBe('atlas-ohio-nodes');
  });

  test('ends a name that is too long with a hash of the whole', () => {
    const name = fitName(['atlas', 'a-rather-long-cluster', 'nodes'], DASHED);
    expect(name).toBe(`atlas-a-rat-${hash8('/atlas-a-rather-long-cluster-nodes')}`);
    expect(name).toHaveLength(20);
  });

  test('keeps a word and a number together where no separator is allowed', () => {
    expect(fitName(['train', '12'], BARE)).toBe('train12');
    expect(fitName(['train1', '2'], BARE)).not.toBe('train12');
  });

  test('ends a name that would lose characters with a hash, so that two inputs never meet', () => {
    expect(fitName(['a-b', '1'], BARE)).not.toBe(fitName(['ab', '1'], BARE));
    expect(fitName(['gb300', 'train'], BARE)).toMatch(/^gb30[0-9a-f]{8}$/);
  });

  test('puts the account into the hash of a name that is unique beyond it', () => {
    const one = fitName(['atlas', 'data'], GLOBAL, 'account-1');
    expect(one).toMatch(/^atlasdata[0-9a-f]{8}$/);
    expect(fitName(['atlas', 'data'], GLOBAL, 'account-2')).not.toBe(one);
  });

  test('always fits its limit and depends on nothing but its input', () => {
    const parts = fc.array(fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(parts, fc.constantFrom(DASHED, BARE, GLOBAL), (words, limit) => {
        const name = fitName(words, limit, 'scope');
        expect(name.length).toBeLessThanOrEqual(limit.maxLength);
        expect([...name].every((character) => limit.allowed.test(character))).toBe(true);
        expect(fitName(words, limit, 'scope')).toBe(name);
      }),
    );
  });
});
