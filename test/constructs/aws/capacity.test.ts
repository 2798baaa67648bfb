import { Template } from 'aws-cdk-lib/assertions';
import { CfnCapacityReservation } from 'aws-cdk-lib/aws-ec2';
import { Capacity, type CapacityProps } from '../../../constructs/aws';
import { machine } from '../../stacks/aws/fixture';
import { emptyStack } from './scene';

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

  test('makes a reservation when told to, and keeps it', () => {
    const { stack, made } = capacity({ kind: 'reservation', create: NEW });
    expect(made.node.defaultChild).toBeInstanceOf(CfnCapacityReservation);
    Template.fromStack(stack).hasResource('AWS::EC2::CapacityReservation', {
      Properties: { InstanceType: 'p5en.48xlarge', InstanceCount: 4, InstanceMatchCriteria: 'targeted' },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('fails when a reservation is not named', () => {
    for (const kind of ['reservation', 'capacity-block'] as const) {
      expect(() => capacity({ kind })).toThrow('needs the id');
    }
    expect(() => capacity({ kind: 'capacity-block', id: 'block-1' })).toThrow('"block-1" is no capacity reservation');
  });

  test('fails when a block is to be created: blocks are bought', () => {
    expect(() => capacity({ kind: 'capacity-block', create: NEW })).toThrow('cannot be created here');
  });

  test.each(['flex-start', 'dedicated'] as const)('fails when asked for %s, which AWS does not have', (kind) => {
    expect(() => capacity({ kind })).toThrow('does not exist on AWS; use on-demand');
  });
});
