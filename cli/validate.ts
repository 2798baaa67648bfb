import { pendingLinks } from '../estate/plan/links/pending';
import { diagnosticsJson, formatAcknowledged, formatDiagnostics } from '../estate/report/diagnostics';
import { formatPending, pendingReport } from '../estate/report/pending';
import { toSarif } from '../estate/report/sarif';
import { formatHeadline } from '../estate/report/views';
import { RULES } from '../estate/spec/rules';
import { ToolError, terminalColor, terminalWidth } from './app';
import { type Checked, checkEstate } from './checked';
import { dayOption, today } from './today';

/** How `estate validate` reports and what it lets pass. */
export interface ValidateFlags {
  readonly json?: boolean;
  readonly sarif?: boolean;
  readonly strict?: boolean;
  /** Day on which waivers are looked at. @default today */
  readonly at?: string;
}

/** Checks an estate file, prints what was found and sets the exit code. */
export function validate(file: string, { json = false, sarif = false, strict = false, at }: ValidateFlags): void {
  if (json && sarif) throw new ToolError('--json and --sarif both want stdout', 'choose one');
  const checked = checkEstate(file, dayOption('at', at) ?? today());
  const { resolved, diagnostics, acknowledged, exitCode } = checked;
  process.exitCode = exitCode === 0 && strict && diagnostics.length > 0 ? 2 : exitCode;
  const pending = resolved && pendingReport(pendingLinks(resolved.plan, resolved.told?.exchange), file);
  if (json) printJson({ ...diagnosticsJson(diagnostics, acknowledged, strict), ...(pending && { pending }) });
  else if (sarif) printJson(toSarif(diagnostics, RULES, acknowledged));
  else printText(checked, formatPending(pending));
}

function printText({ resolved, diagnostics, acknowledged }: Checked, pending: string): void {
  if (diagnostics.length > 0) {
    const options = { color: terminalColor(process.stderr), width: terminalWidth(process.stderr) };
    process.stderr.write(`${formatDiagnostics(diagnostics, options)}\n`);
  }
  if (resolved === undefined) return;
  const accepted = formatAcknowledged(acknowledged, terminalWidth(process.stdout));
  const lines = [formatHeadline(resolved.plan), accepted, pending].filter((text) => text !== '');
  process.stdout.write(`${lines.join('\n')}\n`);
}

function printJson(document: object): void {
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}
