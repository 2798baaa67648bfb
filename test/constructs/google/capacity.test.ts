import { onlyResource, resourceCount, synthStack } from '../../helpers/terraform';
import { machine, newCapacity, newStack, ZONE } from './support';

const RESERVATION = 'compute.googleapis.com/reservation-name';

describe('Capacity', () => {
  test.each(['on-demand', 'spot', 'flex-start'] as const)('says of %s that it takes no reservation', (kind) => {
    const stack = newStack();
    const capacity = newCapacity(stack, { kind });
    expect(capacity.reservationAffinity).toEqual({ consumeReservationType: 'NO_RESERVATION' });
    expect(capacity.retained).toBe(false);
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
    expect(capacity.retained).toBe(true);
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
