import { Construct } from 'constructs';
import { CoreComputeCapacityReservation } from '../../.gen/providers/oci/core-compute-capacity-reservation';
import type { OracleMachine } from '../../estate/catalog/oracle';
import type { CapacityKind } from '../../estate/catalog/types';
import { Token } from '../cdktf';
import { type TagOptions, tagArguments } from './names';

/** A capacity reservation to be made; Oracle Cloud bills it from then on, used or not. */
export interface CapacityReservationOptions extends TagOptions {
  readonly name: string;
  readonly compartmentId: string;
  readonly zone: string;
  readonly machine: OracleMachine;
  readonly nodeCount: number;
  /** Part of an RDMA network that the hosts are to lie in. @default - machines without RDMA, which lie anywhere */
  readonly island?: HpcIsland;
}

/** A part of an RDMA network, as Oracle allots it. */
export interface HpcIsland {
  /** OCID of the island. */
  readonly id: string;
  /** OCIDs of network blocks in it. @default - any */
  readonly networkBlockIds?: readonly string[];
}

/** Properties of {@link Capacity}. */
export interface CapacityProps {
  readonly kind: CapacityKind;
  /**
   * OCID of what holds the machines: the capacity reservation, or for `dedicated` the GPU memory fabric of a rack or
   * the host group of other machines.
   *
   * @default - none: Oracle Cloud chooses among what the tenancy may use
   */
  readonly id?: string;
  /** Makes a capacity reservation. @default - nothing that costs money by existing is made */
  readonly create?: CapacityReservationOptions;
}

const RESERVATION_IDS = ['capacityreservation'] as const;
const DEDICATED_IDS = ['computegpumemoryfabric', 'computehostgroup'] as const;

/** How the machines of a pool are obtained. */
export class Capacity extends Construct {
  public readonly kind: CapacityKind;
  /** OCID of the capacity reservation. */
  public readonly reservationId?: string;
  /** OCID of the GPU memory fabric or of the host group. */
  public readonly dedicatedId?: string;
  /** The machines are ours by contract or reservation, so that losing one is expensive. */
  public readonly protected: boolean;

  constructor(scope: Construct, id: string, props: CapacityProps) {
    super(scope, id);
    this.kind = props.kind;
    this.protected = props.kind === 'reservation' || props.kind === 'dedicated';
    switch (props.kind) {
      case 'on-demand':
      case 'spot':
        if (props.id !== undefined || props.create !== undefined) {
          throw new Error(
            `capacity of kind "${props.kind}" has neither id nor create; use kind "reservation" for them`,
          );
        }
        return;
      case 'reservation':
        if (props.id !== undefined && props.create !== undefined) {
          throw new Error('capacity of kind "reservation" has both id and create; give the one that is meant');
        }
        checkIdKind(props.id, RESERVATION_IDS);
        this.reservationId = props.create === undefined ? props.id : this.reserve(props.create);
        if (this.reservationId === undefined) {
          throw new Error('capacity of kind "reservation" needs the id of a capacity reservation, or create');
        }
        return;
      case 'dedicated':
        if (props.create !== undefined) {
          throw new Error(
            'capacity of kind "dedicated" is allotted by Oracle and cannot be made; leave create out, or use kind "reservation"',
          );
        }
        checkIdKind(props.id, DEDICATED_IDS);
        this.dedicatedId = props.id;
        return;
      default:
        throw new Error(
          `Oracle Cloud has no capacity of kind "${props.kind}"; use on-demand, spot, reservation or dedicated`,
        );
    }
  }

  private reserve(options: CapacityReservationOptions): string {
    const { machine } = options;
    if ((machine.attachment === 'none') !== (options.island === undefined)) {
      const hint = machine.attachment === 'none' ? 'leave island out' : 'give the island that they are to lie in';
      throw new Error(`a reservation of ${machine.type}: hosts are reserved in an island if they have RDMA; ${hint}`);
    }
    const reservation = new CoreComputeCapacityReservation(this, 'Resource', {
      availabilityDomain: options.zone,
      compartmentId: options.compartmentId,
      displayName: options.name,
      ...tagArguments(options),
      instanceReservationConfigs: [
        {
          instanceShape: machine.type,
          reservedCount: String(options.nodeCount),
          ...(options.island && {
            clusterConfig: {
              hpcIslandId: options.island.id,
              networkBlockIds: [...(options.island.networkBlockIds ?? [])],
            },
          }),
          ...(machine.flexible && {
            // The provider reads STATIC where nothing is said and tells entries apart by it, so every plan would show
            // a difference.
            instanceShapeConfig: {
              ocpus: machine.ocpus,
              memoryInGbs: machine.memoryGiB,
              resourceManagement: 'STATIC',
            },
          }),
        },
      ],
      lifecycle: { preventDestroy: true },
    });
    return reservation.id;
  }
}

/** The provider takes any OCID, and nodes find nothing of another kind when they start. */
function checkIdKind(id: string | undefined, kinds: readonly string[]): void {
  if (id === undefined || Token.isUnresolved(id)) return;
  const [start, kind = ''] = id.split('.');
  if (start === 'ocid1' && kinds.includes(kind)) return;
  throw new Error(`id "${id}" is none of ${kinds.map((name) => `ocid1.${name}.…`).join(' or ')}`);
}
