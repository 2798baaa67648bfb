import { catalogOf } from '../catalog-of';
import { borrowOf, shareOf } from '../queue';
import { CPU_POOLS } from '../schema-queue';
import { joined, quote } from '../words';
import { acceleratorsOf, teamsIn, trainingPools } from './queue-walk';
import type { Rule } from './rule';

/** What teams have a part of is there, and what is there has teams. */
export const queueAccelerator: Rule = {
  code: 'QueueAccelerator',
  severity: 'warning',
  summary: 'accelerators that teams have a part of are there, and those that are there may be used by a team',
  why: 'a part of nothing is nothing, and nodes that no queue gives out stand idle and cost as much',
  check(estate, report) {
    const teams = teamsIn(estate);
    if (teams.length === 0) return;
    const pools = trainingPools(estate);
    const there = acceleratorsOf(pools);
    const known = catalogOf(estate).accelerators;
    for (const { path, team } of teams) {
      for (const what of ['shares', 'borrow', 'floor'] as const) {
        const map = team[what];
        if (typeof map !== 'object') continue;
        for (const key of Object.keys(map)) {
          if (there.includes(key) || !(key === CPU_POOLS || Object.hasOwn(known, key))) continue;
          report({
            path: [...path, what, key],
            on: 'key',
            value: key,
            message: `${key === CPU_POOLS ? 'all pools that jobs run on have accelerators' : `no pool that jobs run on has ${quote(key)}`}, so this gives nothing`,
            hint: there.length === 0 ? 'add a pool, or remove it' : `jobs run on ${joined(there, 'and')}`,
          });
        }
      }
    }
    for (const accelerator of there) {
      const mayUse = teams.some(({ team }) => shareOf(team, accelerator) > 0 || borrowOf(team, accelerator) !== 0);
      const [first] = pools.filter((each) => each.accelerator === accelerator);
      if (mayUse || first === undefined) continue;
      report({
        path: first.path,
        on: 'key',
        message: `no team has a share of ${quote(accelerator)} or may borrow it, so no job runs here`,
        hint: 'give a team a share, or let one borrow what is idle',
      });
    }
  },
};
