import { CLOUDS } from '../estate/catalog';
import type { Plan } from '../estate/plan/types';
import { ownerRows } from '../estate/report/owners';
import { estatePage, type PageSource } from './model';
import { SECTIONS } from './sections';
import { type Filtered, htmlDocument } from './shell';

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

/** The clouds, sites and teams of plans, each once. */
export function filtersOf(plans: readonly Plan[]): Filtered {
  const clouds = plans.flatMap((plan) => plan.clouds);
  const sites = plans.flatMap((plan) => CLOUDS.flatMap((cloud) => plan.sites(cloud).map(({ key }) => key)));
  const owners = plans.flatMap((plan) => ownerRows(plan).map(({ team }) => team));
  return {
    clouds: [...new Set(clouds)],
    sites: [...new Set(sites)],
    owners: [...new Set(owners)].filter((team) => team !== ''),
  };
}
