import { bundleOf, planBundle } from '../bundle/bundle';
import type { GitOps } from '../bundle/types';
import { bundleWaiting } from '../bundle/waiting';
import { estateIdentity } from '../estate/plan/identity';
import { formatWaiting, type WaitingReport, waitingReport } from '../estate/report/waiting';
import { counted } from '../estate/spec/words';
import { resolveEstate } from './app';
import type { FolderChanges } from './bundle-changes';
import { requireFolder, writeFolder } from './bundle-folder';
import { bundleTarget, type SourceFlags } from './bundle-source';

/** Flags of `estate bundle`. */
export interface BundleFlags extends SourceFlags {
  readonly json?: boolean;
}

/** What `estate bundle` has done. */
export interface BundleReport extends FolderChanges {
  readonly ok: true;
  /** The folder, as it was named. */
  readonly out: string;
  /** Tool that it is for. */
  readonly gitops: GitOps;
  /** Folder that it is in its repository; `.` is the top. Absent where nothing in it says so. */
  readonly path?: string;
  /** Repository that it is read from, where it is not that of the tool. */
  readonly repository?: string;
  /** Branch that is applied, where it is not that of the tool. */
  readonly branch?: string;
  /** Tool that the folder was for until now. Absent where it is the same, or there was none. */
  readonly switchedFrom?: GitOps;
  /** What was chosen without being named, as sentences. Absent where nothing was. */
  readonly notes?: readonly string[];
  /** How many files the bundle has. */
  readonly files: number;
  /** What is left out until stacks have told what it is made from. Absent where nothing is. */
  readonly pending?: WaitingReport;
}

/** Most lines of what was done in each way; the document has all of them. */
const MOST_LINES = 20;

/** Writes the bundle of an estate into a folder; gives what is printed. */
export function bundleReport(file: string, flags: BundleFlags): string {
  const { out, options, switchedFrom, notes } = bundleTarget(flags);
  requireFolder(out);
  const { loaded, plan } = resolveEstate(file);
  const plans = planBundle(loaded.estate, plan);
  const { files } = bundleOf(plans, { ...options, name: estateIdentity(loaded.estate) });
  const waiting = bundleWaiting(plans);
  const pending = waitingReport(waiting, plan, file);
  const { gitops, folder = '.', ...source } = options;
  const report: BundleReport = {
    ok: true,
    out,
    gitops,
    ...(gitops !== 'none' && { path: folder }),
    ...source,
    ...(switchedFrom && { switchedFrom }),
    ...(notes.length > 0 && { notes }),
    files: files.length,
    ...writeFolder(out, files),
    ...(pending && { pending }),
  };
  return flags.json === true ? JSON.stringify(report, undefined, 2) : formatReport(report);
}

function formatReport(report: BundleReport): string {
  const { out, files, created, changed, removed, notes = [], pending } = report;
  const done = [
    ...(created.length > 0 ? [`${created.length} created`] : []),
    ...(changed.length > 0 ? [`${changed.length} changed`] : []),
    ...(removed.length > 0 ? [`${removed.length} removed`] : []),
  ];
  return [
    `${out} has ${counted(files, 'file')} ${FOR[report.gitops]}: ${done.length === 0 ? 'nothing changed' : done.join(', ')}`,
    ...notes,
    ...switched(report),
    ...lines('+', created),
    ...lines('~', changed),
    ...lines('-', removed),
    ...(pending === undefined ? [] : [formatWaiting(pending, MOST_LINES)]),
  ].join('\n');
}

const FOR: Readonly<Record<GitOps, string>> = { flux: 'for Flux', argo: 'for Argo CD', none: 'for kustomize' };

/** What a tool does once its files are gone, and what keeps it from that. */
const LEFT: Readonly<Record<GitOps, readonly string[]>> = {
  // https://github.com/fluxcd/flux2/pull/2624: what is suspended removes nothing when it is deleted.
  flux: [
    'Once that is pushed, Flux removes from clusters what it has applied, queue and drivers too. What is suspended removes',
    'nothing: in each cluster, suspend its root Kustomization, those named estate-PART and their HelmReleases before.',
  ],
  // https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/: without a finalizer, nothing goes with an Application.
  argo: ['Once that is pushed, Argo CD removes its Applications, and leaves what they have applied where it is.'],
  none: ['What is in clusters stays, and the tool takes it over.'],
};

function switched({ gitops, switchedFrom, removed }: BundleReport): readonly string[] {
  if (switchedFrom === undefined) return [];
  const gone =
    removed.length === 0
      ? 'no file goes'
      : `${counted(removed.length, 'file')} ${removed.length === 1 ? 'goes' : 'go'}`;
  return [`It was ${FOR[switchedFrom]} until now, and is ${FOR[gitops]}: ${gone}.`, ...LEFT[switchedFrom]];
}

function lines(sign: string, paths: readonly string[]): string[] {
  const more = paths.length - MOST_LINES;
  return [
    ...paths.slice(0, MOST_LINES).map((path) => `${sign} ${path}`),
    ...(more > 0 ? [`${sign} … and ${more} more`] : []),
  ];
}
