import { type Changes, countsOf, disagreements, isEmpty, together } from './changes';
import type { SentRequests } from './requests';

/** Everything that is known of one edit after it was made. */
export interface EditRun {
  /** By stack: what `estate diff` promises, and what the real provider plans. */
  readonly stacks: readonly { readonly stack: string; readonly promised: Changes; readonly planned: Changes }[];
  /** Whether `estate diff` refuses the edit, with exit code 3. */
  readonly refused: boolean;
  /** Errors of the plan or the apply of a stack. */
  readonly errors: readonly string[];
  readonly sent: SentRequests;
  /** What still differs when the edited stacks are planned once more. */
  readonly left: readonly string[];
}

/** What an edit is said to do, beside what `estate diff` says of it. */
export interface EditPromise {
  /** Destroys and replaces nothing, and deletes nothing. @default false */
  readonly isHarmless?: boolean;
  /** Is refused by the service or by a protection: `estate diff` ends with exit code 3. @default false */
  readonly isRefused?: boolean;
}

/** Types that are granted and taken away inside of a policy or of another thing, by requests that update it. */
const INSIDE_OTHERS =
  /_iam_member\.|^terraform_data\.|_association\.|security_group_security_rule\.|lifecycle_policy\./;

const MAX_LISTED = 3;

function listed(requests: readonly string[]): string {
  const more = requests.length > MAX_LISTED ? ` and ${requests.length - MAX_LISTED} more` : '';
  return requests.slice(0, MAX_LISTED).join(', ') + more;
}

function requestProblems({ stacks, sent }: EditRun): string[] {
  const promised = together(stacks.map((stack) => stack.promised));
  const all = Object.values(sent).flat();
  if (isEmpty(promised)) return all.length === 0 ? [] : [`estate diff says nothing changes, ${listed(all)} was sent`];
  const problems: string[] = [];
  const gone = [...promised.destroyed, ...promised.replaced];
  const made = [...promised.created, ...promised.replaced];
  if (gone.length === 0 && sent.delete.length > 0) {
    problems.push(`estate diff says nothing is destroyed, ${listed(sent.delete)} was sent`);
  }
  if (sent.delete.length === 0 && gone.some((address) => !INSIDE_OTHERS.test(address))) {
    problems.push(`estate diff says ${gone.length} are destroyed, no request deletes anything`);
  }
  if (made.length === 0 && sent.create.length > 0) {
    problems.push(`estate diff says nothing is created, ${listed(sent.create)} was sent`);
  }
  if (sent.create.length === 0 && made.some((address) => !INSIDE_OTHERS.test(address))) {
    problems.push(`estate diff says ${made.length} are created, no request creates anything`);
  }
  if (promised.updated.length === 0 && made.length + gone.length === 0 && all.length > 0) {
    problems.push(`estate diff says nothing is updated, ${listed(all)} was sent`);
  }
  return problems;
}

/** Everything that is wrong with an edit: what was promised, planned and sent does not agree, or does not end. */
export function judge(run: EditRun, { isHarmless = false, isRefused = false }: EditPromise): string[] {
  const problems: string[] = [];
  if (run.refused !== isRefused) {
    problems.push(isRefused ? 'estate diff does not refuse it' : 'estate diff refuses it');
  }
  // An apply that ends with an error is what a refusal promises.
  if (run.errors.length > 0) return isRefused ? problems : [...problems, ...run.errors];
  for (const { stack, promised, planned } of run.stacks) problems.push(...disagreements(stack, promised, planned));
  problems.push(...requestProblems(run));
  if (isHarmless) {
    const planned = together(run.stacks.map((stack) => stack.planned));
    if (planned.replaced.length + planned.destroyed.length + run.sent.delete.length > 0) {
      problems.push(
        `it has to destroy nothing, but does: ${countsOf(planned)}, ${run.sent.delete.length} deleting requests`,
      );
    }
  }
  problems.push(...run.left.map((text) => `planned once more: ${text}`));
  return problems;
}
