import { basename } from 'node:path';
import { type Diagnostic, EstateError } from '../estate/diagnostics';
import { planFrom } from '../estate/plan/data';
import type { Lock } from '../estate/plan/lock';
import type { Plan, PlanData, StacksPlan } from '../estate/plan/types';
import { formatDiagnostics } from '../estate/report/diagnostics';
import { REPORT_WIDTH } from '../estate/report/table';
import type { Exchange, ExchangeFile } from '../estate/spec/exchange';
import type { LoadedEstate } from '../estate/spec/load';

/** What reads and plans an estate: the programs that are handed a plan do without. */
const PLANNER = {
  load: (): typeof import('../estate/spec/load') => require('../estate/spec/load'),
  exchange: (): typeof import('../estate/spec/exchange') => require('../estate/spec/exchange'),
  identity: (): typeof import('../estate/plan/identity') => require('../estate/plan/identity'),
  owner: (): typeof import('../estate/plan/links/exchange-owner') => require('../estate/plan/links/exchange-owner'),
  forms: (): typeof import('../estate/plan/links/exchange-forms') => require('../estate/plan/links/exchange-forms'),
  lock: (): typeof import('../estate/plan/lock') => require('../estate/plan/lock'),
  resolve: (): typeof import('../estate/plan/resolve') => require('../estate/plan/resolve'),
} as const;

/** The estate file that is used where none is named. */
export const DEFAULT_ESTATE = 'estate.yaml';

/** A tool or an environment that is not as it has to be; printed without a stack trace. */
export class ToolError extends Error {
  constructor(
    message: string,
    readonly hint?: string,
    /** Exit code of a command that ends with it: that of a program of ours that said more, where one did. */
    readonly exitCode: 1 | 2 | 3 = 1,
  ) {
    super(message);
    this.name = 'ToolError';
  }
}

/** A validated estate with its plan. */
export interface ResolvedEstate {
  readonly loaded: LoadedEstate;
  readonly plan: Plan;
  /** What clouds have said after an apply. @default nothing was imported yet */
  readonly told?: ExchangeFile;
}

/** How a process is told that what it makes stacks from comes on its standard input. */
export const HANDED = { ESTATE_PLAN: 'stdin' } as const;

/** Chooses the estate file: what is named, else `ESTATE`, else `estate.yaml`. */
export function estateFile(named?: unknown): string {
  return typeof named === 'string' && named !== '' ? named : process.env.ESTATE || DEFAULT_ESTATE;
}

/** Reads an estate and its lock and resolves them; throws EstateError with every finding. */
export function resolveEstate(file: string): ResolvedEstate {
  const { filesBeside, parseEstate, readEstateText, readLockText } = PLANNER.load();
  const loaded = parseEstate(readEstateText(file), file, filesBeside(file));
  const told = exchangeBeside(loaded);
  const plan = planLoaded(loaded, readLockText(file), false, told?.exchange);
  if (told !== undefined) checkForms(told, plan);
  return { loaded, plan, ...(told && { told }) };
}

/** Refuses ids that are of another cloud than their place, and addresses that a gateway does not have. */
function checkForms({ exchange, locate }: ExchangeFile, plan: Plan): void {
  const wrong = PLANNER.forms().wrongForms(exchange, plan);
  if (wrong.length > 0) throw new EstateError(wrong.map((each) => ({ ...each, at: locate(each.path.split('.')) })));
}

/** What clouds have said; where the file cannot be read, that is told with what is wrong in the rest. */
function exchangeBeside(loaded: LoadedEstate): ExchangeFile | undefined {
  const { file, estate } = loaded;
  const found: Diagnostic[] = [];
  try {
    const told = PLANNER.load().readExchange(file);
    if (told === undefined) return undefined;
    const { foreignExchange } = PLANNER.owner();
    found.push(...foreignExchange(told.exchange.estate, estate, 'estate', told.locate(['estate'])));
    if (found.length === 0) return told;
  } catch (error) {
    if (!(error instanceof EstateError)) throw error;
    found.push(...error.diagnostics);
  }
  try {
    const { EMPTY_EXCHANGE } = PLANNER.exchange();
    planLoaded(loaded, PLANNER.load().readLockText(file), false, {
      ...EMPTY_EXCHANGE,
      estate: PLANNER.identity().estateIdentity(estate),
    });
  } catch (error) {
    if (!(error instanceof EstateError)) throw error;
    throw new EstateError([...error.diagnostics, ...found], error.exitCode);
  }
  throw new EstateError(found);
}

/** A part of a plan that is synthesized by itself, one after the other: memory holds one of them at a time. */
export interface HandedJob {
  readonly data: PlanData;
  readonly outdir: string;
}

/** What a program synthesizes. */
export interface SynthesisJob {
  readonly plan: StacksPlan;
  /** Folder of the output. @default that of the tool's own variable */
  readonly outdir?: string;
}

/** What a process of a command synthesizes: what is handed to it, else the plan of the file. */
export async function jobsHanded(file: () => string): Promise<SynthesisJob[]> {
  if (process.env.ESTATE_PLAN !== HANDED.ESTATE_PLAN) return [{ plan: resolveEstate(file()).plan }];
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const handed: readonly HandedJob[] = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  return handed.map(({ data, outdir }) => ({ plan: planFrom(data), outdir }));
}

/** Resolves an estate that was read with the text of its lock; throws EstateError with every finding. */
export function planLoaded(
  loaded: LoadedEstate,
  lock = PLANNER.load().readLockText(loaded.file),
  isPast = false,
  exchange: Exchange | undefined = PLANNER.load().readExchange(loaded.file)?.exchange,
): Plan {
  const { file, estate } = loaded;
  try {
    const lockFile = PLANNER.load().lockPathOf(file);
    const parsed = lock === undefined ? undefined : PLANNER.lock().parseLock(lock, basename(lockFile));
    return PLANNER.resolve().resolve(estate, parsed, { estate: file, lock: lockFile, isPast }, exchange);
  } catch (error) {
    throw locate(error, loaded);
  }
}

/** The lock of an estate file; undefined when it was never locked. */
export function readLock(file: string): Lock | undefined {
  const { lockPathOf, readLockText } = PLANNER.load();
  const text = readLockText(file);
  return text === undefined ? undefined : PLANNER.lock().parseLock(text, basename(lockPathOf(file)));
}

/** Gives findings of the planner their place in the estate file. */
export function locate(error: unknown, loaded: LoadedEstate): unknown {
  if (!(error instanceof EstateError)) return error;
  const located = error.diagnostics.map((found): Diagnostic => {
    if (found.at !== undefined || !/^(accounts|sites|clusters|stores|links|grants)\./.test(found.path)) return found;
    return { ...found, at: loaded.positions.locate(found.path.split('.'), 'key') };
  });
  return new EstateError(located, error.exitCode);
}

/**
 * Stops the recording of stack traces, unless `ESTATE_DEBUG` is set.
 *
 * CDK writes them into its output, where they would name the folders of the machine, and they cost time.
 */
export function withoutTraces(): void {
  if (!process.env.ESTATE_DEBUG) Error.stackTraceLimit = 0;
}

/**
 * Runs the body of a program and turns what it throws into messages and an exit code.
 *
 * An invalid estate exits with 2 (or 3), a failing tool with 1, both without a stack trace; a bug keeps its own.
 */
export async function main(body: () => void | Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** Whether a stream takes colours: a terminal does, unless `NO_COLOR` is set. */
export function terminalColor(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR;
}

/** Columns that lines for a stream should fit: those of a terminal, up to what reports take elsewhere. */
export function terminalWidth({ isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number }): number {
  return isTTY === true && columns !== undefined && columns > 0 ? Math.min(columns, REPORT_WIDTH) : REPORT_WIDTH;
}

/** Prints what went wrong on stderr and returns the exit code. */
export function report(error: unknown): number {
  if (error instanceof EstateError) {
    const { stderr } = process;
    const options = { color: terminalColor(stderr), width: terminalWidth(stderr) };
    stderr.write(`${formatDiagnostics(error.diagnostics, options)}\n`);
    return error.exitCode;
  }
  if (isExpected(error)) {
    process.stderr.write(`${error.message}\n${error.hint === undefined ? '' : `${error.hint}\n`}`);
    return error instanceof ToolError ? error.exitCode : 1;
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  if (Error.stackTraceLimit === 0) process.stderr.write('this is a bug: ESTATE_DEBUG=1 shows where it happened\n');
  return 1;
}

/** Errors that say themselves what to do. */
function isExpected(error: unknown): error is Error & { readonly hint?: string } {
  return error instanceof Error && (error instanceof ToolError || error.name === 'OfflineError');
}
