import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiffReport, ResourceChange, ResourceOwner, StackChange } from '../diff';
import { CLOUDS, type Cloud, ENGINES } from '../estate/catalog';
import { EstateError } from '../estate/diagnostics';
import { writtenPath } from '../estate/plan/identity';
import { parseLock } from '../estate/plan/lock';
import { resolve } from '../estate/plan/resolve';
import type { Plan, PlanData } from '../estate/plan/types';
import { stackRows } from '../estate/report/views';
import { isPortfolio, portfolioChanges } from '../estate/report/what-if';
import { type Exchange, parseExchange } from '../estate/spec/exchange';
import { parseEstate } from '../estate/spec/load';
import { locate, type ResolvedEstate } from './app';
import { type Cache, memoryCache } from './cache';
import { type EstateTexts, readBase, readFileTexts } from './diff-base';
import { compareBundles } from './diff-bundles';
import { estateKeys } from './estate-key';
import { settle } from './settle';
import { needsTerraform, type SynthesisOptions, synthesizeAws, synthesizeTerraform } from './synthesize';

/** What `estate diff` compares. */
export interface DiffOptions {
  /** A file, `git:REV` or `git:REV:path`. */
  readonly base: string;
  readonly file: string;
  /** Entries whose protected resources may be lost; `*` accepts all. */
  readonly accept: readonly string[];
  /** What earlier runs have made. @default - only what this run makes */
  readonly cache?: Cache;
}

/** The output folders of one synthesis. */
interface Outdirs {
  readonly aws: string;
  readonly terraform: string;
}

/** What becomes of every resource, with the estates that it is about. */
export interface ComparedEstates {
  readonly report: DiffReport;
  readonly before: ResolvedEstate;
  readonly after: ResolvedEstate;
}

/** Synthesizes two estates with the sources as they are and tells what becomes of every resource. */
export async function diffEstates({
  base,
  file,
  accept,
  cache = memoryCache(),
}: DiffOptions): Promise<ComparedEstates> {
  const texts = [readBase(base, file), readFileTexts(file)] as const;
  const [before, after] = [planTexts(texts[0], true), planTexts(texts[1])];
  const scratch = mkdtempSync(join(tmpdir(), 'estate-diff-'));
  try {
    const outdirs = [outdirsIn(scratch, 'base'), outdirsIn(scratch, 'next')] as const;
    const halves = changedHalves(before.plan, after.plan);
    // One after the other: what both have is made once.
    await synthesize(after.plan.data, halves, outdirs[1], { cache, scratch });
    await synthesize(before.plan.data, halves, outdirs[0], { cache, scratch });
    const offline: typeof import('../diff') = require('../diff');
    const changes: StackChange[] = [
      ...(halves.aws ? offline.compareCloudFormation(outdirs[0].aws, outdirs[1].aws) : []),
      ...(halves.terraform ? offline.compareTerraform(outdirs[0].terraform, outdirs[1].terraform) : []),
    ];
    const exchanged = offline.exchangeEdits(exchangeOf(texts[0]), exchangeOf(texts[1]));
    const jobs = compareBundles(before, after, halves.aws || halves.terraform);
    const report = reportOf(before, after, changes, { accept, base, exchanged, ...(jobs && { jobs }) });
    return { report, before, after };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What of a report does not come from stacks. */
interface ReportOptions extends Pick<DiffOptions, 'accept' | 'base'>, Pick<DiffReport, 'jobs'> {
  readonly exchanged?: DiffReport['edits'];
}

/** Puts the changes of two planned estates into a report. */
export function reportOf(
  before: ResolvedEstate,
  after: ResolvedEstate,
  changes: readonly StackChange[],
  { accept, base, exchanged = [], jobs }: ReportOptions,
): DiffReport {
  const offline: typeof import('../diff') = require('../diff');
  const rows = new Map([...stackRows(after.plan), ...stackRows(before.plan)].map((row) => [row.stack, row]));
  const sorted = [...rows.values()].sort((one, other) => CLOUDS.indexOf(one.cloud) - CLOUDS.indexOf(other.cloud));
  const givenUp = offline.givenUp(before.plan, after.plan);
  const pathOf = (path: string) => {
    const now = writtenPath(after.loaded.estate, path);
    return now === path ? writtenPath(before.loaded.estate, path) : now;
  };
  return offline.diffReport({
    edits: [
      ...offline.estateEdits(before.loaded.estate, after.loaded.estate),
      ...offline.addressEdits(before.plan.addresses, after.plan.addresses),
      ...offline.linkEdits(before.plan.links, after.plan.links, pathOf),
      ...exchanged,
      ...givenUp.map(({ path }) => ({ path, change: 'no longer kept' })),
    ],
    portfolio: portfolioChanges(before.loaded.estate, after.loaded.estate),
    tellsPortfolio: [before, after].some(({ loaded }) => isPortfolio(loaded.estate)),
    givenUp: givenUp.map((each) => ({ ...each, names: namesOf(each.path, before, after) })),
    changes,
    rows: sorted,
    ownerOf: ownerOf(before, after),
    links: offline.linkLosses(before.plan, after.plan, pathOf),
    ...(jobs !== undefined && { jobs }),
    accept,
    base,
  });
}

/** Resolves an estate from its texts, with the names that messages call them by. */
export function planTexts(texts: EstateTexts, isBase = false): ResolvedEstate {
  const { name, text, files, lock, lockName, isPast } = texts;
  const loaded = parseEstate(text, name, files, isBase);
  try {
    const parsed = lock === undefined ? undefined : parseLock(lock, lockName);
    const told = exchangeOf(texts);
    return { loaded, plan: resolve(loaded.estate, parsed, { estate: name, lock: lockName, isPast: isBase }, told) };
  } catch (error) {
    throw isPast ? withPastHint(locate(error, loaded)) : locate(error, loaded);
  }
}

function exchangeOf({ exchange }: EstateTexts): Exchange | undefined {
  return exchange && parseExchange(exchange.text, exchange.name);
}

/** Nobody can lock a revision that is past: what is wrong there is only told. */
function withPastHint(error: unknown): unknown {
  if (!(error instanceof EstateError)) return error;
  const hint = 'this revision cannot be synthesized; compare with another one, or with a corrected copy of it';
  return new EstateError(
    error.diagnostics.map((found) => (found.code.startsWith('Lock') ? { ...found, hint } : found)),
    error.exitCode,
  );
}

/** Which of the two programs have to run: a half whose plans are equal synthesizes to the same. */
export function changedHalves(before: Plan, after: Plan): { readonly aws: boolean; readonly terraform: boolean } {
  const differs = (clouds: readonly Cloud[]) => textOf(before.data, clouds) !== textOf(after.data, clouds);
  const of = (engine: string) => CLOUDS.filter((cloud) => ENGINES[cloud] === engine);
  return { aws: differs(of('cloudformation')), terraform: differs(of('terraform')) };
}

/** What the stacks of some clouds are made from, as text. */
function textOf({ byCloud, clouds: _, ...common }: PlanData, clouds: readonly Cloud[]): string {
  return JSON.stringify([common, clouds.map((cloud) => byCloud[cloud])]);
}

function outdirsIn(scratch: string, name: string): Outdirs {
  const folder = join(scratch, name);
  mkdirSync(folder);
  return { aws: join(folder, 'cdk.out'), terraform: join(folder, 'cdktf.out') };
}

/** Runs the programs on a plan, so that a base that is no file and a file that changes do not matter. */
async function synthesize(
  plan: PlanData,
  halves: { readonly aws: boolean; readonly terraform: boolean },
  outdirs: Outdirs,
  common: Pick<SynthesisOptions, 'cache' | 'scratch'>,
): Promise<void> {
  const options = {
    plan,
    awsOutdir: outdirs.aws,
    terraformOutdir: outdirs.terraform,
    ...common,
    // What is protected does not change with what is lifted for a while.
    isProtected: true,
  };
  await settle([
    halves.aws && plan.clouds.includes('aws') ? synthesizeAws(options) : undefined,
    halves.terraform && needsTerraform(plan.clouds) ? synthesizeTerraform(options) : undefined,
  ]);
}

/** Every name that a key of the lock file has: as it is, as it is written before and after, and of a store without its site. */
function namesOf(path: string, ...estates: readonly ResolvedEstate[]): string[] {
  const paths = [path, path.replace(/^sites\.[^.]+\.(?=stores\.)/, '')];
  const written = estates.flatMap(({ loaded: { estate } }) => paths.map((each) => writtenPath(estate, each)));
  return [...new Set([...paths, ...written])];
}

/** Finds the entry that a resource belongs to, in the estate that has the resource. */
function ownerOf(
  before: ResolvedEstate,
  after: ResolvedEstate,
): (stack: string, change: ResourceChange) => ResourceOwner {
  const offline: typeof import('../diff') = require('../diff');
  const [old, now] = [before, after].map(({ plan, loaded: { estate } }) => ({
    keyOf: estateKeys(plan),
    holdingsOf: offline.holdingsOf(plan),
    written: (path: string) => writtenPath(estate, path),
  }));
  const used = usedStacks(before.plan);
  return (stack, change) => {
    const side = change.action === 'created' ? now : old;
    const path = side?.keyOf(stack, `${stack}/${change.path}`) ?? stack;
    const names = [now, old].map((each) => each?.written(path) ?? path);
    const gone = change.action === 'destroyed' || change.action === 'kept';
    return {
      key: (gone ? names[1] : names[0]) ?? path,
      names: [...new Set([...names, path])],
      holdings: side?.holdingsOf(stack, change) ?? [],
      becomes: now?.holdingsOf(stack, change) ?? [],
      isInUse: used.has(stack),
    };
  };
}

/** Stacks of the sites at which anything lives: their subnets are in use. */
function usedStacks(plan: Plan): ReadonlySet<string> {
  const sites = CLOUDS.flatMap((cloud) =>
    plan.sites(cloud).filter((site) => site.shards.length > 0 || site.storageStacks.length > 0),
  );
  const shards = CLOUDS.flatMap((cloud) => plan.shards(cloud));
  return new Set([
    ...sites.flatMap((site) => [site.stacks.network, ...site.storageStacks.map(({ stack }) => stack)]),
    ...shards.map(({ stacks }) => stacks.cluster),
  ]);
}
