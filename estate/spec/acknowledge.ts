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

/** Something wrong with an acknowledgement. */
interface AcknowledgementFinding {
  readonly path: Path;
  readonly message: string;
  readonly hint?: string;
}

/** Warnings after acknowledgement, and the acknowledgements that accept nothing. */
export interface Acknowledged {
  readonly open: readonly Diagnostic[];
  readonly accepted: readonly AcceptedWarning[];
  /** Those that name no rule whose warnings could be accepted. */
  readonly mistaken: readonly AcknowledgementFinding[];
  /** Those that cover no warning. */
  readonly unused: readonly AcknowledgementFinding[];
}

/**
 * Takes away the warnings that the estate accepts.
 *
 * An acknowledgement covers its path and everything below it. One that covers no warning is reported, so that a reason
 * does not outlive what it was given for. The first ones may be inherited from another estate, where they accept something.
 */
export function acknowledge(
  warnings: readonly Diagnostic[],
  entries: Estate['acknowledge'],
  rules: readonly Rule[],
  inherited = 0,
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
  const mistaken: AcknowledgementFinding[] = [];
  const unused: AcknowledgementFinding[] = [];
  const codes = rules.filter(({ severity }) => severity === 'warning').map(({ code }) => code);
  for (const [index, { rule, path }] of entries.entries()) {
    if (used.has(index)) continue;
    const known = rules.find(({ code }) => code === rule);
    const at = (key: string): Path => ['acknowledge', index, key];
    if (known === undefined) {
      mistaken.push({ path: at('rule'), message: `there is no rule ${quote(rule)}${didYouMean(rule, codes)}` });
    } else if (known.severity === 'error') {
      const message = `${rule} is an error; only warnings can be acknowledged`;
      const hint = known.isLimit ? { hint: 'limits of policy are waived, until a day: policy.waivers' } : {};
      mistaken.push({ path: at('rule'), message, ...hint });
    } else if (index >= inherited) {
      const message = `${rule} does not warn at ${quote(path)}`;
      unused.push({ path: at('path'), message, hint: 'remove the entry' });
    }
  }
  return { open, accepted, mistaken, unused };
}

function covers(accepted: string, path: string): boolean {
  return path === accepted || path.startsWith(`${accepted}.`);
}
