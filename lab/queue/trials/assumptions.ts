import { formatTable } from '../../../estate/report/table';
import { counted } from '../../../estate/spec/words';
import type { QueueBed } from '../bed';
import type { Trial } from '../trial';
import { ASSUMPTIONS, type Assumption } from './assumption-rows';
import { openSmallScene } from './small-scene';

interface Seen {
  readonly row: Assumption;
  readonly seen: string;
  readonly holds: boolean;
}

async function see(row: Assumption, bed: QueueBed): Promise<Seen> {
  const seen = await row.see(bed).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  return { row, seen, holds: row.expects.test(seen) };
}

/** What the design of queues takes for granted of Kueue, asked of a real one: what fails here changed with a version. */
export const assumptions: Trial = {
  name: 'assumptions',
  run: async (scene) => {
    const bed = await openSmallScene(scene);
    const all: Seen[] = [];
    try {
      for (const row of ASSUMPTIONS) all.push(await see(row, bed));
    } finally {
      await bed.close();
    }
    const missed = all.filter(({ holds }) => !holds);
    return {
      result: `${all.length - missed.length} of ${counted(all.length, 'assumption')} of Kueue hold`,
      tables: [
        formatTable(all, [
          { title: 'Kueue', value: ({ row }) => row.says },
          { title: 'holds', value: ({ holds }) => (holds ? 'yes' : 'no') },
        ]),
      ],
      problems: missed.map(({ row, seen }) => `${row.says}: ${seen}`),
    };
  },
};
