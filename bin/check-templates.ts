import { readFileSync } from 'node:fs';
import { App, CloudFormationValidatePlugin } from 'aws-cdk-lib/core';
import { main, withoutTraces } from '../cli/app';

/** A template that is checked. */
interface Checked {
  readonly stack: string;
  readonly file: string;
  readonly account?: string;
  readonly region?: string;
}

/** Checks templates with the validation that CDK has built in; reads them from its standard input as JSON. */
main(() => {
  withoutTraces();
  const templates: readonly Checked[] = JSON.parse(readFileSync(0, 'utf8'));
  const stackTemplates = templates.map(({ stack, file, account, region }) => {
    return { stackConstructPath: stack, templatePath: file, accountId: account, region };
  });
  const templatePaths = templates.map(({ file }) => file);
  const plugin = new CloudFormationValidatePlugin();
  const { violations } = plugin.validate({
    stackTemplates,
    templatePaths,
    appConstruct: new App({ autoSynth: false }),
  });
  const found = violations
    .filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .flatMap(({ ruleName, description, violatingResources }) =>
      violatingResources.map(({ templatePath, resourceLogicalId }) => ({
        file: templatePath,
        ...(resourceLogicalId !== undefined && { logicalId: resourceLogicalId }),
        text: `${description} (${ruleName})`,
      })),
    );
  process.stdout.write(JSON.stringify(found));
});
