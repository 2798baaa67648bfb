import { lookup } from '../../spec/lookup';
import type { Estate } from '../../spec/schema';
import type { Team } from './teams';
import type { CohortPlan, FlavorQuotas } from './types';

/** The cohorts of one accelerator in one shard. */
export interface CohortTree {
  /** Name of the one that is the whole. */
  readonly root: string;
  /** Parents first. */
  readonly cohorts: readonly CohortPlan[];
  /** Name of the one that a team borrows in first. */
  readonly ofTeam: (team: Team) => string;
}

/** The tree of the groups that some teams are in, below one cohort that has what is nobody's own. */
export function cohortTree(
  root: string,
  quotas: readonly FlavorQuotas[],
  teams: readonly Team[],
  { queue }: Estate,
): CohortTree {
  const groups = queue?.groups ?? {};
  const name = (group: string | undefined) => (group === undefined ? root : `${root}-${group}`);
  const cohorts = new Map<string, CohortPlan>([[root, { name: root, quotas }]]);
  const add = (group: string | undefined): void => {
    const entry = group === undefined ? undefined : lookup(groups, group);
    if (entry === undefined || cohorts.has(name(group))) return;
    add(entry.parent);
    const weight = queue?.fairSharing === true ? entry.weight : undefined;
    const own = { name: name(group), parent: name(entry.parent), ...(weight !== undefined && { weight }), quotas: [] };
    cohorts.set(own.name, own);
  };
  const sorted = [...new Set(teams.flatMap(({ group }) => group ?? []))].sort();
  for (const group of sorted) add(group);
  return { root, cohorts: [...cohorts.values()], ofTeam: ({ group }) => name(group) };
}
