import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Identity } from '../../../constructs/aws';
import { clusterScene, codeOf, emptyStack, propertiesOf, typesOf } from './scene';

function scene() {
  const { stack, cluster } = clusterScene();
  const identity = new Identity(stack, 'workload', {
    name: 'w',
    cluster,
    namespace: 'training',
    serviceAccount: 'trainer',
  });
  return { stack, identity };
}

describe('Identity', () => {
  test('has a role as default child', () => {
    expect(scene().identity.node.defaultChild).toBeInstanceOf(CfnRole);
  });

  test('is assumed by one service account of one cluster, and tagged so', () => {
    Template.fromStack(scene().stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Action: ['sts:AssumeRole', 'sts:TagSession'],
            Principal: { Service: 'pods.eks.amazonaws.com' },
            Condition: {
              StringEquals: {
                'aws:RequestTag/eks-cluster-name': Match.anyValue(),
                'aws:RequestTag/kubernetes-namespace': 'training',
                'aws:RequestTag/kubernetes-service-account': 'trainer',
              },
            },
          }),
        ],
      },
    });
  });

  test('is handed to its service account without keys', () => {
    const template = Template.fromStack(scene().stack);
    template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
      Namespace: 'training',
      ServiceAccount: 'trainer',
    });
    template.resourceCountIs('AWS::IAM::AccessKey', 0);
    expect(Object.keys(template.findResources('AWS::IAM::Policy')).filter((id) => id.startsWith('workload'))).toEqual(
      [],
    );
  });

  test('is what CDK grants to', () => {
    const { identity } = scene();
    expect(identity.grantPrincipal).toBe(identity.role);
  });

  test('asks for tokens of exactly the audiences that it is let, each alone, and for a few minutes', () => {
    const { stack, identity } = scene();
    identity.allowTokens(['api://AzureADTokenExchange', 'https://example.com']);
    const policies = Object.entries(propertiesOf(stack, 'AWS::IAM::Policy')).filter(([id]) =>
      id.startsWith('workload'),
    );
    expect(policies.map(([, { PolicyDocument }]) => Object(PolicyDocument).Statement)).toEqual([
      ['api://AzureADTokenExchange', 'https://example.com'].map((audience) => ({
        Effect: 'Allow',
        Action: 'sts:GetWebIdentityToken',
        Resource: '*',
        Condition: {
          'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': [audience] },
          Null: { 'sts:IdentityTokenAudience': 'false' },
          NumericLessThanEqualsIfExists: { 'sts:DurationSeconds': 300 },
          StringEquals: { 'sts:SigningAlgorithm': 'RS256' },
        },
      })),
    ]);
  });

  test('acts as the roles that it is let, and as no other', () => {
    const { stack, identity } = scene();
    identity.allowRoles(['arn:aws:iam::999988887777:role/store']);
    const policies = Object.entries(propertiesOf(stack, 'AWS::IAM::Policy')).filter(([id]) =>
      id.startsWith('workload'),
    );
    expect(policies.map(([, { PolicyDocument }]) => Object(PolicyDocument).Statement)).toEqual([
      [
        {
          Effect: 'Allow',
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          Resource: 'arn:aws:iam::999988887777:role/store',
        },
      ],
    ]);
    expect(codeOf(() => identity.allowRoles(['*']))).toBe('IdInvalid');
  });

  test('may do nothing of either where it is let do none of them', () => {
    const { stack, identity } = scene();
    identity.allowTokens([]);
    identity.allowRoles([]);
    expect(Object.keys(propertiesOf(stack, 'AWS::IAM::Policy')).filter((id) => id.startsWith('workload'))).toEqual([]);
  });

  test('is imported by its role, and makes nothing but the policy of what it is granted', () => {
    const stack = emptyStack();
    const arn = 'arn:aws:iam::111122223333:role/trainer';
    const identity = Identity.fromRoleArn(stack, 'workload', arn);
    expect(identity.roleArn).toBe(arn);
    expect(Identity.fromIdentityAttributes(stack, 'same', { roleArn: arn }).roleArn).toBe(arn);
    expect(typesOf(stack)).toEqual([]);
    identity.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: ['*'] }));
    expect(Object.values(propertiesOf(stack, 'AWS::IAM::Policy'))).toMatchObject([{ Roles: ['trainer'] }]);
  });

  test('fails when what is imported is no role, or its name is empty', () => {
    const user = 'arn:aws:iam::111122223333:user/trainer';
    expect(codeOf(() => Identity.fromRoleArn(emptyStack(), 'workload', user))).toBe('IdInvalid');
    const { stack, cluster } = clusterScene();
    const props = { name: '', cluster, namespace: 'training', serviceAccount: 'trainer' };
    expect(codeOf(() => new Identity(stack, 'workload', props))).toBe('NameInvalid');
  });
});
