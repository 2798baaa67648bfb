/** One part of what a lab ran, such as one estate on one cloud: results are kept part by part. */
export interface LabPart {
  /** Name of the part, the heading of its results. */
  readonly name: string;
  /** What it was run with, such as `google 7.45.0`. */
  readonly versions: readonly string[];
  /** What came out, in one sentence. */
  readonly result: string;
  /** Tables and figures. @default none */
  readonly tables?: readonly string[];
  /** Everything that is not as it should be. */
  readonly problems: readonly string[];
  /** What is to be known beside: reasons, limits. @default nothing */
  readonly notes?: readonly string[];
}

/** A lab as its module runs it. */
export interface LabProgram {
  /** Runs it with the rest of the command line, tells of each part when it is done; returns what was not run, and why. */
  readonly run: (args: readonly string[], done: (part: LabPart) => void) => Promise<readonly string[]>;
  /** Names of all parts that a whole run has, in order: results say which of them were never run. */
  readonly parts: () => readonly string[];
  /** Options, one a line. */
  readonly options: readonly string[];
}

/** Something that a lab needs and that does not come with the project. */
export interface Need {
  readonly what: string;
  readonly get: string;
}
