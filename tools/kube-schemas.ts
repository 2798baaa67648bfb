import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { constants, gzipSync } from 'node:zlib';
import { parseAllDocuments } from 'yaml';
import type { KubeSchema, RecordedKind, Recording } from '../bundle/kube-schema';
import { RECORDED, readRecording } from '../bundle/schemas';
import { type RawSchema, reachable } from './kube-schemas/compact';
import { META_NAME, readDefinition } from './kube-schemas/crd';
import { type Enums, type RecordedFile, readEnums, readOpenApi } from './kube-schemas/openapi';
import { SCHEMA_ROWS, type SchemaRow } from './kube-schemas/rows';

const USAGE = `npm run kube-schemas -- [--only NAME]... [--repository OWNER/NAME=FOLDER]...

Writes bundle/schemas from the sources of Kubernetes and of the components that tools/kube-schemas/rows.ts lists.
Modules come by go mod download. A component whose sources no module has is read from a clone of its repository, which
--repository names; without it what is recorded of it stays.
`;

/** Where a file of Kubernetes lists the values that fields accept. */
const GENERATED = 'pkg/generated/openapi/zz_generated.openapi.go';
/** Numbers of the first bytes of a gzip file that say on which system it was made: the same everywhere. */
const SYSTEM_BYTE = 9;
const NO_SYSTEM = 255;
const MAX_BYTES = 512 * 1024 * 1024;

/** Reads a file of a component. */
type Read = (path: string) => string;

function moduleReader(module: string, version: string): Read {
  const answer = execFileSync('go', ['mod', 'download', '-json', `${module}@${version}`], { encoding: 'utf8' });
  const { Dir: folder } = JSON.parse(answer) as { readonly Dir: string };
  return (path) => readFileSync(join(folder, path), 'utf8');
}

function repositoryReader(folder: string, tag: string): Read {
  return (path) =>
    execFileSync('git', ['-C', folder, 'show', `${tag}:${path}`], { encoding: 'utf8', maxBuffer: MAX_BYTES });
}

/** How the files of a component are read; nothing where its repository is not there. */
function readerOf(row: SchemaRow, repositories: ReadonlyMap<string, string>): Read | undefined {
  const tag = row.moduleVersion ?? `v${row.version}`;
  if (row.module !== undefined) return moduleReader(row.module, tag);
  const folder = repositories.get(row.repository ?? '');
  return folder === undefined ? undefined : repositoryReader(folder, tag);
}

function openApiFiles(row: SchemaRow, read: Read): RecordedFile[] {
  const enums: Enums = readEnums(read(GENERATED));
  return row.paths.map((path) => readOpenApi(JSON.parse(read(path)) as RawSchema, enums, `${row.name} ${row.version}`));
}

function definitionFiles(row: SchemaRow, read: Read, meta: Readonly<Record<string, KubeSchema>>): RecordedFile[] {
  return row.paths.map((path) => {
    const found = parseAllDocuments(read(path)).flatMap(
      (document) => readDefinition(document.toJS(), `${row.name} ${row.version}`, row.apiVersion, meta) ?? [],
    );
    const [only] = found;
    if (only === undefined || found.length > 1) throw new Error(`${row.name}: ${path} has ${found.length} definitions`);
    return only;
  });
}

/** The schema of metadata, as Kubernetes itself has it. */
function metaOf(core: Recording): Record<string, KubeSchema> {
  return Object.fromEntries(reachable([META_NAME], core.schemas).map((name) => [name, core.schemas[name] ?? {}]));
}

function encode(recording: Recording): Buffer {
  const bytes = gzipSync(JSON.stringify(recording), { level: constants.Z_BEST_COMPRESSION });
  bytes[SYSTEM_BYTE] = NO_SYSTEM;
  return bytes;
}

function byName(one: RecordedKind, other: RecordedKind): number {
  return `${one.group}/${one.version}/${one.kind}` < `${other.group}/${other.version}/${other.kind}` ? -1 : 1;
}

function main(): void {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      repository: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const unknown = values.only.filter((name) => !SCHEMA_ROWS.some((row) => row.name === name));
  if (unknown.length > 0) throw new Error(`no component is called ${unknown.join(', ')}\n${USAGE}`);
  const repositories = new Map(values.repository.map((each) => each.split('=', 2) as [string, string]));
  const kinds: RecordedKind[] = [];
  const kept = new Set<string>();
  mkdirSync(RECORDED.folder, { recursive: true });
  for (const row of SCHEMA_ROWS) {
    const wanted = values.only.length === 0 || values.only.includes(row.name);
    const read = wanted ? readerOf(row, repositories) : undefined;
    const files =
      read === undefined
        ? []
        : row.form === 'openapi'
          ? openApiFiles(row, read)
          : definitionFiles(row, read, metaOf(readRecording('core_v1')));
    for (const {
      kinds: [first],
      recording,
    } of files) {
      if (first === undefined) throw new Error(`${row.name} defines no kind`);
      writeFileSync(join(RECORDED.folder, `${first.file}.json.gz`), encode(recording));
    }
    const rows =
      read === undefined
        ? RECORDED.kinds().filter(({ from }) => from.startsWith(`${row.name} `))
        : files.flatMap((file) => file.kinds);
    for (const each of rows) kept.add(`${each.file}.json.gz`);
    kinds.push(...rows);
    process.stderr.write(
      `${row.name} ${row.version}: ${read === undefined ? 'as it was, ' : ''}${rows.length} kinds\n`,
    );
  }
  for (const file of readdirSync(RECORDED.folder)) {
    if (file.endsWith('.gz') && !kept.has(file)) rmSync(join(RECORDED.folder, file));
  }
  writeFileSync(
    join(RECORDED.folder, 'index.json'),
    `[\n${kinds
      .sort(byName)
      .map((row) => `  ${JSON.stringify(row)}`)
      .join(',\n')}\n]\n`,
  );
}

main();
