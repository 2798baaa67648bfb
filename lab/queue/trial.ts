import type { LabPart } from '../lab';
import type { ProgramFolder } from './programs';

/** What came out of a trial. */
export type TrialOutcome = Omit<LabPart, 'name' | 'versions'>;

/** What a trial is run with. */
export interface TrialScene {
  readonly programs: ProgramFolder;
  /** A folder of its own, which is gone afterwards. */
  readonly folder: string;
}

/** Something that is tried on real clusters. */
export interface Trial {
  /** What `--only` takes, and the heading of its results. */
  readonly name: string;
  readonly run: (scene: TrialScene) => Promise<TrialOutcome>;
}
