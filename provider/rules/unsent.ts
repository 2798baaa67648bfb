import type { ProviderDiagnostic } from '../protocol';
import type { BlockSchema, ProviderRelease } from '../schema';
import { Unknown, type Value } from '../values';
import { locate, root, segmentsOf } from './locate';
import { type FactTable, rowsOf } from './rows';
import recorded from './unsent.json';

/** An argument that a provider's schema has and its code never sends. */
export interface UnsentArgument {
  /** Dotted path inside of the resource. */
  readonly path: string;
  /** File of the provider, with its version. */
  readonly source: string;
}

/** Arguments that are never sent, by provider and type. */
export const UNSENT: FactTable<readonly UnsentArgument[]> = recorded;

function isGiven(value: Value): boolean {
  return value !== null && !(Array.isArray(value) && value.length === 0);
}

/**
 * Refuses arguments that the provider's code never sends, which its schema does not tell.
 *
 * The service never has what they say, so every later plan wants to change it again, and replaces the resource where the
 * argument can only be set when it is made.
 */
export function checkUnsent(
  release: ProviderRelease,
  typeName: string,
  block: BlockSchema,
  forceNew: readonly string[],
  config: Value,
): ProviderDiagnostic[] {
  const from = root(config);
  const unsent = rowsOf(UNSENT, release, typeName).flat();
  return unsent.flatMap(({ path, source }) => {
    const replaces = forceNew.some((each) => each === path || each.startsWith(`${path}.`));
    return locate(block, segmentsOf(path), from)
      .filter(({ value }) => isGiven(value) && !(value instanceof Unknown))
      .map(
        ({ steps, text }): ProviderDiagnostic => ({
          severity: replaces ? 'error' : 'warning',
          summary: `Argument ${text} is never sent`,
          detail:
            `the provider has ${text} in its schema and sends it nowhere (${source}), so every later plan ` +
            `${replaces ? 'replaces the resource' : 'changes it again'}; leave it out`,
          path: steps,
        }),
      );
  });
}
