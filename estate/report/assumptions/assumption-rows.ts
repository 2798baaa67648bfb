import { CLOUDS } from '../../catalog';
import { planQueue } from '../../plan/queue/plan-queue';
import type { QueuePlan } from '../../plan/queue/types';
import type { Plan } from '../../plan/types';
import type { Estate } from '../../spec/schema';
import { compareKeys } from '../../units';
import { machineAssumptions, placeAssumptions, powerAssumptions, quotaAssumptions } from './capacity';
import { linkAssumptions, softwareAssumptions } from './joined';
import { ownAssumptions, priceAssumptions } from './own';
import { ASSUMPTIONS, type AssumptionRow } from './row';
import { serviceAssumptions, storeAssumptions } from './services';

/**
 * Everything that an estate is planned with and that nobody has measured or promised, with where it is from: by what it is
 * of, then by cloud.
 */
export function assumptionRows(
  estate: Estate,
  plan: Plan,
  queue: QueuePlan = planQueue(estate, plan),
): readonly AssumptionRow[] {
  const rows = [
    ...powerAssumptions(plan),
    ...placeAssumptions(plan),
    ...machineAssumptions(plan),
    ...quotaAssumptions(plan),
    ...storeAssumptions(plan),
    ...serviceAssumptions(estate, plan),
    ...linkAssumptions(plan),
    ...softwareAssumptions(estate, plan, queue),
    ...priceAssumptions(estate),
    ...ownAssumptions(estate, plan),
  ];
  const kinds = Object.keys(ASSUMPTIONS);
  const cloudOf = ({ cloud }: AssumptionRow) => (cloud === undefined ? -1 : CLOUDS.indexOf(cloud));
  return rows.sort(
    (one, other) =>
      kinds.indexOf(one.kind) - kinds.indexOf(other.kind) ||
      cloudOf(one) - cloudOf(other) ||
      compareKeys(one.what, other.what) ||
      compareKeys(one.figure, other.figure) ||
      compareKeys(one.assumed, other.assumed),
  );
}
