import type { Day } from '../estate/days';
import { EstateError } from '../estate/diagnostics';
import { staleEntries } from '../estate/plan/links/exchange-stale';
import { pendingLinks } from '../estate/plan/links/pending';
import type { Plan } from '../estate/plan/types';
import { diagnosticsJson, formatAcknowledged, formatDiagnostics } from '../estate/report/diagnostics';
import { formatPending, pendingReport } from '../estate/report/pending';
import { toSarif } from '../estate/report/sarif';
import { formatHeadline } from '../estate/report/views';
import type { AcceptedWarning } from '../estate/spec/acknowledge';
import { exitCodeOf, sortDiagnostics } from '../estate/spec/check';
import { type ExchangeFile, exchangePathOf } from '../estate/spec/exchange';
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
  /** What clouds have said after an apply. @default nothing was imported yet */
  readonly told?: ExchangeFile;
  readonly diagnostics: EstateError['diagnostics'];
  readonly acknowledged: readonly AcceptedWarning[];
  readonly exitCode: number;
}

/** Checks an estate file, prints what was found and sets the exit code. */
export function validate(file: string, { json = false, sarif = false, strict = false, at }: ValidateFlags): void {
  if (json && sarif) throw new ToolError('--json and --sarif both want stdout', 'choose one');
  const { plan, told, diagnostics, acknowledged, exitCode } = check(file, dayOption('at', at) ?? today());
  process.exitCode = exitCode === 0 && strict && diagnostics.length > 0 ? 2 : exitCode;
  const pending = plan && pendingReport(pendingLinks(plan, told?.exchange), file);
  if (json) printJson({ ...diagnosticsJson(diagnostics, acknowledged, strict), ...(pending && { pending }) });
  else if (sarif) printJson(toSarif(diagnostics, RULES, acknowledged));
  else printText({ plan, diagnostics, acknowledged }, formatPending(pending));
}

function printText({ plan, diagnostics, acknowledged }: Omit<Checked, 'exitCode'>, pending: string): void {
  if (diagnostics.length > 0) {
    const options = { color: terminalColor(process.stderr), width: terminalWidth(process.stderr) };
    process.stderr.write(`${formatDiagnostics(diagnostics, options)}\n`);
  }
  if (plan === undefined) return;
  const accepted = formatAcknowledged(acknowledged, terminalWidth(process.stdout));
  const lines = [formatHeadline(plan), accepted, pending].filter((text) => text !== '');
  process.stdout.write(`${lines.join('\n')}\n`);
}

function check(file: string, day: Day): Checked {
  try {
    const { loaded, plan, told } = resolveEstate(file);
    const { warnings, acknowledged, estate, positions } = loaded;
    const waivers = waiversOn(estate, positions, day);
    const more = [...waivers, ...(told === undefined ? [] : staleEntries(told, plan))];
    const order = [file, ...loaded.parts.map(({ name }) => name), exchangePathOf(file)];
    const diagnostics = more.length === 0 ? warnings : sortDiagnostics([...warnings, ...more], order);
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
