import type { PathStep, ProviderDiagnostic } from '../protocol';
import { attributesOf, type BlockSchema, blocksOf, type ProviderName } from '../schema';
import { isObject, type Value } from '../values';

/**
 * What Azure's provider takes as tags, wherever it takes some.
 *
 * Source: resourcemanager/tags of go-azure-helpers and the validators of storage accounts in azurerm v4.81.0; its answers
 * for all 405 arguments of this name. Checked 2026-11.
 */
const LONGEST = { count: 50, key: 512, value: 256 } as const;

/** Storage accounts take shorter keys. */
const LONGEST_KEYS: Readonly<Record<string, number>> = { azurerm_storage_account: 128 };

function problemOf(tags: Readonly<Record<string, Value>>, longestKey: number): string | undefined {
  const keys = Object.keys(tags);
  if (keys.length > LONGEST.count) return `${keys.length} tags; allowed: at most ${LONGEST.count}`;
  const key = keys.find((each) => Buffer.byteLength(each) > longestKey);
  if (key !== undefined) return `the key ${JSON.stringify(key)} is longer than ${longestKey} characters`;
  const long = keys.find((each) => {
    const value = tags[each];
    return typeof value === 'string' && Buffer.byteLength(value) > LONGEST.value;
  });
  return long === undefined
    ? undefined
    : `the value of ${JSON.stringify(long)} is longer than ${LONGEST.value} characters`;
}

function inBlock(
  block: BlockSchema,
  config: Value,
  steps: readonly PathStep[],
  longestKey: number,
): ProviderDiagnostic[] {
  if (!isObject(config)) return [];
  const { tags } = config;
  const problem = attributesOf(block).tags !== undefined && isObject(tags) ? problemOf(tags, longestKey) : undefined;
  const own: ProviderDiagnostic[] =
    problem === undefined
      ? []
      : [
          {
            severity: 'error',
            summary: 'Tags not accepted',
            detail: `${problem}; shorten or remove it`,
            path: [...steps, 'tags'],
          },
        ];
  const nested = Object.entries(blocksOf(block)).flatMap(([name, { block: inner, nesting_mode: mode }]) => {
    const value = config[name] ?? null;
    if (!Array.isArray(value)) return inBlock(inner, value, [...steps, name], longestKey);
    return mode === 'list'
      ? value.flatMap((each, index) => inBlock(inner, each, [...steps, name, index], longestKey))
      : [];
  });
  return [...own, ...nested];
}

/** Refuses tags that are too many or too long, as the provider of Azure does. */
export function checkAzureTags(
  provider: ProviderName,
  typeName: string,
  block: BlockSchema,
  config: Value,
): ProviderDiagnostic[] {
  return provider === 'azurerm' ? inBlock(block, config, [], LONGEST_KEYS[typeName] ?? LONGEST.key) : [];
}
