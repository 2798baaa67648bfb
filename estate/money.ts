import { formatCount } from './units';

/**
 * An exact sum of money: a whole number of tiny parts of one unit of a currency.
 *
 * The parts are chosen so that whatever is reckoned with prices comes out whole: hours, days, months (730 hours) and
 * years (8,760 hours) of each other, bytes of a TiB, and prices and rates of nine decimals each.
 */
export interface Sum {
  readonly currency: string;
  readonly parts: bigint;
}

/** Hours of a month, as providers reckon. */
export const MONTH_HOURS = 730n;
/** Bytes of a TiB. */
export const TIB = 2n ** 40n;
/** Decimals that a price or a rate may have. */
const DECIMALS = 9n;
/** Parts of one unit of a currency. */
export const PARTS = 12n * MONTH_HOURS * TIB * 10n ** (2n * DECIMALS);

const MAGNITUDE: Readonly<Record<string, bigint>> = { '': 1n, K: 10n ** 3n, M: 10n ** 6n, B: 10n ** 9n };
const WRITTEN = /^(\d+)(?:\.(\d+))?\s?([KMB]?)\s([A-Z]{3})$/;

/** Reads `38B USD` or `98.32 USD`; undefined when the text is no amount with a currency, or has too many decimals. */
export function parseSum(text: string): Sum | undefined {
  const [, whole, fraction = '', magnitude = '', currency] = WRITTEN.exec(text) ?? [];
  if (whole === undefined || currency === undefined || BigInt(fraction.length) > DECIMALS) return undefined;
  return { currency, parts: decimalTimes(whole, fraction, (MAGNITUDE[magnitude] ?? 1n) * PARTS) };
}

/** Multiplies a decimal text, such as `1.0842`, with parts that have room for its decimals. */
export function timesDecimal(parts: bigint, decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return decimalTimes(whole, fraction, parts);
}

function decimalTimes(whole: string, fraction: string, parts: bigint): bigint {
  return (BigInt(whole + fraction) * parts) / 10n ** BigInt(fraction.length);
}

/** Whether a currency is one that there is. */
export function isCurrency(code: string): boolean {
  known ??= new Set(Intl.supportedValuesOf('currency'));
  return known.has(code);
}

let known: ReadonlySet<string> | undefined;

/** Decimals of the smallest coin of a currency: 2 of the dollar, none of the yen. */
export function coinDecimals(currency: string): number {
  return isCurrency(currency)
    ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)
    : 2;
}

/** Most decimals that an amount is printed with: prices of small things have more than coins do. */
const SHOWN_DECIMALS = 6;

/** An amount as a decimal text, exact to a millionth, with the decimals of a coin at least: `1573.12`, `0.000032`. */
export function decimalText({ currency, parts }: Sum): string {
  const least = coinDecimals(currency);
  const [whole, fraction = ''] = rounded(parts, Math.max(SHOWN_DECIMALS, least)).split('.');
  const shown = fraction.replace(/0+$/, '').padEnd(least, '0');
  return shown === '' ? (whole ?? '0') : `${whole}.${shown}`;
}

/** An amount to a coin, with thousands apart and its currency: `1,573.12 USD`. */
export function sumText({ currency, parts }: Sum): string {
  const [whole = '0', fraction] = rounded(parts, coinDecimals(currency)).split('.');
  return `${formatCount(whole)}${fraction === undefined ? '' : `.${fraction}`} ${currency}`;
}

/** A sum as it is written in an estate file, in the largest unit that keeps it exact to two digits: `38.5B USD`. */
export function shortSum({ currency, parts }: Sum): string {
  const units = Object.entries(MAGNITUDE).reverse();
  const fits = ([, size]: readonly [string, bigint]) => parts >= size * PARTS && (parts * 100n) % (size * PARTS) === 0n;
  const [unit, size] = units.find(fits) ?? ['', 1n];
  const [whole = '0', fraction = ''] = rounded(parts / size, SHOWN_DECIMALS).split('.');
  const digits = fraction.replace(/0+$/, '');
  return `${formatCount(whole)}${digits === '' ? '' : `.${digits}`}${unit} ${currency}`;
}

/** A whole number of parts as a decimal text with so many decimals, halves away from zero. */
function rounded(parts: bigint, decimals: number): string {
  const scale = 10n ** BigInt(decimals);
  const size = parts < 0n ? -parts : parts;
  const units = (2n * size * scale + PARTS) / (2n * PARTS);
  const sign = parts < 0n && units > 0n ? '-' : '';
  const digits = units.toString().padStart(decimals + 1, '0');
  if (decimals === 0) return `${sign}${digits}`;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
