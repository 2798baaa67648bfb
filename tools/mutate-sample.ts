import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

/** Lines of one piece of a file that is drawn or left. */
const PIECE = 12;

/**
 * Ranges of lines that make a fair part of files: of all pieces of all files in order, every n-th.
 *
 * @param lines how many lines each file has
 * @param every 1 takes everything, 10 a tenth
 */
export function drawnRanges(lines: ReadonlyMap<string, number>, every: number): string[] {
  const pieces = [...lines].flatMap(([file, count]) =>
    Array.from({ length: Math.ceil(count / PIECE) }, (_, index) => {
      const first = index * PIECE + 1;
      return `${file}:${first}-${Math.min(first + PIECE - 1, count)}`;
    }),
  );
  return pieces.filter((_, index) => index % every === Math.floor(every / 2));
}

/** TypeScript files below a folder. */
function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file}`)
    .sort();
}

/**
 * Tries a part of the mutants of folders: `npm run mutate:sample -- EVERY FOLDER…`, such as `10 estate/plan`.
 *
 * All of a folder takes hours; a part says within some points what all would.
 */
function main([every = '10', ...folders]: readonly string[]): void {
  const files = folders.flatMap(filesBelow);
  const lines = new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1]));
  const argv = ['stryker', 'run', '--mutate', drawnRanges(lines, Number(every)).join(',')];
  process.exitCode = spawnSync('npx', argv, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
}

if (require.main === module) main(process.argv.slice(2));
