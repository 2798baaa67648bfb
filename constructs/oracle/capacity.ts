import { Construct } from 'constructs';
import { CoreComputeCapacityReservation } from '../../.gen/providers/oci/core-compute-capacity-reservation';
import type { OracleMachine } from '../../estate/catalog/oracle';
import type { CapacityKind } from '../../estate/catalog/types';
import { ConstructError, type ConstructErrorCode } from '../errors';
import { checkCount } from '../terraform-checks';
import { checkId, checkName, checkTags } from './checks';
import { type TagOptions, tagArguments } from './names';

/** A capacity reservation to be made; Oracle Cloud bills it from then on, used or not. */
export interface CapacityReservationOptions extends TagOptions {
  /** Name of the reservation. */
  readonly name: string;
  /** Compartment that it is made in. */
  readonly compartmentId: string;
  /** Availability domain of the hosts. */
  readonly zone: string;
  /** Machine type of the hosts. */
  readonly machine: OracleMachine;
  /** Hosts that are reserved, one at least. */
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

/** What holds machines already: a capacity reservation, or what Oracle has allotted to the tenancy. */
export type CapacityReservationAttributes =
  | { readonly kind?: 'reservation'; readonly id: string }
  | { readonly kind: 'dedicated'; readonly id?: string };

/** Options of a {@link Capacity}. */
export interface CapacityProps {
  /** How the machines are obtained. */
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

/** How the machines of a pool are obtained. */
export class Capacity extends Construct {
  /** Machines at list price, as long as there are any. */
  static onDemand(scope: Construct, id: string): Capacity {
    return new Capacity(scope, id, { kind: 'on-demand' });
  }

  /** Machines that Oracle Cloud takes back whenever it needs them. */
  static spot(scope: Construct, id: string): Capacity {
    return new Capacity(scope, id, { kind: 'spot' });
  }

  /**
   * Machines that are held already: by a capacity reservation, or as dedicated capacity, whose GPU memory fabric or host
   * group may be named.
   *
   * @throws ConstructError with `IdInvalid` when the id is that of something else
   */
  static fromReservation(scope: Construct, id: string, reservation: CapacityReservationAttributes): Capacity {
    return new Capacity(scope, id, { kind: 'reservation', ...reservation });
  }

  /**
   * Machines of a reservation that is made here, and billed from then on.
   *
   * @throws ConstructError with `CapacityIncomplete`, `CapacityUnsupported`, `CountInvalid`, `NameInvalid` or
   * `TagInvalid` when there can be no such reservation
   */
  static reserve(scope: Construct, id: string, reservation: CapacityReservationOptions): Capacity {
    return new Capacity(scope, id, { kind: 'reservation', create: reservation });
  }

  /** How the machines are obtained. */
  readonly kind: CapacityKind;
  /** OCID of the capacity reservation. */
  readonly reservationId?: string;
  /** OCID of the GPU memory fabric or of the host group. */
  readonly dedicatedId?: string;
  /** Whether the machines are ours by contract or reservation, so that losing one is expensive. */
  readonly held: boolean;

  /**
   * @throws ConstructError with `CapacityIncomplete`, `CapacityUnsupported`, `CountInvalid`, `IdInvalid`, `NameInvalid`
   * or `TagInvalid` when Oracle Cloud has no such capacity
   */
  constructor(scope: Construct, id: string, props: CapacityProps) {
    super(scope, id);
    check(this, props);
    this.kind = props.kind;
    this.held = props.kind === 'reservation' || props.kind === 'dedicated';
    if (props.kind === 'dedicated') this.dedicatedId = props.id;
    if (props.kind !== 'reservation') return;
    this.reservationId = props.create === undefined ? props.id : this.addReservation(props.create);
  }

  private addReservation(options: CapacityReservationOptions): string {
    const { machine } = options;
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

function check(scope: Construct, props: CapacityProps): void {
  const problem = problemOf(props);
  if (problem !== undefined) throw new ConstructError(scope, ...problem);
  const { kind, id, create } = props;
  if (create !== undefined) checkReservation(scope, create);
  if (id === undefined) return;
  const kinds = kind === 'dedicated' ? ['computegpumemoryfabric', 'computehostgroup'] : ['capacityreservation'];
  checkId(scope, id, ...kinds);
}

/** What is wrong with a kind of capacity and what goes with it. */
function problemOf({ kind, id, create }: CapacityProps): [code: ConstructErrorCode, what: string] | undefined {
  switch (kind) {
    case 'on-demand':
    case 'spot':
      if (id === undefined && create === undefined) return undefined;
      return ['CapacityIncomplete', `capacity "${kind}" has neither id nor create; use kind "reservation" for them`];
    case 'reservation':
      if ((id === undefined) !== (create === undefined)) return undefined;
      return id === undefined
        ? ['CapacityIncomplete', 'capacity "reservation" needs the id of a capacity reservation, or create']
        : ['CapacityIncomplete', 'capacity "reservation" has both id and create; give the one that is meant'];
    case 'dedicated':
      if (create === undefined) return undefined;
      return [
        'CapacityUnsupported',
        'capacity "dedicated" is allotted by Oracle and cannot be made; leave create out, or use kind "reservation"',
      ];
    default:
      return [
        'CapacityUnsupported',
        `Oracle Cloud has no capacity of kind "${kind}"; use on-demand, spot, reservation or dedicated`,
      ];
  }
}

function checkReservation(scope: Construct, options: CapacityReservationOptions): void {
  const { name, machine, nodeCount, island } = options;
  checkName(scope, name);
  checkTags(scope, options);
  checkCount(scope, 'nodeCount', nodeCount, { min: 1 });
  if (!machine.capacity.includes('reservation')) {
    const what = `${machine.type} is not sold as "reservation"; use ${machine.capacity.join(', ')}`;
    throw new ConstructError(scope, 'CapacityUnsupported', what);
  }
  if ((machine.attachment === 'none') === (island === undefined)) return;
  const way = machine.attachment === 'none' ? 'leave island out' : 'give the island that they are to lie in';
  const what = `hosts of ${machine.type} are reserved in an island if they have RDMA; ${way}`;
  throw new ConstructError(scope, 'CapacityIncomplete', what);
}
