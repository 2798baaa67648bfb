import type { Cloud } from '../catalog';
import type { Site } from '../spec/schema';
import type { ZoneOf } from './types';

/** A zone that is given, or the only one of the site; none where the cloud has regions without. */
export function zoneOf<C extends Cloud>(cloud: C, zone: string | undefined, site: Site | undefined): ZoneOf[C] {
  return ZONES[cloud](zone ?? site?.zones[0]);
}

const ZONES: { readonly [C in Cloud]: (zone: string | undefined) => ZoneOf[C] } = {
  aws: someZone,
  azure: (zone) => zone,
  google: someZone,
  oracle: someZone,
};

function someZone(zone: string | undefined): string {
  if (zone === undefined) throw new Error('a site has no zone: the rules must refuse it before planning');
  return zone;
}
