import { daysBetween } from '../../../estate/days';
import { covers, type Waiver } from '../../../estate/spec/waivers';
import { counted } from '../../../estate/spec/words';
import type { EstatePage } from '../../model';
import { DataTable } from '../../parts/table';

/** Limits that may be broken for a while: why, until when, and what they let pass. */
export function WaiversPart({ page }: { readonly page: EstatePage }) {
  const waivers = page.estate.policy.waivers ?? [];
  if (waivers.length === 0) return null;
  const passed = (waiver: Waiver) =>
    page.acknowledged.flatMap(({ warning: { code, path, message } }) => (covers(waiver, code, path) ? [message] : []));
  return (
    <>
      <h3>Waivers</h3>
      <DataTable
        title={`Limits that may be broken, as of ${page.day}`}
        rows={waivers}
        facets={({ path }) => page.facets(path)}
        columns={[
          { title: 'Rule', value: ({ rule }) => rule },
          { title: 'At', value: ({ path }) => path },
          { title: 'Reason', value: ({ reason }) => reason, isLong: true },
          { title: 'Until', value: ({ until }) => until },
          {
            title: 'Left',
            value: ({ until }) => daysBetween(page.day, until),
            shown: ({ until }) => counted(daysBetween(page.day, until), 'day'),
          },
          { title: 'What it lets pass', value: (waiver) => passed(waiver).join('; ') },
        ]}
      />
    </>
  );
}
