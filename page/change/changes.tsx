import { ACTIONS, describeAction } from '../../diff/words';
import { layoutOf } from '../graph/layout';
import { GraphPicture, narrowestOf } from '../graph/picture';
import { Figure } from '../parts/figure';
import type { Section } from '../parts/section';
import { DataTable, type PageColumn } from '../parts/table';
import { changeGraph } from './graph';
import { type ChangePage, stackFacets } from './model';

type Stack = ChangePage['report']['stacks'][number];

/** The stacks that change, and what becomes of what in them. */
export const CHANGES: Section<ChangePage> = {
  id: 'changes',
  title: 'Created, updated, replaced, destroyed',
  body: (page) => {
    const { stacks } = page.report;
    if (stacks.length === 0) return undefined;
    const placed = layoutOf(changeGraph(page));
    return (
      <Figure
        title="Stacks that change, in order of apply"
        picture={<GraphPicture placed={placed} id="changes-graph" />}
        narrowest={narrowestOf(placed)}
        legend={[
          { tone: 'good', text: 'something is created, nothing else' },
          { tone: 'warn', text: 'something is updated, or left as it is outside of the estate' },
          { tone: 'bad', text: 'something is replaced, destroyed or refused' },
        ]}
        table={
          <DataTable
            title="Stacks that change"
            rows={stacks}
            facets={(stack) => stackFacets(page, stack)}
            columns={[
              { title: 'Stack', key: 'stack', value: ({ stack }) => stack },
              { title: 'Cloud', key: 'cloud', value: ({ cloud }) => cloud },
              { title: 'Layer', key: 'layer', value: ({ layer }) => layer },
              ...ACTIONS.map(
                (action): PageColumn<Stack> => ({
                  title: titled(describeAction(action)),
                  value: ({ resources }) => resources.filter((each) => each.action === action).length,
                }),
              ),
              { title: 'Outputs', value: ({ outputs }) => outputs.length },
              { title: 'Leaves', value: ({ isLeft }) => (isLeft ? 'leaves the estate' : '') },
              { title: 'Entries', value: ({ resources }) => [...new Set(resources.map(({ key }) => key))] },
            ]}
          />
        }
      />
    );
  },
};

function titled(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
