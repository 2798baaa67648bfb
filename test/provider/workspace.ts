import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProviderMode } from '../../provider/provider';
import type { ServedTypes } from '../../provider/schema-message';
import { type ProviderServers, serveProviders } from '../../provider/server';
import { findTerraform, runTerraform, terraformEnvironment } from '../../terraform/binary';
import { readReport, type TerraformReport } from '../../terraform/diagnostics';
import type { JsonObject } from '../../terraform/document';

/** How one Terraform command in a workspace ended. */
export interface WorkspaceRun extends TerraformReport {
  readonly exitCode: number;
}

/** A document of the recorded providers, pinned and configured. */
export function document(resource: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    terraform: {
      required_providers: {
        azurerm: { source: 'hashicorp/azurerm', version: '4.81.0' },
        google: { source: 'hashicorp/google', version: '7.45.0' },
        oci: { source: 'oracle/oci', version: '8.28.0' },
      },
    },
    provider: { azurerm: [{ features: {} }], google: [{ project: 'test' }], oci: [{}] },
    resource,
    ...more,
  };
}

/** The resource and data types of a document, so that a test's Terraform reads no more schema than it needs. */
function typesOf(json: JsonObject): ServedTypes {
  return { resources: Object.keys(json.resource ?? {}), dataSources: Object.keys(json.data ?? {}) };
}

/** A temporary folder with a state of its own, in which real Terraform talks to local providers of this process. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), 'offline-test-'));
  private servers: ProviderServers | undefined;

  /** Runs a Terraform command that prints JSON on a document. */
  async run(json: JsonObject, mode: ProviderMode, ...args: string[]): Promise<WorkspaceRun> {
    const text = JSON.stringify(json, null, 1);
    writeFileSync(join(this.folder, 'cdk.tf.json'), text);
    this.servers = await serveProviders({ mode, types: typesOf(json) });
    try {
      const env = terraformEnvironment({ TF_REATTACH_PROVIDERS: this.servers.reattach });
      const run = await runTerraform(await findTerraform(), [...args, '-json', '-lock=false'], {
        cwd: this.folder,
        env,
      });
      return { exitCode: run.exitCode, ...readReport(run.stdout, json, text) };
    } finally {
      this.servers.close();
    }
  }

  /** Removes the folder. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** An expression that refers to something else in the document. */
export function reference(address: string): string {
  return `\${${address}}`;
}
