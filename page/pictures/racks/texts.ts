import type { Catalog } from '../../../estate/catalog';
import { GROUP_STATES } from '../../../estate/report/group-changes';
import { type GroupRow, groupSums, groupTotals, nodesText } from '../../../estate/report/groups';
import { acceleratorTitle } from '../../../estate/report/views';
import { counted, joined } from '../../../estate/spec/words';
import { formatCount, groupBy } from '../../../estate/units';
import { cloudTitle } from '../../parts/cloud-title';
import type { PoolTexts } from './layout';
import type { DrawnGroup } from './shapes';

/** What a cell stands for: `One cell is one node of 4 or 8 accelerators.` */
export function scaleText(rows: readonly GroupRow[]): string {
  const sizes = rows.flatMap(({ accelerators = 0, nodes = 0 }) => (accelerators > 0 ? [accelerators / nodes] : []));
  const each = [...new Set(sizes)].sort((one, other) => one - other).map(String);
  return each.length === 0 ? 'One cell is one node.' : `One cell is one node of ${joined(each, 'or')} accelerators.`;
}

/** Which cluster groups are of, where it lies, and what they come to: after a change, where there is one. */
export function clusterText(groups: readonly DrawnGroup[], catalog: Catalog): string {
  const [first] = groups;
  if (first === undefined) return '';
  const rows = groups.filter(({ state }) => state !== 'gone');
  const { nodes = 0 } = groupSums(rows);
  const kinds = [...groupBy(rows, ({ accelerator }) => accelerator)].flatMap(([accelerator, own]) => {
    const { accelerators = 0 } = groupSums(own);
    return accelerators === 0 ? [] : [`${formatCount(accelerators)} ${acceleratorTitle(accelerator, catalog)}`];
  });
  const shards = new Set(rows.map(({ shard }) => shard)).size;
  const parts = [
    `${cloudTitle(first.cloud)}, site ${first.site}`,
    groupTotals(rows),
    [counted(nodes, 'node'), ...kinds].join(', '),
    ...(shards < 2 ? [] : [counted(shards, 'Kubernetes cluster')]),
  ];
  return `${first.cluster}: ${parts.join('; ')}`;
}

/** What is written over the groups of a pool: how it is after a change, where there is one. */
export function poolTexts(own: readonly DrawnGroup[], catalog: Catalog): PoolTexts {
  const [first] = own;
  if (first === undefined) return { title: '', detail: '' };
  const after = own.filter(({ state }) => state !== 'gone');
  const sums = groupSums(after);
  const isPlain = own.length === 1 && sums.spares === 0;
  const parts = [
    ...changeWords(own),
    ...(isPlain ? [] : [groupTotals(after)]),
    ...(sums.nodes === undefined ? [] : [`${nodesText(sums)} ${sums.nodes === 1 ? 'node' : 'nodes'}`]),
    first.machine,
    first.capacity,
  ];
  return {
    title: `${first.pool}: ${acceleratorTitle(first.accelerator, catalog)}`,
    detail: parts.filter((text) => text !== '').join(' · '),
  };
}

/** How many groups appear, vanish and change. */
function changeWords(groups: readonly DrawnGroup[]): readonly string[] {
  return GROUP_STATES.flatMap((state) => {
    const count = groups.filter((group) => group.state === state).length;
    return state === 'same' || count === 0 ? [] : [`${formatCount(count)} ${state}`];
  });
}
