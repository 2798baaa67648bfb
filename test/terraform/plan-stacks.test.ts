import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { JsonObject } from '../../terraform/document';
import { planStacks, type StackPlanResult } from '../../terraform/plan-stacks';
import { document, reference } from '../provider/workspace';

const COMPARTMENT = 'ocid1.compartment.oc1..a';
const VCN: JsonObject = { compartment_id: COMPARTMENT, cidr_blocks: ['10.0.0.0/16'] };
const ID_OUTPUT = 'cross-stack-output-oci_core_vcnvcnid';

const area = mkdtempSync(join(tmpdir(), 'offline-plans-'));

/** Lays out stacks as a synthesis of cdktf does. */
function synthesis(stacks: Readonly<Record<string, JsonObject>>): string {
  const outdir = mkdtempSync(join(area, 'synthesis-'));
  const listed = Object.entries(stacks).map(([name, json]) => {
    const workingDirectory = `stacks/${name}`;
    mkdirSync(join(outdir, workingDirectory), { recursive: true });
    writeFileSync(join(outdir, workingDirectory, 'cdk.tf.json'), JSON.stringify(json));
    return [
      name,
      { name, workingDirectory, synthesizedStackPath: `${workingDirectory}/cdk.tf.json`, dependencies: [] },
    ];
  });
  writeFileSync(
    join(outdir, 'manifest.json'),
    JSON.stringify({ version: '0.21.0', stacks: Object.fromEntries(listed) }),
  );
  return outdir;
}

function withState(json: JsonObject, name: string): JsonObject {
  const terraform = Object(json.terraform);
  return { ...json, terraform: { ...terraform, backend: { local: { path: `/elsewhere/terraform.${name}.tfstate` } } } };
}

function network(): JsonObject {
  const output = { [ID_OUTPUT]: { value: reference('oci_core_vcn.vcn.id'), sensitive: true } };
  return withState(document({ oci_core_vcn: { vcn: VCN } }, { output }), 'network');
}

function cluster(from = 'network'): JsonObject {
  const data = `cross-stack-reference-input-${from}`;
  const subnet = {
    '//': { metadata: { path: 'cluster/nodes/Resource' } },
    compartment_id: COMPARTMENT,
    cidr_block: '10.0.0.0/24',
    vcn_id: reference(`data.terraform_remote_state.${data}.outputs.${ID_OUTPUT}`),
  };
  const remote = {
    backend: 'local',
    config: { path: `/elsewhere/terraform.${from}.tfstate` },
    workspace: reference('terraform.workspace'),
  };
  const resources = document(
    { oci_core_subnet: { nodes: subnet } },
    { data: { terraform_remote_state: { [data]: remote } } },
  );
  return withState(resources, 'cluster');
}

const storage = (): JsonObject =>
  document({
    google_storage_bucket: {
      data: { '//': { metadata: { path: 'storage/data/Resource' } }, name: 'data', location: 'US', storage_clas: 'X' },
    },
  });

/** Plans in a process and a folder for temporary files of its own; a signal is sent once the scratch folder is there. */
async function planApart(outdir: string, signal?: NodeJS.Signals): Promise<{ ended: number | string; left: string[] }> {
  const folder = mkdtempSync(join(area, 'tmp-'));
  const index = join(__dirname, '..', '..', 'terraform', 'index.ts');
  const script = `require(${JSON.stringify(index)}).planStacks({ outdir: ${JSON.stringify(outdir)} })`;
  const env = { ...process.env, TMPDIR: folder };
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', '--eval', script], { stdio: 'ignore', env });
  const ended = new Promise<number | string>((resolve) => child.on('close', (code, by) => resolve(by ?? code ?? '')));
  const scratch = () => readdirSync(folder).filter((name) => name.startsWith('estate-offline-'));
  if (signal !== undefined) {
    while (scratch().length === 0 && child.exitCode === null) await setTimeout(5);
    child.kill(signal);
  }
  return { ended: await ended, left: scratch() };
}

describe('planStacks', () => {
  afterAll(() => rmSync(area, { recursive: true }));

  test('plans a stack on top of an offline apply of the stack whose outputs it reads', async () => {
    const outdir = synthesis({ cluster: cluster(), network: network() });
    const results = await planStacks({ outdir });
    expect(results).toEqual([
      expect.objectContaining({
        stack: 'cluster',
        created: 1,
        updated: 0,
        replaced: 0,
        destroyed: 0,
        error: undefined,
      }),
      expect.objectContaining({ stack: 'network', created: 1, error: undefined }),
    ]);
    expect(readdirSync(join(outdir, 'stacks', 'network'))).toEqual(['cdk.tf.json']);
  });

  test('reports only the stacks asked for, with progress and Terraform text', async () => {
    const outdir = synthesis({ cluster: cluster(), network: network(), storage: storage() });
    const done: [string, number, number][] = [];
    const onProgress = ({ stack }: StackPlanResult, count: number, total: number) => done.push([stack, count, total]);
    const results = await planStacks({ outdir, stacks: ['cluster'], details: true, onProgress });
    expect(done).toEqual([['cluster', 1, 1]]);
    expect(results).toHaveLength(1);
    expect(results[0]?.details).toContain('oci_core_subnet.nodes will be created');
    expect(results[0]?.details).toMatch(/vcn_id\s+= "ocid1\.vcn\.oc1\.\.offline/);
  });

  test('fails when a stack is wrong, with its construct, and still plans the others', async () => {
    const [broken, fine] = await planStacks({ outdir: synthesis({ storage: storage(), vcn: network() }) }).then(
      (all) => [all.find(({ stack }) => stack === 'storage'), all.find(({ stack }) => stack === 'vcn')],
    );
    expect(fine?.error).toBeUndefined();
    expect(broken?.error).toContain('google_storage_bucket.data: storage_clas');
    expect(broken?.error).toContain('at construct storage/data/Resource');
    expect(broken?.diagnostics).toHaveLength(1);
  });

  test('fails when the stack that is read cannot be planned', async () => {
    const wrong = document({ oci_core_vcn: { vcn: { ...VCN, compartment: 'x' } } });
    const results = await planStacks({
      outdir: synthesis({ cluster: cluster(), network: wrong }),
      stacks: ['cluster'],
    });
    expect(results[0]?.error).toContain('it reads the outputs of network, which cannot be planned');
  });

  test.each([
    ['a provider is not recorded', { random: { source: 'hashicorp/random' } }, 'hashicorp/random is not recorded'],
    [
      'a version is not the recorded one',
      { google: { source: 'google', version: '6.50.0' } },
      'google "6.50.0", but the recorded schema is of 7.45.0',
    ],
  ])('fails when %s', async (_, required_providers, message) => {
    const json = { ...document({}), terraform: { required_providers } };
    const [result] = await planStacks({ outdir: synthesis({ one: json }) });
    expect(result?.error).toContain(message);
  });

  test.each([
    ['there is no synthesis', async () => planStacks({ outdir: join(tmpdir(), 'no-such-folder') }), 'cannot be read'],
    [
      'a stack is not in it',
      async () => planStacks({ outdir: synthesis({}), stacks: ['none'] }),
      'there is no stack none',
    ],
    [
      'a state is read that no stack writes',
      async () => planStacks({ outdir: synthesis({ cluster: cluster('elsewhere') }) }),
      'reads a state that none of these stacks writes',
    ],
    [
      'stacks read each other in a circle',
      async () =>
        planStacks({ outdir: synthesis({ network: withState(cluster('cluster'), 'network'), cluster: cluster() }) }),
      "read each other's outputs in a circle",
    ],
  ])('fails when %s', async (_, plan, message) => {
    await expect(plan()).rejects.toThrow(message);
    await expect(plan()).rejects.toHaveProperty('hint');
  });

  test('leaves nothing behind, also when it is interrupted', async () => {
    const outdir = synthesis({ network: network() });
    expect(await planApart(outdir)).toEqual({ ended: 0, left: [] });
    expect(await planApart(outdir, 'SIGINT')).toEqual({ ended: 'SIGINT', left: [] });
    expect(await planApart(outdir, 'SIGTERM')).toEqual({ ended: 'SIGTERM', left: [] });
  });

  test('fails when Terraform crashes, with the place of its output', async () => {
    const binary = join(area, 'crashing-terraform');
    const script =
      'if [ "$1" = version ]; then echo \'{"terraform_version": "1.11.4"}\'; else echo \'{"type": "diag\'; echo boom >&2; exit 11; fi';
    writeFileSync(binary, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const before = process.env.TERRAFORM_BINARY_NAME;
    process.env.TERRAFORM_BINARY_NAME = binary;
    try {
      const [result] = await planStacks({ outdir: synthesis({ network: network() }) });
      const log = /its output is in (\S+)/.exec(result?.error ?? '')?.[1] ?? '';
      expect(result?.error).toContain('exit code 11');
      expect(readFileSync(log, 'utf8')).toContain('boom');
      rmSync(dirname(log), { recursive: true });
    } finally {
      if (before === undefined) delete process.env.TERRAFORM_BINARY_NAME;
      else process.env.TERRAFORM_BINARY_NAME = before;
    }
  });

  test('fails when there is no Terraform, saying how to get one', async () => {
    const before = process.env.TERRAFORM_BINARY_NAME;
    process.env.TERRAFORM_BINARY_NAME = 'no-such-terraform';
    try {
      await expect(planStacks({ outdir: synthesis({ network: network() }) })).rejects.toMatchObject({
        message: 'there is no no-such-terraform to run',
        hint: expect.stringContaining('1.9 or newer'),
      });
    } finally {
      if (before === undefined) delete process.env.TERRAFORM_BINARY_NAME;
      else process.env.TERRAFORM_BINARY_NAME = before;
    }
  });
});
