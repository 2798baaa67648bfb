import { endsOf, wayOf } from '../replication';
import { quote } from '../words';
import type { Rule } from './rule';

/** What S3 replicates by itself is said in the bucket that is read, and copies are encrypted with a key that is known. */
export const replicationBucket: Rule = {
  code: 'ReplicationBucket',
  severity: 'error',
  summary: 'buckets that S3 replicates from are made here, and those that it replicates to have a key that is known',
  why: 'how a bucket replicates is a part of the bucket itself, and what is encrypted is copied with a named key only',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html',
  checked: '2026-11',
  check(estate, report) {
    for (const [key, replication] of Object.entries(estate.replication)) {
      const ends = endsOf(estate, replication);
      const row = wayOf(estate, replication);
      if (ends === undefined || row?.engine !== 'native' || row.from !== 'aws') continue;
      const [{ store: source }, { store: destination }] = ends;
      if (source.existing !== undefined) {
        report({
          path: ['replication', key, 'from'],
          message: `${quote(replication.from)} is there already, and it says itself where S3 replicates it to`,
          hint: 'have its owner do so and leave this out, or write "engine: rclone" and a cluster',
        });
      }
      if (destination.kind !== 'object' || destination.existing === undefined) continue;
      if (destination.existing.encryptionKey !== undefined) continue;
      report({
        path: ['stores', replication.to, 'existing'],
        message: `has no encryptionKey, with which S3 would encrypt what replication ${quote(key)} copies to it`,
        hint: 'write the ARN of the KMS key of its objects as "encryptionKey"',
      });
    }
  },
};
