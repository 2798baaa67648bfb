import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { EncryptionKey, GrantIdentity, type GrantIdentityProps, ObjectStore } from '../../../constructs/aws';
import { codeOf, emptyStack, propertiesOf, typesOf } from './scene';

type Caller = GrantIdentityProps['callers'][number];

const IOWA: Caller = {
  kind: 'federated',
  issuer: 'https://issuer.example.com/iowa/',
  subject: 'system:serviceaccount:training:trainer',
  audience: 'sts.amazonaws.com',
};
const OREGON: Caller = { kind: 'native', roleArn: 'arn:aws:iam::999988887777:role/oregon' };

function scene(callers: readonly Caller[] = [IOWA]) {
  const stack = emptyStack();
  const identity = new GrantIdentity(stack, 'grant', { name: 'atlas-data-grant', callers, tags: { estate: 'atlas' } });
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

describe('GrantIdentity', () => {
  test('has a role as default child, with the name that others know', () => {
    const { identity, role } = scene();
    expect(identity.node.defaultChild).toBeInstanceOf(CfnRole);
    expect(role).toMatchObject({ RoleName: 'atlas-data-grant' });
  });

  test('takes tokens of one subject for one audience', () => {
    expect(scene().trust).toEqual([TRUST]);
  });

  test('is assumed by one role, whose session has tags that go on', () => {
    expect(scene([OREGON]).trust).toEqual([
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        Principal: { AWS: 'arn:aws:iam::999988887777:role/oregon' },
      },
    ]);
  });

  test('takes each of several callers by a statement of its own', () => {
    const issuer = 'https://issuer.example.com/phoenix';
    expect(scene([IOWA, { ...IOWA, issuer }]).trust).toHaveLength(2);
  });

  test('fits its trust into a role with as many callers as are planned for one, with issuers as long as those of AKS', () => {
    const id = '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
    const callers = [1, 2, 3].map((number): Caller => {
      return { ...IOWA, issuer: `https://germanywestcentral.oic.prod-aks.azure.com/${id}/${number}${id.slice(1)}/` };
    });
    const statements: (typeof TRUST)[] = scene(callers).trust;
    const text = JSON.stringify(statements).replace(
      /\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},"(.*?)"\]\]\}/g,
      '"arn:aws$1"',
    );
    expect(`{"Version":"2012-10-17","Statement":${text}}`.length).toBeLessThan(2048);
  });

  test('may do nothing until a store lets it', () => {
    expect(typesOf(scene().stack)).toEqual(['AWS::IAM::Role']);
    const stack = emptyStack();
    const identity = new GrantIdentity(stack, 'grant', { name: 'atlas-data-grant', callers: [IOWA] });
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

  test('fails when nobody may act as it, its name is empty, or a caller is none', () => {
    expect(codeOf(() => scene([]))).toBe('IdInvalid');
    expect(codeOf(() => scene([{ kind: 'native', roleArn: 'arn:aws:iam::999988887777:root' }]))).toBe('IdInvalid');
    expect(codeOf(() => scene([{ ...IOWA, issuer: 'issuer.example.com' }]))).toBe('IdInvalid');
    expect(codeOf(() => new GrantIdentity(emptyStack(), 'grant', { name: '', callers: [IOWA] }))).toBe('NameInvalid');
  });
});
