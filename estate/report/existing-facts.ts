import type { SitePlan } from '../plan/types';
import { few, type ResolvedFact } from './fact';

/** The network of a site that is there already. */
export function existingNetworkFacts({ network: { cidrs, existing } }: SitePlan): readonly ResolvedFact[] {
  if (existing === undefined) return [];
  const subnets = existing.subnets.map(({ key, cidr, id }) => `${key} ${cidr} ${id}`);
  return [
    { what: 'network', value: `${existing.id}, which exists`, because: 'network.existing', keys: ['network'] },
    { what: 'blocks', value: few(cidrs), because: 'network.existing.cidrs', keys: ['network'] },
    { what: 'ranges', value: few(subnets), because: 'network.existing.subnets', keys: ['network'] },
  ];
}

/** A store that is there already. */
export function existingStoreFacts(id: string): readonly ResolvedFact[] {
  return [{ what: 'name', value: `${id}, which exists`, because: 'existing.id', keys: ['existing'] }];
}

/** A Kubernetes cluster that is there already. */
export function existingClusterFacts(id: string): readonly ResolvedFact[] {
  return [{ what: 'added to', value: `${id}, which exists`, because: 'existing.id', keys: ['existing'] }];
}
