import type { LabPart } from '../lab';
import type { QueueBed } from './bed';
import type { TriedEstate } from './estate';
import type { ProgramFolder } from './programs';

/** What came out of a trial. */
export type TrialOutcome = Omit<LabPart, 'name' | 'versions'>;

/** What a trial is run with. */
export interface TrialScene {
  readonly programs: ProgramFolder;
  /** A folder of its own, which is gone afterwards. */
  readonly folder: string;
}

/** Something that is tried on clusters of its own. */
export interface Trial {
  /** What `--only` takes, and the heading of its results. */
  readonly name: string;
  readonly run: (scene: TrialScene) => Promise<TrialOutcome>;
}

/** An estate with its clusters, which have all nodes and bundles, and no jobs. */
export interface EstateScene {
  readonly bed: QueueBed;
  readonly tried: TriedEstate;
  /** Number that random jobs are made from. */
  readonly seed: number;
  /** Number of random jobs, over all clusters. */
  readonly jobs: number;
}

/** Something that is tried on the clusters of an estate; it leaves them without jobs. */
export interface EstateTrial {
  readonly name: string;
  readonly run: (scene: EstateScene) => Promise<TrialOutcome>;
}
