import type { Day } from '../estate/days';
import { EstateError } from '../estate/diagnostics';
import { staleEntries } from '../estate/plan/links/exchange-stale';
import type { AcceptedWarning } from '../estate/spec/acknowledge';
import { exitCodeOf, sortDiagnostics } from '../estate/spec/check';
import { exchangePathOf } from '../estate/spec/exchange';
import { waiversOn } from '../estate/spec/waivers';
import { type ResolvedEstate, resolveEstate } from './app';

/** What was found in an estate file on a day. */
export interface Checked {
  /** The estate with its plan; undefined when there are errors. */
  readonly resolved?: ResolvedEstate;
  readonly diagnostics: EstateError['diagnostics'];
  readonly acknowledged: readonly AcceptedWarning[];
  readonly exitCode: EstateError['exitCode'] | 0;
}

/** Reads and plans an estate file and says everything that is wrong in it, waivers that have ended on the day too. */
export function checkEstate(file: string, day: Day): Checked {
  try {
    const resolved = resolveEstate(file);
    const { loaded, plan, told } = resolved;
    const { warnings, acknowledged, estate, positions } = loaded;
    const waivers = waiversOn(estate, positions, day);
    const more = [...waivers, ...(told === undefined ? [] : staleEntries(told, plan))];
    const order = [file, ...loaded.parts.map(({ name }) => name), exchangePathOf(file)];
    const diagnostics = more.length === 0 ? warnings : sortDiagnostics([...warnings, ...more], order);
    const hasEnded = waivers.some(({ severity }) => severity === 'error');
    return hasEnded
      ? { diagnostics, acknowledged: [], exitCode: exitCodeOf(diagnostics) }
      : { resolved, diagnostics, acknowledged, exitCode: 0 };
  } catch (error) {
    if (!(error instanceof EstateError)) throw error;
    return { diagnostics: error.diagnostics, acknowledged: [], exitCode: error.exitCode };
  }
}
