import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../../examples/oracle-own-stack';
import { resourcesOf, type TerraformJson } from '../../helpers/terraform';

describe('examples/oracle-own-stack.ts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-example-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('synthesizes the same stack twice, without a trace of the folder', () => {
    const [one, two] = ['one', 'two'].map((name) => {
      build(join(folder, name));
      return readFileSync(join(folder, name, 'stacks/training-phoenix/cdk.tf.json'), 'utf8');
    });
    expect(two).toBe(one);
    expect(one).not.toContain(folder);
    const json: TerraformJson = JSON.parse(one ?? '{}');
    expect(Object.keys(resourcesOf(json, 'oci_containerengine_node_pool'))).toHaveLength(2);
  });

  test('allows what its pools and stores need before they are made', () => {
    const out = join(folder, 'allowed');
    build(out);
    const foundation = readFileSync(join(out, 'stacks/training-foundation/cdk.tf.json'), 'utf8');
    for (const need of [
      'objectstorage-us-phoenix-1 to use keys',
      'lustrefs to use virtual-network-family',
      '{COMPUTE_CLUSTER_LAUNCH_INSTANCE}',
      '{HOST_GROUP_LAUNCH_INSTANCE}',
    ]) {
      expect(foundation).toContain(need);
    }
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
    expect(manifest.stacks['training-phoenix'].dependencies).toEqual(['training-foundation']);
  });
});
