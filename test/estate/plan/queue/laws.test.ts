import fc from 'fast-check';
import { perNode } from '../../../../estate/plan/queue/quotas';
import type { FlavorQuotas, QueuePlan, QueueSet } from '../../../../estate/plan/queue/types';
import { type QueueBlueprint, queueBlueprints, queueInput, queueOf } from '../../../helpers/queues';

const planOf = (blueprint: QueueBlueprint) => queueOf(queueInput(blueprint)).queue;
const runs = { numRuns: 25 };

/** Every list of quotas of a set. */
function quotasOf({ queues, cohorts }: QueueSet): readonly FlavorQuotas[] {
  return [...queues.flatMap(({ flavors }) => flavors), ...cohorts.flatMap(({ quotas }) => quotas)];
}

function sumOf(set: QueueSet, flavor: string, resource: string): number {
  return quotasOf(set)
    .filter((each) => each.flavor === flavor)
    .flatMap(({ quotas }) => quotas)
    .reduce((sum, quota) => sum + (quota.resource === resource ? quota.nominal : 0), 0);
}

/** The plan with all numbers of one flavor, and with its groups and nodes, taken out. */
function without(queue: QueuePlan, flavor: string): unknown {
  const quotas = (list: readonly FlavorQuotas[]) =>
    list.map((each) =>
      each.flavor === flavor ? { ...each, quotas: each.quotas.map(({ resource }) => resource) } : each,
    );
  return queue.sets.map((set) => ({
    ...set,
    flavors: set.flavors.map((each) => (each.name === flavor ? { ...each, nodes: 0, groups: [] } : each)),
    queues: set.queues.map((each) => ({ ...each, flavors: quotas(each.flavors) })),
    cohorts: set.cohorts.map((each) => ({ ...each, quotas: quotas(each.quotas) })),
  }));
}

test('quotas of queues and cohorts are the nodes in service, of every resource of every flavor', () => {
  fc.assert(
    fc.property(queueBlueprints(), (blueprint) => {
      const { sets } = planOf(blueprint);
      for (const set of sets.filter(({ role }) => role !== 'manager')) {
        for (const flavor of set.flavors) {
          const resources = flavor.accelerator === 'cpu' ? ['cpu', 'memory', 'pods'] : ['nvidia.com/gpu', 'pods'];
          for (const resource of resources)
            expect(sumOf(set, flavor.name, resource)).toBe(flavor.nodes * perNode(flavor, resource));
        }
      }
      const [racks] = sets.flatMap(({ flavors }) => flavors.filter(({ cluster }) => cluster === 'east'));
      expect(racks?.nodes).toBe(blueprint.pools.racks * (18 - blueprint.pools.spares));
    }),
    runs,
  );
});

test('the manager gives out what its workers have less the floors of services', () => {
  fc.assert(
    fc.property(queueBlueprints(), (blueprint) => {
      const { sets } = planOf({ ...blueprint, hasManager: true });
      const hub = sets.find(({ role }) => role === 'manager');
      if (hub === undefined) throw new Error('there is no manager');
      for (const flavor of hub.flavors) {
        const isServed = flavor.cluster === 'oregon' && flavor.pool === 'train';
        const floor = isServed ? (blueprint.service?.min ?? 0) * (blueprint.service?.size ?? 0) : 0;
        const isUsed = hub.queues.some(({ flavors }) => flavors.some((each) => each.flavor === flavor.name));
        const given = isUsed ? (flavor.nodes - floor) * perNode(flavor, flavor.resource) : 0;
        expect(sumOf(hub, flavor.name, flavor.resource)).toBe(given);
      }
    }),
    runs,
  );
});

test('no quota is negative, nobody lends more than it has, and all are whole nodes', () => {
  fc.assert(
    fc.property(queueBlueprints(), (blueprint) => {
      for (const set of planOf(blueprint).sets) {
        const nodes = new Map(set.flavors.map((flavor) => [flavor.name, flavor]));
        for (const { flavor: name, quotas } of quotasOf(set)) {
          const flavor = nodes.get(name);
          if (flavor === undefined) throw new Error(`nobody has flavor ${name}`);
          for (const { resource, nominal, borrowing = 0, lending = 0 } of quotas) {
            expect(Math.min(nominal, borrowing, lending)).toBeGreaterThanOrEqual(0);
            expect(lending).toBeLessThanOrEqual(nominal);
            const each = perNode(flavor, resource);
            expect(each === 0 ? [nominal] : [nominal % each, borrowing % each, lending % each]).toEqual(
              each === 0 ? [0] : [0, 0, 0],
            );
          }
        }
      }
    }),
    runs,
  );
});

test('a further rack changes the numbers of its own flavor only', () => {
  fc.assert(
    fc.property(queueBlueprints(), (blueprint) => {
      const before = planOf(blueprint);
      const after = planOf({ ...blueprint, pools: { ...blueprint.pools, racks: blueprint.pools.racks + 1 } });
      const flavor =
        before.sets.flatMap(({ flavors }) => flavors).find(({ cluster }) => cluster === 'east')?.name ?? '';
      expect(without(after, flavor)).toEqual(without(before, flavor));
      expect(after.sets).not.toEqual(before.sets);
    }),
    runs,
  );
});

test('a further node changes the numbers of its own flavor only', () => {
  fc.assert(
    fc.property(queueBlueprints(), (blueprint) => {
      const before = planOf(blueprint);
      const after = planOf({ ...blueprint, pools: { ...blueprint.pools, nodes: blueprint.pools.nodes + 1 } });
      const [own] = before.sets
        .flatMap(({ flavors }) => flavors)
        .filter(({ cluster, pool }) => cluster === 'oregon' && pool === 'train');
      expect(without(after, own?.name ?? '')).toEqual(without(before, own?.name ?? ''));
    }),
    runs,
  );
});

test('the order of keys in the file does not matter', () => {
  const reversed = (value: unknown): unknown =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, member]) => [key, reversed(member)]),
        );
  fc.assert(
    fc.property(queueBlueprints(), (blueprint) => {
      const input = queueInput(blueprint);
      expect(queueOf(reversed(input) as object).queue).toEqual(queueOf(input).queue);
    }),
    runs,
  );
});

test('what a team has does not depend on how others are called, nor on the order in which they are written', () => {
  fc.assert(
    fc.property(queueBlueprints(), fc.stringMatching(/^[a-z]{9,12}$/), (blueprint, name) => {
      const [first, ...others] = blueprint.teams;
      if (first === undefined) return;
      const input = queueInput(blueprint);
      const { teams, ...queue } = input.queue as { teams: Record<string, unknown> };
      const { [first.key]: one, ...rest } = teams;
      const renamed = { ...rest, [name]: one };
      const [before, after] = [input, { ...input, queue: { ...queue, teams: renamed } }].map((each) =>
        queueOf(each).queue.sets.flatMap((set) =>
          set.queues.filter(({ owner }) => others.some(({ key }) => key === owner)),
        ),
      );
      expect(after).toEqual(before);
    }),
    runs,
  );
});

test('names fit labels of Kubernetes, and each is taken once', () => {
  fc.assert(
    fc.property(queueBlueprints(), (blueprint) => {
      for (const set of planOf(blueprint).sets) {
        const locals = set.localQueues.map(({ namespace, name }) => `${namespace}/${name}`);
        for (const names of [
          set.queues.map(({ name }) => name),
          set.cohorts.map(({ name }) => name),
          set.flavors.map(({ name }) => name),
          locals,
        ])
          expect(new Set(names).size).toBe(names.length);
        for (const { name } of [...set.queues, ...set.localQueues, ...set.flavors, ...set.topologies])
          expect(name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
      }
    }),
    runs,
  );
});

test('whatever a set names is in it', () => {
  fc.assert(
    fc.property(queueBlueprints(), (blueprint) => {
      for (const set of planOf(blueprint).sets) {
        const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name);
        const [flavors, cohorts, queues] = [names(set.flavors), names(set.cohorts), names(set.queues)];
        for (const { topology } of set.flavors)
          expect(topology === undefined ? [] : names(set.topologies)).toEqual(
            topology === undefined ? [] : expect.arrayContaining([topology]),
          );
        expect(flavors).toEqual(expect.arrayContaining(quotasOf(set).map(({ flavor }) => flavor)));
        expect(cohorts).toEqual(
          expect.arrayContaining([
            ...set.queues.map(({ cohort }) => cohort),
            ...set.cohorts.flatMap(({ parent }) => parent ?? []),
          ]),
        );
        expect(queues).toEqual(expect.arrayContaining(set.localQueues.map(({ clusterQueue }) => clusterQueue)));
        expect(names(set.checks)).toEqual(
          expect.arrayContaining(
            set.queues.flatMap(({ workersCheck = [], checks }) =>
              [workersCheck, checks.map(({ check }) => check)].flat(),
            ),
          ),
        );
      }
    }),
    runs,
  );
});
