import type { Diagnostic } from '../diagnostics';
import { groupBy } from '../units';
import type { Path } from './positions';
import type { Rule } from './rules/rule';
import type { Estate } from './schema';
import { didYouMean } from './suggest';
import { quote } from './words';

/** A warning that the estate accepts, and why. */
export interface AcceptedWarning {
  readonly warning: Diagnostic;
  readonly reason: string;
}

/** Warnings after acknowledgement, and the acknowledgements that accept nothing. */
export interface Acknowledged {
  readonly open: readonly Diagnostic[];
  readonly accepted: readonly AcceptedWarning[];
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
  entries: Estate['acknowledge'],
  rules: readonly Rule[],
): Acknowledged {
  const used = new Set<number>();
  const open: Diagnostic[] = [];
  const accepted: AcceptedWarning[] = [];
  const byRule = groupBy([...entries.entries()], ([, { rule }]) => rule);
  for (const warning of warnings) {
    const [index, entry] = byRule.get(warning.code)?.find(([, { path }]) => covers(path, warning.path)) ?? [];
    if (index === undefined || entry === undefined) open.push(warning);
    else {
      used.add(index);
      accepted.push({ warning, reason: entry.reason });
    }
  }
  const unused = entries.flatMap(({ rule, path }, index) => {
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
  return { open, accepted, unused };
}

function covers(accepted: string, path: string): boolean {
  return path === accepted || path.startsWith(`${accepted}.`);
}
