import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { makeBundle } from '../../bundle/bundle';
import { identityOf } from '../../bundle/files';
import type { Bundle, KubeObject } from '../../bundle/types';
import { ROOT } from '../helpers/cli';
import { type EstateInput, estateOf, lockAndResolve } from '../helpers/estates';

/** The example of queues, as it is written. */
interface Written {
  clusters: Record<string, { pools?: Record<string, Record<string, unknown>> }>;
  queue: { teams: Record<string, Record<string, unknown>> };
}

const TEXT = readFileSync(join(ROOT, 'examples/queue.yaml'), 'utf8');

function edited(edit: (written: Written) => void = () => {}): Bundle {
  const written = parse(TEXT) as Written;
  edit(written);
  return bundleOf(written);
}

function bundleOf(written: unknown): Bundle {
  const estate = estateOf(written as EstateInput);
  return makeBundle(estate, lockAndResolve(estate).plan, { gitops: 'flux' });
}

const EXAMPLE = edited();

/** The value with the members of every map in another order; lists keep theirs. */
function reordered<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reordered) as T;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).reverse();
  return Object.fromEntries(members.map(([key, member]) => [key, reordered(member)])) as T;
}

/** What is applied by itself, by shard and identity. */
function applied({ files }: Bundle): Map<string, KubeObject> {
  const objects = files.flatMap(({ object, shard, part }) =>
    object === undefined || part === 'acceptance' ? [] : [[`${shard}/${identityOf(object)}`, object] as const],
  );
  return new Map(objects);
}

/** Objects that both have and that differ. */
function changed(before: Bundle, after: Bundle): [string, KubeObject, KubeObject][] {
  const old = applied(before);
  return [...applied(after)].flatMap(([key, object]): [string, KubeObject, KubeObject][] => {
    const was = old.get(key);
    return was === undefined || JSON.stringify(was) === JSON.stringify(object) ? [] : [[key, was, object]];
  });
}

const keys = (bundle: Bundle) => [...applied(bundle).keys()].sort();

/** The object without numbers of quotas of one flavor. */
function withoutQuota(object: KubeObject, flavor: RegExp): unknown {
  return JSON.parse(JSON.stringify(object), (_key, value: unknown) => {
    const { name, resources } = (value ?? {}) as { name?: unknown; resources?: unknown };
    return typeof name === 'string' && flavor.test(name) && Array.isArray(resources) ? name : value;
  });
}

describe('an edit of an estate changes of its bundle', () => {
  test('nothing, when only the order of what is written is another', () => {
    expect(bundleOf(reordered(parse(TEXT)))).toEqual(EXAMPLE);
  });

  test('numbers of quotas of one flavor and nothing else, when racks are added', () => {
    const withRacks = (racks: number) =>
      edited(({ clusters }) => {
        const pool = clusters.eastus2?.pools?.train;
        if (pool !== undefined) pool.racks = racks;
      });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3 }), (racks, more) => {
        const [before, after] = [withRacks(racks), withRacks(racks + more)];
        expect(keys(after)).toEqual(keys(before));
        const differs = changed(before, after);
        expect(differs.length).toBeGreaterThan(0);
        for (const [key, was, is] of differs) {
          expect(key).toMatch(/^(eastus2|hub)\/kueue\.x-k8s\.io\/(ClusterQueue|Cohort)\//);
          expect(withoutQuota(is, /^eastus2-train-/)).toEqual(withoutQuota(was, /^eastus2-train-/));
        }
      }),
      { numRuns: 2 },
    );
  });

  test('the objects of a team and no others, when it leaves', () => {
    const before = EXAMPLE;
    const after = edited(({ queue }) => {
      delete queue.teams.product;
    });
    const left = new Set(keys(after));
    expect(keys(after).filter((key) => !applied(before).has(key))).toEqual([]);
    const gone = keys(before).filter((key) => !left.has(key));
    expect(gone).toContain('hub/kueue.x-k8s.io/ClusterQueue//product-gb300');
    expect(gone).toContain('eastus2/kueue.x-k8s.io/LocalQueue/product/gb300');
    for (const key of gone) expect(key).toMatch(/[/]product(-|\/|$)/);
    // What starts Kueue anew is the same: its jobs that still run stay managed.
    const values = (bundle: Bundle) => bundle.files.filter(({ path }) => /\/values-[^/]+$/.test(path));
    expect(values(after)).toEqual(values(before));
    // What it had is for all to borrow, and queues of workers name it no more.
    for (const [key] of changed(before, after)) expect(key).toMatch(/\/kueue\.x-k8s\.io\/(ClusterQueue|Cohort)\//);
  });

  test('objects of its own and no others, when a further cluster is added', () => {
    const before = EXAMPLE;
    const after = edited(({ clusters }) => {
      clusters.further = {
        ...clusters.virginia,
        pools: { train: { accelerator: 'b300', nodes: 4, zone: 'us-east-1a' } },
      };
      Object.assign(clusters.further, { mounts: [] });
    });
    expect(keys(before).filter((key) => !applied(after).has(key))).toEqual([]);
    const added = keys(after).filter((key) => !applied(before).has(key));
    for (const key of added) expect(key).toMatch(/^further\/|^hub\/.*further/);
    for (const [key] of changed(before, after))
      expect(key).toMatch(/^hub\/kueue\.x-k8s\.io\/(ClusterQueue|Cohort|MultiKueueConfig)\//);
  });
});
