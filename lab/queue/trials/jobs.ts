import type { QueuePlan, QueueSet } from '../../../estate/plan/queue/types';
import { formatTable } from '../../../estate/report/table';
import { counted } from '../../../estate/spec/words';
import type { QueueBed } from '../bed';
import { type Compared, compareJob } from '../compare-job';
import { randomJobs } from '../random-jobs';
import type { EstateTrial } from '../trial';

/** The queue of a cluster as if nothing sent jobs to it: its verdicts are those of jobs that it is given itself. */
export function aloneOf(queue: QueuePlan, set: QueueSet): QueuePlan {
  const { manager: _, ...rest } = queue;
  return { ...rest, sets: [{ ...set, role: 'alone' }] };
}

interface Share {
  readonly set: QueueSet;
  readonly plan: QueuePlan;
  readonly count: number;
  readonly seed: number;
}

/** Jobs for every cluster, the manager among them, as many for each. */
export function sharesOf(queue: QueuePlan, jobs: number, seed: number): readonly Share[] {
  const { sets } = queue;
  return sets.map((set, index) => ({
    set,
    plan: set.role === 'manager' ? queue : aloneOf(queue, set),
    count: Math.floor(jobs / sets.length) + (index < jobs % sets.length ? 1 : 0),
    seed: seed * sets.length + index,
  }));
}

interface Row extends Compared {
  readonly cluster: string;
}

async function compareShare(bed: QueueBed, { set, plan, count, seed }: Share): Promise<Row[]> {
  const { api } = bed.cluster(set.shard);
  const rows: Row[] = [];
  for (const { title, object } of randomJobs(plan, set, count, seed)) {
    rows.push({ cluster: set.shard, ...(await compareJob(api, title, object, plan)) });
  }
  return rows;
}

function problemOf({ cluster, title, verdict, kueue, told, places }: Row): string {
  const [saysOne, saysOther] = told;
  const [placeOne, placeOther] = places;
  return `${cluster}: ${title}: ${verdict} (${saysOne || placeOne}), Kueue: ${kueue} (${saysOther || placeOther})`;
}

interface Tally {
  readonly cluster: string;
  readonly verdict: string;
  readonly jobs: number;
  readonly equal: number;
}

function tallies(rows: readonly Row[]): readonly Tally[] {
  const all = new Map<string, Tally>();
  for (const { cluster, verdict, equal } of rows) {
    const key = `${cluster} ${verdict}`;
    const { jobs, equal: same } = all.get(key) ?? { jobs: 0, equal: 0 };
    all.set(key, { cluster, verdict, jobs: jobs + 1, equal: same + (equal ? 1 : 0) });
  }
  return [...all].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, tally]) => tally);
}

/** What `estate job --check` says of made-up jobs is what comes of them, on the manager and on each worker. */
export const jobs: EstateTrial = {
  name: 'jobs',
  run: async ({ bed, tried: { queue }, seed, jobs: count }) => {
    const shares = sharesOf(queue, count, seed);
    const isManager = ({ set }: Share) => set.role === 'manager';
    // Workers at once; the manager afterwards, since its jobs run on them.
    const rows = (
      await Promise.all(shares.filter((one) => !isManager(one)).map((one) => compareShare(bed, one)))
    ).flat();
    for (const share of shares.filter(isManager)) rows.push(...(await compareShare(bed, share)));
    const missed = rows.filter(({ equal }) => !equal);
    return {
      result: `${rows.length - missed.length} of ${counted(rows.length, 'random job')} come to what estate job says`,
      tables: [
        formatTable(tallies(rows), [
          { title: 'cluster', value: ({ cluster }) => cluster },
          { title: 'verdict', value: ({ verdict }) => verdict },
          { title: 'jobs', value: ({ jobs: count }) => count },
          { title: 'as Kueue', value: ({ equal }) => equal },
        ]),
      ],
      problems: missed.map(problemOf),
      notes: [`seed ${seed}; "depends" agrees with everything but a refusal`],
    };
  },
};
