import { CapacityReservation } from '@cdktf/provider-azurerm/lib/capacity-reservation';
import { CapacityReservationGroup } from '@cdktf/provider-azurerm/lib/capacity-reservation-group';
import { Construct } from 'constructs';
import type { AzureMachine } from '../../estate/catalog/azure';
import type { CapacityKind } from '../../estate/catalog/types';
import type { Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { LIMITS, physicalName, type ResourceScope, resourceId, resourceTags } from './names';

/** An on-demand capacity reservation to make; it is billed from the moment it exists, used or not. */
export interface CapacityReservationOptions extends ResourceScope {
  /** First part of every physical name. */
  readonly name: string;
  readonly region: string;
  /** @default none, as in regions without zones */
  readonly zone?: string;
  readonly machine: AzureMachine;
  /** Machines to hold, those of upgrades included. */
  readonly nodeCount: number;
  /** @default none */
  readonly tags?: Tags;
}

/** Properties of Capacity. */
export interface CapacityProps {
  readonly kind: CapacityKind;
  /**
   * Id of a capacity reservation group, for kind `reservation`.
   * @default none
   */
  readonly id?: string;
  /**
   * Makes a reservation, for kind `reservation`.
   * @default nothing is made
   */
  readonly create?: CapacityReservationOptions;
}

const RESERVATION_GROUP =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Compute\/capacityReservationGroups\/[^/]+$/;

/**
 * How the machines of a pool are obtained.
 *
 * ND machines have no reservations on Azure: theirs is quota, or a contract that arrives as quota (`dedicated`).
 */
export class Capacity extends Construct {
  readonly kind: CapacityKind;
  /** `priority` of the node pool. */
  readonly priority?: 'Spot';
  readonly capacityReservationGroupId?: string;
  /** The machines are hard to get back: pools of them refuse to be destroyed. */
  readonly protected: boolean;
  /** What must exist before machines are asked for. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CapacityProps) {
    super(scope, id);
    const { kind, create } = props;
    this.kind = kind;
    this.protected = kind === 'reservation' || kind === 'dedicated';
    refuseMisuse(props);
    if (kind === 'spot') this.priority = 'Spot';
    const made = create === undefined ? undefined : this.reserve(create);
    this.capacityReservationGroupId = made?.id ?? props.id;
    this.ready = made === undefined ? [] : [made.reservation];
  }

  private reserve(options: CapacityReservationOptions) {
    const { machine, zone } = options;
    if (machine.capacityReservations !== true) {
      throw new Error(
        `${machine.type} cannot be reserved on demand: Azure has no capacity reservations for it; ` +
          'use on-demand within quota, or dedicated where a contract holds it',
      );
    }
    const name = physicalName([options.name], LIMITS.capacityReservation);
    const tags = resourceTags(options.tags);
    const group = new CapacityReservationGroup(this, 'group', {
      name,
      resourceGroupName: options.resourceGroupName,
      location: options.region,
      zones: zone === undefined ? undefined : [zone],
      tags,
      lifecycle: { preventDestroy: true },
    });
    const reservation = new CapacityReservation(this, 'Resource', {
      name: physicalName(zone === undefined ? [options.name] : [options.name, zone], LIMITS.capacityReservation),
      capacityReservationGroupId: group.id,
      zone,
      sku: { name: machine.type, capacity: options.nodeCount },
      tags,
      lifecycle: { preventDestroy: true },
    });
    return { id: resourceId(options, 'Microsoft.Compute/capacityReservationGroups', name), reservation };
  }
}

function refuseMisuse({ kind, id, create }: CapacityProps): void {
  if (kind === 'capacity-block' || kind === 'flex-start') {
    throw new Error(`capacity ${kind} cannot be declared on Azure: use on-demand, spot, reservation or dedicated`);
  }
  if (kind !== 'reservation') {
    if (id === undefined && create === undefined) return;
    throw new Error(`capacity ${kind} takes no reservation: use kind reservation, or leave id and create out`);
  }
  if (create !== undefined && id === undefined) return;
  if (id === undefined || create !== undefined) {
    throw new Error('capacity reservation needs either the id of a capacity reservation group or create');
  }
  if (!Token.isUnresolved(id) && !RESERVATION_GROUP.test(id)) {
    throw new Error(
      `"${id}" is not the id of a capacity reservation group: it looks like ` +
        '/subscriptions/S/resourceGroups/G/providers/Microsoft.Compute/capacityReservationGroups/NAME',
    );
  }
}
