import { Capacity } from '../../../constructs/azure';
import { onlyResource, resourceCount } from '../../helpers/terraform';
import { machine, SUBSCRIPTION, stack, synth } from './setup';

const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/r/providers/Microsoft.Compute/capacityReservationGroups/g`;
const create = (type: string) => ({
  name: 'lab',
  subscriptionId: SUBSCRIPTION,
  resourceGroupName: 'lab',
  region: 'eastus2',
  zone: '1',
  machine: machine(type),
  nodeCount: 4,
});

describe('Capacity', () => {
  test.each([
    ['on-demand', undefined, false],
    ['spot', 'Spot', false],
    ['dedicated', undefined, true],
  ] as const)('of kind %s creates nothing', (kind, priority, isHeld) => {
    const scope = stack();
    const capacity = new Capacity(scope, 'capacity', { kind });
    expect(capacity).toMatchObject({ kind, held: isHeld });
    expect(capacity.priority).toBe(priority);
    expect(resourceCount(synth(scope))).toBe(0);
  });

  test('takes a reservation by its id', () => {
    const capacity = new Capacity(stack(), 'capacity', { kind: 'reservation', id: GROUP });
    expect(capacity).toMatchObject({ capacityReservationGroupId: GROUP, held: true });
  });

  test('is said by how its machines are obtained', () => {
    const scope = stack();
    expect(Capacity.onDemand(scope, 'a')).toMatchObject({ kind: 'on-demand', held: false, dependables: [] });
    expect(Capacity.spot(scope, 'b')).toMatchObject({ kind: 'spot', priority: 'Spot', held: false });
    expect(Capacity.fromReservation(scope, 'c', { id: GROUP })).toMatchObject({
      kind: 'reservation',
      capacityReservationGroupId: GROUP,
      held: true,
      dependables: [],
    });
    expect(Capacity.fromReservation(scope, 'd', { kind: 'dedicated' })).toMatchObject({
      kind: 'dedicated',
      held: true,
    });
    expect(resourceCount(synth(scope))).toBe(0);
    const made = Capacity.reserve(scope, 'e', create('Standard_D16ads_v5'));
    expect(made).toMatchObject({ kind: 'reservation', held: true });
    expect(made.dependables).toHaveLength(1);
    expect(resourceCount(synth(scope))).toBe(2);
  });

  test.each([1.5, -1])('fails when %d machines are to be reserved', (nodeCount) => {
    const options = { ...create('Standard_D16ads_v5'), nodeCount };
    expect(() => Capacity.reserve(stack(), 'capacity', options)).toThrow(/a whole number, 0 or more \[CountInvalid\]/);
  });

  test('makes a reservation only when told to, and keeps it', () => {
    const capacity = new Capacity(stack(), 'capacity', { kind: 'reservation', create: create('Standard_D16ads_v5') });
    expect(onlyResource(synth(capacity), 'azurerm_capacity_reservation')).toMatchObject({
      zone: '1',
      sku: { name: 'Standard_D16ads_v5', capacity: 4 },
      lifecycle: { prevent_destroy: true },
    });
    expect(capacity.node.defaultChild).toBeDefined();
  });

  test('reserves without a zone where there is none', () => {
    const options = { ...create('Standard_D16ads_v5'), zone: undefined };
    const json = synth(new Capacity(stack(), 'capacity', { kind: 'reservation', create: options }));
    expect(onlyResource(json, 'azurerm_capacity_reservation')).not.toHaveProperty('zone');
    expect(onlyResource(json, 'azurerm_capacity_reservation_group')).not.toHaveProperty('zones');
  });

  test.each(['Standard_ND128isr_GB300_v6', 'Standard_ND96isr_H200_v5', 'Standard_NC40ads_H100_v5'])(
    'fails when %s is to be reserved on demand',
    (type) => {
      const make = () => new Capacity(stack(), 'capacity', { kind: 'reservation', create: create(type) });
      expect(make).toThrow(new RegExp(`${type} cannot be reserved on demand`));
    },
  );

  test.each([
    [
      { kind: 'capacity-block' } as const,
      /capacity-block cannot be declared on Azure: use on-demand.*\[CapacityUnsupported\]/,
    ],
    [{ kind: 'on-demand', id: GROUP } as const, /takes no reservation.*\[CapacityIncomplete\]/],
    [{ kind: 'reservation' } as const, /needs either the id.*\[CapacityIncomplete\]/],
    [{ kind: 'reservation', id: 'cr-1' } as const, /"cr-1" is not the id.*\[IdInvalid\]/],
  ])('fails when it is %j', (props, message) => {
    expect(() => new Capacity(stack(), 'capacity', props)).toThrow(message);
  });
});
