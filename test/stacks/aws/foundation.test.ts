import { Match, Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { FoundationStack, homeRegion } from '../../../stacks/aws';
import { account } from './fixture';

function foundation(changes: Partial<typeof account> = {}) {
  return new FoundationStack(new App(), 'foundation', { account: { ...account, ...changes } });
}

describe('FoundationStack', () => {
  test('mails the events of capacity blocks and reservations through an encrypted topic', () => {
    const template = Template.fromStack(foundation());
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'frontier-training@example.com',
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.ec2'],
        'detail-type': [{ prefix: 'Capacity Block' }, { prefix: 'EC2 Capacity Reservation' }],
      },
      Targets: [{ Arn: { Ref: Match.stringLikeRegexp('^alerts') } }],
    });
  });

  test('lets EventBridge encrypt what it sends, and refuses senders without TLS', () => {
    const template = Template.fromStack(foundation());
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'events.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          }),
        ]),
      },
    });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny' })]) },
    });
  });

  test('stays in its region when a site is added in another', () => {
    expect(foundation({ regions: ['us-west-2'] }).region).toBe('us-east-1');
    expect(foundation({ regions: ['ap-south-1', 'us-west-2'] }).region).toBe('us-east-1');
  });
});

test.each([
  ['us-east-2', 'us-east-1'],
  ['us-gov-east-1', 'us-gov-west-1'],
  ['cn-northwest-1', 'cn-north-1'],
  ['eusc-de-east-1', 'eusc-de-east-1'],
])('the home region of %s is %s', (region, home) => {
  expect(homeRegion(region)).toBe(home);
});
