import { accessOf, runnerOf } from '../../../estate/spec/access';
import { parseEstate } from '../../../estate/spec/load';
import type { Account, Cluster, Site } from '../../../estate/spec/schema';
import { type Changes, estateText } from './fixtures';

function entries(changes: Changes): { account: Account; site: Site; cluster: Cluster } {
  const { estate } = parseEstate(estateText({ 'accounts.aws-main.access': undefined, ...changes }), 'estate.yaml');
  const [account, site, cluster] = [estate.accounts['aws-main'], estate.sites.ohio, estate.clusters.ohio];
  if (account === undefined || site === undefined || cluster === undefined) throw new Error('the estate has no ohio');
  return { account, site, cluster };
}

const access = (changes: Changes) => {
  const { account, site, cluster } = entries(changes);
  return accessOf(account, site, cluster);
};
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

test('gives nobody access where nothing is said', () => {
  expect(access({})).toEqual({ administrators: [], viewers: [], ranges: [] });
});

test('adds up what account, site and cluster say, sorted and each once', () => {
  const found = access({
    'accounts.aws-main.access': { administrators: [role('platform'), role('ops')], ranges: ['10.8.0.0/16'] },
    'sites.ohio.access': {
      administrators: [role('ops')],
      viewers: [role('research')],
      ranges: [
        { cidr: '10.9.0.0/16', note: 'VPN' },
        { cidr: '10.8.0.0/16', note: 'office' },
      ],
    },
    'clusters.ohio.access': { viewers: [role('audit')] },
  });
  expect(found).toEqual({
    administrators: [role('ops'), role('platform')],
    viewers: [role('audit'), role('research')],
    ranges: ['10.8.0.0/16', '10.9.0.0/16'],
  });
});

test('takes the former name of administrators of an account', () => {
  expect(access({ 'accounts.aws-main.clusterAdmins': [role('platform')] }).administrators).toEqual([role('platform')]);
});

test('adds up where applies come from, and says nothing where the estate does not', () => {
  const runner = (changes: Changes) => {
    const { estate } = parseEstate(estateText(changes), 'estate.yaml');
    const [account, site] = [estate.accounts['azure-gb'], estate.sites.east];
    if (account === undefined || site === undefined) throw new Error('the estate has no east');
    return runnerOf(account, site);
  };
  const subnet = (name: string) =>
    `/subscriptions/s/resourceGroups/ci/providers/Microsoft.Network/virtualNetworks/ci/subnets/${name}`;
  expect(runner({ 'sites.east.access': { ranges: ['10.9.0.0/16'] } })).toBeUndefined();
  const found = runner({
    'accounts.azure-gb.access.runner': { ranges: ['203.0.113.7/32'], subnets: [subnet('b')] },
    'sites.east.access': { runner: { ranges: ['198.51.100.7/32', '203.0.113.7/32'], subnets: [subnet('a')] } },
  });
  expect(found).toEqual({ ranges: ['198.51.100.7/32', '203.0.113.7/32'], subnets: [subnet('a'), subnet('b')] });
});
