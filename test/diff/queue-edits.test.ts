import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterObject } from '../../bundle/types';
import { planTexts } from '../../cli/diff';
import { type EstateTexts, readFileTexts } from '../../cli/diff-base';
import { compareBundles } from '../../cli/diff-bundles';
import { diffDocument } from '../../cli/json/diff';
import { bundleEdits } from '../../diff/bundle-edits';
import { HOLDING, QUEUE_EDIT_ROWS, QUEUE_EDITS } from '../../diff/facts/queue';
import { jobItems, jobLines, jobsJson, reportedJobs } from '../../diff/job-words';
import { queueEdits } from '../../diff/queue-edits';
import { softwareEdits } from '../../diff/software-edits';
import { planQueue } from '../../estate/plan/queue/plan-queue';
import type { QueuePlan } from '../../estate/plan/queue/types';
import { planSoftware } from '../../estate/plan/software/plan-software';
import type { ComponentPlan, SoftwarePlan } from '../../estate/plan/software/types';
import { ROOT } from '../helpers/cli';

const FILE = join(ROOT, 'examples/queue.yaml');
const TEXTS = readFileTexts(FILE);

/** The example with some of its words replaced by others. */
function edited(...words: readonly (readonly [from: string, to: string])[]): EstateTexts {
  const text = words.reduce(
    (each, [from, to]) => {
      if (!each.includes(from)) throw new Error(`the example does not say ${from}`);
      return each.replaceAll(from, to);
    },
    readFileSync(FILE, 'utf8'),
  );
  return { ...TEXTS, text };
}

const planned = planTexts(TEXTS);
const before = planQueue(planned.loaded.estate, planned.plan);

function editsOf(...words: readonly (readonly [from: string, to: string])[]) {
  const { loaded, plan } = planTexts(edited(...words));
  return queueEdits(before, planQueue(loaded.estate, plan)).map(({ edit, cluster, what }) => [edit, cluster, what]);
}

describe('what an edit of an estate does to its queues', () => {
  test('is nothing where nothing changes', () => {
    expect(editsOf()).toEqual([]);
  });

  test.each<[string, readonly [string, string], readonly (readonly unknown[])[]]>([
    [
      'a rack less',
      ['racks: 4, spareTraysPerRack: 2', 'racks: 3, spareTraysPerRack: 2'],
      [
        ['nodes-fewer', 'eastus2', 'nodes of pool train: 64 -> 48'],
        [
          'quota-lower',
          'eastus2',
          expect.stringMatching(/^quota of queue gb300 in eastus2-train-\w+: 256 -> 192 nvidia/),
        ],
        ['quota-lower', 'hub', expect.stringMatching(/^quota of queue research-gb300 in eastus2-train-\w+: 128 -> 96/)],
      ],
    ],
    [
      'a higher floor of a service',
      ['replicas: { min: 2, max: 6 }', 'replicas: { min: 4, max: 6 }'],
      [['floor-higher', 'ashburn', expect.stringMatching(/^floor of queue embed in ashburn-train-\w+: 16 -> 32 amd/)]],
    ],
    [
      'a team in another group',
      ['robotics: { group: labs, ', 'robotics: { '],
      [['cohort-changed', 'hub', 'queue robotics-b300: orbit-b300-labs -> orbit-b300']],
    ],
    [
      'a smaller share of a team',
      ['product: { shares: { gb300: 30,', 'product: { shares: { gb300: 15,'],
      [['quota-lower', 'hub', expect.stringMatching(/^quota of queue product-gb300 in ashburn-racks-\w+: \d+ -> \d+/)]],
    ],
    [
      'less that a team may borrow',
      ['borrow: { gb300: 20, b300: 30', 'borrow: { gb300: 20, b300: 10'],
      [['borrowing-lower', 'hub', expect.stringMatching(/^borrowing of queue robotics-b300 in virginia-train-\w+/)]],
    ],
    [
      'a team less',
      [
        '    robotics: { group: labs, shares: { gb300: 10, b300: 20, mi355x: 25, cpu: 25 }, borrow: { gb300: 20, b300: 30, cpu: 50 } }\n',
        '',
      ],
      [
        ['queue-removed', 'hub', 'queue robotics-gb300'],
        ['local-queue-removed', 'eastus2', 'queue gb300 of robotics'],
        ['namespace-removed', 'eastus2', 'namespace robotics'],
      ],
    ],
    [
      'less that a team lends',
      ['floor: { gb300: 10 }', 'floor: { gb300: 25 }'],
      [
        [
          'lending-lower',
          'hub',
          expect.stringMatching(/^lending of queue product-gb300 in eastus2-train-\w+: 52 -> 12 nv/),
        ],
      ],
    ],
    [
      'another weight',
      ['weight: 2', 'weight: 4'],
      [['preemption-changed', 'hub', 'weight of queue research-gb300: 2 -> 4']],
    ],
    [
      'another way to take back',
      ['weight: 2', 'weight: 2, preemption: { reclaim: never }'],
      [['preemption-changed', 'hub', 'reclaim of queue research-gb300: Any -> Never']],
    ],
    [
      'a pool more',
      ['      prepare: {', '      more: { machine: m7i.24xlarge, nodes: 2, zone: us-east-1b }\n      prepare: {'],
      [['nodes-more', 'virginia', 'nodes of pool more: 0 -> 2']],
    ],
    [
      'no fair sharing',
      ['fairSharing: true', 'fairSharing: false'],
      [['fair-sharing-changed', '', 'fair sharing true -> false']],
    ],
  ])('tells of %s', (_, words, told) => {
    expect(editsOf(words)).toEqual(expect.arrayContaining([...told]));
  });

  test('tells a flavor that is another one from one that goes', () => {
    const renamed = (set: QueuePlan['sets'][number]): QueuePlan['sets'][number] => ({
      ...set,
      flavors: set.flavors.flatMap((flavor) => {
        if (flavor.pool === 'burst') return [];
        return flavor.pool === 'slices' ? [{ ...flavor, name: 'manassas-slices-0' }] : [flavor];
      }),
    });
    const after = { ...before, sets: before.sets.map((set) => (set.shard === 'manassas' ? renamed(set) : set)) };
    const told = queueEdits(before, after).filter(({ edit }) => edit.startsWith('flavor'));
    expect([...told].sort((one, other) => (one.edit < other.edit ? -1 : 1))).toEqual([
      {
        edit: 'flavor-removed',
        cluster: 'manassas',
        what: expect.stringMatching(/^flavor manassas-burst-/),
        held: { cluster: 'manassas', queues: ['b200'] },
      },
      {
        edit: 'flavor-renamed',
        cluster: 'manassas',
        what: expect.stringMatching(/^flavor manassas-slices-\w{8} -> manassas-slices-0$/),
        held: { cluster: 'manassas', queues: ['tpu-v6e'] },
      },
    ]);
  });

  test('tells that a topology stands beside the old one', () => {
    const [set] = before.sets.filter(({ shard }) => shard === 'eastus2');
    const [topology] = set?.topologies ?? [];
    const other = before.sets.map((each) =>
      each.shard === 'eastus2' ? { ...each, topologies: [{ name: 'other', levels: [] }] } : each,
    );
    expect(queueEdits(before, { ...before, sets: other })).toEqual([
      { edit: 'topology-replaced', cluster: 'eastus2', what: `topology ${topology?.name}` },
    ]);
  });

  test('tells of no jobs that end for a service where none run', () => {
    expect(editsOf(['replicas: { min: 1, max: 4 }', 'replicas: { min: 2, max: 4 }'])).toEqual([]);
  });

  test('tells of no weight where nobody shares by it', () => {
    const unfair = { ...before, fairSharing: false };
    const heavier = unfair.sets.map((set) => ({
      ...set,
      queues: set.queues.map((queue) => ({ ...queue, weight: 7 })),
    }));
    expect(queueEdits(unfair, { ...unfair, sets: heavier })).toEqual([]);
  });

  test('tells that a cluster goes as a whole, of none of its queues', () => {
    const sets = before.sets.filter(({ shard }) => shard !== 'eastus2');
    const left = sets.map(({ shard }) => shard);
    expect(queueEdits(before, { ...before, sets }, left).filter(({ cluster }) => cluster === 'eastus2')).toEqual([
      {
        edit: 'cluster-removed',
        cluster: 'eastus2',
        what: 'all of it',
        held: { cluster: 'eastus2', queues: ['gb300'] },
      },
    ]);
  });

  test('tells of another manager once, not of each of its workers', () => {
    const { manager: _, ...alone } = before;
    expect(queueEdits(before, alone).map(({ edit }) => edit)).toEqual(['manager-changed']);
  });

  test('tells which workers and which manager go', () => {
    const sets = before.sets.map((set) =>
      set.role === 'manager' ? { ...set, flavors: set.flavors.filter(({ shard }) => shard !== 'ashburn') } : set,
    );
    expect(queueEdits(before, { ...before, sets })).toContainEqual({
      edit: 'worker-removed',
      cluster: 'hub',
      what: 'worker ashburn',
      held: { cluster: 'ashburn', queues: ['gb300', 'mi355x'] },
    });
    const { manager: _, ...alone } = before;
    expect(queueEdits(before, alone)).toContainEqual({
      edit: 'manager-changed',
      cluster: 'hub',
      what: 'manager hub -> none',
      held: { cluster: 'hub', queues: expect.arrayContaining(['product-gb300', 'research-gb300', 'robotics-gb300']) },
    });
  });

  test('tells which priorities have another value', () => {
    const priorities = before.priorities.map((each) => (each.name === 'high' ? { ...each, value: 950 } : each));
    expect(queueEdits(before, { ...before, priorities })).toEqual([
      { edit: 'priority-changed', cluster: '', what: 'priority high: 900 -> 950' },
    ]);
    const fewer = before.priorities.filter(({ name }) => name !== 'high');
    expect(queueEdits(before, { ...before, priorities: fewer })).toEqual([
      { edit: 'priority-removed', cluster: '', what: 'priority high of 900' },
    ]);
  });
});

describe('what an edit does to software', () => {
  const component = (name: string, gives: ComponentPlan['gives'], version = '1.0.0'): ComponentPlan => ({
    name,
    title: name,
    namespace: name,
    source: { kind: 'helm', url: 'https://charts.example', chart: name, version },
    values: {},
    gives,
    pools: [],
    needs: [],
    isPrivileged: false,
    hasSystemPriority: false,
  });
  const plan = (...components: readonly ComponentPlan[]): SoftwarePlan => ({
    sets: [{ shard: 'ohio', components, owners: [] }],
  });

  test('depends on how it comes to nodes', () => {
    const was = plan(
      component('kueue', ['queue']),
      component('plugin', ['device-plugin']),
      component('dcgm', ['exporter']),
    );
    const is = plan(
      { ...component('kueue', ['queue']), values: { replicas: 2 } },
      component('plugin', ['device-plugin'], '2.0.0'),
    );
    expect(softwareEdits(was, is)).toEqual([
      { edit: 'queue-software-changed', cluster: 'ohio', what: 'kueue: other values' },
      { edit: 'component-changed', cluster: 'ohio', what: 'plugin 1.0.0 -> 2.0.0' },
      { edit: 'component-removed', cluster: 'ohio', what: 'dcgm 1.0.0' },
    ]);
    expect(softwareEdits(was, was)).toEqual([]);
  });

  test.each([
    ['eastus2', 'gpu-operator', 'driver-changed'],
    ['eastus2', 'network-operator', 'driver-changed'],
    // Images of nodes there have the driver.
    ['virginia', 'gpu-operator', 'component-changed'],
    ['virginia', 'aws-efa-device-plugin', 'component-changed'],
    ['eastus2', 'nvidia-dra-driver', 'component-changed'],
    ['manassas', 'gib', 'library-changed'],
    ['manassas', 'gib-arm64', 'library-changed'],
    ['hub', 'jobset', 'component-changed'],
    ['hub', 'kueue', 'queue-software-changed'],
  ])('in %s of another version of %s is %s', (cluster, name, edit) => {
    const was = planSoftware(planned.loaded.estate, planned.plan, before);
    const next = (each: ComponentPlan): ComponentPlan =>
      each.name !== name ? each : { ...each, values: { ...each.values, changed: true } };
    const sets = was.sets.map((set) =>
      set.shard === cluster ? { ...set, components: set.components.map(next) } : set,
    );
    expect(softwareEdits(was, { sets })).toEqual([{ edit, cluster, what: `${name}: other values` }]);
  });
});

describe('the report', () => {
  const less = planTexts(edited(['racks: 4, spareTraysPerRack: 2', 'racks: 3, spareTraysPerRack: 2']));
  const jobs = compareBundles(planned, less, true);

  test('says nothing where two estates want the same of their clusters', () => {
    expect(compareBundles(planned, planned, false)).toBeUndefined();
    expect(compareBundles(planned, planned, true)).toBeUndefined();
    expect([jobLines(undefined, true), jobItems(undefined)]).toEqual([[], []]);
  });

  test('says once what happens to all that one kind of edit is about', () => {
    const lines = jobLines(jobs, false);
    expect(lines.slice(0, 4)).toEqual([
      'What it does to jobs, when the bundle is applied',
      '  eastus2: nodes of pool train: 64 -> 48',
      expect.stringMatching(/^ {4}jobs on nodes that go are ended as a whole within seconds/),
      expect.stringMatching(/^ {4}before: apply the bundle first, and cordon the nodes/),
    ]);
    expect(lines.filter((line) => line.includes('by itself it ends nothing: running jobs go on'))).toHaveLength(1);
    expect(jobItems(jobs)[0]).toMatch(/^- `eastus2: nodes of pool train: 64 -> 48`: jobs on nodes that go/);
    for (const line of jobLines(jobs, true)) expect(line.length).toBeLessThanOrEqual(120);
  });

  test('lets jobs end by holding their queues, of each cluster in one command', () => {
    const edit = (cluster: string, queues: readonly string[]) =>
      ({ edit: 'flavor-renamed', cluster, what: `flavor ${cluster}`, held: { cluster, queues } }) as const;
    const none = { changes: [], refused: [] };
    const few = reportedJobs(none, [edit('ohio', ['gb300']), edit('ohio', ['b300', 'gb300']), edit('texas', ['h200'])]);
    expect(jobLines(few, true).slice(4)).toEqual([
      '    the new flavor stands beside the old one: running jobs go on and no quota counts them any more, so that more is',
      '    admitted than fits; the old flavor hangs on its finalizer until no queue names it',
      '    before: let jobs end first: hold its queues, and apply the bundle when RUNNING is 0; HoldAndDrain in the place of',
      '    Hold ends them at once, to be queued again',
      `      kubectl --context ohio patch clusterqueue b300 gb300 --type merge --patch '{"spec":{"stopPolicy":"Hold"}}'`,
      '      kubectl --context ohio get clusterqueue b300 gb300 --output custom-columns=QUEUE:.metadata.name,RUNNING:.status.admittedWorkloads',
      `      kubectl --context texas patch clusterqueue h200 --type merge --patch '{"spec":{"stopPolicy":"Hold"}}'`,
      '      kubectl --context texas get clusterqueue h200 --output custom-columns=QUEUE:.metadata.name,RUNNING:.status.admittedWorkloads',
    ]);
    expect(jobItems(few)[0]).toContain(`queued again. \`kubectl --context ohio patch clusterqueue b300 gb300 --type`);
    const document = diffDocument.partial().parse(few === undefined ? {} : jobsJson(few));
    expect(document.jobs?.[2]?.run?.[0]).toMatch(/^kubectl --context texas patch clusterqueue h200 /);
    const many = ['a', 'b', 'c', 'd', 'e'].map((cluster) => edit(cluster, ['gb300']));
    expect(jobLines(reportedJobs(none, many), true).at(-2)).toBe(
      `      kubectl --context CLUSTER patch clusterqueue QUEUE --type merge --patch '{"spec":{"stopPolicy":"Hold"}}'`,
    );
  });

  test('ends no job of its own accord: what is advised lets jobs end', () => {
    for (const edit of QUEUE_EDITS) {
      expect([edit, QUEUE_EDIT_ROWS[edit].way ?? '']).toEqual([
        edit,
        expect.not.stringMatching(/^(?!.*Hold ).*HoldAndDrain/),
      ]);
    }
    expect(HOLDING.commands.join()).not.toContain('HoldAndDrain');
  });

  test('has in its JSON each edit with what it was tried with and where that is said', () => {
    const parsed = diffDocument.partial().parse(jobs === undefined ? {} : jobsJson(jobs));
    expect(parsed.jobs?.[0]).toMatchObject({
      edit: 'nodes-fewer',
      cluster: 'eastus2',
      measured: 'Kueue 0.19.2 on Kubernetes 1.36.3',
    });
    expect(parsed.bundle ?? []).toEqual(jobs?.changes);
  });

  test('says of more nodes, in one line, that jobs start once the bundle is applied', () => {
    const grown = compareBundles(less, planned, true);
    const said = 'Jobs start on more nodes once the bundle is applied, not when the nodes are there';
    expect(jobLines(grown, false)).toEqual([`${said}: eastus2: nodes of pool train: 48 -> 64`]);
    expect(jobItems(grown)).toEqual([`- ${said}: \`eastus2: nodes of pool train: 48 -> 64\`.`]);
    expect(grown?.edits.map(({ edit }) => edit)).toEqual(['nodes-more']);
  });

  test('names the namespace of what no server changes', () => {
    const object = (clusterQueue: string): ClusterObject => ({
      shard: 'ohio',
      part: 'queue',
      identity: 'gb300',
      object: {
        apiVersion: 'kueue.x-k8s.io/v1beta2',
        kind: 'LocalQueue',
        metadata: { name: 'gb300', namespace: 'training' },
        spec: { clusterQueue },
      },
    });
    expect(bundleEdits([object('gb300')], [object('research-gb300')]).refused).toEqual([
      { edit: 'immutable', cluster: 'ohio', what: 'LocalQueue training/gb300: spec.clusterQueue' },
    ]);
  });
});

test('each kind of edit was tried, or says what of it is assumed, or is said by Kubernetes', () => {
  for (const edit of QUEUE_EDITS) {
    const { measured, unverified, source } = QUEUE_EDIT_ROWS[edit];
    const isTold = measured !== undefined || unverified !== undefined || source.startsWith('https://kubernetes.io/');
    expect([edit, isTold]).toEqual([edit, true]);
  }
});
