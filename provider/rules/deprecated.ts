import type { ProviderDiagnostic } from '../protocol';
import { attributesOf, type BlockSchema, blocksOf } from '../schema';
import { isObject, type Value } from '../values';
import { type Located, locate, root } from './locate';

/** What a release marks as deprecated: paths of arguments and blocks, and an empty one for the whole type. */
export function deprecatedPaths(block: BlockSchema, prefix = ''): string[] {
  const attributes = Object.entries(attributesOf(block)).filter(([, { deprecated }]) => deprecated === true);
  return [
    ...(block.deprecated === true ? [prefix.slice(0, -1)] : []),
    ...attributes.map(([name]) => `${prefix}${name}`),
    ...Object.entries(blocksOf(block)).flatMap(([name, inner]) => deprecatedPaths(inner.block, `${prefix}${name}.`)),
  ];
}

/** Whether the configuration says something; what is known only after apply is said too. */
function isGiven({ value }: Located): boolean {
  return value !== null && !(Array.isArray(value) && value.length === 0);
}

/** Warnings of what the next major version of the provider drops, as the real provider gives them. */
export function checkDeprecated(typeName: string, block: BlockSchema, config: Value): ProviderDiagnostic[] {
  if (!isObject(config)) return [];
  return deprecatedPaths(block).flatMap((path): ProviderDiagnostic[] => {
    if (path === '') {
      const detail = `${typeName} goes with the next major version of the provider, whose documentation names what replaces it`;
      return [{ severity: 'warning', summary: 'Deprecated resource', detail, path: [] }];
    }
    return locate(block, path.split('.'), root(config))
      .filter((at) => nameOf(at) === path && isGiven(at))
      .map(({ text, steps }) => ({
        severity: 'warning',
        summary: 'Argument is deprecated',
        detail: `${text} goes with the next major version of the provider, whose documentation names what replaces it`,
        path: steps,
      }));
  });
}

/** The argument that was reached, without positions: short of the one looked for where a block on the way is absent. */
function nameOf({ text }: Located): string {
  return text.replace(/\[[^\]]*\]/g, '');
}
