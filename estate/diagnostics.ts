/** Place in the estate file: 1-based line and column, and the length of the value in characters. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** The source line, without its line break. */
  readonly text: string;
}

/** One finding about an estate: what is wrong, where, and what to write instead. */
export interface Diagnostic {
  /** Stable PascalCase code. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** Dotted path in the estate, such as `clusters.ohio-b200.pools.train.accelerator`. */
  readonly path: string;
  /** The offending value as written. */
  readonly value?: unknown;
  /** Lower-case sentence without a final period. */
  readonly message: string;
  /** What to change. */
  readonly hint?: string;
  readonly at?: Position;
}

/** An estate that cannot be planned; carries every finding at once. */
export class EstateError extends Error {
  constructor(
    readonly diagnostics: readonly Diagnostic[],
    /** Exit code of a command that ends with it: 2 the estate is invalid, 3 a policy or limit refuses it. */
    readonly exitCode: 2 | 3 = 2,
  ) {
    super(diagnostics.map((found) => `${found.path}: ${found.message}`).join('\n'));
    this.name = 'EstateError';
  }
}
