import { quantityOf } from '../quantity';

/**
 * A quantity of a resource as Kubernetes counts it, rounded up: thousandths of cores for `cpu`, else whole units.
 * Undefined where it is no quantity.
 */
export function quantity(resource: string, written: unknown): number | undefined {
  const value = quantityOf(written);
  if (value === undefined) return undefined;
  // A product of powers of ten is off by the last bit, which must not make a whole unit more.
  return Math.ceil(Number((resource === 'cpu' ? value * 1000 : value).toPrecision(15)));
}

const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL = ['k', 'M', 'G', 'T', 'P', 'E'];

/** A quantity as Kueue prints it in its messages. */
export function formatQuantity(resource: string, value: number): string {
  if (resource === 'cpu') return value % 1000 === 0 ? withSuffix(value / 1000, 1000, DECIMAL) : `${value}m`;
  return resource === 'memory' ? withSuffix(value, 1024, BINARY) : withSuffix(value, 1000, DECIMAL);
}

/** Whole multiples have a suffix: `5k`. */
function withSuffix(value: number, step: number, suffixes: readonly string[]): string {
  let left = value;
  let power = 0;
  while (left !== 0 && left % step === 0 && power < suffixes.length) {
    left /= step;
    power++;
  }
  return `${left}${suffixes[power - 1] ?? ''}`;
}
