import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportOf } from '../../cli/diff';
import { wantedSlices } from '../../cli/make-slices';
import { CDK_LAYOUT, CDKTF_LAYOUT, type SliceOutput } from '../../cli/slice-output';
import { compareCloudFormation, compareTerraform, type DiffReport, type StackChange } from '../../diff';
import { CLOUDS, type Cloud } from '../../estate/catalog';
import { planFrom } from '../../estate/plan/data';
import { planLayout } from '../../estate/plan/layout';
import { type Lock, parseLock } from '../../estate/plan/lock';
import { resolve } from '../../estate/plan/resolve';
import { joinSlices, type PlanSlice } from '../../estate/plan/slices';
import type { Plan } from '../../estate/plan/types';
import { type LoadedEstate, parseEstate } from '../../estate/spec/load';
import { synthesizePlan } from '../helpers/synth';

const ROOT = join(__dirname, '../..');

/** The default estate as it is written. */
export const ESTATE = readFileSync(join(ROOT, 'estate.yaml'), 'utf8');
const LOCK = parseLock(readFileSync(join(ROOT, 'estate.lock.json'), 'utf8'), 'estate.lock.json');
const FILES = { estate: 'estate.yaml', lock: 'estate.lock.json' };

/** A change of an estate file's text. */
export type Edit = (text: string) => string;

/** An edit with everything that it has to do, as `outline` tells it. */
export interface EditRow {
  readonly name: string;
  readonly edit: Edit;
  readonly expected: readonly string[];
}

/** An edit with what the service does about it, and where that is said. */
export interface AnsweredRow extends EditRow {
  /** What happens when it is applied. */
  readonly answer: string;
  readonly source: string;
}

/** Replaces a text that has to be there. */
export function swap(from: string, to: string): Edit {
  return (text) => {
    if (!text.includes(from)) throw new Error(`the estate does not say "${from}"`);
    return text.replace(from, () => to);
  };
}

/** Several edits, one after the other. */
export function all(...edits: readonly Edit[]): Edit {
  return (text) => edits.reduce((edited, edit) => edit(edited), text);
}

/** Takes away the line that starts with a text. */
export function withoutLine(start: string): Edit {
  return (text) => {
    const lines = text.split('\n');
    const left = lines.filter((line) => !line.startsWith(start));
    if (left.length !== lines.length - 1) throw new Error(`the estate has no one line "${start}"`);
    return left.join('\n');
  };
}

/** Takes away a cluster. */
export function withoutCluster(key: string): Edit {
  return (text) => {
    const [head = '', clusters = ''] = text.split('\nclusters:\n');
    const entry = new RegExp(`(?<=^|\\n)  ${key}:\\n(?:    [^\\n]*\\n)+`);
    if (!entry.test(clusters)) throw new Error(`the estate has no cluster "${key}"`);
    return `${head}\nclusters:\n${clusters.replace(entry, '')}`;
  };
}

interface Planned {
  readonly loaded: LoadedEstate;
  readonly plan: Plan;
  readonly lock: Lock;
}

function planText(text: string, before: Lock): Planned {
  const loaded = parseEstate(text, 'estate.yaml');
  const { lock } = planLayout(loaded.estate, before);
  return { loaded, plan: resolve(loaded.estate, lock, FILES), lock };
}

/** Everything that the stacks of one cloud are made from, to compare with. */
export function partOf(plan: Plan, cloud: Cloud): string {
  return JSON.stringify([
    plan.name,
    plan.tags,
    plan.state,
    plan.accounts(cloud),
    plan.sites(cloud),
    plan.shards(cloud),
  ]);
}

/** Compares edits of one estate in this process; what does not change is synthesized once. */
export class DiffScene {
  private readonly folder = mkdtempSync(join(tmpdir(), 'estate-diff-test-'));
  private readonly base: Planned;
  private readonly synthesized = new Set<Cloud>();
  /** What the slices of the estate came to, by what they are made from. */
  private readonly made = new Map<string, SliceOutput>();
  /** What the last text changes: a row asks for it with and without its losses accepted. */
  private last?: { readonly text: string; readonly next: Planned; readonly changes: readonly StackChange[] };

  constructor(
    private readonly text = ESTATE,
    lock = LOCK,
  ) {
    this.base = planText(text, lock);
  }

  /** What an edit of the estate's text does. */
  diff(edit: Edit, accept: readonly string[] = []): DiffReport {
    return this.diffTexts(edit(this.text), accept);
  }

  /** What the estate becomes with another text. */
  diffTexts(text: string, accept: readonly string[] = []): DiffReport {
    if (this.last?.text !== text) this.last = { text, ...this.changesTo(text) };
    const { next, changes } = this.last;
    return reportOf(this.base, next, changes, { accept, base: 'base.yaml' });
  }

  /** Removes what was synthesized. */
  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private changesTo(text: string): { readonly next: Planned; readonly changes: readonly StackChange[] } {
    const next = planText(text, this.base.lock);
    const changes = CLOUDS.filter((cloud) => partOf(this.base.plan, cloud) !== partOf(next.plan, cloud)).flatMap(
      (cloud) => this.compare(cloud, next.plan),
    );
    return { next, changes };
  }

  private compare(cloud: Cloud, plan: Plan): StackChange[] {
    const before = join(this.folder, `base-${cloud}`);
    if (!this.synthesized.has(cloud)) this.synthesize(this.base.plan, cloud, before);
    this.synthesized.add(cloud);
    const after = mkdtempSync(join(this.folder, 'next-'));
    try {
      this.synthesize(plan, cloud, after);
      return cloud === 'aws' ? compareCloudFormation(before, after) : compareTerraform(before, after);
    } finally {
      rmSync(after, { recursive: true, force: true });
    }
  }

  /** As the command does: slices that an edit leaves as they are were made with the estate. */
  private synthesize({ data }: Plan, cloud: Cloud, outdir: string): void {
    const layout = cloud === 'aws' ? CDK_LAYOUT : CDKTF_LAYOUT;
    const slices = wantedSlices(data).filter((slice) => slice.cloud === cloud);
    const keyOf = (slice: PlanSlice) => JSON.stringify(slice.data);
    const missing = slices.filter((slice) => !this.made.has(keyOf(slice)));
    if (missing.length > 0) {
      const scratch = mkdtempSync(join(this.folder, 'made-'));
      synthesizePlan(planFrom(joinSlices(data, missing)), this.folder, scratch);
      for (const slice of missing) this.made.set(keyOf(slice), layout.read(scratch, slice.stacks));
      rmSync(scratch, { recursive: true, force: true });
    }
    mkdirSync(outdir, { recursive: true });
    layout.write(
      outdir,
      slices.flatMap((slice) => this.made.get(keyOf(slice)) ?? []),
    );
    // Most edits are undone by the next one: what they made is not asked for again.
    if (this.synthesized.has(cloud)) for (const slice of missing) this.made.delete(keyOf(slice));
  }
}

const SIGNS = { created: '+', updated: '~', replaced: '-/+', destroyed: '-', kept: '=' } as const;

function withoutPositions(path: string): string {
  return path.replace(/\.\d+(?=\.|$)/g, '');
}

/**
 * What an edit does, one line for each stack, entry of the estate and kind of change:
 * `~ iowa-cluster clusters.iowa.pools.tpu node_count`; then what becomes of outputs, the entries that lose something
 * protected, whose nodes are rolled, of which only new nodes get the change, and whose change is refused; what is lost;
 * and the order that works.
 */
export function outline(report: DiffReport): string[] {
  const resources = report.stacks.flatMap((stack) => stack.resources);
  const short = (stack: string) => stack.replace(/^atlas-/, '');
  const lines = resources.map(({ stack, action, key, attributes, because }) => {
    const why = action === 'replaced' ? because.map(({ path }) => path) : action === 'updated' ? attributes : [];
    return [SIGNS[action], short(stack), key, ...new Set(why.map(withoutPositions))].join(' ');
  });
  const keys = (word: string, chosen: typeof resources) => chosen.map(({ key }) => `${word} ${key}`);
  const outputs = report.stacks.flatMap(({ stack, outputs: own }) =>
    own.map(({ change }) => `outputs ${change} ${short(stack)}`),
  );
  const told = [
    ...outputs,
    ...keys('protected', [...report.protected]),
    ...report.givenUp.map(({ path }) => `given up ${path}`),
    ...keys(
      'rolled',
      resources.filter(({ rolled }) => rolled.length > 0),
    ),
    ...keys(
      'new nodes only',
      resources.filter(({ newNodesOnly }) => newNodesOnly.length > 0),
    ),
    ...report.refused.map(({ key, who }) => `refused ${short(key)} by ${who}`),
    ...report.stacks.filter(({ isLeft }) => isLeft).map(({ stack }) => `left ${short(stack)}`),
    ...report.order.map((command, index) => `order ${index + 1} ${command.replaceAll('atlas-', '')}`),
    ...report.passes.map((pair) => `two passes ${pair.map(short).join(' ')}`),
  ];
  return [...new Set([...lines, ...told, ...report.lost.map(lossLine)])].sort();
}

function lossLine({ path, nodes, accelerators, tebibytes, days }: DiffReport['lost'][number]): string {
  const amounts = { nodes, accelerators, TiB: Math.round(tebibytes * 10) / 10, days };
  const parts = Object.entries(amounts).filter(([, amount]) => amount > 0);
  return ['lost', path, ...parts.map(([unit, amount]) => `${amount} ${unit}`)].join(' ');
}
