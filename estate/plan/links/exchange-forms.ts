import { CATALOG, CLOUDS, type Cloud } from '../../catalog';
import { EXCHANGE_IDS, type IdSection } from '../../catalog/exchange-ids';
import { VPN_GATEWAYS } from '../../catalog/links';
import type { Diagnostic } from '../../diagnostics';
import type { Exchange } from '../../spec/exchange';
import { counted } from '../../spec/words';
import { type ExchangeEntry, exchangeEntries } from './exchange-merge';
import { type ExchangePlaces, unknownPlace } from './exchange-places';

/**
 * What an exchange says that cannot be of the cloud that it says it of: ids of another cloud or of another kind, and more
 * addresses than a gateway has. No value is told, since a wrong one may be a secret. What the estate has no place for is
 * left to others.
 */
export function wrongForms(exchange: Exchange, plan: ExchangePlaces): readonly Diagnostic[] {
  return exchangeEntries(exchange).flatMap((entry): Diagnostic[] => {
    if (unknownPlace(plan, entry.path) !== undefined) return [];
    const message = wrongAddresses(entry, plan) ?? wrongId(entry, plan);
    const hint = 'take it out, and import what the stack of that place tells: "npx estate exchange import FILE"';
    return message === undefined
      ? []
      : [{ code: 'ExchangeInvalid', severity: 'error', path: entry.path.join('.'), message, hint }];
  });
}

function wrongAddresses({ path: [section, site, field], value }: ExchangeEntry, plan: ExchangePlaces) {
  const cloud = siteCloud(plan, site);
  if (section !== 'gateways' || field !== 'addresses' || cloud === undefined) return undefined;
  const { role, interfaces } = VPN_GATEWAYS[cloud];
  const { title } = CATALOG[cloud];
  if (role === 'taker') return `gateways of ${title} have no public addresses: its tunnels have`;
  if (value.length <= interfaces) return undefined;
  return `a gateway of ${title} has ${counted(interfaces, 'public address', 'public addresses')}, and ${value.length} are told`;
}

function wrongId({ path, value }: ExchangeEntry, plan: ExchangePlaces): string | undefined {
  const place = idPlace(path, plan);
  if (place === undefined) return undefined;
  const row = EXCHANGE_IDS[place.section][place.cloud];
  const values = typeof value === 'string' ? [value] : value;
  if (row === undefined || values.every((each) => row.form.test(each))) return undefined;
  return `the id of ${row.title} of ${CATALOG[place.cloud].title} is expected here, such as ${row.example}`;
}

/** What kind of id stands at a place, and of which cloud; undefined where there is none or its cloud is not known. */
function idPlace([section = '', key = '', name = '']: readonly string[], plan: ExchangePlaces) {
  const of = (section: IdSection, cloud: Cloud | undefined) => (cloud === undefined ? undefined : { section, cloud });
  switch (section) {
    case 'gateways':
      return name === 'id' ? of('gateways', siteCloud(plan, key)) : undefined;
    case 'peerings':
    case 'circuits':
      return of(section, siteCloud(plan, name));
    case 'stores': {
      const ends = plan.replications.flatMap(({ source, destination }) => [source, destination]);
      const cloud = ends.find(({ store }) => store === key)?.cloud;
      return of(name === 'encryptionKey' ? 'encryptionKeys' : 'stores', cloud);
    }
    case 'buckets':
      return of('stores', 'aws');
    case 'principals':
      return of(
        section,
        CLOUDS.find((cloud) => plan.shards(cloud).some((shard) => shard.key === key)),
      );
    case 'grants':
      return of(section, plan.grants.find((grant) => grant.key === key)?.to.cloud);
    default:
      return undefined;
  }
}

function siteCloud(plan: ExchangePlaces, key: string | undefined): Cloud | undefined {
  return CLOUDS.find((cloud) => plan.sites(cloud).some((site) => site.key === key));
}
