import type { Section } from '../parts/section';
import { DataTable } from '../parts/table';
import type { ChangePage } from './model';

/** What the two estates say differently. */
export const EDITS: Section<ChangePage> = {
  id: 'edits',
  title: 'What is edited',
  body: ({ report: { edits = [] }, facets }) =>
    edits.length === 0 ? undefined : (
      <DataTable
        title="Entries that say something else"
        rows={edits}
        facets={({ path }) => facets(path)}
        columns={[
          { title: 'Entry', key: 'path', value: ({ path }) => path, shown: ({ path }) => path || 'the estate' },
          { title: 'Change', key: 'change', value: ({ change }) => change },
        ]}
      />
    ),
};
