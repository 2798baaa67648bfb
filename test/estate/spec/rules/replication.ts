import type { Changes } from '../fixtures';
import type { RuleTable } from './table';

const KEY = 'arn:aws:kms:us-east-2:444455556666:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';

const OTHER = {
  'stores.copy': { kind: 'object', site: 'iowa' },
  'stores.far': { kind: 'object', site: 'east' },
  'stores.west': { kind: 'object', site: 'phoenix' },
  'stores.near': { kind: 'object', site: 'ohio' },
};
const copying = (replication: object, more: Changes = {}): Changes => ({ ...OTHER, ...more, replication });
const one = (from: string, to: string, more: object = {}) => ({ again: { from, to, ...more } });

/** Object stores of Oracle Cloud, of which the last two keep nothing that was deleted. */
const ORACLE = {
  'stores.west': { kind: 'object', site: 'phoenix' },
  'stores.twin': { kind: 'object', site: 'phoenix', retainDays: 0 },
  'stores.third': { kind: 'object', site: 'phoenix', retainDays: 0 },
};

/** Data that exists twice, and where it may lie. */
export const REPLICATION_RULES: Readonly<Record<string, RuleTable>> = {
  ReplicationBucket: {
    holds: [
      copying(one('near', 'checkpoints'), { 'stores.checkpoints.existing': { id: 'corp', encryptionKey: KEY } }),
      copying(one('near', 'copy'), { 'stores.near.existing': { id: 'corp' } }),
    ],
    fails: [
      [
        copying(one('near', 'checkpoints'), { 'stores.near.existing': { id: 'corp' } }),
        'replication.again.from',
        '"near" is there already, and it says itself where S3 replicates it to',
      ],
      [
        copying(one('near', 'checkpoints'), { 'stores.checkpoints.existing': { id: 'corp' } }),
        'stores.checkpoints.existing',
        'write the ARN of the KMS key of its objects',
      ],
    ],
  },
  ReplicationForm: {
    holds: [
      copying(one('checkpoints', 'copy')),
      copying({ a: { from: 'near', to: 'copy' }, b: { from: 'copy', to: 'tpu' } }),
    ],
    fails: [
      [copying(one('copy', 'copy')), 'replication.again.to', 'is the store that is read'],
      [copying(one('scratch', 'copy')), 'replication.again.from', '"scratch" is a file system'],
      [copying(one('near', 'fast')), 'replication.again.to', '"fast" is a file system'],
      [
        copying(one('tpu', 'copy', { mode: 'event', everyHours: 2 })),
        'replication.again.everyHours',
        'no time between',
      ],
      [
        copying({ a: { from: 'near', to: 'copy' }, b: { from: 'tpu', to: 'copy' } }),
        'replication.b.to',
        'replication "a" writes to "copy" already',
      ],
      [copying(one('tpu', 'checkpoints')), 'clusters.ohio.mounts.1', 'who mounts it writes to it too'],
      [
        copying({ a: { from: 'near', to: 'copy' }, b: { from: 'copy', to: 'near' } }),
        'replication.a',
        'copies in a circle: "near" to "copy" to "near"',
      ],
    ],
  },
  ReplicationRetention: {
    holds: [copying(one('near', 'copy')), copying(one('west', 'twin'), ORACLE)],
    fails: [
      [copying(one('near', 'copy'), { 'stores.near.retainDays': 90 }), 'stores.copy.retainDays', 'write 90 or more'],
    ],
  },
  ReplicationSole: {
    holds: [
      copying({ a: { from: 'west', to: 'twin' }, b: { from: 'near', to: 'third' } }, ORACLE),
      copying({ a: { from: 'west', to: 'twin' }, b: { from: 'west', to: 'third', engine: 'rclone' } }, ORACLE),
    ],
    fails: [
      [
        copying({ a: { from: 'west', to: 'twin' }, b: { from: 'west', to: 'third' } }, ORACLE),
        'replication.b.from',
        '"west" is copied by replication "a" already',
      ],
      [
        copying({ a: { from: 'twin', to: 'third' }, b: { from: 'west', to: 'twin' } }, ORACLE),
        'replication.a.from',
        '"twin" is itself a copy, by replication "b"',
      ],
    ],
  },
  ReplicationVersions: {
    holds: [
      copying(one('near', 'copy'), { 'stores.copy.retainDays': 0, 'stores.near.retainDays': 0 }),
      copying(one('west', 'twin'), ORACLE),
    ],
    fails: [
      [
        copying(one('twin', 'west'), ORACLE),
        'stores.west.retainDays',
        'replication "again" leads to a bucket that cannot',
      ],
      [
        copying(one('checkpoints', 'near'), { 'stores.near.retainDays': 0, 'stores.checkpoints.retainDays': 0 }),
        'stores.near.retainDays',
        'keeps no versions, which replication "again" needs',
      ],
    ],
  },
  ReplicationWay: {
    holds: [
      copying(one('tpu', 'copy', { engine: 'transfer', mode: 'schedule', everyHours: 1 })),
      copying(one('checkpoints', 'far', { cluster: 'east' }), {
        'clusters.east.mounts': ['far'],
        grants: { loads: { from: 'east', to: 'checkpoints', access: 'read' } },
      }),
      copying(one('near', 'copy', { engine: 'rclone', cluster: 'iowa' }), {
        'clusters.iowa.mounts': ['copy'],
        grants: { loads: { from: 'iowa', to: 'near', access: 'readWrite' } },
      }),
    ],
    fails: [
      [
        copying(one('near', 'copy', { engine: 'native' })),
        'replication.again.engine',
        'between them there is datasync',
      ],
      [
        copying(one('west', 'twin', { engine: 'native', prefix: 'tokens/' }), ORACLE),
        'replication.again.engine',
        'native from oracle to oracle, and only what begins with a prefix',
      ],
      [copying(one('west', 'twin', { prefix: 'tokens/' }), ORACLE), 'replication.again', 'rclone runs in'],
      [copying(one('near', 'copy', { mode: 'event' })), 'replication.again.mode', 'nothing copies as "event" from aws'],
      [copying(one('far', 'west')), 'replication.again', 'copy to a store on aws or google first'],
      [copying(one('near', 'far')), 'replication.again', 'write "cluster: …": east'],
      [copying(one('near', 'far', { cluster: 'ohio' })), 'replication.again.cluster', 'rclone has to run at east'],
      [
        copying(one('near', 'far', { cluster: 'east', everyHours: 5 })),
        'replication.again.everyHours',
        'write 1, 2, 3',
      ],
      [copying(one('near', 'copy', { cluster: 'ohio' })), 'replication.again.cluster', 'datasync runs in no cluster'],
      [
        copying(one('checkpoints', 'far', { cluster: 'east' }), { 'clusters.east.mounts': ['far'] }),
        'replication.again.cluster',
        'add a grant from "east" to "checkpoints" with "access: read"',
      ],
    ],
  },
  Residency: {
    holds: [copying(one('near', 'copy'), { 'stores.near.residency': ['US', 'eu'] })],
    fails: [
      [copying({}, { 'stores.near.residency': ['eu'] }), 'stores.near.residency', 'the store lies in US (us-east-2)'],
      [
        copying(one('near', 'copy'), {
          'stores.near.residency': ['US'],
          'policy.regionCountries': { 'us-central1': 'CA' },
        }),
        'replication.again.to',
        'a copy of "near" would lie in CA (us-central1), and its data may only lie in US',
      ],
    ],
  },
};
