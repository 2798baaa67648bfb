import { type CommitmentRow, shortfallTotal } from '../../../estate/report/commitments';
import { counted } from '../../../estate/spec/words';
import { aboutSum, shownSum } from '../../parts/money';

/** What commitments are expected to fall short by, in a few words; empty where nothing is known of it. */
export function shortfallNote(rows: readonly CommitmentRow[]): string {
  const total = shortfallTotal(rows);
  if (total === undefined) return '';
  const { shortfall, currency } = total;
  return Number(shortfall) === 0
    ? 'all of it is expected to be spent'
    : `${aboutSum(Number(shortfall))} ${currency} of it is not expected to be spent`;
}

/** The same to the coin, in a sentence, with what nothing is known of. */
export function shortfallText(rows: readonly CommitmentRow[]): string {
  const total = shortfallTotal(rows);
  if (total === undefined) return '';
  const { shortfall, currency, known, unknown } = total;
  const what =
    Number(shortfall) === 0
      ? `All of ${counted(known, 'commitment')} is`
      : `Of ${counted(known, 'commitment')} ${shownSum(shortfall, currency)} ${currency} is not`;
  const rest = unknown === 0 ? '' : `; of ${unknown} more the sum or the term is not known`;
  return `${what} expected to be spent by the end of the term, by prices, windows and phases${rest}.`;
}
