import { accessSync, constants, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { MANIFESTS, type ManifestRow, TOLD_VERSIONS } from './versions';

/** Programs that clusters are made of; `kube` is the API server, the controller manager and the scheduler. */
export const PROGRAMS = ['etcd', 'kube', 'kubectl', 'kueue', 'kwok'] as const;

/** A program that clusters are made of. */
export type Program = (typeof PROGRAMS)[number];

/** A folder with programs and manifests. */
export interface ProgramFolder {
  readonly folder: string;
  readonly program: (name: Program) => string;
  /** Folder of the files of a row. */
  readonly manifests: (row: ManifestRow) => string;
}

/** Where programs are kept unless somebody says otherwise: outside of the project, since they are built once for their versions. */
export function programsFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'training-estate', 'queue-lab', VERSIONS);
}

const VERSIONS = TOLD_VERSIONS.join('-').toLowerCase().replaceAll(' ', '-');

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Programs of a folder that have to be built. */
export function missingPrograms(folder: string): Program[] {
  return PROGRAMS.filter((name) => !isProgram(join(folder, name)));
}

function manifestsIn(folder: string, row: ManifestRow): string {
  return join(folder, 'manifests', row.folder);
}

/** Manifests that have to be fetched into a folder. */
export function missingManifests(folder: string): ManifestRow[] {
  return MANIFESTS.filter((row) => !existsSync(manifestsIn(folder, row)));
}

/** The folder as what is run from. */
export function programsOf(folder: string): ProgramFolder {
  return {
    folder,
    program: (name) => join(folder, name),
    manifests: (row) => manifestsIn(folder, row),
  };
}
