import { Template } from 'aws-cdk-lib/assertions';
import { CfnCapacityReservation } from 'aws-cdk-lib/aws-ec2';
import { Token } from 'aws-cdk-lib/core';
import { Capacity, type CapacityProps } from '../../../constructs/aws';
import { machine } from '../../stacks/aws/fixture';
import { codeOf, emptyStack, propertiesOf, typesOf } from './scene';

const NEW = { machine: machine('p5en.48xlarge'), zone: 'us-east-1a', nodeCount: 4 };

function capacity(props: CapacityProps) {
  const stack = emptyStack();
  return { stack, made: new Capacity(stack, 'capacity', props) };
}

describe('Capacity', () => {
  test('creates nothing by itself', () => {
    const { stack, made } = capacity({ kind: 'reservation', id: 'cr-0a' });
    expect(made.node.defaultChild).toBeUndefined();
    expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
  });

  test.each([
    ['on-demand', undefined, 'ON_DEMAND', false],
    ['spot', undefined, 'SPOT', false],
    ['reservation', 'cr-0a', 'ON_DEMAND', true],
    ['capacity-block', 'cr-0a', 'CAPACITY_BLOCK', true],
  ] as const)('turns %s with id %s into node groups of type %s', (kind, id, type, held) => {
    const { made } = capacity({ kind, id });
    expect(made).toMatchObject({ capacityType: type, held });
  });

  test('starts nodes in their reservation or not at all', () => {
    expect(capacity({ kind: 'reservation', id: 'cr-0a' }).made.reservationSpecification).toEqual({
      capacityReservationPreference: 'capacity-reservations-only',
      capacityReservationTarget: { capacityReservationId: 'cr-0a' },
    });
  });

  test('names the block and its market', () => {
    const { made } = capacity({ kind: 'capacity-block', id: 'cr-0a' });
    expect(made.marketOptions).toEqual({ marketType: 'capacity-block' });
    expect(made.reservationSpecification).toEqual({ capacityReservationTarget: { capacityReservationId: 'cr-0a' } });
  });

  test('takes a resource group of reservations', () => {
    const arn = 'arn:aws:resource-groups:us-east-1:111122223333:group/blocks';
    expect(capacity({ kind: 'reservation', id: arn }).made.reservationSpecification?.capacityReservationTarget).toEqual(
      {
        capacityReservationResourceGroupArn: arn,
      },
    );
  });

  test.each([
    ['training', { groupName: 'training' }],
    ['pg-0123456789abcdef0', { groupId: 'pg-0123456789abcdef0' }],
  ])('starts nodes in placement group %s that their reservation was made in', (placementGroup, placement) => {
    expect(capacity({ kind: 'reservation', id: 'cr-0a', placementGroup }).made.placement).toEqual(placement);
    const of = { id: 'cr-0a', placementGroup };
    expect(Capacity.fromReservation(emptyStack(), 'a', of).placement).toEqual(placement);
    expect(capacity({ kind: 'reservation', id: 'cr-0a' }).made.placement).toBeUndefined();
  });

  test('makes a reservation in a placement group that it names', () => {
    const stack = emptyStack();
    const made = Capacity.reserve(stack, 'capacity', { ...NEW, placementGroup: 'training' });
    expect(made.placement).toEqual({ groupName: 'training' });
    const [reservation] = Object.values(propertiesOf(stack, 'AWS::EC2::CapacityReservation'));
    expect(JSON.stringify(reservation?.PlacementGroupArn)).toContain(':placement-group/training');
    const byId = { ...NEW, placementGroup: 'pg-0123456789abcdef0' };
    expect(codeOf(() => Capacity.reserve(emptyStack(), 'capacity', byId))).toBe('IdInvalid');
  });

  test.each(['on-demand', 'spot', 'capacity-block'] as const)(
    'fails when %s is said to be of a placement group',
    (kind) => {
      const id = kind === 'capacity-block' ? 'cr-0a' : undefined;
      expect(() => capacity({ kind, id, placementGroup: 'training' })).toThrow('leave placementGroup out');
      expect(codeOf(() => capacity({ kind, id, placementGroup: 'training' }))).toBe('CapacityUnsupported');
    },
  );

  test('makes a reservation when told to, and keeps it', () => {
    const { stack, made } = capacity({ kind: 'reservation', create: NEW });
    expect(made.node.defaultChild).toBeInstanceOf(CfnCapacityReservation);
    Template.fromStack(stack).hasResource('AWS::EC2::CapacityReservation', {
      Properties: { InstanceType: 'p5en.48xlarge', InstanceCount: 4, InstanceMatchCriteria: 'targeted' },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('has a short form for each way to obtain machines', () => {
    const stack = emptyStack();
    expect(Capacity.onDemand(stack, 'a')).toMatchObject({ kind: 'on-demand', held: false });
    expect(Capacity.spot(stack, 'b')).toMatchObject({ kind: 'spot', held: false });
    expect(Capacity.fromReservation(stack, 'c', { id: 'cr-0a' })).toMatchObject({
      kind: 'reservation',
      reservationId: 'cr-0a',
      held: true,
    });
    expect(Capacity.fromReservation(stack, 'd', { id: 'cr-0b', kind: 'capacity-block' })).toMatchObject({
      kind: 'capacity-block',
      reservationId: 'cr-0b',
      held: true,
    });
    expect(typesOf(stack)).toEqual([]);
    expect(Capacity.reserve(stack, 'e', NEW).held).toBe(true);
    expect(typesOf(stack)).toEqual(['AWS::EC2::CapacityReservation']);
  });

  test.each([0, 2.5, -1, 1001])('fails when %d machines are to be held', (nodeCount) => {
    expect(codeOf(() => capacity({ kind: 'reservation', create: { ...NEW, nodeCount } }))).toBe('CountInvalid');
    expect(codeOf(() => capacity({ kind: 'reservation', create: { ...NEW, nodeCount: 1000 } }))).toBeUndefined();
  });

  test('fails when the machine is sold in blocks only', () => {
    const create = { ...NEW, machine: machine('p5e.48xlarge') };
    expect(codeOf(() => capacity({ kind: 'reservation', create }))).toBe('CapacityUnsupported');
  });

  test('takes an id that is known at deployment only, and counts too', () => {
    const id = Token.asString({ Ref: 'Reservation' });
    expect(capacity({ kind: 'reservation', id }).made.reservationId).toBe(id);
    const nodeCount = Token.asNumber({ Ref: 'Nodes' });
    expect(codeOf(() => capacity({ kind: 'reservation', create: { ...NEW, nodeCount } }))).toBeUndefined();
  });

  test('fails when a reservation is not named', () => {
    for (const kind of ['reservation', 'capacity-block'] as const) {
      expect(() => capacity({ kind })).toThrow('needs the id');
      expect(codeOf(() => capacity({ kind }))).toBe('CapacityIncomplete');
    }
    expect(codeOf(() => capacity({ kind: 'reservation', id: 'block-1' }))).toBe('IdInvalid');
    expect(() => capacity({ kind: 'capacity-block', id: 'block-1' })).toThrow('"block-1" is no capacity reservation');
  });

  test('fails when a block is to be created: blocks are bought', () => {
    expect(() => capacity({ kind: 'capacity-block', create: NEW })).toThrow('cannot be created here');
    expect(codeOf(() => capacity({ kind: 'capacity-block', create: NEW }))).toBe('CapacityUnsupported');
  });

  test.each(['flex-start', 'dedicated'] as const)('fails when asked for %s, which AWS does not have', (kind) => {
    expect(() => capacity({ kind })).toThrow('does not exist on AWS; use on-demand');
  });
});
