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

/** Failures of the machine, by their system error code, and what to do about them. */
const MACHINE_FAILURES: Readonly<Record<string, string>> = {
  ENOSPC: 'free some space, or set TMPDIR to a folder on another disk',
  EDQUOT: 'free some space, or set TMPDIR to a folder on another disk',
  EACCES: 'allow this user to read the synthesized stacks and to write to TMPDIR',
  EPERM: 'allow this user to read the synthesized stacks and to write to TMPDIR',
  EROFS: 'set TMPDIR to a folder that can be written to',
  EMFILE: 'allow more open files (ulimit -n), or plan fewer stacks at the same time',
};

/** What was thrown, as an expected failure where the machine is to blame; bugs stay as they are. */
export function asExpected(thrown: unknown): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const hint = MACHINE_FAILURES[code];
  return thrown instanceof Error && hint !== undefined ? new OfflineError(thrown.message, hint) : thrown;
}
