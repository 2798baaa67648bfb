import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTerraform } from '../../../terraform/binary';
import { openRealProviders, type RealProviders } from '../../../terraform/no-credentials/real-providers';

const area = mkdtempSync(join(tmpdir(), 'real-'));

async function open(folder: string): Promise<RealProviders> {
  const scratch = { folder, cliConfig: join(folder, 'terraform.rc'), follow: () => undefined };
  return openRealProviders({ binary: await findTerraform(), scratch, documents: [{}] });
}

describe('openRealProviders', () => {
  afterAll(() => rmSync(area, { recursive: true }));

  test('gives Terraform a home, a proxy and temporary files of its own, all in the scratch folder', async () => {
    const folder = mkdtempSync('/tmp/r');
    const { env, refused, close } = await open(folder);
    try {
      const { HOME = '', TMPDIR = '', TF_CLI_CONFIG_FILE = '' } = env;
      expect([HOME, TMPDIR, TF_CLI_CONFIG_FILE].every((path) => path.startsWith(folder) && existsSync(path))).toBe(
        true,
      );
      expect(readdirSync(HOME)).toEqual([]);
      expect(env.HTTPS_PROXY).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect([...refused]).toEqual([]);
    } finally {
      close();
      rmSync(folder, { recursive: true });
    }
  });

  test('leaves temporary files where they are when sockets would be too deep down', async () => {
    const folder = join(area, 'd'.repeat(80));
    mkdirSync(folder);
    const { env, close } = await open(folder);
    close();
    expect(env.TMPDIR).toBe(process.env.TMPDIR);
  });
});
