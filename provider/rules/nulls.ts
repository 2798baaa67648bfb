import type { ProviderDiagnostic } from '../protocol';
import { attributesOf, type BlockSchema, blocksOf, type TypeConstraint } from '../schema';
import { elementType, isObject, type Value } from '../values';

function inType(type: TypeConstraint, value: Value): boolean {
  if (typeof type === 'string') return false;
  if (Array.isArray(value)) {
    return value.some((element, index) => element === null || inType(elementType(type, index), element));
  }
  if (!isObject(value)) return false;
  return Object.entries(value).some(([name, element]) => inType(elementType(type, name), element));
}

function inBlock(
  block: BlockSchema,
  config: Value,
  steps: readonly (string | number)[],
  ended: boolean,
): ProviderDiagnostic[] {
  if (!isObject(config)) return [];
  const own = Object.entries(attributesOf(block)).flatMap(([name, { type }]): ProviderDiagnostic[] =>
    inType(type, config[name] ?? null)
      ? [
          {
            severity: 'error',
            summary: `Null value in ${name}`,
            detail: `${name} holds a null among its elements; leave it out, such as by compact()`,
            path: ended ? steps : [...steps, name],
          },
        ]
      : [],
  );
  const nested = Object.entries(blocksOf(block)).flatMap(([name, { block: inner, nesting_mode: mode }]) => {
    const value = config[name] ?? null;
    const at = ended ? steps : [...steps, name];
    if (!Array.isArray(value)) return inBlock(inner, value, at, ended);
    const endsHere = ended || mode === 'set';
    return value.flatMap((each, index) => inBlock(inner, each, endsHere ? at : [...at, index], endsHere));
  });
  return [...own, ...nested];
}

/** Refuses nulls among the elements of lists and sets, which the providers' SDK does when it plans. */
export function checkNulls(block: BlockSchema, config: Value): ProviderDiagnostic[] {
  return inBlock(block, config, [], false);
}
