import type { Changes } from '../fixtures';
import type { RuleTable } from './table';

const hub = { 'clusters.hub': { site: 'ohio' }, 'queue.manager': 'hub' };
const team = (own: object = {}): Changes => ({ 'queue.teams.research': own });
const teams = (...shares: readonly object[]): Changes => ({
  'queue.teams': Object.fromEntries(shares.map((own, index) => [`team${index + 1}`, own])),
});
const chat = (own: object = {}): Changes => ({
  'queue.serving.chat': { cluster: 'ohio', replicas: { min: 1, max: 4 }, ...own },
});
const serve = { 'clusters.ohio.pools.train.purpose': 'serving' };
const train = (own: object) => ({ accelerator: 'h200', nodes: 1, zone: 'us-east-2b', ...own });
const many = (count: number, make: (index: number) => [string, unknown]) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)));
const taint = (index: number) => ({ key: `example.com/t${index}`, value: '', effect: 'NoSchedule' });

/** Rules on the queue. */
export const QUEUE_RULES: Readonly<Record<string, RuleTable>> = {
  QueueAccelerator: {
    holds: [
      {},
      team(),
      team({ shares: { gb300: 50, gb200: 1, mi355x: 100, 'tpu-v7x': 1 }, borrow: { h200: 10 } }),
      {
        ...team({ shares: { cpu: 10 } }),
        'clusters.ohio.pools.data': { machine: 'm7i.8xlarge', nodes: 2, zone: 'us-east-2a' },
      },
    ],
    fails: [
      [team({ shares: { b300: 50 } }), 'queue.teams.research.shares.b300', 'no pool that jobs run on has "b300"'],
      [
        team({ borrow: { b200: 5 } }),
        'queue.teams.research.borrow.b200',
        'jobs run on gb200, gb300, h200, mi355x and tpu-v7x',
      ],
      [
        team({ shares: { cpu: 50 } }),
        'queue.teams.research.shares.cpu',
        'all pools that jobs run on have accelerators',
      ],
      [
        team({ shares: { gb300: 50, gb200: 1, mi355x: 1, 'tpu-v7x': 1 }, borrow: 'none' }),
        'clusters.ohio.pools.train',
        'no team has a share of "h200" or may borrow it',
      ],
    ],
  },
  QueueGroupCycle: {
    holds: [{ 'queue.groups': { labs: { parent: 'company' }, company: {} } }],
    fails: [
      [
        { 'queue.groups': { labs: { parent: 'labs' } } },
        'queue.groups.labs.parent',
        '"labs" is part of itself: labs in labs',
      ],
      [
        { 'queue.groups': { a: { parent: 'b' }, b: { parent: 'c' }, c: { parent: 'a' }, d: { parent: 'a' } } },
        'queue.groups.b.parent',
        'b in c in a in b',
      ],
    ],
  },
  QueueLimit: {
    holds: [
      { ...hub, 'clusters.ohio.pools': many(64, (index) => [`p${index}`, train({})]) },
      { ...team(), 'clusters.ohio.pools.train.taints': Array.from({ length: 7 }, (_, index) => taint(index)) },
      // With that of the estate, as many as the manager sends to.
      { ...hub, ...many(19, (index) => [`clusters.c${index}`, { site: 'ohio', pools: { train: train({}) } }]) },
      { 'clusters.ohio.pools.train.taints': Array.from({ length: 9 }, (_, index) => taint(index)) },
    ],
    fails: [
      [
        { ...hub, 'clusters.ohio.pools': many(65, (index) => [`p${index}`, train({})]) },
        'queue.manager',
        '65 pools have "h200", and a queue of the manager takes 64',
      ],
      [
        { ...team(), 'clusters.ohio.pools': many(65, (index) => [`p${index}`, train({})]) },
        'clusters.ohio',
        '65 pools of the cluster have "h200", and a queue takes 64',
      ],
      [
        {
          ...hub,
          ...many(20, (index) => [`clusters.c${index}`, { site: 'ohio', pools: { train: train({}) } }]),
        },
        'queue.manager',
        '21 clusters have "h200", and the manager sends to 20',
      ],
      [
        { ...team(), 'clusters.ohio.pools.train.taints': Array.from({ length: 8 }, (_, index) => taint(index)) },
        'clusters.ohio.pools.train.taints',
        'nodes have 9 taints with those of their machine',
      ],
    ],
  },
  QueueManager: {
    holds: [hub, { ...hub, 'clusters.hub.pools': { data: { machine: 'm7i.8xlarge', nodes: 2, zone: 'us-east-2a' } } }],
    fails: [
      [{ 'queue.manager': 'ohio' }, 'queue.manager', 'the manager has accelerators, in pool "train"'],
      [
        {
          ...hub,
          'clusters.hub.pools': { data: { machine: 'm7i.8xlarge', nodes: 2, zone: 'us-east-2a' } },
          ...chat({ cluster: 'hub' }),
        },
        'queue.serving.chat.cluster',
        'service "chat" runs in the manager',
      ],
      [
        { clusters: { hub: { site: 'ohio' } }, 'queue.manager': 'hub', acknowledge: [] },
        'queue.manager',
        'no other cluster has a pool that jobs run on',
      ],
    ],
  },
  QueueName: {
    holds: [team(), { ...team(), ...chat() }, { 'queue.priorities': { urgent: 5 } }],
    fails: [
      [
        {
          [`queue.teams.${'t'.repeat(40)}`]: {},
          'catalog.accelerators': {
            [`x${'y'.repeat(30)}`]: {
              vendor: 'own',
              title: 'X',
              resourceName: 'example.com/x',
              source: 'the maker of it',
              checked: '2026-11',
            },
          },
          'clusters.ohio.pools.own': train({ accelerator: `x${'y'.repeat(30)}` }),
        },
        `queue.teams.${'t'.repeat(40)}`,
        '72 characters long, and a label takes 63',
      ],
      [
        { ...team(), ...{ 'queue.serving.h200': { cluster: 'ohio', replicas: { min: 1, max: 1 } } } },
        'queue.serving.h200',
        'queue "h200" is that of accelerator "h200" already',
      ],
      [
        { ...team(), 'queue.serving.research-h200': { cluster: 'ohio', replicas: { min: 1, max: 1 } } },
        'queue.serving.research-h200',
        'is that of team "research" and "h200" already',
      ],
      [
        {
          'queue.teams': { research: {}, 'research-own': {} },
          'catalog.accelerators': {
            x: {
              vendor: 'own',
              title: 'X',
              resourceName: 'example.com/x',
              source: 'the maker of it',
              checked: '2026-11',
            },
            'own-x': {
              vendor: 'own',
              title: 'X',
              resourceName: 'example.com/x',
              source: 'the maker of it',
              checked: '2026-11',
            },
          },
          'clusters.ohio.pools.one': train({ accelerator: 'x' }),
          'clusters.ohio.pools.two': train({ accelerator: 'own-x' }),
        },
        'queue.teams.research-own',
        'queue "research-own-x" is that of team "research" and "own-x" already',
      ],
      [{ 'queue.priorities': { serving: 5 } }, 'queue.priorities.serving', 'is that of services'],
      [{ 'queue.priorities': { 'system-node': 5 } }, 'queue.priorities.system-node', 'is that of Kubernetes itself'],
    ],
  },
  QueueNamespace: {
    holds: [
      teams({}, { namespace: 'training' }),
      teams({ namespace: 'kube' }, { namespace: 'gke' }, { namespace: 'flux' }),
      { ...teams({ namespace: 'shared' }), ...chat({ namespace: 'shared' }) },
      { 'clusters.ohio.workload': { namespace: 'other', serviceAccount: 'training' } },
      { ...hub, ...team(), 'clusters.ohio.workload': { namespace: 'other', serviceAccount: 'training' } },
    ],
    fails: [
      [teams({ namespace: 'team2' }, {}), 'queue.teams.team2', 'team "team1" has namespace "team2" already'],
      [
        teams({}, { namespace: 'kube-system' }),
        'queue.teams.team2.namespace',
        'namespace "kube-system" is that of Kubernetes',
      ],
      ...[
        ['flux-system', 'Flux'],
        ['argocd', 'Argo CD'],
        ['kube-flannel', 'Kubernetes'],
        ['amazon-cloudwatch', 'the add-on amazon-cloudwatch-observability of EKS'],
        ['gatekeeper-system', 'Azure Policy for AKS'],
        ['gke-managed-system', 'GKE'],
        ['gmp-system', 'GKE'],
        ['calico-system', 'Calico'],
        ['gpu-operator', 'NVIDIA GPU Operator'],
      ].map(([name, owner]): [Changes, string, string] => [
        { [`queue.teams.${name}`]: {} },
        `queue.teams.${name}`,
        `namespace "${name}" is that of ${owner}`,
      ]),
      [{ 'queue.teams.kueue-system': {} }, 'queue.teams.kueue-system', 'choose another one'],
      [chat({ namespace: 'default' }), 'queue.serving.chat.namespace', 'namespace "default" is that of Kubernetes'],
      [
        { ...hub, 'clusters.phoenix.workload': { namespace: 'other', serviceAccount: 'training' } },
        'clusters.phoenix.workload.namespace',
        'that of "ohio" is "training" and not that of "phoenix"',
      ],
    ],
  },
  QueuePreemption: {
    holds: [
      { 'queue.fairSharing': true, 'queue.preemption': { borrowing: 'never' } },
      { 'queue.preemption': { borrowing: 'lower-priority' } },
    ],
    fails: [
      [
        { 'queue.fairSharing': true, 'queue.preemption': { borrowing: 'lower-priority' } },
        'queue.preemption.borrowing',
        'who ends for whom is decided by fair sharing',
      ],
      [
        { 'queue.fairSharing': true, ...team({ preemption: { borrowing: 'lower-priority' } }) },
        'queue.teams.research.preemption.borrowing',
        'or fairSharing',
      ],
    ],
  },
  QueueReach: {
    holds: [
      {
        ...hub,
        links: {
          a: { between: ['ohio', 'east'] },
          b: { between: ['ohio', 'iowa'] },
          c: { between: ['east', 'phoenix'] },
          d: { between: ['ohio', 'phoenix'], via: 'east' },
        },
      },
      team(),
    ],
    fails: [
      [hub, 'clusters.east.site', 'no link joins site "east" with "ohio", where the manager of the queue is'],
      [hub, 'clusters.phoenix.site', 'add links.ohio-phoenix: { between: [ohio, phoenix] }'],
    ],
  },
  QueueReference: {
    holds: [
      { ...hub, ...chat({ pool: 'train' }) },
      { ...team({ group: 'labs' }), 'queue.groups': { labs: {} } },
    ],
    fails: [
      [{ 'queue.manager': 'ohoi' }, 'queue.manager', 'there is no cluster "ohoi"; did you mean "ohio"?'],
      [chat({ cluster: 'nowhere' }), 'queue.serving.chat.cluster', 'there is no cluster "nowhere"'],
      [chat({ pool: 'trian' }), 'queue.serving.chat.pool', 'has no pool "trian"; did you mean "train"?'],
      [
        { ...team({ group: 'lab' }), 'queue.groups': { labs: {} } },
        'queue.teams.research.group',
        'did you mean "labs"?',
      ],
      [team({ group: 'labs' }), 'queue.teams.research.group', 'there are no groups yet'],
      [{ 'queue.groups': { labs: { parent: 'company' } } }, 'queue.groups.labs.parent', 'there is no group "company"'],
      [team({ shares: { gb30: 5 } }), 'queue.teams.research.shares.gb30', 'did you mean "gb300"?'],
      [team({ shares: 50, floor: { gpu: 5 } }), 'queue.teams.research.floor.gpu', '"gpu" is not in the catalog'],
    ],
  },
  QueueServing: {
    holds: [
      chat(),
      chat({ nodesPerReplica: 4 }),
      { ...chat({ cluster: 'iowa', pool: 'racks', replicas: { min: 0, max: 36 } }) },
      { ...chat({ cluster: 'iowa' }), 'clusters.iowa.pools.slices.purpose': 'serving' },
    ],
    fails: [
      [chat({ replicas: { min: 3, max: 2 } }), 'queue.serving.chat.replicas.min', 'write min: 2 or less'],
      [chat({ cluster: 'iowa' }), 'queue.serving.chat', 'write pool: racks or slices'],
      [
        chat({ nodesPerReplica: 5 }),
        'queue.serving.chat.replicas.max',
        'wants 20 nodes, and pool "train" of "ohio" has 16 in service',
      ],
      [
        {
          ...chat({ replicas: { min: 1, max: 12 } }),
          'queue.serving.embed': { cluster: 'ohio', replicas: { min: 1, max: 5 } },
        },
        'queue.serving.embed.replicas.max',
        'with their most replicas "chat" and "embed" want 17 nodes',
      ],
      [
        {
          ...chat({ cluster: 'east', replicas: { min: 1, max: 33 } }),
          'clusters.east.pools.train.spareTraysPerRack': 2,
        },
        'queue.serving.chat.replicas.max',
        'has 32 in service',
      ],
      [
        { ...chat(), 'clusters.ohio.pools.train.nodes': { min: 0, max: 16 } },
        'queue.serving.chat.cluster',
        'so that no floor of it stands',
      ],
    ],
  },
  QueueServingPool: {
    holds: [{ ...serve, ...chat() }],
    fails: [[serve, 'clusters.ohio.pools.train.purpose', 'nothing below queue.serving runs on pool "train"']],
  },
  QueueServingRack: {
    holds: [
      chat({ cluster: 'east', nodesPerReplica: 16, replicas: { min: 0, max: 1 } }),
      chat({ nodesPerReplica: 16, replicas: { min: 0, max: 1 } }),
    ],
    fails: [
      [
        {
          ...chat({ cluster: 'east', nodesPerReplica: 17, replicas: { min: 0, max: 1 } }),
          'clusters.east.pools.train.spareTraysPerRack': 2,
        },
        'queue.serving.chat.nodesPerReplica',
        'a replica spans racks: it has 17 nodes, and a rack of pool "train" has 16 in service',
      ],
    ],
  },
  QueueShares: {
    holds: [
      teams({ shares: 60 }, { shares: 40 }),
      teams({ shares: { gb300: 60 } }, { shares: { gb300: 40, h200: 100 } }),
      teams({ shares: 33.3 }, { shares: 33.3 }, { shares: 33.4 }),
      team({ shares: 50, floor: { gb300: 50 } }),
    ],
    fails: [
      [
        teams({ shares: { gb300: 60 } }, { shares: { gb300: 41 } }),
        'queue.teams.team2.shares.gb300',
        'teams have 101 percent of "gb300" together: team1 60 and team2 41',
      ],
      [teams({ shares: { h200: 60 } }, { shares: 50 }), 'queue.teams.team2.shares', 'teams have 110 percent of "h200"'],
      [
        team({ shares: { gb300: 50 }, floor: { gb300: 51 } }),
        'queue.teams.research.floor.gb300',
        'the floor of 51 percent is above the share of 50',
      ],
    ],
  },
  QueueWeight: {
    holds: [
      { 'queue.fairSharing': true, ...team({ weight: 2, group: 'labs' }), 'queue.groups': { labs: { weight: 3 } } },
      { ...team({ group: 'labs' }), 'queue.groups': { labs: { parent: 'all' }, all: {} } },
    ],
    fails: [
      [team({ weight: 2 }), 'queue.teams.research.weight', 'the weight does nothing'],
      [
        { ...team({ group: 'labs' }), 'queue.groups': { labs: { weight: 2 } } },
        'queue.groups.labs.weight',
        'write queue.fairSharing: true',
      ],
      [{ ...team(), 'queue.groups': { labs: {} } }, 'queue.groups.labs', 'no team is in group "labs"'],
    ],
  },
  QueueWorkload: {
    holds: [
      team({ namespace: 'training' }),
      { ...team(), ...chat({ namespace: 'training' }) },
      { ...team(), 'clusters.ohio.mounts': [] },
    ],
    fails: [[team(), 'clusters.ohio.mounts', 'only the workload in namespace "training" may use the stores']],
  },
};
