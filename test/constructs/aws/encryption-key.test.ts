import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { EncryptionKey, ObjectStore } from '../../../constructs/aws';
import { codeOf, emptyStack, network, propertiesOf, typesOf } from './scene';

describe('EncryptionKey', () => {
  test('has a key as default child', () => {
    const key = new EncryptionKey(emptyStack(), 'key', { name: 'atlas' });
    expect(key.node.defaultChild).toBeInstanceOf(CfnKey);
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

  test.each(['destroy', RemovalPolicy.DESTROY] as const)('goes with the stack when told to: %s', (removalPolicy) => {
    const stack = emptyStack();
    new EncryptionKey(stack, 'key', { name: 'atlas', removalPolicy });
    Template.fromStack(stack).hasResource('AWS::KMS::Key', {
      Properties: { PendingWindowInDays: 30 },
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
    });
  });

  test.each([
    [{ name: 'atlas', rotationDays: 89 }, 'RetentionInvalid'],
    [{ name: 'atlas', rotationDays: 90.5 }, 'RetentionInvalid'],
    [{ name: 'atlas', rotationDays: 2561 }, 'RetentionInvalid'],
    [{ name: ' ' }, 'NameInvalid'],
    [{ name: 'atlas', tags: { 'aws:team': 'a' } }, 'TagInvalid'],
    [{ name: 'atlas', rotationDays: 2560 }, undefined],
  ])('with %j is refused with %s', (props, code) => {
    expect(codeOf(() => new EncryptionKey(emptyStack(), 'key', props))).toBe(code);
  });

  test('may be used through a service by this account only, for what its disks need and nothing else', () => {
    const stack = emptyStack();
    new EncryptionKey(stack, 'key', { name: 'atlas' }).grants.throughService('ec2');
    expect(statements(stack)).toEqual([
      OWNER,
      {
        Sid: 'Throughec2',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        Resource: '*',
        Condition: {
          StringEquals: {
            'kms:CallerAccount': { Ref: 'AWS::AccountId' },
            'kms:ViaService': { 'Fn::Join': ['', ['ec2.us-east-1.', { Ref: 'AWS::URLSuffix' }]] },
          },
        },
      },
      {
        Sid: 'Grantsec2',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'kms:CreateGrant',
        Resource: '*',
        Condition: {
          StringEquals: {
            'kms:CallerAccount': { Ref: 'AWS::AccountId' },
            'kms:ViaService': { 'Fn::Join': ['', ['ec2.us-east-1.', { Ref: 'AWS::URLSuffix' }]] },
          },
          Bool: { 'kms:GrantIsForAWSResource': 'true' },
        },
      },
    ]);
  });

  test('names what lets a service in by the letters and digits of the service, since a policy takes no others', () => {
    const stack = emptyStack();
    new EncryptionKey(stack, 'key', { name: 'atlas' }).grants.throughService('s3-outposts');
    expect(statements(stack).slice(1)).toMatchObject([{ Sid: 'Throughs3outposts' }, { Sid: 'Grantss3outposts' }]);
  });

  test('may be used by the log service for the log groups of this account, and for nothing else', () => {
    const stack = emptyStack();
    new EncryptionKey(stack, 'key', { name: 'atlas' }).grants.logGroups();
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
    new EncryptionKey(stack, 'key', { name: 'atlas' }).grants.logGroups();
    expect(statements(stack)[1]).toMatchObject({ Principal: { Service: service } });
  });
});

describe('EncryptionKey of somebody else', () => {
  const ARN = 'arn:aws:kms:us-east-1:999988887777:key/1234abcd-12ab-34cd-56ef-1234567890ab';

  test('is imported by its ARN, and makes nothing', () => {
    const stack = emptyStack();
    const key = EncryptionKey.fromKeyArn(stack, 'key', ARN);
    expect([key.keyArn, key.key.keyArn]).toEqual([ARN, ARN]);
    expect(EncryptionKey.fromEncryptionKeyAttributes(stack, 'same', { keyArn: ARN }).keyArn).toBe(ARN);
    expect(typesOf(stack)).toEqual([]);
  });

  test('says what its owner has to allow, instead of doing nothing in silence', () => {
    const stack = emptyStack();
    const key = EncryptionKey.fromKeyArn(stack, 'key', ARN);
    expect(key.grants.throughService('ec2').success).toBe(false);
    expect(key.grants.logGroups().success).toBe(false);
    const said = Annotations.fromStack(stack)
      .findInfo('*', Match.anyValue())
      .map(({ entry }) => String(entry.data));
    expect(said.map((text) => text.replace(/ \[ack: .*/, ''))).toEqual([
      "the policy of this key is its owner's: it has to allow principals of this account through ec2 kms:Decrypt, kms:DescribeKey, kms:Encrypt, kms:GenerateDataKey*, kms:ReEncrypt*",
      "the policy of this key is its owner's: it has to allow principals of this account through ec2, for resources of AWS only, kms:CreateGrant",
      "the policy of this key is its owner's: it has to allow logs.us-east-1.amazonaws.com for log groups of this account kms:Decrypt, kms:DescribeKey, kms:Encrypt, kms:GenerateDataKey*, kms:ReEncrypt*",
    ]);
    expect(typesOf(stack)).toEqual([]);
  });

  test('is granted to workloads on the side of their role', () => {
    const stack = emptyStack();
    const role = new iam.Role(stack, 'role', { assumedBy: new iam.AccountRootPrincipal() });
    const { grants } = EncryptionKey.fromKeyArn(stack, 'key', ARN);
    expect(grants.decrypt(role).success).toBe(true);
    grants.encryptDecrypt(role);
    const [policy] = Object.values(propertiesOf(stack, 'AWS::IAM::Policy'));
    expect(Object(policy?.PolicyDocument).Statement).toEqual([
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: ARN },
      { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: ARN },
    ]);
  });

  test.each([
    ['arn:aws:kms:us-east-1:999988887777:alias/data', 'IdInvalid'],
    ['1234abcd-12ab-34cd-56ef-1234567890ab', 'IdInvalid'],
    ['arn:aws:kms:eu-west-1:999988887777:key/1234abcd', undefined],
    [ARN, undefined],
  ])('%s: refused with %s', (arn, code) => {
    expect(codeOf(() => EncryptionKey.fromKeyArn(emptyStack(), 'key', arn))).toBe(code);
  });

  test('of another region encrypts nothing here', () => {
    const stack = emptyStack();
    const encryptionKey = EncryptionKey.fromKeyArn(stack, 'key', ARN.replace('us-east-1', 'eu-west-1'));
    const here = EncryptionKey.fromKeyArn(stack, 'here', ARN);
    expect(codeOf(() => network(stack, { encryptionKey }))).toBe('KeyUnsuitable');
    expect(codeOf(() => new ObjectStore(stack, 'a', { name: 'a', encryptionKey }))).toBe('KeyUnsuitable');
    expect(codeOf(() => new ObjectStore(stack, 'b', { name: 'b', encryptionKey: here }))).toBeUndefined();
    // Buckets may be read from anywhere.
    const attributes = { bucketName: 'corpus', encryptionKey };
    expect(codeOf(() => ObjectStore.fromObjectStoreAttributes(stack, 'c', attributes))).toBeUndefined();
  });

  test('is extended where CDK made it in the same program', () => {
    const stack = emptyStack();
    const key = EncryptionKey.fromKey(stack, 'ours', new Key(stack, 'key'));
    expect(key.grants.throughService('ec2').success).toBe(true);
    expect(statements(stack)).toContainEqual(expect.objectContaining({ Sid: 'Throughec2' }));
    expect(Annotations.fromStack(stack).findInfo('*', Match.anyValue())).toEqual([]);
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
