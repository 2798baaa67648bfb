import type { Account } from '../schema';
import { quote } from '../words';
import type { Rule } from './rule';
import { type SiteEntry, siteOf } from './walk';

/** A link joins two networks. */
export const linkSameNetwork: Rule = {
  code: 'LinkSameNetwork',
  severity: 'error',
  summary: 'the sites of a link lie in two networks',
  why: 'what lies in one network is joined by it, in all of its regions, and no gateway leads from a network to itself',
  check(estate, report) {
    for (const [key, { between, via }] of Object.entries(estate.links)) {
      const [one, other] = between.map((site) => siteOf(estate, site));
      if (one === undefined || other === undefined || via !== undefined || one.key === other.key) continue;
      const network = networkOf(one);
      if (network === undefined || network !== networkOf(other)) continue;
      const id = one.site.network.existing?.id;
      report({
        path: ['links', key, 'between'],
        value: id,
        message: `${quote(one.key)} and ${quote(other.key)} lie in network ${quote(id ?? '')}, which joins them already`,
        hint: 'remove the link',
      });
    }
  },
};

/** What tells the network of a site from all others; undefined where a stack makes one for the site alone. */
function networkOf({ cloud, account, site }: SiteEntry): string | undefined {
  const { existing } = site.network;
  if (existing === undefined) return undefined;
  const owner = existing.projectId ?? existing.subscriptionId ?? ownerOf(account);
  return [cloud, owner, existing.resourceGroup ?? '', existing.id].join('|');
}

/** The account that names of its networks are unique in; ids of the others are unique everywhere. */
function ownerOf(account: Account): string {
  if (account.cloud === 'google') return account.projectId;
  return account.cloud === 'azure' ? account.subscriptionId : '';
}
