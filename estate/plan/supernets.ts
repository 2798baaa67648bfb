import { CLOUDS, NETWORK_RANGES } from '../catalog';
import { type Cidr, cidr, cidrSize } from '../cidr';
import { companyBlocks, excludedBlocks, existingBlocks } from '../spec/excluded';
import type { Estate } from '../spec/schema';
import type { AddressPlan, SupernetPlan } from './address-types';
import { isBlockKey } from './blocks';
import { Buddy } from './buddy';
import { accountOf } from './identity';

/** How full the supernet of each cloud is in which the estate has a site. */
export function planSupernets(estate: Estate, { addresses, released }: AddressPlan): readonly SupernetPlan[] {
  const used = new Set(Object.keys(estate.sites).map((site) => accountOf(estate, site).cloud));
  const excluded = [...excludedBlocks(estate.addressing), ...existingBlocks(estate), ...companyBlocks(estate)].map(
    ({ block }) => block,
  );
  return CLOUDS.filter((cloud) => used.has(cloud)).map((cloud): SupernetPlan => {
    const block = estate.addressing.supernets[cloud] ?? NETWORK_RANGES.supernets[cloud].cidr;
    const supernet = new Buddy(cidr(block));
    return {
      cloud,
      cidr: block,
      size: cidrSize(supernet.pool),
      allocated: takeOut(supernet, networksIn(addresses)),
      released: takeOut(supernet, networksIn(released)),
      excluded: takeOut(supernet, excluded),
      free: supernet.freeAddresses,
    };
  });
}

function networksIn(blocks: AddressPlan['addresses']): readonly Cidr[] {
  return Object.entries(blocks).flatMap(([key, block]) => (isBlockKey(key) ? cidr(block) : []));
}

/** Takes blocks out of a supernet and returns how many of its free addresses went with them. */
function takeOut(supernet: Buddy, blocks: readonly Cidr[]): number {
  const before = supernet.freeAddresses;
  for (const block of blocks) supernet.exclude(block);
  return before - supernet.freeAddresses;
}
