import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { RemovalPolicy, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { AwsMachine } from '../../estate/catalog/aws-machines';
import type { CapacityKind } from '../../estate/catalog/types';

/** A reservation to be made. It bills from the moment it exists, used or not. */
export interface NewReservation {
  readonly machine: AwsMachine;
  readonly zone: string;
  readonly nodeCount: number;
}

/** Options of a {@link Capacity}. */
export interface CapacityProps {
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
}

/** How the machines of a pool are obtained, in the words of launch templates and node groups. */
export class Capacity extends Construct {
  readonly kind: CapacityKind;
  /** `capacityType` of a managed node group. */
  readonly capacityType: 'ON_DEMAND' | 'SPOT' | 'CAPACITY_BLOCK';
  /** True where machines are held for us, so that a pool must not be thrown away with its stack. */
  readonly held: boolean;
  /** The reservation or block that nodes start in. */
  readonly reservationId?: string;
  readonly marketOptions?: ec2.CfnLaunchTemplate.InstanceMarketOptionsProperty;
  readonly reservationSpecification?: ec2.CfnLaunchTemplate.CapacityReservationSpecificationProperty;

  constructor(scope: Construct, id: string, props: CapacityProps) {
    super(scope, id);
    this.kind = props.kind;
    this.capacityType = capacityType(props.kind);
    this.held = props.kind === 'reservation' || props.kind === 'capacity-block';
    if (props.create !== undefined && props.kind !== 'reservation') {
      throw new Error(`capacity kind "${props.kind}" cannot be created here: only reservations can, blocks are bought`);
    }
    this.reservationId = props.create === undefined ? props.id : this.createReservation(props.create);
    if (!this.held) return;
    if (this.reservationId === undefined) {
      throw new Error(`capacity kind "${props.kind}" needs the id of what was reserved, such as cr-0123456789abcdef0`);
    }
    // Nodes start in the reservation or not at all: falling back to on-demand would bill twice.
    this.reservationSpecification = {
      ...(props.kind === 'reservation' && { capacityReservationPreference: 'capacity-reservations-only' }),
      capacityReservationTarget: reservationTarget(this.reservationId),
    };
    if (props.kind === 'capacity-block') this.marketOptions = { marketType: 'capacity-block' };
  }

  private createReservation({ machine, zone, nodeCount }: NewReservation): string {
    const reservation = new ec2.CfnCapacityReservation(this, 'Resource', {
      instanceType: machine.type,
      instancePlatform: 'Linux/UNIX',
      availabilityZone: zone,
      instanceCount: nodeCount,
      instanceMatchCriteria: 'targeted',
      endDateType: 'unlimited',
    });
    reservation.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return reservation.attrId;
  }
}

function capacityType(kind: CapacityKind): Capacity['capacityType'] {
  switch (kind) {
    case 'on-demand':
    case 'reservation':
      return 'ON_DEMAND';
    case 'spot':
      return 'SPOT';
    case 'capacity-block':
      return 'CAPACITY_BLOCK';
    default:
      throw new Error(
        `capacity kind "${kind}" does not exist on AWS; use on-demand, spot, reservation or capacity-block`,
      );
  }
}

function reservationTarget(id: string): ec2.CfnLaunchTemplate.CapacityReservationTargetProperty {
  if (!Token.isUnresolved(id) && id.startsWith('arn:')) return { capacityReservationResourceGroupArn: id };
  if (!Token.isUnresolved(id) && !/^cr-[0-9a-f]+$/.test(id)) {
    throw new Error(`"${id}" is no capacity reservation; expected cr-… or the ARN of a resource group`);
  }
  return { capacityReservationId: id };
}
