import type { CloudCatalog, MachineBase } from './types';

/** A machine type of Aws. */
export interface AwsMachine extends MachineBase {
  readonly cloud: 'aws';
}

export declare const aws: CloudCatalog<AwsMachine>;
