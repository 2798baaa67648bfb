import { CapacityReservation } from '@cdktf/provider-azurerm/lib/capacity-reservation';
import { CapacityReservationGroup } from '@cdktf/provider-azurerm/lib/capacity-reservation-group';
import { Construct } from 'constructs';
import type { AzureMachine } from '../../estate/catalog/azure';
import type { CapacityKind } from '../../estate/catalog/types';
import { hash8 } from '../../estate/name';
import type { Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError, type ConstructErrorCode } from '../errors';
import { Grant } from '../grant';
import { checkName, checkNodeCount, checkTags } from './checks';
import { LIMITS, physicalName, type ResourceScope, resourceId, resourceTags } from './names';
import { assignRole } from './role-assignment';

/** An on-demand capacity reservation to make; it is billed from the moment it exists, used or not. */
export interface CapacityReservationOptions extends ResourceScope {
  /** First part of every physical name. */
  readonly name: string;
  /** Region of the machines. */
  readonly region: string;
  /**
   * Zone of the machines.
   * @default - none, as in regions without zones
   */
  readonly zone?: string;
  /** Machine type that is held. */
  readonly machine: AzureMachine;
  /** Machines to hold, those of upgrades included. */
  readonly nodeCount: number;
  /**
   * Tags of group and reservation.
   * @default - none
   */
  readonly tags?: Tags;
}

/** What holds machines already: a capacity reservation group by its id, or a contract. */
export type CapacityReservationAttributes =
  | { readonly kind?: 'reservation'; readonly id: string }
  | { readonly kind: 'dedicated' };

/** Options of a {@link Capacity}. */
export interface CapacityProps {
  /** How the machines are obtained. */
  readonly kind: CapacityKind;
  /**
   * Id of a capacity reservation group, for kind `reservation`.
   * @default - none
   */
  readonly id?: string;
  /**
   * Makes a reservation, for kind `reservation`.
   * @default - nothing is made
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
  /** Machines within quota, where Azure has them. */
  static onDemand(scope: Construct, id: string): Capacity {
    return new Capacity(scope, id, { kind: 'on-demand' });
  }

  /** Machines that Azure may take back at any time. */
  static spot(scope: Construct, id: string): Capacity {
    return new Capacity(scope, id, { kind: 'spot' });
  }

  /**
   * Machines that are held already: by a capacity reservation group, or by a contract that arrives as quota.
   *
   * @throws ConstructError with `IdInvalid` when the id is none of a capacity reservation group
   */
  static fromReservation(scope: Construct, id: string, reservation: CapacityReservationAttributes): Capacity {
    return new Capacity(scope, id, { kind: 'reservation', ...reservation });
  }

  /**
   * Machines of a reservation that is made here, and billed from then on.
   *
   * @throws ConstructError with `CapacityUnsupported` when Azure has no reservations for the machine
   */
  static reserve(scope: Construct, id: string, reservation: CapacityReservationOptions): Capacity {
    return new Capacity(scope, id, { kind: 'reservation', create: reservation });
  }

  /** How the machines are obtained. */
  readonly kind: CapacityKind;
  /** `priority` of the node pool. */
  readonly priority?: 'Spot';
  /** Id of the group whose machines are taken. */
  readonly capacityReservationGroupId?: string;
  /** The machines are held and hard to get back: pools of them refuse to be destroyed unless they are told otherwise. */
  readonly held: boolean;
  /** What must exist before machines are asked for. */
  readonly dependables: readonly ITerraformDependable[];

  /**
   * @throws ConstructError with `CapacityUnsupported`, `CapacityIncomplete`, `IdInvalid`, `CountInvalid`, `NameInvalid`
   * or `TagInvalid` when the props do not go together
   */
  constructor(scope: Construct, id: string, props: CapacityProps) {
    super(scope, id);
    const { kind, create } = props;
    check(this, props);
    this.kind = kind;
    this.held = kind === 'reservation' || kind === 'dedicated';
    if (kind === 'spot') this.priority = 'Spot';
    const made = create === undefined ? undefined : this.addReservation(create);
    this.capacityReservationGroupId = made?.id ?? props.id;
    this.dependables = made === undefined ? [] : [made.reservation];
  }

  private addReservation(options: CapacityReservationOptions) {
    const { machine, zone } = options;
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

/** Construct id of the role of a cluster on the resource group of a reservation. */
export function reservationRoleId(capacityReservationGroupId: string): string {
  return `reservations-${hash8(resourceGroupOf(capacityReservationGroupId))}`;
}

function resourceGroupOf(id: string): string {
  return id.split('/providers/')[0] ?? id;
}

/** Access of one cluster to the reservations of its pools: a role for each resource group that holds some. */
export class ReservationAccess {
  private readonly roles = new Map<string, Grant>();

  /**
   * @param cluster the construct that the roles belong to
   * @param principalId object id of the identity of its control plane; where none is named, nobody is given a role
   */
  constructor(
    private readonly cluster: Construct,
    private readonly principalId: string | undefined,
  ) {}

  /** Access to the reservations of a capacity, made when first asked for. */
  to({ capacityReservationGroupId }: Capacity): Grant {
    if (capacityReservationGroupId === undefined || this.principalId === undefined) return new Grant();
    const resourceGroupId = resourceGroupOf(capacityReservationGroupId);
    const role = { role: 'Contributor', on: resourceGroupId, principalId: this.principalId };
    const found =
      this.roles.get(resourceGroupId) ??
      new Grant([assignRole(this.cluster, reservationRoleId(capacityReservationGroupId), role)]);
    this.roles.set(resourceGroupId, found);
    return found;
  }
}

function check(scope: Construct, props: CapacityProps): void {
  const refused = refusal(props);
  if (refused !== undefined) throw new ConstructError(scope, ...refused);
  if (props.create !== undefined) checkReservation(scope, props.create);
}

/** Why props do not go together; nothing where they do. */
function refusal({ kind, id, create }: CapacityProps): readonly [ConstructErrorCode, string] | undefined {
  if (kind === 'capacity-block' || kind === 'flex-start') {
    const use = 'use on-demand, spot, reservation or dedicated';
    return ['CapacityUnsupported', `capacity ${kind} cannot be declared on Azure: ${use}`];
  }
  if (kind !== 'reservation') {
    if (id === undefined && create === undefined) return undefined;
    const way = 'use kind reservation, or leave id and create out';
    return ['CapacityIncomplete', `capacity ${kind} takes no reservation: ${way}`];
  }
  if ((id === undefined) === (create === undefined)) {
    const way = 'needs either the id of a capacity reservation group or create';
    return ['CapacityIncomplete', `capacity reservation ${way}`];
  }
  if (id === undefined || Token.isUnresolved(id) || RESERVATION_GROUP.test(id)) return undefined;
  const form = '/subscriptions/S/resourceGroups/G/providers/Microsoft.Compute/capacityReservationGroups/NAME';
  return ['IdInvalid', `"${id}" is not the id of a capacity reservation group: it looks like ${form}`];
}

function checkReservation(scope: Construct, { name, machine, nodeCount, tags }: CapacityReservationOptions): void {
  checkName(scope, 'a capacity reservation', name);
  checkNodeCount(scope, `capacity reservation ${name}`, nodeCount);
  checkTags(scope, `capacity reservation ${name}`, tags);
  if (machine.capacityReservations === true) return;
  throw new ConstructError(
    scope,
    'CapacityUnsupported',
    `${machine.type} cannot be reserved on demand: Azure has no capacity reservations for it; ` +
      'use on-demand within quota, or dedicated where a contract holds it',
  );
}
