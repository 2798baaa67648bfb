import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ROOT, runCommand } from '../helpers/cli';
import { withFolder } from '../helpers/synth';

const STACK_TRACE = /^\s+at .*[:(]\d+:\d+/m;

/** A checkout without what is generated, so that a test can edit sources and synthesize. */
function withCheckout<T>(body: (folder: string) => Promise<T>): Promise<T> {
  return withFolder((folder) => {
    for (const name of [
      'bin',
      'bundle',
      'constructs',
      'estate',
      'stacks',
      'provider',
      'terraform',
      'diff',
      'page',
      'cli',
      'tools',
      'examples',
      '.gen',
    ]) {
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    }
    for (const name of ['package.json', 'cdk.json', 'cdktf.json', 'tsconfig.json', 'estate.yaml', 'estate.lock.json']) {
      copyFileSync(join(ROOT, name), join(folder, name));
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
    return body(folder);
  });
}

const cdk = (...args: string[]) => [process.execPath, join(ROOT, 'node_modules/aws-cdk/bin/cdk'), ...args];
const cdktf = (...args: string[]) => [
  process.execPath,
  join(ROOT, 'node_modules/cdktf-cli/bundle/bin/cdktf.js'),
  ...args,
];

describe('cdk', () => {
  test('lists the AWS stacks', async () => {
    const { code, stdout } = await runCommand(cdk('list'));
    expect([code, stdout.trim().split('\n')]).toEqual([
      0,
      ['atlas-aws-main-foundation', 'atlas-virginia-network', 'atlas-virginia-storage', 'atlas-virginia-cluster'],
    ]);
  });

  test('synthesizes the sources as they are now, without an account and without a look-up', async () => {
    await withCheckout(async (folder) => {
      const edited = join(folder, 'stacks/aws/network.ts');
      const before = readFileSync(edited, 'utf8');
      writeFileSync(edited, before.replace('super(scope, id', 'super(scope, id /* edited */'));
      const first = await runCommand(cdk('synth', '-q', '-c', 'estate=examples/aws.yaml'), folder);
      expect([first.code, first.stderr.match(STACK_TRACE)]).toEqual([0, null]);
      const template = join(folder, 'cdk.out/aurora-oregon-network.template.json');
      const text = readFileSync(template, 'utf8');
      writeFileSync(
        edited,
        `${before}\nNetworkStack.prototype.toString = () => 'edited';\n`.replace("'nat'", "'none'"),
      );
      const construct = join(folder, 'constructs/aws/network.ts');
      writeFileSync(
        construct,
        readFileSync(construct, 'utf8').replace('enableDnsHostnames: true', 'enableDnsHostnames: false'),
      );
      const second = await runCommand(cdk('synth', '-q', '-c', 'estate=examples/aws.yaml'), folder);
      expect(second.code).toBe(0);
      expect(text).toContain('"EnableDnsHostnames": true');
      expect(readFileSync(template, 'utf8')).toContain('"EnableDnsHostnames": false');
      expect(existsSync(join(folder, 'cdk.context.json'))).toBe(false);
    });
  });

  test('fails when the estate is invalid, with every problem and no stack trace', async () => {
    await withFolder(async (folder) => {
      const text = readFileSync(join(ROOT, 'examples/aws.yaml'), 'utf8');
      const file = join(folder, 'broken.yaml');
      writeFileSync(
        file,
        text.replace('accelerator: b200', 'accelerator: b2000').replace('kind: object', 'kind: objekt'),
      );
      const { code, stdout, stderr } = await runCommand(
        cdk('synth', '-q', '-c', `estate=${file}`, '-o', join(folder, 'out')),
      );
      const output = `${stdout}${stderr}`;
      expect(code).not.toBe(0);
      expect(output).toMatch(/b2000/);
      expect(output).toMatch(/objekt/);
      expect(output).not.toMatch(STACK_TRACE);
      expect(existsSync(join(folder, 'out/manifest.json'))).toBe(false);
    });
  });
});

describe('cdktf', () => {
  test('synthesizes the estate that ESTATE names, and lists its stacks', async () => {
    await withCheckout(async (folder) => {
      const env = { ESTATE: 'examples/google.yaml' };
      const { code } = await runCommand(cdktf('synth'), folder, env);
      expect(code).toBe(0);
      const stacks = ['cirrus-iowa-cluster', 'cirrus-iowa-network', 'cirrus-iowa-storage', 'cirrus-main-foundation'];
      expect(readdirSync(join(folder, 'cdktf.out/stacks')).sort()).toEqual(stacks);
      const listed = await runCommand(cdktf('list'), folder, env);
      expect(listed.code).toBe(0);
      for (const stack of stacks) expect(listed.stdout).toContain(stack);
    });
  });

  test('plans a stack against the local provider, with the stock command', async () => {
    await withCheckout(async (folder) => {
      const { code, stdout, stderr } = await runCommand(
        [process.execPath, join(folder, 'bin/estate.js'), 'offline', '--', ...cdktf('plan', 'cirrus-iowa-network')],
        folder,
        { ESTATE: 'examples/google.yaml' },
      );
      expect([code, stderr.match(STACK_TRACE)]).toEqual([0, null]);
      expect(stdout).toMatch(/Plan:.* \d+ to add, 0 to change, 0 to destroy/);
      expect(readdirSync(folder).filter((name) => name.includes('tfstate'))).toEqual([]);
    });
  });

  test('fails when the estate is invalid, with every problem and no stack trace', async () => {
    await withCheckout(async (folder) => {
      mkdirSync(join(folder, 'out'));
      const text = readFileSync(join(ROOT, 'examples/google.yaml'), 'utf8');
      writeFileSync(
        join(folder, 'broken.yaml'),
        text.replace('accelerator: gb200', 'accelerator: gb2000').replace('kind: object', 'kind: objekt'),
      );
      const { code, stdout, stderr } = await runCommand(cdktf('synth'), folder, { ESTATE: 'broken.yaml' });
      const output = `${stdout}${stderr}`;
      expect(code).not.toBe(0);
      expect(output).toMatch(/gb2000/);
      expect(output).toMatch(/objekt/);
      expect(existsSync(join(folder, 'cdktf.out/manifest.json'))).toBe(false);
    });
  });
});
