import {
  compareReleases,
  holdsFor,
  PROVIDER_NAMES,
  PROVIDERS,
  type ProviderRelease,
} from '../../estate/terraform-providers';
import { ASKS } from './asks';
import type { FactRow } from './fact-row';

/** A way of reading a source again. */
interface Way {
  /** Sources that are read so. */
  readonly of: RegExp;
  readonly how: string;
}

/** Ways by what a source is, the first that fits counts. */
const WAYS: readonly Way[] = [
  { of: /terraform-provider-\w+\/blob\/\S+CHANGELOG/, how: 'record a newer release: docs/recording.md' },
  {
    of: /terraform-provider-|\b(azurerm|google|oci) v?\d+\.\d/,
    how: "read it in the provider's code of the newest release that is recorded",
  },
  { of: /^aws-cdk-lib /, how: 'read it in the package that is installed' },
  { of: /^(docs\/|README|counted in)/, how: 'read it in this checkout' },
  { of: /^https:\/\/github\.com\//, how: 'read the repository again' },
  { of: /^https?:/, how: 'read the page again' },
  { of: /^[\w.-]+\/[\w.-]+ /, how: 'read the file of that repository on GitHub again' },
];

/** How sources name releases: `terraform-provider-google v7.45.0 …`, `…/oracle/oci/8.28.0/docs`, `azurerm 4.81.0 and …`. */
const RELEASES = [
  /terraform-provider-(azurerm|google|oci)\b[^;,]*?\bv(\d+\.\d+\.\d+)/g,
  /\b(azurerm|google|oci)[ /]v?(\d+\.\d+\.\d+)/g,
];

function releasesIn(source: string): readonly ProviderRelease[] {
  return RELEASES.flatMap((form) => [...source.matchAll(form)]).flatMap(([, name, version = '']) =>
    PROVIDER_NAMES.filter((each) => each === name).map((each) => ({ name: each, version })),
  );
}

/** What says that a row was read in a release before the newest recorded one that it is to hold for. */
export function behind({ source, before }: Pick<FactRow, 'source' | 'before'>): string | undefined {
  const told = releasesIn(source).flatMap(({ name, version }) => {
    const newest = PROVIDERS[name].releases.findLast((release) => holdsFor({ before }, release)) ?? version;
    return compareReleases(version, newest) < 0 ? [`${name} ${version}, ${newest} is recorded`] : [];
  });
  return told.length === 0 ? undefined : `read in ${[...new Set(told)].join('; ')}`;
}

/** What a row needs to be read again, and to be verified where something of it is assumed. */
export function needsOf(row: FactRow): readonly string[] {
  const way = WAYS.find(({ of }) => of.test(row.source))?.how ?? 'find it out again as its source says';
  const ask = ASKS.find(({ files, cloud = row.cloud }) => files.test(row.file) && cloud === row.cloud);
  return row.unverified === undefined ? [way] : [way, ask?.ask ?? 'find a page that says it, or try it in an account'];
}
