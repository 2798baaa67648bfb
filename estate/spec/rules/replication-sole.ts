import { endsOf, type Replication, wayOf } from '../replication';
import type { Estate } from '../schema';
import { quote } from '../words';
import type { Finding, Rule } from './rule';

/** Object Storage of Oracle Cloud copies a bucket to one other, and from there no further. */
export const replicationSole: Rule = {
  code: 'ReplicationSole',
  severity: 'error',
  summary: 'Object Storage of Oracle Cloud copies a bucket to one other alone, and from there no further',
  why: 'a bucket takes one replication policy, and the one that it leads to is read-only and takes none',
  source: 'https://docs.oracle.com/iaas/Content/Object/Tasks/usingreplication.htm',
  checked: '2026-11',
  check(estate, report) {
    for (const [key, replication] of Object.entries(estate.replication)) {
      if (!isSole(estate, replication)) continue;
      for (const finding of conflictsOf(estate, key, replication)) report(finding);
    }
  },
};

const HINT = 'write "engine: rclone" with a cluster that copies, or leave it out';

function isSole(estate: Estate, replication: Replication): boolean {
  return endsOf(estate, replication) !== undefined && wayOf(estate, replication)?.isSole === true;
}

/** Told once for two replications from one store, at the later of their keys. */
function conflictsOf(estate: Estate, key: string, { from }: Replication): readonly Finding[] {
  const others = Object.entries(estate.replication).filter(([other, each]) => other !== key && isSole(estate, each));
  const twin = others.find(([other, each]) => other < key && each.from === from);
  const before = others.find(([, { to }]) => to === from);
  const path = ['replication', key, 'from'];
  return [
    ...(twin === undefined
      ? []
      : [{ path, message: `${quote(from)} is copied by replication ${quote(twin[0])} already`, hint: HINT }]),
    ...(before === undefined
      ? []
      : [{ path, message: `${quote(from)} is itself a copy, by replication ${quote(before[0])}`, hint: HINT }]),
  ];
}
