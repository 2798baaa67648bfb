import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../../examples/google-own-stack';
import { onlyResource, resourcesOf, type TerraformJson } from '../../helpers/terraform';

test('a platform team builds a rack from the constructs alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'google-own-stack-'));
  try {
    build(folder);
    const text = readFileSync(join(folder, 'stacks/research-rack/cdk.tf.json'), 'utf8');
    const json = JSON.parse(text) as TerraformJson;
    expect(Object.keys(resourcesOf(json, 'google_container_node_pool'))).toHaveLength(2);
    expect(onlyResource(json, 'google_lustre_instance')).toMatchObject({ capacity_gib: '9000' });
    expect(Object.keys(json.data ?? {})).toEqual(['google_storage_project_service_account']);
    expect(text).not.toContain(folder);
    expect(json.terraform).toMatchObject({ required_providers: { google: { version: '7.45.0' } } });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
