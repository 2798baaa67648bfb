import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findTerraform, runTerraform } from '../../../terraform/binary';
import { installProviders } from '../../../terraform/no-credentials/installation';
import type { ProviderRequirement } from '../../../terraform/no-credentials/requirements';

const GOOGLE: ProviderRequirement = { source: 'hashicorp/google', version: '7.45.0' };
const ORACLE: ProviderRequirement = { source: 'oracle/oci', version: '8.28.0' };

const area = mkdtempSync(join(tmpdir(), 'installations-'));
const mirror = join(area, 'mirror');

/** Lays out a package as `terraform providers mirror` does; installing does not run what is in it. */
function provide({ source, version }: ProviderRequirement): void {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
  for (const host of ['registry.terraform.io', 'registry.opentofu.org']) {
    const file = join(
      mirror,
      host,
      source,
      version ?? '',
      platform,
      `terraform-provider-${source.split('/')[1]}_v${version}`,
    );
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
    chmodSync(file, 0o755);
  }
}

function everythingIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}

async function install(requirements: readonly ProviderRequirement[]): Promise<{ folder: string; cliConfig: string }> {
  const folder = mkdtempSync(join(area, 'folder-'));
  const binary = await findTerraform();
  const cliConfig = await installProviders({ binary, scratch: { follow: () => undefined }, folder, requirements });
  return { folder, cliConfig };
}

describe('installProviders', () => {
  const before = { ...process.env };

  beforeAll(() => {
    mkdirSync(mirror);
    const config = join(area, 'terraform.rc');
    writeFileSync(
      config,
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
    );
    provide(GOOGLE);
    process.env.TF_CLI_CONFIG_FILE = config;
    process.env.TF_PLUGIN_CACHE_DIR = join(area, 'cache-of-the-user');
    mkdirSync(process.env.TF_PLUGIN_CACHE_DIR);
  });

  afterAll(() => {
    process.env = before;
    rmSync(area, { recursive: true });
  });

  test('takes providers from the mirror that the CLI configuration names', async () => {
    const { folder, cliConfig } = await install([GOOGLE]);
    expect(everythingIn(folder).some((path) => path.endsWith('terraform-provider-google_v7.45.0'))).toBe(true);
    // Another stack's init finds them in the configuration that is returned, and nowhere else.
    const cwd = join(folder, 'stack');
    mkdirSync(cwd);
    const required = { terraform: { required_providers: { google: GOOGLE } } };
    writeFileSync(join(cwd, 'cdk.tf.json'), JSON.stringify(required));
    const env = { PATH: process.env.PATH, TF_CLI_CONFIG_FILE: cliConfig };
    expect((await runTerraform(await findTerraform(), ['init'], { cwd, env })).exitCode).toBe(0);
  });

  test('leaves the mirror and the plugin cache of the user as they are', async () => {
    const mirrored = everythingIn(mirror);
    await install([GOOGLE]);
    expect(everythingIn(mirror)).toEqual(mirrored);
    expect(everythingIn(join(area, 'cache-of-the-user'))).toEqual([]);
  });

  test('needs nothing where nothing is required', async () => {
    const { cliConfig } = await install([]);
    expect(readFileSync(cliConfig, 'utf8')).toContain('provider_installation {\n}');
  });

  test('fails when a provider cannot be had, naming it and how to get it', async () => {
    await expect(install([GOOGLE, ORACLE])).rejects.toMatchObject({
      name: 'OfflineError',
      message: expect.stringMatching(
        /^the real provider oracle\/oci 8\.28\.0 cannot be had: \S[^\n]*oracle\/oci[^\n]*$/,
      ),
      hint: expect.stringMatching(/terraform providers mirror[\s\S]*TF_CLI_CONFIG_FILE/),
    });
  });

  test('fails when several cannot be had, naming each', async () => {
    const other = { source: 'hashicorp/azurerm', version: '4.81.0' };
    await expect(install([other, ORACLE])).rejects.toMatchObject({
      message: expect.stringMatching(/hashicorp\/azurerm 4\.81\.0[^\n]*\nthe real provider oracle\/oci 8\.28\.0/),
    });
  });
});
