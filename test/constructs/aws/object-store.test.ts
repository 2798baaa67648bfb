import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Stack } from 'aws-cdk-lib/core';
import { EncryptionKey, Identity, type IObjectStore, ObjectStore } from '../../../constructs/aws';
import { GRANT_ACCESS, GRANT_PERMISSIONS } from '../../../estate/catalog/grants';
import { clusterScene, codeOf, emptyStack, propertiesOf, typesOf } from './scene';

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
    expect(scene().store.node.defaultChild).toBeInstanceOf(CfnBucket);
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

  test('lets a writer add objects, and neither read nor delete any', () => {
    const { stack, store, identity } = scene();
    store.grants.write(identity);
    const text = workloadPolicy(stack);
    for (const action of ['s3:ListBucket"', 's3:PutObject"', 'kms:Decrypt"', 'kms:GenerateDataKey"'])
      expect(text).toContain(action);
    expect(text).not.toMatch(/s3:GetObject|s3:Delete|s3:\*|kms:\*|"Resource":"\*"/);
  });

  test.each(GRANT_ACCESS)('gives for %s what the catalog says, and nothing else', (access) => {
    const { stack, store, identity } = scene();
    store.grants[access](identity);
    const { bucket = [], objects, key = [] } = GRANT_PERMISSIONS.aws[access];
    const [policy] = Object.entries(propertiesOf(stack, 'AWS::IAM::Policy')).flatMap(([id, properties]) =>
      id.startsWith('workload') ? [properties] : [],
    );
    const statements: { Action: string | string[] }[] = Object(policy?.PolicyDocument).Statement;
    const given = statements.map(({ Action }) => [Action].flat().sort());
    expect(given).toEqual([[...bucket], [...objects], [...key]].map((actions) => actions.sort()));
  });

  test('goes with the stack when told to', () => {
    const { stack, encryptionKey } = clusterScene();
    new ObjectStore(stack, 'datasets', { name: 'datasets', encryptionKey, removalPolicy: 'destroy' });
    const made = Object.entries(Template.fromStack(stack).toJSON().Resources)
      .filter(([id]) => id.startsWith('datasets'))
      .map(([, resource]) => Object(resource));
    expect(made.map(({ DeletionPolicy = 'Delete' }) => DeletionPolicy)).toEqual([
      'Delete',
      'Delete',
      'Delete',
      'Delete',
    ]);
  });

  test.each([
    [undefined, 365],
    [30, 30],
  ])('keeps its access log for %s days: %s', (accessLogRetentionDays, days) => {
    const { stack, encryptionKey } = clusterScene();
    new ObjectStore(stack, 'datasets', { name: 'datasets', encryptionKey, accessLogRetentionDays });
    const logs = Object.entries(propertiesOf(stack, 'AWS::S3::Bucket')).find(([id]) => /accesslog/.test(id))?.[1];
    expect(logs?.LifecycleConfiguration).toEqual({
      Rules: [{ Id: 'old-logs', Status: 'Enabled', ExpirationInDays: days }],
    });
  });

  test.each([
    [0, 'RetentionInvalid'],
    [1.5, 'RetentionInvalid'],
    [1, undefined],
  ])('with an access log of %s days is refused with %s', (accessLogRetentionDays, code) => {
    const { stack, encryptionKey } = clusterScene();
    const build = () => new ObjectStore(stack, 'a', { name: 'a', encryptionKey, accessLogRetentionDays });
    expect(codeOf(build)).toBe(code);
  });

  test('fails when it is kept for half a day, or has no name', () => {
    const { stack, encryptionKey } = clusterScene();
    const build = (name: string, retainDays: number) => () =>
      new ObjectStore(stack, `${name}${retainDays}`, { name, encryptionKey, retainDays });
    expect(codeOf(build('a', 0.5))).toBe('RetentionInvalid');
    expect(codeOf(build('a', -1))).toBe('RetentionInvalid');
    expect(codeOf(build('', 7))).toBe('NameInvalid');
    expect(codeOf(build('a', 7))).toBeUndefined();
  });

  test('tells what waits for a grant, and lets in those that have no policy of their own', () => {
    const { stack, store, identity } = scene();
    const grant = store.grants.read(identity);
    expect(grant.success).toBe(true);
    const waiting = new iam.Role(stack, 'waiting', { assumedBy: new iam.AccountRootPrincipal() });
    grant.applyBefore(waiting);
    store.grants.read(new iam.ServicePrincipal('datasync.amazonaws.com'));
    Template.fromStack(stack).hasResource('AWS::IAM::Role', {
      Properties: { AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Action: 'sts:AssumeRole' })] } },
      DependsOn: [Match.stringLikeRegexp('^workloadDefaultPolicy')],
    });
    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['s3:GetObject', 's3:ListMultipartUploadParts'],
            Principal: { Service: 'datasync.amazonaws.com' },
          }),
        ]),
      },
    });
  });
});

describe('ObjectStore of somebody else', () => {
  /** What a role of this stack gets of it. */
  function granted(build: (stack: Stack) => IObjectStore): unknown[] {
    const stack = emptyStack();
    const store = build(stack);
    expect(typesOf(stack)).toEqual([]);
    store.grants.readWrite(new iam.Role(stack, 'role', { assumedBy: new iam.AccountRootPrincipal() }));
    expect(typesOf(stack)).toEqual(['AWS::IAM::Policy', 'AWS::IAM::Role']);
    const [policy] = Object.values(propertiesOf(stack, 'AWS::IAM::Policy'));
    const statements: { Action: unknown; Resource: unknown }[] = Object(policy?.PolicyDocument).Statement;
    return statements.map(({ Resource }) => Resource);
  }
  const arn = (what: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${what}`]] });

  test('is imported by the name of its bucket', () => {
    expect(granted((stack) => ObjectStore.fromBucketName(stack, 'store', 'corpus'))).toEqual([
      arn('corpus'),
      arn('corpus/*'),
    ]);
  });

  test('is imported with the key of its objects, which its readers get too', () => {
    const keyArn = 'arn:aws:kms:us-east-1:999988887777:key/1234abcd';
    const resources = granted((stack) => {
      const encryptionKey = EncryptionKey.fromKeyArn(stack, 'key', keyArn);
      return ObjectStore.fromObjectStoreAttributes(stack, 'store', { bucketName: 'corpus', encryptionKey });
    });
    expect(resources).toEqual([arn('corpus'), arn('corpus/*'), keyArn]);
  });

  test('is taken over from CDK', () => {
    const bucket = (stack: Stack) => Bucket.fromBucketName(stack, 'bucket', 'corpus');
    expect(granted((stack) => ObjectStore.fromBucket(stack, 'store', bucket(stack)))).toHaveLength(2);
  });

  test('fails when its name is none of a bucket', () => {
    expect(codeOf(() => ObjectStore.fromBucketName(emptyStack(), 'store', 's3://corpus'))).toBe('IdInvalid');
  });
});
