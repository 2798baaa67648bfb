import { estateFile, resolveEstate, ToolError } from './app';
import { planOffline } from './plan';
import { planAccounts } from './plan-accounts';
import { formatClosing, formatPlan, type PlanMode, type PlanReport, planJson } from './plan-report';

/** Options of `estate plan`. */
export interface PlanFlags {
  readonly file?: string;
  readonly stack?: string;
  readonly details?: boolean;
  readonly offline?: boolean;
  /** False when the real providers must do without credentials. */
  readonly credentials?: boolean;
  readonly json?: boolean;
}

/** Plans the stacks that match a pattern, prints the answer and sets the exit code. */
export async function runPlan(pattern: string | undefined, flags: PlanFlags): Promise<void> {
  const { file, stacks } = chosen(pattern, flags);
  const estate = resolveEstate(estateFile(file));
  const mode = modeOf(flags);
  const options = { pattern: stacks, details: flags.details === true };
  const done: PlanReport =
    mode === 'accounts'
      ? await planAccounts(estate, options)
      : await planOffline(estate, { ...options, providers: mode });
  process.stdout.write(`${flags.json ? planJson(done) : `${formatPlan(done)}\n${formatClosing(done, mode)}`}\n`);
  if (!done.ok) process.exitCode = 1;
}

/** How estate files end; no stack has such a name. */
const ESTATE_FILE = /\.(ya?ml|json)$/i;

/** The file and the stacks that are meant: what ends like an estate file is one, as in the other commands. */
function chosen(pattern: string | undefined, flags: PlanFlags) {
  if (pattern === undefined || !ESTATE_FILE.test(pattern)) {
    return { file: flags.file, stacks: flags.stack ?? pattern };
  }
  if (flags.file !== undefined && flags.file !== pattern)
    throw new ToolError(`two estate files are named: ${pattern} and ${flags.file}`, 'name one of them');
  return { file: pattern, stacks: flags.stack };
}

function modeOf({ offline, credentials }: PlanFlags): PlanMode {
  if (offline) return 'local';
  return credentials === false ? 'real' : 'accounts';
}
