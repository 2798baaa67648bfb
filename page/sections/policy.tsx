import { limitRows, promiseRows, spreadRows } from '../../estate/report/policy';
import { survivalRows } from '../../estate/report/survival';
import { counted } from '../../estate/spec/words';
import type { EstatePage } from '../model';
import type { Section } from '../parts/section';
import { ConditionsPart, conditionsOf } from './policy/conditions';
import { LimitsPart } from './policy/limits';
import { PromisesPart } from './policy/promises';
import { SurvivalPart } from './policy/survival';
import { WaiversPart } from './policy/waivers';

/** Limits of policy, waivers, and what survives a loss. */
export const POLICY: Section = {
  id: 'policy',
  title: 'Policy and survival',
  body: (page) => {
    const { estate, plan, day } = page;
    const [limits, promises] = [limitRows(estate, day), promiseRows(estate)];
    const conditions = conditionsOf(estate, spreadRows(estate));
    const survival = survivalRows(estate, plan.links);
    const count = new Set([...limits, ...promises, ...conditions].map(({ path }) => path)).size;
    if (count + survival.length === 0) return undefined;
    return (
      <>
        <p>{leadOf(page, count)}</p>
        <LimitsPart page={page} rows={limits} />
        <PromisesPart rows={promises} />
        <ConditionsPart rows={conditions} />
        <WaiversPart page={page} />
        <SurvivalPart page={page} rows={survival} />
      </>
    );
  },
};

/** How many limits there are, and how many of them are waived. */
function leadOf({ estate: { policy } }: EstatePage, count: number): string {
  if (count === 0) return 'The file sets no limits of policy.';
  const waivers = policy.waivers?.length ?? 0;
  const limits = `The file sets ${counted(count, 'limit')} of policy`;
  return waivers === 0 ? `${limits}; all are kept.` : `${limits}; all are kept, but for ${counted(waivers, 'waiver')}.`;
}
