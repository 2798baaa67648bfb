import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Server } from '@grpc/grpc-js';
import { OfflineError } from '../../provider/errors';
import { LocalProvider } from '../../provider/provider';
import { PROVIDERS } from '../../provider/schema';
import type { JsonObject } from '../../terraform/document';
import { planStacks } from '../../terraform/plan-stacks';
import { runOffline } from '../../terraform/run-offline';
import { withScratch } from '../../terraform/scratch';
import { ROOT, runCommand } from '../helpers/cli';
import { document } from '../provider/workspace';

const VCN = document({
  oci_core_vcn: { vcn: { compartment_id: 'ocid1.compartment.oc1..a', cidr_blocks: ['10.0.0.0/16'] } },
});

const area = mkdtempSync(join(tmpdir(), 'offline-bad-input-'));

/** Lays out one stack as a synthesis of cdktf does. */
function synthesis(json: JsonObject = VCN): string {
  const outdir = mkdtempSync(join(area, 'synthesis-'));
  mkdirSync(join(outdir, 'stacks/network'), { recursive: true });
  writeFileSync(join(outdir, 'stacks/network/cdk.tf.json'), JSON.stringify(json));
  const stack = { workingDirectory: 'stacks/network', synthesizedStackPath: 'stacks/network/cdk.tf.json' };
  writeFileSync(join(outdir, 'manifest.json'), JSON.stringify({ stacks: { network: stack } }));
  return outdir;
}

/** Runs a body with a program in the place of Terraform. */
async function withTerraform<T>(script: string, body: () => Promise<T>): Promise<T> {
  const binary = join(mkdtempSync(join(area, 'bin-')), 'terraform');
  const version = 'if [ "$1" = version ]; then echo \'{"terraform_version": "1.11.4"}\'; exit 0; fi';
  writeFileSync(binary, `#!/bin/sh\n${version}\n${script}\n`);
  chmodSync(binary, 0o755);
  const before = process.env.TERRAFORM_BINARY_NAME;
  process.env.TERRAFORM_BINARY_NAME = binary;
  try {
    return await body();
  } finally {
    if (before === undefined) delete process.env.TERRAFORM_BINARY_NAME;
    else process.env.TERRAFORM_BINARY_NAME = before;
  }
}

/** The file that a message names as the place of a crash's output; it is removed with its folder. */
function takeLog(message: string): string {
  const log = /its output is in (\S+\.log)/.exec(message)?.[1] ?? '';
  const text = readFileSync(log, 'utf8');
  rmSync(dirname(log), { recursive: true });
  return text;
}

/** A copy of the offline folder whose files can be spoiled. */
function copyOffline(): string {
  const copy = mkdtempSync(join(area, 'package-'));
  for (const room of ['provider', 'terraform']) cpSync(join(ROOT, room), join(copy, room), { recursive: true });
  for (const name of ['estate', 'node_modules']) symlinkSync(join(ROOT, name), join(copy, name), 'dir');
  return copy;
}

describe('a bad input of an offline plan', () => {
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => rmSync(area, { recursive: true }));

  test.each([
    ['is missing', undefined, /cannot be read: ENOENT/],
    ['is cut off', 1000, /cannot be read: unexpected end of file/],
  ])('fails when a recorded schema %s, and the stack says how to restore it', async (_, bytes, message) => {
    const copy = copyOffline();
    const schema = join(copy, 'provider/schemas', `oci-${PROVIDERS.oci.version}.json.gz`);
    if (bytes === undefined) rmSync(schema);
    else writeFileSync(schema, readFileSync(schema).subarray(0, bytes));
    const index = JSON.stringify(join(copy, 'terraform/index.ts'));
    const script = `require(${index}).planStacks({ outdir: ${JSON.stringify(synthesis())} }).then(([one]) => console.log(one.error))`;
    const loader = join(ROOT, 'node_modules/tsx/dist/cjs/index.cjs');
    const { code, stdout, stderr } = await runCommand([process.execPath, '--require', loader, '--eval', script]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(message);
    expect(stdout).toContain('restore the file from the repository');
  });

  test('fails when nothing may listen on the loopback address', async () => {
    jest.spyOn(Server.prototype, 'bindAsync').mockImplementation((_, __, done) => {
      done(new Error('EADDRINUSE: address already in use'), 0);
    });
    const [plan] = await planStacks({ outdir: synthesis() });
    expect(plan?.error).toMatch(/cannot listen on the loopback address: EADDRINUSE[\s\S]*free some ports/);
    await expect(runOffline(['terraform', 'version'])).rejects.toMatchObject({
      message: expect.stringContaining('cannot listen'),
      hint: expect.stringContaining('free some ports'),
    });
  });

  test('fails when the disk is full, and says where there may be room', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const fails = withScratch(async () => {
      throw full;
    });
    await expect(fails).rejects.toThrow(OfflineError);
    await expect(fails).rejects.toMatchObject({ hint: expect.stringContaining('TMPDIR') });
  });

  test('fails when the disk is full for Terraform, with its words', async () => {
    const line = JSON.stringify({
      type: 'diagnostic',
      diagnostic: { severity: 'error', summary: 'Failed to write plan file', detail: 'no space left on device' },
    });
    const [plan] = await withTerraform(`echo '${line}'; exit 1`, () => planStacks({ outdir: synthesis() }));
    expect(plan?.error).toBe('Failed to write plan file\n  no space left on device');
  });

  test('fails when Terraform is killed, and says by what', async () => {
    const [plan] = await withTerraform('echo "before the end" >&2; kill -9 $$', () =>
      planStacks({ outdir: synthesis() }),
    );
    expect(plan?.error).toMatch(/^terraform ended by SIGKILL, from outside/);
    expect(takeLog(plan?.error ?? '')).toContain('before the end');
  });

  test('fails when the local provider has a bug, and keeps how it came about', async () => {
    const answer = LocalProvider.prototype.answer;
    jest.spyOn(LocalProvider.prototype, 'answer').mockImplementation(function (this: LocalProvider, method, request) {
      if (method === 'PlanResourceChange') throw new Error('boom');
      return answer.call(this, method, request);
    });
    const [plan] = await planStacks({ outdir: synthesis() });
    const text = (plan?.error ?? '').replace(/\s+/g, ' ');
    expect(text).toContain('the local provider of oci failed at PlanResourceChange, which is a bug');
    expect(takeLog(text)).toMatch(/Error: boom[\s\S]*at /);
  });

  test('leaves the synthesis as it was, whatever goes wrong', async () => {
    const outdir = synthesis();
    await withTerraform('touch here; mkdir .terraform; exit 3', () => planStacks({ outdir })).then(([plan]) =>
      takeLog(plan?.error ?? ''),
    );
    expect(readdirSync(join(outdir, 'stacks/network'))).toEqual(['cdk.tf.json']);
  });
});
