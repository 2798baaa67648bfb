import { endsOf, wayOf } from '../replication';
import { quote } from '../words';
import type { Rule } from './rule';

/** Buckets of S3 that replicate by themselves keep versions, both of them; a copy on Oracle Cloud keeps none. */
export const replicationVersions: Rule = {
  code: 'ReplicationVersions',
  severity: 'error',
  summary:
    'buckets between which S3 replicates keep versions, both of them, and a copy that Oracle Cloud keeps has none',
  why: 'S3 refuses a replication rule on a bucket without versions, and one that leads to such a bucket; Object Storage of Oracle Cloud refuses versions in the bucket that it copies to',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-requirements.html',
  checked: '2026-11',
  check(estate, report) {
    for (const [key, replication] of Object.entries(estate.replication)) {
      const ends = endsOf(estate, replication);
      const row = wayOf(estate, replication);
      if (ends === undefined || row?.engine !== 'native') continue;
      if (row.isSole) {
        const [, { key: copy, store }] = ends;
        if (store.kind !== 'object' || store.existing !== undefined || store.retainDays === 0) continue;
        report({
          path: ['stores', copy, 'retainDays'],
          value: store.retainDays,
          message: `keeps what was deleted, and replication ${quote(key)} leads to a bucket that cannot`,
          hint: 'write "retainDays: 0": what is deleted is still in the store that is copied; or copy with "engine: rclone"',
        });
        continue;
      }
      if (row.from !== 'aws') continue;
      for (const end of ends) {
        if (end.store.kind !== 'object' || end.store.existing !== undefined || end.store.retainDays > 0) continue;
        report({
          path: ['stores', end.key, 'retainDays'],
          value: 0,
          message: `keeps no versions, which replication ${quote(key)} needs`,
          hint: 'write 1 or more',
        });
      }
    }
  },
};
