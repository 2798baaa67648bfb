import type { Diagnostic, Position } from '../diagnostics';
import { type AcceptedWarning, acknowledge } from './acknowledge';
import type { Path, Places } from './positions';
import { RULES } from './rules';
import type { Finding, Rule } from './rules/rule';
import type { Estate } from './schema';
import { covers } from './waivers';
import { formatPath } from './words';

/** What the rules have found, and which warnings the estate accepts. */
export interface RuleFindings {
  readonly diagnostics: readonly Diagnostic[];
  readonly acknowledged: readonly AcceptedWarning[];
}

/**
 * Runs every rule over an estate; warnings that the estate acknowledges stand apart.
 *
 * @param inherited how many of the first acknowledgements are another estate's, so that they may accept nothing; 0 by default
 * @param isPast whether it is one to compare with, whose limits are what an edit may just have kept; false by default
 */
export function checkRules(estate: Estate, positions: Places, inherited = 0, isPast = false): RuleFindings {
  const run = (rules: readonly Rule[]) =>
    rules.flatMap(({ code, severity, check }) => {
      const diagnostics: Diagnostic[] = [];
      check(estate, (finding) => diagnostics.push(toDiagnostic(code, severity, finding, positions)));
      return diagnostics;
    });
  const found = run(RULES.filter(({ isLimit }) => !isLimit));
  const wrong = found.filter(({ severity }) => severity === 'error');
  // What limits add up is not known of an estate with mistakes.
  const broken = wrong.length > 0 || isPast ? [] : run(RULES.filter(({ isLimit }) => isLimit));
  const { waived, kept, idle: idleWaivers } = waive(broken, estate);
  const errors = [...wrong, ...kept];
  const warnings = found.filter(({ severity }) => severity === 'warning');
  const { open, accepted, mistaken, unused } = acknowledge(warnings, estate.acknowledge, RULES, inherited);
  // Rules are silent about what another error makes unknown, so that no acknowledgement can be called unused then.
  const idle = errors.length > 0 ? mistaken : [...mistaken, ...unused, ...(isPast ? [] : idleWaivers)];
  const diagnostics = [
    ...errors,
    ...open,
    ...idle.map((finding) => toDiagnostic('UnusedAcknowledgement', 'warning', finding, positions)),
  ];
  return { diagnostics, acknowledged: [...accepted, ...waived] };
}

/** Takes away the broken limits that the estate waives, and tells which waivers waive nothing. */
function waive(broken: readonly Diagnostic[], { policy: { waivers = [] } }: Estate) {
  const waived: AcceptedWarning[] = [];
  const kept: Diagnostic[] = [];
  const used = new Set<number>();
  for (const found of broken) {
    const index = waivers.findIndex((waiver) => covers(waiver, found.code, found.path));
    const waiver = waivers[index];
    if (waiver === undefined) kept.push(found);
    else {
      used.add(index);
      const { code, path, message, at } = found;
      const reason = `${waiver.reason} (until ${waiver.until})`;
      waived.push({ warning: { code, severity: 'warning', path, message, ...(at && { at }) }, reason });
    }
  }
  const idle = waivers.flatMap(({ rule, path }, index): Finding[] => {
    if (used.has(index)) return [];
    const message = `${rule} is not broken at ${path}`;
    return [{ path: ['policy', 'waivers', index, 'path'], value: path, message, hint: 'remove the waiver' }];
  });
  return { waived, kept, idle };
}

/** The exit code of findings: 3 where nothing but limits of policy are broken, else 2. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): 2 | 3 {
  const limits = new Set([...RULES.flatMap(({ code, isLimit }) => (isLimit ? [code] : [])), 'WaiverEnded']);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return errors.length > 0 && errors.every(({ code }) => limits.has(code)) ? 3 : 2;
}

/** Findings in the order of the files and of what they say; what an alias repeats is told once. */
export function sortDiagnostics(
  diagnostics: readonly Diagnostic[],
  files: readonly string[] = [],
): readonly Diagnostic[] {
  const first = new Map<string, Diagnostic>();
  for (const found of diagnostics) {
    const identity = JSON.stringify([
      found.code,
      found.message,
      found.at?.line ?? found.path,
      found.at?.column,
      found.at?.file,
    ]);
    if (!first.has(identity)) first.set(identity, found);
  }
  const rank = new Map(files.map((file, index) => [file, index]));
  const rankOf = ({ at }: Diagnostic) => rank.get(at?.file ?? '') ?? -1;
  return [...first.values()].sort(
    (one, other) =>
      rankOf(one) - rankOf(other) ||
      (one.at?.line ?? 0) - (other.at?.line ?? 0) ||
      (one.at?.column ?? 0) - (other.at?.column ?? 0) ||
      (one.code < other.code ? -1 : Number(one.code > other.code)),
  );
}

/** The note that a value was reached through an alias, for the hint of its finding. */
export function aliasNote(path: Path, positions: Places): string | undefined {
  const alias = positions.aliasOn(path);
  return alias && `used through *${alias.name} on line ${alias.line}`;
}

function toDiagnostic(
  code: string,
  severity: Diagnostic['severity'],
  { path, value, message, hint, on }: Finding,
  positions: Places,
): Diagnostic {
  const hints = [hint, aliasNote(path, positions)].filter((part) => part !== undefined);
  let place: Position | undefined;
  return {
    code,
    severity,
    path: formatPath(path),
    ...(value !== undefined && { value }),
    message,
    ...(hints.length > 0 && { hint: hints.join('; ') }),
    // Finding a place means reading the text again, so warnings that nobody looks at have none until asked.
    get at() {
      place ??= positions.locate(path, on);
      return place;
    },
  };
}
