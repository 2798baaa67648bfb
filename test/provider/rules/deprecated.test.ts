import { checkDeprecated } from '../../../provider/rules/deprecated';
import { loadProvider } from '../../../provider/schema';
import { UNKNOWN, type Value } from '../../../provider/values';

const azurerm = loadProvider('azurerm');

const check = (type: string, config: Value) =>
  checkDeprecated(type, azurerm.resource_schemas[type]?.block ?? {}, config);

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
