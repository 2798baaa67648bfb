import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveEstate } from '../../cli/app';
import { estateFinder, estateKeys } from '../../cli/estate-key';
import { isJsonObject } from '../../terraform/document';
import { ROOT } from '../helpers/cli';
import { synthesizePlan, withFolder } from '../helpers/synth';
import { datasets, plan, scratch, site } from '../stacks/aws/fixture';

const estate = resolveEstate(join(ROOT, 'estate.yaml'));

/** Paths of the constructs of every synthesized Terraform resource, by stack. */
function constructs(outdir: string): [string, string][] {
  return readdirSync(join(outdir, 'stacks')).flatMap((stack) => {
    const text = readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8');
    const { resource } = JSON.parse(text) as { resource: Record<string, Record<string, unknown>> };
    return Object.values(resource)
      .flatMap((byId) => Object.values(byId))
      .map((one) => {
        const comment = isJsonObject(one) ? one['//'] : undefined;
        const metadata = isJsonObject(comment) ? comment.metadata : undefined;
        return [stack, isJsonObject(metadata) ? String(metadata.path) : ''] as [string, string];
      });
  });
}

describe('estateKeys', () => {
  test.each([
    ['atlas-iowa-cluster', 'pool-gb200-r22d85581-2/Resource', 'clusters.iowa.pools.gb200'],
    ['atlas-iowa-cluster', 'cluster/system/Resource', 'clusters.iowa.systemPool'],
    ['atlas-iowa-cluster', 'cluster/Resource', 'clusters.iowa'],
    ['atlas-virginia-cluster', 'cluster/gb200-r31d2c059/launch-template', 'clusters.virginia.pools.gb200'],
    ['atlas-virginia-cluster', 'fabric-us-east-1b/Resource', 'clusters.virginia'],
    ['atlas-iowa-cluster', 'mount-iowa-scratch/client-nodes', 'stores.iowa-scratch'],
    ['atlas-virginia-cluster', 'mount-virginia-scratch-us-east-1b/client-in-all', 'stores.virginia-scratch'],
    ['atlas-phoenix-cluster', 'template-gb300/Resource', 'clusters.phoenix.pools.gb300'],
    ['atlas-phoenix-storage', 'store-phoenix-scratch/security/from-phoenix', 'stores.phoenix-scratch'],
    ['atlas-eastus2-storage', 'store-eastus2-checkpoints/container', 'stores.eastus2-checkpoints'],
    ['atlas-eastus2-storage', 'key/vault', 'sites.eastus2'],
    ['atlas-eastus2-network', 'network/nodes-eastus2-gb300/nsg', 'clusters.eastus2-gb300'],
    ['atlas-eastus2-network', 'network/storage-eastus2-scratch/Resource', 'stores.eastus2-scratch'],
    ['atlas-eastus2-network', 'network/Resource', 'sites.eastus2'],
    ['atlas-azure-gb-foundation', 'site-eastus2', 'sites.eastus2'],
    ['atlas-azure-gb-foundation', 'shared', 'accounts.azure-gb'],
  ])('traces %s/%s to %s', (stack, path, key) => {
    expect(estateKeys(estate.plan)(stack, `${stack}/${path}`)).toBe(key);
  });

  test('traces what is in a further stack of stores', () => {
    const stores = [datasets, { ...scratch, stack: 2 }];
    const keyOf = estateKeys(plan([], [site({ stores })]));
    const find = (stack: string, construct: string) => keyOf(stack, `${stack}/${construct}`);
    expect(find('atlas-dallas-storage-2', 'store-scratch/Resource')).toBe('stores.scratch');
    expect(find('atlas-dallas-storage-2', 'key/Resource')).toBe('sites.dallas');
    expect(find('atlas-dallas-storage', 'store-datasets/Resource')).toBe('stores.datasets');
    expect(find('atlas-dallas-storage-3', 'key/Resource')).toBeUndefined();
  });

  test("knows nothing of stacks that are not the estate's", () => {
    expect(estateKeys(estate.plan)('other', 'other/cluster')).toBeUndefined();
  });

  test('traces some construct to every pool and store of the Terraform clouds', async () => {
    const found = await withFolder((folder) => {
      synthesizePlan(estate.plan, folder);
      return new Set(
        constructs(join(folder, 'cdktf.out')).map(([stack, path]) => estateKeys(estate.plan)(stack, path)),
      );
    });
    const sites = (['azure', 'google', 'oracle'] as const).flatMap((cloud) => estate.plan.sites(cloud));
    const shards = (['azure', 'google', 'oracle'] as const).flatMap((cloud) => estate.plan.shards(cloud));
    const pools = shards.flatMap(({ cluster, pools }) => pools.map(({ key }) => `clusters.${cluster}.pools.${key}`));
    const stores = sites.flatMap((site) => site.stores.map(({ key }) => `stores.${key}`));
    expect(pools.length + stores.length).toBeGreaterThan(8);
    expect([...pools, ...stores].filter((key) => !found.has(key))).toEqual([]);
  });
});

describe('estateFinder', () => {
  test('says on which line an entry is written, or the one above it', () => {
    const lines = readFileSync(join(ROOT, 'estate.yaml'), 'utf8').split('\n');
    const found = estateFinder(estate)('atlas-iowa-cluster', 'atlas-iowa-cluster/pool-gb200-r22d85581/Resource');
    const line = Number(found?.at.split(':').pop());
    expect(found?.estate).toBe('clusters.iowa.pools.gb200');
    expect(lines[line - 1]).toMatch(/^ {6}gb200:/);
    const system = estateFinder(estate)('atlas-iowa-cluster', 'atlas-iowa-cluster/cluster/system/Resource');
    expect(lines[Number(system?.at.split(':').pop()) - 1]).toMatch(/^ {2}iowa:/);
  });
});
