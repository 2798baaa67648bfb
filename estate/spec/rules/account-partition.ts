import { partitionOf } from '../../catalog/aws-regions';
import { accessEntries } from '../access';
import { quote } from '../words';
import type { Rule } from './rule';
import { sitesOf } from './walk';

const PRINCIPALS = [
  ['administrators', 'administrator'],
  ['viewers', 'viewer'],
] as const;

function elsewhere(what: string, region: string) {
  const partition = partitionOf(region);
  return {
    message: `the ${what} is not in partition ${partition}, where ${region} is`,
    hint: `its ARN begins with arn:${partition}:iam::`,
  };
}

/** Sites, administrators and viewers of an AWS account lie in its partition. */
export const accountPartition: Rule = {
  code: 'AccountPartition',
  severity: 'error',
  summary: 'sites, administrators and viewers of an AWS account lie in its partition',
  why: 'accounts and roles of one partition do not exist in another one, and nothing is looked up',
  source: 'https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html',
  checked: '2026-11',
  check(estate, report) {
    const sites = sitesOf(estate).filter(({ cloud }) => cloud === 'aws');
    for (const [key, account] of Object.entries(estate.accounts)) {
      if (account.cloud !== 'aws') continue;
      const [first, ...others] = sites.filter(({ site }) => site.account === key);
      if (first === undefined) continue;
      const partition = partitionOf(first.site.region);
      for (const { path, site } of others) {
        if (partitionOf(site.region) === partition) continue;
        report({
          path: [...path, 'region'],
          value: site.region,
          message: `${quote(site.region)} is in partition ${partitionOf(site.region)}; account ${quote(key)} has ${first.site.region} too, in ${partition}`,
          hint: 'give it an account of its own: an AWS account lives in one partition',
        });
      }
      for (const [index, admin] of account.clusterAdmins.entries()) {
        if (admin.startsWith(`arn:${partition}:`)) continue;
        const path = ['accounts', key, 'clusterAdmins', index];
        report({ path, value: admin, ...elsewhere('administrator', first.site.region) });
      }
    }
    for (const { path, access, cloud, region } of accessEntries(estate)) {
      if (cloud !== 'aws' || region === undefined) continue;
      for (const [key, what] of PRINCIPALS) {
        for (const [index, principal] of access[key].entries()) {
          // What is no ARN at all is another rule's matter.
          if (!principal.startsWith('arn:') || principal.startsWith(`arn:${partitionOf(region)}:`)) continue;
          report({ path: [...path, key, index], value: principal, ...elsewhere(what, region) });
        }
      }
    }
  },
};
