import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveProviders } from '../provider/server';
import { findTerraform, runTerraform, terraformEnvironment } from './binary';
import { readReport, type TerraformReport } from './diagnostics';
import { type JsonObject, readDocument } from './document';
import { withScratch } from './scratch';

/** What Terraform says about one document. */
export interface DocumentPlan extends TerraformReport {
  /** Whether the document can be planned. */
  readonly ok: boolean;
}

/** Validates and plans one Terraform JSON document with the local provider. */
export async function planDocument(json: JsonObject): Promise<DocumentPlan> {
  const document = readDocument(json);
  const binary = await findTerraform();
  return withScratch(async ({ folder, cliConfig, follow }) => {
    const cwd = join(folder, 'document');
    mkdirSync(cwd);
    const text = JSON.stringify(json, null, 1);
    writeFileSync(join(cwd, 'cdk.tf.json'), text);
    const servers = await serveProviders({ providers: document.releases, types: document.types });
    try {
      const env = terraformEnvironment({ TF_REATTACH_PROVIDERS: servers.reattach, TF_CLI_CONFIG_FILE: cliConfig });
      const run = await runTerraform(binary, ['plan', '-json', '-lock=false'], { cwd, env, onStart: follow });
      return { ok: run.exitCode === 0, ...readReport(run.stdout, json, text) };
    } finally {
      servers.close();
    }
  });
}
