import type { RuleTable } from './table';

const TRAIN = 'clusters.ohio.pools.train';
const ULTRA = 'clusters.ohio.pools.ultra';
const RACKS = 'clusters.iowa.pools.racks';
const CR = (digit: string) => `cr-${digit.repeat(17)}`;
const WINDOW = { start: '2026-12-01', end: '2027-05-31' };
const block = (ids: readonly unknown[], window: object = WINDOW) => ({ kind: 'capacity-block', ids, window });
const ultra = (racks: number, ids: readonly unknown[]) => ({
  [ULTRA]: { accelerator: 'gb200', racks, zone: 'us-east-2b', capacity: block(ids) },
});
const GROUP = (region: string, account = '111122223333') =>
  `arn:aws:resource-groups:${region}:${account}:group/training`;

const SHARED = 'clusters.ohio.pools.other.capacity.ids.0';
/** Two pools of 16 and 8 nodes on one reservation. */
const shared = (first: object, second: object, window: object = WINDOW, accelerator = 'h200') => ({
  [`${TRAIN}.capacity`]: { kind: 'reservation', ids: [{ id: CR('a'), nodes: 16, ...first }], window: WINDOW },
  'clusters.ohio.pools.other': {
    accelerator,
    nodes: 8,
    zone: 'us-east-2b',
    capacity: { kind: 'reservation', ids: [{ id: CR('a'), nodes: 8, ...second }], window },
  },
});

/** Rules on how machines are obtained. */
export const CAPACITY_RULES: Readonly<Record<string, RuleTable>> = {
  CapacityNotOffered: {
    holds: [{ [`${TRAIN}.capacity`]: { kind: 'spot' } }],
    fails: [
      [
        { [`${TRAIN}.capacity`]: { kind: 'dedicated' } },
        `${TRAIN}.capacity.kind`,
        'cannot be had as "dedicated" on AWS',
      ],
      [{ [`${RACKS}.capacity`]: undefined }, `${RACKS}.capacity`, 'it is offered as reservation'],
    ],
  },
  CapacityIdForm: {
    holds: [
      { [`${TRAIN}.capacity`]: { kind: 'reservation', ids: ['cr-01234567'] } },
      {
        [`${TRAIN}.capacity`]: {
          kind: 'reservation',
          ids: ['arn:aws:resource-groups:us-east-2:111122223333:group/h200'],
        },
      },
      { [`${RACKS}.capacity.ids`]: ['projects/p/reservations/r/reservationBlocks/b/reservationSubBlocks/s'] },
    ],
    fails: [
      [
        { [`${TRAIN}.capacity`]: { kind: 'reservation', ids: ['cr-xyz'] } },
        `${TRAIN}.capacity.ids.0`,
        '"cr-xyz" is no reservation id of AWS',
      ],
      [
        { [`${TRAIN}.capacity`]: { kind: 'reservation', ids: ['arn:aws:ec2:us-east-2:111122223333:instance/i-1'] } },
        `${TRAIN}.capacity.ids.0`,
        'or the ARN of a resource group of reservations',
      ],
      [
        { [`${RACKS}.capacity.ids`]: ['projects/p/reservation/r'] },
        `${RACKS}.capacity.ids.0`,
        'projects/P/reservations/R',
      ],
      [
        { 'clusters.phoenix.pools.racks.capacity.fabrics.0': 'ocid1.instance.oc1.phx.a' },
        'clusters.phoenix.pools.racks.capacity.fabrics.0',
        'is no dedicated id of Oracle Cloud',
      ],
      [
        { 'clusters.phoenix.pools.racks.capacity.fabrics.0': 'ocid1.computehostgroup.oc1.phx.a' },
        'clusters.phoenix.pools.racks.capacity.fabrics.0',
        'ids look like ocid1.computegpumemoryfabric.oc1',
      ],
      [
        {
          'clusters.phoenix.pools.nodes.capacity': {
            kind: 'dedicated',
            hostGroups: ['ocid1.computegpumemoryfabric.oc1.phx.a'],
          },
        },
        'clusters.phoenix.pools.nodes.capacity.hostGroups.0',
        'ids look like ocid1.computehostgroup.oc1',
      ],
    ],
  },
  ResourceGroup: {
    holds: [
      { [`${TRAIN}.capacity`]: { kind: 'reservation', ids: [GROUP('us-east-2')] } },
      ultra(1, [GROUP('us-east-2')]),
    ],
    fails: [
      [
        { [`${TRAIN}.capacity`]: { kind: 'reservation', ids: [GROUP('us-west-2')] } },
        `${TRAIN}.capacity.ids.0`,
        'the group lies in region "us-west-2", and the site in "us-east-2"',
      ],
      [
        { [`${TRAIN}.capacity`]: { kind: 'reservation', ids: [GROUP('us-east-2', '444455556666')] } },
        `${TRAIN}.capacity.ids.0`,
        'the group is one of account 444455556666, and the site lies in 111122223333',
      ],
      [
        { [`${TRAIN}.capacity`]: block([GROUP('us-east-2')]) },
        `${TRAIN}.capacity.ids.0`,
        'groups hold capacity blocks of UltraServers only, and p5en.48xlarge comes in none',
      ],
    ],
  },
  CapacityIdReused: {
    holds: [
      {
        'clusters.iowa.pools.more': {
          accelerator: 'gb200',
          racks: 1,
          capacity: { kind: 'reservation', ids: ['atlas-gb200'] },
        },
      },
      shared({ reservedNodes: 24 }, { reservedNodes: 24 }),
    ],
    fails: [
      [shared({ reservedNodes: 24 }, {}), SHARED, 'say at each pool what it holds in all'],
      [{ [`${RACKS}.capacity.ids`]: ['a-b', 'a-b'] }, `${RACKS}.capacity.ids.1`, 'is used already in this pool'],
      [
        {
          [`${TRAIN}.capacity`]: { kind: 'reservation', ids: [CR('a')] },
          'clusters.ohio.pools.other': {
            accelerator: 'h200',
            nodes: 1,
            zone: 'us-east-2b',
            capacity: { kind: 'reservation', ids: [CR('a')] },
          },
        },
        'clusters.ohio.pools.other.capacity.ids.0',
        'is used already by clusters.ohio.pools.train',
      ],
    ],
  },
  CapacityShared: {
    holds: [
      shared({}, {}),
      shared({ reservedNodes: 24 }, { reservedNodes: 24 }),
      { [`${RACKS}.capacity.ids`]: [{ id: 'atlas-gb200', nodes: 36, reservedNodes: 36 }] },
      {
        // Two reservations of one name in two zones.
        'sites.iowa.zones': ['us-central1-a', 'us-central1-b'],
        [`${RACKS}.zone`]: 'us-central1-a',
        [`${RACKS}.capacity.ids`]: [{ id: 'atlas-gb200', nodes: 36, reservedNodes: 36 }],
        'clusters.iowa.pools.more': {
          accelerator: 'gb200',
          racks: 1,
          zone: 'us-central1-b',
          capacity: { kind: 'reservation', ids: [{ id: 'atlas-gb200', nodes: 18, reservedNodes: 18 }] },
        },
      },
    ],
    fails: [
      [shared({ reservedNodes: 23 }, { reservedNodes: 23 }), SHARED, '2 pools take 24 nodes from a reservation of 23'],
      [shared({ reservedNodes: 24 }, { reservedNodes: 32 }), SHARED, 'holds 32 nodes here and 24 at its other pool'],
      [
        shared({ reservedNodes: 24 }, { reservedNodes: 24 }, { start: '2026-12-01', end: '2027-11-30' }),
        SHARED,
        'from 2026-12-01 to 2027-11-30 here and from 2026-12-01 to 2027-05-31 at its other pool',
      ],
      [
        shared({ reservedNodes: 24 }, { reservedNodes: 24 }, WINDOW, 'b200'),
        SHARED,
        /but it is p6-b200\.48xlarge here and p5en\.48xlarge at its other pool/,
      ],
      [
        { [`${RACKS}.capacity.ids`]: [{ id: 'atlas-gb200', nodes: 36, reservedNodes: 18 }] },
        `${RACKS}.capacity.ids.0`,
        'the pool takes 36 nodes from a reservation of 18',
      ],
      [
        {
          [`${RACKS}.capacity.ids`]: [{ id: 'atlas-gb200', nodes: 36, reservedNodes: 36 }],
          'clusters.iowa.pools.more': {
            accelerator: 'gb200',
            racks: 1,
            capacity: { kind: 'reservation', ids: ['projects/atlas-train/reservations/atlas-gb200'] },
          },
        },
        'clusters.iowa.pools.more.capacity.ids.0',
        'it is used by clusters.iowa.pools.racks, clusters.iowa.pools.more',
      ],
    ],
  },
  CapacityIds: {
    holds: [
      ultra(2, [CR('a'), CR('b')]),
      { [`${RACKS}.capacity.ids`]: ['a', 'b'] },
      { [`${TRAIN}.capacity`]: { kind: 'reservation', ids: [CR('a'), { id: CR('b'), nodes: 4 }] } },
    ],
    fails: [
      [ultra(3, [CR('a'), CR('b')]), `${ULTRA}.capacity.ids`, 'the pool has 3 racks but names 2 capacity blocks'],
      [
        { 'clusters.phoenix.pools.racks.racks': 3 },
        'clusters.phoenix.pools.racks.capacity.fabrics',
        'the pool has 3 racks but names 2 fabrics',
      ],
      [
        { [`${TRAIN}.capacity`]: { kind: 'reservation', ids: [CR('a'), CR('b'), CR('c')] } },
        `${TRAIN}.capacity.ids`,
        '16 nodes cannot be shared evenly by 3 reservations',
      ],
      [
        {
          [`${TRAIN}.capacity`]: {
            kind: 'reservation',
            ids: [
              { id: CR('a'), nodes: 4 },
              { id: CR('b'), nodes: 4 },
            ],
          },
        },
        `${TRAIN}.capacity.ids`,
        'the reservations hold 8 nodes, but the pool has 16',
      ],
      [
        {
          [`${RACKS}.capacity.ids`]: [
            { id: 'a', nodes: 20 },
            { id: 'b', nodes: 16 },
          ],
        },
        `${RACKS}.capacity.ids.0`,
        'a reservation of 20 nodes is not a whole number of racks of 18 nodes',
      ],
    ],
  },
  CapacityBlockSize: {
    holds: [{ [`${TRAIN}.nodes`]: 128, [`${TRAIN}.capacity`]: block([CR('a'), CR('b')]) }],
    fails: [
      [
        { [`${TRAIN}.nodes`]: 128, [`${TRAIN}.capacity`]: block([CR('a')]) },
        `${TRAIN}.capacity.ids.0`,
        '128 nodes need at least 2 blocks',
      ],
    ],
  },
  CapacityWindow: {
    holds: [
      { [`${TRAIN}.capacity`]: block([CR('a')]) },
      { [`${TRAIN}.capacity`]: block([CR('a')], { start: '2026-12-01', end: '2026-12-01' }) },
      {
        [`${TRAIN}.capacity`]: {
          kind: 'reservation',
          ids: [CR('a')],
          window: { start: '2026-01-01', end: '2029-12-30' },
        },
      },
    ],
    fails: [
      [
        { [`${TRAIN}.capacity`]: block([CR('a')], { start: '2026-12-02', end: '2026-12-01' }) },
        `${TRAIN}.capacity.window.end`,
        'before it starts',
      ],
      [
        { [`${TRAIN}.capacity`]: block([CR('a')], { start: '2026-12-01', end: '2026-12-15' }) },
        `${TRAIN}.capacity.window.end`,
        'end: 2026-12-14 (14 days) or end: 2026-12-21 (21 days)',
      ],
      [
        { [`${TRAIN}.capacity`]: block([CR('a')], { start: '2026-12-01', end: '2027-12-01' }) },
        `${TRAIN}.capacity.window.end`,
        'the nearest: end: 2027-05-31 (182 days)',
      ],
    ],
  },
};
