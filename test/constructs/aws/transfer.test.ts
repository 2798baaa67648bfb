import { Match, Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';
import { EncryptionKey, ObjectStore, Transfer, type TransferProps } from '../../../constructs/aws';
import { codeOf, emptyStack, propertiesOf } from './scene';

const AUDIENCE = 'https://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/aws/providers/aws';

function scene(changes: Partial<TransferProps> = {}): Stack {
  const stack = emptyStack();
  const encryptionKey = new EncryptionKey(stack, 'key', { name: 'a' });
  const store = new ObjectStore(stack, 'data', { name: 'data', encryptionKey });
  new Transfer(stack, 'transfer', {
    name: 'atlas-copies',
    roleName: 'atlas-copies-datasync',
    store,
    encryptionKey,
    end: 'source',
    peer: { bucketName: 'atlas-iowa', projectId: 'atlas', projectNumber: '1', pool: 'aws', audience: AUDIENCE },
    everyHours: 6,
    ...changes,
  });
  return stack;
}

/** What a role of the transfer may do, by the beginning of its id. */
const may = (stack: Stack, id: string) =>
  Object.entries(propertiesOf(stack, 'AWS::IAM::Policy'))
    .filter(([key]) => key.startsWith(id))
    .flatMap(([, policy]) => Object(policy).PolicyDocument.Statement)
    .map(({ Action, Resource, Condition }) => [Action, Resource, ...(Condition === undefined ? [] : [Condition])]);

const bucket = { 'Fn::GetAtt': [expect.stringMatching(/^data/), 'Arn'] };
const key = { 'Fn::GetAtt': [expect.stringMatching(/^key/), 'Arn'] };
const viaS3 = {
  StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.us-east-1.', { Ref: 'AWS::URLSuffix' }]] } },
};

describe('Transfer', () => {
  test('has a task as default child', () => {
    const stack = scene();
    expect(stack.node.findChild('transfer').node.defaultChild).toMatchObject({
      cfnResourceType: 'AWS::DataSync::Task',
    });
  });

  test('copies what is new or different at times, verifies it, and deletes nothing', () => {
    Template.fromStack(scene()).hasResourceProperties('AWS::DataSync::Task', {
      Name: 'atlas-copies',
      TaskMode: 'ENHANCED',
      SourceLocationArn: { 'Fn::GetAtt': [expectId('transferbucket'), 'LocationArn'] },
      DestinationLocationArn: { 'Fn::GetAtt': [expectId('transferpeer'), 'LocationArn'] },
      Schedule: { ScheduleExpression: 'rate(6 hours)', Status: 'ENABLED' },
      Options: {
        TransferMode: 'CHANGED',
        OverwriteMode: 'ALWAYS',
        VerifyMode: 'ONLY_FILES_TRANSFERRED',
        PreserveDeletedFiles: 'PRESERVE',
        ObjectTags: 'NONE',
      },
    });
  });

  test('has no key of the other bucket: a role gets tokens for the one pool that takes them, and may do nothing else', () => {
    const stack = scene();
    Template.fromStack(stack).hasResourceProperties('AWS::DataSync::LocationObjectStorage', {
      ServerHostname: 'storage.googleapis.com',
      BucketName: 'atlas-iowa',
      FederatedIdentity: {
        AwsIamRole: { 'Fn::GetAtt': [expectId('transfertokenrole'), 'Arn'] },
        ExternalIdentity: {
          GoogleOidc: {
            IdentityPoolName: 'aws',
            IdentityProviderName: 'aws',
            ProjectName: 'atlas',
            ProjectNumber: '1',
          },
        },
      },
    });
    expect(JSON.stringify(propertiesOf(stack, 'AWS::DataSync::LocationObjectStorage'))).not.toMatch(
      /AccessKey|SecretKey|SecretConfig|AgentArns/,
    );
    expect(may(stack, 'transfertokenrole')).toEqual([
      [
        'sts:GetWebIdentityToken',
        '*',
        {
          'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': [AUDIENCE] },
          Null: { 'sts:IdentityTokenAudience': 'false' },
        },
      ],
    ]);
  });

  test('may only read where this end is read, below its prefix', () => {
    expect(may(scene({ prefix: 'tokens/' }), 'transferbucketrole')).toEqual([
      [['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], bucket],
      [['s3:GetObject', 's3:ListMultipartUploadParts'], { 'Fn::Join': ['', [bucket, '/tokens/*']] }],
      ['kms:Decrypt', key, viaS3],
    ]);
  });

  test('may write where this end is written', () => {
    expect(may(scene({ end: 'destination' }), 'transferbucketrole')).toEqual([
      [['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], bucket],
      [
        ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
        { 'Fn::Join': ['', [bucket, '/*']] },
      ],
      [['kms:Decrypt', 'kms:GenerateDataKey'], key, viaS3],
    ]);
  });

  test('reads and writes below the prefix at both ends', () => {
    const stack = scene({ prefix: 'tokens/' });
    for (const type of ['AWS::DataSync::LocationS3', 'AWS::DataSync::LocationObjectStorage'])
      Template.fromStack(stack).hasResourceProperties(type, { Subdirectory: 'tokens/' });
    expect(JSON.stringify(Template.fromStack(scene()).toJSON())).not.toContain('Subdirectory');
  });

  test('is acted as by tasks of this account and region alone', () => {
    const trusts = Object.values(propertiesOf(scene(), 'AWS::IAM::Role')).map(
      (role) => Object(role).AssumeRolePolicyDocument.Statement[0],
    );
    expect(trusts).toMatchObject([
      {
        Principal: { Service: 'datasync.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ArnLike: expect.anything() },
      },
      {
        Principal: { Service: 'datasync.amazonaws.com' },
        Condition: { StringEqualsIfExists: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ]);
  });

  test.each([0, 1.5, -3])('fails when it is to run every %d hours', (everyHours) => {
    expect(codeOf(() => scene({ everyHours }))).toBe('SizeInvalid');
  });
});

/** An id of a template that begins with a word. */
function expectId(start: string) {
  return Match.stringLikeRegexp(`^${start}`);
}
