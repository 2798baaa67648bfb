import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROVIDER_NAMES } from '../estate/terraform-providers';
import { describeDiagnostic, type OfflineDiagnostic, type StackPlanResult, type TerraformBinary } from '../terraform';
import { runTerraform, type TerraformRun } from '../terraform/binary';
import { countChanges, readReport } from '../terraform/diagnostics';
import { pinnedReleases } from '../terraform/document';
import type { SynthesizedStack } from '../terraform/manifest';
import type { Children } from './children';

/** A stack to plan in its own folder, against its real state. */
export interface TerraformPlanOptions {
  readonly binary: TerraformBinary;
  readonly stack: SynthesizedStack;
  /** Stacks whose state it reads, by the name of the data source that does. */
  readonly sources: ReadonlyMap<string, string>;
  readonly children: Children;
  readonly details: boolean;
}

/** The plan of a stack against its real state. */
export interface TerraformPlan extends StackPlanResult {
  /** Stacks that have to be applied first. */
  readonly waitsFor: readonly string[];
}

const REMOTE_STATE = 'data.terraform_remote_state.';

/**
 * The environment of a Terraform that works for the user: the user's own.
 *
 * Providers are kept in the folder that cdktf keeps them in, so that they are downloaded once and not for each stack.
 */
export function accountEnvironment(hasLock: boolean): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, TF_IN_AUTOMATION: '1', TF_INPUT: '0' };
  if (env.TF_PLUGIN_CACHE_DIR === undefined && !env.CDKTF_DISABLE_PLUGIN_CACHE_ENV && !env.TF_CLI_CONFIG_FILE) {
    const cache = join(homedir(), '.terraform.d', 'plugin-cache');
    mkdirSync(cache, { recursive: true });
    env.TF_PLUGIN_CACHE_DIR = cache;
    // Versions are pinned exactly; without this, Terraform downloads again whatever a lock file does not name yet.
    if (!hasLock) env.TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE ??= 'true';
  }
  return env;
}

/** Makes the folder of a stack ready. Only one at a time: Terraform's cache of providers bears no more. */
export async function initialize(
  options: Omit<TerraformPlanOptions, 'sources' | 'details'>,
): Promise<string | undefined> {
  const upgrade = isPinnedAnew(options.stack) ? ['-upgrade'] : [];
  const run = await terraform(options, 'init', ...upgrade, '-no-color');
  if (run.exitCode === 0) return undefined;
  return `terraform init failed:\n${(run.stderr || run.stdout).trim()}`;
}

/** Whether the lock file in the folder of a stack has another release of a provider than the stack pins, as after a new choice. */
export function isPinnedAnew({ folder, json }: SynthesizedStack): boolean {
  const file = join(folder, '.terraform.lock.hcl');
  if (!existsSync(file)) return false;
  const locked = readFileSync(file, 'utf8').matchAll(/^provider "[^"]*\/([^"/]+)" \{\s*version\s*=\s*"([^"]+)"/gm);
  const pinned = pinnedReleases(json);
  return [...locked].some(([, name = '', version]) => {
    const provider = PROVIDER_NAMES.find((each) => each === name);
    const written = provider && pinned.get(provider)?.written;
    return written !== undefined && /^\d/.test(written) && written !== version;
  });
}

/** Plans a stack in its folder; nothing is written but what Terraform itself writes when it plans. */
export async function planInPlace(options: TerraformPlanOptions): Promise<TerraformPlan> {
  const { stack, sources, details } = options;
  const started = performance.now();
  const text = readFileSync(join(stack.folder, 'cdk.tf.json'), 'utf8');
  const scratch = mkdtempSync(join(tmpdir(), 'estate-plan-'));
  try {
    const file = join(scratch, 'plan');
    const run = await terraform(options, 'plan', '-json', ...(details ? [`-out=${file}`] : []));
    const report = readReport(run.stdout, stack.json, text);
    const errors = report.diagnostics.filter(({ severity }) => severity === 'error');
    const waitsFor = waitingFor(errors, sources, text);
    const error = waitsFor.length > 0 ? undefined : failure(run, errors);
    const shown = details && run.exitCode === 0 ? await terraform(options, 'show', '-no-color', file) : undefined;
    return {
      stack: stack.name,
      // What could be planned of a stack that waits says nothing.
      ...(waitsFor.length > 0 ? NO_CHANGES : countChanges(report)),
      seconds: Math.round(performance.now() - started) / 1000,
      diagnostics: waitsFor.length > 0 ? [] : report.diagnostics,
      waitsFor,
      ...(error !== undefined && { error }),
      ...(shown !== undefined && { details: shown.stdout }),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function terraform(
  { binary, stack, children }: Omit<TerraformPlanOptions, 'sources' | 'details'>,
  ...args: readonly string[]
): Promise<TerraformRun> {
  const env = accountEnvironment(existsSync(join(stack.folder, '.terraform.lock.hcl')));
  return runTerraform(binary, args, { cwd: stack.folder, env, onStart: children.follow });
}

function failure(run: TerraformRun, errors: readonly OfflineDiagnostic[]): string | undefined {
  if (run.exitCode === 0) return undefined;
  if (errors.length > 0) return errors.map(describeDiagnostic).join('\n');
  return `terraform ended with exit code ${run.exitCode}\n${run.stderr.trim()}`;
}

const NO_CHANGES = { created: 0, updated: 0, replaced: 0, destroyed: 0 } as const;

/**
 * Stacks whose outputs are not there yet, when that is all that is wrong.
 *
 * Either there is no state at all, or it was written before the output was asked for.
 */
export function waitingFor(
  errors: readonly OfflineDiagnostic[],
  sources: ReadonlyMap<string, string>,
  text: string,
): readonly string[] {
  const found = errors.map(({ address, summary, detail }) => {
    if (address.startsWith(REMOTE_STATE)) return sources.get(address.slice(REMOTE_STATE.length));
    if (summary !== 'Unsupported attribute') return undefined;
    // Terraform names only the output; the stack's text says whose it is.
    const [, output] = /attribute named "([^"]+)"/.exec(detail) ?? [];
    if (output === undefined) return undefined;
    const [before = '', ...after] = text.split(`.outputs.${output}`);
    if (after.length === 0) return undefined;
    return sources.get(before.slice(before.lastIndexOf(REMOTE_STATE) + REMOTE_STATE.length));
  });
  const stacks = found.flatMap((stack) => stack ?? []);
  return stacks.length === found.length ? [...new Set(stacks)].sort() : [];
}
