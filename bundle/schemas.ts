import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { KubeSchema, RecordedKind, Recording } from './kube-schema';

const recordings = new Map<string, Recording>();
let kinds: readonly RecordedKind[] | undefined;

/** Recorded schemas of Kubernetes and of what is installed in clusters; `npm run kube-schemas` writes them. */
export const RECORDED = {
  folder: join(__dirname, '../bundle/schemas'),
  /** All kinds, sorted by group, version and name; read from the disk once per process. */
  kinds(): readonly RecordedKind[] {
    const index = join(RECORDED.folder, 'index.json');
    kinds ??= existsSync(index) ? (JSON.parse(readFileSync(index, 'utf8')) as readonly RecordedKind[]) : [];
    return kinds;
  },
};

/** The schemas in one file of the recordings, which is read from the disk once per process. */
export function readRecording(file: string): Recording {
  let recording = recordings.get(file);
  if (recording === undefined) {
    const bytes = readFileSync(join(RECORDED.folder, `${file}.json.gz`));
    recording = JSON.parse(gunzipSync(bytes).toString('utf8')) as Recording;
    recordings.set(file, recording);
  }
  return recording;
}

/** The schema of a recorded kind, and those that it refers to by name. */
export interface KindSchema {
  readonly row: RecordedKind;
  /** Name of its schema, among the schemas. */
  readonly name: string;
  readonly root: KubeSchema;
  readonly schemas: Readonly<Record<string, KubeSchema>>;
}

/** The schema of a kind; undefined where it is not recorded. */
export function schemaOf(apiVersion: string, kind: string): KindSchema | undefined {
  const row = RECORDED.kinds().find((each) => each.kind === kind && apiVersionOf(each) === apiVersion);
  if (row === undefined) return undefined;
  const { kinds: names, schemas } = readRecording(row.file);
  const name = names[kind] ?? '';
  const root = schemas[name];
  if (root === undefined) throw new Error(`the recording ${row.file} lacks ${kind}`);
  return { row, name, root, schemas };
}

/** What `apiVersion` says in objects of a kind. */
export function apiVersionOf({ group, version }: RecordedKind): string {
  return group === '' ? version : `${group}/${version}`;
}
