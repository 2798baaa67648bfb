import { endsOf, wayOf } from '../replication';
import { quote } from '../words';
import type { Rule } from './rule';

/** A copy keeps what was deleted for as long as what it is of. */
export const replicationRetention: Rule = {
  code: 'ReplicationRetention',
  severity: 'warning',
  summary: 'a copy keeps deleted objects for as long as the store that it is of',
  why: 'a copy that forgets earlier is none when it is needed, and S3 replicates between buckets with versions only',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-requirements.html',
  checked: '2026-11',
  check(estate, report) {
    for (const replication of Object.values(estate.replication)) {
      const ends = endsOf(estate, replication);
      if (ends === undefined || wayOf(estate, replication)?.isSole) continue;
      const [source, destination] = ends.map(({ store }) => store);
      if (source?.kind !== 'object' || destination?.kind !== 'object') continue;
      if (source.existing !== undefined || destination.existing !== undefined) continue;
      if (destination.retainDays >= source.retainDays) continue;
      report({
        path: ['stores', replication.to, 'retainDays'],
        value: destination.retainDays,
        message: `keeps deleted objects for ${destination.retainDays} days, and ${quote(replication.from)}, of which it is a copy, for ${source.retainDays}`,
        hint: `write ${source.retainDays} or more`,
      });
    }
  },
};
