import type { AlarmsRow, LogsRow } from '../../../estate/report/watched';
import { counted } from '../../../estate/spec/words';
import type { EstatePage } from '../../model';
import { Fold } from '../../parts/fold';
import { DataTable, type PageColumn } from '../../parts/table';

interface LogsProps {
  readonly page: EstatePage;
  readonly rows: readonly LogsRow[];
}

/** What is logged, for how long, and where it lies. */
export function LogsPart({ page, rows }: LogsProps) {
  if (rows.length === 0) return null;
  const none = rows.filter(({ where }) => where === '').length;
  const some = none === 0 ? 'each keeps logs' : `${none} ${none === 1 ? 'keeps' : 'keep'} none`;
  return (
    <>
      <h3>Logs</h3>
      <p>
        Of {counted(rows.length, 'cluster and object store', 'clusters and object stores')} that stacks make, {some}.
      </p>
      <Fold title={`Logs of all ${rows.length}`} count={rows.length}>
        <DataTable
          title="What is logged"
          view="logs"
          rows={rows}
          facets={({ entry }) => page.facets(entry)}
          columns={[
            { title: 'Entry', key: 'entry', value: ({ entry }) => entry },
            { title: 'Cloud', key: 'cloud', value: ({ cloud }) => cloud },
            { title: 'What', key: 'what', value: ({ what }) => what },
            { title: 'Days kept', key: 'days', value: ({ days }) => days, shown: keptText },
            { title: 'Where', key: 'where', value: ({ where }) => where },
            { title: 'Key', key: 'key', value: ({ key }) => key },
            { title: 'Stack', key: 'stack', value: ({ stack }) => stack },
          ]}
        />
      </Fold>
    </>
  );
}

function keptText({ days, where }: LogsRow): string {
  if (days !== undefined) return String(days);
  return where === '' ? 'none' : 'for ever';
}

interface AlarmsProps {
  readonly page: EstatePage;
  readonly rows: readonly AlarmsRow[];
}

/** What is watched, and who is told. */
export function AlarmsPart({ page, rows }: AlarmsProps) {
  if (rows.length === 0) return null;
  const told = new Set(rows.flatMap(({ email, tells }) => (tells.length > 0 && email !== undefined ? [email] : [])));
  const unwatched = rows.filter(({ tells }) => tells.length === 0).length;
  const untold = rows.filter(({ tells, email }) => tells.length > 0 && email === undefined).length;
  const all = counted(
    rows.length,
    'account, cluster, pool or file system',
    'accounts, clusters, pools and file systems',
  );
  const watched = rows.length - unwatched;
  const part = unwatched === 0 ? 'each is' : `${watched} ${watched === 1 ? 'is' : 'are'}`;
  const addresses = told.size === 0 ? 'nobody is told' : `${counted(told.size, 'address is', 'addresses are')} told`;
  const unheard = untold === 0 ? '' : `, and alarms of ${untold} reach nobody`;
  return (
    <>
      <h3>Alarms</h3>
      <p>
        Of {all}, {part} watched; {addresses}
        {unheard}.
      </p>
      <Fold title={`Alarms of all ${rows.length}`} count={rows.length}>
        <DataTable
          title="What is watched, and who is told"
          view="alarms"
          rows={rows}
          facets={({ entry }) => page.facets(entry)}
          columns={[
            { title: 'Entry', key: 'entry', value: ({ entry }) => entry },
            { title: 'Cloud', key: 'cloud', value: ({ cloud }) => cloud },
            { title: 'Tells of', key: 'tells', value: ({ tells }) => tells, shown: tellsText },
            { title: 'Told', key: 'email', value: ({ email }) => email, shown: ({ email }) => email ?? 'nobody' },
            ...(rows.some(({ owner }) => owner !== undefined) ? [OWNER] : []),
            { title: 'Stack', key: 'stack', value: ({ stack }) => stack },
          ]}
        />
      </Fold>
    </>
  );
}

const OWNER: PageColumn<AlarmsRow> = { title: 'Owner', key: 'owner', value: ({ owner }) => owner };

function tellsText({ tells }: AlarmsRow) {
  return tells.length === 0 ? 'nothing' : tells.join('; ');
}
