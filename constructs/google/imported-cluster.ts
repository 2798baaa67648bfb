import { Construct } from 'constructs';
import type { GoogleMachine } from '../../estate/catalog/google';
import type { ITerraformDependable } from '../cdktf';
import { ConstructError } from '../errors';
import { checkName } from './checks';
import { ClusterPools } from './cluster-pools';
import type { IEncryptionKey } from './encryption-key';
import type { ICluster, WorkloadPolicy } from './node-pool';

/** What a cluster is known by that exists already. */
export interface ClusterAttributes {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** Project of the cluster. */
  readonly projectId: string;
  /** Number of the project: identities of workloads are named by it. */
  readonly projectNumber: string;
  /** Region of the cluster. */
  readonly region: string;
  /** Zones that its nodes may be in. @default - any zone of the region */
  readonly zones?: readonly string[];
  /** Address of the service account that nodes run as. */
  readonly nodeServiceAccount: string;
  /** Key of boot disks; the agent of Compute Engine is let in by its `grants`. @default - that of Google */
  readonly encryptionKey?: IEncryptionKey;
  /** Range of the pods, whose addresses new pools are counted against. @default - nobody counts them */
  readonly podCidr?: string;
  /** Names of workload policies that exist already, by topology. @default - none; those that pools need are made */
  readonly workloadPolicies?: Readonly<Record<string, string>>;
  /** Whether pods may have more interfaces than one, as most machines with a fabric need. @default true */
  readonly enableMultiNetworking?: boolean;
  /** Whether nodes are shielded, which bare metal cannot be. @default - as the machines of its pools need it */
  readonly enableShieldedNodes?: boolean;
}

/** Where a cluster of some attributes is, by the name that Google gives it. */
export function clusterIdOf({
  projectId,
  region,
  clusterName,
}: Pick<ClusterAttributes, 'projectId' | 'region' | 'clusterName'>): string {
  return `projects/${projectId}/locations/${region}/clusters/${clusterName}`;
}

/** A cluster that is there already; nothing of it is made but the workload policies of new pools. */
export class ImportedCluster extends Construct implements ICluster {
  readonly clusterName: string;
  readonly clusterId: string;
  readonly projectId: string;
  readonly projectNumber: string;
  readonly region: string;
  readonly zones?: readonly string[];
  readonly nodeServiceAccount: string;
  readonly encryptionKey?: IEncryptionKey;
  readonly dependables: readonly ITerraformDependable[];
  private readonly pools: ClusterPools;

  constructor(
    scope: Construct,
    id: string,
    private readonly attributes: ClusterAttributes,
  ) {
    super(scope, id);
    checkName(this, 'name of the cluster', attributes.clusterName);
    this.clusterName = attributes.clusterName;
    this.clusterId = clusterIdOf(attributes);
    this.projectId = attributes.projectId;
    this.projectNumber = attributes.projectNumber;
    this.region = attributes.region;
    this.zones = attributes.zones;
    this.nodeServiceAccount = attributes.nodeServiceAccount;
    this.encryptionKey = attributes.encryptionKey;
    this.dependables = attributes.encryptionKey?.grants.serviceAgent('compute').dependables ?? [];
    this.pools = new ClusterPools(this, attributes);
  }

  workloadPolicy(topology: string): WorkloadPolicy {
    return this.pools.workloadPolicy(topology);
  }

  admit(machine: GoogleMachine, nodeCount: number): void {
    const { enableMultiNetworking = true, enableShieldedNodes } = this.attributes;
    if (machine.fabric?.podInterfaces === 'multi-network' && !enableMultiNetworking) {
      this.refuse(machine, 'multi-networking turned on');
    }
    if (machine.shieldedNodes === 'off' && enableShieldedNodes === true) this.refuse(machine, 'no shielded nodes');
    this.pools.admit(machine, nodeCount);
  }

  private refuse({ type }: GoogleMachine, needed: string): never {
    const problem = `cluster "${this.clusterName}" takes no pools of ${type}, which need ${needed}: change the cluster first`;
    throw new ConstructError(this, 'MachineUnsuitable', problem);
  }
}
