import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { estateFile, jobsHanded, main, withoutTraces } from '../cli/app';
import { removeStaleTemplates } from '../cli/stale';
import { checkTemplates } from '../cli/template-limits';
import { unprotectApp, unprotectedBy } from '../cli/unprotect';

/** The AWS half of the estate, run by `cdk synth`: `-c estate=FILE` or `ESTATE=FILE` chooses the file. */
main(async () => {
  withoutTraces();
  const settings: { context: object } = JSON.parse(readFileSync(join(__dirname, '..', 'cdk.json'), 'utf8'));
  // Only an app knows the context that the stock tool hands over.
  const jobs = await jobsHanded(() => estateFile(new App({ autoSynth: false }).node.tryGetContext('estate')));
  const written = jobs.map(({ plan, outdir }) => {
    const app = new App({
      outdir,
      // An invalid estate must not leave an empty assembly behind when the process ends.
      autoSynth: false,
      // The checks cost more than the synthesis; `estate plan` asks for them apart.
      builtinCloudFormationValidation: process.env.CDK_VALIDATION === 'true',
      // The cdk.json of a project that installed the package has no flags of CDK, which decide what templates say.
      // Resources are counted below, with everything else that CloudFormation limits.
      context: {
        ...settings.context,
        'aws:cdk:disable-creation-stack-traces': true,
        '@aws-cdk/core:stackResourceLimit': 0,
      },
    });
    if (plan.clouds.includes('aws')) {
      const aws: typeof import('../stacks/aws') = require('../stacks/aws');
      aws.addStacks(app, plan);
    }
    unprotectApp(app, unprotectedBy(process.env.ESTATE_UNPROTECT, plan), { CfnResource, RemovalPolicy, Stack });
    const { directory, stacks } = app.synth();
    removeStaleTemplates(directory);
    const templates = stacks.map(({ stackName, templateFullPath }) => {
      return { stack: stackName, text: readFileSync(templateFullPath, 'utf8') };
    });
    return { templates, plan };
  });
  checkTemplates(written);
});
