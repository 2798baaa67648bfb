import { relative, resolve, sep } from 'node:path';
import { type Diagnostic, EstateError } from '../estate/diagnostics';
import { PIPELINE_ENGINES, pipelineText } from '../estate/report/pipeline';
import { didYouMean } from '../estate/spec/suggest';
import { resolveEstate } from './app';
import { requireWritable, writeOut } from './write';

/** Flags of `estate pipeline`. */
export interface PipelineFlags {
  /** Engine that the pipeline is for. */
  readonly for?: string;
  /** File that it is written to. @default it is printed */
  readonly out?: string;
  /** Branch that is applied. @default main */
  readonly branch?: string;
  /** Parts that the offline plan is divided into. @default as many as the stacks ask for */
  readonly shards?: string;
}

/** The most parts: no engine has a matrix for more. */
const MOST_SHARDS = 200;

/** Writes the pipeline of an estate for an engine; gives what is printed. */
export function pipelineReport(file: string, { for: engine, out, branch = 'main', shards }: PipelineFlags): string {
  const found: Diagnostic[] = [];
  const refuse = (code: string, path: string, value: unknown, message: string, hint: string) =>
    found.push({ code, severity: 'error', path, value, message, hint });
  const known = PIPELINE_ENGINES.find((name) => name === engine);
  if (known === undefined) {
    const what =
      engine === undefined
        ? 'no engine is named'
        : `there is no engine "${engine}"${didYouMean(engine, PIPELINE_ENGINES)}`;
    refuse('PipelineEngine', '--for', engine, what, `engines: ${PIPELINE_ENGINES.join(', ')}`);
  }
  if (!/^[\w][\w./-]*$/.test(branch))
    refuse(
      'PipelineBranch',
      '--branch',
      branch,
      `"${branch}" is no name of a branch`,
      'write letters, digits and . / - _',
    );
  const parts = shards === undefined ? undefined : Number(shards);
  if (parts !== undefined && !(Number.isInteger(parts) && parts >= 1 && parts <= MOST_SHARDS))
    refuse('PipelineShards', '--shards', shards, `"${shards}" is no number of parts`, `write 1 to ${MOST_SHARDS}`);
  const path = relative(process.cwd(), resolve(file)).split(sep).join('/');
  if (path.startsWith('..'))
    refuse(
      'PipelineFile',
      file,
      undefined,
      'jobs have the repository only, and the estate file is outside of this folder',
      'run it at the top of the repository',
    );
  if (known === undefined || found.length > 0) throw new EstateError(found);
  if (out !== undefined) requireWritable(out);
  const { plan } = resolveEstate(file);
  const { text, path: usual } = pipelineText(known, plan, {
    file: path,
    branch,
    ...(parts !== undefined && { shards: parts }),
  });
  if (out === undefined) return text.trimEnd();
  writeOut(out, text);
  return `${out} written${out === usual ? '' : `; ${known} looks for ${usual}`}: what has to be set up is in docs/pipeline.md`;
}
