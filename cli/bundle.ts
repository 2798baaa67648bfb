import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type BundleOptions, makeBundle } from '../bundle/bundle';
import { GITOPS, type GitOps } from '../bundle/types';
import { bundleWaiting } from '../bundle/waiting';
import { type Diagnostic, EstateError } from '../estate/diagnostics';
import { planQueue } from '../estate/plan/queue/plan-queue';
import { formatWaiting, type WaitingReport, waitingReport } from '../estate/report/waiting';
import { didYouMean } from '../estate/spec/suggest';
import { counted } from '../estate/spec/words';
import { resolveEstate } from './app';
import type { FolderChanges } from './bundle-changes';
import { requireFolder, writeFolder } from './bundle-folder';

/** Flags of `estate bundle`. */
export interface BundleFlags {
  /** Folder that it is written into. */
  readonly out?: string;
  /** Tool that applies it. @default none: it is for kustomize alone */
  readonly gitops?: string;
  /** Repository that it is applied from: for Flux the name of a GitRepository, for Argo CD a URL. @default as of {@link BundleOptions} */
  readonly repository?: string;
  /** Branch that Argo CD applies. @default main */
  readonly branch?: string;
  readonly json?: boolean;
}

/** What `estate bundle` has done. */
export interface BundleReport extends FolderChanges {
  readonly ok: true;
  /** The folder, as it was named. */
  readonly out: string;
  /** How many files the bundle has. */
  readonly files: number;
  /** What is left out until stacks have told what it is made from. Absent where nothing is. */
  readonly pending?: WaitingReport;
}

/** Most lines of what was done in each way; the document has all of them. */
const MOST_LINES = 20;

/** Writes the bundle of an estate into a folder; gives what is printed. */
export function bundleReport(file: string, flags: BundleFlags): string {
  const { out, ...options } = checkFlags(flags);
  requireFolder(out);
  const { loaded, plan } = resolveEstate(file);
  const { files } = makeBundle(loaded.estate, plan, options);
  const waiting = bundleWaiting({ plan, queue: planQueue(loaded.estate, plan) });
  const pending = waitingReport(waiting, plan, file);
  const report: BundleReport = {
    ok: true,
    out,
    files: files.length,
    ...writeFolder(out, files),
    ...(pending && { pending }),
  };
  return flags.json === true ? JSON.stringify(report, undefined, 2) : formatReport(report);
}

function formatReport({ out, files, created, changed, removed, pending }: BundleReport): string {
  const done = [
    ...(created.length > 0 ? [`${created.length} created`] : []),
    ...(changed.length > 0 ? [`${changed.length} changed`] : []),
    ...(removed.length > 0 ? [`${removed.length} removed`] : []),
  ];
  return [
    `${out} has ${counted(files, 'file')}: ${done.length === 0 ? 'nothing changed' : done.join(', ')}`,
    ...lines('+', created),
    ...lines('~', changed),
    ...lines('-', removed),
    ...(pending === undefined ? [] : [formatWaiting(pending, MOST_LINES)]),
  ].join('\n');
}

function lines(sign: string, paths: readonly string[]): string[] {
  const more = paths.length - MOST_LINES;
  return [
    ...paths.slice(0, MOST_LINES).map((path) => `${sign} ${path}`),
    ...(more > 0 ? [`${sign} … and ${more} more`] : []),
  ];
}

/** What each tool takes for the repository of a bundle. */
const REPOSITORIES: Readonly<Record<GitOps, { readonly form?: RegExp; readonly hint: string }>> = {
  flux: { form: /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, hint: 'name a GitRepository, such as flux-system' },
  argo: {
    form: /^(https:\/\/[^@\s]+|ssh:\/\/([\w.-]+@)?[^@:\s]+(:\d+)?\/\S+|[\w.-]+@[\w.-]+:\S+)$/,
    hint: 'write a URL without credentials, such as https://git.example.com/estate.git: Argo CD keeps those in a secret',
  },
  none: { hint: 'leave it out: nothing of the bundle says where it is read from' },
};

function checkFlags({
  out,
  gitops = 'none',
  repository,
  branch,
}: BundleFlags): BundleOptions & { readonly out: string } {
  const found: Diagnostic[] = [];
  const refuse = (code: string, path: string, value: unknown, message: string, hint: string) =>
    found.push({ code, severity: 'error', path, value, message, hint });
  if (out === undefined || out === '')
    refuse('BundleOut', '--out', out, 'no folder is named', 'write --out and a folder in the repository of GitOps');
  const known = GITOPS.find((name) => name === gitops);
  if (known === undefined)
    refuse(
      'BundleGitOps',
      '--gitops',
      gitops,
      `there is no way "${gitops}" to apply a bundle${didYouMean(gitops, GITOPS)}`,
      `ways: ${GITOPS.join(', ')}`,
    );
  else if (repository === undefined ? known === 'argo' : REPOSITORIES[known].form?.test(repository) !== true)
    refuse(
      'BundleRepository',
      '--repository',
      repository === undefined || known !== 'argo' ? repository : undefined,
      repository === undefined
        ? 'Argo CD has to know where the bundle is read from'
        : `${known} reads from no such repository`,
      REPOSITORIES[known].hint,
    );
  if (branch !== undefined && !/^[\w][\w./-]*$/.test(branch))
    refuse(
      'BundleBranch',
      '--branch',
      branch,
      `"${branch}" is no name of a branch`,
      'write letters, digits and . / - _',
    );
  if (known === undefined || out === undefined || found.length > 0) throw new EstateError(found);
  const folder = folderInRepository(resolve(out));
  return {
    out,
    gitops: known,
    ...(folder !== '' && { folder }),
    ...(repository !== undefined && { repository }),
    ...(branch !== undefined && { branch }),
  };
}

/** Where a folder lies in its repository; in none, it is taken for the top of its own. */
function folderInRepository(out: string): string {
  for (let top = out; ; top = dirname(top)) {
    if (existsSync(join(top, '.git'))) return relative(top, out).split(sep).join('/');
    if (top === dirname(top)) return '';
  }
}
