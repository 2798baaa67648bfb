import { CLOUDS, type Cloud } from '../catalog';
import { type Place, placeOf, zonePlaceOf } from '../catalog/places';
import type { Plan, SitePlan } from '../plan/types';
import { countryIn } from '../spec/holdings';
import type { Estate } from '../spec/schema';
import { powerRows } from './power';
import { capacityRows } from './views';

/** One site: where it lies and what it has. */
export interface SiteRow {
  readonly site: string;
  readonly cloud: Cloud;
  /** Key of the account. */
  readonly account: string;
  readonly region: string;
  readonly zones: readonly string[];
  /** Where the region lies. @default the catalog does not know it */
  readonly place?: Place;
  /** Its zones that lie away from the region, where that is known. */
  readonly away: readonly AwayZone[];
  /** Two letters of ISO 3166. @default nobody has said it */
  readonly country?: string;
  readonly clusters: number;
  /** Accelerators in service. */
  readonly accelerators: number;
  /** Nodes in service. */
  readonly nodes: number;
  /** What its facility draws under full load; null where nothing at the site has a figure. */
  readonly megawatts: number | null;
}

/** A zone away from its region. */
export interface AwayZone {
  readonly zone: string;
  readonly place: Place;
}

/** The sites of an estate, by cloud and key. */
export function siteRows(estate: Estate, plan: Plan): readonly SiteRow[] {
  const pools = capacityRows(plan);
  const power = new Map(powerRows(plan).map(({ site, megawatts }) => [site, megawatts]));
  return CLOUDS.flatMap((cloud) => {
    const sites: readonly SitePlan[] = plan.sites(cloud);
    return sites.map(({ key, account, region, zones }): SiteRow => {
      const own = pools.filter(({ site }) => site === key);
      const clusters = plan.shards(cloud).filter(({ site }) => site.key === key);
      const [place, country] = [placeOf(cloud, region), countryIn(estate, cloud, region)];
      return {
        site: key,
        cloud,
        account: account.key,
        region,
        zones,
        ...(place && { place }),
        away: zones.flatMap((zone) => {
          const away = zonePlaceOf(cloud, zone);
          return away === undefined ? [] : [{ zone, place: away }];
        }),
        ...(country !== undefined && { country }),
        clusters: new Set(clusters.map(({ cluster }) => cluster)).size,
        accelerators: own.reduce((sum, { accelerators }) => sum + accelerators, 0),
        nodes: own.reduce((sum, { nodes }) => sum + nodes, 0),
        megawatts: power.get(key) ?? null,
      };
    });
  });
}
