import { capacityIds } from '../capacity-ids';
import { poolUnit } from '../machine';
import { quote } from '../words';
import type { Finding, Rule } from './rule';
import { type PoolEntry, poolsOf } from './walk';

/** Resource groups of reservations are those of the account and region that the nodes are in. */
export const resourceGroup: Rule = {
  code: 'ResourceGroup',
  severity: 'error',
  summary:
    'resource groups of reservations are of the account and region of the site, and hold no single capacity blocks',
  why: 'a launch template takes no other group, and nodes that ask for one never start',
  source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-cr-group.html',
  checked: '2026-11',
  check(estate, report) {
    for (const entry of poolsOf(estate)) {
      for (const { id, path: below } of capacityIds(entry.pool.capacity)) {
        const [, , service, region = '', account = ''] = id.split(':');
        if (service !== 'resource-groups') continue;
        const problem = problemOf(entry, region, account);
        if (problem === undefined) continue;
        report({ path: [...entry.path, 'capacity', ...below], value: id, ...problem });
      }
    }
  },
};

function problemOf(
  { pool, at, machine }: PoolEntry,
  region: string,
  owner: string,
): Pick<Finding, 'message' | 'hint'> | undefined {
  const { account, site } = at;
  if (account.cloud !== 'aws') return undefined;
  if (region !== site.region) {
    return {
      message: `the group lies in region ${quote(region)}, and the site in ${quote(site.region)}`,
      hint: 'name a group of the region of the site',
    };
  }
  if (owner !== account.accountId) {
    return {
      message: `the group is one of account ${owner}, and the site lies in ${account.accountId}`,
      hint: 'make a group in the account of the site, with the reservations that are shared with it',
    };
  }
  if (pool.capacity.kind !== 'capacity-block' || machine === undefined || poolUnit(machine) === 'rack')
    return undefined;
  return {
    message: `groups hold capacity blocks of UltraServers only, and ${machine.type} comes in none`,
    hint: 'name the blocks: ids: [cr-…]',
  };
}
