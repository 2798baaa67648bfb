import { partAt, partsOf } from '../estate/plan/parts';
import type { StacksPlan } from '../estate/plan/types';
import type { ResolvedEstate } from './app';

/** Says which entry of the estate file a construct of a stack comes from, such as `clusters.x.pools.y`. */
export type EstateKeyOf = (stack: string, construct: string) => string | undefined;

/** Finds the entries of the estate file that the stacks of a plan come from. */
export function estateKeys(plan: StacksPlan): EstateKeyOf {
  const stacks = partsOf(plan);
  return (stack, construct) => {
    const parts = stacks.get(stack);
    return parts && (partAt(parts, construct.split('/').slice(1))?.entry ?? parts.entry);
  };
}

/** Finds the entry of the estate file that a construct of a stack comes from, and where it is written. */
export type EstateFinder = (
  stack: string,
  construct: string,
) => { readonly estate: string; readonly at: string } | undefined;

/** The finder of an estate: an entry that was left out is found at the nearest one above it. */
export function estateFinder({ plan, loaded }: ResolvedEstate): EstateFinder {
  const keyOf = estateKeys(plan);
  return (stack, construct) => {
    const estate = keyOf(stack, construct);
    if (estate === undefined) return undefined;
    const { file, line } = loaded.positions.locate(estate.split('.'), 'key');
    return { estate, at: `${file}:${line}` };
  };
}
