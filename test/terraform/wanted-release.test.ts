import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPinnedAnew } from '../../cli/terraform-plan';
import { runOffline } from '../../terraform/run-offline';
import { wantedRelease } from '../../terraform/wanted-release';
import { withFolder } from '../helpers/synth';

const pinning = (version: string) => ({
  terraform: { required_providers: { azurerm: { source: 'hashicorp/azurerm', version } } },
});

/** Runs a body with folders of stacks by the release of azurerm that they pin. */
function withStacks<T>(versions: Readonly<Record<string, string>>, body: (folders: string[]) => T): Promise<T> {
  return withFolder((root) => {
    const folders = Object.entries(versions).map(([name, version]) => {
      const folder = join(root, name);
      mkdirSync(folder);
      writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(pinning(version)));
      return folder;
    });
    return body(folders);
  });
}

describe('the release that stacks want', () => {
  test.each<[Record<string, string>, string | undefined]>([
    [{}, undefined],
    [{ network: '5.2.0' }, '5.2.0'],
    [{ network: '5.2.0', storage: '5.2.0' }, '5.2.0'],
    [{ network: '~> 4.80' }, '4.81.0'],
    [{ network: '>= 4.0' }, '4.81.0'],
    [{ network: '>= 5.0, < 6.0' }, '5.2.0'],
  ])('of %j is %s', async (versions, expected) => {
    await withStacks(versions, (folders) => {
      expect(wantedRelease('azurerm', folders)).toBe(expected);
      expect(wantedRelease('google', folders)).toBeUndefined();
    });
  });

  test('fails when one is not recorded, or two differ', async () => {
    await withStacks({ network: '5.9.0' }, (folders) => {
      expect(() => wantedRelease('azurerm', folders)).toThrow(
        'network asks for azurerm "5.9.0", which is not recorded',
      );
    });
    await withStacks({ network: '4.81.0', storage: '5.2.0' }, (folders) => {
      const message = 'network asks for azurerm 4.81.0 and storage for 5.2.0, and one command has one of each provider';
      expect(() => wantedRelease('azurerm', folders)).toThrow(message);
    });
  });

  test('is what terraform plans with in the folder of a stack', async () => {
    const id = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/z.example';
    const network = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n';
    const link = { name: 'l', virtual_network_id: network };
    await withFolder(async (cwd) => {
      const validate = (version: string, more: object) => {
        const document = {
          ...pinning(version),
          provider: { azurerm: [{ features: [{}], subscription_id: '00000000-0000-4000-8000-000000000001' }] },
          resource: { azurerm_private_dns_zone_virtual_network_link: { l: { ...link, ...more } } },
        };
        writeFileSync(join(cwd, 'cdk.tf.json'), JSON.stringify(document));
        return runOffline(['terraform', 'validate'], { cwd, output: 'ignore' });
      };
      const byName = { private_dns_zone_name: 'z.example', resource_group_name: 'g' };
      expect(await validate('5.2.0', { private_dns_zone_id: id })).toBe(0);
      expect(await validate('5.2.0', byName)).toBe(1);
      expect(await validate('4.81.0', byName)).toBe(0);
    });
  });
});

test.each([
  ['4.81.0', true],
  ['5.2.0', false],
])('a lock file with %s is told from the release that is pinned: %s', async (locked, expected) => {
  await withStacks({ network: '5.2.0' }, ([folder = '']) => {
    const stack = { name: 'network', folder, json: pinning('5.2.0'), dependsOn: [] };
    expect(isPinnedAnew(stack)).toBe(false);
    const lock = `provider "registry.terraform.io/hashicorp/azurerm" {\n  version     = "${locked}"\n  constraints = "${locked}"\n}\n`;
    writeFileSync(join(folder, '.terraform.lock.hcl'), `# kept by terraform init\n\n${lock}`);
    expect(isPinnedAnew(stack)).toBe(expected);
  });
});
