import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { countChanges } from '../../cli/cdk-diff';
import type { PlanReport } from '../../cli/plan-report';
import { waitingFor } from '../../cli/terraform-plan';
import type { OfflineDiagnostic } from '../../terraform';
import { type CommandResult, ESTATE_BIN, ROOT, runCommand } from '../helpers/cli';
import { withFolder } from '../helpers/synth';
import { reference } from '../provider/workspace';

// Each of these runs whole commands, which take long where several run at a time.
jest.setTimeout(180_000);

const CDK = [process.execPath, join(ROOT, 'node_modules/aws-cdk/bin/cdk')];

const TEMPLATE = {
  Resources: {
    Kept: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'one' } },
    Gone: { Type: 'AWS::SNS::Topic' },
    Left: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 1 } },
  },
};

const EDITED = `
const { App, CfnResource, Stack } = require(${JSON.stringify(join(ROOT, 'node_modules/aws-cdk-lib/core'))});
const stack = new Stack(new App(), 'stack');
new CfnResource(stack, 'Kept', { type: 'AWS::S3::Bucket', properties: { BucketName: 'two' } });
new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue', properties: { DelaySeconds: 2 } });
new CfnResource(stack, 'New', { type: 'AWS::SQS::Queue' });
stack.node.root.synth();
`;

/** A `cdk` beside the project that answers as the real one does about a stack that is not there yet. */
function installCdk(folder: string): void {
  const made = join(folder, 'node_modules', 'aws-cdk');
  mkdirSync(made, { recursive: true });
  writeFileSync(
    join(made, 'package.json'),
    JSON.stringify({ name: 'aws-cdk', version: '2.0.0', bin: { cdk: 'cdk.js' } }),
  );
  const lines = ['Resources', '[+] AWS::EC2::VPC network/Resource networkABC', '', ''];
  writeFileSync(join(made, 'cdk.js'), `process.stderr.write(${JSON.stringify(lines.join('\n'))});`);
}

/** Plans the minimal estate "with accounts", where the accounts are the local provider. */
async function plan(folder: string, pattern: string): Promise<CommandResult & { report: PlanReport }> {
  copyFileSync(join(ROOT, 'examples/minimal.yaml'), join(folder, 'estate.yaml'));
  copyFileSync(join(ROOT, 'examples/minimal.lock.json'), join(folder, 'estate.lock.json'));
  const cli = [process.execPath, ESTATE_BIN];
  const result = await runCommand([...cli, 'offline', '--', ...cli, 'plan', pattern, '--json'], folder);
  return { ...result, report: JSON.parse(result.stdout) };
}

describe('cdk diff', () => {
  test('is counted by what happens to each resource', async () => {
    await withFolder(async (folder) => {
      writeFileSync(join(folder, 'old.json'), JSON.stringify(TEMPLATE));
      writeFileSync(join(folder, 'app.js'), EDITED);
      const app = `${process.execPath} app.js`;
      const { stdout, stderr } = await runCommand(
        [...CDK, 'diff', 'stack', '--app', app, '--method=template', '--template', 'old.json', '--no-color'],
        folder,
      );
      expect(countChanges(`${stdout}${stderr}`)).toEqual({ created: 1, updated: 1, replaced: 1, destroyed: 2 });
    });
  });

  test('counts what may be replaced as replaced, and nothing beside resources', () => {
    const text = [
      'Stack one',
      'Parameters',
      '[+] Parameter BootstrapVersion BootstrapVersion: {}',
      '',
      'Resources',
      '[~] AWS::EC2::Instance node nodeABC may be replaced',
      ' └─ [~] ImageId (may cause replacement)',
      '     ├─ [-] a',
      '     └─ [+] b',
      '',
      'Outputs',
      '[+] Output id id: {}',
    ].join('\n');
    expect(countChanges(text)).toEqual({ created: 0, updated: 0, replaced: 1, destroyed: 0 });
    expect(countChanges('There were no differences')).toEqual({ created: 0, updated: 0, replaced: 0, destroyed: 0 });
  });
});

describe('a stack that reads another one', () => {
  const sources = new Map([['cross-stack-reference-input-network', 'network']]);
  const text = reference('data.terraform_remote_state.cross-stack-reference-input-network.outputs.vcn-id');
  const error: OfflineDiagnostic = { severity: 'error', address: '', construct: '', path: '', summary: '', detail: '' };
  const noState = { ...error, address: 'data.terraform_remote_state.cross-stack-reference-input-network' };
  const noOutput = {
    ...error,
    address: 'oci_core_subnet.one',
    summary: 'Unsupported attribute',
    detail: 'This object does not have an attribute named "vcn-id".',
  };

  test.each([
    ['there is no state', [noState], ['network']],
    ['the state has no such output', [noOutput, noState], ['network']],
    ['something else is wrong too', [noState, { ...error, summary: 'Invalid value' }], []],
    [
      'an attribute of something else is missing',
      [{ ...noOutput, detail: 'This object does not have an attribute named "other".' }],
      [],
    ],
    ['all is well', [], []],
  ])('waits only for that: %s', (_, errors, expected) => {
    expect(waitingFor(errors, sources, text)).toEqual(expected);
  });
});

describe('estate plan with accounts', () => {
  test('plans against the states of the user, and says which stacks wait for others', async () => {
    await withFolder(async (folder) => {
      const { code, report, stderr } = await plan(folder, 'mini-ashburn-*');
      expect([code, report.ok]).toEqual([0, true]);
      expect(report.stacks).toEqual([
        expect.objectContaining({ stack: 'mini-ashburn-network', tool: 'terraform', created: 9 }),
        expect.objectContaining({
          stack: 'mini-ashburn-cluster',
          created: 0,
          waitsFor: ['mini-ashburn-network', 'mini-oracle-foundation'],
        }),
      ]);
      expect(stderr).toMatch(/planning 2 stacks with your credentials/);
      expect(readdirSync(folder).sort()).toEqual(['cdktf.out', 'estate.lock.json', 'estate.yaml']);
      expect(readdirSync(join(folder, 'cdktf.out/stacks/mini-ashburn-network'))).toEqual(['cdk.tf.json']);
    });
  });

  test('compares AWS stacks with what is deployed, through the cdk command', async () => {
    await withFolder(async (folder) => {
      installCdk(folder);
      const { code, report } = await plan(folder, 'mini-oregon-network');
      expect(code).toBe(0);
      expect(report.stacks).toEqual([
        expect.objectContaining({ stack: 'mini-oregon-network', tool: 'cdk', created: 1, destroyed: 0 }),
      ]);
    });
  });

  test('fails when there are no credentials, with the message of the tool', async () => {
    await withFolder(async (folder) => {
      const { code, report } = await plan(folder, 'mini-oregon-network');
      expect([code, report.ok]).toEqual([1, false]);
      expect(report.stacks[0]?.error).toMatch(/no credentials have been configured/);
    });
  });
});

test('a process that is interrupted together with the run ends in its own way', async () => {
  await withFolder(async (folder) => {
    const tool = join(folder, 'tool.sh');
    writeFileSync(
      tool,
      '#!/bin/sh\ntrap "echo given back > lock; exit 1" INT\necho > started\nwhile true; do sleep 0.05; done\n',
    );
    chmodSync(tool, 0o755);
    const script = `
      const { spawn } = require('node:child_process');
      const { withChildren } = require(${JSON.stringify(join(ROOT, 'cli/children.ts'))});
      withChildren(async (children) => {
        const child = spawn('./tool.sh', { stdio: 'ignore' });
        children.follow(child);
        await new Promise((done) => child.once('close', done));
        if (!children.interrupted) throw new Error('nobody interrupted');
      });`;
    const child = spawn(
      process.execPath,
      ['--require', join(ROOT, 'node_modules/tsx/dist/cjs/index.cjs'), '--eval', script],
      {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    const ended = new Promise<string>((done) => child.once('close', (code, signal) => done(signal ?? String(code))));
    while (!existsSync(join(folder, 'started')) && child.exitCode === null) await setTimeout(10);
    child.kill('SIGTERM');
    expect(await ended).toBe('SIGTERM');
    expect(existsSync(join(folder, 'lock'))).toBe(true);
  });
});
