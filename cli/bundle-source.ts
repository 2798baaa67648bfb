import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { BundleOptions } from '../bundle/bundle';
import { GITOPS, type GitOps } from '../bundle/types';
import { type Diagnostic, EstateError } from '../estate/diagnostics';
import { didYouMean } from '../estate/spec/suggest';
import { folderLock } from './bundle-changes';

/** Flags that say who applies a bundle, and from where. */
export interface SourceFlags {
  /** Folder that it is written into. */
  readonly out?: string;
  /** Tool that applies it. @default that of the last bundle in the folder; none for the first one */
  readonly gitops?: string;
  /**
   * Folder of the bundle in its repository; `.` is the top.
   *
   * @default as of the last bundle; for the first one that which it has in the repository around it, or the top
   */
  readonly path?: string;
  /** For Flux the name of a GitRepository, for Argo CD a URL. @default as of the last bundle for that tool */
  readonly repository?: string;
  /** Branch that Argo CD applies. @default as of the last bundle for that tool; main for the first one */
  readonly branch?: string;
}

/** Where a bundle goes, and what of it was chosen without being named. */
export interface BundleTarget {
  readonly out: string;
  readonly options: BundleOptions;
  /** Tool of the last bundle in the folder, where this one is for another. @default it is the same, or the first one */
  readonly switchedFrom?: GitOps;
  /** Sentences on what was chosen. */
  readonly notes: readonly string[];
}

/** What is written of a tool. */
interface ToolRow {
  /** What it takes for a repository. @default none */
  readonly repository?: RegExp;
  readonly hint: string;
  /** Whether it is told the branch in the bundle. */
  readonly hasBranch: boolean;
}

const TOOLS: Readonly<Record<GitOps, ToolRow>> = {
  flux: {
    repository: /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
    hint: 'name a GitRepository, such as flux-system',
    hasBranch: false,
  },
  argo: {
    repository: /^(https:\/\/[^@\s]+|ssh:\/\/([\w.-]+@)?[^@:\s]+(:\d+)?\/\S+|[\w.-]+@[\w.-]+:\S+)$/,
    hint: 'write a URL without credentials, such as https://git.example.com/estate.git: Argo CD keeps those in a secret',
    hasBranch: true,
  },
  none: { hint: 'leave it out: nothing of the bundle says where it is read from', hasBranch: false },
};

const PATH = /^(?!\.{1,2}(\/|$))[\w.@+-]+(\/(?!\.{1,2}(\/|$))[\w.@+-]+)*$/;

type Refusal = Pick<Diagnostic, 'code' | 'path' | 'value' | 'message' | 'hint'>;

/** Where a bundle goes, from flags and, where they leave it open, from the lock of the last bundle in the folder. */
export function bundleTarget(flags: SourceFlags): BundleTarget {
  const found = flagRefusals(flags);
  const { out } = flags;
  const lock = out === undefined || out === '' ? undefined : folderLock(out);
  const gitops = GITOPS.find((name) => name === (flags.gitops ?? lock?.gitops ?? 'none'));
  if (out === undefined || gitops === undefined || found.length > 0) throw refused(found);
  // Another tool takes another kind of repository; the folder stays where it is.
  const kept = lock?.gitops === gitops ? lock : undefined;
  const repository = flags.repository ?? kept?.repository;
  const branch = flags.branch ?? kept?.branch;
  const refusals = toolRefusals(gitops, { path: flags.path, repository, branch });
  if (refusals.length > 0) throw refused(refusals);
  const lies = placeOf(flags.path) ?? placeOf(lock?.path);
  const around = folderInRepository(resolve(out));
  const folder = gitops === 'none' ? '' : (lies ?? around ?? '');
  return {
    out,
    options: {
      gitops,
      ...(folder !== '' && { folder }),
      ...(repository !== undefined && { repository }),
      ...(branch !== undefined && { branch }),
    },
    ...(lock !== undefined && lock.gitops !== gitops && { switchedFrom: lock.gitops }),
    notes: [
      ...(flags.gitops === undefined && lock === undefined ? [FOR_NONE] : []),
      ...(gitops === 'none' ? [] : pathNotes(out, folder, { isSaid: lies !== undefined, around })),
    ],
  };
}

const FOR_NONE =
  'It is for kustomize alone, since no tool is named: "--gitops flux" or "--gitops argo" writes what these want, and is named once.';

/** What a person may not expect of the path by which the files of a bundle name each other. */
function pathNotes(
  out: string,
  folder: string,
  { isSaid, around }: { readonly isSaid: boolean; readonly around: string | undefined },
): string[] {
  const written = folder === '' ? '.' : folder;
  if (!isSaid)
    return [
      around === undefined
        ? `Its paths start at ${out}, since no repository lies around it: "--path" says where it lies in that of its tool.`
        : `Its paths start at the top of the repository around it, where it is ${written}: "--path" says otherwise.`,
    ];
  if (around === undefined || around === folder) return [];
  const lies = around === '' ? '.' : around;
  return [
    `Its paths say ${written}, as told, and in the repository around it the folder is ${lies}: "--path ${lies}" where it moved.`,
  ];
}

function flagRefusals({ out, gitops, path, branch }: SourceFlags): Refusal[] {
  const known = gitops === undefined || GITOPS.some((name) => name === gitops);
  return [
    ...(out === undefined || out === ''
      ? [
          refusal(
            'BundleOut',
            '--out',
            out,
            'no folder is named',
            'write --out and a folder in the repository of GitOps',
          ),
        ]
      : []),
    ...(known
      ? []
      : [
          refusal(
            'BundleGitOps',
            '--gitops',
            gitops,
            `there is no way "${gitops}" to apply a bundle${didYouMean(gitops ?? '', GITOPS)}`,
            `ways: ${GITOPS.join(', ')}`,
          ),
        ]),
    ...(path === undefined || placeOf(path) !== undefined
      ? []
      : [
          refusal(
            'BundlePath',
            '--path',
            path,
            `"${path}" is no folder of a repository`,
            'write the folders from its top down, with forward slashes, such as gitops/prod, or . for the top',
          ),
        ]),
    ...(branch === undefined || /^[\w][\w./-]*$/.test(branch)
      ? []
      : [
          refusal(
            'BundleBranch',
            '--branch',
            branch,
            `"${branch}" is no name of a branch`,
            'write letters, digits and . / - _',
          ),
        ]),
  ];
}

function toolRefusals(
  gitops: GitOps,
  { path, repository, branch }: Pick<SourceFlags, 'path' | 'repository' | 'branch'>,
): Refusal[] {
  const { repository: form, hint, hasBranch } = TOOLS[gitops];
  return [
    ...(repository === undefined && gitops === 'argo'
      ? [
          refusal(
            'BundleRepository',
            '--repository',
            undefined,
            'Argo CD has to know where the bundle is read from',
            hint,
          ),
        ]
      : []),
    ...(repository !== undefined && form?.test(repository) !== true
      ? [
          refusal(
            'BundleRepository',
            '--repository',
            // A URL may have a password in it.
            gitops === 'argo' ? undefined : repository,
            `${gitops} reads from no such repository`,
            hint,
          ),
        ]
      : []),
    ...(branch !== undefined && !hasBranch
      ? [
          refusal(
            'BundleBranch',
            '--branch',
            branch,
            `a bundle for ${gitops} names no branch`,
            gitops === 'flux' ? 'write it into the GitRepository' : TOOLS.none.hint,
          ),
        ]
      : []),
    ...(path !== undefined && gitops === 'none'
      ? [refusal('BundlePath', '--path', path, 'a bundle for kustomize alone has no such path', TOOLS.none.hint)]
      : []),
  ];
}

function refusal(code: string, path: string, value: unknown, message: string, hint: string): Refusal {
  return { code, path, value, message, hint };
}

function refused(found: readonly Refusal[]): EstateError {
  return new EstateError(found.map((each) => ({ ...each, severity: 'error' })));
}

/** A path as it is written into bundles, the top as nothing; undefined where there is none, or it is no path. */
function placeOf(path: string | undefined): string | undefined {
  const plain = path?.replace(/^\.\/(?=.)/, '').replace(/(?<=.)\/$/, '');
  if (plain === '.') return '';
  return plain !== undefined && PATH.test(plain) ? plain : undefined;
}

/** Where a folder lies in the repository around it; undefined where there is none. */
function folderInRepository(out: string): string | undefined {
  for (let top = out; ; top = dirname(top)) {
    if (existsSync(join(top, '.git'))) return relative(top, out).split(sep).join('/');
    if (top === dirname(top)) return undefined;
  }
}
