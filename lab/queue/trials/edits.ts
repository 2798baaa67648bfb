import { formatTable } from '../../../estate/report/table';
import { counted } from '../../../estate/spec/words';
import type { QueueBed } from '../bed';
import { until } from '../bed/wait';
import type { Trial } from '../trial';
import { clear } from '../workloads';
import { EDIT_TRIALS, type EditTrial } from './edit-rows';
import { EDIT_TRIALS_BEYOND } from './edit-rows-beyond';
import { inactive } from './in-service';
import { giveNode, JOBS, NAMES, NODE_ROOM, NODES, OBJECTS, openSmallScene, SERVICE } from './small-scene';

/** All edits that are tried. */
export const TRIED_EDITS: readonly EditTrial[] = [...EDIT_TRIALS, ...EDIT_TRIALS_BEYOND];

/** Puts a cluster right again: what was deleted is there, and what was changed is as before. */
async function restore(bed: QueueBed, key: keyof typeof NAMES): Promise<void> {
  const cluster = bed.cluster(NAMES[key]);
  await clear(cluster.api, [JOBS, SERVICE]);
  for (const one of NODES[key]) await giveNode(cluster, one, NODE_ROOM);
  for (const object of OBJECTS[key]) {
    // What is being deleted goes only now that no job uses it.
    await until(async () => ((await cluster.api.tryApply(object)).status < 300 ? true : undefined), 20, 500);
  }
}

interface Seen {
  readonly trial: EditTrial;
  readonly seen: string;
  readonly holds: boolean;
}

async function tryEdit(bed: QueueBed, trial: EditTrial): Promise<Seen> {
  const seen = await trial.see(bed).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  for (const key of Object.keys(NAMES) as (keyof typeof NAMES)[])
    await clear(bed.cluster(NAMES[key]).api, [JOBS, SERVICE]);
  for (const key of trial.touches) await restore(bed, key);
  await until(async () => ((await inactive(bed)).length === 0 ? true : undefined), 30, 500);
  return { trial, seen, holds: trial.expects.test(seen) };
}

/** Each edit of the table that `estate diff` uses does to queues and jobs what the table says. */
export const edits: Trial = {
  name: 'edits',
  run: async (scene) => {
    const bed = await openSmallScene(scene);
    const all: Seen[] = [];
    try {
      for (const trial of TRIED_EDITS) all.push(await tryEdit(bed, trial));
    } finally {
      await bed.close();
    }
    const missed = all.filter(({ holds }) => !holds);
    return {
      result: `${all.length - missed.length} of ${counted(all.length, 'edit')} do what the table of edits says`,
      tables: [
        formatTable(all, [
          { title: 'edit', value: ({ trial }) => trial.edit },
          { title: 'as the table says', value: ({ holds }) => (holds ? 'yes' : 'no') },
        ]),
      ],
      problems: missed.map(({ trial, seen }) => `${trial.edit}: ${seen}`),
    };
  },
};
