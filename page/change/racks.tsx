import type { DiffReport } from '../../diff';
import type { Plan } from '../../estate/plan/types';
import { type ChangedGroup, type GroupState, groupChanges } from '../../estate/report/group-changes';
import { counted } from '../../estate/spec/words';
import { formatCount, groupBy } from '../../estate/units';
import { Figure, Legend } from '../parts/figure';
import { Fold } from '../parts/fold';
import type { Section } from '../parts/section';
import { DataTable } from '../parts/table';
import { RACKS_NARROWEST, RackSymbols, Racks } from '../pictures/racks';
import { racksLegend } from '../pictures/racks/legend';
import { clusterText, scaleText } from '../pictures/racks/texts';
import type { ChangePage } from './model';

/** Id of the table of groups that change. */
const TABLE = 'racks-groups';
/** First part of the ids of symbols. */
const PREFIX = 'racks';

/** What happens to a group: what a change of its row says, that it leaves and is kept, or that its nodes are made anew. */
type Fate = GroupState | 'leaves' | 'replaced';

/** What happens to one group, and to several. */
const WORDS: Readonly<Record<Fate, readonly [one: string, several: string]>> = {
  same: ['stays as it is', 'stay as they are'],
  new: ['appears', 'appear'],
  changed: ['stays and changes', 'stay and change'],
  replaced: ['is made anew', 'are made anew'],
  leaves: ['leaves the estate and goes on existing', 'leave the estate and go on existing'],
  gone: ['vanishes', 'vanish'],
};
const FATES = Object.keys(WORDS) as readonly Fate[];

/** A group with what happens to it. */
interface FatedGroup extends ChangedGroup {
  readonly fate: Fate;
}

/** Every group before and after the change, with what happens to it. */
function fatedGroups(before: Plan, after: Plan, { stacks }: DiffReport): readonly FatedGroup[] {
  const lost = stacks.flatMap(({ resources }) => resources.filter(({ action }) => action === 'replaced'));
  const anew = new Set(lost.flatMap(({ holdings }) => holdings.map(({ id }) => id)));
  return groupChanges(before, after).map((group): FatedGroup => {
    const { state, shard, retired } = group;
    if (state === 'changed' && retired) return { ...group, fate: 'leaves' };
    const isReplaced = anew.has(`${shard}/${group.group}`) && (state === 'same' || state === 'changed');
    return isReplaced ? { ...group, state: 'changed', fate: 'replaced' } : { ...group, fate: state };
  });
}

/** The racks of clusters in which some appear, vanish or change. */
export const RACKS: Section<ChangePage> = {
  id: 'racks',
  title: 'Racks',
  body: ({ report, before, after, facets }) => {
    if (before === undefined || after === undefined) return undefined;
    const all = fatedGroups(before.plan, after.plan, report);
    const clusters = [...groupBy(all, ({ cluster }) => cluster).values()].filter((groups) =>
      groups.some(({ state }) => state !== 'same'),
    );
    const drawn = clusters.flat();
    if (drawn.length === 0) return undefined;
    const { catalog } = after.plan;
    return (
      <>
        <p>{`${happens(all)}. ${scaleText(drawn)} Clusters whose racks stay as they are have no picture.`}</p>
        <Legend entries={racksLegend({ groups: drawn })} />
        <RackSymbols groups={drawn} prefix={PREFIX} />
        {clusters.map((groups) => {
          const title = `${clusterText(groups, catalog)}: ${happens(groups)}`;
          return (
            <Figure
              title={title}
              picture={
                <Racks label={`Racks of ${title}`} groups={groups} catalog={catalog} prefix={PREFIX} facets={facets} />
              }
              narrowest={RACKS_NARROWEST}
              tableAt={TABLE}
              tableTitle="Groups that change as a table"
            />
          );
        })}
        <ChangedGroups groups={drawn.filter(({ state }) => state !== 'same')} facets={facets} />
      </>
    );
  },
};

/** How many groups come to what: `5 groups appear with 360 accelerators, …`. */
function happens(groups: readonly FatedGroup[]): string {
  const parts = FATES.flatMap((fate) => {
    const members = groups.filter((group) => group.fate === fate);
    if (members.length === 0) return [];
    const accelerators = members.reduce((sum, group) => sum + (group.accelerators ?? 0), 0);
    const held = accelerators > 0 ? ` with ${formatCount(accelerators)} accelerators` : '';
    const [one, several] = WORDS[fate];
    return [`${counted(members.length, 'group')}${held} ${members.length === 1 ? one : several}`];
  });
  return parts.join(', ');
}

function ChangedGroups({ groups, facets }: { readonly groups: readonly FatedGroup[] } & Pick<ChangePage, 'facets'>) {
  return (
    <Fold title={`${counted(groups.length, 'group')} as a table`} count={groups.length} id={TABLE}>
      <DataTable
        title="Groups that change"
        rows={groups}
        facets={({ cluster, pool }) => facets(`clusters.${cluster}.pools.${pool}`)}
        columns={[
          { title: 'Group', value: ({ group }) => group },
          { title: 'What happens', value: ({ fate }) => WORDS[fate][0] },
          { title: 'Cluster', value: ({ cluster }) => cluster },
          { title: 'Shard', value: ({ shard }) => shard },
          { title: 'Site', value: ({ site }) => site },
          { title: 'Machine', value: ({ machine }) => machine },
          { title: 'Accelerators', value: ({ accelerators }) => accelerators },
          { title: 'Nodes', value: ({ nodes }) => nodes },
          { title: 'Trays', value: ({ trays }) => trays },
          { title: 'Bound to', value: ({ boundTo }) => boundTo, copies: true },
        ]}
      />
    </Fold>
  );
}
