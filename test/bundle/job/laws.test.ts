import fc from 'fast-check';
import { checkManifest } from '../../../bundle/job/check';
import type { Outcome } from '../../../bundle/job/types';
import { bed, type JobText, jobText } from '../../helpers/queued';

/** Enough for a slip to be found, in seconds. */
const RUNS = { numRuns: 50 };

const RACK = 'estate/group';
const KEY = 'kueue.x-k8s.io/podset-';

const outcomeOf = (job: JobText, racks: readonly number[]): Outcome | undefined =>
  checkManifest(jobText(job), 'job.yaml', bed({ racks }))[0]?.told?.verdict.outcome;

const racks = fc.array(fc.integer({ min: 1, max: 18 }), { minLength: 1, maxLength: 5 });

const wishes = fc.oneof(
  fc.constant({}),
  fc.constantFrom('required', 'preferred').map((which) => ({ [`${KEY}${which}-topology`]: RACK })),
  fc.integer({ min: 1, max: 18 }).map((size) => ({
    [`${KEY}slice-required-topology`]: RACK,
    [`${KEY}slice-size`]: String(size),
  })),
);

const jobs = fc.record({
  pods: fc.integer({ min: 1, max: 60 }),
  annotations: wishes,
  limits: fc.integer({ min: 1, max: 5 }).map((count) => ({ 'nvidia.com/gpu': count })),
});

test('adding nodes or a rack never keeps a job from starting that started before', () => {
  fc.assert(
    fc.property(jobs, racks, fc.nat(4), fc.integer({ min: 1, max: 18 }), (job, before, which, more) => {
      fc.pre(outcomeOf(job, before) === 'admitted');
      const grown = before.map((nodes, index) => (index === which % before.length ? nodes + more : nodes));
      expect(outcomeOf(job, grown)).toBe('admitted');
      expect(outcomeOf(job, [...before, more])).toBe('admitted');
    }),
    RUNS,
  );
});

test('a job with more accelerators than all nodes have never starts, and one that has a node to itself in each does', () => {
  fc.assert(
    fc.property(racks, (own) => {
      const nodes = own.reduce((sum, each) => sum + each, 0);
      expect(outcomeOf({ pods: nodes }, own)).toBe('admitted');
      expect(outcomeOf({ pods: nodes + 1 }, own)).toBe('never');
    }),
    RUNS,
  );
});

test('a job of one rack starts where the largest rack has room for it, and only there', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), racks, (pods, own) => {
      const expected = pods <= Math.max(...own) ? 'admitted' : 'never';
      expect(outcomeOf({ pods, annotations: { [`${KEY}required-topology`]: RACK } }, own)).toBe(expected);
    }),
    RUNS,
  );
});

test('pods that slices leave over are told where the rest starts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 18 }), (pods, size) => {
      fc.pre(size <= pods && pods <= 54);
      const annotations = { [`${KEY}slice-required-topology`]: RACK, [`${KEY}slice-size`]: String(size) };
      const fits = 3 * Math.floor(18 / size) >= Math.floor(pods / size);
      const expected = !fits ? 'never' : pods % size === 0 ? 'admitted' : 'hangs';
      expect(outcomeOf({ pods, annotations }, [18, 18, 18])).toBe(expected);
    }),
    RUNS,
  );
});

test('a job is placed with all of its pods, on no more nodes of a group than it has', () => {
  fc.assert(
    fc.property(jobs, racks, (job, own) => {
      const verdict = checkManifest(jobText(job), 'job.yaml', bed({ racks: own }))[0]?.told?.verdict;
      fc.pre(verdict?.outcome === 'admitted');
      const groups = verdict?.clusters[0]?.placements[0]?.groups ?? [];
      expect(groups.reduce((sum, { pods }) => sum + pods, 0)).toBe(job.pods);
      for (const { group, nodes } of groups) expect(nodes).toBeLessThanOrEqual(own[Number(group.slice(1)) - 1] ?? 0);
    }),
    RUNS,
  );
});
