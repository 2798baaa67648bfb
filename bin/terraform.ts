import './deferred';
import { estateFile, jobsHanded, main } from '../cli/app';
import { removeStaleStacks } from '../cli/stale';
import { unprotectedBy, unprotectStacks } from '../cli/unprotect';
import { App, dropTokenStackTraces, resolveOnce } from '../constructs/cdktf';
import type { Cloud } from '../estate/catalog';
import type { StacksPlan } from '../estate/plan/types';

/** The stacks of each cloud, which are loaded only where an estate uses it. */
const STACKS: Readonly<Record<Exclude<Cloud, 'aws'>, () => { addStacks(app: App, plan: StacksPlan): void }>> = {
  azure: (): typeof import('../stacks/azure') => require('../stacks/azure'),
  google: (): typeof import('../stacks/google') => require('../stacks/google'),
  oracle: (): typeof import('../stacks/oracle') => require('../stacks/oracle'),
};

/** The Azure, Google Cloud and Oracle Cloud half, run by `cdktf synth`: `ESTATE=FILE` chooses the file. */
main(async () => {
  if (!process.env.ESTATE_DEBUG) {
    dropTokenStackTraces();
    resolveOnce();
  }
  for (const { plan, outdir } of await jobsHanded(() => estateFile())) {
    const app = new App({ outdir });
    for (const cloud of plan.clouds) if (cloud !== 'aws') STACKS[cloud]().addStacks(app, plan);
    const unprotected = unprotectedBy(process.env.ESTATE_UNPROTECT, plan);
    app.synth();
    unprotectStacks(app.outdir, unprotected);
    removeStaleStacks(app.outdir);
  }
});
