import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { EncryptionKey } from '../../../constructs/aws';
import { emptyStack } from './scene';

describe('EncryptionKey', () => {
  test('has a key as default child', () => {
    const key = new EncryptionKey(emptyStack(), 'key', { name: 'atlas' });
    expect(key.node.defaultChild?.node.defaultChild).toBeInstanceOf(CfnKey);
  });

  test('rotates every year, has an alias and is kept', () => {
    const stack = emptyStack();
    new EncryptionKey(stack, 'key', { name: 'atlas-storage' });
    const template = Template.fromStack(stack);
    template.hasResource('AWS::KMS::Key', {
      Properties: { EnableKeyRotation: true, RotationPeriodInDays: 365, PendingWindowInDays: 30 },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
    template.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/atlas-storage' });
  });

  test('rotates as often as it is told', () => {
    const stack = emptyStack();
    new EncryptionKey(stack, 'key', { name: 'atlas', rotationDays: 90, tags: { team: 'a' } });
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
      RotationPeriodInDays: 90,
      Tags: [{ Key: 'team', Value: 'a' }],
    });
  });

  test('may be used through a service by this account only', () => {
    const stack = emptyStack();
    new EncryptionKey(stack, 'key', { name: 'atlas' }).allowThroughService('ec2');
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { AWS: '*' },
            Condition: {
              StringEquals: { 'kms:CallerAccount': { Ref: 'AWS::AccountId' }, 'kms:ViaService': Match.anyValue() },
            },
          }),
        ]),
      },
    });
  });
});
