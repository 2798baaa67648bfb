import { EstateError } from '../estate/diagnostics';
import type { Plan } from '../estate/plan/types';
import { diagnosticsJson, formatAcknowledged, formatDiagnostics } from '../estate/report/diagnostics';
import { toSarif } from '../estate/report/sarif';
import { formatHeadline } from '../estate/report/views';
import type { AcceptedWarning } from '../estate/spec/acknowledge';
import { RULES } from '../estate/spec/rules';
import { resolveEstate, ToolError, terminalColor, terminalWidth } from './app';

/** How `estate validate` reports and what it lets pass. */
export interface ValidateFlags {
  readonly json?: boolean;
  readonly sarif?: boolean;
  readonly strict?: boolean;
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
export function validate(file: string, { json = false, sarif = false, strict = false }: ValidateFlags): void {
  if (json && sarif) throw new ToolError('--json and --sarif both want stdout', 'choose one');
  const { plan, diagnostics, acknowledged, exitCode } = check(file);
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

function check(file: string): Checked {
  try {
    const { loaded, plan } = resolveEstate(file);
    return { plan, diagnostics: loaded.warnings, acknowledged: loaded.acknowledged, exitCode: 0 };
  } catch (error) {
    if (!(error instanceof EstateError)) throw error;
    return { diagnostics: error.diagnostics, acknowledged: [], exitCode: error.exitCode };
  }
}

function printJson(document: object): void {
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}
