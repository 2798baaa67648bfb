import { AWS_GATEWAY_ASNS, AWS_SHARED_NETWORKS } from '../../catalog/aws-links';
import type { Rule } from './rule';
import { linkedSites } from './walk';

/** Sites of AWS with links may attach a gateway to their network, with a number that it takes. */
export const linkAwsGateway: Rule = {
  code: 'LinkAwsGateway',
  severity: 'error',
  summary: 'sites of AWS with links may attach a transit gateway to their network, with a number that it takes',
  why: 'only the account that a VPC belongs to attaches it, and numbers of autonomous systems of others belong to others',
  source: AWS_SHARED_NETWORKS.source,
  checked: AWS_SHARED_NETWORKS.checked,
  check(estate, report) {
    for (const { path, site, account } of linkedSites(estate, 'aws')) {
      const owner = site.network.existing?.accountId;
      if (account.cloud === 'aws' && owner !== undefined && owner !== account.accountId) {
        report({
          path: [...path, 'network', 'existing', 'accountId'],
          value: owner,
          message: 'the network is shared by another account, and only that one attaches a transit gateway to it',
          hint: 'link a site whose network its own account has, or have the owner of the network make the links',
        });
      }
      const asn = site.gateway?.asn;
      const { short, long } = AWS_GATEWAY_ASNS;
      if (asn === undefined || [short, long].some(({ first, last }) => asn >= first && asn <= last)) continue;
      report({
        path: [...path, 'gateway', 'asn'],
        value: asn,
        message: 'a transit gateway takes private numbers of autonomous systems only',
        hint: `write one from ${short.first} to ${short.last} or from ${long.first} to ${long.last}, or none: the lock file chooses one`,
      });
    }
  },
};
