import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runCommand } from './helpers/cli';
import { withFolder } from './helpers/synth';

const { exports: entries } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: Record<string, string | { types: string; default: string }>;
};

/** A project that has the package installed as it would be published. */
function withInstalledPackage<T>(body: (project: string, installed: string) => Promise<T>): Promise<T> {
  return withFolder(async (project) => {
    const modules = join(project, 'node_modules');
    const installed = join(modules, 'training-estate');
    mkdirSync(join(installed, 'bin'), { recursive: true });
    for (const name of readdirSync(join(ROOT, 'node_modules'))) {
      if (!name.startsWith('.')) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name), 'dir');
    }
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    const built = await runCommand([
      process.execPath,
      compiler,
      '-p',
      'tsconfig.build.json',
      '--outDir',
      join(installed, 'dist'),
    ]);
    expect([built.code, built.stdout]).toEqual([0, '']);
    cpSync(join(ROOT, 'provider/schemas'), join(installed, 'dist/provider/schemas'), { recursive: true });
    copyFileSync(join(ROOT, 'cdk.json'), join(installed, 'dist/cdk.json'));
    for (const name of ['package.json', 'bin/estate.js', 'estate.schema.json'])
      copyFileSync(join(ROOT, name), join(installed, name));
    return body(project, installed);
  });
}

/** Loads a module in a process of its own and says which libraries came with it. */
async function loadedWith(project: string, name: string): Promise<string[]> {
  const script = `const m = require('${name}'); console.log(JSON.stringify([Object.keys(m), Object.keys(require.cache)]));`;
  const { code, stdout, stderr } = await runCommand([process.execPath, '-e', script], project);
  expect([name, code, stderr]).toEqual([name, 0, '']);
  const [names, files] = JSON.parse(stdout) as [string[], string[]];
  expect([name, names.length > 0]).toEqual([name, true]);
  return [
    'aws-cdk-lib',
    'cdktf',
    '@cdktf/provider-azurerm',
    '@cdktf/provider-google',
    '.gen/providers/oci',
    'tsx',
  ].filter((library) => files.some((file) => file.includes(`/${library}/`)));
}

test('an installed package gives each cloud alone, and the command line', async () => {
  await withInstalledPackage(async (project, installed) => {
    for (const entry of Object.values(entries)) {
      const files = typeof entry === 'string' ? [entry] : [entry.types, entry.default];
      for (const file of files.filter((path) => !path.includes('*'))) {
        expect([file, existsSync(join(installed, file))]).toEqual([file, true]);
      }
    }
    const loaded = await Promise.all(
      [
        'training-estate',
        'training-estate/aws',
        'training-estate/google',
        'training-estate/oracle/stacks',
        'training-estate/azure/network',
      ].map((name) => loadedWith(project, name)),
    );
    expect(loaded).toEqual([
      [],
      ['aws-cdk-lib'],
      ['cdktf', '@cdktf/provider-google'],
      ['cdktf', '.gen/providers/oci'],
      ['cdktf', '@cdktf/provider-azurerm'],
    ]);
    for (const name of ['minimal.yaml', 'minimal.lock.json'])
      copyFileSync(join(ROOT, 'examples', name), join(project, name));
    const { code, stdout } = await runCommand(
      [process.execPath, join(installed, 'bin/estate.js'), 'synth', 'minimal.yaml'],
      project,
    );
    expect([code, stdout]).toEqual([0, expect.stringMatching(/synthesized \d+ stacks/)]);
    expect(readdirSync(join(project, 'cdktf.out/stacks')).length).toBeGreaterThan(6);
  });
});
