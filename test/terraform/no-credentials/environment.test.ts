import { placeholderEnvironment } from '../../../terraform/no-credentials/environment';

const home = '/scratch/home';
const loopback = { tokenUrl: 'http://127.0.0.1:1/token', proxyUrl: 'http://127.0.0.1:1' };

function environment(inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return placeholderEnvironment({
    home,
    cliConfig: '/scratch/terraform.rc',
    loopback,
    keyFile: '/scratch/key.pem',
    inherited,
  });
}

describe('placeholderEnvironment', () => {
  test('hands on where programs and temporary files are', () => {
    const machine = { PATH: '/bin', TMPDIR: '/tmp', LANG: 'C.UTF-8', LC_ALL: 'C', Path: 'C:\\bin' };
    expect(environment(machine)).toMatchObject(machine);
  });

  test.each([
    'GOOGLE_APPLICATION_CREDENTIALS',
    'GOOGLE_IMPERSONATE_SERVICE_ACCOUNT',
    'CLOUDSDK_CONFIG',
    'ARM_CLIENT_SECRET',
    'ARM_USE_OIDC',
    'AZURE_FEDERATED_TOKEN_FILE',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'OCI_private_key',
    'OCI_CLI_AUTH',
    'TF_VAR_config_file_profile',
    'TF_CLI_ARGS_plan',
    'TF_TOKEN_app_terraform_io',
    'AWS_SECRET_ACCESS_KEY',
    'TF_PLUGIN_CACHE_DIR',
    'TF_WORKSPACE',
    'ANYTHING_ELSE',
  ])('keeps %s of the user from the providers', (name) => {
    expect(environment({ [name]: 'of the user' })).not.toHaveProperty(name);
  });

  test('puts placeholders in the place of what the user has set', () => {
    const set = {
      GOOGLE_OAUTH_ACCESS_TOKEN: 'secret',
      ARM_USE_CLI: 'true',
      HOME: '/home/user',
      HTTPS_PROXY: 'http://p',
    };
    expect(environment(set)).toMatchObject({
      GOOGLE_OAUTH_ACCESS_TOKEN: 'placeholder',
      ARM_USE_CLI: 'false',
      HOME: home,
      TF_HOME_OVERRIDE: home,
      HTTPS_PROXY: loopback.proxyUrl,
    });
  });

  test('lets the Azure provider ask the loopback for tokens, and nobody for lists', () => {
    expect(environment({})).toMatchObject({
      ARM_USE_MSI: 'true',
      ARM_MSI_ENDPOINT: loopback.tokenUrl,
      ARM_PROVIDER_ENHANCED_VALIDATION_LOCATIONS: 'false',
      ARM_PROVIDER_ENHANCED_VALIDATION_RESOURCE_PROVIDERS: 'false',
      ARM_RESOURCE_PROVIDER_REGISTRATIONS: 'none',
    });
  });

  test('gives the Oracle provider a user that nobody is, and a key where there is one', () => {
    expect(environment({})).toMatchObject({
      TF_VAR_user_ocid: expect.stringMatching(/^ocid1\.user\./),
      TF_VAR_fingerprint: expect.stringMatching(/^(00:){15}00$/),
      TF_VAR_private_key_path: '/scratch/key.pem',
    });
    const without = placeholderEnvironment({ home, cliConfig: '/scratch/terraform.rc', loopback, inherited: {} });
    expect(without).not.toHaveProperty('TF_VAR_private_key_path');
  });

  test('keeps the temporary files of the providers where it is told to', () => {
    const options = { home, cliConfig: '/scratch/terraform.rc', loopback, inherited: { TMPDIR: '/tmp' } };
    expect(placeholderEnvironment({ ...options, temporary: '/scratch/t' }).TMPDIR).toBe('/scratch/t');
    expect(placeholderEnvironment(options).TMPDIR).toBe('/tmp');
  });

  test('lets Terraform log only to who debugs this program', () => {
    expect(environment({ TF_LOG: 'trace' })).not.toHaveProperty('TF_LOG');
    expect(environment({ TF_LOG: 'trace', ESTATE_DEBUG: '1' })).toMatchObject({ TF_LOG: 'trace' });
  });
});
