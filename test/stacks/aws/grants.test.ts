import { App } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { type Exchange, parseFragment } from '../../../estate/spec/exchange';
import { addStacks } from '../../../stacks/aws';
import { AWS_GRANTS, awsGranted, grantedEstate, STORES, TOLD } from '../../helpers/granted';
import { planOf } from '../../helpers/linked';

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

interface StackTemplate {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** The templates of AWS of an estate with some grants, by the name of their stack. */
function synth(
  keys: readonly string[],
  { told = TOLD, changes = {} }: { readonly told?: Partial<Exchange>; readonly changes?: object } = {},
): Readonly<Record<string, StackTemplate>> {
  const app = new App({ builtinCloudFormationValidation: false });
  addStacks(app, planOf(awsGranted(keys, changes), told));
  return Object.fromEntries(app.synth().stacks.map(({ stackName, template }) => [stackName, template]));
}

function of(
  template: StackTemplate | undefined,
  type: string,
): readonly (readonly [string, Record<string, unknown>])[] {
  return Object.entries(template?.Resources ?? {}).flatMap(([id, { Type, Properties = {} }]) =>
    Type === type ? [[id, { ...Properties }] as const] : [],
  );
}

/** Statements of policies of roles whose logical ids begin with a word. */
function statements(template: StackTemplate | undefined, begins: string): readonly Record<string, unknown>[] {
  return of(template, 'AWS::IAM::Policy')
    .filter(([id]) => id.startsWith(begins))
    .flatMap(([, { PolicyDocument }]) => Object(PolicyDocument).Statement);
}

/** What the output of a stack says, with a word in the place of what is known later. */
function told(template: StackTemplate | undefined) {
  const { Value: value } = template?.Outputs?.Exchange ?? { Value: undefined };
  if (value === undefined) return undefined;
  const parts: readonly unknown[] = typeof value === 'string' ? [value] : Object(value)['Fn::Join'][1];
  return parts.map((part) => (typeof part === 'string' ? part : `<${Object(part)['Fn::GetAtt'].join('.')}>`)).join('');
}

const GKE = 'container.googleapis.com/v1/projects/atlas-train/locations/us-central1/clusters/atlas-c-iowa';
const KEYS = Object.keys(AWS_GRANTS);
const ALL = synth(KEYS);
const BARE = synth([]);

describe('the target side of grants on AWS', () => {
  const roles = (stack: string) =>
    of(ALL[stack], 'AWS::IAM::Role')
      .filter(([id]) => id.startsWith('grant'))
      .map(([, { RoleName, AssumeRolePolicyDocument }]) => {
        const trust: { Action: unknown; Principal: object; Condition?: unknown }[] =
          Object(AssumeRolePolicyDocument).Statement;
        return [RoleName, trust.map(({ Action, Principal, Condition }) => [Action, Object.keys(Principal), Condition])];
      });

  test('is a role for each grant, which takes exactly the tokens of its callers', () => {
    const federated = (cluster: string) => [
      'sts:AssumeRoleWithWebIdentity',
      ['Federated'],
      {
        StringEquals: {
          [`${issuerOf(cluster)}:aud`]: 'sts.amazonaws.com',
          [`${issuerOf(cluster)}:sub`]: 'system:serviceaccount:training:training',
        },
      },
    ];
    expect(roles('atlas-ohio-storage')).toEqual([
      ['atlas-azure-grant', [federated('c-eastus2')]],
      ['atlas-google-grant', [federated('c-iowa')]],
    ]);
    expect(roles('atlas-oregon-storage')).toEqual([
      ['atlas-oracle-grant', [federated('c-phoenix')]],
      ['atlas-west-grant', [[['sts:AssumeRole', 'sts:TagSession'], ['AWS'], undefined]]],
    ]);
  });

  test('may do one thing at one bucket, and use its key', () => {
    const bucket = { 'Fn::GetAtt': [expect.stringMatching(/^stores?ohio/), 'Arn'] };
    const key = { 'Fn::GetAtt': [expect.stringMatching(/^key/), 'Arn'] };
    const list = {
      Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
      Resource: bucket,
    };
    const objects = { 'Fn::Join': ['', [bucket, '/*']] };
    expect(statements(ALL['atlas-ohio-storage'], 'grantgoogle')).toEqual(
      [
        list,
        { Action: ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'], Resource: objects },
        { Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: key },
      ].map((statement) => ({ Effect: 'Allow', ...statement })),
    );
    expect(statements(ALL['atlas-ohio-storage'], 'grantazure')).toEqual(
      [
        list,
        { Action: ['s3:GetObject', 's3:ListMultipartUploadParts'], Resource: objects },
        { Action: 'kms:Decrypt', Resource: key },
      ].map((statement) => ({ Effect: 'Allow', ...statement })),
    );
  });

  test('trusts an issuer once for an account, by an ARN that its roles know without asking', () => {
    const providers = of(ALL['atlas-aws-foundation'], 'AWS::IAM::OIDCProvider').map(([, { Url, ClientIdList }]) => [
      Url,
      ClientIdList,
    ]);
    expect(providers).toEqual(
      ['c-eastus2', 'c-iowa', 'c-phoenix'].map((cluster) => [`https://${issuerOf(cluster)}`, ['sts.amazonaws.com']]),
    );
    const text = JSON.stringify(ALL['atlas-ohio-storage']);
    expect(text).toContain(`:iam::111122223333:oidc-provider/${issuerOf('c-eastus2')}"`);
    expect(JSON.stringify(ALL['atlas-aws-foundation']?.Outputs ?? {})).not.toContain('Export');
  });

  test('of a store that exists already is a role alone, in a stack without a key', () => {
    const existing = { id: 'corpus', encryptionKey: 'arn:aws:kms:us-east-2:111122223333:key/1234abcd' };
    const stores = Object.fromEntries(STORES.map((key) => [key, { kind: 'object', site: key.slice(2) }]));
    const changes = { stores: { ...stores, 's-ohio': { ...stores['s-ohio'], existing } } };
    const template = synth(['azure', 'google'], { changes })['atlas-ohio-storage'];
    const types = Object.values(template?.Resources ?? {}).map(({ Type }) => Type);
    expect(types.sort()).toEqual(['AWS::IAM::Policy', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::Role']);
    const resources = statements(template, 'grantazure').map(({ Resource }) => JSON.stringify(Resource));
    expect(resources).toEqual([
      expect.stringContaining(':s3:::corpus"'),
      expect.stringContaining(':s3:::corpus/*"'),
      JSON.stringify(existing.encryptionKey),
    ]);
  });
});

/** The issuer of a cluster without its scheme: that of GKE follows from names, others are told. */
function issuerOf(cluster: string): string {
  return cluster === 'c-iowa' ? GKE : `issuer.example.com/${cluster}`;
}

describe('the source side of grants on AWS', () => {
  const cluster = ALL['atlas-c-ohio-cluster'];

  test('gives a role to a service account of its own, and none to the workload, which has one', () => {
    const associations = of(cluster, 'AWS::EKS::PodIdentityAssociation').map(([, { Namespace, ServiceAccount }]) => [
      Namespace,
      ServiceAccount,
    ]);
    expect(associations).toEqual(expect.arrayContaining([['evaluation', 'loader']]));
    const before = of(BARE['atlas-c-ohio-cluster'], 'AWS::EKS::PodIdentityAssociation');
    expect(associations).toHaveLength(before.length + 1);
    const added = of(cluster, 'AWS::IAM::Role').filter(([id]) => id.startsWith('caller'));
    expect(added.map(([, { AssumeRolePolicyDocument }]) => JSON.stringify(AssumeRolePolicyDocument))).toEqual([
      expect.stringMatching(/kubernetes-namespace":"evaluation".*kubernetes-service-account":"loader"/),
    ]);
  });

  test('lets a role ask for tokens of exactly its audiences, and act as exactly the roles of its stores', () => {
    const workload = statements(cluster, 'workload');
    expect(workload.map(({ Action, Resource, Condition }) => [Action, Resource, Condition])).toEqual([
      [
        'sts:GetWebIdentityToken',
        '*',
        {
          'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': ['api://AzureADTokenExchange'] },
          Null: { 'sts:IdentityTokenAudience': 'false' },
          NumericLessThanEqualsIfExists: { 'sts:DurationSeconds': 300 },
          StringEquals: { 'sts:SigningAlgorithm': 'RS256' },
        },
      ],
      [['sts:AssumeRole', 'sts:TagSession'], 'arn:aws:iam::111122223333:role/atlas-west-grant', undefined],
    ]);
    expect(statements(ALL['atlas-c-oregon-cluster'], 'workload')).toEqual([]);
  });

  test('gives a store of its own site as mounts are given', () => {
    const loader = statements(cluster, 'caller').filter(({ Action }) => !String(Action).startsWith('sts:'));
    expect(loader.map(({ Action }) => Action)).toEqual([
      ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
      ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'],
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    ]);
    for (const { Resource } of loader)
      expect(JSON.stringify(Resource)).toMatch(/Fn::ImportValue":"atlas-ohio-storage:/);
  });

  test('shares what it knows of a store that exists already with what mounts it', () => {
    const existing = { id: 'corpus' };
    const stores = { 's-ohio': { kind: 'object', site: 'ohio', existing } };
    const { clusters } = grantedEstate({});
    const changes = { stores, clusters: { ...clusters, 'c-ohio': { ...clusters['c-ohio'], mounts: ['s-ohio'] } } };
    const template = synth(['near'], { changes })['atlas-c-ohio-cluster'];
    expect(statements(template, 'workload')).toHaveLength(2);
    expect(statements(template, 'caller')).toHaveLength(2);
  });

  test('tells who its roles are and who signs, as the exchange file takes it, and nothing that nobody wants', () => {
    expect(told(ALL['atlas-aws-foundation'])).toMatch(
      /^\{"estate":"atlas","accounts":\{"aws":\{"issuer":"<outbound\w*\.Issuer>"\}\}\}$/,
    );
    expect(told(cluster)).toMatch(
      /^\{"estate":"atlas","principals":\{"c-ohio":\{"roleArn-[0-9a-f]{8}":"<caller\w+\.Arn>","roleArn":"<workload\w+\.Arn>"\}\}\}$/,
    );
    expect(told(ALL['atlas-c-oregon-cluster'])).toMatch(
      /^\{"estate":"atlas","issuers":\{"c-oregon":"<cluster\w+\.OpenIdConnectIssuerUrl>"\}\}$/,
    );
    const known = told(cluster)?.replace(/<\w+\.Arn>/g, 'arn:aws:iam::111122223333:role/one');
    expect(parseFragment(known)).toMatchObject({ principals: { 'c-ohio': { roleArn: expect.anything() } } });
    const telling = Object.keys(ALL).filter((name) => told(ALL[name]) !== undefined);
    expect(telling.sort()).toEqual(['atlas-aws-foundation', 'atlas-c-ohio-cluster', 'atlas-c-oregon-cluster']);
  });
});

describe('grants on AWS', () => {
  test('wait alone: without what clouds have said, everything else is as without them', () => {
    const waiting = synth(['azure', 'oracle'], { told: {} });
    for (const name of ['atlas-ohio-storage', 'atlas-oregon-storage', 'atlas-aws-foundation'])
      expect([name, waiting[name]]).toEqual([name, BARE[name]]);
    const half = synth(['azure', 'google'], { told: {} });
    expect(of(half['atlas-ohio-storage'], 'AWS::IAM::Role').map(([, { RoleName }]) => RoleName)).toEqual([
      'atlas-google-grant',
    ]);
  });

  test('hold no key of anybody', () => {
    expect(JSON.stringify(ALL)).not.toMatch(/AWS::IAM::(AccessKey|User)|SecretAccessKey/);
  });

  test('change nothing of each other', () => {
    fc.assert(
      fc.property(fc.subarray(KEYS), (some) => {
        const made = synth(some);
        for (const [name, { Resources }] of Object.entries(made)) {
          const all = ALL[name]?.Resources ?? {};
          for (const [id, resource] of Object.entries(Resources)) {
            // What a service account may do is said in one policy.
            if (/^(workload|caller)\w*DefaultPolicy/.test(id)) continue;
            // Functions of CloudFormation log into what this stack encrypts.
            if (name.endsWith('-foundation') && resource.Type === 'AWS::KMS::Key') continue;
            expect([name, id, resource]).toEqual([name, id, all[id]]);
          }
        }
      }),
      { numRuns: 4 },
    );
  });
});
