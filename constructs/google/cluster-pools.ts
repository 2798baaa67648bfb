import { ComputeResourcePolicy } from '@cdktf/provider-google/lib/compute-resource-policy';
import type { Construct } from 'constructs';
import { type GoogleMachine, googlePodAddresses, shareGoogleCluster } from '../../estate/catalog/google';
import { cidr, cidrSize } from '../../estate/cidr';
import { Token } from '../cdktf';
import { ConstructError } from '../errors';
import { LIMITS, physicalName } from './names';
import type { WorkloadPolicy } from './node-pool';

/** What pools of a cluster share. */
export interface ClusterPoolsProps {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** Project of the cluster. */
  readonly projectId: string;
  /** Region of the cluster. */
  readonly region: string;
  /** Range of the pods. @default - not known, so that nobody counts its addresses */
  readonly podCidr?: string;
  /** Names of workload policies that exist already, by topology. @default - none */
  readonly workloadPolicies?: Readonly<Record<string, string>>;
}

/** What pools of a cluster share: workload policies, the range of the pods, and who may be beside whom. */
export class ClusterPools {
  private readonly policies = new Map<string, WorkloadPolicy>();
  private readonly machines: GoogleMachine[] = [];
  private podAddresses = 0;

  /**
   * @param scope the cluster
   * @param props what is known of it
   */
  constructor(
    private readonly scope: Construct,
    private readonly props: ClusterPoolsProps,
  ) {
    for (const [topology, policyName] of Object.entries(props.workloadPolicies ?? {})) {
      this.policies.set(topology, { policyName, dependables: [] });
    }
  }

  /** Policy by which nodes stand as one domain of a topology; made when it is first asked for. */
  workloadPolicy(topology: string): WorkloadPolicy {
    const policy = this.policies.get(topology) ?? this.addPolicy(topology);
    this.policies.set(topology, policy);
    return policy;
  }

  /**
   * Takes note of a pool. Without nodes it is a machine whose nodes run on: they keep what they have, beside whatever
   * else there is.
   *
   * @throws ConstructError with `MachineUnsuitable` or `RangeInvalid`
   */
  admit(machine: GoogleMachine, nodeCount: number): void {
    const { podCidr, clusterName } = this.props;
    if (nodeCount !== 0) this.refuseMix(machine);
    if (podCidr === undefined || Token.isUnresolved(nodeCount) || Token.isUnresolved(podCidr)) return;
    this.podAddresses += nodeCount * googlePodAddresses(machine.podsPerNode);
    const room = cidrSize(cidr(podCidr));
    if (this.podAddresses <= room) return;
    const problem =
      `pods of cluster "${clusterName}" need ${this.podAddresses} addresses, ${podCidr} has ${room}: ` +
      'the range is fixed at creation, put the pool into another cluster';
    throw new ConstructError(this.scope, 'RangeInvalid', problem);
  }

  private refuseMix(machine: GoogleMachine): void {
    const other = this.machines.find((known) => !shareGoogleCluster(machine, known));
    if (other !== undefined) {
      const problem =
        `cluster "${this.props.clusterName}" has pools of ${other.type}, which share no cluster with ${machine.type}: ` +
        'bare metal switches shielded nodes off for all of them, put the pool into another cluster';
      throw new ConstructError(this.scope, 'MachineUnsuitable', problem);
    }
    this.machines.push(machine);
  }

  private addPolicy(topology: string): WorkloadPolicy {
    const policyName = `${physicalName([this.props.clusterName], LIMITS.policyStem)}-${topology}`;
    const resource = new ComputeResourcePolicy(this.scope, `workload-policy-${topology}`, {
      name: policyName,
      project: this.props.projectId,
      region: this.props.region,
      workloadPolicy: { type: 'HIGH_THROUGHPUT', acceleratorTopology: topology },
    });
    return { policyName, dependables: [resource] };
  }
}
