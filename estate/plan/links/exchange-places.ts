import { CLOUDS } from '../../catalog';
import { VPN_GATEWAYS } from '../../catalog/links';
import { didYouMean } from '../../spec/suggest';
import { quote } from '../../spec/words';
import type { Plan, StorePlan } from '../types';
import type { LinkKind, LinkPlan } from './types';

/** What an exchange can say of an estate: keys that the plan has, and which ranges tunnels have. */
export type ExchangePlaces = Pick<Plan, 'links' | 'grants' | 'replications' | 'sites' | 'shards' | 'accounts'>;

/**
 * Why the plan knows nothing at a place of an exchange; undefined where it does.
 *
 * @param path keys from the section on, such as `tunnels`, link, site and inside range
 */
export function unknownPlace(plan: ExchangePlaces, path: readonly (string | number)[]): string | undefined {
  const [section, key = '', site = '', range = ''] = path.map(String);
  switch (section) {
    case 'gateways': {
      const sites = CLOUDS.flatMap((cloud) => plan.sites(cloud));
      const found = sites.find((each) => each.key === key);
      if (found === undefined)
        return noSuch(
          'site',
          key,
          sites.map((each) => each.key),
        );
      const isLinked = plan.links.some(({ sides }) => sides.some((side) => isSide(side, key)));
      return isLinked ? undefined : `site ${quote(key)} has no link any more, and needs no gateway`;
    }
    case 'tunnels': {
      const link = plan.links.find((each) => each.key === key);
      const missing = unknownHalf(plan, key, site, 'vpn');
      if (link === undefined || missing !== undefined) return missing;
      if (takerOf(link)?.site !== site)
        return `the tunnels of link ${quote(key)} have no addresses of their own at ${site}`;
      if (link.tunnels.some(({ insideCidr }) => insideCidr === range)) return undefined;
      return `no tunnel of link ${quote(key)} has the inside range ${range} in the lock file`;
    }
    case 'peerings':
      return unknownHalf(plan, key, site, 'peering');
    case 'circuits':
      return unknownHalf(plan, key, site, 'interconnect');
    case 'issuers':
    case 'principals': {
      const shards = CLOUDS.flatMap((cloud) => plan.shards(cloud).map((shard) => shard.key));
      return shards.includes(key) ? undefined : noSuch('shard', key, shards);
    }
    case 'accounts': {
      const accounts = CLOUDS.flatMap((cloud) => plan.accounts(cloud).map((account) => account.key));
      return accounts.includes(key) ? undefined : noSuch('account', key, accounts);
    }
    case 'grants': {
      const grants = plan.grants.map((grant) => grant.key);
      return grants.includes(key) ? undefined : noSuch('grant', key, grants);
    }
    case 'mounts':
      return unknownStore(plan, key, 'lustre');
    case 'buckets':
      return unknownStore(plan, key, 'object');
    default:
      return undefined;
  }
}

/** Only of stores that a stack makes something is told. */
function unknownStore(plan: ExchangePlaces, key: string, kind: StorePlan['kind']): string | undefined {
  const stores = CLOUDS.flatMap((cloud) => plan.sites(cloud)).flatMap((site): readonly StorePlan[] => site.stores);
  const keys = stores.flatMap((store) => (store.kind === kind ? [store.key] : []));
  return keys.includes(key) ? undefined : noSuch('store that a stack makes', key, keys);
}

function unknownHalf({ links }: ExchangePlaces, key: string, site: string, kind: LinkKind): string | undefined {
  const link = links.find((each) => each.key === key);
  if (link === undefined)
    return noSuch(
      'link',
      key,
      links.map((each) => each.key),
    );
  if (link.via !== undefined || link.kind !== kind) return `link ${quote(key)} is none of kind ${kind} any more`;
  return link.sides.some((side) => isSide(side, site))
    ? undefined
    : `link ${quote(key)} does not end at site ${quote(site)}`;
}

/** The side of a link whose tunnels get their addresses one by one. */
function takerOf({ sides }: LinkPlan): LinkPlan['sides'][number] | undefined {
  return sides.find(({ peer }) => VPN_GATEWAYS[peer].role === 'taker');
}

function isSide({ peer, site }: LinkPlan['sides'][number], key: string): boolean {
  return peer !== 'on-premises' && site === key;
}

function noSuch(noun: string, key: string, keys: readonly string[]): string {
  return `the estate has no ${noun} ${quote(key)}${didYouMean(key, keys)}`;
}
