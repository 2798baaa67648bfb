import type { Sourced } from './types';

const CHECKED = { checked: '2026-11' } as const;

/** What copies between buckets of Google Cloud: jobs of Storage Transfer Service. */
export const GOOGLE_TRANSFERS: {
  /** API of the jobs. */
  readonly api: string;
  /** API of the events that some of them copy on. */
  readonly eventsApi: string;
  /**
   * First day of every schedule. It has to be given and lies in the past: a schedule counts its hours from midnight of UTC
   * on that day, so that it says nothing of the day on which it was planned.
   */
  readonly start: { readonly year: number; readonly month: number; readonly day: number };
  /**
   * Hours between two runs that look for what no event told of: objects from before, and those in a folder that was renamed,
   * which writes none of them anew.
   */
  readonly sweepHours: number;
  /** Seconds for which a job may work on an event before it is told of it again. */
  readonly ackSeconds: number;
} & Sourced = {
  api: 'storagetransfer.googleapis.com',
  eventsApi: 'pubsub.googleapis.com',
  start: { year: 2024, month: 1, day: 1 },
  sweepHours: 24,
  ackSeconds: 300,
  source: 'https://docs.cloud.google.com/storage-transfer/docs/event-driven-google',
  ...CHECKED,
  unverified: 'that a renamed folder sends no event for what is in it',
};

/** Roles by which somebody copies out of a bucket, or into one: its place and its objects. */
export const GOOGLE_COPY_ROLES: {
  readonly read: readonly string[];
  readonly write: readonly string[];
} & Sourced = {
  read: ['roles/storage.legacyBucketReader', 'roles/storage.objectViewer'],
  // Hierarchical buckets want folders made, and what is different overwritten, which deletes it first.
  write: ['roles/storage.legacyBucketReader', 'roles/storage.objectUser'],
  source: 'https://docs.cloud.google.com/storage-transfer/docs/hns',
  ...CHECKED,
};
