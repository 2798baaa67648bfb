import { CLOUDS } from '../../../estate/catalog';
import { cloudTitle } from '../../parts/cloud-title';
import type { LegendEntry } from '../../parts/figure';
import type { DrawnGroup } from './shapes';
import type { SystemNodes } from './system';

/** What a legend is made for. */
export interface LegendOf {
  readonly groups: readonly DrawnGroup[];
  /** @default none are drawn */
  readonly system?: ReadonlyMap<string, SystemNodes>;
}

/** What marks that only some groups have mean, with the groups that have them. */
const MARKS: readonly (LegendEntry & { readonly has: (group: DrawnGroup) => boolean })[] = [
  {
    tone: 'other',
    mark: 'hollow',
    text: 'node that an autoscaler starts when pods ask for it',
    has: ({ minNodes, nodes = 0 }) => minNodes !== undefined && minNodes < nodes,
  },
  { tone: 'spare', mark: 'hatched', text: 'spare tray', has: ({ spares = 0 }) => spares > 0 },
  {
    tone: 'spare',
    mark: 'dashed',
    text: 'left the estate file, kept where it runs; its size is not known',
    has: ({ retired, nodes }) => retired === true && nodes === undefined,
  },
  {
    tone: 'spare',
    mark: 'dashed',
    text: 'leaves the estate file, kept where it runs',
    has: ({ retired, nodes }) => retired === true && nodes !== undefined,
  },
  { tone: 'good', mark: 'hollow', text: '+ appears', has: ({ state }) => state === 'new' },
  { tone: 'bad', mark: 'hollow', text: '− vanishes', has: ({ state }) => state === 'gone' },
  { tone: 'warn', mark: 'hollow', text: '~ changes', has: ({ state }) => state === 'changed' },
];

/** What colours and marks of pictures of racks mean, as far as groups have them. */
export function racksLegend({ groups, system = new Map() }: LegendOf): readonly LegendEntry[] {
  const clouds = CLOUDS.filter((cloud) => groups.some((group) => group.cloud === cloud));
  const hasSystem = [...system.values()].some(({ nodes }) => nodes > 0);
  return [
    ...clouds.map((cloud) => ({ tone: cloud, text: `node in service on ${cloudTitle(cloud)}` })),
    ...(hasSystem ? [{ tone: 'other', text: 'node of Kubernetes itself' } as const] : []),
    ...MARKS.flatMap(({ has, ...entry }) => (groups.some(has) ? [entry] : [])),
  ];
}
