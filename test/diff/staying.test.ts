import type { DiffReport } from '../../diff';
import { STAYING, stayingArguments } from '../../diff/facts/staying';
import type { Value } from '../../provider/values';
import { DiffScene, outline, swap } from './scene';

/** A configuration with a value at a dotted path, blocks as lists. */
function configAt(path: string, value: Value): Value {
  const [name = '', ...rest] = path.split('.');
  return { [name]: rest.length === 0 ? value : [configAt(rest.join('.'), value)] };
}

describe('places that are ignored', () => {
  test.each(STAYING)('are told where they are another one: $type.$path', ({ type, path, who }) => {
    const tell = (had: Value, written: Value, kept: Value) =>
      stayingArguments({ type }, configAt(path, had), configAt(path, written), configAt(path, kept)).map(
        (refusal) => `${refusal.who} ${refusal.attributes}`,
      );
    expect(tell('/networks/one', '/networks/two', '/networks/one')).toEqual([`${who} ${path}`]);
    expect(tell('/networks/one', '/Networks/One', '/networks/one')).toEqual([]);
    expect(tell('/networks/one', '/networks/one', '/networks/one')).toEqual([]);
    expect(tell(null, '/networks/one', null)).toEqual([]);
    // Where it is not ignored, the change is made, and told as such.
    expect(tell('/networks/one', '/networks/two', '/networks/two')).toEqual([]);
  });

  test('are not told of other types', () => {
    const [had, written] = [{ subnet_id: 'one' }, { subnet_id: 'two' }];
    expect(stayingArguments({ type: 'azurerm_private_endpoint' }, had, written, had)).toEqual([]);
  });

  test('make edits of the estate fail that put what is deployed onto another network', () => {
    const scene = new DiffScene();
    const site = (key: string, subnets: readonly string[], more = '') =>
      `    network:\n      existing:\n        id: corp-${key}\n        cidrs: [10.8.0.0/16]\n${more}        subnets:\n${subnets.map((subnet) => `          ${subnet}\n`).join('')}`;
    try {
      const iowa = scene.diff(
        swap(
          '  iowa: { account: google-main, region: us-central1, zones: [us-central1-a, us-central1-b, us-central1-c] }\n',
          `  iowa:\n    account: google-main\n    region: us-central1\n    zones: [us-central1-a, us-central1-b, us-central1-c]\n${site(
            'iowa',
            [
              'nodes: { id: nodes, role: nodes, cidr: 10.8.0.0/20 }',
              'pods: { id: pods, role: pods, cidr: 100.64.0.0/14 }',
              'services: { id: services, role: services, cidr: 172.20.0.0/20 }',
              'storage: { id: storage, role: storage, cidr: 10.8.16.0/20 }',
            ],
          )}`,
        ),
        ['*'],
      );
      expect(refusals(iowa)).toEqual(['refused stores.iowa-scratch by Managed Lustre']);
      const eastus2 = scene.diff(
        swap(
          '  eastus2: { account: azure-gb, region: eastus2, zones: ["1", "2", "3"] }\n',
          `  eastus2:\n    account: azure-gb\n    region: eastus2\n    zones: ["1", "2", "3"]\n${site(
            'eastus2',
            [
              'nodes: { id: nodes, role: nodes, cidr: 10.8.0.0/20 }',
              'api: { id: api, role: control-plane, cidr: 10.8.16.0/27 }',
              'endpoints: { id: endpoints, role: endpoints, cidr: 10.8.17.0/24 }',
              'lustre: { id: lustre, role: storage, cidr: 10.8.18.0/23, store: eastus2-scratch, securityGroup: lustre }',
            ],
            '        resourceGroup: spokes\n        privateDns: { resourceGroup: dns }\n',
          )}`,
        ),
        ['*'],
      );
      expect(refusals(eastus2)).toEqual([
        'refused clusters.eastus2-gb300 by AKS',
        'refused clusters.eastus2-gb300.pools.train by AKS',
        'refused stores.eastus2-scratch by Azure Managed Lustre',
      ]);
    } finally {
      scene.close();
    }
  });
});

function refusals(report: DiffReport): string[] {
  expect(report.ok).toBe(false);
  return outline(report).filter((line) => line.startsWith('refused'));
}
