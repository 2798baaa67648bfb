/** Name of a Terraform provider that stacks use and whose schema is recorded, as `required_providers` has it. */
export type ProviderName = 'azurerm' | 'google' | 'oci';

/** What is known of a Terraform provider as a whole. */
export interface ProviderRow {
  /** Registry address without a host. */
  readonly source: string;
  /** The cloud whose stacks use it. */
  readonly cloud: 'azure' | 'google' | 'oracle';
  /** The release that stacks pin where the estate names none. */
  readonly version: string;
  /** Releases whose schemas are recorded and that an estate may name, oldest first. */
  readonly releases: readonly string[];
  /** Version of Terraform's plugin protocol that its own binary speaks; the local provider speaks the sixth. */
  readonly protocol: 5;
  /** Where its binary says so. */
  readonly protocolSource: string;
  readonly checked: string;
}

/** The Terraform providers, and their exact releases that stacks pin and plans know: by no other is anything decided. */
export const PROVIDERS: Readonly<Record<ProviderName, ProviderRow>> = {
  azurerm: {
    source: 'hashicorp/azurerm',
    cloud: 'azure',
    version: '4.81.0',
    releases: ['4.81.0', '5.2.0'],
    protocol: 5,
    protocolSource: 'https://github.com/hashicorp/terraform-provider-azurerm/blob/v5.2.0/main.go',
    checked: '2026-11',
  },
  google: {
    source: 'hashicorp/google',
    cloud: 'google',
    version: '7.45.0',
    releases: ['7.45.0'],
    protocol: 5,
    protocolSource: 'https://github.com/hashicorp/terraform-provider-google/blob/v7.45.0/main.go',
    checked: '2026-11',
  },
  oci: {
    source: 'oracle/oci',
    cloud: 'oracle',
    version: '8.28.0',
    releases: ['8.28.0'],
    protocol: 5,
    protocolSource: 'https://github.com/oracle/terraform-provider-oci/blob/v8.28.0/main.go',
    checked: '2026-11',
  },
};

/** Names of the providers. */
export const PROVIDER_NAMES: readonly ProviderName[] = ['azurerm', 'google', 'oci'];

/** A provider in one of its recorded releases. */
export interface ProviderRelease {
  readonly name: ProviderName;
  readonly version: string;
}

/** Every recorded release of every provider. */
export function recordedReleases(): ProviderRelease[] {
  return PROVIDER_NAMES.flatMap((name) => PROVIDERS[name].releases.map((version) => ({ name, version })));
}

/** File of the recording of a release, in `provider/schemas`. */
export function recordingOf({ name, version }: ProviderRelease): string {
  return `${name}-${version}.json.gz`;
}

/** The provider that a resource type belongs to by its first word; undefined for those that are not recorded. */
export function providerOfType(type: string): ProviderName | undefined {
  return PROVIDER_NAMES.find((name) => type.startsWith(`${name}_`));
}

/** The releases that something holds for. */
export interface ReleaseRange {
  /** The first of them. @default every recorded release from the oldest one on */
  readonly since?: string;
  /** The first release that it no longer holds for. @default every recorded release up to the newest one */
  readonly before?: string;
}

/** Whether something holds for a release. */
export function holdsFor({ since, before }: ReleaseRange, version: string): boolean {
  return (
    (since === undefined || compareReleases(version, since) >= 0) &&
    (before === undefined || compareReleases(version, before) < 0)
  );
}

/** Orders releases from the oldest to the newest. */
export function compareReleases(one: string, other: string): number {
  const [left, right] = [one, other].map((release) => release.split('.').map((part) => Number.parseInt(part, 10)));
  const differs = left?.findIndex((part, index) => part !== right?.[index]) ?? -1;
  return differs < 0 ? 0 : (left?.[differs] ?? 0) - (right?.[differs] ?? 0);
}
