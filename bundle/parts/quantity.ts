/** A binary unit above GiB, and how many of the one before it it holds. */
const STEP = 1024;
const UNITS = ['Gi', 'Ti', 'Pi', 'Ei'] as const;

/** A number of something as Kubernetes writes it; GiB of memory in the largest unit that divides it, as it is kept there. */
export function quantity(resource: string, value: number): string {
  if (resource !== 'memory') return String(value);
  if (!Number.isInteger(value)) return `${Math.floor(value * STEP)}Mi`;
  let [rest, unit] = [value, 0];
  while (rest !== 0 && rest % STEP === 0 && unit < UNITS.length - 1) {
    rest /= STEP;
    unit += 1;
  }
  return `${rest}${rest === 0 ? '' : UNITS[unit]}`;
}
