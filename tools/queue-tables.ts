import { CATALOG } from '../estate/catalog';
import { LEVELS, NO_LEVELS, TOPOLOGIES } from '../estate/catalog/topologies';
import { table } from './grant-tables';

/** Levels of topologies by what is known of a pool, as a Markdown table. */
export function topologiesTable(): string {
  const rows = TOPOLOGIES.map(({ cloud, nodes, levels }) => [
    cloud === undefined ? 'all' : CATALOG[cloud].title,
    nodes,
    levels.map((name) => `${LEVELS[name].title} \`${LEVELS[name].key}\``).join(', '),
  ]);
  return table(['cloud', 'nodes, the first that fits', 'levels, widest first'], rows);
}

/** Labels that are no levels, as a Markdown table. */
export function noLevelsTable(): string {
  const rows = NO_LEVELS.map(({ cloud, key, reason }) => [
    cloud === undefined ? 'all' : CATALOG[cloud].title,
    `\`${key}\``,
    reason,
  ]);
  return table(['cloud', 'label', 'because'], rows);
}
