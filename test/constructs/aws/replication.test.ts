import { Template } from 'aws-cdk-lib/assertions';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Stack } from 'aws-cdk-lib/core';
import {
  EncryptionKey,
  ObjectStore,
  Replication,
  type ReplicationProps,
  type ReplicationRule,
} from '../../../constructs/aws';
import { codeOf, emptyStack, propertiesOf } from './scene';

const KEY = 'arn:aws:kms:us-west-2:111122223333:key/0a1b2c3d';
const RULE: ReplicationRule = { key: 'west', bucketArn: 'arn:aws:s3:::west', keyArn: KEY, region: 'us-west-2' };
const S3 = { 'Fn::Join': ['', ['s3.us-west-2.', { Ref: 'AWS::URLSuffix' }]] };

function scene(changes: Partial<ReplicationProps> = {}): { stack: Stack; replication: Replication } {
  const stack = emptyStack();
  const encryptionKey = new EncryptionKey(stack, 'key', { name: 'a' });
  const store = new ObjectStore(stack, 'data', { name: 'data', encryptionKey });
  const props = { name: 'atlas-data-copies', store, encryptionKey, rules: [RULE], ...changes };
  return { stack, replication: new Replication(stack, 'copies-data', props) };
}

const configurationOf = (stack: Stack) =>
  Object.values(propertiesOf(stack, 'AWS::S3::Bucket'))
    .map((properties) => Object(properties).ReplicationConfiguration)
    .find((configuration) => configuration !== undefined);

/** What the policy of the role says whose id has a word in it. */
const statementsOf = (stack: Stack, word: string) =>
  Object.entries(propertiesOf(stack, 'AWS::IAM::Policy'))
    .filter(([id]) => id.startsWith('copies') && id.includes(word))
    .flatMap(([, properties]) => Object(properties).PolicyDocument.Statement);

describe('Replication', () => {
  test('has a role as default child', () => {
    expect(scene().replication.node.defaultChild).toBeInstanceOf(CfnRole);
  });

  test('copies all new objects but no markers of what is deleted, encrypted with the key of the copy', () => {
    expect(configurationOf(scene().stack)).toEqual({
      Role: { 'Fn::GetAtt': [expect.stringMatching(/^copiesdata/), 'Arn'] },
      Rules: [
        {
          Id: 'west',
          Status: 'Enabled',
          Priority: expect.any(Number),
          Filter: { Prefix: '' },
          DeleteMarkerReplication: { Status: 'Disabled' },
          SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
          Destination: { Bucket: 'arn:aws:s3:::west', EncryptionConfiguration: { ReplicaKmsKeyID: KEY } },
        },
      ],
    });
  });

  test('asks for neither a promised time nor metrics, which S3 bills', () => {
    expect(JSON.stringify(configurationOf(scene().stack))).not.toMatch(/Metrics|ReplicationTime/);
  });

  test('may read one bucket and write the other one, and use their keys through S3 alone', () => {
    const { stack } = scene({ rules: [{ ...RULE, prefix: 'tokens/' }] });
    const data = { 'Fn::GetAtt': [expect.stringMatching(/^data/), 'Arn'] };
    expect(statementsOf(stack, 'Default')).toEqual([
      { Effect: 'Allow', Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'], Resource: data },
      {
        Effect: 'Allow',
        Action: ['s3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging'],
        Resource: { 'Fn::Join': ['', [data, '/tokens/*']] },
      },
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^key/), 'Arn'] },
        Condition: {
          StringEquals: {
            'kms:EncryptionContext:aws:s3:arn': data,
            'kms:ViaService': { 'Fn::Join': ['', ['s3.us-east-1.', { Ref: 'AWS::URLSuffix' }]] },
          },
        },
      },
    ]);
    expect(statementsOf(stack, 'Destination')).toEqual([
      { Effect: 'Allow', Action: ['s3:ReplicateObject', 's3:ReplicateTags'], Resource: 'arn:aws:s3:::west/tokens/*' },
      {
        Effect: 'Allow',
        Action: ['kms:Encrypt', 'kms:GenerateDataKey'],
        Resource: KEY,
        Condition: {
          StringEquals: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::west', 'kms:ViaService': S3 },
        },
      },
    ]);
  });

  test('may write before the bucket has a rule, so that a rule that is added copies at once', () => {
    const buckets = Template.fromStack(scene().stack).findResources('AWS::S3::Bucket', {
      Properties: { ReplicationConfiguration: {} },
    });
    const waiting = Object.values(buckets).flatMap(({ DependsOn }) => DependsOn);
    expect(waiting).toContainEqual(expect.stringMatching(/^copies.*DestinationPolicy/));
  });

  test('is acted as by S3 for this account alone, as far as S3 says for whom', () => {
    Template.fromStack(scene().stack).hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'atlas-data-copies',
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 's3.amazonaws.com' },
            Condition: { StringEqualsIfExists: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    });
  });

  test('ranks a rule by its key, whatever other rules there are', () => {
    const ranks = (rules: readonly ReplicationRule[]) =>
      new Map(
        configurationOf(scene({ rules }).stack).Rules.map((rule: { Id: string; Priority: number }) => [
          rule.Id,
          rule.Priority,
        ]),
      );
    const other = { ...RULE, key: 'east', bucketArn: 'arn:aws:s3:::east' };
    const both = ranks([other, RULE]);
    expect(both.get('west')).toBe(ranks([RULE]).get('west'));
    expect(ranks([RULE, other])).toEqual(both);
    expect(new Set(both.values()).size).toBe(2);
  });

  test.each([
    ['no rules', { rules: [] }, 'CountInvalid'],
    ['no name', { name: '' }, 'NameInvalid'],
    ['a bucket by its name', { rules: [{ ...RULE, bucketArn: 'west' }] }, 'IdInvalid'],
    ['a key by its alias', { rules: [{ ...RULE, keyArn: 'alias/west' }] }, 'IdInvalid'],
    ['two rules of one key', { rules: [RULE, { ...RULE, bucketArn: 'arn:aws:s3:::east' }] }, 'RuleAmbiguous'],
    ['two rules that write one bucket', { rules: [RULE, { ...RULE, key: 'east' }] }, 'RuleAmbiguous'],
  ] as const)('fails when it is given %s', (_what, changes, code) => {
    expect(codeOf(() => scene(changes))).toBe(code);
  });
});
