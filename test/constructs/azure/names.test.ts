import { LIMITS, physicalName, resourceId, resourceTags } from '../../../constructs/azure';

describe('names of Azure', () => {
  test.each([
    [['train', '1'], 'train1'],
    [['train', '12'], 'train12'],
  ])('joins %j to the node pool %s', (parts, name) => {
    expect(physicalName(parts, LIMITS.nodePool)).toBe(name);
  });

  test('gives pools whose names cannot be told apart a hash, within 12 characters', () => {
    const names = [
      ['train1', '1'],
      ['train', '11'],
      ['a-long-pool', '3'],
      ['train', '1'],
    ].map((parts) => physicalName(parts, LIMITS.nodePool));
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9]{0,11}$/);
  });

  test('makes names that all of Azure shares depend on the subscription', () => {
    const one = physicalName(['atlas-datasets'], LIMITS.storageAccount, 'subscription-1');
    expect(one).toMatch(/^[a-z0-9]{3,24}$/);
    expect(physicalName(['atlas-datasets'], LIMITS.storageAccount, 'subscription-2')).not.toBe(one);
    expect(physicalName(['a-site-with-a-very-long-name-stores'], LIMITS.keyVault, 's')).toMatch(
      /^[a-z][a-z0-9-]{2,23}$/,
    );
  });

  test('builds ids from names', () => {
    const scope = { subscriptionId: 's', resourceGroupName: 'g' };
    expect(resourceId(scope, 'Microsoft.Network/virtualNetworks/subnets', 'v', 'n')).toBe(
      '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/n',
    );
  });

  test('keeps tags within what Azure takes', () => {
    expect(resourceTags({ 'cost-center': 'x'.repeat(300), 'a/b': 'c' })).toEqual({
      'cost-center': 'x'.repeat(256),
      'a-b': 'c',
    });
  });

  test('says where every limit comes from', () => {
    for (const limit of Object.values(LIMITS)) {
      expect(limit.source).toMatch(/^https:/);
      expect(limit.checked).toMatch(/^\d{4}-\d{2}$/);
    }
  });
});
