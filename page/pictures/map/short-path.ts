/**
 * A path of absolute `M`, `L` and `Z` with one decimal, written as short as it can be: each point by its distance to the one
 * before it.
 */
export function shortPath(path: string): string {
  let [x, y, before] = [0, 0, ''];
  const parts = [...path.matchAll(/([MLZ])(?:(-?[\d.]+),(-?[\d.]+))?/g)].map(([, command = '', left, top]) => {
    // Tenths are whole numbers, so that no error adds up.
    const [nextX, nextY] = [left, top].map((text) => Math.round(Number(text ?? 0) * 10));
    if (command === 'Z' || nextX === undefined || nextY === undefined) {
      before = command;
      return 'z';
    }
    const [dx, dy] = [nextX - x, nextY - y];
    if (command === 'L' && dx === 0 && dy === 0) return '';
    const isNext = command === 'L' && before === 'L';
    [x, y, before] = [nextX, nextY, command];
    if (command === 'M') return `M${tenths(nextX)}${following(nextY)}`;
    return isNext ? `${following(dx)}${following(dy)}` : `l${tenths(dx)}${following(dy)}`;
  });
  return parts.join('');
}

function tenths(value: number): string {
  return String(value / 10).replace(/^(-?)0\./, '$1.');
}

/** A number behind another one: what is negative needs nothing between. */
function following(value: number): string {
  return value < 0 ? tenths(value) : ` ${tenths(value)}`;
}
