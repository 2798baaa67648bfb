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
