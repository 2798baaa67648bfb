import { Capacity } from '../../../constructs/oracle/capacity';
import { onlyResource, resourceCount, synthStack } from '../../helpers/terraform';
import { COMPARTMENT, machine, newStack, ZONE } from './scene';

const CREATE = {
  name: 'atlas',
  compartmentId: COMPARTMENT,
  zone: ZONE,
  machine: machine('VM.Standard.E5.Flex'),
  nodeCount: 4,
};

describe('oracle Capacity', () => {
  test.each(['on-demand', 'spot', 'dedicated'] as const)('makes nothing for %s', (kind) => {
    const stack = newStack();
    expect(new Capacity(stack, 'capacity', { kind }).node.defaultChild).toBeUndefined();
    expect(resourceCount(synthStack(stack))).toBe(0);
  });

  test('hands a reservation and a dedicated id on, and calls both held', () => {
    const stack = newStack();
    const reserved = new Capacity(stack, 'reserved', {
      kind: 'reservation',
      id: 'ocid1.capacityreservation.oc1.phx.r',
    });
    const dedicated = new Capacity(stack, 'dedicated', { kind: 'dedicated', id: 'ocid1.computehostgroup.oc1.phx.h' });
    expect([reserved.reservationId, reserved.dedicatedId]).toEqual(['ocid1.capacityreservation.oc1.phx.r', undefined]);
    expect([dedicated.reservationId, dedicated.dedicatedId]).toEqual([undefined, 'ocid1.computehostgroup.oc1.phx.h']);
    expect([reserved.held, dedicated.held]).toEqual([true, true]);
  });

  test('makes a reservation only when told to, and protects it', () => {
    const stack = newStack();
    new Capacity(stack, 'capacity', { kind: 'reservation', create: CREATE });
    expect(onlyResource(synthStack(stack), 'oci_core_compute_capacity_reservation')).toMatchObject({
      availability_domain: ZONE,
      instance_reservation_configs: [
        {
          instance_shape: 'VM.Standard.E5.Flex',
          reserved_count: '4',
          instance_shape_config: { ocpus: 8, memory_in_gbs: 64, resource_management: 'STATIC' },
        },
      ],
      lifecycle: { prevent_destroy: true },
    });
  });

  test('reserves hosts with RDMA in an island', () => {
    const stack = newStack();
    const hosts = { ...CREATE, machine: machine('BM.GPU.H200.8') };
    const island = { id: 'ocid1.hpcisland.oc1.phx.i', networkBlockIds: ['ocid1.computenetworkblock.oc1.phx.b'] };
    new Capacity(stack, 'capacity', { kind: 'reservation', create: { ...hosts, island } });
    expect(onlyResource(synthStack(stack), 'oci_core_compute_capacity_reservation')).toMatchObject({
      instance_reservation_configs: [
        { cluster_config: { hpc_island_id: island.id, network_block_ids: island.networkBlockIds } },
      ],
    });
    const make = (create: typeof hosts & { island?: typeof island }) =>
      new Capacity(newStack(), 'capacity', { kind: 'reservation', create });
    expect(() => make(hosts)).toThrow(
      'hosts of BM.GPU.H200.8 are reserved in an island if they have RDMA; give the island',
    );
    expect(() => make({ ...CREATE, island })).toThrow('leave island out');
  });

  test('has a word for each way', () => {
    const stack = newStack();
    const id = 'ocid1.capacityreservation.oc1.phx.r';
    const group = 'ocid1.computehostgroup.oc1.phx.h';
    expect(Capacity.onDemand(stack, 'on-demand')).toMatchObject({ kind: 'on-demand', held: false });
    expect(Capacity.spot(stack, 'spot')).toMatchObject({ kind: 'spot', held: false });
    expect(Capacity.fromReservation(stack, 'reserved', { id })).toMatchObject({
      kind: 'reservation',
      held: true,
      reservationId: id,
    });
    expect(Capacity.fromReservation(stack, 'dedicated', { kind: 'dedicated', id: group })).toMatchObject({
      kind: 'dedicated',
      held: true,
      dedicatedId: group,
    });
    expect(Capacity.fromReservation(stack, 'any', { kind: 'dedicated' }).dedicatedId).toBeUndefined();
    expect(resourceCount(synthStack(stack))).toBe(0);
    expect(Capacity.reserve(stack, 'made', CREATE)).toMatchObject({ kind: 'reservation', held: true });
    expect(resourceCount(synthStack(stack))).toBe(1);
  });

  test.each([
    [{ nodeCount: 0 }, 'nodeCount is 0; use a whole number from 1 [CountInvalid]'],
    [{ nodeCount: 1.5 }, 'nodeCount is 1.5; use a whole number from 1 [CountInvalid]'],
    [{ name: '' }, 'the name "" must have 1 to 255 characters [NameInvalid]'],
    [
      { machine: machine('BM.GPU.GB300.4') },
      'BM.GPU.GB300.4 is not sold as "reservation"; use dedicated [CapacityUnsupported]',
    ],
  ])('fails when a reservation is made of %j', (props, message) => {
    expect(() => Capacity.reserve(newStack(), 'made', { ...CREATE, ...props })).toThrow(message);
  });

  test.each([
    [{ kind: 'reservation' as const }, /needs the id of a capacity reservation, or create/],
    [{ kind: 'on-demand' as const, id: 'x' }, /capacity "on-demand" has neither id nor create/],
    [{ kind: 'capacity-block' as const }, /no capacity of kind "capacity-block"; use on-demand, spot, reservation/],
    [{ kind: 'flex-start' as const }, /no capacity of kind "flex-start"/],
    [
      { kind: 'reservation' as const, id: 'ocid1.instance.oc1.phx.i' },
      /id "ocid1\.instance\.oc1\.phx\.i" is none of ocid1\.capacityreservation\.…/,
    ],
    [
      { kind: 'dedicated' as const, id: 'ocid1.capacityreservation.oc1.phx.r' },
      /none of ocid1\.computegpumemoryfabric\.… or ocid1\.computehostgroup\.…/,
    ],
    [{ kind: 'reservation' as const, id: 'cr-0123' }, /id "cr-0123" is none of/],
    [
      { kind: 'reservation' as const, id: 'ocid1.capacityreservation.oc1.phx.r', create: CREATE },
      /has both id and create/,
    ],
    [{ kind: 'dedicated' as const, create: CREATE }, /"dedicated" is allotted by Oracle and cannot be made/],
  ])('fails when given %j', (props, message) => {
    expect(() => new Capacity(newStack(), 'capacity', props)).toThrow(message);
  });
});
