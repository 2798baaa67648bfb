import { LIMITS, physicalName } from '../../constructs/oracle';
import type { AccountPlan, ShardPlan } from '../../estate/plan/types';
import { NODE_TAG, nodeTags } from './cost-tags';

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

/**
 * Which machines are nodes of an account: of its compartment those with the tag, or in accounts of earlier releases all of
 * them.
 */
export function nodesRule(account: Pick<AccountPlan<'oracle'>, 'name' | 'ids' | 'nodes'>): string {
  const place = `instance.compartment.id = '${account.ids.compartmentId}'`;
  const { namespace } = nodeTags(account) ?? {};
  const tag = namespace === undefined ? [] : [`tag.${namespace}.${NODE_TAG.key}.value = '${NODE_TAG.value}'`];
  return `ALL {${[place, ...tag].join(', ')}}`;
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

/**
 * What nodes and services of Oracle Cloud must be allowed to do for the clusters and stores of an account.
 *
 * Whoever runs in a pod can sign as its node, so the group of all nodes gets what a node itself asks for and nothing else.
 * What Oracle Cloud does on its own account it does as the cluster, node pool or GPU memory cluster that it does it for:
 * those of other compartments are told apart from ours, wherever that is known to work.
 */
export function accountPolicies(account: Account, nodes: string): readonly AccountPolicy[] {
  const { compartmentId } = account.ids;
  const inCompartment = `in compartment id ${compartmentId}`;
  const has = (attachment: string) => account.machines.some((machine) => machine.attachment === attachment);
  const accelerated = account.machines.some(({ accelerators }) => accelerators > 0);
  const policies: readonly (AccountPolicy & { readonly wanted?: boolean })[] = [
    { key: 'services', scope: 'compartment', statements: services(compartmentId) },
    ...account.regions.map((region) => ({
      key: `services-${region}`,
      scope: 'compartment' as const,
      statements: regionalServices(region, inCompartment),
    })),
    { key: 'managed-pools', scope: 'compartment', statements: managedPools(account) },
    { key: 'health', scope: 'compartment', statements: healthMetrics(nodes, inCompartment), wanted: accelerated },
    { key: 'racks', scope: 'compartment', statements: racks(nodes, inCompartment), wanted: has('gpu-memory-cluster') },
    {
      key: 'tenancy',
      scope: 'tenancy',
      // The service finds networks by this; narrower places are not documented.
      statements: ['Allow service lustrefs to use virtual-network-family in tenancy'],
    },
    { key: 'tenancy-racks', scope: 'tenancy', statements: racksOfTenancy(), wanted: has('gpu-memory-cluster') },
  ];
  return policies.filter(({ wanted }) => wanted !== false);
}

/** What a kind of principal may do in a compartment, if it lies there itself. */
function ownPrincipal(kind: 'cluster' | 'nodepool', what: string, compartmentId: string): string {
  const conditions = [`request.principal.type = '${kind}'`, `request.principal.compartment.id = '${compartmentId}'`];
  return `Allow any-user to ${what} in compartment id ${compartmentId} where all {${conditions.join(', ')}}`;
}

function services(compartmentId: string): string[] {
  return [
    `Allow service blockstorage to use keys in compartment id ${compartmentId}`,
    `Allow service lustrefs to use keys in compartment id ${compartmentId}`,
    `Allow service oke to use key-delegates in compartment id ${compartmentId}`,
    ownPrincipal('cluster', 'use keys', compartmentId),
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
function managedPools({ machines, ids: { compartmentId } }: Account): string[] {
  const hosts = machines.filter(({ attachment }) => attachment !== 'gpu-memory-cluster');
  const reserved = hosts.some(({ capacity }) => capacity.includes('reservation'));
  const needs: readonly (readonly [permission: string, wanted: boolean])[] = [
    ['use key-delegates', true],
    ['use compute-capacity-reservations', reserved],
    ['{COMPUTE_CLUSTER_LAUNCH_INSTANCE}', hosts.some(({ attachment }) => attachment === 'compute-cluster')],
    ['{HOST_GROUP_LAUNCH_INSTANCE}', hosts.some(({ capacity }) => capacity.includes('dedicated'))],
  ];
  return [
    ...needs.filter(([, wanted]) => wanted).map(([need]) => ownPrincipal('nodepool', need, compartmentId)),
    // OKE asks for it beside the pool.
    ...(reserved ? [`Allow service oke to use compute-capacity-reservations in compartment id ${compartmentId}`] : []),
  ];
}

/** Agents on the nodes report the health of GPUs and RDMA links. */
function healthMetrics(nodes: string, inCompartment: string): string[] {
  return ['gpu_infrastructure_health', 'rdma_infrastructure_health'].map(
    (namespace) =>
      `Allow dynamic-group ${nodes} to use metrics ${inCompartment} where target.metrics.namespace = '${namespace}'`,
  );
}

/** Nothing says that the compartment of a GPU memory cluster is known to policies, so the place alone narrows these. */
const RACK = "where all {request.principal.type = 'compute-gpu-memory-clusters'}";

/** Nodes of racks join their cluster by themselves, and GPU memory clusters launch and replace them on their own account. */
function racks(nodes: string, inCompartment: string): string[] {
  return [
    `Allow dynamic-group ${nodes} to {CLUSTER_JOIN} ${inCompartment}`,
    // Not documented for racks; whoever launches a host hands its key to the boot volume.
    `Allow any-user to use key-delegates ${inCompartment} ${RACK}`,
    `Allow any-user to manage instance-family ${inCompartment} ${RACK}`,
    `Allow any-user to read compute-management-family ${inCompartment} ${RACK}`,
    `Allow any-user to use volume-family ${inCompartment} ${RACK}`,
  ];
}

/** What GPU memory clusters use outside of their compartment: racks are the tenancy's, networks and tags may be others'. */
function racksOfTenancy(): string[] {
  return ['compute-gpu-memory-fabrics', 'virtual-network-family', 'tag-namespaces'].map(
    (what) => `Allow any-user to use ${what} in tenancy ${RACK}`,
  );
}
