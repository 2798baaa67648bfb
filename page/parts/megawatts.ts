/** Megawatts for a sentence or a card: to a tenth, and less than one to two digits, so that a small estate draws something. */
export function shortMegawatts(value: number): string {
  return value === 0 || value >= 1 ? value.toFixed(1) : String(Number(value.toPrecision(2)));
}
