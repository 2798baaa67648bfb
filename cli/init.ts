import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { ACCELERATORS, CATALOG, CLOUDS, type Cloud, type MachineBase, WITHHELD } from '../estate/catalog';
import { parseEstate } from '../estate/spec/load';
import { lookup } from '../estate/spec/lookup';
import { machineFor } from '../estate/spec/machine';
import { type StarterCluster, starterEstate } from '../estate/spec/starter';
import { didYouMean } from '../estate/spec/suggest';
import { andList, counted } from '../estate/spec/words';
import { DEFAULT_ESTATE, ToolError } from './app';

/** What `estate init` is told on the command line; what is missing is asked for on a terminal. */
export interface InitFlags {
  readonly name?: string;
  readonly cloud?: readonly string[];
  readonly accelerator?: readonly string[];
  readonly region?: readonly string[];
  readonly nodes?: string;
  readonly racks?: string;
  readonly accelerators?: string;
}

/** Asks a question and gives the answer; an empty answer means the suggestion. */
export type Ask = (question: string, suggestion: string) => Promise<string>;

const SCHEMA = 'estate.schema.json';
const UNITS = ['racks', 'nodes', 'accelerators'] as const;

/** Writes a commented estate file to start from and says what to run next; never overwrites one. */
export async function init(file: string, flags: InitFlags, ask?: Ask): Promise<string> {
  if (existsSync(file)) throw new ToolError(`${file} exists`, 'name another file: npx estate init FILE');
  const name = flags.name ?? (await ask?.('Name of the estate', 'atlas')) ?? 'atlas';
  const clusters = await clustersOf(flags, ask);
  const text = starterEstate({ name, clusters, schema: schemaSeenFrom(file) });
  if (text === undefined) throw new ToolError('a cloud has no machine with the accelerator');
  // Throws with the nearest valid numbers when a size is not whole.
  parseEstate(text, file);
  write(file, text);
  const named = file === DEFAULT_ESTATE ? '' : ` ${file}`;
  const flag = file === DEFAULT_ESTATE ? '' : ` --file ${file}`;
  return [
    `${file} written: ${counted(clusters.length, 'cluster')} on ${clusters.map(({ cloud }) => CATALOG[cloud].title).join(', ')}.`,
    'It is valid as it is; its ids are examples, each marked with "# example". Next:',
    `  npx estate lock${named}`,
    `  npx estate plan --offline${flag}`,
    `  npx estate runbook first-apply${named}`,
  ].join('\n');
}

/** Asks on a terminal; undefined where nobody can answer. */
export function terminal(): { readonly ask: Ask; readonly close: () => void } | undefined {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return {
    ask: async (question, suggestion) => (await lines.question(`${question} [${suggestion}]: `)).trim() || suggestion,
    close: () => lines.close(),
  };
}

async function clustersOf(flags: InitFlags, ask: Ask | undefined): Promise<readonly StarterCluster[]> {
  const clouds = await cloudsOf(flags, ask);
  const size = sizeFlag(flags);
  const clusters: StarterCluster[] = [];
  for (const [index, cloud] of clouds.entries()) {
    const accelerator = await acceleratorOf(cloud, pick(flags.accelerator, index), ask);
    const region = pick(flags.region, index);
    const isRack = (machineFor(CATALOG[cloud], { accelerator }).machine?.scaleUpNodes ?? 1) > 1;
    const asked = size ?? (await askSize(cloud, accelerator, isRack ? 'racks' : 'nodes', ask));
    clusters.push({ cloud, accelerator, size: asked, ...(region !== undefined && { region }) });
  }
  return clusters;
}

async function cloudsOf({ cloud }: InitFlags, ask: Ask | undefined): Promise<readonly Cloud[]> {
  const answer = cloud?.join(',') ?? (await ask?.(`Clouds, of ${CLOUDS.join(', ')}`, CLOUDS[0]));
  if (answer === undefined) {
    const hint = 'such as: npx estate init --cloud aws --accelerator b200 --nodes 8';
    throw new ToolError('there is no terminal to ask on, so the command line has to say it all', hint);
  }
  const names = [...new Set(answer.split(/[\s,]+/).filter((part) => part !== ''))];
  return names.map((name) => {
    const found = CLOUDS.find((known) => known === name);
    if (found === undefined)
      throw new ToolError(`there is no cloud "${name}"${didYouMean(name, CLOUDS)}`, `clouds: ${CLOUDS.join(', ')}`);
    return found;
  });
}

async function acceleratorOf(cloud: Cloud, flag: string | undefined, ask: Ask | undefined): Promise<string> {
  const offered = offeredBy(cloud);
  const suggestion = offered.find((accelerator) => accelerator === 'b200') ?? offered.at(-1) ?? '';
  const title = CATALOG[cloud].title;
  const answer = flag ?? (await ask?.(`Accelerator on ${title}, of ${offered.join(', ')}`, suggestion)) ?? suggestion;
  if (offered.includes(answer)) return answer;
  throw unusable(cloud, answer, offered);
}

/** Why no file can be written for an accelerator: it is misspelt, sold elsewhere, or too little is known of it. */
function unusable(cloud: Cloud, accelerator: string, offered: readonly string[]): ToolError {
  const { title } = CATALOG[cloud];
  const { machine } = machineFor(CATALOG[cloud], { accelerator });
  if (machine?.unpublished !== undefined) {
    return new ToolError(
      `${title} offers ${accelerator} as ${machine.type}, but does not publish ${andList(machine.unpublished)} of it`,
      `start with another one, then state them under catalog.machines.${cloud} and write accelerator: ${accelerator}`,
    );
  }
  const known = lookup(ACCELERATORS, accelerator) !== undefined;
  const withheld = WITHHELD.find((row) => row.cloud === cloud && row.accelerator === accelerator);
  const elsewhere = CLOUDS.filter((other) => offeredBy(other).includes(accelerator)).map((one) => CATALOG[one].title);
  const where = elsewhere.length === 0 ? '' : `; ${elsewhere.join(' and ')} ${elsewhere.length === 1 ? 'does' : 'do'}`;
  return new ToolError(
    `${title} does not offer "${accelerator}"${known ? where : didYouMean(accelerator, offered)}`,
    withheld === undefined ? `it offers ${offered.join(', ')}` : withheld.reason,
  );
}

/** Accelerators for which the cloud has one machine, or one that is preferred, with everything known of it. */
function offeredBy(cloud: Cloud): readonly string[] {
  const named = Object.values(CATALOG[cloud].machines).flatMap(({ accelerator }) => accelerator ?? []);
  return [...new Set(named)].filter((accelerator) => isComplete(machineFor(CATALOG[cloud], { accelerator }).machine));
}

function isComplete(machine: MachineBase | undefined): boolean {
  return machine !== undefined && (machine.unpublished ?? []).length === 0;
}

function sizeFlag(flags: InitFlags): StarterCluster['size'] | undefined {
  const given = UNITS.filter((unit) => flags[unit] !== undefined);
  const [unit] = given;
  if (unit === undefined) return undefined;
  if (given.length > 1)
    throw new ToolError(`a pool is sized in one unit, not in ${given.join(' and ')}`, 'give one of them');
  return { unit, count: wholeNumber(flags[unit] ?? '') };
}

async function askSize(
  cloud: Cloud,
  accelerator: string,
  unit: 'racks' | 'nodes',
  ask: Ask | undefined,
): Promise<StarterCluster['size']> {
  const suggestion = unit === 'racks' ? '1' : '8';
  const answer = (await ask?.(`${unit} of ${accelerator} on ${CATALOG[cloud].title}`, suggestion)) ?? suggestion;
  return { unit, count: wholeNumber(answer) };
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new ToolError(`"${text}" is not a size`, 'write a whole number above zero');
}

/** The JSON Schema as seen from a file: the one beside it, else the one of this package. */
function schemaSeenFrom(file: string): string {
  const folder = dirname(resolve(file));
  const places = [folder, join(__dirname, '..'), join(__dirname, '..', '..')].map((place) => join(place, SCHEMA));
  const found = relative(folder, places.find((place) => existsSync(place)) ?? join(folder, SCHEMA));
  return (found.startsWith('.') ? found : `./${found}`).split(sep).join('/');
}

/** The n-th value of a repeated option, or its last one for all further clouds. */
function pick(values: readonly string[] | undefined, index: number): string | undefined {
  return values?.[index] ?? values?.at(-1);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new ToolError(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
