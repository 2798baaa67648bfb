import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documents, ROOT } from '../../tools/documents';

/** A document that people read. */
export interface Document {
  /** Path from the root of the checkout. */
  readonly path: string;
  readonly text: string;
}

/** A fenced block of a document. */
export interface Block {
  /** Document that it stands in. */
  readonly path: string;
  readonly language: string;
  /** Word after the language, which says what the block is for. */
  readonly note?: string;
  /** Its text without indentation. */
  readonly text: string;
}

/** README, and everything else that is written for people; lists of changes are no promise of today. */
export const DOCUMENTS: readonly Document[] = documents()
  .filter((path) => path !== 'CHANGELOG.md')
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

/** All fenced blocks of all documents. */
export const BLOCKS: readonly Block[] = DOCUMENTS.flatMap(({ path, text }) =>
  [...text.matchAll(/^( *)```(\S*)(?: (\S+))?\n([\s\S]*?)^ *```$/gm)].map(
    ([, indent = '', language = '', note, body = '']) => ({
      path,
      language,
      ...(note !== undefined && { note }),
      text: body.replace(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  ),
);

/** The programs in TypeScript that documents show. */
export const SNIPPETS: readonly Block[] = BLOCKS.filter(({ language }) => language === 'ts');

/** Commands that documents name, in blocks and in code spans, each with its document. */
export const COMMANDS: readonly (readonly [path: string, command: string])[] = [
  ...BLOCKS.filter(({ language }) => language === 'bash').flatMap(({ path, text }) =>
    text.split(/\n|&&/).map((line) => [path, line] as const),
  ),
  ...DOCUMENTS.flatMap(({ path, text }) =>
    [...text.matchAll(/`((?:npx|npm)\s[^`]+)`/g)].map(([, line = '']) => [path, line.replace(/\s+/g, ' ')] as const),
  ),
]
  .map(([path, line]) => [path, line.replace(/\s+#.*$/, '').trim()] as const)
  .filter(([, line]) => line !== '');

/** The output that documents show of a command, between its marks. */
export function shownOutput(command: string): string {
  const marked = DOCUMENTS.flatMap(({ text }) => {
    const [, after] = text.split(`<!-- output: ${command} -->\n\`\`\`text\n`);
    return after === undefined ? [] : [after.split('\n```')[0] ?? ''];
  });
  if (marked.length !== 1) throw new Error(`the output of ${command} is shown ${marked.length} times`);
  return marked[0] ?? '';
}
