import { z } from 'zod';
import type { SupernetPlan } from '../../estate/plan/address-types';
import type { DiagnosticsDocument, PlainDiagnostic } from '../../estate/report/diagnostics';
import type { Explanation } from '../../estate/report/explain';
import type { PendingReport } from '../../estate/report/pending';
import type { RuleRow } from '../../estate/report/rules';
import type { LockReport } from '../lock';
import { pending } from './exchange';
import { cloud, count, mark, objectOf, place, text, texts } from './parts';

const found = {
  code: text('Stable code of the rule or mistake.'),
  severity: z.enum(['error', 'warning']).describe('Errors stop everything, warnings are shown.'),
  path: text('Dotted path in the estate file; a file name where the file itself is meant.'),
  value: z.unknown().optional().describe('What was written there.'),
  message: text('What is wrong.'),
  hint: text('What to change.').optional(),
  at: place.optional(),
};

/** One mistake in an estate file. */
export const diagnostic = objectOf<PlainDiagnostic>()(found);

/** What `estate validate --json` prints. */
export const validateDocument = objectOf<DiagnosticsDocument & { readonly pending?: PendingReport }>()({
  ok: z.boolean().describe('False when one of them is an error, or a warning where warnings fail.'),
  diagnostics: z.array(diagnostic).describe('Everything that was found.'),
  acknowledged: z
    .array(z.strictObject({ ...found, reason: text('Why it is accepted.') }))
    .describe('Warnings that the estate file accepts.'),
  pending,
});

const supernet = objectOf<SupernetPlan>()({
  cloud,
  cidr: text('The block that networks of the cloud are cut from.'),
  size: count('Addresses in it.'),
  allocated: count('Addresses that networks of sites hold.'),
  released: count('Addresses that the lock file keeps for keys that left the estate.'),
  excluded: count('Addresses that `addressing.exclude` takes away.'),
  free: count('Addresses that are left.'),
});

/** What `estate lock --json` prints. */
export const lockDocument = objectOf<LockReport & { readonly ok: boolean }>()({
  ok: z.boolean().describe('False when something recorded would move that is not accepted: nothing is written then.'),
  file: text('The lock file.'),
  addresses: count('Ranges that are recorded.'),
  added: texts('Keys of ranges that are new.'),
  changed: texts('Keys of ranges that are others than before.'),
  released: texts('Keys that left the estate and keep their ranges.'),
  moved: z
    .array(
      z.strictObject({
        key: text('Key in the lock file.'),
        from: text('What was recorded.'),
        to: text('What is there now.'),
      }),
    )
    .describe('What is recorded and is elsewhere now: what exists there is replaced.'),
  refused: z.boolean().describe('Whether something moves that is not accepted.'),
  retired: texts('What left the estate file and is kept where it runs.'),
  unmatched: texts('Keys of `--accept` that nothing goes by which moves or is kept.'),
  givenUp: texts('What was kept or protected until now and is given up.'),
  resized: texts('Groups of AWS with another range than before, whose running nodes are left alone.'),
  repaired: z.boolean().describe('Whether the file held both sides of a merge conflict, which are joined now.'),
  kept: z
    .strictObject({ revision: text('The revision.'), why: text('Why it is this one.') })
    .optional()
    .describe('Whose entries stayed where two branches clashed.'),
  written: z.boolean().describe('Whether the file was written.'),
  supernets: z.array(supernet).describe('How full the block of each cloud is.'),
});

/** What `estate rules --json` prints. */
export const rulesDocument = z.array(
  objectOf<RuleRow>()({
    code: text('Stable code of the rule.'),
    severity: z.enum(['error', 'warning']).describe('Only warnings can be acknowledged.'),
    limit: mark("It is a limit of the estate's own policy, which can be waived and ends commands with 3."),
    summary: text('What must hold.'),
    why: text('Why it must.'),
    source: text('Where that is said.').optional(),
  }),
);

/** What `estate explain --json` prints. */
export const explainDocument = objectOf<Explanation>()({
  path: text('Path of the key.'),
  meaning: text('What it means.'),
  type: text('What may be written there.'),
  unit: text('Unit of the number.').optional(),
  required: z.boolean().describe('Whether it has to be written.'),
  default: z.unknown().optional().describe('What holds where nothing is written.'),
  example: z.unknown().optional().describe('What could be written.'),
  forms: z
    .strictObject({ key: text('Key that decides.'), values: texts('Values of it with which the key may stand there.') })
    .optional()
    .describe('What decides whether the key may stand there.'),
  keys: texts('Keys that may stand below it, where those are fixed.').optional(),
  value: z.unknown().optional().describe('What the file says, defaults included.'),
  at: place.optional(),
  resolved: z
    .array(
      z.strictObject({
        what: text('What was decided.'),
        value: text('What it was decided to be.'),
        because: text('What decided it.'),
        source: text('Where the row of the catalog comes from, and when it was read.').optional(),
      }),
    )
    .describe('What the key was resolved to.'),
});
