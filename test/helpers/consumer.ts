import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../../tools/build';
import { ROOT, runCommand } from './cli';

/** What `npm pack` makes of the checkout, as a tarball and unpacked. */
export interface Packed {
  readonly tarball: string;
  readonly folder: string;
}

/** Which release of the AWS CDK a consumer has: the newest one of the range that is asked for, or an older one. */
export type CdkRelease = 'aws-cdk-lib' | 'aws-cdk-lib-older';

/** Builds and packs the package below a folder, without touching the checkout. */
export async function packInto(area: string): Promise<Packed> {
  const staged = join(area, 'staged');
  mkdirSync(staged);
  const { files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { files: string[] };
  for (const name of ['package.json', 'README.md', 'LICENSE', ...files.filter((file) => file !== 'dist')])
    cpSync(join(ROOT, name), join(staged, name));
  const { ESTATE_INSTALLED } = process.env;
  if (ESTATE_INSTALLED === undefined) build(join(staged, 'dist'));
  else cpSync(join(ESTATE_INSTALLED, 'dist'), join(staged, 'dist'), { recursive: true });
  const packed = await runCommand(['npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', area], staged);
  const [{ filename } = { filename: '' }] = JSON.parse(packed.stdout) as { filename: string }[];
  const tarball = join(area, filename);
  const unpacked = await runCommand(['tar', '--extract', '--gzip', '--file', tarball, '--directory', area]);
  expect([packed.code, unpacked.code, unpacked.stderr]).toEqual([0, 0, '']);
  return { tarball, folder: join(area, 'package') };
}

/** Makes a folder a project that has the packed package and its peers installed, and nothing of the checkout. */
export function consume(project: string, { folder }: Packed, cdk: CdkRelease = 'aws-cdk-lib'): void {
  const modules = join(project, 'node_modules');
  mkdirSync(modules, { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name.startsWith('.') || name.startsWith('aws-cdk-lib')) continue;
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name), 'dir');
  }
  symlinkSync(join(ROOT, 'node_modules', cdk), join(modules, 'aws-cdk-lib'), 'dir');
  cpSync(folder, join(modules, 'training-estate'), { recursive: true });
}

/** Compiles files of a consumer as a strict project does; returns what the compiler says. */
export async function compile(project: string, files: readonly string[]): Promise<string> {
  const compilerOptions = {
    target: 'es2022',
    module: 'node16',
    moduleResolution: 'node16',
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    outDir: 'out',
    rootDir: '.',
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout, stderr } = await runCommand([process.execPath, compiler, '-p', project], project);
  return `${stdout}${stderr}`;
}
