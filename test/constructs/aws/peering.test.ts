import type { Stack } from 'aws-cdk-lib/core';
import { Peering, type PeeringProps } from '../../../constructs/aws';
import { ACCEPT } from '../../../constructs/aws/peering';
import { runInline } from '../../helpers/inline-function';
import { gateway } from './link-scene';
import { codeOf, emptyStack, propertiesOf, typesOf } from './scene';

const ATTACHMENT = 'tgw-attach-0123456789abcdef0';
const PEER = {
  name: 'oregon',
  prefixes: ['10.80.0.0/16'],
  gatewayId: 'tgw-0fedcba9876543210',
  accountId: '444455556666',
  region: 'us-west-2',
};

function peering(stack: Stack, changes: Partial<PeeringProps> = {}): Peering {
  return new Peering(stack, 'link', {
    name: 'atlas-coast-dallas',
    gateway: gateway(stack),
    peer: PEER,
    isOrigin: true,
    ...changes,
  });
}

/** Resources of the peering alone. */
const ownTypes = (stack: Stack) => {
  const before = emptyStack();
  gateway(before);
  const rest = typesOf(before);
  return typesOf(stack).filter((type) => {
    const at = rest.indexOf(type);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
};

describe('Peering', () => {
  test('asks for itself at the end of its origin, and leads nowhere before it is accepted', () => {
    const stack = emptyStack();
    const made = peering(stack);
    expect(made.node.defaultChild).toMatchObject({ cfnResourceType: 'AWS::EC2::TransitGatewayPeeringAttachment' });
    expect(ownTypes(stack)).toEqual(['AWS::EC2::TransitGatewayPeeringAttachment']);
    expect(Object.values(propertiesOf(stack, 'AWS::EC2::TransitGatewayPeeringAttachment'))[0]).toMatchObject({
      PeerTransitGatewayId: PEER.gatewayId,
      PeerAccountId: PEER.accountId,
      PeerRegion: PEER.region,
    });
  });

  test('leads to each block of the peer once that has accepted', () => {
    const stack = emptyStack();
    peering(stack, { peer: { ...PEER, peeringId: ATTACHMENT } });
    expect(ownTypes(stack)).toEqual([
      'AWS::EC2::TransitGatewayPeeringAttachment',
      'AWS::EC2::TransitGatewayRoute',
      'AWS::EC2::TransitGatewayRouteTableAssociation',
    ]);
    const routes = Object.entries(propertiesOf(stack, 'AWS::EC2::TransitGatewayRoute')).filter(([id]) =>
      /^link/.test(id),
    );
    expect(routes.map(([, route]) => [route.DestinationCidrBlock, route.TransitGatewayAttachmentId])).toEqual([
      ['10.80.0.0/16', { 'Fn::GetAtt': [expect.stringMatching(/^link/), 'TransitGatewayAttachmentId'] }],
    ]);
  });

  test('is accepted at the other end by a function that may accept this one only', () => {
    const stack = emptyStack();
    const made = peering(stack, { isOrigin: false, peer: { ...PEER, peeringId: ATTACHMENT } });
    expect(made.peeringId).toBe(ATTACHMENT);
    expect(Object.values(propertiesOf(stack, 'Custom::AcceptedPeering'))).toEqual([
      expect.objectContaining({ AttachmentId: ATTACHMENT }),
    ]);
    const [, policy] = Object.entries(propertiesOf(stack, 'AWS::IAM::Policy')).find(([id]) => /^link/.test(id)) ?? [];
    expect(Object(policy?.PolicyDocument).Statement.slice(0, 2)).toEqual([
      {
        Effect: 'Allow',
        Action: 'ec2:AcceptTransitGatewayPeeringAttachment',
        Resource: {
          'Fn::Join': [
            '',
            ['arn:', { Ref: 'AWS::Partition' }, `:ec2:us-east-1:111122223333:transit-gateway-attachment/${ATTACHMENT}`],
          ],
        },
      },
      { Effect: 'Allow', Action: 'ec2:DescribeTransitGatewayPeeringAttachments', Resource: '*' },
    ]);
    expect(ownTypes(stack)).toContain('AWS::EC2::TransitGatewayRoute');
  });

  test.each([
    ['IdInvalid', { peer: { ...PEER, gatewayId: undefined } }],
    ['IdInvalid', { peer: { ...PEER, gatewayId: 'vgw-0123' } }],
    ['IdInvalid', { isOrigin: false }],
    ['IdInvalid', { isOrigin: false, peer: { ...PEER, peeringId: 'pcx-0123' } }],
    ['NameInvalid', { name: '' }],
  ])('fails with %s when it is given %j', (code, changes) => {
    expect(codeOf(() => peering(emptyStack(), changes))).toBe(code);
  });
});

describe('the function that accepts a peering', () => {
  const REQUEST = { ResourceProperties: { AttachmentId: ATTACHMENT }, RequestType: 'Create' };
  const is = (State: string) => ({ TransitGatewayPeeringAttachments: [{ State }] });

  test('fits into a template', () => {
    expect(ACCEPT.length).toBeLessThan(4096);
  });

  test('accepts it once and waits until it works', async () => {
    const answers = [is('initiatingRequest'), is('pendingAcceptance'), {}, is('pending'), is('available')];
    const { asked, body } = await runInline(ACCEPT, REQUEST, answers);
    expect(asked.filter(([call]) => call === 'acceptTransitGatewayPeeringAttachment')).toEqual([
      ['acceptTransitGatewayPeeringAttachment', { TransitGatewayAttachmentId: ATTACHMENT }],
    ]);
    expect(asked).toHaveLength(5);
    expect(body).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: ATTACHMENT });
  });

  test('finds it accepted already, which is no mistake', async () => {
    const { asked, body } = await runInline(ACCEPT, { ...REQUEST, RequestType: 'Update' }, [is('available')]);
    expect([asked.length, body.Status]).toEqual([1, 'SUCCESS']);
  });

  test('waits while its region does not know the peering yet, or IAM the role', async () => {
    const answers = [
      { error: 'InvalidTransitGatewayAttachmentID.NotFound' },
      { error: 'UnauthorizedOperation' },
      is('available'),
    ];
    expect((await runInline(ACCEPT, REQUEST, answers)).body.Status).toBe('SUCCESS');
  });

  test.each([
    [is('rejected'), 1, 'is rejected, and not available'],
    [is('deleted'), 1, 'is deleted, and not available'],
    [is('pending'), 80, 'is pending, and not available'],
    [{ error: 'RequestLimitExceeded' }, 1, 'refused'],
  ])('fails the deployment when EC2 answers %j', async (answer, calls, reason) => {
    const { asked, body } = await runInline(ACCEPT, REQUEST, [answer]);
    expect(asked).toHaveLength(calls);
    expect(body).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(reason) });
  });

  test('does nothing when it goes', async () => {
    const { asked, body } = await runInline(ACCEPT, { ...REQUEST, RequestType: 'Delete' }, []);
    expect([asked, body.Status]).toEqual([[], 'SUCCESS']);
  });
});
