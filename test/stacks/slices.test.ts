import { join } from 'node:path';
import { resolveEstate } from '../../cli/app';
import { planFrom } from '../../estate/plan/data';
import { slicesOf } from '../../estate/plan/slices';
import type { PlanData } from '../../estate/plan/types';
import { stackRows } from '../../estate/report/views';
import { readTree, synthesizePlan, withFolder } from '../helpers/synth';

const ROOT = join(__dirname, '../..');
/** The files of the stacks alone: what CDK and cdktf write down about all of them together is put together again. */
function stackFiles(data: PlanData): Promise<Record<string, string>> {
  return withFolder((folder) => {
    synthesizePlan(planFrom(data), folder);
    const files = Object.entries(readTree(folder));
    return Object.fromEntries(files.filter(([path]) => /\/stacks\/|\.(template|assets|metadata)\.json$/.test(path)));
  });
}

const isOf = (stacks: readonly string[], path: string) =>
  stacks.some((stack) => path.includes(`/${stack}.`) || path.includes(`/${stack}/`));

describe.each(['estate.yaml', 'examples/existing.yaml'])('the slices of %s', (file) => {
  const { data } = resolveEstate(join(ROOT, file)).plan;

  test('have every stack once', () => {
    const stacks = slicesOf(data).flatMap((slice) => slice.stacks);
    expect([...stacks].sort()).toEqual(
      stackRows(planFrom(data))
        .map(({ stack }) => stack)
        .sort(),
    );
  });

  test('make the stacks that the whole plan makes', async () => {
    const whole = await stackFiles(data);
    const alone: Record<string, string> = {};
    for (const { stacks, data: part } of slicesOf(data)) {
      const files = Object.entries(await stackFiles(part));
      Object.assign(alone, Object.fromEntries(files.filter(([path]) => isOf(stacks, path))));
    }
    expect(alone).toEqual(whole);
  });
});
