import type { AcceptedWarning } from '../../../estate/spec/acknowledge';
import { RULES } from '../../../estate/spec/rules';
import { counted } from '../../../estate/spec/words';
import { compareKeys, groupBy } from '../../../estate/units';
import type { EstatePage } from '../../model';
import { Fold } from '../../parts/fold';
import { DataTable } from '../../parts/table';

/** Warnings of one rule that one reason accepts. */
interface Accepted {
  readonly code: string;
  readonly reason: string;
  /** Entries, sorted. */
  readonly paths: readonly string[];
}

/** Warnings that the estate accepts: by rule and reason, and each with what it says. */
export function AcceptedPart({ page: { acknowledged, facets } }: { readonly page: EstatePage }) {
  if (acknowledged.length === 0) return null;
  const groups = byReason(acknowledged);
  const each = acknowledged.toSorted(
    (one, other) =>
      compareKeys(one.warning.code, other.warning.code) || compareKeys(one.warning.path, other.warning.path),
  );
  return (
    <>
      <h3>Acknowledged warnings</h3>
      <DataTable
        title="Reasons by rule"
        rows={groups}
        columns={[
          { title: 'Rule', value: ({ code }) => code },
          { title: 'What it looks at', value: ({ code }) => summaryOf(code) },
          { title: 'Reason', value: ({ reason }) => reason },
          { title: 'Warnings', value: ({ paths }) => paths.length },
          { title: 'First entry', value: ({ paths }) => paths[0], shown: ({ paths }) => firstOf(paths) },
        ]}
      />
      <Fold title={`Each of ${counted(each.length, 'acknowledged warning')}`} count={each.length}>
        <DataTable
          title="Each acknowledged warning"
          rows={each}
          facets={({ warning }) => facets(warning.path)}
          columns={[
            { title: 'Rule', value: ({ warning }) => warning.code },
            { title: 'Entry', value: ({ warning }) => warning.path },
            { title: 'What', value: ({ warning }) => warning.message },
            { title: 'Reason', value: ({ reason }) => reason },
          ]}
        />
      </Fold>
    </>
  );
}

function byReason(acknowledged: readonly AcceptedWarning[]): readonly Accepted[] {
  const groups = groupBy(acknowledged, ({ warning, reason }) => `${warning.code}\n${reason}`);
  return [...groups.values()]
    .flatMap((members): Accepted[] => {
      const [first] = members;
      if (first === undefined) return [];
      const paths = members.map(({ warning }) => warning.path).sort(compareKeys);
      return [{ code: first.warning.code, reason: first.reason, paths }];
    })
    .sort((one, other) => compareKeys(one.code, other.code) || compareKeys(one.reason, other.reason));
}

function firstOf([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

const SUMMARIES = new Map(RULES.map(({ code, summary }) => [code, summary]));

/** What a rule looks at; nothing for what is no rule of the file, such as a waiver that ends. */
function summaryOf(code: string): string {
  return SUMMARIES.get(code) ?? '';
}
