import { Construct } from 'constructs';
import { CoreComputeCluster } from '../../.gen/providers/oci/core-compute-cluster';
import type { OracleMachine } from '../../estate/catalog/oracle';
import { type TagOptions, tagArguments } from './names';
import type { INetwork } from './network';

/** A fabric, made here or elsewhere. */
export interface IFabric {
  /** Availability domain of its hosts. */
  readonly zone: string;
  /** OCID of the compute cluster. */
  readonly computeClusterId: string;
}

/** Properties of {@link Fabric}. */
export interface FabricProps extends TagOptions {
  readonly name: string;
  readonly network: INetwork;
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
  public readonly zone: string;
  public readonly computeClusterId: string;

  constructor(scope: Construct, id: string, props: FabricProps) {
    super(scope, id);
    if (props.machine.attachment === 'none') {
      throw new Error(`${props.machine.type} has no RDMA network, so a pool of it takes no fabric; leave it out`);
    }
    this.zone = props.zone;
    const cluster = new CoreComputeCluster(this, 'Resource', {
      availabilityDomain: props.zone,
      compartmentId: props.network.compartmentId,
      displayName: props.name,
      ...tagArguments(props),
      // Replacing it would destroy every rack that it joins.
      ...(props.machine.attachment === 'gpu-memory-cluster' && { lifecycle: { preventDestroy: true } }),
    });
    this.computeClusterId = cluster.id;
  }
}
