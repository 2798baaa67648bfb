import type { Diagnostic } from '../diagnostics';
import type { Path } from './positions';
import type { Rule } from './rules/rule';
import type { Estate } from './schema';
import { didYouMean } from './suggest';
import { quote } from './words';

/** Warnings after acknowledgement, and the acknowledgements that accept nothing. */
export interface Acknowledged {
  readonly open: readonly Diagnostic[];
  readonly unused: readonly { readonly path: Path; readonly message: string; readonly hint?: string }[];
}

/**
 * Takes away the warnings that the estate accepts.
 *
 * An acknowledgement covers its path and everything below it. One that covers no warning is reported, so that a reason
 * does not outlive what it was given for.
 */
export function acknowledge(
  warnings: readonly Diagnostic[],
  accepted: Estate['acknowledge'],
  rules: readonly Rule[],
): Acknowledged {
  const used = new Set<number>();
  const open = warnings.filter((warning) => {
    const index = accepted.findIndex(({ rule, path }) => rule === warning.code && covers(path, warning.path));
    if (index !== -1) used.add(index);
    return index === -1;
  });
  const unused = accepted.flatMap(({ rule, path }, index) => {
    if (used.has(index)) return [];
    const known = rules.find(({ code }) => code === rule);
    const place: Path = ['acknowledge', index];
    if (known === undefined) {
      const codes = rules.filter(({ severity }) => severity === 'warning').map(({ code }) => code);
      return [{ path: [...place, 'rule'], message: `there is no rule ${quote(rule)}${didYouMean(rule, codes)}` }];
    }
    if (known.severity === 'error') {
      return [{ path: [...place, 'rule'], message: `${rule} is an error; only warnings can be acknowledged` }];
    }
    const hint = 'remove the entry';
    return [{ path: [...place, 'path'], message: `${rule} does not warn at ${quote(path)}`, hint }];
  });
  return { open, unused };
}

function covers(accepted: string, path: string): boolean {
  return path === accepted || path.startsWith(`${accepted}.`);
}
