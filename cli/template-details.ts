import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';

type Metadata = Readonly<Record<string, readonly { readonly type: string; readonly data?: unknown }[]>>;

/** A synthesized AWS stack in full, as `cdk diff` prints one that does not exist yet. */
export function templateDetails(outdir: string, stack: string): string {
  const {
    formatDifferences,
    fullDiff,
  }: typeof import('@aws-cdk/cloudformation-diff') = require('@aws-cdk/cloudformation-diff');
  const template = JSON.parse(readFileSync(join(outdir, `${stack}.template.json`), 'utf8'));
  const metadata: Metadata = JSON.parse(readFileSync(join(outdir, `${stack}.metadata.json`), 'utf8'));
  const paths = Object.entries(metadata).flatMap(([path, entries]) =>
    entries.flatMap(({ type, data }) => (type === 'aws:cdk:logicalId' ? [[String(data), path]] : [])),
  );
  let text = '';
  const stream = new Writable({
    write: (chunk, _, done) => {
      text += String(chunk);
      done();
    },
  });
  formatDifferences(stream, fullDiff({}, template), Object.fromEntries(paths));
  return `Stack ${stack}\n${text}`;
}
