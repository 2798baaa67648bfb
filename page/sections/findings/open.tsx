import { fileNameOf } from '../../../estate/spec/files';
import type { EstatePage } from '../../model';
import { DataTable } from '../../parts/table';

/** Warnings that nobody has acknowledged: what they say, what to change, and where that is written. */
export function OpenPart({ page: { warnings, facets } }: { readonly page: EstatePage }) {
  if (warnings.length === 0) return null;
  return (
    <>
      <h3>Open warnings</h3>
      <DataTable
        title="Warnings that nobody has acknowledged"
        rows={warnings}
        facets={({ path }) => facets(path)}
        columns={[
          { title: 'Rule', value: ({ code }) => code },
          { title: 'Place', value: ({ at }) => at && `${fileNameOf(at.file)}, line ${at.line}` },
          { title: 'Entry', value: ({ path }) => path, copies: true },
          { title: 'What', value: ({ message }) => message },
          { title: 'What to change', value: ({ hint }) => hint },
        ]}
      />
    </>
  );
}
