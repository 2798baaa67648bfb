import { Template } from 'aws-cdk-lib/assertions';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { App, Stack } from 'aws-cdk-lib/core';
import { EncryptionKey } from '../../../constructs/aws';
import { emptyStack, propertiesOf } from './scene';

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

  test('may be used through a service by this account only, for what its disks need and nothing else', () => {
    const stack = emptyStack();
    new EncryptionKey(stack, 'key', { name: 'atlas' }).allowThroughService('ec2');
    expect(statements(stack)).toEqual([
      OWNER,
      {
        Sid: 'Throughec2',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'kms:CreateGrant',
          'kms:Decrypt',
          'kms:DescribeKey',
          'kms:Encrypt',
          'kms:GenerateDataKey*',
          'kms:ReEncrypt*',
        ],
        Resource: '*',
        Condition: {
          StringEquals: {
            'kms:CallerAccount': { Ref: 'AWS::AccountId' },
            'kms:ViaService': { 'Fn::Join': ['', ['ec2.us-east-1.', { Ref: 'AWS::URLSuffix' }]] },
          },
        },
      },
    ]);
  });

  test('names what lets a service in by the letters and digits of the service, since a policy takes no others', () => {
    const stack = emptyStack();
    new EncryptionKey(stack, 'key', { name: 'atlas' }).allowThroughService('s3-outposts');
    expect(statements(stack)[1]).toMatchObject({ Sid: 'Throughs3outposts' });
  });

  test('may be used by the log service for the log groups of this account, and for nothing else', () => {
    const stack = emptyStack();
    new EncryptionKey(stack, 'key', { name: 'atlas' }).allowLogGroups();
    const groups = [':logs:us-east-1:', { Ref: 'AWS::AccountId' }, ':log-group:*'];
    expect(statements(stack)).toEqual([
      OWNER,
      {
        Sid: 'LogGroups',
        Effect: 'Allow',
        Principal: { Service: 'logs.us-east-1.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        Resource: '*',
        Condition: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ...groups]] },
          },
        },
      },
    ]);
  });

  test.each([
    ['us-gov-east-1', 'logs.us-gov-east-1.amazonaws.com'],
    ['cn-north-1', 'logs.cn-north-1.amazonaws.com.cn'],
    ['eusc-de-east-1', 'logs.eusc-de-east-1.amazonaws.eu'],
  ])('names the log service of %s as its partition does: %s', (region, service) => {
    const stack = new Stack(new App(), 'stack', { env: { account: '111122223333', region } });
    new EncryptionKey(stack, 'key', { name: 'atlas' }).allowLogGroups();
    expect(statements(stack)[1]).toMatchObject({ Principal: { Service: service } });
  });
});

/** What everybody in the account may do whom IAM lets. */
const OWNER = {
  Effect: 'Allow',
  Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:root']] } },
  Action: 'kms:*',
  Resource: '*',
};

function statements(stack: Stack): unknown[] {
  const [key] = Object.values(propertiesOf(stack, 'AWS::KMS::Key'));
  return Object(key?.KeyPolicy).Statement;
}
