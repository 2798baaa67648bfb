import type { Day } from '../estate/days';
import { EstateError } from '../estate/diagnostics';
import type { Plan } from '../estate/plan/types';
import { diagnosticsJson, formatAcknowledged, formatDiagnostics } from '../estate/report/diagnostics';
import { toSarif } from '../estate/report/sarif';
import { formatHeadline } from '../estate/report/views';
import type { AcceptedWarning } from '../estate/spec/acknowledge';
import { exitCodeOf, sortDiagnostics } from '../estate/spec/check';
import { RULES } from '../estate/spec/rules';
import { waiversOn } from '../estate/spec/waivers';
import { resolveEstate, ToolError, terminalColor, terminalWidth } from './app';
import { dayOption, today } from './today';

/** How `estate validate` reports and what it lets pass. */
export interface ValidateFlags {
  readonly json?: boolean;
  readonly sarif?: boolean;
  readonly strict?: boolean;
  /** Day on which waivers are looked at. @default today */
  readonly at?: string;
}

/** What was found in an estate file. */
interface Checked {
  /** Undefined when there are errors. */
  readonly plan?: Plan;
  readonly diagnostics: EstateError['diagnostics'];
  readonly acknowledged: readonly AcceptedWarning[];
  readonly exitCode: number;
}

/** Checks an estate file, prints what was found and sets the exit code. */
export function validate(file: string, { json = false, sarif = false, strict = false, at }: ValidateFlags): void {
  if (json && sarif) throw new ToolError('--json and --sarif both want stdout', 'choose one');
  const { plan, diagnostics, acknowledged, exitCode } = check(file, dayOption('at', at) ?? today());
  process.exitCode = exitCode === 0 && strict && diagnostics.length > 0 ? 2 : exitCode;
  if (json) printJson(diagnosticsJson(diagnostics, acknowledged, strict));
  else if (sarif) printJson(toSarif(diagnostics, RULES, acknowledged));
  else printText({ plan, diagnostics, acknowledged });
}

function printText({ plan, diagnostics, acknowledged }: Omit<Checked, 'exitCode'>): void {
  if (diagnostics.length > 0) {
    const options = { color: terminalColor(process.stderr), width: terminalWidth(process.stderr) };
    process.stderr.write(`${formatDiagnostics(diagnostics, options)}\n`);
  }
  if (plan === undefined) return;
  const lines = [formatHeadline(plan), formatAcknowledged(acknowledged, terminalWidth(process.stdout))].filter(
    (text) => text !== '',
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}

function check(file: string, day: Day): Checked {
  try {
    const { loaded, plan } = resolveEstate(file);
    const { warnings, acknowledged, estate, positions } = loaded;
    const waivers = waiversOn(estate, positions, day);
    const diagnostics = waivers.length === 0 ? warnings : sortDiagnostics([...warnings, ...waivers]);
    const hasEnded = waivers.some(({ severity }) => severity === 'error');
    return hasEnded
      ? { diagnostics, acknowledged: [], exitCode: exitCodeOf(diagnostics) }
      : { plan, diagnostics, acknowledged, exitCode: 0 };
  } catch (error) {
    if (!(error instanceof EstateError)) throw error;
    return { diagnostics: error.diagnostics, acknowledged: [], exitCode: error.exitCode };
  }
}

function printJson(document: object): void {
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}
