import { addTags, identityTags, LIMITS, physicalName, resourceTags } from '../../../constructs/aws';
import { codeOf, emptyStack } from './scene';

describe('names', () => {
  test('come from the parts, and end with a hash when they are too long', () => {
    expect(physicalName(['atlas', 'ohio', 'storage'], LIMITS.keyAlias)).toBe('atlas-ohio-storage');
    const long = physicalName(['atlas', 'x'.repeat(300)], LIMITS.keyAlias);
    expect(long).toMatch(/-[0-9a-f]{8}$/);
    expect(long.length).toBeLessThanOrEqual(LIMITS.keyAlias.maxLength);
  });

  test('have limits with a source', () => {
    for (const { source, checked } of Object.values(LIMITS)) {
      expect(source).toMatch(/^https:/);
      expect(checked).toMatch(/^\d{4}-\d{2}$/);
    }
  });
});

describe('tags', () => {
  test('keep what AWS allows and lose what it does not', () => {
    expect(resourceTags({ team: 'a&b (c)', owner: 'ops@example.com', long: 'y'.repeat(300) })).toEqual({
      team: 'a-b -c-',
      owner: 'ops@example.com',
      long: 'y'.repeat(256),
    });
  });

  test('that never change are estate, cluster and managed-by', () => {
    const all = { estate: 'atlas', cluster: 'ohio', 'managed-by': 'training-estate', team: 'a', 'cost-center': 'cc-1' };
    expect(identityTags(all)).toEqual({ estate: 'atlas', cluster: 'ohio', 'managed-by': 'training-estate' });
  });
});

describe('addTags', () => {
  const tags = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, 'a']));

  test.each([
    ['as many as a resource takes', tags(50), undefined],
    ['one more', tags(51), 'TagInvalid'],
    ['one of AWS', { 'aws:cloudformation:stack-name': 'a' }, 'TagInvalid'],
    ['one of AWS in capitals', { 'AWS:team': 'a' }, 'TagInvalid'],
    ['one without a key', { '': 'a' }, 'TagInvalid'],
  ])('with %s is refused with a code or adds them', (_what, wanted, code) => {
    expect(codeOf(() => addTags(emptyStack(), wanted))).toBe(code);
  });
});
