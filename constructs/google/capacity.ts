import { ComputeReservation } from '@cdktf/provider-google/lib/compute-reservation';
import { Construct } from 'constructs';
import type { GoogleMachine } from '../../estate/catalog/google';
import type { CapacityKind } from '../../estate/catalog/types';
import { type ITerraformDependable, Token } from '../cdktf';
import { LIMITS, physicalName } from './names';
import { protect } from './protection';

/** A reservation to create: it is billed from the moment it exists, used or not. */
export interface ReservationOptions {
  /** First part of the name of the reservation. */
  readonly name: string;
  readonly zone: string;
  readonly machine: GoogleMachine;
  readonly nodeCount: number;
}

/** Properties of a `Capacity`. */
export interface CapacityProps {
  readonly kind: CapacityKind;
  /** Project of the pool, and of a reservation that is given by its bare name. */
  readonly projectId: string;
  /**
   * Reservation, or the block or sub-block of it that the nodes are bound to:
   * `projects/P/reservations/R[/reservationBlocks/B[/reservationSubBlocks/S]]`, or `R[/…]` in the same project.
   * @default none; `reservation` needs it or `create`
   */
  readonly id?: string;
  /** Longest run of flex-start nodes, hours; at most 168. @default 168 */
  readonly maxRunHours?: number;
  /** Creates the reservation. Dense reservations of A4 and A4X are delivered by Google and only referred to. @default nothing is created */
  readonly create?: ReservationOptions;
}

/** What a node pool says about the reservation that it takes its nodes from; always said, since Google fills a gap. */
export interface ReservationAffinity {
  readonly consumeReservationType: 'NO_RESERVATION' | 'SPECIFIC_RESERVATION';
  readonly key?: string;
  readonly values?: string[];
}

const RESERVATION =
  /^projects\/[^/]+\/reservations\/[^/]+(\/reservationBlocks\/[^/]+(\/reservationSubBlocks\/[^/]+)?)?$/;

/** How the nodes of a pool are obtained. */
export class Capacity extends Construct {
  readonly kind: CapacityKind;
  readonly reservationAffinity: ReservationAffinity;
  /** Longest run of a node, such as `604800s`; absent where it runs until it is deleted. */
  readonly maxRunDuration?: string;
  /** Nodes that cannot be had again once they are given back. */
  readonly retained: boolean;
  /** What has to exist before nodes are asked for. */
  readonly dependables: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CapacityProps) {
    super(scope, id);
    this.kind = props.kind;
    this.retained = props.kind === 'reservation';
    if (props.kind === 'flex-start') this.maxRunDuration = runDuration(props.maxRunHours);
    const created = props.create === undefined ? undefined : this.addReservation(props.projectId, props.create);
    this.dependables = created === undefined ? [] : [created.resource];
    this.reservationAffinity = affinity(props, created?.path);
  }

  private addReservation(projectId: string, options: ReservationOptions) {
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

/** A week is the longest that flex-start delivers. */
function runDuration(hours = 168): string {
  if (hours > 0 && hours <= 168) return `${Math.round(hours * 3600)}s`;
  throw new Error(`capacity "flex-start" got maxRunHours ${hours}: use more than 0 and at most 168, which is a week`);
}

function affinity(props: CapacityProps, created: string | undefined): ReservationAffinity {
  const { kind, id, projectId } = props;
  switch (kind) {
    case 'on-demand':
    case 'spot':
    case 'flex-start':
      if (id !== undefined || created !== undefined) {
        throw new Error(`capacity "${kind}" got reservation "${id ?? created}": only kind "reservation" takes one`);
      }
      return { consumeReservationType: 'NO_RESERVATION' };
    case 'reservation':
      return {
        consumeReservationType: 'SPECIFIC_RESERVATION',
        key: 'compute.googleapis.com/reservation-name',
        values: [created ?? reservationPath(id, projectId)],
      };
    case 'capacity-block':
    case 'dedicated':
      throw new Error(`capacity "${kind}" is not sold by Google Cloud: what it delivers for a term is a "reservation"`);
  }
}

function reservationPath(id: string | undefined, projectId: string): string {
  if (id === undefined) throw new Error('capacity "reservation" got no id: name the reservation, block or sub-block');
  if (Token.isUnresolved(id)) return id;
  const path = id.startsWith('projects/') ? id : `projects/${projectId}/reservations/${id}`;
  if (RESERVATION.test(path)) return path;
  throw new Error(
    `capacity "reservation" got id "${id}": it must be ` +
      'projects/P/reservations/R[/reservationBlocks/B[/reservationSubBlocks/S]]',
  );
}
