import type { Cloud } from '../catalog';
import type { FoundationNeeds } from './foundation-types';
import type { AccountPlan, ShardPlan, SitePlan, StacksPlan } from './types';

/** What the foundation of an account has to know: what the plan was given, else what its sites and shards say. */
export function foundationNeeds<C extends Cloud>(
  cloud: C,
  { key }: Pick<AccountPlan<C>, 'key'>,
  plan: Pick<StacksPlan, 'needs' | 'sites' | 'shards'>,
): FoundationNeeds<C> {
  return (
    plan.needs?.[cloud]?.[key] ??
    needsOf(
      plan.sites(cloud).filter(({ account }) => account.key === key),
      plan.shards(cloud).filter(({ site }) => site.account.key === key),
    )
  );
}

function needsOf<C extends Cloud>(sites: readonly SitePlan<C>[], shards: readonly ShardPlan<C>[]): FoundationNeeds<C> {
  const kept = shards.flatMap(({ retired }) => retired.flatMap(({ machine }) => machine ?? []));
  const made = sites.filter(({ hasNetwork }) => hasNetwork);
  return {
    keptMachines: [...new Map(kept.map((machine) => [machine.type, machine])).values()].sort((one, other) =>
      one.type < other.type ? -1 : 1,
    ),
    networkRegions: [...new Set(made.map(({ region }) => region))].sort(),
    dnsServers: made.some(({ network }) => network.dnsServers !== undefined),
    interconnects: sites.some(({ gateway }) => gateway?.kinds.includes('interconnect') === true),
    binaryAuthorization: shards.some(({ binaryAuthorization }) => binaryAuthorization === true),
  };
}
