import { replicationRows } from '../../../estate/report/replication';
import { storeRows } from '../../../estate/report/stores';
import { alarmsRows, logsRows } from '../../../estate/report/watched';
import { counted } from '../../../estate/spec/words';
import { formatCount } from '../../../estate/units';
import type { EstatePage } from '../../model';
import type { HeadFigure } from '../../parts/figures';

/** What a reviewer of security asks first, with how many there are that lack it. */
interface Gap {
  readonly title: string;
  /** Keys of entries that lack it. */
  readonly lacking: ReadonlySet<string>;
  /** How many could have it, in words. */
  readonly all: string;
  /** What those that lack it do not have, after their number: `keep no logs`. */
  readonly lack: readonly [one: string, several: string];
  readonly chapter: string;
}

/** Clusters without logs, what nothing watches, and object stores that are copied nowhere. */
function gapsOf({ estate, plan }: EstatePage): readonly Gap[] {
  const clusters = logsRows(plan).filter(({ entry }) => entry.startsWith('clusters.'));
  const alarms = alarmsRows(plan);
  const copied = new Set(replicationRows(plan).flatMap(({ from, to }) => [from, to]));
  const stores = storeRows(estate, plan).filter(({ kind, state }) => kind === 'object' && state === 'made');
  const entries = (rows: readonly { readonly entry: string }[]) => new Set(rows.map(({ entry }) => entry));
  const gaps: readonly Gap[] = [
    {
      title: 'Clusters without logs',
      lacking: entries(clusters.filter(({ where }) => where === '')),
      all: counted(entries(clusters).size, 'cluster'),
      lack: ['keeps no audit logs', 'keep no audit logs'],
      chapter: 'owners',
    },
    {
      title: 'Unwatched',
      lacking: entries(alarms.filter(({ tells }) => tells.length === 0)),
      all: counted(entries(alarms).size, 'account, cluster, pool or file system', WATCHED),
      lack: ['has no alarms', 'have no alarms'],
      chapter: 'owners',
    },
    {
      title: 'Stores without a copy',
      lacking: new Set(stores.flatMap(({ store }) => (copied.has(store) ? [] : [store]))),
      all: counted(stores.length, 'object store'),
      lack: ['is copied nowhere', 'are copied nowhere'],
      chapter: 'stores',
    },
  ];
  return gaps.filter(({ lacking }) => lacking.size > 0);
}

const WATCHED = 'accounts, clusters, pools and file systems';

/** What lacks logs, alarms or a copy, a number for each; none where nothing does. */
export function watchFigures(page: EstatePage): readonly HeadFigure[] {
  return gapsOf(page).map(({ title, lacking, all, chapter }) => {
    return { title, figure: formatCount(lacking.size), note: `of ${all}`, chapter };
  });
}

/** The same as sentences. */
export function watchText(page: EstatePage): string {
  const texts = gapsOf(page).map(({ lacking, all, lack: [one, several] }) => {
    return `of ${all} ${formatCount(lacking.size)} ${lacking.size === 1 ? one : several}`;
  });
  const text = texts.join('; ');
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
