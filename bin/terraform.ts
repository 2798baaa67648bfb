import { estateFile, main, planHanded } from '../cli/app';
import { removeStaleStacks } from '../cli/stale';
import { unprotectedBy, unprotectStacks } from '../cli/unprotect';
import { App, dropTokenStackTraces } from '../constructs/cdktf';

/** The Azure, Google Cloud and Oracle Cloud half, run by `cdktf synth`: `ESTATE=FILE` chooses the file. */
main(async () => {
  const { plan } = await planHanded(estateFile());
  if (!process.env.ESTATE_DEBUG) dropTokenStackTraces();
  const app = new App();
  if (plan.clouds.includes('azure')) {
    const azure: typeof import('../stacks/azure') = require('../stacks/azure');
    azure.addStacks(app, plan);
  }
  if (plan.clouds.includes('google')) {
    const google: typeof import('../stacks/google') = require('../stacks/google');
    google.addStacks(app, plan);
  }
  if (plan.clouds.includes('oracle')) {
    const oracle: typeof import('../stacks/oracle') = require('../stacks/oracle');
    oracle.addStacks(app, plan);
  }
  const unprotected = unprotectedBy(process.env.ESTATE_UNPROTECT, plan);
  app.synth();
  unprotectStacks(app.outdir, unprotected);
  removeStaleStacks(app.outdir);
});
