const QUANTITY = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)?$/;

const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Whether a value is a quantity of Kubernetes, such as `4`, `500m` or `16Gi`; bare numbers are taken too. */
export function isQuantity(value: unknown): value is string | number {
  return typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' && QUANTITY.test(value);
}

/** What a quantity amounts to, in its base unit; undefined where it is none. */
export function quantityOf(value: unknown): number | undefined {
  if (!isQuantity(value)) return undefined;
  if (typeof value === 'number') return value;
  const [, digits = '0', suffix = ''] = QUANTITY.exec(value) ?? [];
  return /^[eE][+-]?\d/.test(suffix) ? Number(`${digits}${suffix}`) : Number(digits) * (FACTORS[suffix] ?? 1);
}
