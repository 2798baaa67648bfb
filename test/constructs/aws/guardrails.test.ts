import { Template } from 'aws-cdk-lib/assertions';
import { Guardrails, type GuardrailsProps, serviceControlPolicy } from '../../../constructs/aws';
import { aws } from '../../../estate/catalog/aws';
import { AWS_GLOBAL_ACTIONS, SERVICE_CONTROL_POLICY } from '../../../estate/catalog/guardrails';
import { emptyStack } from './scene';

const GIVEN: GuardrailsProps = { name: 'atlas-main', regions: ['us-west-2', 'us-east-2'] };
const UNIT = 'ou-ab12-cdefgh34';

function guardrailsOf(props: Partial<GuardrailsProps> = {}) {
  const stack = emptyStack();
  const guardrails = new Guardrails(stack, 'guardrails', { ...GIVEN, ...props });
  return { guardrails, template: Template.fromStack(stack) };
}

describe('aws Guardrails', () => {
  test('has the policy as its default child in a management account', () => {
    const { guardrails } = guardrailsOf({ targets: [UNIT] });
    expect(guardrails.node.defaultChild).toMatchObject({ cfnResourceType: 'AWS::Organizations::Policy' });
  });

  test('writes the policy into the template elsewhere, and makes nothing', () => {
    const { guardrails, template } = guardrailsOf();
    expect(template.toJSON()).toMatchObject({ Metadata: { ServiceControlPolicy: guardrails.document } });
    expect(template.toJSON()).not.toHaveProperty('Resources');
  });

  test('is attached to its targets once it denies', () => {
    guardrailsOf({ targets: [UNIT], mode: 'deny', tags: { estate: 'atlas' } }).template.hasResourceProperties(
      'AWS::Organizations::Policy',
      {
        Name: 'atlas-main',
        Type: 'SERVICE_CONTROL_POLICY',
        TargetIds: [UNIT],
        Tags: [{ Key: 'estate', Value: 'atlas' }],
      },
    );
    const [policy] = Object.values(
      guardrailsOf({ targets: [UNIT] }).template.findResources('AWS::Organizations::Policy'),
    );
    expect(policy?.Properties).not.toHaveProperty('TargetIds');
  });

  test('denies other regions to all services but those that have one place for all', () => {
    expect(guardrailsOf().guardrails.document).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Regions',
          Effect: 'Deny',
          NotAction: AWS_GLOBAL_ACTIONS.names,
          Resource: '*',
          Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-2', 'us-west-2'] } },
        },
      ],
    });
  });

  test('lets the region of alerts be, but for machines and file systems', () => {
    const [regions, home, ...others] = serviceControlPolicy({
      regions: { allow: ['us-east-2'] },
      homeRegion: 'us-east-1',
    }).Statement;
    expect(others).toEqual([]);
    expect(regions?.Condition).toEqual({ StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-east-2'] } });
    expect(home).toEqual({
      Sid: 'HomeRegion',
      Effect: 'Deny',
      Action: [
        'ec2:CreateCapacityReservation',
        'ec2:PurchaseCapacityBlock',
        'ec2:RunInstances',
        'eks:CreateCluster',
        'eks:CreateNodegroup',
        'fsx:CreateFileSystem',
      ],
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': ['us-east-1'] } },
    });
  });

  test.each([
    ['a region of no account', { deny: ['me-south-1'] }, ['Regions']],
    ['that of alerts alone', { deny: ['us-east-1'] }, ['HomeRegion']],
    ['both', { deny: ['me-south-1', 'us-east-1'] }, ['Regions', 'HomeRegion']],
  ])('denies %s', (_what, regions, sids) => {
    const { Statement } = serviceControlPolicy({ regions, homeRegion: 'us-east-1' });
    expect(Statement.map(({ Sid }) => Sid)).toEqual(sids);
    expect(Statement.map(({ Condition }) => Object.keys(Condition))).toEqual(sids.map(() => ['StringEquals']));
  });

  test('denies other machines than those that are allowed', () => {
    const machines = [{ type: 'p6-b300.48xlarge' }, { type: 'm7i.4xlarge' }];
    expect(guardrailsOf({ regions: undefined, machines }).guardrails.document.Statement).toEqual([
      {
        Sid: 'Machines',
        Effect: 'Deny',
        Action: ['ec2:RunInstances'],
        Resource: 'arn:*:ec2:*:*:instance/*',
        Condition: { StringNotEquals: { 'ec2:InstanceType': ['m7i.4xlarge', 'p6-b300.48xlarge'] } },
      },
    ]);
  });

  test('is small enough for every region and machine of the catalog by themselves', () => {
    const sizes = [
      serviceControlPolicy({ regions: { allow: aws.regions.names }, homeRegion: 'us-east-1' }),
      serviceControlPolicy({ machines: Object.keys(aws.machines) }),
    ].map((document) => JSON.stringify(document).length);
    expect(Math.max(...sizes)).toBeLessThan(SERVICE_CONTROL_POLICY.maxCharacters);
  });

  test.each([
    [{ name: '' }, /name is empty.*\[NameInvalid\]/],
    [{ regions: undefined }, /nothing is limited: give regions, deniedRegions or machines \[PolicyInvalid\]/],
    [{ deniedRegions: GIVEN.regions }, /no region is allowed.*\[PolicyInvalid\]/],
    [{ targets: ['everybody'] }, /"everybody" is no root, unit or account.*\[IdInvalid\]/],
    [
      { machines: Array.from({ length: 200 }, (_, index) => ({ type: `m${index}.metal-48xl` })) },
      /more than the 5120 of a service control policy: limit regions and machines by two of them \[TooMany\]/,
    ],
  ])('fails when it is given %j', (wrong, message) => {
    expect(() => guardrailsOf(wrong)).toThrow(message);
  });
});
