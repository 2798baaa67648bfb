import { join } from 'node:path';
import { ROOT, runCommand } from '../helpers/cli';
import { withFolder } from '../helpers/synth';

const LIBRARIES = {
  aws: ['aws-cdk-lib/aws-eks-v2', 'stacks/aws'],
  azure: ['@cdktf/provider-azurerm', 'stacks/azure'],
  google: ['@cdktf/provider-google', 'stacks/google'],
  oracle: ['.gen/providers/oci', 'stacks/oracle'],
} as const;

/** The clouds whose libraries a program of `bin/` loads for an estate. */
async function cloudsLoaded(program: 'aws' | 'terraform', estate: string): Promise<string[]> {
  return withFolder(async (folder) => {
    const script = `require('./bin/${program}.ts'); process.on('exit', () => console.log(JSON.stringify(Object.keys(require.cache))));`;
    const env = { ESTATE: estate, CDKTF_OUTDIR: join(folder, 'cdktf.out'), CDK_OUTDIR: join(folder, 'cdk.out') };
    const { code, stdout, stderr } = await runCommand(
      [process.execPath, '--require', 'tsx/cjs', '-e', script],
      ROOT,
      env,
    );
    expect([code, stderr]).toEqual([0, '']);
    const files = JSON.parse(stdout) as string[];
    expect(files.some((file) => file.includes(program === 'aws' ? '/cdktf/' : '/aws-cdk-lib/'))).toBe(false);
    expect(
      files.filter((file) => /provider-(google|azurerm)\/lib\/(lazy-)?index\.js$|aws-cdk-lib\/index\.js$/.test(file)),
    ).toEqual([]);
    return Object.entries(LIBRARIES)
      .filter(([, names]) => names.some((name) => files.some((file) => file.includes(`/${name}/`))))
      .map(([cloud]) => cloud);
  });
}

test.each([
  ['terraform', 'examples/azure.yaml', ['azure']],
  ['terraform', 'examples/google.yaml', ['google']],
  ['terraform', 'examples/oracle.yaml', ['oracle']],
  ['terraform', 'examples/aws.yaml', []],
  ['terraform', 'examples/minimal.yaml', ['azure', 'google', 'oracle']],
  ['aws', 'examples/minimal.yaml', ['aws']],
  ['aws', 'examples/google.yaml', []],
] as const)('the %s program loads for %s the libraries of its clouds alone', async (program, estate, clouds) => {
  expect(await cloudsLoaded(program, estate)).toEqual(clouds);
});

/** Commands that only read an estate. */
const SHORT = [
  ['validate', 'examples/minimal.yaml'],
  ['show', 'capacity', 'examples/minimal.yaml'],
  ['show', 'findings', 'examples/minimal.yaml'],
  ['lock', '--check', 'examples/minimal.yaml'],
  ['explain', 'clusters', 'examples/minimal.yaml'],
  ['rules'],
  ['runbook', 'first-apply', 'examples/minimal.yaml'],
  ['schema', 'plan'],
];

/** The command line's own, and what compiles the sources. */
const OWN = ['commander', 'esbuild', 'tsx', 'yaml', 'zod'];

test('commands that only read an estate load no library of a cloud, and none that serves plans', async () => {
  const script = `(async () => {
    const { run } = require('./bin/estate.ts');
    for (const args of ${JSON.stringify(SHORT)}) {
      await run(['node', 'estate', ...args], '0.0.0');
      console.error(JSON.stringify([args, Object.keys(require.cache)]));
    }
  })();`;
  const { code, stderr } = await runCommand([process.execPath, '--require', 'tsx/cjs', '-e', script], ROOT);
  expect(code).toBe(0);
  const told = stderr.split('\n').filter((line) => line.startsWith('[['));
  const foreign = told.map((line) => {
    const [args, files] = JSON.parse(line) as [string[], string[]];
    const packages = files.flatMap((file) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
    return { args, packages: [...new Set(packages)].filter((name) => !OWN.includes(name)) };
  });
  expect(foreign).toEqual(SHORT.map((args) => ({ args, packages: [] })));
});
