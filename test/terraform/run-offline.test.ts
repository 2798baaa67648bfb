import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planStacks } from '../../terraform/plan-stacks';
import { runOffline } from '../../terraform/run-offline';
import { document } from '../provider/workspace';

const MODULES = join(__dirname, '..', '..', 'node_modules');
const CDKTF = join(MODULES, '.bin', 'cdktf');

const APP = `
const { App, TerraformStack } = require(${JSON.stringify(join(MODULES, 'cdktf'))});
const { ComputeNetwork } = require(${JSON.stringify(join(MODULES, '@cdktf/provider-google/lib/compute-network'))});
const { GoogleProvider } = require(${JSON.stringify(join(MODULES, '@cdktf/provider-google/lib/provider'))});
const app = new App();
const stack = new TerraformStack(app, 'network');
stack.addOverride('terraform.required_providers.google.version', '7.45.0');
new GoogleProvider(stack, 'google', { project: 'test' });
new ComputeNetwork(stack, 'network', { name: 'network' });
app.synth();
`;

const area = mkdtempSync(join(tmpdir(), 'offline-runs-'));

function folder(name: string, files: Readonly<Record<string, string>>): string {
  const made = join(area, name);
  mkdirSync(made);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(made, file), content);
  return made;
}

/** A shell command that runs a command and keeps what it prints. */
function kept(...command: string[]): string[] {
  return ['sh', '-c', `"$@" > output.txt 2>&1`, 'sh', ...command];
}

describe('runOffline', () => {
  afterAll(() => rmSync(area, { recursive: true }));

  test('gives plain cdktf plan the local provider, and leaves only what a synthesis leaves', async () => {
    const cdktf = JSON.stringify({ language: 'typescript', app: 'node app.js', sendCrashReports: 'false' });
    const cwd = folder('cdktf', { 'app.js': APP, 'cdktf.json': cdktf });
    expect(await runOffline(kept(CDKTF, 'plan', 'network'), { cwd })).toBe(0);
    expect(readFileSync(join(cwd, 'output.txt'), 'utf8')).toContain('1 to add, 0 to change, 0 to destroy');
    expect(readdirSync(cwd).sort()).toEqual(['app.js', 'cdktf.json', 'cdktf.out', 'output.txt']);
    expect(readdirSync(join(cwd, 'cdktf.out', 'stacks', 'network'))).toEqual(['cdk.tf.json']);
  });

  test('gives terraform the local provider in a stack folder, next to files of real runs', async () => {
    const json = document({ google_compute_network: { main: { name: 'network' } } });
    const lock = '# the lock file of real runs\n';
    const cwd = folder('stack', {
      'cdk.tf.json': JSON.stringify({ ...json, terraform: { ...Object(json.terraform), backend: { local: {} } } }),
      '.terraform.lock.hcl': lock,
    });
    expect(await runOffline(['terraform', 'validate'], { cwd, output: 'ignore' })).toBe(0);
    expect(await runOffline(['terraform', 'plan', '-detailed-exitcode'], { cwd, output: 'ignore' })).toBe(2);
    expect(readdirSync(cwd).sort()).toEqual(['.terraform.lock.hcl', 'cdk.tf.json']);
    expect(readFileSync(join(cwd, '.terraform.lock.hcl'), 'utf8')).toBe(lock);
  });

  test.each([
    ['absolute', (cwd: string) => join(cwd, 'inner')],
    ['relative', () => 'inner'],
  ])('runs terraform in the folder of an %s -chdir', async (kind, path) => {
    const cwd = folder(`chdir-${kind}`, {});
    mkdirSync(join(cwd, 'inner'));
    const json = document({ google_compute_network: { main: { name: 'network' } } });
    writeFileSync(join(cwd, 'inner', 'cdk.tf.json'), JSON.stringify(json));
    const command = ['terraform', `-chdir=${path(cwd)}`, 'plan', '-detailed-exitcode'];
    expect(await runOffline(command, { cwd, output: 'ignore' })).toBe(2);
    expect(readdirSync(join(cwd, 'inner'))).toEqual(['cdk.tf.json']);
  });

  test('lets terraform test apply, whose states live in memory only', async () => {
    const json = document(
      { oci_core_vcn: { main: { compartment_id: 'c' } } },
      { output: { id: { value: `\${oci_core_vcn.main.id}` } } },
    );
    const cwd = folder('tested', {
      'cdk.tf.json': JSON.stringify(json),
      'main.tftest.hcl':
        'run "made" {\n  assert {\n    condition = output.id != ""\n    error_message = "no id"\n  }\n}\n',
    });
    expect(await runOffline(['terraform', 'test'], { cwd, output: 'ignore' })).toBe(0);
    expect(readdirSync(cwd).sort()).toEqual(['cdk.tf.json', 'main.tftest.hcl']);
  });

  test('fails when a script applies behind its back, because the provider refuses', async () => {
    const cwd = folder('sneaky', {
      'cdk.tf.json': JSON.stringify(document({ oci_core_vcn: { main: { compartment_id: 'c' } } })),
    });
    const script = 'terraform apply -auto-approve -no-color';
    expect(await runOffline(kept('sh', '-c', script), { cwd })).toBe(1);
    expect(readFileSync(join(cwd, 'output.txt'), 'utf8')).toContain('Applying is refused offline');
  });

  test.each([
    ['terraform apply', ['terraform', 'apply']],
    ['cdktf deploy', ['npx', 'cdktf', 'deploy', 'network']],
    ['tofu destroy', ['tofu', '-chdir=x', 'destroy']],
  ])('fails when it is asked for %s', async (_, command) => {
    await expect(runOffline(command)).rejects.toThrow('is refused offline');
  });

  test('fails when the state is kept elsewhere', async () => {
    const cwd = folder('remote', {
      'cdk.tf.json': JSON.stringify({ terraform: { backend: { s3: { bucket: 'b' } } } }),
    });
    await expect(runOffline(['terraform', 'plan'], { cwd })).rejects.toThrow('keeps its state in s3');
  });

  test('fails when the command does not exist', async () => {
    await expect(runOffline(['no-such-command'])).rejects.toThrow('no-such-command cannot be started');
    await expect(runOffline([])).rejects.toThrow('there is no command to run offline');
  });

  test('passes the exit code of the command on', async () => {
    expect(await runOffline(['sh', '-c', 'exit 3'])).toBe(3);
  });
});

describe('the Terraform that is used', () => {
  test.each([
    ['is older than 1.9', '{"terraform_version": "1.8.5"}', 0, 'is version 1.8.5, older than 1.9'],
    ['does not work', '', 1, 'does not work'],
  ])('fails when it %s', async (_, output, code, message) => {
    const bin = mkdtempSync(join(tmpdir(), 'offline-bin-'));
    const binary = join(bin, 'terraform');
    writeFileSync(binary, `#!/bin/sh\necho '${output}'\nexit ${code}\n`);
    chmodSync(binary, 0o755);
    writeFileSync(join(bin, 'manifest.json'), '{"stacks":{}}');
    const before = process.env.TERRAFORM_BINARY_NAME;
    process.env.TERRAFORM_BINARY_NAME = binary;
    try {
      await expect(planStacks({ outdir: bin })).rejects.toThrow(message);
    } finally {
      if (before === undefined) delete process.env.TERRAFORM_BINARY_NAME;
      else process.env.TERRAFORM_BINARY_NAME = before;
      rmSync(bin, { recursive: true });
    }
  });
});
