import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { constants, gzipSync } from 'node:zlib';
import { parseAllDocuments } from 'yaml';
import type { KubeSchema, RecordedKind, Recording } from '../bundle/kube-schema';
import { RECORDED, readRecording } from '../bundle/schemas';
import { OfflineError } from '../provider/errors';
import { type RawSchema, reachable } from './kube-schemas/compact';
import { META_NAME, readDefinition } from './kube-schemas/crd';
import { type Enums, type RecordedFile, readEnums, readOpenApi } from './kube-schemas/openapi';
import { SCHEMA_ROWS, type SchemaRow } from './kube-schemas/rows';
import { type Read, readerOf } from './kube-schemas/sources';

const USAGE = `npm run kube-schemas -- [--only NAME]... [--repository OWNER/NAME=FOLDER]... [--definitions FOLDER]

Writes bundle/schemas from the sources of Kubernetes and of the components that tools/kube-schemas/rows.ts lists.
Modules come by go mod download. A component whose sources no module has is read from a clone of its repository, which
--repository names; without it what is recorded of it stays. With --definitions nothing is recorded: the definitions of
all components but Kubernetes itself are written to a folder, to be applied to a server.
`;

/** Where a file of Kubernetes lists the values that fields accept. */
const GENERATED = 'pkg/generated/openapi/zz_generated.openapi.go';
/** Numbers of the first bytes of a gzip file that say on which system it was made: the same everywhere. */
const SYSTEM_BYTE = 9;
const NO_SYSTEM = 255;

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

/** A component whose sources are there. */
interface Sourced {
  readonly row: SchemaRow;
  readonly read: Read;
}

/** What was typed. */
interface Choice {
  readonly only: readonly string[];
  /** Folders of clones by the names of their repositories. */
  readonly repositories: ReadonlyMap<string, string>;
  /** Folder that definitions are written to. @default schemas are recorded */
  readonly definitions?: string;
}

function choose(args: readonly string[]): Choice {
  const { values } = parsed(args);
  const unknown = values.only.filter((name) => !SCHEMA_ROWS.some((row) => row.name === name));
  const names = SCHEMA_ROWS.map(({ name }) => name).join(', ');
  if (unknown.length > 0) throw new OfflineError(`no component is called ${unknown.join(', ')}`, `there are ${names}`);
  const repositories = values.repository.map((each): [string, string] => {
    const cut = each.indexOf('=');
    if (cut < 1) throw new OfflineError(`--repository ${each} names no folder`, 'write OWNER/NAME=FOLDER');
    return [each.slice(0, cut), each.slice(cut + 1)];
  });
  const { definitions } = values;
  return { only: values.only, repositories: new Map(repositories), ...(definitions !== undefined && { definitions }) };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', multiple: true, default: [] },
        repository: { type: 'string', multiple: true, default: [] },
        definitions: { type: 'string' },
      },
    });
  } catch (error) {
    throw new OfflineError(error instanceof Error ? error.message : String(error), USAGE);
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Writes the schemas of one component; returns the rows of its kinds. */
function record({ row, read }: Sourced): readonly RecordedKind[] {
  const files =
    row.form === 'openapi' ? openApiFiles(row, read) : definitionFiles(row, read, metaOf(readRecording('core_v1')));
  for (const { kinds, recording } of files) {
    const [first] = kinds;
    if (first === undefined) throw new OfflineError(`${row.name} defines no kind`, 'look through its paths');
    writeFileSync(join(RECORDED.folder, `${first.file}.json.gz`), encode(recording));
  }
  return files.flatMap(({ kinds }) => kinds);
}

/** Writes what is recorded of all components, and drops files that nothing refers to any more. */
function recordAll({ only, repositories }: Choice): void {
  mkdirSync(RECORDED.folder, { recursive: true });
  const kinds = SCHEMA_ROWS.flatMap((row) => {
    const read = only.length === 0 || only.includes(row.name) ? readerOf(row, repositories) : undefined;
    const before = RECORDED.kinds().filter(({ from }) => from.startsWith(`${row.name} `));
    const rows = read === undefined ? before : record({ row, read });
    say(`${row.name} ${row.version}: ${rows.length} kinds${read === undefined ? ', as they were' : ''}`);
    return rows;
  });
  const lines = kinds.sort(byName).map((row) => `  ${JSON.stringify(row)}`);
  writeFileSync(join(RECORDED.folder, 'index.json'), `[\n${lines.join(',\n')}\n]\n`);
  const kept = new Set(kinds.map(({ file }) => `${file}.json.gz`));
  for (const file of readdirSync(RECORDED.folder)) {
    if (file.endsWith('.gz') && !kept.has(file)) rmSync(join(RECORDED.folder, file));
  }
}

/** Writes the definitions of components as their sources have them. */
function writeDefinitions({ only, repositories }: Choice, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const row of SCHEMA_ROWS.filter(
    ({ form, name }) => form === 'crd' && (only.length === 0 || only.includes(name)),
  )) {
    const read = readerOf(row, repositories);
    for (const path of read === undefined ? [] : row.paths) {
      writeFileSync(join(folder, `${row.name}-${basename(path)}`), read?.(path) ?? '');
    }
    say(
      `${row.name} ${row.version}: ${read === undefined ? 'its repository is not named' : `${row.paths.length} files`}`,
    );
  }
}

function main(args: readonly string[]): void {
  if (args.includes('--help')) {
    process.stdout.write(USAGE);
    return;
  }
  try {
    const choice = choose(args);
    if (choice.definitions === undefined) recordAll(choice);
    else writeDefinitions(choice, choice.definitions);
  } catch (error) {
    if (!(error instanceof OfflineError)) throw error;
    process.stderr.write(`${error.message}\n${error.hint}\n`);
    process.exitCode = 2;
  }
}

main(process.argv.slice(2));
