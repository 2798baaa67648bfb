import { firstName, partsFor } from '../../cli/link-parts';
import { linkedEstate, planOf } from '../helpers/linked';

const estate = linkedEstate({ west: { between: ['ohio', 'eastus2'], renamedFrom: 'east' } });

test('parts of links go by the keys of today and by those that entries had first', () => {
  const { links } = planOf(estate);
  expect(partsFor(['west/tunnel-1', 'east/tunnel-1'], links, estate).map(({ name }) => name)).toEqual([
    'east/tunnel-1',
    'east/tunnel-1',
  ]);
  expect(firstName('site:ohio/gateway', estate)).toBe('site:ohio/gateway');
  expect(() => partsFor(['north'], links, estate)).toThrow('no link has a part "north"');
});
