import { type Cidr, parseCidr } from '../cidr';
import type { Estate } from './schema';

/** A block that the networks of the estate keep clear of. */
export interface ExcludedBlock {
  readonly block: Cidr;
  /** Why, as a message says it: `which addressing.exclude keeps free`. */
  readonly why: string;
}

/** The blocks that an estate must not use, because it says so or because something else has them. */
export function excludedBlocks({ exclude, used }: Estate['addressing']): readonly ExcludedBlock[] {
  const entries = [
    ...exclude.map((cidr) => ({ cidr, why: 'which addressing.exclude keeps free' })),
    ...used.map(({ cidr, note }) => ({ cidr, why: `which is in use already: ${note}` })),
  ];
  return entries.flatMap(({ cidr, why }) => {
    const block = parseCidr(cidr);
    return block === undefined ? [] : [{ block, why }];
  });
}
