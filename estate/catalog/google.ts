import type { CloudCatalog, MachineBase } from './types';

/** A machine type of Google. */
export interface GoogleMachine extends MachineBase {
  readonly cloud: 'google';
}

export declare const google: CloudCatalog<GoogleMachine>;
