import type { CloudCatalog, MachineBase } from './types';

/** A machine type of Azure. */
export interface AzureMachine extends MachineBase {
  readonly cloud: 'azure';
}

export declare const azure: CloudCatalog<AzureMachine>;
