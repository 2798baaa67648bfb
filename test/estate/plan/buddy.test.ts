import fc from 'fast-check';
import { cidr, cidrContains, cidrSize, cidrsOverlap, formatCidr } from '../../../estate/cidr';
import { Buddy, fillOf } from '../../../estate/plan/buddy';

const prefixes = fc.array(fc.integer({ min: 17, max: 28 }), { maxLength: 40 });

describe('Buddy', () => {
  test('allocates aligned, disjoint blocks inside the pool', () => {
    fc.assert(
      fc.property(prefixes, (sizes) => {
        const buddy = new Buddy(cidr('10.0.0.0/16'));
        const taken = sizes.flatMap((prefix) => buddy.allocate(prefix) ?? []);
        for (const [index, block] of taken.entries()) {
          expect(block.base % cidrSize(block)).toBe(0);
          expect(cidrContains(buddy.pool, block)).toBe(true);
          expect(taken.slice(0, index).some((other) => cidrsOverlap(other, block))).toBe(false);
        }
        expect(buddy.freeAddresses).toBe(65536 - taken.reduce((sum, block) => sum + cidrSize(block), 0));
      }),
    );
  });

  test('refuses a block only when no free block is large enough', () => {
    const buddy = new Buddy(cidr('10.0.0.0/22'));
    expect(buddy.reserve(cidr('10.0.1.0/24'))).toBe(true);
    expect(buddy.allocate(22)).toBeUndefined();
    expect(formatCidr(buddy.allocate(23) ?? cidr('0.0.0.0/0'))).toBe('10.0.2.0/23');
    expect(formatCidr(buddy.allocate(24) ?? cidr('0.0.0.0/0'))).toBe('10.0.0.0/24');
    expect(fillOf(buddy)).toBe(1);
  });

  test('takes the smallest free block that fits, so that large ones stay whole', () => {
    const buddy = new Buddy(cidr('10.0.0.0/16'));
    buddy.reserve(cidr('10.0.128.0/24'));
    expect(formatCidr(buddy.allocate(24) ?? cidr('0.0.0.0/0'))).toBe('10.0.129.0/24');
  });

  test('does not give the same block twice', () => {
    const buddy = new Buddy(cidr('10.0.0.0/24'));
    expect(buddy.reserve(cidr('10.0.0.0/25'))).toBe(true);
    expect(buddy.reserve(cidr('10.0.0.64/26'))).toBe(false);
    expect(buddy.reserve(cidr('10.0.0.0/24'))).toBe(false);
  });

  test('excludes what overlaps, whether larger, smaller or outside', () => {
    const buddy = new Buddy(cidr('10.0.0.0/16'));
    buddy.exclude(cidr('10.0.0.0/17'));
    buddy.exclude(cidr('10.0.0.0/18'));
    buddy.exclude(cidr('11.0.0.0/16'));
    buddy.exclude(cidr('10.0.192.0/20'));
    expect(buddy.freeAddresses).toBe(32768 - 4096);
    buddy.exclude(cidr('0.0.0.0/0'));
    expect(buddy.freeAddresses).toBe(0);
  });
});
