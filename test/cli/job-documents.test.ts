import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { estate, ROOT } from '../helpers/cli';
import { BLOCKS, shownOutput } from '../helpers/documents';
import { withFolder } from '../helpers/synth';

const JOBS = BLOCKS.filter(({ note }) => note === 'job').map(({ text }) => text);

test.each([
  ['job.yaml', 0, 3],
  ['slices.yaml', 1, 0],
] as const)('documents show what estate job says of %s', async (file, index, expected) => {
  await withFolder(async (folder) => {
    writeFileSync(join(folder, file), JOBS[index] ?? '');
    const { code, stdout, stderr } = await estate(['job', file, join(ROOT, 'examples/queue.yaml'), '--check'], folder);
    expect([code, `${stdout}${stderr}`.trimEnd()]).toEqual([
      expected,
      shownOutput(`npx estate job ${file} examples/queue.yaml --check`),
    ]);
  });
});
