import { EXISTING, type ExistingKind, type ExistingRow } from '../../catalog/existing';
import type { Path } from '../positions';
import type { Estate } from '../schema';
import { clustersOf, type SiteEntry, sitesOf, storesOf } from './walk';

/** Something that exists already, where the estate names it. */
export interface ExistingThing {
  readonly kind: ExistingKind;
  readonly path: Path;
  /** What is written of it, by key. */
  readonly written: Readonly<Record<string, unknown>>;
  readonly at: SiteEntry;
  readonly row: ExistingRow;
}

/** Keys of a subnet that say what it is for. */
export const SUBNET_PLACE = ['role', 'cidr', 'zone', 'range', 'cluster', 'shard', 'store'] as const;

/** Everything that an estate names and that exists already. Keys of accounts stand at each of their sites. */
export function existingThings(estate: Estate): readonly ExistingThing[] {
  const sites = sitesOf(estate).flatMap((at): ExistingThing[] => {
    const { network, encryptionKey } = at.site;
    const path = [...at.path, 'network'];
    const found: ExistingThing[] = [];
    if (typeof network.egress === 'object') {
      found.push(thing('next hop', [...path, 'egress'], { via: network.egress.via }, at));
    }
    if (network.existing !== undefined) {
      const { subnets, cidrs: _cidrs, ...where } = network.existing;
      found.push(thing('network', [...path, 'existing'], where, at));
      for (const [key, subnet] of Object.entries(subnets)) {
        const own = Object.entries(subnet).filter(([name]) => !SUBNET_PLACE.some((place) => place === name));
        found.push(thing('subnet', [...path, 'existing', 'subnets', key], Object.fromEntries(own), at));
      }
    }
    if (encryptionKey !== undefined) found.push(thing('key', [...at.path, 'encryptionKey'], encryptionKey, at));
    else if (at.account.encryptionKey !== undefined) {
      found.push(thing('key', ['accounts', at.site.account, 'encryptionKey'], at.account.encryptionKey, at));
    }
    return found;
  });
  const clusters = clustersOf(estate).flatMap(({ path, cluster, at }) =>
    cluster.existing === undefined ? [] : [thing('cluster', [...path, 'existing'], cluster.existing, at)],
  );
  const stores = storesOf(estate).flatMap(({ path, store, at }) =>
    store.existing === undefined
      ? []
      : [thing(store.kind === 'lustre' ? 'file system' : 'object store', [...path, 'existing'], store.existing, at)],
  );
  return [...sites, ...clusters, ...stores];
}

function thing(kind: ExistingKind, path: Path, written: ExistingThing['written'], at: SiteEntry): ExistingThing {
  return { kind, path, written, at, row: EXISTING[kind][at.cloud] };
}

/** The same place said once: sites of one account share its key. */
export function distinct<T extends { readonly path: Path }>(things: readonly T[]): readonly T[] {
  return [...new Map(things.map((one) => [one.path.join('.'), one])).values()];
}
