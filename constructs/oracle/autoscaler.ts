import { Construct } from 'constructs';
import { ContainerengineAddon } from '../../.gen/providers/oci/containerengine-addon';
import { IdentityPolicy } from '../../.gen/providers/oci/identity-policy';
import type { Sourced } from '../../estate/catalog/types';
import type { TerraformProvider } from '../cdktf';
import { ConstructError } from '../errors';
import { checkName, checkTags } from './checks';
import type { Cluster } from './cluster';
import { LIMITS, physicalName, type TagOptions, tagArguments } from './names';
import type { NodePool } from './node-pool';

/** Options of an {@link Autoscaler}. */
export interface AutoscalerProps extends TagOptions {
  /** First part of the names of its policies. */
  readonly name: string;
  /** Cluster that it runs in. */
  readonly cluster: Cluster;
  /** Pools that it sizes, each with its `minNodeCount`. */
  readonly pools: readonly NodePool[];
  /** Compartment of the network of the nodes. @default - that of the cluster */
  readonly networkCompartmentId?: string;
  /** Provider of the home region, where policies are written. @default - the provider of the stack */
  readonly homeProvider?: TerraformProvider;
}

/** What the add-on does on its own account, which is that of its service account in its cluster: as Oracle lists it. */
export const AUTOSCALER_PERMISSIONS: {
  readonly nodes: readonly string[];
  readonly network: readonly string[];
} & Sourced = {
  nodes: ['manage cluster-node-pools', 'manage instance-family'],
  network: ['use subnets', 'read virtual-network-family', 'use vnics', 'inspect compartments'],
  source:
    'https://docs.oracle.com/en-us/iaas/Content/ContEng/Tasks/contengusingclusterautoscaler_topic-Working_with_Cluster_Autoscaler_as_Cluster_Add-on.htm',
  checked: '2026-11',
};

/** How long it waits for a node. Whole hosts take the better part of an hour. */
const PROVISION_TIME = '60m';

/** The autoscaler of OKE, an add-on that sizes the pools with a range; no others are named to it. */
export class Autoscaler extends Construct {
  /** @throws ConstructError with `CountInvalid`, `NameInvalid` or `TagInvalid` when it has nothing to size */
  constructor(scope: Construct, id: string, props: AutoscalerProps) {
    super(scope, id);
    const { cluster, pools } = props;
    checkName(this, props.name);
    checkTags(this, props);
    const policies = this.addPolicies(props);
    const configurations = {
      nodes: pools.map((pool) => this.rangeOf(pool)).join(', '),
      authType: 'workload',
      // Pools are made with their fewest nodes, and kept at them.
      enforceNodeGroupMinSize: 'true',
      maxNodeProvisionTime: PROVISION_TIME,
    };
    const addon = new ContainerengineAddon(this, 'Resource', {
      clusterId: cluster.clusterId,
      addonName: 'ClusterAutoscaler',
      removeAddonResourcesOnDelete: true,
      overrideExisting: true,
      configurations: Object.entries(configurations).map(([key, value]) => ({ key, value })),
      dependsOn: [...cluster.dependables, ...policies],
      // What Oracle Cloud chooses it may also tell, which is no difference.
      lifecycle: { ignoreChanges: ['version'] },
    });
    this.node.defaultChild = addon;
  }

  private rangeOf({ nodePoolName, nodePoolId, range }: NodePool): string {
    if (range !== undefined) return `${range.min}:${range.max}:${nodePoolId}`;
    const problem = `pool "${nodePoolName}" has a fixed size; give it minNodeCount, or leave it out of pools`;
    throw new ConstructError(this, 'CountInvalid', problem);
  }

  private addPolicies(props: AutoscalerProps): IdentityPolicy[] {
    const { cluster, networkCompartmentId = cluster.compartmentId } = props;
    const { nodes, network } = AUTOSCALER_PERMISSIONS;
    const own = this.addPolicy('policy', props, cluster.compartmentId, [...nodes, ...network]);
    if (networkCompartmentId === cluster.compartmentId) return [own];
    return [own, this.addPolicy('network-policy', props, networkCompartmentId, network)];
  }

  private addPolicy(
    id: string,
    { name, cluster, homeProvider, tags, costTags }: AutoscalerProps,
    compartmentId: string,
    permissions: readonly string[],
  ): IdentityPolicy {
    const principal = [
      `request.principal.type = 'workload'`,
      `request.principal.namespace = 'kube-system'`,
      `request.principal.service_account = 'cluster-autoscaler'`,
      `request.principal.cluster_id = '${cluster.clusterId}'`,
    ].join(', ');
    return new IdentityPolicy(this, id, {
      provider: homeProvider,
      compartmentId,
      name: physicalName([name, 'autoscaler', ...(id === 'policy' ? [] : ['network'])], LIMITS.identity),
      description: 'What the autoscaler of a cluster may do',
      statements: permissions.map(
        (permission) => `Allow any-user to ${permission} in compartment id ${compartmentId} where all {${principal}}`,
      ),
      ...tagArguments({ tags, costTags }),
    });
  }
}
