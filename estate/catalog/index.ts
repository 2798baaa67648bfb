import { ACCELERATORS } from './accelerators';
import { type AwsMachine, aws } from './aws';
import { type AzureLustreTier, type AzureMachine, azure } from './azure';
import { type GoogleMachine, google } from './google';
import { tierOf } from './lustre';
import { type OracleMachine, oracle } from './oracle';
import { QUOTAS, type QuotaRow } from './quotas';
import type { Accelerator, Cloud, CloudCatalog, LustreTier } from './types';

export { ACCELERATORS, WITHHELD } from './accelerators';
export { fromAccelerator } from './machine-rows';
export { QUOTAS, type QuotaKey, type QuotaRow } from './quotas';
export { NETWORK_RANGES } from './ranges';
export * from './types';
export type { AwsMachine, AzureLustreTier, AzureMachine, GoogleMachine, OracleMachine };

/** The machine type of each cloud. */
export interface MachineOf {
  readonly aws: AwsMachine;
  readonly azure: AzureMachine;
  readonly google: GoogleMachine;
  readonly oracle: OracleMachine;
}

/** The tier of managed Lustre of each cloud. */
export interface LustreTierOf {
  readonly aws: LustreTier;
  readonly azure: AzureLustreTier;
  readonly google: LustreTier;
  readonly oracle: LustreTier;
}

/** What the built-in catalog knows, by cloud. */
export const CATALOG: { readonly [C in Cloud]: CloudCatalog<MachineOf[C], LustreTierOf[C]> } = {
  aws,
  azure,
  google,
  oracle,
};

/**
 * The row of a machine type that one knows by name.
 *
 * @throws Error that lists the types of the cloud, when the built-in catalog has no such type
 */
export function machineNamed<C extends Cloud>(cloud: C, type: string): MachineOf[C] {
  const machines: Readonly<Record<string, MachineOf[C]>> = CATALOG[cloud].machines;
  const row = machines[type];
  if (row === undefined)
    throw new Error(`${cloud} has no machine "${type}" in the catalog; it has ${Object.keys(machines).join(', ')}`);
  return row;
}

/**
 * The row of a performance tier of managed Lustre, by its throughput in MB/s for each TiB.
 *
 * @throws Error that lists the tiers of the cloud, when the built-in catalog has no such tier
 */
export function lustreTier<C extends Cloud>(cloud: C, throughputMBpsPerTiB: number): LustreTierOf[C] {
  const row = tierOf<LustreTierOf[C]>(CATALOG[cloud].lustre, throughputMBpsPerTiB);
  if (row !== undefined) return row;
  const tiers = CATALOG[cloud].lustre.tiers.map((tier) => tier.throughputMBpsPerTiB).join(', ');
  throw new Error(
    `${cloud} has no Lustre tier of ${throughputMBpsPerTiB} MB/s per TiB in the catalog; it has ${tiers}`,
  );
}

/** Everything that an estate is planned with: the built-in rows, with those of the estate in their place. */
export interface Catalog {
  readonly clouds: { readonly [C in Cloud]: CloudCatalog<MachineOf[C], LustreTierOf[C]> };
  readonly accelerators: Readonly<Record<string, Accelerator>>;
  readonly quotas: Readonly<Record<string, QuotaRow>>;
  /** Machine types whose row the estate has added or corrected, sorted. */
  readonly overridden: { readonly [C in Cloud]: readonly string[] };
}

/** The catalog of an estate that changes nothing in it. */
export const BUILT_IN_CATALOG: Catalog = {
  clouds: CATALOG,
  accelerators: ACCELERATORS,
  quotas: QUOTAS,
  overridden: { aws: [], azure: [], google: [], oracle: [] },
};
