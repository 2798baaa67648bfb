import { Construct, type IConstruct } from 'constructs';
import { CoreComputeCluster } from '../../.gen/providers/oci/core-compute-cluster';
import type { OracleMachine } from '../../estate/catalog/oracle';
import type { ITerraformDependable } from '../cdktf';
import { ConstructError } from '../errors';
import { checkId, checkName, checkTags, checkZone } from './checks';
import { type TagOptions, tagArguments } from './names';
import type { INetwork } from './network';

/** The RDMA network of hosts in one availability domain, made here or elsewhere. */
export interface IFabric extends IConstruct {
  /** Availability domain of its hosts. */
  readonly zone: string;
  /** OCID of the compute cluster. */
  readonly computeClusterId: string;
  /** What has to exist before hosts join it. */
  readonly dependables: readonly ITerraformDependable[];
}

/** What is known of a fabric that exists already. */
export interface FabricAttributes {
  /** Availability domain of its hosts. */
  readonly zone: string;
  /** OCID of the compute cluster. */
  readonly computeClusterId: string;
}

/** Options of a {@link Fabric}. */
export interface FabricProps extends TagOptions {
  /** Name of the compute cluster. */
  readonly name: string;
  /** Network of the hosts, which have RDMA interfaces besides. */
  readonly network: INetwork;
  /** Compartment of the hosts. @default - that of the network */
  readonly compartmentId?: string;
  /** Availability domain of its hosts. */
  readonly zone: string;
  /** Machine type of its hosts. */
  readonly machine: OracleMachine;
}

/**
 * A compute cluster: hosts of one availability domain that share one RDMA network.
 *
 * Racks of a domain share one, so that jobs may span them. It names no fabrics and no network blocks: a compute cluster
 * takes at most 15 of either.
 */
export class Fabric extends Construct implements IFabric {
  /**
   * A compute cluster that exists already; nothing is made.
   *
   * @throws ConstructError with `IdInvalid` when the id is not that of a compute cluster
   */
  static fromFabricAttributes(scope: Construct, id: string, attributes: FabricAttributes): IFabric {
    return new ImportedFabric(scope, id, attributes);
  }

  /** Availability domain of its hosts. */
  readonly zone: string;
  /** OCID of the compute cluster. */
  readonly computeClusterId: string;
  /** What has to exist before hosts join it. */
  readonly dependables: readonly ITerraformDependable[];

  /**
   * @throws ConstructError with `FabricMismatch`, `NameInvalid`, `TagInvalid` or `ZoneUnknown` when hosts could not join
   * it
   */
  constructor(scope: Construct, id: string, props: FabricProps) {
    super(scope, id);
    check(this, props);
    this.zone = props.zone;
    const cluster = new CoreComputeCluster(this, 'Resource', {
      availabilityDomain: props.zone,
      compartmentId: props.compartmentId ?? props.network.compartmentId,
      displayName: props.name,
      ...tagArguments(props),
      // Replacing it would destroy every rack that it joins.
      ...(props.machine.attachment === 'gpu-memory-cluster' && { lifecycle: { preventDestroy: true } }),
    });
    this.computeClusterId = cluster.id;
    this.dependables = [cluster];
  }
}

class ImportedFabric extends Construct implements IFabric {
  readonly zone: string;
  readonly computeClusterId: string;
  readonly dependables: readonly ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, { zone, computeClusterId }: FabricAttributes) {
    super(scope, id);
    checkId(this, computeClusterId, 'computecluster');
    this.zone = zone;
    this.computeClusterId = computeClusterId;
  }
}

function check(scope: Construct, props: FabricProps): void {
  const { name, machine, zone, network } = props;
  checkName(scope, name);
  checkTags(scope, props);
  checkZone(scope, zone, network.zones);
  if (machine.attachment !== 'none') return;
  const what = `${machine.type} has no RDMA network, so a pool of it takes no fabric; leave it out`;
  throw new ConstructError(scope, 'FabricMismatch', what);
}
