import type { Cloud } from '../catalog';
import { CLOUDS } from '../catalog';
import { catalogOf } from './catalog-of';
import { countryIn } from './holdings';
import type { Estate } from './schema';
import { didYouMean } from './suggest';
import { quote } from './words';

/** Whether policy lets sites of a cloud lie in a region; a region whose country nobody knows is in none. */
export function isRegionAllowed(estate: Estate, cloud: Cloud, region: string): boolean {
  const { regions, countries } = estate.policy;
  const country = countryIn(estate, cloud, region);
  const isAllowed = (lists: typeof regions, value: string | undefined): boolean => {
    if (lists?.allow !== undefined && (value === undefined || !lists.allow.includes(value))) return false;
    return value === undefined || lists?.deny?.includes(value) !== true;
  };
  return isAllowed(regions, region) && isAllowed(countries, country);
}

/** What is kept, besides single accelerators. */
export const KEPT = ['accelerators', 'power', 'stores'] as const;

/** A share that has to be left of something. */
export interface Keep {
  /** Millionths. */
  readonly share: number;
  /** One of {@link KEPT}, or an accelerator of the catalog. */
  readonly of: string;
}

/** Reads `60% of accelerators`; undefined where nothing goes by the name. */
export function parseKeep(text: string, estate: Estate): Keep | undefined {
  const [share = '', of = ''] = text.split('% of ');
  const isKnown = KEPT.some((name) => name === of) || Object.hasOwn(catalogOf(estate).accelerators, of);
  return isKnown ? { share: millionths(share), of } : undefined;
}

/** Reads `60%` or `60` as millionths, which compare exactly. */
export function millionths(percent: string): number {
  return Math.round(Number.parseFloat(percent) * 10_000);
}

/** What things can be lost. */
export const LOSABLE = ['cloud', 'account', 'region', 'site', 'cluster', 'machine', 'commitment'] as const;

/** A kind of thing that can be lost. */
export type Losable = (typeof LOSABLE)[number];

/** One thing that is lost. */
export interface LostThing {
  readonly kind: Losable;
  readonly key: string;
}

/** What is lost: some of a kind, whichever they are, or one thing. */
export type Lose = { readonly anyOf: Losable; readonly count: number } | LostThing;

/** Reads `any 2 sites`, `site:ohio`, `aws`; says what is wrong where there is no such thing. */
export function parseLose(text: string, estate: Estate): Lose | string {
  const [, digit = '1', noun] = /^any(?: (\d))? (\w+?)s?$/.exec(text) ?? [];
  const losable = LOSABLE.find((kind) => kind === noun);
  if (losable !== undefined) return { anyOf: losable, count: Number(digit) };
  const [, kind = 'cloud', key = text] = /^(\w+):(.+)$/.exec(text) ?? [];
  const found = LOSABLE.find((each) => each === kind);
  if (found === undefined) return `nothing that can be lost is a ${quote(kind)}${didYouMean(kind, LOSABLE)}`;
  const keys = thingsOf(found, estate);
  if (keys.includes(key)) return { kind: found, key };
  return `there is no ${found} ${quote(key)}${didYouMean(key, keys)}`;
}

/** The things of a kind that an estate has, by what `--lose` calls them. */
export function thingsOf(kind: Losable, estate: Estate): readonly string[] {
  const { accounts, sites, clusters, commitments } = estate;
  const pools = Object.values(clusters).flatMap(({ pools }) => Object.values(pools));
  switch (kind) {
    case 'cloud':
      return CLOUDS.filter((cloud) => Object.values(accounts).some((account) => account.cloud === cloud));
    case 'account':
      return Object.keys(accounts);
    case 'site':
      return Object.keys(sites);
    case 'cluster':
      return Object.keys(clusters);
    case 'commitment':
      return Object.keys(commitments);
    case 'region':
      return [...new Set(Object.values(sites).map(({ region }) => region))];
    case 'machine':
      return [
        ...new Set([
          ...pools.flatMap(({ accelerator = [] }) => accelerator),
          ...CLOUDS.flatMap((cloud) => Object.keys(catalogOf(estate).clouds[cloud].machines)),
        ]),
      ];
  }
}
