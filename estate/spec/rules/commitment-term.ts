import { parseSum } from '../../money';
import { type Commitment, termOf } from '../commitments';
import { lookup } from '../lookup';
import type { Path } from '../positions';
import type { Estate } from '../schema';
import { quote } from '../words';
import type { Finding, Rule } from './rule';

/** Commitments have one term, with steps in it that ascend to their amount, and accounts of their cloud. */
export const commitmentTerm: Rule = {
  code: 'CommitmentTerm',
  severity: 'error',
  summary: 'commitments have one term, with steps in it that ascend to their amount, and accounts of their cloud',
  why: 'draw-down over a term that cannot be is no forecast',
  check(estate, report) {
    for (const [key, commitment] of Object.entries(estate.commitments)) {
      const path = ['commitments', key];
      const found = [...termFindings(commitment, path), ...rampFindings(commitment, path)];
      for (const finding of [...found, ...accountFindings(estate, commitment, path)]) report(finding);
    }
  },
};

function termFindings({ start, end, years }: Commitment, path: Path): readonly Finding[] {
  const at = [...path, 'end'];
  if (end === undefined) return [];
  if (start === undefined && years !== undefined) return [];
  if (start === undefined)
    return [{ path: at, value: end, message: 'the term ends but never begins', hint: 'add start' }];
  if (end <= start) return [{ path: at, value: end, message: `the term ends on ${end}, before it begins on ${start}` }];
  const { end: usual } = termOf({ start, years }) ?? {};
  if (usual === undefined || usual === end) return [];
  return [
    { path: at, value: end, message: `${years} years from ${start} end on ${usual}`, hint: 'leave out one of them' },
  ];
}

function rampFindings(commitment: Commitment, path: Path): readonly Finding[] {
  const { amount, ramp = [] } = commitment;
  const term = termOf(commitment);
  const whole = amount === 'undisclosed' ? undefined : parseSum(amount);
  return ramp.flatMap((step, index): Finding[] => {
    const [at, before] = [[...path, 'ramp', index], ramp[index - 1]];
    const [sum, last] = [parseSum(step.amount), before && parseSum(before.amount)];
    const day = (message: string, hint?: string) => ({
      path: [...at, 'by'],
      value: step.by,
      message,
      ...(hint && { hint }),
    });
    const money = (message: string) => ({ path: [...at, 'amount'], value: step.amount, message });
    const currency = whole ?? parseSum(ramp[0]?.amount ?? '');
    return [
      ...(term === undefined ? [day('the commitment has no term', 'add start, and years or end')] : []),
      ...(term !== undefined && (step.by < term.start || step.by > term.end)
        ? [day(`the step lies outside the term from ${term.start} to ${term.end}`)]
        : []),
      ...(before !== undefined && before.by >= step.by ? [day(`the step comes before that of ${before.by}`)] : []),
      ...(sum && currency && sum.currency !== currency.currency
        ? [money(`the commitment is in ${currency.currency}`)]
        : []),
      ...(sum && last && sum.parts < last.parts
        ? [money('it is less than the step before: steps count from the start')]
        : []),
      ...(sum && whole && sum.parts > whole.parts ? [money(`it is more than the commitment of ${amount}`)] : []),
    ];
  });
}

function accountFindings(
  { accounts }: Estate,
  { cloud, accounts: named = [] }: Commitment,
  path: Path,
): readonly Finding[] {
  return named.flatMap((key, index) => {
    const account = lookup(accounts, key);
    if (account === undefined || account.cloud === cloud) return [];
    const message = `account ${quote(key)} is on ${account.cloud}, the commitment on ${cloud}`;
    return [{ path: [...path, 'accounts', index], value: key, message }];
  });
}
