import type { ClusterQueuePlan } from '../../../estate/plan/queue/types';
import { compareKeys, sortedEntries } from '../../../estate/units';
import { DataTable } from '../../parts/table';
import type { QueuePartProps } from './props';

/** How teams, services and priorities stand to each other. */
export function RulesPart({ page: { estate }, queue }: QueuePartProps) {
  const services = sortedEntries(estate.queue?.serving ?? {});
  const teams = teamsOf(queue.sets.flatMap(({ queues }) => queues));
  const groupOf = (team: string) => estate.queue?.teams[team]?.group;
  return (
    <>
      <h3>Teams, services and priorities</h3>
      {teams.length > 0 && (
        <DataTable
          title="Teams"
          rows={teams}
          columns={[
            { title: 'Team', value: ({ owner }) => owner },
            { title: 'Namespaces', value: ({ namespaces }) => namespaces },
            { title: 'Borrows first in', value: ({ owner = '' }) => groupOf(owner) },
            { title: 'Weight', value: ({ weight }) => weight },
            { title: 'Ends jobs of its own', value: ({ preemption }) => ENDS[preemption.within] },
            { title: 'Ends jobs of others for what it has lent', value: ({ preemption }) => ENDS[preemption.reclaim] },
            { title: 'Ends jobs of others to borrow', value: ({ preemption }) => ENDS[preemption.borrowing] },
          ]}
        />
      )}
      {services.length > 0 && (
        <DataTable
          title="Services that answer requests"
          rows={services}
          columns={[
            { title: 'Service', value: ([key]) => key },
            { title: 'Cluster', value: ([, { cluster }]) => cluster },
            { title: 'Pool', value: ([, { pool }]) => pool },
            { title: 'Nodes of a replica', value: ([, { nodesPerReplica }]) => nodesPerReplica },
            { title: 'Replicas always', value: ([, { replicas }]) => replicas.min },
            { title: 'Replicas at most', value: ([, { replicas }]) => replicas.max },
          ]}
        />
      )}
      <DataTable
        title="Priorities, lowest first"
        rows={queue.priorities}
        columns={[
          { title: 'Priority', value: ({ name }) => name },
          { title: 'Value', value: ({ value }) => value },
          { title: 'Of', value: ({ preempts }) => (preempts ? 'services' : 'jobs') },
        ]}
      />
    </>
  );
}

const ENDS = {
  Never: 'never',
  LowerPriority: 'of lower priority',
  LowerOrNewerEqualPriority: 'of lower priority, or newer ones of the same',
  Any: 'any',
} as const;

/** One queue of each team: all of its queues have the same rules. */
function teamsOf(queues: readonly ClusterQueuePlan[]): readonly ClusterQueuePlan[] {
  const teams = new Map(
    queues.flatMap((queue) => (queue.kind === 'team' ? [[queue.owner ?? '', queue] as const] : [])),
  );
  return [...teams].sort(([one], [other]) => compareKeys(one, other)).map(([, queue]) => queue);
}
