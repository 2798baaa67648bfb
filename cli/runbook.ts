import { CLOUDS, type Cloud } from '../estate/catalog';
import { firstApply } from '../estate/report/first-apply/build';
import { formatFirstApply } from '../estate/report/first-apply/text';
import { lockPathOf } from '../estate/spec/load';
import { didYouMean } from '../estate/spec/suggest';
import { resolveEstate, ToolError } from './app';
import { RUNBOOKS } from './choices';

/** Flags of `estate runbook`. */
export interface RunbookFlags {
  /** One cloud of the estate. @default all of them */
  readonly cloud?: string;
  readonly json?: boolean;
}

/** What somebody does by hand with an estate, in order, as text or JSON. */
export function runbookReport(runbook: string, file: string, { cloud, json }: RunbookFlags): string {
  if (!RUNBOOKS.some((name) => name === runbook)) {
    const hint = `runbooks: ${RUNBOOKS.join(', ')}; the runbook comes before the file: npx estate runbook first-apply FILE`;
    throw new ToolError(`there is no runbook "${runbook}"${didYouMean(runbook, RUNBOOKS)}`, hint);
  }
  const { plan } = resolveEstate(file);
  const clouds = cloud === undefined ? plan.clouds : [cloudOf(cloud, plan.clouds)];
  const order = firstApply(plan, { estate: file, lock: lockPathOf(file) }, clouds);
  return json ? JSON.stringify(order, undefined, 2) : formatFirstApply(order);
}

function cloudOf(name: string, used: readonly Cloud[]): Cloud {
  const found = used.find((cloud) => cloud === name);
  if (found !== undefined) return found;
  const known = CLOUDS.some((cloud) => cloud === name);
  const problem = known
    ? `the estate has nothing on ${name}`
    : `there is no cloud "${name}"${didYouMean(name, CLOUDS)}`;
  throw new ToolError(problem, `its clouds: ${used.join(', ')}`);
}
