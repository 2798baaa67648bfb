import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the checkout. */
export const ROOT = join(__dirname, '..');

/** Folders of `docs/` that are made anew from the code and are in no commit. */
const MADE = ['api'];

/** Paths of the Markdown that is read by people, from the folder of the checkout. */
export function documents(): readonly string[] {
  const top = readdirSync(ROOT).filter((name) => name.endsWith('.md'));
  return [...top, ...markdownBelow('docs')].sort();
}

function markdownBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return MADE.includes(entry.name) ? [] : markdownBelow(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}
