import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLock } from '../cli/app';
import type { Lock } from '../estate/plan/lock';
import { parseEstate } from '../estate/spec/load';
import { ROOT } from './helpers/cli';
import { lockAndResolve } from './helpers/estates';
import { readTree, synthesizePlan, withFolder } from './helpers/synth';

const TEXT = readFileSync(join(ROOT, 'estate.yaml'), 'utf8');

/** Every resource of every stack by `stack/type/id`, as JSON text. */
async function resources(text: string, lock: Lock | undefined): Promise<Record<string, string>> {
  const { plan } = lockAndResolve(parseEstate(text, 'estate.yaml').estate, lock);
  const files = await withFolder((folder) => {
    synthesizePlan(plan, folder);
    return readTree(folder);
  });
  const found: Record<string, string> = {};
  for (const [path, content] of Object.entries(files)) {
    if (path.endsWith('.template.json')) {
      const { Resources = {} } = JSON.parse(content) as { Resources?: Record<string, object> };
      for (const [id, resource] of Object.entries(Resources)) found[`${path}/${id}`] = JSON.stringify(resource);
    } else if (path.endsWith('cdk.tf.json')) {
      const { resource = {} } = JSON.parse(content) as { resource?: Record<string, Record<string, object>> };
      for (const [type, byId] of Object.entries(resource)) {
        for (const [id, body] of Object.entries(byId)) found[`${path}/${type}/${id}`] = JSON.stringify(body);
      }
    }
  }
  return found;
}

/** The estate with a text in place of another that stands in it once. */
function edited(from: string, to: string): string {
  expect(TEXT.split(from)).toHaveLength(2);
  return TEXT.replace(from, to);
}

const lock = readLock(join(ROOT, 'estate.yaml'));
const before = resources(TEXT, lock);

describe('synthesized output', () => {
  test.each([
    [
      'a rack',
      () => edited('racks: 8, spareTraysPerRack: 1', 'racks: 9, spareTraysPerRack: 1'),
      /^cdktf\.out\/stacks\/atlas-eastus2-gb300-cluster\/.*node_pool/,
    ],
    [
      'a pool',
      () =>
        edited(
          '  iowa:\n    site: iowa\n    mounts: [iowa-scratch, iowa-checkpoints]\n    pools:\n',
          '  iowa:\n    site: iowa\n    mounts: [iowa-scratch, iowa-checkpoints]\n    pools:\n      b200: { accelerator: b200, nodes: 4, zone: us-central1-b, capacity: { kind: reservation, ids: [b200] } }\n',
        ),
      /^cdktf\.out\/stacks\/atlas-iowa-cluster\//,
    ],
    [
      'a cluster',
      () =>
        edited(
          'clusters:\n',
          'clusters:\n  virginia-dev: { site: virginia, pools: { h200: { accelerator: h200, nodes: 2, zone: us-east-1a } } }\n',
        ),
      /^cdk\.out\/atlas-virginia-dev-cluster|^cdk\.out\/atlas-virginia-network/,
    ],
    [
      'a site with a cluster',
      () =>
        edited(
          'sites:\n',
          'sites:\n  ashburn: { account: oracle-main, region: us-ashburn-1, zones: ["Uocm:US-ASHBURN-AD-1"], serviceGateway: { serviceId: ocid1.service.oc1.iad.aaaa, cidrLabel: all-iad-services-in-oracle-services-network } }\n',
        ).replace(
          'clusters:\n',
          'clusters:\n  ashburn: { site: ashburn, systemPool: { image: ocid1.image.oc1.iad.aaaa }, pools: { h200: { accelerator: h200, nodes: 2, image: ocid1.image.oc1.iad.bbbb } } }\n',
        ),
      /^cdktf\.out\/stacks\/(atlas-ashburn-|atlas-oracle-main-foundation)/,
    ],
    [
      'a store',
      () => edited('stores:\n', 'stores:\n  virginia-datasets: { kind: object, site: virginia, retainDays: 90 }\n'),
      /^cdk\.out\/atlas-virginia-storage/,
    ],
  ])('changes in nothing that exists when %s is added', async (_what, edit, where) => {
    const [one, other] = await Promise.all([before, resources(edit(), lock)]);
    const changed = Object.keys(one).filter((key) => other[key] !== one[key]);
    const added = Object.keys(other).filter((key) => one[key] === undefined);
    expect(changed).toEqual([]);
    expect(added.length).toBeGreaterThan(0);
    expect(added.filter((key) => !where.test(key))).toEqual([]);
  });

  test('changes only tags and addressees when the owner changes', async () => {
    const text = edited(
      'team: frontier-training, email: frontier-training@example.com, costCenter: cc-1042',
      'team: other-team, email: other@example.com, costCenter: cc-7',
    );
    const neutral = (body: string) =>
      body
        .replace(/other-team|frontier-training/g, 'TEAM')
        .replace(/other@example\.com|TEAM@example\.com/g, 'EMAIL')
        .replace(/cc-1042|cc-7\b/g, 'COST');
    const [one, other] = await Promise.all([before, resources(text, lock)]);
    expect(Object.keys(other)).toEqual(Object.keys(one));
    for (const [key, body] of Object.entries(one))
      expect([key, neutral(other[key] ?? '')]).toEqual([key, neutral(body)]);
  });
});
