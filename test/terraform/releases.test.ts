import { join } from 'node:path';
import { planStacks } from '../../terraform/plan-stacks';
import { ESTATES_ON_OTHERS, planOn } from '../helpers/releases';
import { synthesizePlan, withFolder } from '../helpers/synth';

/** Their many stacks are of the kinds that the others have; the recorded schema is asked about each of them elsewhere. */
const LARGE = ['examples/frontier.yaml', 'examples/portfolio.yaml'];

test.each(ESTATES_ON_OTHERS.filter(({ file }) => !LARGE.includes(file)))(
  'Terraform plans every stack of $file with $name $version',
  async ({ file, ...release }) => {
    await withFolder(async (folder) => {
      synthesizePlan(planOn(file, release), folder);
      const results = await planStacks({ outdir: join(folder, 'cdktf.out') });
      expect(results.length).toBeGreaterThan(0);
      for (const { stack, error, diagnostics, created } of results) {
        expect([stack, error, diagnostics]).toEqual([stack, undefined, []]);
        expect(created).toBeGreaterThan(0);
      }
    });
  },
);
