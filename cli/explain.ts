import { EstateError } from '../estate/diagnostics';
import type { Plan } from '../estate/plan/types';
import { explain, findKey, formatExplanation } from '../estate/report/explain';
import { type LoadedEstate, loadEstate } from '../estate/spec/load';
import { planLoaded, ToolError } from './app';

/** What `estate explain` prints of a key: its meaning, its value, and what it was resolved to. */
export function explainReport(text: string, file: string, asJson: boolean): string {
  const loaded = loadEstate(file);
  const found = findKey(text, loaded);
  if (found.problem !== undefined) throw new ToolError(found.problem, found.hint);
  const { plan, unresolved } = planOf(loaded);
  const explanation = explain(loaded, plan, found);
  if (asJson) return JSON.stringify(explanation, undefined, 2);
  return `${formatExplanation(explanation)}${unresolved === undefined ? '' : `\n\nnot resolved: ${unresolved}`}`;
}

/** The plan, or why there is none: the meaning of a key is wanted most while an estate is being written. */
function planOf(loaded: LoadedEstate): { readonly plan?: Plan; readonly unresolved?: string } {
  try {
    return { plan: planLoaded(loaded) };
  } catch (error) {
    if (!(error instanceof EstateError)) throw error;
    const [first] = error.diagnostics;
    return { unresolved: `${first?.message ?? ''}; ${first?.hint ?? ''}` };
  }
}
