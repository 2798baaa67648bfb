/**
 * An expected failure of an offline run: something to tell the user in one sentence, with what to do about it.
 *
 * Bugs keep their own error types and stacks; `bin/` prints this one without a stack.
 */
export class OfflineError extends Error {
  constructor(
    message: string,
    /** What the user can do about it. */
    readonly hint: string,
  ) {
    super(message);
    this.name = 'OfflineError';
  }
}
