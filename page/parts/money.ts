import { parseSum, sumText } from '../../estate/money';

/** An exact sum as it is read, without its currency: `1573.12` as `1,573.12`. */
export function shownSum(text: string, currency: string): string {
  const sum = parseSum(`${text} ${currency}`);
  return sum === undefined ? text : sumText(sum).slice(0, -currency.length - 1);
}

const UNITS = [
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
] as const;

/** A sum in about three digits, for pictures: `1.12B`. */
export function aboutSum(value: number): string {
  const [size, unit] = UNITS.find(([each]) => value >= each) ?? [1, ''];
  const scaled = value / size;
  return `${Number(scaled.toFixed(scaled < 10 ? 2 : scaled < 100 ? 1 : 0))}${unit}`;
}
