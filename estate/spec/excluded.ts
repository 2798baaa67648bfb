import { type Cidr, parseCidr } from '../cidr';
import type { Path } from './positions';
import type { Estate } from './schema';

/** A block that the networks of the estate keep clear of. */
export interface ExcludedBlock {
  readonly block: Cidr;
  /** Why, as a message says it: `which addressing.exclude keeps free`. */
  readonly why: string;
  /** Place in the estate file. */
  readonly path: Path;
}

/** The blocks of networks that exist already, which all others keep clear of. */
export function existingBlocks({ sites }: Pick<Estate, 'sites'>): readonly ExcludedBlock[] {
  return Object.entries(sites).flatMap(([key, { network }]) =>
    (network.existing?.cidrs ?? []).flatMap((cidr, index) => {
      const block = parseCidr(cidr);
      const path = ['sites', key, 'network', 'existing', 'cidrs', index];
      return block === undefined ? [] : [{ block, why: `which the network of "${key}" has`, path }];
    }),
  );
}

/** The blocks that the company has at the other ends of links, which networks keep clear of. */
export function companyBlocks({ links }: Pick<Estate, 'links'>): readonly ExcludedBlock[] {
  return Object.entries(links).flatMap(([key, { to }]) =>
    (to?.onPremises.prefixes ?? []).flatMap((cidr, index) => {
      const block = parseCidr(cidr);
      const path = ['links', key, 'to', 'onPremises', 'prefixes', index];
      return block === undefined
        ? []
        : [{ block, why: `which "${to?.onPremises.name}" has at the end of a link`, path }];
    }),
  );
}

/** The blocks that an estate must not use, because it says so or because something else has them. */
export function excludedBlocks({ exclude, used }: Estate['addressing']): readonly ExcludedBlock[] {
  const entries = [
    ...exclude.map((cidr, index) => {
      return { cidr, why: 'which addressing.exclude keeps free', path: ['addressing', 'exclude', index] };
    }),
    ...used.map(({ cidr, note }, index) => {
      return { cidr, why: `which is in use already: ${note}`, path: ['addressing', 'used', index, 'cidr'] };
    }),
  ];
  return entries.flatMap(({ cidr, why, path }) => {
    const block = parseCidr(cidr);
    return block === undefined ? [] : [{ block, why, path }];
  });
}
