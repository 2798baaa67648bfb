import type { ProviderDiagnostic } from '../protocol';
import { attributesOf, type BlockSchema, blocksOf, type ProviderName, type TypeConstraint } from '../schema';
import type { Value } from '../values';
import recorded from './fractions.json';
import { locate, root, segmentsOf } from './locate';

/** Names of arguments that take fractions in some type of their provider; all other numbers are whole. */
const FRACTIONS: Readonly<Record<ProviderName, readonly string[]>> = recorded;

/** Whether an argument of this name may be a fraction. */
export function takesFraction(provider: ProviderName, name: string): boolean {
  return FRACTIONS[provider].includes(name);
}

const paths = new WeakMap<BlockSchema, readonly string[]>();

/** Paths of the arguments of a block that are whole numbers, or lists of them. */
function wholeNumbers(provider: ProviderName, block: BlockSchema): readonly string[] {
  const known = paths.get(block);
  if (known !== undefined) return known;
  const own = Object.entries(attributesOf(block)).flatMap(([name, { type }]) => {
    if (takesFraction(provider, name)) return [];
    if (type === 'number') return [name];
    return isListOfNumbers(type) ? [`${name}[]`] : [];
  });
  const nested = Object.entries(blocksOf(block)).flatMap(([name, inner]) =>
    wholeNumbers(provider, inner.block).map((path) => `${name}.${path}`),
  );
  const found = [...own, ...nested];
  paths.set(block, found);
  return found;
}

function isListOfNumbers(type: TypeConstraint): boolean {
  return typeof type !== 'string' && (type[0] === 'list' || type[0] === 'set') && type[1] === 'number';
}

/** Refuses fractions where the provider takes whole numbers only, which the recorded types do not say. */
export function checkWholeNumbers(provider: ProviderName, block: BlockSchema, config: Value): ProviderDiagnostic[] {
  const from = root(config);
  return wholeNumbers(provider, block).flatMap((path) =>
    locate(block, segmentsOf(path), from)
      .filter(({ value }) => typeof value === 'number' && !Number.isInteger(value))
      .map(({ value, steps, text }) => ({
        severity: 'error' as const,
        summary: `Value not accepted for ${text}`,
        detail: `${text} is ${value}; allowed: a whole number`,
        path: steps,
      })),
  );
}
