import type { CloudCatalog, MachineBase } from './types';

/** A machine type of Oracle. */
export interface OracleMachine extends MachineBase {
  readonly cloud: 'oracle';
}

export declare const oracle: CloudCatalog<OracleMachine>;
