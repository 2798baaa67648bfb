import type { Construct } from 'constructs';
import { ORACLE_POD_BLOCK, ORACLE_RDMA_RANGE } from '../../estate/catalog/oracle';
import { cidr, cidrsOverlap } from '../../estate/cidr';
import { Token } from '../cdktf';
import { ConstructError } from '../errors';
import { checkCount, checkRange } from '../terraform-checks';
import { checkName, checkTags } from './checks';
import type { TagOptions } from './names';
import type { INetwork } from './network';

/** What is checked of a cluster. */
interface CheckedCluster extends TagOptions {
  /** Name of the cluster. */
  readonly name: string;
  /** Network of API server and nodes. */
  readonly network: INetwork;
  /** CPU nodes that run the services of the cluster. */
  readonly systemPool: { readonly nodeCount: number };
  /** Addresses of pods. */
  readonly podCidr: string;
  /** Addresses of services. */
  readonly serviceCidr: string;
  /** Range of RDMA interfaces. @default - 192.168.0.0/16 */
  readonly rdmaCidr?: string;
  /** Ranges that reach the API server. @default - none */
  readonly apiAccessCidrs?: readonly string[];
}

/**
 * The zones of the system nodes, of which there is one at least.
 *
 * @throws ConstructError with `CountInvalid`, `NameInvalid`, `RangeInvalid`, `TagInvalid` or `ZoneUnknown` when OKE would
 * refuse the cluster, or its nodes have no place
 */
export function checkCluster(scope: Construct, props: CheckedCluster): readonly [string, ...string[]] {
  const { name, network, systemPool, podCidr, serviceCidr, rdmaCidr, apiAccessCidrs = [] } = props;
  checkName(scope, name);
  checkTags(scope, props);
  checkCount(scope, 'nodeCount of the system pool', systemPool.nodeCount);
  for (const [what, range] of Object.entries({ podCidr, serviceCidr, rdmaCidr })) {
    if (range !== undefined) checkRange(scope, what, range);
  }
  for (const range of apiAccessCidrs) checkRange(scope, 'one of apiAccessCidrs', range);
  const [zone, ...furtherZones] = network.zones;
  if (zone !== undefined) return [zone, ...furtherZones];
  const what = 'the network names no zones, and the nodes must lie in one; give it zones';
  throw new ConstructError(scope, 'ZoneUnknown', what);
}

/**
 * Fails when an address would mean one thing inside the cluster and another outside: pods could not reach the latter.
 *
 * @throws ConstructError with `RangeInvalid`
 */
export function checkOverlaps(scope: Construct, props: CheckedCluster, nodesCidr: string): void {
  const { podCidr, serviceCidr, rdmaCidr = ORACLE_RDMA_RANGE.cidr } = props;
  const taken: Taken[] = [
    [nodesCidr, 'nodes'],
    [rdmaCidr, 'RDMA interfaces'],
  ];
  checkOverlap(scope, 'serviceCidr', serviceCidr, taken);
  checkOverlap(scope, 'podCidr', podCidr, [...taken, [serviceCidr, 'services']]);
}

type Taken = readonly [block: string, user: string];

function checkOverlap(scope: Construct, prop: string, own: string, taken: readonly Taken[]): void {
  for (const [block, user] of taken) {
    if (Token.isUnresolved(own) || Token.isUnresolved(block) || !cidrsOverlap(cidr(own), cidr(block))) continue;
    const what = `${prop} ${own} overlaps ${block}, which ${user} use; choose another block`;
    throw new ConstructError(scope, 'RangeInvalid', what);
  }
}

/**
 * Fails when there are more nodes than blocks for their pods: those that find none start and run no pod.
 *
 * @throws ConstructError with `RangeInvalid`
 */
export function checkPodBlocks(scope: Construct, podCidr: string, nodeCount: number): void {
  if (Token.isUnresolved(podCidr)) return;
  const most = 2 ** (ORACLE_POD_BLOCK.prefix - cidr(podCidr).prefix);
  if (nodeCount <= most) return;
  throw new ConstructError(
    scope,
    'RangeInvalid',
    `podCidr ${podCidr} holds the pods of ${most} nodes, a /${ORACLE_POD_BLOCK.prefix} for each, and the pools have ` +
      `${nodeCount} nodes; give the cluster a larger podCidr`,
  );
}
