import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../../examples/azure-own-stack';
import { resourceCount, resourcesOf, type TerraformJson } from '../../helpers/terraform';

function synthesize(): string {
  const outdir = mkdtempSync(join(tmpdir(), 'azure-own-stack-'));
  try {
    build(outdir);
    return readFileSync(join(outdir, 'stacks', 'lab', 'cdk.tf.json'), 'utf8');
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

describe('examples/azure-own-stack', () => {
  test('synthesizes a cluster with two racks, a file system and a store, without an estate', () => {
    const json = JSON.parse(synthesize()) as TerraformJson;
    expect(Object.keys(resourcesOf(json, 'azurerm_kubernetes_cluster_node_pool'))).toHaveLength(2);
    expect(Object.keys(resourcesOf(json, 'azurerm_managed_lustre_file_system'))).toHaveLength(1);
    expect(Object.keys(resourcesOf(json, 'azurerm_storage_account'))).toHaveLength(1);
    expect(resourceCount(json)).toBeLessThan(80);
  });

  test('synthesizes the same bytes in every folder, and no path of the machine', () => {
    const [one, other] = [synthesize(), synthesize()];
    expect(one).toBe(other);
    expect(one).not.toContain(tmpdir());
    expect(one).not.toContain(process.cwd());
  });
});
