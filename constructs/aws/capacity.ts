import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { RemovalPolicy, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AWS_RESERVATION } from '../../estate/catalog/aws-limits';
import type { AwsMachine } from '../../estate/catalog/aws-machines';
import type { CapacityKind } from '../../estate/catalog/types';
import { ConstructError } from '../errors';
import { type CapacityAlarmOptions, watchReservation } from './alarms';

/** A reservation to be made. It bills from the moment it exists, used or not. */
export interface NewReservation {
  /** Row of the machine type that is reserved. */
  readonly machine: AwsMachine;
  /** Zone that the machines are held in. */
  readonly zone: string;
  /** Machines that are held. */
  readonly nodeCount: number;
}

/** Where the machines of a reservation are. */
export interface ReservationPlacement {
  /**
   * Cluster placement group that the reservation was made in: its name, or its id (`pg-…`) where another account shares
   * it. Nodes are put into it, or they would not start in the reservation.
   *
   * @default - the reservation was made in none
   */
  readonly placementGroup?: string;
}

/** What is known of a reservation or block that was made elsewhere. */
export interface ReservationAttributes extends ReservationPlacement {
  /** The reservation or capacity block (`cr-…`), or the ARN of a resource group of them. */
  readonly id: string;
  /** What it is: an On-Demand Capacity Reservation, or a capacity block for ML. @default 'reservation' */
  readonly kind?: 'reservation' | 'capacity-block';
  /**
   * Where alarms on machines go that stand idle. A resource group of reservations has no such metric.
   *
   * @default - no alarms
   */
  readonly alarms?: CapacityAlarmOptions;
}

/** Options of a {@link Capacity}. */
export interface CapacityProps extends ReservationPlacement {
  /** How machines are obtained. */
  readonly kind: CapacityKind;
  /**
   * The reservation or capacity block (`cr-…`), or the ARN of a resource group of them.
   *
   * @default - none; only on-demand and spot can do without
   */
  readonly id?: string;
  /**
   * Makes an On-Demand Capacity Reservation, for kind `reservation`. It costs money at once, the stack fails where AWS
   * has no such capacity, and it is kept when the stack goes.
   *
   * @default - nothing is made
   */
  readonly create?: NewReservation;
  /**
   * Where alarms on machines go that stand idle. A resource group of reservations has no such metric.
   *
   * @default - no alarms
   */
  readonly alarms?: CapacityAlarmOptions;
}

/** How the machines of a pool are obtained, in the words of launch templates and node groups. */
export class Capacity extends Construct {
  /** Machines at the list price, while there are some. */
  static onDemand(scope: Construct, id: string): Capacity {
    return new Capacity(scope, id, { kind: 'on-demand' });
  }

  /** Machines at a lower price that AWS takes back when it needs them. */
  static spot(scope: Construct, id: string): Capacity {
    return new Capacity(scope, id, { kind: 'spot' });
  }

  /**
   * Machines of a reservation or a capacity block that was bought elsewhere.
   *
   * @throws ConstructError with IdInvalid when the id is that of something else
   */
  static fromReservation(scope: Construct, id: string, attributes: ReservationAttributes): Capacity {
    return new Capacity(scope, id, { kind: 'reservation', ...attributes });
  }

  /**
   * Makes an On-Demand Capacity Reservation: it costs money at once, the stack fails where AWS has no such capacity, and
   * it is kept when the stack goes. Capacity blocks are bought, no program makes them.
   *
   * @throws ConstructError with CountInvalid, CapacityUnsupported or IdInvalid when it cannot be had
   */
  static reserve(
    scope: Construct,
    id: string,
    { placementGroup, ...create }: NewReservation & ReservationPlacement,
  ): Capacity {
    return new Capacity(scope, id, { kind: 'reservation', create, placementGroup });
  }

  /** How machines are obtained. */
  readonly kind: CapacityKind;
  /** `capacityType` of a managed node group. */
  readonly capacityType: 'ON_DEMAND' | 'SPOT' | 'CAPACITY_BLOCK';
  /** True where machines are held for us, so that a pool must not be thrown away with its stack. */
  readonly held: boolean;
  /** The reservation or block that nodes start in; none for on-demand and spot. */
  readonly reservationId?: string;
  /** Market that the launch template names; none but for capacity blocks. */
  readonly marketOptions?: ec2.CfnLaunchTemplate.InstanceMarketOptionsProperty;
  /** Placement group that nodes start in; none unless the reservation was made in one. */
  readonly placement?: ec2.CfnLaunchTemplate.PlacementProperty;
  /** Where the launch template starts nodes; none for on-demand and spot. */
  readonly reservationSpecification?: ec2.CfnLaunchTemplate.CapacityReservationSpecificationProperty;

  /**
   * @throws ConstructError with CapacityUnsupported, CapacityIncomplete, CountInvalid or IdInvalid when nodes could
   * never be had like this
   */
  constructor(scope: Construct, id: string, props: CapacityProps) {
    super(scope, id);
    this.capacityType = this.check(props);
    this.kind = props.kind;
    this.held = isHeld(props.kind);
    this.placement = placementIn(props.placementGroup);
    this.reservationId =
      props.create === undefined ? props.id : this.createReservation(props.create, props.placementGroup);
    if (!this.held || this.reservationId === undefined) return;
    // Nodes start in the reservation or not at all: falling back to on-demand would bill twice.
    this.reservationSpecification = {
      ...(props.kind === 'reservation' && { capacityReservationPreference: 'capacity-reservations-only' }),
      capacityReservationTarget: reservationTarget(this.reservationId),
    };
    if (props.kind === 'capacity-block') this.marketOptions = { marketType: 'capacity-block' };
    if (props.alarms !== undefined && !isGroup(this.reservationId)) {
      watchReservation(this, this.reservationId, props.alarms);
    }
  }

  private check({ kind, id, create, placementGroup }: CapacityProps): Capacity['capacityType'] {
    const capacityType = CAPACITY_TYPES[kind];
    if (capacityType === undefined) {
      throw new ConstructError(
        this,
        'CapacityUnsupported',
        `capacity kind "${kind}" does not exist on AWS; use on-demand, spot, reservation or capacity-block`,
      );
    }
    if (placementGroup !== undefined) this.checkPlacement(kind, placementGroup, create);
    if (create !== undefined) this.checkNew(kind, create);
    else if (id === undefined && isHeld(kind)) {
      throw new ConstructError(
        this,
        'CapacityIncomplete',
        `capacity kind "${kind}" needs the id of what was reserved, such as cr-0123456789abcdef0`,
      );
    }
    if (id !== undefined && !Token.isUnresolved(id) && !/^cr-[0-9a-f]+$|^arn:/.test(id)) {
      throw new ConstructError(
        this,
        'IdInvalid',
        `"${id}" is no capacity reservation; expected cr-… or the ARN of a resource group`,
      );
    }
    return capacityType;
  }

  private checkPlacement(kind: CapacityKind, placementGroup: string, create: NewReservation | undefined): void {
    if (kind !== 'reservation') {
      throw new ConstructError(
        this,
        'CapacityUnsupported',
        `capacity kind "${kind}" was not made in a placement group; only a reservation can be, leave placementGroup out`,
      );
    }
    if (create !== undefined && isPlacementGroupId(placementGroup)) {
      throw new ConstructError(
        this,
        'IdInvalid',
        `"${placementGroup}" is the id of a placement group; a reservation is made in one by its name`,
      );
    }
  }

  private checkNew(kind: CapacityKind, { machine, nodeCount }: NewReservation): void {
    if (kind !== 'reservation') {
      throw new ConstructError(
        this,
        'CapacityUnsupported',
        `capacity kind "${kind}" cannot be created here: only reservations can, blocks are bought`,
      );
    }
    if (!machine.capacity.includes(kind)) {
      throw new ConstructError(
        this,
        'CapacityUnsupported',
        `${machine.type} is not sold as "${kind}"; use ${machine.capacity.join(', ')}`,
      );
    }
    const { mostNodes } = AWS_RESERVATION;
    if (Token.isUnresolved(nodeCount) || (Number.isInteger(nodeCount) && nodeCount >= 1 && nodeCount <= mostNodes)) {
      return;
    }
    throw new ConstructError(
      this,
      'CountInvalid',
      `nodeCount is ${nodeCount}; a reservation holds a whole number of machines from 1 to ${mostNodes}`,
    );
  }

  private createReservation({ machine, zone, nodeCount }: NewReservation, placementGroup: string | undefined): string {
    const reservation = new ec2.CfnCapacityReservation(this, 'Resource', {
      instanceType: machine.type,
      instancePlatform: 'Linux/UNIX',
      availabilityZone: zone,
      instanceCount: nodeCount,
      instanceMatchCriteria: 'targeted',
      endDateType: 'unlimited',
      placementGroupArn:
        placementGroup === undefined
          ? undefined
          : Stack.of(this).formatArn({ service: 'ec2', resource: 'placement-group', resourceName: placementGroup }),
    });
    reservation.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.node.defaultChild = reservation;
    return reservation.attrId;
  }
}

const CAPACITY_TYPES: { readonly [K in CapacityKind]?: Capacity['capacityType'] } = {
  'on-demand': 'ON_DEMAND',
  spot: 'SPOT',
  reservation: 'ON_DEMAND',
  'capacity-block': 'CAPACITY_BLOCK',
};

function isHeld(kind: CapacityKind): boolean {
  return kind === 'reservation' || kind === 'capacity-block';
}

function isGroup(id: string): boolean {
  return !Token.isUnresolved(id) && id.startsWith('arn:');
}

function reservationTarget(id: string): ec2.CfnLaunchTemplate.CapacityReservationTargetProperty {
  if (isGroup(id)) return { capacityReservationResourceGroupArn: id };
  return { capacityReservationId: id };
}

function placementIn(group: string | undefined): ec2.CfnLaunchTemplate.PlacementProperty | undefined {
  if (group === undefined) return undefined;
  return isPlacementGroupId(group) ? { groupId: group } : { groupName: group };
}

function isPlacementGroupId(group: string): boolean {
  return !Token.isUnresolved(group) && /^pg-[0-9a-f]{8,17}$/.test(group);
}
