import { CATALOG } from '../../catalog';
import { partitionOf } from '../../catalog/aws-regions';
import { anchorOf, anchorsOf, type GrantEnds, isDirect } from '../grants';
import { quote } from '../words';
import { grantsOf } from './grants';
import type { Finding, Rule } from './rule';

/** Grants are of a kind that both their clouds have. */
export const grantNotOffered: Rule = {
  code: 'GrantNotOffered',
  severity: 'error',
  summary: 'a grant goes a way that both its clouds have, and says nothing that has no effect',
  why: 'where two accounts know nothing of each other’s identities, there is nobody whom the store could let in',
  source: 'https://docs.oracle.com/iaas/Content/Identity/policieshow/iam-cross-tenancy-policies.htm',
  checked: '2026-11',
  check(estate, report) {
    for (const { path, grant, ends } of grantsOf(estate)) {
      const place = { path: [...path, 'to'], value: grant.to };
      const apart = partitionsApart(ends);
      if (apart !== undefined) report({ ...place, ...apart });
      if (isDirect(ends)) {
        if (grant.anchor !== undefined) report({ path: [...path, 'anchor'], ...nothingToVouch('lie at one site') });
        continue;
      }
      const anchors = anchorsOf(ends);
      if (anchors.length === 0) {
        report({
          ...place,
          message:
            'the cluster and the store lie in different tenancies of Oracle Cloud, and no policy is documented that names a workload of another one',
          hint: 'have the store replicated into the tenancy of the cluster, and grant that copy',
        });
      } else if (grant.anchor !== undefined && anchorOf(grant, ends) === undefined) {
        const { title } = CATALOG[ends.from.account.cloud];
        report({
          path: [...path, 'anchor'],
          ...(anchors[0] === 'native'
            ? nothingToVouch('know each other inside one cloud')
            : {
                message: `an ${grant.anchor} of ${title} vouches for no pod without a key`,
                hint: `write anchor: ${anchors.join(' or ')}, or leave it out`,
              }),
        });
      }
    }
  },
};

function nothingToVouch(why: string): Pick<Finding, 'message' | 'hint'> {
  return { message: `nobody has to vouch for the workload, for both ends ${why}`, hint: 'remove anchor' };
}

/** Roles of AWS are known inside their partition only. */
function partitionsApart({ from, to }: GrantEnds): Pick<Finding, 'message' | 'hint'> | undefined {
  if (from.account.cloud !== 'aws' || to.account.cloud !== 'aws') return undefined;
  const [one, other] = [partitionOf(from.site.region), partitionOf(to.site.region)];
  if (one === other) return undefined;
  return {
    message: `the cluster lies in the partition ${quote(one)} of AWS and the store in ${quote(other)}, which know no roles of each other`,
    hint: 'grant a store of the same partition',
  };
}
