import type { KubeObject } from '../../../bundle/types';
import type { QueueSet } from '../../../estate/plan/queue/types';
import { formatTable } from '../../../estate/report/table';
import { counted } from '../../../estate/spec/words';
import type { Api } from '../bed';
import { until } from '../bed/wait';
import { jobOf } from '../jobs';
import type { EstateTrial } from '../trial';
import { clear, create, is, told, type Workload, workloadOf } from '../workloads';

/** Time after which the manager of the lab takes a worker for lost; estates have a quarter of an hour. */
export const LOST_AFTER_SECONDS = 20;

interface Sent {
  readonly job: KubeObject;
  readonly accelerator: string;
  readonly cluster: string;
}

/** A job of one node in each queue of the manager for each worker, so that some are everywhere. */
async function sendJobs(api: Api, set: QueueSet, copies: number): Promise<Sent[]> {
  const jobs = set.queues
    .filter(({ kind, accelerator }) => kind === 'team' && accelerator !== 'cpu')
    .filter(({ accelerator }, index, all) => all.findIndex((one) => one.accelerator === accelerator) === index)
    .flatMap(({ accelerator, namespaces: [namespace = ''] }) => {
      const [flavor] = set.flavors.filter((one) => one.accelerator === accelerator);
      const requests = { cpu: '1', memory: '1Gi', [flavor?.resource ?? '']: String(flavor?.perNode.accelerators ?? 1) };
      return Array.from({ length: copies }, (_, index) => ({
        accelerator,
        job: jobOf({ name: `sent-${accelerator}-${index}`, namespace, queue: accelerator, pods: 1, requests }),
      }));
    });
  const sent: Sent[] = [];
  for (const { job, accelerator } of jobs) {
    await create(api, job);
    const cluster = await until(async () => (await workloadOf(api, job))?.status?.clusterName, 15);
    if (cluster !== undefined) sent.push({ job, accelerator, cluster });
  }
  return sent;
}

interface Row {
  readonly accelerator: string;
  readonly onLost: number;
  readonly elsewhere: number;
  readonly moved: number;
  readonly waiting: number;
  readonly kept: number;
}

const clusterOf = (workload: Workload | undefined) =>
  is(workload, 'Admitted') ? workload?.status?.clusterName : undefined;

/** A worker is gone: its jobs start again on another that has the accelerator, or wait; those of others do not notice. */
export const loss: EstateTrial = {
  name: 'loss',
  run: async ({ bed, tried: { queue } }) => {
    const manager = queue.sets.find(({ role }) => role === 'manager');
    if (manager === undefined) return { result: 'the estate has no manager', problems: [] };
    const { api } = bed.cluster(manager.shard);
    const sent = await sendJobs(api, manager, 4);
    const isElsewhere = ({ accelerator, cluster }: Sent) =>
      manager.flavors.some((flavor) => flavor.accelerator === accelerator && flavor.shard !== cluster);
    // The worker most of whose jobs could run on another one; where there is none, the one with most jobs.
    const weightOf = (name: string) =>
      sent
        .filter(({ cluster }) => cluster === name)
        .reduce((sum, one) => sum + (isElsewhere(one) ? sent.length : 1), 0);
    const [lost] = [...new Set(sent.map(({ cluster }) => cluster))].sort(
      (one, other) => weightOf(other) - weightOf(one),
    );
    if (lost === undefined) return { result: 'no job ran', problems: ['no worker took a job'] };
    const start = Date.now();
    await bed.cluster(lost).lose();
    const hasOther = (accelerator: string) =>
      manager.flavors.some((flavor) => flavor.accelerator === accelerator && flavor.shard !== lost);
    const stuck = async () => {
      const all = await Promise.all(
        sent
          .filter(({ cluster }) => cluster === lost)
          .map(async ({ job, accelerator }) => {
            const now = clusterOf(await workloadOf(api, job));
            return hasOther(accelerator) ? now === undefined || now === lost : now !== undefined;
          }),
      );
      return all.some(Boolean) ? undefined : true;
    };
    const done = await until(stuck, 8 * LOST_AFTER_SECONDS, 1000);
    const seconds = Math.round((Date.now() - start) / 1000);
    const problems: string[] = [];
    if (!done) problems.push(`after ${seconds} s not all jobs of ${lost} have gone elsewhere, or wait`);
    const rows = new Map<string, Row>();
    for (const { job, accelerator, cluster } of sent) {
      const workload = await workloadOf(api, job);
      const now = clusterOf(workload);
      const row = rows.get(accelerator) ?? { accelerator, onLost: 0, elsewhere: 0, moved: 0, waiting: 0, kept: 0 };
      const was = cluster === lost;
      if (!was && now !== cluster) problems.push(`${job.metadata.name} of ${cluster}: ${told(workload)}`);
      if (was && !done) problems.push(`${job.metadata.name} of ${lost}: ${told(workload)}`);
      rows.set(accelerator, {
        accelerator,
        onLost: row.onLost + (was ? 1 : 0),
        elsewhere: row.elsewhere + (was ? 0 : 1),
        moved: row.moved + (was && now !== undefined && now !== lost ? 1 : 0),
        waiting: row.waiting + (was && now === undefined ? 1 : 0),
        kept: row.kept + (!was && now === cluster ? 1 : 0),
      });
    }
    await clear(api, manager.namespaces);
    const all = [...rows.values()];
    const moved = all.reduce((sum, row) => sum + row.moved, 0);
    return {
      result: `without ${lost} ${counted(moved, 'job')} of it start elsewhere, others wait, and no other job notices; ${seconds} s after the loss`,
      tables: [
        formatTable(all, [
          { title: 'accelerator', value: ({ accelerator }) => accelerator },
          { title: 'ran there', value: ({ onLost }) => onLost },
          { title: 'start elsewhere', value: ({ moved: count }) => count },
          { title: 'wait', value: ({ waiting }) => waiting },
          { title: 'ran elsewhere', value: ({ elsewhere }) => elsewhere },
          { title: 'and still do', value: ({ kept }) => kept },
        ]),
      ],
      problems,
      notes: [`workerLostTimeout was ${LOST_AFTER_SECONDS} s here`],
    };
  },
};
