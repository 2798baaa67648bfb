import { PROVIDER_NAMES, PROVIDERS, type ProviderName } from '../../estate/terraform-providers';
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
  {
    of: /terraform-provider-|\b(azurerm|google|oci) v?\d+\.\d/,
    how: "read it in the provider's code of the release that stacks pin",
  },
  { of: /^aws-cdk-lib /, how: 'read it in the package that is installed' },
  { of: /^(docs\/|README|counted in)/, how: 'read it in this checkout' },
  { of: /^https:\/\/github\.com\//, how: 'read the repository again' },
  { of: /^https?:/, how: 'read the page again' },
  { of: /^[\w.-]+\/[\w.-]+ /, how: 'read the file of that repository on GitHub again' },
];

/** A release of a provider. */
interface Release {
  readonly provider: ProviderName;
  readonly version: string;
}

/** How sources name releases: `terraform-provider-google v7.45.0 …`, `…/oracle/oci/8.28.0/docs`, `azurerm 4.81.0 and …`. */
const RELEASES = [
  /terraform-provider-(azurerm|google|oci)\b[^;,]*?\bv(\d+\.\d+\.\d+)/g,
  /\b(azurerm|google|oci)[ /]v?(\d+\.\d+\.\d+)/g,
];

function releasesIn(source: string): readonly Release[] {
  return RELEASES.flatMap((form) => [...source.matchAll(form)]).flatMap(([, name, version = '']) =>
    PROVIDER_NAMES.filter((provider) => provider === name).map((provider) => ({ provider, version })),
  );
}

/** What says that a row was read in a release of a provider that stacks left behind; undefined where it was not. */
export function behind({ source }: FactRow): string | undefined {
  const left = releasesIn(source).filter(
    ({ provider, version }) => numbersOf(version) < numbersOf(PROVIDERS[provider].version),
  );
  const told = left.map((each) => `${each.provider} ${each.version}, stacks pin ${PROVIDERS[each.provider].version}`);
  return told.length === 0 ? undefined : `read in ${[...new Set(told)].join('; ')}`;
}

/** A version as a text that sorts as versions do. */
function numbersOf(version: string): string {
  return version.replace(/\d+/g, (part) => part.padStart(6, '0'));
}

/** What a row needs to be read again, and to be verified where something of it is assumed. */
export function needsOf(row: FactRow): readonly string[] {
  const way = WAYS.find(({ of }) => of.test(row.source))?.how ?? 'find it out again as its source says';
  const ask = ASKS.find(({ files, cloud = row.cloud }) => files.test(row.file) && cloud === row.cloud);
  return row.unverified === undefined ? [way] : [way, ask?.ask ?? 'find a page that says it, or try it in an account'];
}
