import { AWS_PLACES } from './aws-places';
import { AZURE_PLACES } from './azure-places';
import { GOOGLE_PLACES } from './google-places';
import { ORACLE_PLACES } from './oracle-places';
import type { CloudPlaces, Place, PlaceRow } from './place-row';
import type { Cloud } from './types';

export type { Place } from './place-row';

/** Where regions lie, and zones away from them, by cloud. */
export const PLACES: Readonly<Record<Cloud, CloudPlaces>> = {
  aws: AWS_PLACES,
  azure: AZURE_PLACES,
  google: GOOGLE_PLACES,
  oracle: ORACLE_PLACES,
};

/** The place of a region; undefined where the catalog does not know it. */
export function placeOf(cloud: Cloud, region: string): Place | undefined {
  return placeIn(PLACES[cloud].regions, region);
}

/** The place of a zone that lies away from its region (`us-east-1-dfw-2a`); undefined where it is not published. */
export function zonePlaceOf(cloud: Cloud, zone: string): Place | undefined {
  return placeIn(PLACES[cloud].zones, zone);
}

function placeIn(rows: readonly PlaceRow[], name: string): Place | undefined {
  const row = rows.find(({ places }) => Object.hasOwn(places, name));
  const place = row?.places[name];
  if (row === undefined || place === undefined) return undefined;
  const [title, latitude, longitude, town] = place;
  const { source, checked, unverified } = row;
  return {
    title,
    latitude,
    longitude,
    ...(town !== undefined && { town }),
    source,
    checked,
    ...(unverified !== undefined && { unverified }),
  };
}
