import type { AccountPlan } from '../../estate/plan/types';

/** Statements of the policies of an account, by where they must stand. */
export interface AccountStatements {
  /** In the compartment of the account. */
  readonly compartment: readonly string[];
  /** In the tenancy. */
  readonly tenancy: readonly string[];
}

/** What nodes and services of Oracle Cloud must be allowed to do for the clusters and stores of an account. */
export function accountStatements(account: AccountPlan<'oracle'>, nodes: string): AccountStatements {
  const inCompartment = `in compartment id ${account.ids.compartmentId}`;
  const machines = account.machines;
  return {
    compartment: [
      ...keyStatements(account.regions, inCompartment),
      `Allow dynamic-group ${nodes} to use key-delegates ${inCompartment}`,
      ...(machines.some(({ attachment }) => attachment === 'compute-cluster') ? managedPools(inCompartment) : []),
      ...(machines.some(({ accelerators }) => accelerators > 0) ? healthMetrics(nodes, inCompartment) : []),
      ...(machines.some(({ attachment }) => attachment === 'gpu-memory-cluster') ? racks(nodes, inCompartment) : []),
    ],
    tenancy: [
      'Allow service lustrefs to use virtual-network-family in tenancy',
      ...(machines.some(({ attachment }) => attachment === 'gpu-memory-cluster') ? racksOfTenancy(nodes) : []),
    ],
  };
}

function keyStatements(regions: readonly string[], inCompartment: string): string[] {
  const services = ['blockstorage', 'lustrefs', ...regions.map((region) => `objectstorage-${region}`)];
  return [
    ...services.map((service) => `Allow service ${service} to use keys ${inCompartment}`),
    `Allow service oke to use key-delegates ${inCompartment}`,
    `Allow any-user to use keys ${inCompartment} where all {request.principal.type = 'cluster'}`,
    // Object lifecycle rules are carried out by the service itself.
    ...regions.map((region) => `Allow service objectstorage-${region} to manage object-family ${inCompartment}`),
  ];
}

/** Managed node pools launch their hosts into compute clusters and host groups. */
function managedPools(inCompartment: string): string[] {
  return ['COMPUTE_CLUSTER_LAUNCH_INSTANCE', 'HOST_GROUP_LAUNCH_INSTANCE'].map(
    (permission) =>
      `Allow any-user to {${permission}} ${inCompartment} where all {request.principal.type = 'nodepool'}`,
  );
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
