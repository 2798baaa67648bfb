import { Capacity } from '../../../constructs/google';
import { onlyResource, resourceCount, synthStack } from '../../helpers/terraform';
import { machine, newCapacity, newStack, ZONE } from './support';

const RESERVATION = 'compute.googleapis.com/reservation-name';

describe('Capacity', () => {
  test.each(['on-demand', 'spot', 'flex-start'] as const)('says of %s that it takes no reservation', (kind) => {
    const stack = newStack();
    const capacity = newCapacity(stack, { kind });
    expect(capacity.reservationAffinity).toEqual({ consumeReservationType: 'NO_RESERVATION' });
    expect(capacity.held).toBe(false);
    expect(resourceCount(synthStack(stack))).toBe(0);
  });

  test.each([
    ['r', 'projects/test-train/reservations/r'],
    ['r/reservationBlocks/b', 'projects/test-train/reservations/r/reservationBlocks/b'],
    ['projects/other/reservations/r', 'projects/other/reservations/r'],
    [
      'projects/p/reservations/r/reservationBlocks/b/reservationSubBlocks/s',
      'projects/p/reservations/r/reservationBlocks/b/reservationSubBlocks/s',
    ],
  ])('names reservation %s in full', (id, path) => {
    const capacity = newCapacity(newStack(), { kind: 'reservation', id });
    expect(capacity.reservationAffinity).toEqual({
      consumeReservationType: 'SPECIFIC_RESERVATION',
      key: RESERVATION,
      values: [path],
    });
    expect(capacity.held).toBe(true);
  });

  test('runs flex-start nodes for at most a week', () => {
    expect(newCapacity(newStack(), { kind: 'flex-start' }).maxRunDuration).toBe('604800s');
    expect(newCapacity(newStack(), { kind: 'flex-start', maxRunHours: 24 }).maxRunDuration).toBe('86400s');
  });

  test('creates a reservation only when told to, and protects it', () => {
    const stack = newStack();
    const create = { name: 'atlas-h100', zone: ZONE, machine: machine('a3-megagpu-8g'), nodeCount: 4 };
    const capacity = newCapacity(stack, { kind: 'reservation', create });
    expect(onlyResource(synthStack(stack), 'google_compute_reservation')).toMatchObject({
      name: 'atlas-h100',
      specific_reservation_required: true,
      specific_reservation: { count: 4, instance_properties: { machine_type: 'a3-megagpu-8g' } },
      deletion_policy: 'PREVENT',
      lifecycle: {
        prevent_destroy: true,
        // Parts that the machine type brings: the API may report them, and they would replace the reservation.
        ignore_changes: [
          'specific_reservation[0].instance_properties[0].guest_accelerators',
          'specific_reservation[0].instance_properties[0].local_ssds',
        ],
      },
    });
    expect(capacity.reservationAffinity.values).toEqual(['projects/test-train/reservations/atlas-h100']);
    expect(capacity.node.defaultChild).toBeDefined();
  });

  test('has a factory for each way', () => {
    const stack = newStack();
    const create = { name: 'atlas-h100', zone: ZONE, machine: machine('a3-megagpu-8g'), nodeCount: 4 };
    const made = {
      onDemand: Capacity.onDemand(stack, 'on-demand'),
      spot: Capacity.spot(stack, 'spot'),
      flexStart: Capacity.flexStart(stack, 'flex-start', { maxRunHours: 2 }),
      named: Capacity.fromReservation(stack, 'named', { id: 'r', projectId: 'p' }),
      reserved: Capacity.reserve(stack, 'reserved', { projectId: 'p', ...create }),
    };
    const seen = Object.values(made).map(({ kind, held, reservationAffinity: { values = [] } }) => [
      kind,
      held,
      ...values,
    ]);
    expect(seen).toEqual([
      ['on-demand', false],
      ['spot', false],
      ['flex-start', false],
      ['reservation', true, 'projects/p/reservations/r'],
      ['reservation', true, 'projects/p/reservations/atlas-h100'],
    ]);
    expect(made.flexStart.maxRunDuration).toBe('7200s');
    expect(made.reserved.dependables).toHaveLength(1);
    expect(resourceCount(synthStack(stack))).toBe(1);
  });

  test.each([
    [{ id: 'r' }, /reservation "r" is of no project: give its projectId \[CapacityIncomplete\]/],
    [{ id: 'projects/p/reservations' }, /"projects\/p\/reservations".*\[IdInvalid\]/],
  ])('fails when it is out of a reservation that is only %j', (options, message) => {
    expect(() => Capacity.fromReservation(newStack(), 'capacity', options)).toThrow(message);
  });

  test.each([
    [{ nodeCount: 0 }, /nodeCount of reservation "atlas" is 0; use a whole number from 1 \[CountInvalid\]/],
    [{ name: '4-h100' }, /name of the reservation is "4-h100".*\[NameInvalid\]/],
  ])('fails when %j should be reserved', (options, message) => {
    const wanted = { name: 'atlas', projectId: 'p', zone: ZONE, machine: machine('a3-megagpu-8g'), nodeCount: 4 };
    expect(() => Capacity.reserve(newStack(), 'capacity', { ...wanted, ...options })).toThrow(message);
  });

  test.each([
    [{ kind: 'reservation' } as const, /got no id/],
    [{ kind: 'reservation', id: 'projects/p/zones/z/reservations/r' } as const, /projects\/P\/reservations\/R/],
    [{ kind: 'on-demand', id: 'r' } as const, /"on-demand" got reservation "r"/],
    [{ kind: 'capacity-block', id: 'r' } as const, /not sold by Google Cloud/],
    [{ kind: 'dedicated' } as const, /not sold by Google Cloud/],
    [{ kind: 'flex-start', maxRunHours: 169 } as const, /got maxRunHours 169.*at most 168/],
    [{ kind: 'flex-start', maxRunHours: 0 } as const, /got maxRunHours 0/],
  ])('fails when it is %j', (props, message) => {
    expect(() => newCapacity(newStack(), props)).toThrow(message);
  });
});
