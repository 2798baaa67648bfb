import { CfnRole } from 'aws-cdk-lib/aws-iam';
import {
  EncryptionKey,
  FederatedIdentity,
  type FederatedIdentityProps,
  type FederatedSubject,
  ObjectStore,
} from '../../../constructs/aws';
import { RELYING } from '../../../estate/catalog/grants';
import { codeOf, emptyStack, propertiesOf, typesOf } from './scene';

const IOWA: FederatedSubject = {
  issuer: 'https://issuer.example.com/iowa/',
  subject: 'system:serviceaccount:training:trainer',
  audience: 'sts.amazonaws.com',
};
const OREGON = 'arn:aws:iam::999988887777:role/oregon';

function scene(callers: Pick<FederatedIdentityProps, 'subjects' | 'roleArns'> = { subjects: { iowa: IOWA } }) {
  const stack = emptyStack();
  const identity = new FederatedIdentity(stack, 'grant', { name: 'atlas-data-grant', ...callers });
  const [role] = Object.values(propertiesOf(stack, 'AWS::IAM::Role'));
  return { stack, identity, role, trust: Object(role?.AssumeRolePolicyDocument).Statement };
}

const TRUST = {
  Effect: 'Allow',
  Action: 'sts:AssumeRoleWithWebIdentity',
  Principal: {
    Federated: {
      'Fn::Join': [
        '',
        ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:oidc-provider/issuer.example.com/iowa/'],
      ],
    },
  },
  Condition: {
    StringEquals: {
      'issuer.example.com/iowa/:aud': 'sts.amazonaws.com',
      'issuer.example.com/iowa/:sub': 'system:serviceaccount:training:trainer',
    },
  },
};

describe('FederatedIdentity', () => {
  test('has a role as default child, with the name that others know', () => {
    const { identity, role } = scene();
    expect(identity.node.defaultChild).toBeInstanceOf(CfnRole);
    expect(role).toMatchObject({ RoleName: 'atlas-data-grant' });
  });

  test('takes tokens of one subject for one audience', () => {
    expect(scene().trust).toEqual([TRUST]);
  });

  test('is assumed by one role, whose session has tags that go on', () => {
    expect(scene({ roleArns: [OREGON] }).trust).toEqual([
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        Principal: { AWS: 'arn:aws:iam::999988887777:role/oregon' },
      },
    ]);
  });

  test('takes each of several callers by a statement of its own, whatever their order', () => {
    const phoenix = { ...IOWA, issuer: 'https://issuer.example.com/phoenix' };
    const { trust } = scene({ subjects: { phoenix, iowa: IOWA } });
    expect(trust).toEqual(scene({ subjects: { iowa: IOWA, phoenix } }).trust);
    expect(trust).toEqual([TRUST, expect.anything()]);
  });

  test('fits its trust into a role with as many callers as it takes, with the longest names that Kubernetes and AKS give', () => {
    const id = '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
    const subjects = Array.from({ length: RELYING.aws.callersPerIdentity }, (_, number): [string, FederatedSubject] => {
      const issuer = `https://germanywestcentral.oic.prod-aks.azure.com/${id}/${number}${id.slice(1)}/`;
      return [`${number}`, { ...IOWA, issuer, subject: `system:serviceaccount:${'n'.repeat(63)}:${'s'.repeat(63)}` }];
    });
    const statements: unknown = scene({ subjects: Object.fromEntries(subjects) }).trust;
    const joined = /\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},"(.*?)"\]\]\}/g;
    const text = JSON.stringify(statements).replace(joined, '"arn:aws$1"');
    expect(text).toContain('"Federated":"arn:aws:iam::111122223333:oidc-provider/germanywestcentral.');
    expect(`{"Version":"2012-10-17","Statement":${text}}`.length).toBeLessThan(2048);
  });

  test('may do nothing until a store lets it', () => {
    expect(typesOf(scene().stack)).toEqual(['AWS::IAM::Role']);
    const stack = emptyStack();
    const identity = new FederatedIdentity(stack, 'grant', { name: 'atlas-data-grant', roleArns: [OREGON] });
    const encryptionKey = new EncryptionKey(stack, 'key', { name: 'stores' });
    new ObjectStore(stack, 'data', { name: 'data', encryptionKey }).grants.read(identity);
    const [policy] = Object.values(propertiesOf(stack, 'AWS::IAM::Policy'));
    const statements: { Action: unknown; Resource: unknown }[] = Object(policy?.PolicyDocument).Statement;
    const bucket = { 'Fn::GetAtt': [expect.stringContaining('data'), 'Arn'] };
    expect(statements.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], bucket],
      [['s3:GetObject', 's3:ListMultipartUploadParts'], { 'Fn::Join': ['', [bucket, '/*']] }],
      ['kms:Decrypt', { 'Fn::GetAtt': [expect.stringContaining('key'), 'Arn'] }],
    ]);
  });

  test('fails when nobody acts as it, more than its trust has room for, its name is empty, or a caller is none', () => {
    expect(codeOf(() => scene({}))).toBe('AccessMissing');
    const roleArns = Array.from({ length: RELYING.aws.callersPerIdentity + 1 }, (_, index) => `${OREGON}-${index}`);
    expect(codeOf(() => scene({ roleArns }))).toBe('TooMany');
    expect(codeOf(() => scene({ roleArns: ['arn:aws:iam::999988887777:root'] }))).toBe('IdInvalid');
    expect(codeOf(() => scene({ subjects: { iowa: { ...IOWA, issuer: 'issuer.example.com' } } }))).toBe('IdInvalid');
    const unnamed = { name: '', roleArns: [OREGON] };
    expect(codeOf(() => new FederatedIdentity(emptyStack(), 'grant', unnamed))).toBe('NameInvalid');
  });
});
