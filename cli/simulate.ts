import { type LinkLoss, linkLossOf } from '../estate/report/link-loss';
import { formatLoss } from '../estate/report/loss';
import { MEASURES, stockOf } from '../estate/spec/limits';
import { type Loss, lossOf, worstOf } from '../estate/spec/loss';
import { LOSABLE, type LostThing, parseLose } from '../estate/spec/policy';
import type { Estate } from '../estate/spec/schema';
import { resolveEstate, ToolError } from './app';
import { dayOption } from './today';

/** Options of `estate simulate`. */
export interface SimulateFlags {
  readonly lose?: readonly string[];
  readonly at?: string;
  readonly json?: boolean;
}

/** What `estate simulate` tells. */
export interface Simulated extends Loss {
  /** What goes of links. @default none: the estate has none */
  readonly links?: LinkLoss;
}

/** What goes with the loss of some things, what is left, and which limits are broken then. */
export function simulateReport(file: string, { lose = [], at, json }: SimulateFlags): string {
  const day = dayOption('at', at);
  if (lose.length === 0) {
    throw new ToolError('nothing is lost', `--lose aws, or ${LOSABLE.map((kind) => `${kind}:KEY`).join(', ')}`);
  }
  const { loaded, plan } = resolveEstate(file);
  const { estate } = loaded;
  const things = lose.flatMap((text) => thingsFor(text, estate));
  const loss = lossOf(estate, things, day);
  const links = linkLossOf(plan.links, estate, things);
  const told: Simulated = links === undefined ? loss : { ...loss, links };
  return json ? JSON.stringify(told, undefined, 2) : formatLoss(loss, estate, day, links);
}

/** The things that are meant; of some of a kind those that take most accelerators. */
function thingsFor(text: string, estate: Estate): readonly LostThing[] {
  const lose = parseLose(text, estate);
  if (typeof lose === 'string') {
    throw new ToolError(lose, `what can be lost: a cloud, or ${LOSABLE.map((kind) => `${kind}:KEY`).join(', ')}`);
  }
  if (!('anyOf' in lose)) return [lose];
  return worstOf(stockOf(estate), lose.anyOf, lose.count, MEASURES.accelerators);
}
