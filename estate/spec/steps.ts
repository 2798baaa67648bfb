/** The number itself, or the nearest of some sorted numbers below and above it. */
export function nearestOf(wanted: number, sorted: readonly number[]): readonly number[] {
  const below = sorted.filter((one) => one <= wanted).at(-1);
  const above = sorted.find((one) => one >= wanted);
  return [...new Set([below, above])].filter((valid) => valid !== undefined);
}
