import { CATALOG } from '../estate/catalog';
import { REPLICATION_ROWS, type ReplicationRow } from '../estate/catalog/replication';
import { table } from './grant-tables';

const RUNS: Readonly<Record<ReplicationRow['runsAt'], string>> = {
  source: 'the store that is read',
  destination: 'the store that is written',
  either: 'either store, by a cluster',
};

/** Every way from one store to another, the one that is chosen first, as a Markdown table. */
export function waysTable(): string {
  const rows = REPLICATION_ROWS.map(({ from, to, engine, modes, runsAt, gbps, objectTiB }) => [
    CATALOG[from].title,
    CATALOG[to].title,
    `\`${engine}\``,
    modes.map((mode) => `\`${mode}\``).join(', '),
    engine === 'rclone' && runsAt !== 'either' ? `${RUNS[runsAt]}, by a cluster` : RUNS[runsAt],
    `${gbps} Gbit/s`,
    objectTiB === undefined ? '' : `${objectTiB} TiB`,
  ]);
  return table(['from', 'to', 'engine', 'modes', 'runs at', 'reckoned with', 'largest object'], rows);
}
