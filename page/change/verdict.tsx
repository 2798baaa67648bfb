import type { DiffReport } from '../../diff';
import {
  ACTIONS,
  describeAction,
  describeKept,
  describeLoss,
  describeOpen,
  entriesToAccept,
  sameEstates,
} from '../../diff/words';
import { counted } from '../../estate/spec/words';
import { formatCount } from '../../estate/units';
import { Figures } from '../parts/figures';
import type { Section } from '../parts/section';
import { DataTable } from '../parts/table';
import type { ChangePage } from './model';

/** What a change comes to, and whether it may be applied. */
export const VERDICT: Section<ChangePage> = {
  id: 'verdict',
  title: 'What it comes to',
  body: (page) => (
    <>
      <Verdict {...page} />
      <Figures figures={counts(page)} />
      <Numbers {...page} />
    </>
  ),
};

function Verdict({ report }: ChangePage) {
  const kept = describeKept(report);
  return (
    <>
      <Answer {...report} />
      {kept !== '' && <p>No longer in the estate, and goes on existing: {kept}.</p>}
    </>
  );
}

/** Whether it can be applied, and what somebody has to do before. */
function Answer(report: DiffReport) {
  const { refused, ok, stacks, edits } = report;
  const open = entriesToAccept(report);
  if (stacks.length === 0 && edits !== undefined)
    return <p>{edits.length === 0 ? sameEstates(report) : 'No resource changes.'}</p>;
  if (!ok) {
    return (
      <>
        {refused.length > 0 && (
          <p class="bad">
            <strong>It cannot be applied as it is:</strong> {counted(refused.length, 'change')} would be refused.
          </p>
        )}
        {open.length > 0 && (
          <p class="bad">
            <strong>Somebody has to accept it:</strong> what is protected would {describeOpen(report) || 'be given up'},
            of {open.join(', ')}. Whoever does repeats the comparison with{' '}
            {open.map((entry, index) => (
              <>
                {index > 0 && ' '}
                <code class="copy">--accept {entry}</code>
              </>
            ))}
            .
          </p>
        )}
      </>
    );
  }
  const lost = describeLoss(report);
  return (
    <p>
      <strong>It can be applied.</strong>{' '}
      {lost === '' ? 'Nothing that holds accelerators or files is lost.' : `It takes away ${lost}.`}
    </p>
  );
}

function counts({ report }: ChangePage) {
  const resources = report.stacks.flatMap((stack) => stack.resources);
  const sum = (name: 'accelerators' | 'nodes' | 'tebibytes') => report.lost.reduce((all, loss) => all + loss[name], 0);
  return [
    {
      title: 'Stacks changed',
      figure: formatCount(report.stacks.length),
      note: `${formatCount(report.unchanged)} unchanged`,
    },
    ...ACTIONS.map((action) => ({
      title: `Resources ${describeAction(action)}`,
      figure: formatCount(resources.filter((each) => each.action === action).length),
    })),
    {
      title: 'Accelerators lost',
      figure: formatCount(sum('accelerators')),
      note: `on ${formatCount(sum('nodes'))} nodes`,
    },
    { title: 'Files lost', figure: `${formatCount(Math.round(sum('tebibytes')))} TiB` },
  ];
}

function Numbers({ report: { portfolio } }: ChangePage) {
  if (portfolio === undefined) return null;
  return (
    <DataTable
      title="Numbers of the whole estate"
      rows={portfolio}
      columns={[
        { title: 'What', key: 'what', value: ({ what }) => what },
        { title: 'Before', key: 'before', value: ({ before }) => before, shown: ({ before }) => before || 'none' },
        { title: 'After', key: 'after', value: ({ after }) => after, shown: ({ after }) => after || 'none' },
      ]}
    />
  );
}
