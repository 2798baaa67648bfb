import type { Cloud, Sourced } from './types';

const CHECKED = { checked: '2026-11' } as const;

/** What copies objects from one store to another. */
export const REPLICATION_ENGINES = ['native', 'transfer', 'datasync', 'rclone'] as const;

/** What copies objects from one store to another. */
export type ReplicationEngine = (typeof REPLICATION_ENGINES)[number];

/** When objects are copied: as they come, or at times. */
export const REPLICATION_MODES = ['event', 'schedule'] as const;

/** When objects are copied. */
export type ReplicationMode = (typeof REPLICATION_MODES)[number];

/** A way between the stores of two clouds, or of one. */
export interface ReplicationRow extends Sourced {
  readonly from: Cloud;
  readonly to: Cloud;
  readonly engine: ReplicationEngine;
  /** Modes that it knows; the first one is used where none is written. */
  readonly modes: readonly ReplicationMode[];
  /** Whose stacks or clusters run it: those of the store that is read, of the one that is written, or of either. */
  readonly runsAt: 'source' | 'destination' | 'either';
  /** What the estimate of its time reckons with, Gbit/s. */
  readonly gbps: number;
  /** Largest single object, TiB. @default that of the stores */
  readonly objectTiB?: number;
  /** Whether it can copy what has names of one beginning alone. @default true */
  readonly prefixes?: false;
  /** What both stores must lie in. @default they may belong to anybody */
  readonly within?: 'tenancy';
  /**
   * Whether a store has one copy at most, of which there are none in turn, and which keeps nothing that was deleted.
   *
   * @default false
   */
  readonly isSole?: true;
}

const S3_REPLICATION = {
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html',
  ...CHECKED,
} as const;
const DATASYNC = {
  engine: 'datasync',
  modes: ['schedule'],
  gbps: 10,
  source: 'https://docs.aws.amazon.com/datasync/latest/userguide/creating-other-cloud-object-location.html',
  ...CHECKED,
  unverified: 'how fast it copies',
} as const;
const RCLONE = {
  engine: 'rclone',
  modes: ['schedule'],
  gbps: 5,
  source: 'https://rclone.org/commands/rclone_copy/',
  ...CHECKED,
  unverified: 'how fast one pod copies',
} as const;

/**
 * Every way that there is, the first one of a pair being chosen where none is written.
 *
 * Stores of Azure answer only inside of their network, so that a service of another provider reaches none of them, and
 * hierarchical ones have no replication of their own: a cluster at their site copies. Oracle Cloud lets services of others
 * in by keys that never expire only, so that clusters of its own copy there too.
 */
export const REPLICATION_ROWS: readonly ReplicationRow[] = [
  { from: 'aws', to: 'aws', engine: 'native', modes: ['event'], runsAt: 'source', gbps: 10, ...S3_REPLICATION },
  {
    from: 'google',
    to: 'google',
    engine: 'transfer',
    modes: ['event', 'schedule'],
    objectTiB: 5,
    runsAt: 'destination',
    gbps: 10,
    source: 'https://docs.cloud.google.com/storage-transfer/docs/event-driven-transfers',
    ...CHECKED,
    unverified: 'how fast it copies',
  },
  {
    from: 'oracle',
    to: 'oracle',
    engine: 'native',
    modes: ['event'],
    runsAt: 'source',
    gbps: 10,
    prefixes: false,
    within: 'tenancy',
    isSole: true,
    source: 'https://docs.oracle.com/iaas/Content/Object/Tasks/usingreplication.htm',
    ...CHECKED,
    unverified: 'how fast it copies',
  },
  { from: 'aws', to: 'google', runsAt: 'source', ...DATASYNC },
  { from: 'google', to: 'aws', runsAt: 'destination', ...DATASYNC },
  { from: 'aws', to: 'aws', runsAt: 'either', ...RCLONE },
  { from: 'google', to: 'google', runsAt: 'either', ...RCLONE },
  { from: 'oracle', to: 'oracle', runsAt: 'either', ...RCLONE },
  { from: 'azure', to: 'azure', runsAt: 'either', ...RCLONE },
  { from: 'aws', to: 'google', runsAt: 'either', ...RCLONE },
  { from: 'google', to: 'aws', runsAt: 'either', ...RCLONE },
  { from: 'azure', to: 'aws', runsAt: 'source', ...RCLONE },
  { from: 'azure', to: 'google', runsAt: 'source', ...RCLONE },
  { from: 'aws', to: 'azure', runsAt: 'destination', ...RCLONE },
  { from: 'google', to: 'azure', runsAt: 'destination', ...RCLONE },
  { from: 'oracle', to: 'aws', runsAt: 'source', ...RCLONE },
  { from: 'oracle', to: 'google', runsAt: 'source', ...RCLONE },
  { from: 'aws', to: 'oracle', runsAt: 'destination', ...RCLONE },
  { from: 'google', to: 'oracle', runsAt: 'destination', ...RCLONE },
];

/** What Object Storage of Oracle Cloud must be allowed to do with both buckets to copy from one to the other. */
export const ORACLE_REPLICATION: { readonly permissions: readonly string[] } & Sourced = {
  permissions: [
    'BUCKET_READ',
    'BUCKET_UPDATE',
    'OBJECT_CREATE',
    'OBJECT_DELETE',
    'OBJECT_INSPECT',
    'OBJECT_OVERWRITE',
    'OBJECT_READ',
    'OBJECT_RESTORE',
  ],
  source: 'https://docs.oracle.com/iaas/Content/Object/Tasks/usingreplication.htm',
  ...CHECKED,
};

/** Areas that residency of stores can name besides countries, by the countries in them (ISO 3166). */
export const RESIDENCY_AREAS: Readonly<Record<string, { readonly countries: readonly string[] } & Sourced>> = {
  eu: {
    countries: [
      'AT',
      'BE',
      'BG',
      'CY',
      'CZ',
      'DE',
      'DK',
      'EE',
      'ES',
      'FI',
      'FR',
      'GR',
      'HR',
      'HU',
      'IE',
      'IT',
      'LT',
      'LU',
      'LV',
      'MT',
      'NL',
      'PL',
      'PT',
      'RO',
      'SE',
      'SI',
      'SK',
    ],
    source: 'https://european-union.europa.eu/principles-countries-history/eu-countries_en',
    ...CHECKED,
  },
};

/** The image that copies inside of a cluster. */
export const RCLONE_IMAGE: { readonly image: string } & Sourced = {
  image: 'docker.io/rclone/rclone:1.72.0',
  source: 'https://rclone.org/install/#docker',
  ...CHECKED,
  unverified: 'that this is the release to take: put your own mirror and digest in its place',
};
