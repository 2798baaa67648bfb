import type { ProviderName } from '../../provider/schema';
import type { Asker } from './asker';
import { askAll, interviewOf, wantedBy } from './interview';
import type { Outline } from './leaves';
import type { Relations } from './relations';

/** How providers say that a number has to be whole. */
const WHOLE = /whole number|an integer|int64|unconvertible/;

/** Paths of the numbers that may be fractions, which types do not tell from whole ones. */
export async function askFractions(
  asker: Asker,
  provider: ProviderName,
  outline: Outline,
  relations: Relations,
): Promise<string[]> {
  const interview = interviewOf(asker, provider, outline, relations);
  const numbers = [...interview.subjects.values()].filter(({ kind }) => kind === 'number');
  await askAll(
    interview,
    wantedBy(numbers, () => [0.5, 1.5]),
  );
  const fractions = numbers.filter(({ messages }) => ![...messages].some((message) => WHOLE.test(message)));
  return fractions.map(({ path }) => path.replace(/\[\]$/, '')).sort();
}
