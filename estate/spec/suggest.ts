/**
 * The candidate that is most like a misspelt text; undefined when none is close.
 *
 * Counts inserted, dropped, changed and swapped characters, without regard to case and separators, and accepts up to
 * one of them for each three characters.
 */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  const wanted = fold(text);
  let limit = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  let best: string | undefined;
  for (const candidate of [...new Set(candidates)].sort()) {
    const distance = editDistance(wanted, fold(candidate), limit);
    if (distance < limit) {
      best = candidate;
      limit = distance;
    }
  }
  return best;
}

/** `; did you mean "b200"?`, or nothing when no candidate is close. */
export function didYouMean(text: unknown, candidates: Iterable<string>): string {
  const suggestion = typeof text === 'string' ? nearest(text, candidates) : undefined;
  return suggestion === undefined ? '' : `; did you mean "${suggestion}"?`;
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[\s_.-]+/g, '-');
}

/** Optimal string alignment distance; `limit` as soon as it is sure to be at least that. */
function editDistance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) >= limit) return limit;
  let before: number[] = [];
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const changed = one[row - 1] === other[column - 1] ? 0 : 1;
      let least = Math.min(
        (previous[column] ?? limit) + 1,
        (current[column - 1] ?? limit) + 1,
        (previous[column - 1] ?? limit) + changed,
      );
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && swapped) least = Math.min(least, (before[column - 2] ?? limit) + 1);
      current.push(least);
    }
    if (Math.min(...current) >= limit) return limit;
    before = previous;
    previous = current;
  }
  return Math.min(previous[other.length] ?? limit, limit);
}
