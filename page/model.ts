import { CLOUDS, type Cloud } from '../estate/catalog';
import type { Day } from '../estate/days';
import type { Diagnostic } from '../estate/diagnostics';
import { planQueue } from '../estate/plan/queue/plan-queue';
import type { QueuePlan } from '../estate/plan/queue/types';
import type { Plan } from '../estate/plan/types';
import { ownerRows } from '../estate/report/owners';
import type { AcceptedWarning } from '../estate/spec/acknowledge';
import type { ExchangeFile } from '../estate/spec/exchange';
import type { Estate } from '../estate/spec/schema';

/** What a page is made from: an estate without errors, with its plan. */
export interface PageSource {
  readonly estate: Estate;
  readonly plan: Plan;
  /** What clouds have said after an apply. @default nothing was imported yet */
  readonly told?: ExchangeFile;
  /** Warnings that nobody has acknowledged. */
  readonly warnings: readonly Diagnostic[];
  readonly acknowledged: readonly AcceptedWarning[];
  /** Day that the page is as of. */
  readonly day: Day;
  /** Release of the tool that made it. */
  readonly version: string;
}

/** What a row or a mark can be filtered by. */
export interface Facets {
  /** @default it is of no single cloud */
  readonly cloud?: Cloud;
  /** Key of the site. @default it lies at no single site */
  readonly site?: string;
  /** Team that answers for it. @default nobody does */
  readonly owner?: string;
}

/** Everything that sections of a page draw from. */
export interface EstatePage extends PageSource {
  /** How jobs queue, which several chapters tell of. */
  readonly queue: QueuePlan;
  /**
   * What can be asked of an entry: where it lies and who answers for it.
   *
   * Takes the path of an entry or of anything below it, such as `clusters.ohio.pools.train.capacity`.
   */
  readonly facets: (path: string) => Facets;
}

/** Makes an estate ready to be drawn. */
export function estatePage(source: PageSource): EstatePage {
  const { estate, plan } = source;
  return { ...source, queue: planQueue(estate, plan), facets: facetsOf(plan) };
}

/** What can be asked of entries of a plan, and of whatever lies below them. */
export function facetsOf(plan: Plan): EstatePage['facets'] {
  const known = facetsByEntry(plan);
  const facets = (path: string): Facets => {
    const found = known.get(path);
    if (found !== undefined) return found;
    const end = path.lastIndexOf('.');
    return end < 0 ? {} : facets(path.slice(0, end));
  };
  return facets;
}

function facetsByEntry(plan: Plan): ReadonlyMap<string, Facets> {
  const places = new Map<string, Facets>();
  for (const cloud of CLOUDS) {
    for (const site of plan.sites(cloud)) {
      places.set(`sites.${site.key}`, { cloud, site: site.key });
      for (const { key } of [...site.stores, ...site.existingStores, ...site.retired]) {
        places.set(`stores.${key}`, { cloud, site: site.key });
      }
    }
    for (const { cluster, site } of plan.shards(cloud)) places.set(`clusters.${cluster}`, { cloud, site: site.key });
    for (const { key } of plan.accounts(cloud)) places.set(`accounts.${key}`, { cloud });
  }
  for (const { entry, team } of ownerRows(plan)) {
    const place = places.get(entry) ?? places.get(entry.split('.').slice(0, 2).join('.'));
    places.set(entry, { ...place, ...(team !== '' && { owner: team }) });
  }
  return places;
}
