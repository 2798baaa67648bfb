import { LIMITS, physicalName } from '../../constructs/oracle';
import type { AccountPlan, ShardPlan } from '../../estate/plan/types';

/** A policy of an account: what belongs together and comes and goes together. */
export interface AccountPolicy {
  /** Stable key; a policy of its own for each purpose, so that a new one changes no other. */
  readonly key: string;
  /** Where its statements must stand. */
  readonly scope: 'compartment' | 'tenancy';
  /** Its statements, in the language of policies. */
  readonly statements: readonly string[];
}

type Account = Pick<AccountPlan<'oracle'>, 'ids' | 'regions' | 'machines'>;

/** Name of the dynamic group of all nodes of an account. */
export function nodesGroupName({ name }: Pick<AccountPlan<'oracle'>, 'name'>): string {
  return physicalName([name, 'nodes'], LIMITS.identity);
}

/** What the compartment of a cluster that exists must allow, where it is not that of the account: racks join by it. */
export function clusterPolicy({ name, existing, pools, site }: ShardPlan<'oracle'>) {
  const { compartmentId } = site.account.ids;
  const racked = pools.some(({ machine }) => machine.attachment === 'gpu-memory-cluster');
  if (existing === undefined || existing.compartmentId === compartmentId || !racked) return undefined;
  return {
    compartmentId: existing.compartmentId,
    name: physicalName([name, 'joins-cluster'], LIMITS.identity),
    description: 'Lets nodes of racks join a cluster of another compartment',
    statements: [
      `Allow dynamic-group ${nodesGroupName(site.account)} to {CLUSTER_JOIN} in compartment id ${existing.compartmentId}`,
    ],
  };
}

/** What nodes and services of Oracle Cloud must be allowed to do for the clusters and stores of an account. */
export function accountPolicies(account: Account, nodes: string): readonly AccountPolicy[] {
  const inCompartment = `in compartment id ${account.ids.compartmentId}`;
  const has = (attachment: string) => account.machines.some((machine) => machine.attachment === attachment);
  const accelerated = account.machines.some(({ accelerators }) => accelerators > 0);
  const policies: readonly (AccountPolicy & { readonly wanted?: boolean })[] = [
    { key: 'services', scope: 'compartment', statements: services(nodes, inCompartment) },
    ...account.regions.map((region) => ({
      key: `services-${region}`,
      scope: 'compartment' as const,
      statements: regionalServices(region, inCompartment),
    })),
    {
      key: 'managed-pools',
      scope: 'compartment',
      statements: managedPools(account, inCompartment),
    },
    { key: 'health', scope: 'compartment', statements: healthMetrics(nodes, inCompartment), wanted: accelerated },
    { key: 'racks', scope: 'compartment', statements: racks(nodes, inCompartment), wanted: has('gpu-memory-cluster') },
    {
      key: 'tenancy',
      scope: 'tenancy',
      statements: ['Allow service lustrefs to use virtual-network-family in tenancy'],
    },
    { key: 'tenancy-racks', scope: 'tenancy', statements: racksOfTenancy(nodes), wanted: has('gpu-memory-cluster') },
  ];
  return policies.filter(({ wanted }) => wanted !== false);
}

function services(nodes: string, inCompartment: string): string[] {
  return [
    `Allow service blockstorage to use keys ${inCompartment}`,
    `Allow service lustrefs to use keys ${inCompartment}`,
    `Allow service oke to use key-delegates ${inCompartment}`,
    `Allow any-user to use keys ${inCompartment} where all {request.principal.type = 'cluster'}`,
    `Allow dynamic-group ${nodes} to use key-delegates ${inCompartment}`,
  ];
}

/** Object Storage is a service of each region; it also carries out the lifecycle rules of objects itself. */
function regionalServices(region: string, inCompartment: string): string[] {
  return [
    `Allow service objectstorage-${region} to use keys ${inCompartment}`,
    `Allow service objectstorage-${region} to manage object-family ${inCompartment}`,
  ];
}

/** A managed node pool launches its nodes on its own account: with the key, and out of what holds the machines. */
function managedPools({ machines }: Account, inCompartment: string): string[] {
  const hosts = machines.filter(({ attachment }) => attachment !== 'gpu-memory-cluster');
  const needs: readonly (readonly [permission: string, wanted: boolean])[] = [
    ['use key-delegates', true],
    ['use compute-capacity-reservations', hosts.some(({ capacity }) => capacity.includes('reservation'))],
    ['{COMPUTE_CLUSTER_LAUNCH_INSTANCE}', hosts.some(({ attachment }) => attachment === 'compute-cluster')],
    ['{HOST_GROUP_LAUNCH_INSTANCE}', hosts.some(({ capacity }) => capacity.includes('dedicated'))],
  ];
  return needs
    .filter(([, wanted]) => wanted)
    .map(([need]) => `Allow any-user to ${need} ${inCompartment} where all {request.principal.type = 'nodepool'}`);
}

/** Agents on the nodes report the health of GPUs and RDMA links. */
function healthMetrics(nodes: string, inCompartment: string): string[] {
  return ['gpu_infrastructure_health', 'rdma_infrastructure_health'].map(
    (namespace) =>
      `Allow dynamic-group ${nodes} to use metrics ${inCompartment} where target.metrics.namespace = '${namespace}'`,
  );
}

/** Nodes of racks join their cluster by themselves. */
function racks(nodes: string, inCompartment: string): string[] {
  return [
    `Allow dynamic-group ${nodes} to {CLUSTER_JOIN} ${inCompartment}`,
    `Allow dynamic-group ${nodes} to manage compute-clusters ${inCompartment}`,
    `Allow dynamic-group ${nodes} to manage compute-gpu-memory-clusters ${inCompartment}`,
    // Not documented for racks; whoever launches a host hands its key to the boot volume.
    `Allow any-user to use key-delegates ${inCompartment} where all {request.principal.type = 'compute-gpu-memory-clusters'}`,
  ];
}

/** GPU memory clusters launch and replace hosts on their own account. */
function racksOfTenancy(nodes: string): string[] {
  const where = "in tenancy where all {request.principal.type = 'compute-gpu-memory-clusters'}";
  return [
    `Allow dynamic-group ${nodes} to read compute-gpu-memory-fabrics in tenancy`,
    `Allow any-user to use compute-gpu-memory-fabrics ${where}`,
    `Allow any-user to manage instance-family ${where}`,
    `Allow any-user to use virtual-network-family ${where}`,
    `Allow any-user to read compute-management-family ${where}`,
    `Allow any-user to use volume-family ${where}`,
    `Allow any-user to use tag-namespaces ${where}`,
  ];
}
