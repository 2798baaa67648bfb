import { floorOf, shareOf } from '../queue';
import { joined, quote } from '../words';
import { acceleratorsOf, queuedPools, teamsIn } from './queue-walk';
import type { Rule } from './rule';

/** Sums of percentages such as 33.3 three times are not exact. */
const EXACT = 1e-6;

/** Teams have at most all of an accelerator together, and keep at most what is theirs. */
export const queueShares: Rule = {
  code: 'QueueShares',
  severity: 'error',
  summary: 'shares of an accelerator add up to 100 percent at most, and the floor of a team to its share',
  why: 'what is promised twice is given to whoever comes first, and a team cannot keep what is not its own',
  check(estate, report) {
    const teams = teamsIn(estate);
    const written = teams.flatMap(({ team }) => (typeof team.shares === 'object' ? Object.keys(team.shares) : []));
    const all = [...new Set([...acceleratorsOf(queuedPools(estate)), ...written])].sort();
    for (const accelerator of all) {
      const having = teams.filter(({ team }) => shareOf(team, accelerator) > 0);
      const sum = having.reduce((total, { team }) => total + shareOf(team, accelerator), 0);
      const last = having.at(-1);
      if (sum <= 100 + EXACT || last === undefined) continue;
      const isOwn = typeof last.team.shares === 'object';
      const parts = having.map(({ key, team }) => `${key} ${shareOf(team, accelerator)}`);
      report({
        path: [...last.path, 'shares', ...(isOwn ? [accelerator] : [])],
        message: `teams have ${Number(sum.toFixed(6))} percent of ${quote(accelerator)} together: ${joined(parts, 'and')}`,
        hint: 'lower shares to 100 in all; what a team only uses while others do not is borrowed, and needs no share',
      });
    }
    for (const { path, team } of teams) {
      for (const accelerator of Object.keys(team.floor ?? {})) {
        const [floor, share] = [floorOf(team, accelerator), shareOf(team, accelerator)];
        if (floor <= share) continue;
        report({
          path: [...path, 'floor', accelerator],
          message: `the floor of ${floor} percent is above the share of ${share}`,
          hint: `write ${share} or less, or a larger share`,
        });
      }
    }
  },
};
