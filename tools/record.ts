import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { requireWritable, writeWhole } from '../cli/write';
import { compareReleases, recordingOf as fileOf } from '../estate/terraform-providers';
import { OfflineError } from '../provider/errors';
import type { RealSchemas } from '../provider/real/answers';
import { completedValues } from '../provider/rules/completed';
import { type AcceptedValues, loadProvider, PROVIDERS, RECORDINGS, type RecordedProvider } from '../provider/schema';
import { openProgram } from '../terraform/no-credentials/programs';
import { withScratch } from '../terraform/scratch';
import { Questions } from './record/asker';
import { compareRecordings } from './record/compare';
import { withEarlier } from './record/earlier';
import { emitted, exampleEstates } from './record/emitted';
import { type Entry, Journal } from './record/journal';
import { parseOptions, type RecordOptions } from './record/options';
import { goneFrom, PROJECT_FACTS } from './record/project-facts';
import { encodeRecording, recordingOf } from './record/recording';
import { reportOf } from './record/report';
import { askType } from './record/type-facts';

/** Longest time that a provider may take for one answer: what takes longer waits for a network. */
const ANSWER_MS = 10_000;

/** The recording whose facts are asked again: the one that was named, else the nearest that is not newer. */
function basisOf({ name, version, from }: RecordOptions): RecordedProvider | undefined {
  const releases = PROVIDERS[name].releases.filter((each) =>
    existsSync(join(RECORDINGS.folder, fileOf({ name, version: each }))),
  );
  if (from !== undefined && !releases.includes(from)) {
    throw new OfflineError(`${name} ${from} is not recorded`, `--from names one of ${releases.join(', ')}`);
  }
  const older = releases.filter((each) => compareReleases(each, version) <= 0).at(-1);
  const basis = from ?? older ?? releases[0];
  return basis === undefined ? undefined : loadProvider(name, basis);
}

function digestOf(basis: RecordedProvider | undefined): string {
  if (basis === undefined) return 'none';
  const file = join(RECORDINGS.folder, fileOf(basis));
  return `${basis.version} ${createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16)}`;
}

/** What was known of a type's values: where that was read somewhere is no part of it. */
function earlierValues(basis: RecordedProvider, type: string): Readonly<Record<string, AcceptedValues>> {
  const known = completedValues(basis.name, type, basis.values[type], basis.version) ?? {};
  return Object.fromEntries(Object.entries(known).map(([path, accepted]) => [path, withoutSource(accepted)]));
}

function withoutSource(accepted: AcceptedValues): AcceptedValues {
  const facts = Object.entries(accepted).filter(
    ([key, value]) => !['source', 'since', 'before'].includes(key) && value !== false,
  );
  return Object.fromEntries(facts);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Asks about all types, several at the same time, and keeps each that is done. */
async function askAll(
  questions: Questions,
  schemas: RealSchemas,
  journal: Journal,
  basis: RecordedProvider | undefined,
  options: RecordOptions,
): Promise<void> {
  const { name, parallel, types: text } = options;
  const types = Object.keys(schemas.resource_schemas).filter(
    (type) => !journal.entries.has(type) && (text === undefined || type.includes(text)),
  );
  const total = types.length;
  const started = Date.now();
  const next = async (): Promise<void> => {
    for (let type = types.shift(); type !== undefined; type = types.shift()) {
      const schema = schemas.resource_schemas[type];
      if (schema === undefined) continue;
      const earlier = basis === undefined ? {} : earlierValues(basis, type);
      const facts = await askType(questions.about(type, schema), name, earlier);
      journal.add({ facts, skipped: questions.skipped.filter((each) => each.type === type) });
      const done = total - types.length;
      if (done % 50 === 0)
        say(`${done} of ${total} types, ${questions.asked} questions, ${Math.round((Date.now() - started) / 1000)} s`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, next));
}

/** Facts of this project that hold for a release and are of what it does not have. */
function goneFacts(options: RecordOptions, schemas: RealSchemas): string[] {
  return Object.entries(PROJECT_FACTS).flatMap(([file, facts]) =>
    goneFrom(facts, options, schemas.resource_schemas).map((each) => `${file}: ${each}`),
  );
}

function skippedLines(entries: Iterable<Entry>): string[] {
  const counts = new Map<string, number>();
  for (const { type, kind, reason } of [...entries].flatMap(({ skipped }) => skipped)) {
    const line = `${type}: the provider ${reason === 'died' ? 'ended' : 'did not answer'} when it was asked to ${kind}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([line, count]) => `${line} (${count})`);
}

/** Writes the recording and what changed; a recording of some types only is compared, and not written. */
async function write(
  options: RecordOptions,
  schemas: RealSchemas,
  journal: Journal,
  basis: RecordedProvider | undefined,
): Promise<void> {
  const { name, version, out, reports, types } = options;
  const entries = [...journal.entries.values()];
  const facts = entries.flatMap((entry) => {
    const schema = schemas.resource_schemas[entry.facts.type];
    if (schema === undefined) return [];
    const values = basis === undefined ? {} : earlierValues(basis, entry.facts.type);
    return [withEarlier(entry.facts, entry.skipped, schema, basis, values)];
  });
  const recording = recordingOf(PROVIDERS[name].source, schemas, facts);
  if (basis !== undefined) {
    const asked = new Set(facts.map(({ type }) => type));
    const differences = compareRecordings(basis, recording).filter(
      ({ type }) => types === undefined || asked.has(type),
    );
    const report = reportOf({
      provider: name,
      before: basis.version,
      after: version,
      differences,
      emitted: await emitted(options.estates ?? exampleEstates()),
      gone: goneFacts(options, schemas),
      types: asked.size,
      skipped: skippedLines(entries),
    });
    writeWhole(join(reports, `${name}-${version}.md`), report);
    say(`what changed: ${join(reports, `${name}-${version}.md`)}`);
  }
  if (types !== undefined) return say('only some types were asked about, so no recording is written');
  writeWhole(join(out, fileOf({ name, version })), encodeRecording(recording));
  say(`recording: ${join(out, fileOf({ name, version }))}`);
}

/** Makes the folders of what will be written; asking takes too long to find out afterwards that it cannot be. */
function prepare({ name, version, out, reports, types }: RecordOptions): void {
  const files = [
    join(reports, `${name}-${version}.md`),
    ...(types === undefined ? [join(out, fileOf({ name, version }))] : []),
  ];
  for (const file of files) {
    try {
      mkdirSync(dirname(file), { recursive: true });
      requireWritable(file);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new OfflineError(
        `${file} cannot be written: ${reason}`,
        'name other folders with --out DIR and --reports DIR',
      );
    }
  }
}

/** Records a release of a provider: asks its own program everything, writes the recording and what changed. */
async function record(options: RecordOptions): Promise<void> {
  const { name, version, work, providers } = options;
  const basis = basisOf(options);
  await withScratch(async (scratch) => {
    const asked = await openProgram({
      name,
      version,
      scratch,
      timeoutMs: ANSWER_MS,
      ...(providers !== undefined && { mirror: providers }),
    });
    try {
      const schemas = await asked.provider.schemas();
      prepare(options);
      const journal = Journal.open(join(work, 'answers.jsonl'), { provider: name, version, basis: digestOf(basis) });
      if (journal.entries.size > 0) say(`${journal.entries.size} types are there from before`);
      const questions = new Questions(asked.provider);
      await askAll(questions, schemas, journal, basis, options);
      say(`${journal.entries.size} types, ${questions.asked} questions, ${questions.skipped.length} without an answer`);
      await write(options, schemas, journal, basis);
    } finally {
      asked.close();
    }
  });
}

async function main(): Promise<void> {
  try {
    await record(parseOptions(process.argv.slice(2)));
  } catch (error) {
    if (!(error instanceof OfflineError)) throw error;
    process.stderr.write(`${error.message}\n${error.hint}\n`);
    process.exitCode = 2;
  }
}

void main();
