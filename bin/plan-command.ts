import { estateFile, planEstate } from './app';
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
  const file = estateFile(flags.file);
  const estate = planEstate(file);
  const mode = modeOf(flags);
  const options = { file, pattern: flags.stack ?? pattern, details: flags.details === true };
  const done: PlanReport =
    mode === 'accounts'
      ? await planAccounts(estate, options)
      : await planOffline(estate, { ...options, providers: mode });
  process.stdout.write(`${flags.json ? planJson(done) : `${formatPlan(done)}\n${formatClosing(done, mode)}`}\n`);
  if (!done.ok) process.exitCode = 1;
}

function modeOf({ offline, credentials }: PlanFlags): PlanMode {
  if (offline) return 'local';
  return credentials === false ? 'real' : 'accounts';
}
