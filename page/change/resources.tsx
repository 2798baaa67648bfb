import { describeCauses, describeNotes } from '../../diff/words';
import type { Section } from '../parts/section';
import { DataTable } from '../parts/table';
import type { ChangePage } from './model';

/** Every resource that changes. */
export const RESOURCES: Section<ChangePage> = {
  id: 'resources',
  title: 'Every resource',
  body: ({ report: { stacks }, facets }) => {
    const rows = stacks.flatMap(({ resources }) => resources);
    if (rows.length === 0) return undefined;
    return (
      <DataTable
        title="Resources that change"
        rows={rows}
        facets={({ key, cloud }) => ({ ...facets(key), cloud })}
        columns={[
          { title: 'Resource', key: 'address', value: ({ address }) => address, copies: true },
          { title: 'Type', key: 'type', value: ({ type }) => type },
          { title: 'What becomes of it', key: 'action', value: ({ action }) => action },
          { title: 'Entry', key: 'estate', value: ({ key }) => key },
          { title: 'Stack', value: ({ stack }) => stack },
          {
            title: 'Why, or which attributes',
            value: ({ because, attributes }) => (because.length > 0 ? describeCauses(because) : attributes),
          },
          { title: 'Notes', value: describeNotes },
        ]}
      />
    );
  },
};
