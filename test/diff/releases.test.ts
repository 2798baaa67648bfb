import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readLock } from '../../cli/app';
import { SUCCESSORS } from '../../constructs/newer-arguments';
import { compareTerraform } from '../../diff';
import { SUCCESSOR_FACTS } from '../../diff/facts/successors';
import { resolve } from '../../estate/plan/resolve';
import { loadEstate } from '../../estate/spec/load';
import type { Estate } from '../../estate/spec/schema';
import { synthesizePlan, withFolder } from '../helpers/synth';
import { diffDocuments, ref, told } from './documents';

const ROOT = join(__dirname, '../..');
const ZONE = '/subscriptions/s/resourceGroups/shared/providers/Microsoft.Network/privateDnsZones/z.example';
const LINK = 'azurerm_private_dns_zone_virtual_network_link';
const linked = {
  name: 'l',
  virtual_network_id: '/n',
  private_dns_zone_name: 'z.example',
  resource_group_name: 'shared',
};
const byId = (id: string) => ({ name: 'l', virtual_network_id: '/n', private_dns_zone_id: id });

function stack(version: string, resource: object, provider = 'azurerm') {
  return {
    terraform: { required_providers: { [provider]: { source: `hashicorp/${provider}`, version } } },
    resource,
  };
}

/** What becomes of one resource when the release of its provider changes with what is written. */
function move(
  type: string,
  before: object,
  after: object,
  [from, to]: readonly [string, string] = ['4.81.0', '5.2.0'],
) {
  const [found] = diffDocuments(
    { s: stack(from, { [type]: { r: before } }) },
    { s: stack(to, { [type]: { r: after } }) },
  );
  return found?.changes ?? [];
}

describe('another release of a provider', () => {
  test('replaces no link of a private DNS zone that only is named by its id', () => {
    expect(move(LINK, linked, byId(ZONE))).toEqual([]);
    expect(move(LINK, byId(ZONE), linked, ['5.2.0', '4.81.0'])).toEqual([]);
  });

  test.each([
    ['another zone', ZONE.replace('z.example', 'y.example')],
    ['another resource group', ZONE.replace('/shared/', '/other/')],
  ])('replaces a link that goes to %s', (_, id) => {
    expect(move(LINK, linked, byId(id)).map(told)).toEqual([`replaced ${LINK}.r because private_dns_zone_id`]);
    expect(move(LINK, byId(id), linked, ['5.2.0', '4.81.0'])).toMatchObject([{ action: 'replaced' }]);
  });

  test('says that a link may be replaced where nobody can tell which zone is meant', () => {
    const [change] = move(LINK, linked, byId(ref('azurerm_private_dns_zone.z.id')));
    expect(change?.because).toEqual([{ path: 'private_dns_zone_id', certain: false }]);
  });

  test('follows the zone by its own name', () => {
    const zone = { name: 'z.example', resource_group_name: 'shared' };
    const name = ref('azurerm_private_dns_zone.z.name');
    const documents = [
      stack('4.81.0', {
        azurerm_private_dns_zone: { z: zone },
        [LINK]: { r: { ...linked, private_dns_zone_name: name } },
      }),
      stack('5.2.0', {
        azurerm_private_dns_zone: { z: zone },
        [LINK]: { r: byId(ZONE.replace('z.example', name)) },
      }),
    ];
    expect(diffDocuments({ s: documents[0] }, { s: documents[1] })[0]?.changes).toEqual([]);
  });

  const logs = { name: 'w', location: 'l', resource_group_name: 'g' };
  test.each([
    [{ internet_ingestion_enabled: false }, { internet_ingestion_access_type: 'Disabled' }, []],
    [{ internet_ingestion_enabled: true }, {}, []],
    [{}, {}, []],
    [{ internet_ingestion_enabled: false }, {}, ['internet_ingestion_access_type']],
    [{ internet_query_enabled: false }, { internet_query_access_type: 'Enabled' }, ['internet_query_access_type']],
  ])('of a workspace with %j, written %j, changes %j', (before, after, attributes) => {
    const found = move('azurerm_log_analytics_workspace', { ...logs, ...before }, { ...logs, ...after });
    expect(found.flatMap((change) => change.attributes)).toEqual(attributes);
  });

  test('tells of a default that is another one, which would change what is there', () => {
    const account = {
      name: 'a',
      location: 'l',
      resource_group_name: 'g',
      account_tier: 'Standard',
      account_replication_type: 'LRS',
    };
    const [change] = move('azurerm_storage_account', account, account);
    expect(change).toMatchObject({
      action: 'updated',
      attributes: expect.arrayContaining(['allow_nested_items_to_be_public']),
    });
    const said = move('azurerm_storage_account', { ...account, allow_nested_items_to_be_public: false }, account);
    expect(said.flatMap(({ attributes }) => attributes)).not.toContain('allow_nested_items_to_be_public');
  });

  test('refuses to go back where the newer release has written a state in another form', () => {
    const container = { name: 'c', storage_account_id: '/a' };
    expect(move('azurerm_storage_container', container, container)).toEqual([]);
    const [change] = move('azurerm_storage_container', container, container, ['5.2.0', '4.81.0']);
    expect(change?.refused).toMatchObject([
      { who: 'Terraform', why: 'its state has a form of 5.2.0 that 4.81.0 does not know' },
    ]);
  });

  test('is told of each stack, also of one that is not recorded, whose facts are those of the release after it', () => {
    const group = { azurerm_resource_group: { g: { name: 'g', location: 'l' } } };
    const moved = { azurerm_resource_group: { g: { name: 'g', location: 'm' } } };
    const [change] = diffDocuments({ s: stack('4.70.0', group) }, { s: stack('4.81.0', moved) });
    expect(change?.releases).toEqual([{ provider: 'azurerm', before: '4.70.0', after: '4.81.0' }]);
    expect(change?.changes.map(told)).toEqual(['replaced azurerm_resource_group.g because location']);
    expect(diffDocuments({ s: stack('4.81.0', group) }, { s: stack('4.81.0', group) })[0]?.releases).toBeUndefined();
  });
});

describe('arguments that succeed others', () => {
  test('are known to comparisons where constructs write them', () => {
    const written = Object.entries(SUCCESSORS).flatMap(([type, { takes, since }]) =>
      Object.keys(takes).map((path) => [type, path, since]),
    );
    const known = SUCCESSOR_FACTS.map(({ type, path, since }) => [type, path, since]);
    expect(known).toEqual(expect.arrayContaining(written));
  });

  test('cite where they come from and when that was read', () => {
    for (const { source, checked } of SUCCESSOR_FACTS)
      expect([source, checked]).toEqual([
        expect.stringMatching(/^terraform-provider-\w+ v[\d.]+ \S+\.go$/),
        expect.stringMatching(/^20\d\d-\d\d$/),
      ]);
  });
});

const FILES = [
  'estate.yaml',
  ...['azure', 'minimal', 'existing', 'azure-existing'].map((name) => `examples/${name}.yaml`),
];

test.each(FILES)(
  'choosing azurerm 5.2.0 changes no resource of %s, there and back but for what Terraform refuses',
  async (file) => {
    await withFolder((folder) => {
      const { estate } = loadEstate(join(ROOT, file));
      const lock = readLock(join(ROOT, file));
      const synthesize = (name: string, providers: Estate['providers']) => {
        const plan = resolve({ ...estate, providers }, lock, { estate: file, lock: file });
        synthesizePlan(
          { ...plan, clouds: plan.clouds.filter((cloud) => cloud === 'azure') },
          folder,
          join(folder, name),
        );
      };
      synthesize('older', undefined);
      synthesize('newer', { azurerm: '5.2.0' });
      const [forth, back] = [
        compareTerraform(join(folder, 'older'), join(folder, 'newer')),
        compareTerraform(join(folder, 'newer'), join(folder, 'older')),
      ];
      expect(forth.map(({ stack: name }) => name).sort()).toEqual(readdirSync(join(folder, 'newer/stacks')).sort());
      for (const { changes, releases } of forth) {
        expect(changes.map(told)).toEqual([]);
        expect(releases).toEqual([{ provider: 'azurerm', before: '4.81.0', after: '5.2.0' }]);
      }
      const others = back.flatMap(({ changes }) => changes.filter(({ type }) => type !== 'azurerm_storage_container'));
      expect(others.map(told)).toEqual([]);
    });
  },
);
