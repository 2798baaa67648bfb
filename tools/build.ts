import { execFileSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { jsonSchemaText } from '../estate/spec/json-schema';

const ROOT = join(__dirname, '..');

/** Plain JavaScript, since a checkout starts with it. */
const {
  bundle,
  licences,
  PROGRAMS,
}: {
  readonly PROGRAMS: readonly string[];
  bundle(program: string): { readonly text: string; readonly inputs: readonly string[] };
  licences(inputs: readonly string[]): string;
} = require('./bundle');

/**
 * Compiles the package into a folder, with what its code reads beside it: `npm run build [FOLDER]`.
 *
 * What others import is compiled file by file; each program is one file besides, which starts faster.
 *
 * The folder is `dist` where none is named; what was in it goes.
 */
export function build(folder = join(ROOT, 'dist')): void {
  rmSync(folder, { recursive: true, force: true });
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', folder], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  cpSync(join(ROOT, 'provider/schemas'), join(folder, 'provider/schemas'), { recursive: true });
  cpSync(join(ROOT, 'bundle/schemas'), join(folder, 'bundle/schemas'), { recursive: true });
  cpSync(join(ROOT, 'page/browser'), join(folder, 'page/browser'), {
    recursive: true,
    filter: (path) => !path.endsWith('tsconfig.json'),
  });
  cpSync(join(ROOT, 'cdk.json'), join(folder, 'cdk.json'));
  const bundled = PROGRAMS.map((program) => ({ program, ...bundle(program) }));
  for (const { program, text } of bundled) writeFileSync(join(folder, 'bin', `${program}.bundle.js`), text);
  writeFileSync(join(folder, 'bin', 'LICENCES.txt'), licences(bundled.flatMap(({ inputs }) => inputs)));
  writeFileSync(join(folder, 'estate-variant.schema.json'), jsonSchemaText('variant'));
}

if (require.main === module) build(process.argv[2] === undefined ? undefined : resolve(process.argv[2]));
