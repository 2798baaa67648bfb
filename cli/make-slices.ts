import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Cloud } from '../estate/catalog';
import { joinSlices, type PlanSlice, slicesOf } from '../estate/plan/slices';
import type { PlanData } from '../estate/plan/types';
import type { HandedJob } from './app';
import { type Cache, hashOf } from './cache';
import { settle } from './settle';
import { copyInto, type OutputLayout, type SliceOutput } from './slice-output';

/** How slices are made. */
export interface SliceSynthesis {
  /** The plan that they are slices of. */
  readonly plan: PlanData;
  readonly cache: Cache;
  /** Everything of the tool that decides what the stacks of a cloud look like. */
  readonly tool: (cloud: Cloud) => string;
  readonly layout: OutputLayout;
  /** Folder of the output, into which goes what belongs to no stack. */
  readonly outdir: string;
  /** Folder for what is only needed meanwhile. */
  readonly scratch: string;
  /** Most runs at a time. */
  readonly processes: number;
  /** Synthesizes parts of the plan, each into a folder of its own. */
  readonly run: (jobs: readonly HandedJob[]) => Promise<void>;
  /** Called with each stack that an earlier run has made. */
  readonly onKnown: (stack: string) => void;
}

/** Fewest slices that are worth a process of their own: it has a second's start before it. */
const SLICES_PER_PROCESS = 12;

/** Slices that memory holds at a time; each time the foundation of their account is made too. */
const SLICES_AT_A_TIME = 4;

/** The slices of the stacks that are wanted, with the foundations, which the others of an account come after. */
export function wantedSlices(plan: PlanData, stacks?: readonly string[]): PlanSlice[] {
  const slices = slicesOf(plan);
  if (stacks === undefined) return slices;
  const wanted = slices.filter((slice) => slice.stacks.some((stack) => stacks.includes(stack)));
  const accounts = new Set(wanted.flatMap(accountsOf));
  return slices.filter(
    (slice) => wanted.includes(slice) || (isFoundation(slice) && accountsOf(slice).some((key) => accounts.has(key))),
  );
}

const accountsOf = ({ cloud, data }: PlanSlice) => data.byCloud[cloud].accounts.map(({ key }) => `${cloud}.${key}`);

const isFoundation = ({ cloud, data }: PlanSlice) => data.byCloud[cloud].sites.length === 0;

/** The output of each slice, in their order: what is known, and what has to be made. */
export async function makeSlices(slices: readonly PlanSlice[], options: SliceSynthesis): Promise<SliceOutput[]> {
  const { plan, cache, tool, layout, outdir, run, onKnown } = options;
  const keys = new Map<PlanSlice, string>();
  const outputs = new Map<PlanSlice, SliceOutput>();
  for (const slice of cache.folder === undefined ? [] : slices) {
    const key = hashOf(tool(slice.cloud), JSON.stringify(slice.data));
    keys.set(slice, key);
    const found = cache.get('synthesis', key);
    if (!isOutputOf(slice, found)) continue;
    outputs.set(slice, found);
    slice.stacks.forEach(onKnown);
  }
  const missing = slices.filter((slice) => !outputs.has(slice));
  const scratch = mkdtempSync(join(options.scratch, 'estate-synth-'));
  try {
    await settle(
      batchesOf(missing, options.processes).map(async (batch, index) => {
        const parts = partsOf(batch).map((part, number) => ({ part, folder: join(scratch, `${index}-${number}`) }));
        await run(parts.map(({ part, folder }) => ({ data: joinSlices(plan, part), outdir: folder })));
        for (const { part, folder } of parts) {
          const others = layout.others(folder);
          copyInto(outdir, folder, others);
          for (const slice of part) {
            const output = layout.read(folder, slice.stacks);
            outputs.set(slice, output);
            const key = keys.get(slice);
            if (others.length === 0 && key !== undefined) cache.put('synthesis', key, output);
          }
        }
      }),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return slices.flatMap((slice) => outputs.get(slice) ?? []);
}

function isOutputOf(slice: PlanSlice, found: unknown): found is SliceOutput {
  if (typeof found !== 'object' || found === null || !('stacks' in found) || !Array.isArray(found.stacks)) return false;
  const { stacks } = found;
  return slice.stacks.length === stacks.length && slice.stacks.every((stack, index) => stacks[index]?.stack === stack);
}

/** Shares slices out among processes, as many as there is work for. */
function batchesOf(slices: readonly PlanSlice[], processes: number): PlanSlice[][] {
  const count = Math.min(Math.max(1, Math.floor(slices.length / SLICES_PER_PROCESS)), processes, slices.length);
  return Array.from({ length: count }, (_, lane) => slices.filter((_slice, index) => index % count === lane));
}

/** Slices in parts of some size, those of a cloud together. */
function partsOf(slices: readonly PlanSlice[]): PlanSlice[][] {
  const count = Math.ceil(slices.length / SLICES_AT_A_TIME);
  return Array.from({ length: count }, (_, part) =>
    slices.slice(part * SLICES_AT_A_TIME, (part + 1) * SLICES_AT_A_TIME),
  );
}
