import { ComputeReservation } from '@cdktf/provider-google/lib/compute-reservation';
import { Construct, type IConstruct } from 'constructs';
import type { GoogleMachine } from '../../estate/catalog/google';
import type { CapacityKind } from '../../estate/catalog/types';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { checkCount } from '../terraform-checks';
import { checkName } from './checks';
import { LIMITS, physicalName } from './names';
import { protect } from './protection';

/** A reservation to create: it is billed from the moment it exists, used or not. */
export interface ReservationOptions {
  /** First part of the name of the reservation. */
  readonly name: string;
  /** Zone of the nodes. */
  readonly zone: string;
  /** Machine of the nodes. */
  readonly machine: GoogleMachine;
  /** Nodes that are reserved, one at least. */
  readonly nodeCount: number;
}

/** What reserves nodes in a project. */
export interface ReserveOptions extends ReservationOptions {
  /** Project that the reservation is made in. */
  readonly projectId: string;
}

/** What nodes are taken out of that have been reserved. */
export interface FromReservationOptions {
  /**
   * Reservation, or the block or sub-block of it that the nodes are bound to:
   * `projects/P/reservations/R[/reservationBlocks/B[/reservationSubBlocks/S]]`, or `R[/…]` with `projectId`.
   */
  readonly id: string;
  /** Project of a reservation that is given by its bare name. @default - the id says it */
  readonly projectId?: string;
}

/** How long flex-start nodes run, and how they are asked for. */
export interface FlexStartOptions {
  /** Longest run of a node, hours; at most 168. @default 168 */
  readonly maxRunHours?: number;
  /**
   * Whether nodes come all at once, when a ProvisioningRequest asks for them, or one by one, when pods do.
   *
   * @default - true, and false for slices, which come whole anyway
   */
  readonly queued?: boolean;
}

/** Options of a {@link Capacity}. */
export interface CapacityProps extends FlexStartOptions {
  /** How nodes are had. */
  readonly kind: CapacityKind;
  /** Project of a reservation that is created, or given by its bare name. @default - the id says it */
  readonly projectId?: string;
  /**
   * Reservation, or the block or sub-block of it that the nodes are bound to:
   * `projects/P/reservations/R[/reservationBlocks/B[/reservationSubBlocks/S]]`, or `R[/…]` with `projectId`.
   *
   * @default - none; `reservation` needs it or `create`
   */
  readonly id?: string;
  /**
   * Creates the reservation. Dense reservations of A4 and A4X are delivered by Google and only referred to.
   *
   * @default - nothing is created
   */
  readonly create?: ReservationOptions;
}

/** What a node pool says about the reservation that it takes its nodes from; always said, since Google fills a gap. */
export interface ReservationAffinity {
  /** Whether nodes come out of a reservation. */
  readonly consumeReservationType: 'NO_RESERVATION' | 'SPECIFIC_RESERVATION';
  /** Label by which Google finds the reservation. @default - no reservation is taken */
  readonly key?: string;
  /** Full name of the reservation, the only one. @default - no reservation is taken */
  readonly values?: string[];
}

const RESERVATION =
  /^projects\/[^/]+\/reservations\/[^/]+(\/reservationBlocks\/[^/]+(\/reservationSubBlocks\/[^/]+)?)?$/;

/** How the nodes of a pool are obtained. */
export class Capacity extends Construct {
  /** Nodes at list price, as long as there are any. */
  static onDemand(scope: Construct, id: string): Capacity {
    return new Capacity(scope, id, { kind: 'on-demand' });
  }

  /** Nodes that Google takes back whenever it needs them. */
  static spot(scope: Construct, id: string): Capacity {
    return new Capacity(scope, id, { kind: 'spot' });
  }

  /**
   * Nodes that are waited for and run for a bounded time.
   *
   * @throws ConstructError with `RetentionInvalid` when they would run for more than a week
   */
  static flexStart(scope: Construct, id: string, options: FlexStartOptions = {}): Capacity {
    return new Capacity(scope, id, { kind: 'flex-start', ...options });
  }

  /**
   * Nodes out of a reservation that exists, of this project or one that shares it.
   *
   * @throws ConstructError with `IdInvalid` or `CapacityIncomplete` when the reservation is not named in full
   */
  static fromReservation(scope: Construct, id: string, options: FromReservationOptions): Capacity {
    return new Capacity(scope, id, { kind: 'reservation', ...options });
  }

  /**
   * Reserves nodes: they are billed from now on, used or not.
   *
   * @throws ConstructError with `CountInvalid` or `NameInvalid` when there would be no such reservation
   */
  static reserve(scope: Construct, id: string, { projectId, ...create }: ReserveOptions): Capacity {
    return new Capacity(scope, id, { kind: 'reservation', projectId, create });
  }

  /** How nodes are had. */
  readonly kind: CapacityKind;
  /** What a pool says about the reservation that it takes its nodes from. */
  readonly reservationAffinity: ReservationAffinity;
  /** Longest run of a node, such as `604800s`. @default - it runs until it is deleted */
  readonly maxRunDuration?: string;
  /** Whether flex-start nodes come all at once. @default - as is usual for their machine */
  readonly queued?: boolean;
  /** Whether nodes cannot be had again once they are given back. */
  readonly held: boolean;
  /** What has to exist before nodes are asked for. */
  readonly dependables: readonly ITerraformDependable[];

  /**
   * @throws ConstructError with `CapacityUnsupported`, `CapacityIncomplete`, `IdInvalid` or `RetentionInvalid` when
   * Google sells no such capacity
   */
  constructor(scope: Construct, id: string, props: CapacityProps) {
    super(scope, id);
    check(this, props);
    this.kind = props.kind;
    this.held = props.kind === 'reservation';
    if (props.kind === 'flex-start') {
      this.maxRunDuration = `${Math.round((props.maxRunHours ?? WEEK_HOURS) * 3600)}s`;
      this.queued = props.queued;
    }
    const created = props.create === undefined ? undefined : this.addReservation(props.projectId, props.create);
    this.dependables = created === undefined ? [] : [created.resource];
    this.reservationAffinity = affinity(created?.path ?? (props.id && fullPath(props.id, props.projectId)));
  }

  private addReservation(projectId = '', options: ReservationOptions) {
    const name = physicalName([options.name], LIMITS.reservation);
    const resource = new ComputeReservation(this, 'Resource', {
      name,
      project: projectId,
      zone: options.zone,
      specificReservationRequired: true,
      specificReservation: {
        count: options.nodeCount,
        instanceProperties: { machineType: options.machine.type },
      },
      lifecycle: {
        // Parts that the machine type brings by itself: reported by the API, they would replace the reservation.
        ignoreChanges: ['guest_accelerators', 'local_ssds'].map(
          (part) => `specific_reservation[0].instance_properties[0].${part}`,
        ),
      },
    });
    protect(resource);
    return { resource, path: `projects/${projectId}/reservations/${name}` };
  }
}

/** The longest that flex-start delivers. */
const WEEK_HOURS = 168;

function check(scope: IConstruct, props: CapacityProps): void {
  const { kind, id, create, projectId, maxRunHours: hours = WEEK_HOURS } = props;
  if (kind === 'capacity-block' || kind === 'dedicated') {
    const instead = 'what it delivers for a term is a "reservation"';
    throw new ConstructError(
      scope,
      'CapacityUnsupported',
      `capacity "${kind}" is not sold by Google Cloud: ${instead}`,
    );
  }
  if (kind !== 'reservation') {
    const named = id ?? create?.name;
    if (named !== undefined) {
      const problem = `capacity "${kind}" got reservation "${named}": only kind "reservation" takes one`;
      throw new ConstructError(scope, 'CapacityUnsupported', problem);
    }
    if (kind === 'flex-start' && !Token.isUnresolved(hours) && !(hours > 0 && hours <= WEEK_HOURS)) {
      const allowed = `use more than 0 and at most ${WEEK_HOURS}, which is a week`;
      throw new ConstructError(scope, 'RetentionInvalid', `capacity "flex-start" got maxRunHours ${hours}: ${allowed}`);
    }
    return;
  }
  if (create !== undefined) {
    checkName(scope, 'name of the reservation', create.name);
    checkCount(scope, `nodeCount of reservation "${create.name}"`, create.nodeCount, { min: 1 });
  } else if (id === undefined) {
    const problem = 'capacity "reservation" got no id: name the reservation, block or sub-block';
    throw new ConstructError(scope, 'CapacityIncomplete', problem);
  }
  if (projectId === undefined && (create !== undefined || isBare(id))) {
    const problem = `reservation "${id ?? create?.name}" is of no project: give its projectId`;
    throw new ConstructError(scope, 'CapacityIncomplete', problem);
  }
  if (id === undefined || Token.isUnresolved(id) || RESERVATION.test(fullPath(id, projectId))) return;
  const form = 'projects/P/reservations/R[/reservationBlocks/B[/reservationSubBlocks/S]]';
  throw new ConstructError(scope, 'IdInvalid', `capacity "reservation" got id "${id}": it must be ${form}`);
}

function isBare(id: string | undefined): boolean {
  return id !== undefined && !Token.isUnresolved(id) && !id.startsWith('projects/');
}

function fullPath(id: string, projectId: string | undefined): string {
  return isBare(id) ? `projects/${projectId}/reservations/${id}` : id;
}

function affinity(path: string | undefined): ReservationAffinity {
  if (path === undefined) return { consumeReservationType: 'NO_RESERVATION' };
  return {
    consumeReservationType: 'SPECIFIC_RESERVATION',
    key: 'compute.googleapis.com/reservation-name',
    values: [path],
  };
}
