import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../../terraform/document';
import { planStacks } from '../../../terraform/plan-stacks';
import { estate, ROOT } from '../../helpers/cli';
import { reference } from '../../provider/workspace';

const area = mkdtempSync(join(tmpdir(), 'real-plans-'));

/** A CLI configuration with a mirror that holds nothing: no provider can be had, and no network is asked. */
const nothing = join(area, 'terraform.rc');

/** Stacks of Terraform's own type, whose provider is part of every Terraform and really plans. */
function synthesis(stacks: Readonly<Record<string, JsonObject>>): string {
  const outdir = mkdtempSync(join(area, 'synthesis-'));
  const listed = Object.entries(stacks).map(([name, json]) => {
    const workingDirectory = `stacks/${name}`;
    mkdirSync(join(outdir, workingDirectory), { recursive: true });
    const terraform = { backend: { local: { path: `/elsewhere/terraform.${name}.tfstate` } } };
    writeFileSync(join(outdir, workingDirectory, 'cdk.tf.json'), JSON.stringify({ terraform, ...json }));
    return [name, { workingDirectory, synthesizedStackPath: `${workingDirectory}/cdk.tf.json` }];
  });
  writeFileSync(join(outdir, 'manifest.json'), JSON.stringify({ stacks: Object.fromEntries(listed) }));
  return outdir;
}

function network(input: unknown = 'network'): JsonObject {
  return {
    resource: { terraform_data: { network: { input } } },
    output: { id: { value: reference('terraform_data.network.id') } },
  };
}

function cluster(): JsonObject {
  const remote = { backend: 'local', config: { path: '/elsewhere/terraform.network.tfstate' } };
  return {
    data: { terraform_remote_state: { network: remote } },
    resource: {
      terraform_data: {
        cluster: { input: reference('data.terraform_remote_state.network.outputs.id') },
        pool: { input: 'pool' },
      },
    },
  };
}

describe('planStacks with real providers', () => {
  const before = { ...process.env };

  beforeAll(() => {
    const mirror = join(area, 'mirror');
    mkdirSync(mirror);
    writeFileSync(
      nothing,
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
    );
    process.env.TF_CLI_CONFIG_FILE = nothing;
  });

  afterAll(() => {
    process.env = before;
    rmSync(area, { recursive: true });
  });

  test('says of a stack whose outputs it had to make up for the next one', async () => {
    const results = await planStacks({
      outdir: synthesis({ network: network(), cluster: cluster() }),
      providers: 'real',
    });
    expect(results).toMatchObject([
      { stack: 'cluster', created: 2, assumes: ['network'] },
      { stack: 'network', created: 1 },
    ]);
    expect(results.map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(results[1]).not.toHaveProperty('assumes');
  });

  test('plans only what is asked for, and keeps its text', async () => {
    const outdir = synthesis({ network: network(), cluster: cluster() });
    const results = await planStacks({ outdir, stacks: ['cluster'], providers: 'real', details: true });
    expect(results.map(({ stack }) => stack)).toEqual(['cluster']);
    expect(results[0]?.details).toContain('Plan: 2 to add, 0 to change, 0 to destroy.');
  });

  test('leaves the folder of the synthesis as it was', async () => {
    const outdir = synthesis({ network: network() });
    await planStacks({ outdir, providers: 'real' });
    expect(readdirSync(join(outdir, 'stacks', 'network'))).toEqual(['cdk.tf.json']);
  });

  test('fails when the stack that is read cannot be applied, and still plans that one', async () => {
    const outdir = synthesis({ network: network(reference('nowhere.at.all')), cluster: cluster() });
    const [read, reading] = [...(await planStacks({ outdir, providers: 'real' }))].reverse();
    expect(read?.error).toContain('its outputs, which others read, cannot be made up');
    expect(reading?.error).toContain('it reads the outputs of network, which cannot be planned');
  });

  test('fails when a provider cannot be had', async () => {
    const required = { google: { source: 'hashicorp/google', version: '7.45.0' } };
    const outdir = synthesis({ network: { terraform: { required_providers: required } } });
    await expect(planStacks({ outdir, providers: 'real' })).rejects.toMatchObject({
      message: expect.stringContaining('the real provider hashicorp/google 7.45.0 cannot be had'),
    });
  });
});

describe('estate plan --no-credentials', () => {
  test('fails when a provider cannot be had, with what to do about it', async () => {
    const args = ['plan', 'mini-google-foundation', '--no-credentials', '--file', join(ROOT, 'examples/minimal.yaml')];
    const mirror = mkdtempSync(join(tmpdir(), 'mirror-'));
    const config = join(mirror, 'terraform.rc');
    writeFileSync(
      config,
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
    );
    try {
      const { code, stdout, stderr } = await estate(args, ROOT, { TF_CLI_CONFIG_FILE: config });
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(
        /the real provider hashicorp\/google 7\.45\.0 cannot be had: .*\n[\s\S]*TF_CLI_CONFIG_FILE/,
      );
    } finally {
      rmSync(mirror, { recursive: true });
    }
  });

  test('fails when it is asked for together with --offline', async () => {
    const { code, stdout, stderr } = await estate(['plan', '--no-credentials', '--offline']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain("option '--no-credentials' cannot be used with option '--offline'");
  });
});
