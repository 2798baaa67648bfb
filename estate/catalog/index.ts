import { type AwsMachine, aws } from './aws';
import { type AzureMachine, azure } from './azure';
import { type GoogleMachine, google } from './google';
import { type OracleMachine, oracle } from './oracle';
import type { Cloud, CloudCatalog } from './types';

export { ACCELERATORS, WITHHELD } from './accelerators';
export { NETWORK_RANGES } from './ranges';
export * from './types';
export type { AwsMachine, AzureMachine, GoogleMachine, OracleMachine };

/** The machine type of each cloud. */
export interface MachineOf {
  readonly aws: AwsMachine;
  readonly azure: AzureMachine;
  readonly google: GoogleMachine;
  readonly oracle: OracleMachine;
}

/** What the catalog knows, by cloud. */
export const CATALOG: { readonly [C in Cloud]: CloudCatalog<MachineOf[C]> } = { aws, azure, google, oracle };
