import { type Commitment, countsOf, termOf } from '../commitments';
import type { Rule } from './rule';

/** No spend draws down two commitments. */
export const commitmentShared: Rule = {
  code: 'CommitmentShared',
  severity: 'error',
  summary: 'no spend draws down two commitments',
  why: 'the same money would be counted twice, and both would seem to be drawn down',
  check(estate, report) {
    const entries = Object.entries(estate.commitments).filter(([, { start }]) => start !== undefined);
    for (const [index, [key, commitment]] of entries.entries()) {
      const first = entries.slice(0, index).find(([, other]) => isShared(other, commitment));
      if (first === undefined) continue;
      const message = `spend on ${commitment.cloud} draws down ${first[0]} too`;
      const hint = 'give each accounts, counts or a term of its own';
      report({ path: ['commitments', key], value: key, message, hint, on: 'key' });
    }
  },
};

function isShared(one: Commitment, other: Commitment): boolean {
  const [first, second] = [termOf(one), termOf(other)];
  if (one.cloud !== other.cloud || first === undefined || second === undefined) return false;
  const isAtOnce = first.start <= second.end && second.start <= first.end;
  const isOfBoth = countsOf(one).some((kind) => countsOf(other).includes(kind));
  const { accounts: own } = one;
  const { accounts: theirs } = other;
  return isAtOnce && isOfBoth && (!own || !theirs || own.some((account) => theirs.includes(account)));
}
