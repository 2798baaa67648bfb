import { CLOUDS } from '../estate/catalog';
import type { Plan } from '../estate/plan/types';
import { ownerRows } from '../estate/report/owners';
import { estatePage, type PageSource } from './model';
import { SECTIONS } from './sections';
import { htmlDocument } from './shell';

/** The page of an estate: one HTML file without anything beside it. */
export function estateHtml(source: PageSource): string {
  const { plan, day, version } = source;
  return htmlDocument({
    title: `Estate ${plan.name}`,
    subtitle: `As of ${day}, from the plan of the estate file: nothing was asked of a cloud.`,
    page: estatePage(source),
    sections: SECTIONS,
    filters: filtersOf([plan]),
    footer: `Made by training-estate ${version}. Every number is one of estate show.`,
  });
}

/** The sites and teams of plans, each once. */
export function filtersOf(plans: readonly Plan[]): {
  readonly sites: readonly string[];
  readonly owners: readonly string[];
} {
  const sites = plans.flatMap((plan) => CLOUDS.flatMap((cloud) => plan.sites(cloud).map(({ key }) => key)));
  const owners = plans.flatMap((plan) => ownerRows(plan).map(({ team }) => team));
  return { sites: [...new Set(sites)], owners: [...new Set(owners)].filter((team) => team !== '') };
}
