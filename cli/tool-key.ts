import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import type { Cloud } from '../estate/catalog';
import { PEERS } from './peers';

/** The package as it runs: its sources in a checkout, compiled where it is installed. */
const HERE = join(__dirname, '..');

/** Folders that decide what stacks look like. */
const SYNTHESIS = ['.gen', 'bin', 'cdk.json', 'cli', 'constructs', 'estate', 'stacks'];

/** Folders that decide what the local provider says. */
const PLANNING = ['bin', 'estate', 'provider', 'terraform'];

/** Everything of the tool that decides what a cloud's stacks look like: an edited construct is another tool. */
export function synthesisKey(cloud: Cloud): string {
  return [...PEERS[cloud].map(versionOf), ...SYNTHESIS.map(hashOfFolder)].join(' ');
}

/** Everything of the tool that decides what an offline plan says. */
export function planningKey(): string {
  return PLANNING.map(hashOfFolder).join(' ');
}

/** Name and version of an installed package. */
export const versionOf = once((name) => {
  for (let folder = dirname(require.resolve(name)); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    const manifest: { name?: string; version?: string } = existsSync(file)
      ? JSON.parse(readFileSync(file, 'utf8'))
      : {};
    if (manifest.name === name && manifest.version !== undefined) return `${name}@${manifest.version}`;
    if (folder === dirname(folder)) return name;
  }
});

const hashOfFolder = once((name) => {
  const hash = createHash('sha256');
  for (const file of filesIn(join(HERE, name))) {
    const content = readFileSync(file);
    hash.update(`${relative(HERE, file)}:${content.length}:`).update(content);
  }
  return hash.digest('hex');
});

/** Finds out something of a name once: nothing of the tool changes while it runs. */
function once(find: (name: string) => string): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const found = known.get(name) ?? find(name);
    known.set(name, found);
    return found;
  };
}

/** Files that code is made from, sorted. */
function filesIn(path: string): string[] {
  if (!existsSync(path)) return [];
  if (extname(path) !== '') return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = join(path, entry.name);
      if (entry.isDirectory()) return filesIn(inside);
      return /\.(ts|js|json|gz)$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [inside] : [];
    });
}
