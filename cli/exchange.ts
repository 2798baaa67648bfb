import { basename } from 'node:path';
import { type Diagnostic, EstateError, type Position } from '../estate/diagnostics';
import { estateIdentity } from '../estate/plan/identity';
import { wrongForms } from '../estate/plan/links/exchange-forms';
import {
  completedBy,
  type ExchangeMerge,
  fragmentEntries,
  mergeExchange,
  type ReplacedEntry,
} from '../estate/plan/links/exchange-merge';
import { foreignExchange } from '../estate/plan/links/exchange-owner';
import { withoutStale } from '../estate/plan/links/exchange-stale';
import { pendingLinks } from '../estate/plan/links/pending';
import { stackOrder } from '../estate/plan/order';
import type { Plan } from '../estate/plan/types';
import { toldOutputs } from '../estate/plan/volumes/outputs';
import { formatDiagnostics } from '../estate/report/diagnostics';
import { applyCommand, formatPending, type PendingReport, pendingReport } from '../estate/report/pending';
import {
  EMPTY_EXCHANGE,
  type ExchangeFile,
  exchangePathOf,
  exchangeProblems,
  formatExchange,
} from '../estate/spec/exchange';
import { type FoundFragment, type KnownOutputs, type OutputsRead, readOutputs } from '../estate/spec/exchange-outputs';
import { readLockText, readOutputsText } from '../estate/spec/load';
import { didYouMean } from '../estate/spec/suggest';
import { counted } from '../estate/spec/words';
import { planLoaded, type ResolvedEstate, resolveEstate, ToolError, terminalColor, terminalWidth } from './app';
import { EXCHANGES } from './choices';
import { linkKeys } from './exchange-keys';
import { formatShown, shownExchange } from './exchange-show';
import { firstName } from './link-parts';
import { reasonOf, writeWhole } from './write';

/** Flags of `estate exchange`. */
export interface ExchangeFlags {
  readonly json?: boolean;
  /** Whether an import also removes what the estate has no place for any more. */
  readonly prune?: boolean;
}

/** What `estate exchange import` did. */
export interface ImportReport {
  /** The exchange file. */
  readonly file: string;
  readonly written: boolean;
  /** Places that had nothing before. */
  readonly added: readonly string[];
  /** Places that had something else. */
  readonly replaced: readonly ReplacedEntry[];
  /** Places that have what they had. */
  readonly unchanged: number;
  /** What was told and the estate has no place for. */
  readonly ignored: ExchangeMerge['ignored'];
  /** Places that were removed, since the estate has no place for them any more. */
  readonly pruned: readonly string[];
  /** Commands that apply what can be applied now, or has to be again. */
  readonly apply: readonly string[];
  /** Those of them that apply something again. */
  readonly again: readonly string[];
  /** What still waits. Absent where nothing does. */
  readonly pending?: PendingReport;
}

/** Runs `estate exchange`; gives what is printed. */
export function exchangeReport(
  what: string,
  names: readonly string[],
  file: (named?: string) => string,
  flags: ExchangeFlags,
): string {
  const chosen = EXCHANGES.find((name) => name === what);
  if (chosen === undefined) {
    const hint = `${EXCHANGES.join(', ')}, such as: npx estate exchange import atlas-ohio-gateway.outputs.json`;
    throw new ToolError(`an exchange has no "${what}"${didYouMean(what, EXCHANGES)}`, hint);
  }
  if (flags.prune && chosen !== 'import') throw new ToolError('--prune is an option of import', 'leave it out');
  if (chosen === 'import') return importReport(names, file(), flags);
  if (chosen === 'keys') {
    const [link, named] = names;
    if (flags.json) throw new ToolError('keys are made by commands, which are text', 'leave out --json');
    const { plan, loaded } = resolveEstate(file(named));
    return linkKeys(link === undefined ? undefined : firstName(link, { links: loaded.estate.links, sites: {} }), plan);
  }
  const path = file(names[0]);
  const shown = shownExchange(resolveEstate(path), path);
  return flags.json ? JSON.stringify(shown, undefined, 2) : formatShown(shown);
}

function importReport(names: readonly string[], file: string, { json, prune = false }: ExchangeFlags): string {
  const done = importOutputs(names, file, prune);
  const { warnings, ...report } = done;
  if (json) return JSON.stringify(report, undefined, 2);
  if (warnings.length > 0) process.stderr.write(`${warningText(warnings)}\n`);
  return formatImport(report);
}

/**
 * Puts what stacks told into the exchange file of an estate.
 *
 * @throws EstateError with every problem at once; then nothing was written
 */
export function importOutputs(
  names: readonly string[],
  file: string,
  prune = false,
): ImportReport & { readonly warnings: readonly Diagnostic[] } {
  if (names.length === 0 && !prune) {
    const hint =
      'name what "npx cdk deploy STACK --outputs-file FILE" or "npx cdktf output STACK --outputs-file FILE" wrote';
    throw new ToolError('no file is named to import', hint);
  }
  const estate = resolveEstate(file);
  const { loaded, plan, told } = estate;
  const owner = estateIdentity(loaded.estate);
  const known = { estate: owner, outputs: toldOutputs(plan) };
  const read = [...new Set(names)].map((name) => outputsOf(name, known));
  const fragments = read.flatMap((each) => each.fragments);
  const found: Diagnostic[] = [
    ...read.flatMap((each) => each.diagnostics),
    ...fragments.flatMap(({ fragment, path, at }) =>
      foreignExchange(fragment.estate, loaded.estate, path, at, OWN_OUTPUTS),
    ),
  ];
  const before = told?.exchange ?? { ...EMPTY_EXCHANGE, estate: owner };
  const { exchange: kept, pruned } = prune ? withoutStale(before, plan) : { exchange: before, pruned: [] };
  const own = fragments.filter(({ fragment }) => fragment.estate === owner).map(({ fragment }) => fragment);
  const merged = mergeExchange(kept, own, plan);
  const places = placesOf(fragments);
  found.push(
    ...contradicting(merged, places),
    ...[...exchangeProblems(merged.exchange), ...wrongForms(merged.exchange, plan)].map((each) => {
      return placed(each, places, told);
    }),
  );
  const isIdle = merged.added.length + merged.replaced.length + merged.unchanged + pruned.length === 0;
  if (isIdle) found.push(...merged.ignored.map((entry) => placed(ignoredFinding(entry, 'error'), places)));
  if (found.length > 0) throw new EstateError(found);
  const path = exchangePathOf(file);
  const changes = merged.added.length + merged.replaced.length + pruned.length;
  const after = changes === 0 ? plan : planLoaded(loaded, readLockText(file), false, merged.exchange);
  if (changes > 0) write(path, formatExchange(merged.exchange));
  const { exchange: _exchange, contradictions: _contradictions, ...counts } = merged;
  const pending = pendingReport(pendingLinks(after, merged.exchange), file);
  return {
    file: path,
    written: changes > 0,
    ...counts,
    pruned,
    ...commandsAfter(estate, after, merged),
    ...(pending && { pending }),
    warnings: merged.ignored.map((entry) => placed(ignoredFinding(entry, 'warning'), places)),
  };
}

function outputsOf(name: string, known: KnownOutputs): OutputsRead {
  try {
    return readOutputs(readOutputsText(name), name, known);
  } catch (error) {
    if (!(error instanceof EstateError)) throw error;
    const hint = 'it is what --outputs-file of the stock tools names, or what "terraform output -json" was written to';
    return { fragments: [], diagnostics: error.diagnostics.map((each) => ({ ...each, hint })) };
  }
}

const OWN_OUTPUTS = 'leave that file out, and import what stacks of this estate tell';

/** Where places of the exchange are told in the files that are imported, the first one first. */
type Places = ReadonlyMap<string, readonly Position[]>;

function placesOf(fragments: readonly FoundFragment[]): Places {
  const places = new Map<string, readonly Position[]>();
  for (const { fragment, at } of fragments) {
    for (const { path } of fragmentEntries(fragment)) {
      const place = path.join('.');
      places.set(place, [...(places.get(place) ?? []), at]);
    }
  }
  return places;
}

/** A finding with the place in the file that told it; in the exchange file where that had it before. */
function placed(found: Diagnostic, places: Places, told?: ExchangeFile): Diagnostic {
  const [, address] = found.path.match(/^(.*)\.\d+$/) ?? [];
  const at = (places.get(found.path) ?? places.get(address ?? ''))?.at(-1) ?? told?.locate(found.path.split('.'));
  return at === undefined ? found : { ...found, at };
}

/** Outputs that say different things of one place: at least one of them is old. */
function contradicting({ contradictions }: ExchangeMerge, places: Places): readonly Diagnostic[] {
  return contradictions.map(({ path, values: [one, other] }): Diagnostic => {
    const all = places.get(path) ?? [];
    const at = all.at(-1);
    const files = [...new Set(all.map(({ file }) => file))];
    return {
      code: 'ExchangeContradiction',
      severity: 'error',
      path,
      message: `two outputs tell different things: ${one}, and ${other}${files.length > 1 ? ` (${files.join(', ')})` : ''}`,
      hint: 'one of the files is older than the last apply: write it again, or leave it out',
      ...(at && { at }),
    };
  });
}

/** Commands for what was waiting until now, and for what is made from something that changed. */
function commandsAfter(
  { plan }: ResolvedEstate,
  after: Plan,
  { added, replaced }: ExchangeMerge,
): Pick<ImportReport, 'apply' | 'again'> {
  const before = new Set(stackOrder(plan).map(({ stack }) => stack));
  const opened = added.flatMap((place) => completedBy(place, plan, after));
  const touched = new Set([...opened, ...replaced.flatMap((entry) => entry.again)]);
  const stacks = stackOrder(after).filter(({ stack }) => !before.has(stack) || touched.has(stack));
  return {
    apply: stacks.map(applyCommand),
    again: stacks.filter(({ stack }) => before.has(stack)).map(applyCommand),
  };
}

function ignoredFinding({ path, why }: ExchangeMerge['ignored'][number], severity: Diagnostic['severity']): Diagnostic {
  const hint = 'it is left out: apply the stack as the estate file and the lock file are now, and import again';
  return { code: 'ExchangeUnknown', severity, path, message: why, hint };
}

function warningText(warnings: readonly Diagnostic[]): string {
  return formatDiagnostics(warnings, { color: terminalColor(process.stderr), width: terminalWidth(process.stderr) });
}

/** The report of an import as text. */
export function formatImport({
  file,
  written,
  added,
  replaced,
  unchanged,
  pruned,
  apply,
  again,
  pending,
}: ImportReport): string {
  const size = `${added.length} new, ${replaced.length} replaced, ${unchanged} as before, ${pruned.length} removed`;
  const lines = [
    `${basename(file)} ${written ? 'written' : 'is up to date'}: ${counted(added.length + replaced.length + unchanged, 'entry')}, ${size}`,
  ];
  if (replaced.length > 0) {
    lines.push('Replaced. Stacks made from it are applied again; connections that AWS and Oracle Cloud make anew have');
    lines.push('other addresses then, so that what they tell is imported again too:');
    lines.push(
      ...replaced.map(({ path, from, to, again }) => {
        return `  ${path}: ${from} -> ${to}${again.length === 0 ? '' : `; again: ${again.join(', ')}`}`;
      }),
    );
  }
  if (pruned.length > 0)
    lines.push('Removed, since the estate has no place for it:', ...pruned.map((path) => `  ${path}`));
  // What tells something that others wait for is named with them.
  const others = apply.filter((command) => !pending?.next.includes(command) && !again.includes(command));
  if (others.length > 0) lines.push('Can be applied now:', ...others.map((command) => `  ${command}`));
  if (again.length > 0) lines.push('Is applied again, if it was before:', ...again.map((each) => `  ${each}`));
  const waits = formatPending(pending);
  return [...lines, ...(waits === '' ? ['Nothing waits any more.'] : [waits])].join('\n');
}

function write(path: string, text: string): void {
  try {
    writeWhole(path, text);
  } catch (error) {
    const hint = 'check the permissions of the folder and the free space';
    throw new ToolError(`cannot write ${path}: ${reasonOf(error)}`, hint);
  }
}
