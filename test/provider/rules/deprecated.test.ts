import { checkDeprecated } from '../../../provider/rules/deprecated';
import recorded from '../../../provider/rules/deprecated.json';
import { attributesOf, type BlockSchema, blocksOf, loadProvider, PROVIDER_NAMES } from '../../../provider/schema';
import { UNKNOWN, type Value } from '../../../provider/values';

const providers = PROVIDER_NAMES.map((name) => loadProvider(name));

function blockOf(type: string): BlockSchema {
  const found = providers.flatMap(({ resource_schemas }) => resource_schemas[type] ?? [])[0];
  if (found === undefined) throw new Error(`no type ${type}`);
  return found.block;
}

function has(block: BlockSchema, [first = '', ...rest]: readonly string[]): boolean {
  const nested = blocksOf(block)[first];
  if (nested !== undefined) return rest.length === 0 || has(nested.block, rest);
  return rest.length === 0 && attributesOf(block)[first] !== undefined;
}

const check = (type: string, config: Value) => checkDeprecated(type, blockOf(type), config);

test('knows only types and arguments that the recorded schemas have', () => {
  const all = Object.entries(recorded).flatMap(([type, paths]) => paths.map((path) => [type, path] as const));
  expect(all.length).toBeGreaterThan(200);
  expect(all.filter(([type, path]) => path !== '' && !has(blockOf(type), path.split('.')))).toEqual([]);
});

test.each([
  ['an argument', 'azurerm_federated_identity_credential', { parent_id: 'x' }, ['parent_id']],
  [
    'an argument known only after apply',
    'azurerm_federated_identity_credential',
    { parent_id: UNKNOWN },
    ['parent_id'],
  ],
  [
    'an argument inside a block',
    'azurerm_application_gateway',
    { ssl_profile: [{ verify_client_cert_issuer_dn: null }, { verify_client_cert_issuer_dn: true }] },
    ['ssl_profile', 1, 'verify_client_cert_issuer_dn'],
  ],
  ['a whole type', 'azurerm_app_service_plan', { name: 'plan' }, []],
])('warns of %s', (_, type, config: Value, path) => {
  expect(check(type, config)).toEqual([
    { severity: 'warning', summary: expect.stringContaining('eprecated'), detail: expect.any(String), path },
  ]);
});

test.each([
  ['azurerm_federated_identity_credential', { user_assigned_identity_id: UNKNOWN, parent_id: null }],
  ['azurerm_application_gateway', { ssl_profile: null, enable_http2: null }],
  ['azurerm_key_vault', { contact: [] }],
  ['azurerm_resource_group', { name: 'group' }],
])('says nothing of %s %j', (type, config: Value) => {
  expect(check(type, config)).toEqual([]);
});
