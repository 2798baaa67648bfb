import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Cache, memoryCache, NO_CACHE } from '../../cli/cache';
import { makeSlices, wantedSlices } from '../../cli/make-slices';
import { CDK_LAYOUT, CDKTF_LAYOUT } from '../../cli/slice-output';
import { ENGINES } from '../../estate/catalog';
import { planFrom } from '../../estate/plan/data';
import { planLayout } from '../../estate/plan/layout';
import { type Lock, parseLock } from '../../estate/plan/lock';
import { resolve } from '../../estate/plan/resolve';
import type { PlanData } from '../../estate/plan/types';
import { parseEstate } from '../../estate/spec/load';
import { swap } from '../diff/scene';
import { ROOT } from '../helpers/cli';
import { readTree, synthesizePlan, withFolder } from '../helpers/synth';

const ESTATE = readFileSync(join(ROOT, 'examples/minimal.yaml'), 'utf8');
const LOCK = parseLock(readFileSync(join(ROOT, 'examples/minimal.lock.json'), 'utf8'), 'minimal.lock.json');

/** Edits of the estate, each of which can be done and undone; together they touch every kind of slice. */
const EDITS: readonly (readonly [from: string, to: string])[] = [
  ['accelerator: b200, nodes: 2', 'accelerator: b200, nodes: 4'],
  ['zone: us-west-2a, capacity', 'zone: us-west-2a, labels: { team: red }, capacity'],
  ['      train: { accelerator: h200, nodes: 2 }\n', '      train: { accelerator: h200, nodes: 3 }\n'],
  ['nodes: 2, image:', 'nodes: 5, image:'],
  ['owner: { team: research,', 'owner: { team: training,'],
  ['  ashburn:\n    site: ashburn\n', '  ashburn:\n    site: ashburn\n    tags: { purpose: tests }\n'],
  ['\nclusters:', '\nstores: { data: { kind: object, site: iowa, retainDays: 30 } }\nclusters:'],
  ['  iowa: { account: google,', '  iowa: { account: google, network: { dns: [10.0.0.53] },'],
];

function planOf(applied: readonly boolean[], before: Lock): { readonly data: PlanData; readonly lock: Lock } {
  const text = EDITS.reduce((edited, [from, to], index) => (applied[index] ? swap(from, to)(edited) : edited), ESTATE);
  const { estate } = parseEstate(text, 'minimal.yaml');
  const { lock } = planLayout(estate, before);
  return { data: resolve(estate, lock, { estate: 'minimal.yaml', lock: 'minimal.lock.json' }).data, lock };
}

/** What a synthesis of slices writes; the files of stacks as they are, the rest as what it says. */
async function made(data: PlanData, cache: Cache, known: string[] = []): Promise<Record<string, unknown>> {
  return withFolder(async (folder) => {
    for (const engine of ['cloudformation', 'terraform'] as const) {
      const [name, layout] =
        engine === 'cloudformation' ? (['cdk.out', CDK_LAYOUT] as const) : (['cdktf.out', CDKTF_LAYOUT] as const);
      const outdir = join(folder, 'all', name);
      mkdirSync(outdir, { recursive: true });
      const slices = wantedSlices(data).filter(({ cloud }) => ENGINES[cloud] === engine);
      const outputs = await makeSlices(slices, {
        plan: data,
        cache,
        tool: () => 'this one',
        layout,
        outdir,
        scratch: folder,
        processes: 1,
        run: async (jobs) => {
          for (const { data: part, outdir: into } of jobs) synthesizePlan(planFrom(part), folder, into);
        },
        onKnown: (stack) => known.push(stack),
      });
      layout.write(outdir, outputs);
    }
    return said(readTree(join(folder, 'all')));
  });
}

function said(tree: Readonly<Record<string, string>>): Record<string, unknown> {
  const common = /\/(manifest\.json|tree\.json)$/;
  return Object.fromEntries(
    Object.entries(tree).map(([path, text]) => [path, common.test(path) ? JSON.parse(text) : text]),
  );
}

const whole = (data: PlanData) =>
  withFolder((folder) => {
    synthesizePlan(planFrom(data), folder);
    return said(readTree(folder));
  });

test('whatever edits come after each other, what is taken from earlier runs is what would be made', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.nat(EDITS.length - 1), { minLength: 2, maxLength: 3 }), async (toggled) => {
      const cache = memoryCache();
      const applied = EDITS.map(() => false);
      let lock = LOCK;
      for (const index of toggled) {
        applied[index] = !applied[index];
        const planned = planOf(applied, lock);
        lock = planned.lock;
        expect(await made(planned.data, cache)).toEqual(await whole(planned.data));
      }
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 2) },
  ));

test('only what an edit changes is made again', async () => {
  const cache = memoryCache();
  await made(planOf([], LOCK).data, cache);
  const known: string[] = [];
  await made(planOf([true], LOCK).data, cache, known);
  expect(known.sort()).toEqual([
    'mini-ashburn-cluster',
    'mini-ashburn-network',
    'mini-aws-foundation',
    'mini-azure-foundation',
    'mini-google-foundation',
    'mini-oracle-foundation',
    'mini-oregon-cluster',
    'mini-oregon-network',
    'mini-virginia-cluster',
    'mini-virginia-network',
  ]);
});

test('without a cache everything is made', async () => {
  const known: string[] = [];
  await made(planOf([], LOCK).data, NO_CACHE, known);
  await made(planOf([], LOCK).data, NO_CACHE, known);
  expect(known).toEqual([]);
});

test('a stack that is wanted brings those that are made with it, and the foundation before them', () => {
  const { data } = planOf([], LOCK);
  const stacks = (wanted: readonly string[]) => wantedSlices(data, wanted).flatMap((slice) => slice.stacks);
  expect(stacks(['mini-iowa-cluster'])).toEqual(['mini-google-foundation', 'mini-iowa-network', 'mini-iowa-cluster']);
  expect(stacks(['mini-aws-foundation'])).toEqual(['mini-aws-foundation']);
  expect(stacks([])).toEqual([]);
});
