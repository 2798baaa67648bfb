import type { ProviderDiagnostic } from '../protocol';
import { attributesOf, type BlockSchema, blocksOf, type RecordedProvider, type TypeConstraint } from '../schema';
import type { Value } from '../values';
import { locate, root, segmentsOf } from './locate';

/** A recording, as far as it says which numbers may be fractions. */
export type Fractions = Pick<RecordedProvider, 'fractions'>;

/** Whether a number at a path of a type may be a fraction. */
export function takesFraction({ fractions }: Fractions, typeName: string, path: string): boolean {
  return fractions?.[typeName]?.includes(path.replace(/\[\]$/, '')) ?? false;
}

const known = new WeakMap<BlockSchema, readonly string[]>();

/** Paths of the numbers of a block, and of the elements of its lists of them. */
function numbers(block: BlockSchema): string[] {
  const own = Object.entries(attributesOf(block)).flatMap(([name, { type }]) => {
    if (type === 'number') return [name];
    return isListOfNumbers(type) ? [`${name}[]`] : [];
  });
  const nested = Object.entries(blocksOf(block)).flatMap(([name, inner]) =>
    numbers(inner.block).map((path) => `${name}.${path}`),
  );
  return [...own, ...nested];
}

/** Paths of the whole numbers of a type. */
function wholeNumbers(recorded: Fractions, typeName: string, block: BlockSchema): readonly string[] {
  const found = known.get(block) ?? numbers(block).filter((path) => !takesFraction(recorded, typeName, path));
  known.set(block, found);
  return found;
}

function isListOfNumbers(type: TypeConstraint): boolean {
  return typeof type !== 'string' && (type[0] === 'list' || type[0] === 'set') && type[1] === 'number';
}

/** Refuses fractions where the provider takes whole numbers only, which the recorded types do not say. */
export function checkWholeNumbers(
  recorded: Fractions,
  typeName: string,
  block: BlockSchema,
  config: Value,
): ProviderDiagnostic[] {
  const from = root(config);
  return wholeNumbers(recorded, typeName, block).flatMap((path) =>
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
