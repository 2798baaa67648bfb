import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProviderName } from '../../provider/schema';
import type { ServedTypes } from '../../provider/schema-message';
import { serveProviders } from '../../provider/server';
import type { ValueObject } from '../../provider/values';
import { findTerraform, runTerraform, terraformEnvironment } from '../../terraform/binary';
import { describeDiagnostic, readReport } from '../../terraform/diagnostics';
import { withScratch } from '../../terraform/scratch';
import { editedDocument, fuzzDocument } from './document';

/** What became of one round of the fuzz. */
export interface FuzzRound {
  readonly seed: number;
  readonly provider: ProviderName;
  /** Resource types that were planned. */
  readonly types: number;
  /** Data sources that were read. */
  readonly dataSources: number;
  /** Types of which no valid configuration was found. */
  readonly skipped: readonly string[];
  /** What Terraform complained of, or planned where nothing was to plan. */
  readonly problems: readonly string[];
}

/** The steps of a round; each says which document it is about, and with which exit code it is right. */
const STEPS: readonly (readonly [title: string, document: 'first' | 'edited', exitCode: number, ...args: string[]])[] =
  [
    ['plan', 'first', 0, 'plan'],
    ['apply', 'first', 0, 'apply', '-auto-approve'],
    ['plan after the apply', 'first', 0, 'plan', '-detailed-exitcode'],
    ['apply of the edit', 'edited', 0, 'apply', '-auto-approve'],
    ['plan after the edit', 'edited', 0, 'plan', '-detailed-exitcode'],
    ['destroy', 'edited', 0, 'destroy', '-auto-approve'],
  ];

/** Random configurations of resources and data sources: planned, applied, planned again, edited, applied and planned, destroyed. */
export async function fuzzRound(seed: number, provider: ProviderName, types: ServedTypes): Promise<FuzzRound> {
  const first = fuzzDocument(seed, provider, types);
  const second = fuzzDocument(seed + 1_000_003, provider, types);
  const documents: Readonly<Record<'first' | 'edited', ValueObject>> = {
    first: first.document,
    edited: editedDocument(first, second, seed),
  };
  const binary = await findTerraform();
  return withScratch(async ({ folder, cliConfig, follow }) => {
    const cwd = join(folder, 'fuzz');
    mkdirSync(cwd);
    const servers = await serveProviders({ providers: [provider], mode: 'scratch', types });
    const env = terraformEnvironment({ TF_REATTACH_PROVIDERS: servers.reattach, TF_CLI_CONFIG_FILE: cliConfig });
    const problems: string[] = [];
    try {
      for (const [title, which, exitCode, ...args] of STEPS) {
        const text = JSON.stringify(documents[which], null, 1);
        writeFileSync(join(cwd, 'cdk.tf.json'), text);
        const flags = ['-json', '-lock=false', '-parallelism=4'];
        const run = await runTerraform(binary, [...args, ...flags], { cwd, env, onStart: follow });
        if (run.exitCode === exitCode) continue;
        const { diagnostics, changes } = readReport(run.stdout, documents[which], text);
        const errors = diagnostics.filter(({ severity }) => severity === 'error').map(describeDiagnostic);
        const planned = changes.map(({ address, action }) => `${address}: ${action}`);
        const told =
          errors.length > 0 ? errors : planned.length > 0 ? planned : [`${run.stderr}${run.stdout.slice(-2000)}`];
        problems.push(...told.map((problem) => `${title}: ${problem}`));
        break;
      }
    } finally {
      servers.close();
    }
    return {
      seed,
      provider,
      types: types.resources.length - first.skipped.length,
      dataSources: types.dataSources.length,
      skipped: first.skipped,
      problems,
    };
  });
}
