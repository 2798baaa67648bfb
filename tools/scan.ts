import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FINDINGS, type FindingName, type Scanner } from '../estate/catalog/findings';
import { counted } from '../estate/spec/words';
import { ROOT } from './documents';
import {
  CHECKOV_VENV,
  CHECKOV_VERSION,
  checkov,
  checkovVersion,
  findCheckov,
  type Readable,
  readablePlans,
  readableTemplates,
} from './scan/checkov';
import { type Found, judge, placesOf } from './scan/judge';
import { nag } from './scan/nag';
import { type Target, targetOf, targets } from './scan/targets';

/** Which reasons the default estate and each example need, by their names: a golden file, held by a test. */
export const USES = join(ROOT, 'tools/scan/uses.json');

/** Names of reasons by the path of an estate file or program. */
export type Uses = Readonly<Record<string, readonly string[]>>;

/** The reasons that are needed, as the golden file has them. */
export function readUses(): Uses {
  return JSON.parse(readFileSync(USES, 'utf8'));
}

/** Everything that both tools find in targets, by the target. */
async function scan(program: string, all: readonly Target[], folder: string): Promise<Map<string, Found[]>> {
  const found = new Map<string, Found[]>();
  const readable = new Map<string, Readable>();
  for (const [index, { name, aws, terraform }] of all.entries()) {
    process.stderr.write(`${name}\n`);
    const outdir = join(folder, `${index}`);
    mkdirSync(outdir);
    const parts: Readable[] = [];
    if (aws !== undefined) {
      found.set(name, nag({ outdir: join(outdir, 'cdk.out'), addStacks: aws, validate: true }));
      parts.push(readableTemplates(join(outdir, 'cdk.out')));
    }
    if (terraform !== undefined) parts.push(await readablePlans(await terraform(join(outdir, 'cdktf.out'))));
    readable.set(name, {
      files: Object.assign({}, ...parts.map(({ files }) => files)),
      resources: new Map(parts.flatMap(({ resources }) => [...resources])),
    });
  }
  process.stderr.write('checkov\n');
  for (const [name, more] of await checkov(program, join(folder, 'checkov'), readable)) {
    found.set(name, [...(found.get(name) ?? []), ...more]);
  }
  return found;
}

function describe(target: string, { tool, rule, of, message, type, stack, path }: Found): string {
  return `${target}: ${tool} ${rule}${of === undefined ? '' : `[${of}]`} of ${type} ${stack}/${path}: ${message}`;
}

/** Places of reasons that explain nothing, by the reason. */
export function unusedPlaces(used: ReadonlySet<string>, tools: readonly Scanner[]): readonly string[] {
  const names = Object.keys(FINDINGS) as FindingName[];
  return names
    .filter((name) => tools.includes(FINDINGS[name].tool))
    .flatMap((name) => placesOf(name).filter((place) => !used.has(place)));
}

/** The names of reasons in places that explain something, in order. */
export function namesOf(used: ReadonlySet<string>): readonly string[] {
  return [...new Set([...used].map((place) => place.replace(/#\d+$/, '')))].sort();
}

/**
 * Looks with cdk-nag, CDK's own checks and checkov at what is synthesized:
 *
 *     npm run scan                      the default estate and every example
 *     npm run scan -- --update          and keeps which reasons each of them needs
 *     npm run scan -- FILE…             these of them, or other estate files
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { update: { type: 'boolean' } }, allowPositionals: true });
  const program = findCheckov(process.env);
  if (program === undefined) {
    throw new Error(
      `checkov is not on PATH: python3 -m venv FOLDER && FOLDER/bin/pip install checkov==${CHECKOV_VERSION}, then ${CHECKOV_VENV}=FOLDER`,
    );
  }
  const version = await checkovVersion(program);
  if (version !== CHECKOV_VERSION) process.stderr.write(`checkov is ${version}, reasons are for ${CHECKOV_VERSION}\n`);
  const isWhole = positionals.length === 0;
  const folder = mkdtempSync(join(tmpdir(), 'scan-'));
  try {
    const found = await scan(program, isWhole ? targets() : positionals.map(targetOf), folder);
    const judged = [...found].map(([name, own]) => ({ name, ...judge(own) }));
    const problems = judged.flatMap(({ name, unexplained }) => unexplained.map((one) => describe(name, one)));
    if (isWhole) {
      const used = new Set(judged.flatMap((one) => [...one.used]));
      problems.push(
        ...unusedPlaces(used, ['cdk', 'cdk-nag', 'checkov']).map((place) => `${place} explains nothing any more`),
      );
      const uses = Object.fromEntries(judged.map((one) => [one.name, namesOf(one.used)]));
      const text = `${JSON.stringify(uses, undefined, 2)}\n`;
      if (values.update) writeFileSync(USES, text);
      else if (text !== readFileSync(USES, 'utf8'))
        problems.push(`reasons are needed elsewhere than ${USES} has it: --update`);
    }
    const sum = [...found.values()].reduce((count, own) => count + own.length, 0);
    process.stdout.write(
      `${[...problems, `${counted(sum, 'finding')}, ${counted(problems.length, 'problem')}`].join('\n')}\n`,
    );
    process.exitCode = problems.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (require.main === module) void main();
