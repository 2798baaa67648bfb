import { CLOUDS, type Cloud, type Sourced } from '../../catalog';
import { RESERVED } from '../../catalog/allocatable';
import { RELYING } from '../../catalog/grants';
import { INTERCONNECTS, type LinkPeer, VPN_GATEWAYS, VPN_PROPOSAL } from '../../catalog/links';
import { REPLICATION_ROWS } from '../../catalog/replication';
import { LEVELS, type LevelRow } from '../../catalog/topologies';
import { allShards } from '../../plan/all-shards';
import type { QueuePlan } from '../../plan/queue/types';
import { softwareOf } from '../../plan/software/plan-software';
import type { Plan } from '../../plan/types';
import type { Estate } from '../../spec/schema';
import { compareKeys, groupBy } from '../../units';
import { type AssumptionRow, assumptionOf } from './row';

/** What is assumed about links, replications and grants between clouds. */
export function linkAssumptions(plan: Plan): readonly AssumptionRow[] {
  return [...vpnAssumptions(plan), ...circuitAssumptions(plan), ...copyAssumptions(plan), ...grantAssumptions(plan)];
}

function vpnAssumptions({ links, catalog }: Plan): readonly AssumptionRow[] {
  const vpn = links.filter(({ kind, via }) => kind === 'vpn' && via === undefined);
  const peers: readonly LinkPeer[] = [...CLOUDS, 'on-premises'];
  const gateways = peers.flatMap((peer) => {
    const row = VPN_GATEWAYS[peer];
    const title = peer === 'on-premises' ? 'the company' : catalog.clouds[peer].title;
    return assumptionOf('links', row, {
      ...(peer !== 'on-premises' && { cloud: peer }),
      what: `VPN gateway of ${title}`,
      figure: `${row.tunnelGbps} Gbit/s a tunnel`,
      uses: vpn.filter(({ sides }) => sides.some((side) => side.peer === peer)).map(({ key }) => key),
    });
  });
  const { ike, esp } = VPN_PROPOSAL;
  const proposal = assumptionOf('links', VPN_PROPOSAL, {
    what: 'Proposal of tunnels',
    figure: `${ike.encryption} with ${ike.integrity}, ${esp.encryption}, group ${ike.dhGroup}`,
    uses: vpn.map(({ key }) => key),
  });
  return [...gateways, ...proposal];
}

function circuitAssumptions({ links, catalog }: Plan): readonly AssumptionRow[] {
  const circuits = links.filter(({ kind }) => kind === 'interconnect');
  return INTERCONNECTS.flatMap((row) => {
    const [one, other] = row.clouds;
    const isOf = (peers: readonly LinkPeer[]) => peers.includes(one) && peers.includes(other);
    return assumptionOf('links', row, {
      what: `Circuits between ${catalog.clouds[one].title} and ${catalog.clouds[other].title}`,
      figure: `${row.gbps.join(', ')} Gbit/s`,
      uses: circuits.filter(({ sides }) => isOf(sides.map(({ peer }) => peer))).map(({ key }) => key),
    });
  });
}

function copyAssumptions({ replications, catalog }: Plan): readonly AssumptionRow[] {
  return REPLICATION_ROWS.flatMap((row) =>
    assumptionOf('links', row, {
      what: `Copies from ${catalog.clouds[row.from].title} to ${catalog.clouds[row.to].title} by ${row.engine}`,
      figure: `${row.gbps} Gbit/s`,
      uses: replications
        .filter(({ source, destination, engine }) => {
          return source.cloud === row.from && destination.cloud === row.to && engine === row.engine;
        })
        .map(({ key }) => key),
    }),
  );
}

function grantAssumptions({ grants, catalog }: Plan): readonly AssumptionRow[] {
  return CLOUDS.flatMap((cloud) => {
    const row = RELYING[cloud];
    const issuers = row.issuersPerAccount === undefined ? '' : `, ${row.issuersPerAccount} issuers of an account`;
    return assumptionOf('links', row, {
      cloud,
      what: `Tokens of other clouds on ${catalog.clouds[cloud].title}`,
      figure: `${row.callersPerIdentity} callers of an identity${issuers}`,
      uses: grants.filter(({ from, to }) => to.cloud === cloud && from.cloud !== cloud).map(({ key }) => key),
    });
  });
}

/** A whole commit, of which the first digits are enough to tell it. */
const COMMIT = /^([0-9a-f]{12})[0-9a-f]{28}$/;

/** What is assumed about software of clusters, and about nodes that jobs are queued for. */
export function softwareAssumptions(estate: Estate, plan: Plan, queue: QueuePlan): readonly AssumptionRow[] {
  const installed = allShards(plan).flatMap((shard) =>
    softwareOf(estate, shard).components.map(({ row, version }) => ({ shard: shard.key, row, version })),
  );
  const byName = [...groupBy(installed, ({ row }) => row.name)].sort(([one], [other]) => compareKeys(one, other));
  const components = byName.flatMap(([, own]) => {
    const [first] = own;
    if (first === undefined) return [];
    const figure = first.version.replace(COMMIT, '$1');
    return assumptionOf('software', first.row, { what: first.row.title, figure, uses: own.map(({ shard }) => shard) });
  });
  return [...queueAssumptions(queue, plan), ...components];
}

function queueAssumptions({ sets }: QueuePlan, plan: Plan): readonly AssumptionRow[] {
  const flavors = sets.filter(({ role }) => role !== 'manager').flatMap((set) => set.flavors);
  const reserved = CLOUDS.flatMap((cloud: Cloud) =>
    assumptionOf('queue', RESERVED[cloud], {
      cloud,
      what: `Room of nodes on ${plan.catalog.clouds[cloud].title}`,
      figure: 'cores and memory that Kubernetes keeps',
      uses: flavors.filter((flavor) => flavor.cloud === cloud).map(({ cluster }) => cluster),
    }),
  );
  const rows: readonly (LevelRow & Sourced)[] = Object.values(LEVELS);
  const levels = rows.flatMap((row) =>
    assumptionOf('queue', row, {
      what: `Level of topologies: ${row.title}`,
      figure: row.key,
      uses: sets
        .filter(({ topologies }) => topologies.some(({ levels: own }) => own.some(({ key }) => key === row.key)))
        .map(({ shard }) => shard),
    }),
  );
  return [...reserved, ...levels];
}
