import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Stack } from 'aws-cdk-lib/core';
import { Identity, ObjectStore } from '../../../constructs/aws';
import { clusterScene, propertiesOf } from './scene';

function scene(retainDays?: number) {
  const { stack, encryptionKey, cluster } = clusterScene();
  const store = new ObjectStore(stack, 'datasets', { name: 'datasets', encryptionKey, retainDays });
  const identity = new Identity(stack, 'workload', {
    name: 'w',
    cluster,
    namespace: 'training',
    serviceAccount: 'trainer',
  });
  return { stack, store, identity };
}

const bucket = (retainDays?: number) =>
  Object.entries(propertiesOf(scene(retainDays).stack, 'AWS::S3::Bucket')).find(([id]) => !/accesslog/.test(id))?.[1];

/** What the identity may do. */
function workloadPolicy(stack: Stack): string {
  return JSON.stringify(
    Object.entries(propertiesOf(stack, 'AWS::IAM::Policy')).find(([id]) => id.startsWith('workload')),
  );
}

describe('ObjectStore', () => {
  test('has a bucket as default child', () => {
    expect(scene().store.node.defaultChild?.node.defaultChild).toBeInstanceOf(CfnBucket);
  });

  test('is private, encrypted with the key, versioned, logged and without a name', () => {
    expect(bucket()).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } },
        ],
      },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      VersioningConfiguration: { Status: 'Enabled' },
      LoggingConfiguration: { DestinationBucketName: { Ref: expect.stringContaining('accesslog') } },
    });
    expect(bucket()).not.toHaveProperty('BucketName');
  });

  test('is kept with its access log and their policies when the stack goes', () => {
    const made = Object.entries(Template.fromStack(scene().stack).toJSON().Resources)
      .filter(([id]) => id.startsWith('datasets'))
      .map(([, resource]) => Object(resource))
      .map(({ Type, DeletionPolicy, UpdateReplacePolicy }) => [Type, DeletionPolicy, UpdateReplacePolicy]);
    expect(made.sort()).toEqual([
      ['AWS::S3::Bucket', 'Retain', 'Retain'],
      ['AWS::S3::Bucket', 'Retain', 'Retain'],
      ['AWS::S3::BucketPolicy', 'Retain', 'Retain'],
      ['AWS::S3::BucketPolicy', 'Retain', 'Retain'],
    ]);
  });

  test('refuses requests without TLS, and logs from elsewhere', () => {
    const template = Template.fromStack(scene().stack);
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'logging.s3.amazonaws.com' },
            Condition: Match.objectLike({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
          }),
        ]),
      },
    });
  });

  test('restores deleted objects for the days that it is told, or not at all', () => {
    expect(JSON.stringify(bucket(90)?.LifecycleConfiguration)).toContain('"NoncurrentDays":90');
    expect(bucket(0)).not.toHaveProperty('VersioningConfiguration');
  });

  test('lets old versions end when none are kept any more, for they would stay for ever', () => {
    const rule = (retainDays: number) =>
      Object(bucket(retainDays)?.LifecycleConfiguration).Rules.find(
        ({ Id }: { Id: string }) => Id === 'deleted-objects',
      );
    expect(rule(0)).toEqual({
      Id: 'deleted-objects',
      Status: 'Enabled',
      ExpiredObjectDeleteMarker: true,
      NoncurrentVersionExpiration: { NoncurrentDays: 1 },
    });
    expect(rule(30)).toMatchObject({ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } });
  });

  test('lets an identity read and write objects but neither old versions nor the bucket', () => {
    const { stack, store, identity } = scene();
    store.grants.readWrite(identity);
    const text = workloadPolicy(stack);
    for (const action of ['s3:GetObject', 's3:PutObject', 's3:DeleteObject"', 'kms:GenerateDataKey"'])
      expect(text).toContain(action);
    expect(text).not.toMatch(/s3:\*|kms:\*|DeleteObjectVersion|s3:PutBucket|"Resource":"\*"/);
  });

  test('lets a reader only read', () => {
    const { stack, store, identity } = scene();
    store.grants.read(identity);
    const text = workloadPolicy(stack);
    expect(text).toContain('s3:GetObject');
    expect(text).not.toMatch(/Put|Delete|GenerateDataKey/);
  });
});
