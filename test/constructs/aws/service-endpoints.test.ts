import type { NetworkProps } from '../../../constructs/aws';
import { emptyStack, network, propertiesOf } from './scene';

/** Statements of the endpoints of a network, by the end of the name of their service. */
function policies(changes: Partial<NetworkProps>): Record<string, unknown> {
  const stack = emptyStack();
  network(stack, changes);
  const endpoints = Object.values(propertiesOf(stack, 'AWS::EC2::VPCEndpoint'));
  return Object.fromEntries(
    endpoints.map(({ ServiceName, PolicyDocument }) => {
      const name = JSON.stringify(ServiceName).match(/\.([a-z0-9-]+(\.[a-z]+)?)"\]*\}?$/)?.[1] ?? '';
      return [name.replace('us-east-1.', ''), Object(PolicyDocument).Statement];
    }),
  );
}

const EVERYTHING = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const OWN = [
  {
    Sid: 'Account',
    ...EVERYTHING,
    Condition: { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } },
  },
  { Sid: 'Services', ...EVERYTHING, Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } },
];

describe('endpoints of a network without egress', () => {
  test('let through what its account asks for, and nothing with keys of others', () => {
    expect(policies({ egress: 'none' })).toEqual({
      s3: [
        ...OWN,
        {
          Sid: 'ImageLayers',
          Effect: 'Allow',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: {
            'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::prod-us-east-1-starport-layer-bucket/*']],
          },
        },
      ],
      autoscaling: OWN,
      ec2: OWN,
      'ecr.api': OWN,
      'ecr.dkr': OWN,
      eks: OWN,
      'eks-auth': undefined,
      elasticloadbalancing: OWN,
      kms: OWN,
      logs: OWN,
      sts: [
        ...OWN,
        {
          Sid: 'Tokens',
          Effect: 'Allow',
          Principal: '*',
          Action: 'sts:AssumeRoleWithWebIdentity',
          Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:role/*']] },
        },
      ],
    });
  });

  test('let roles of other accounts through to stores, and each by its ARN', () => {
    const storeRoleArns = ['arn:aws:iam::999988887777:role/atlas-near-grant'];
    const { s3, ...others } = policies({ egress: 'none', storeRoleArns });
    expect(Object(s3).slice(OWN.length + 1)).toEqual([
      {
        Sid: 'StoreRoles',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { ArnEquals: { 'aws:PrincipalArn': storeRoleArns } },
      },
    ]);
    expect(JSON.stringify(others)).not.toContain('StoreRoles');
  });

  test('let everything through where that is wanted', () => {
    const statements = Object.values(policies({ egress: 'none', endpointPolicies: 'open' }));
    expect(statements).toHaveLength(11);
    expect(statements.filter((one) => one !== undefined)).toEqual([]);
  });

  test('has no policy beside another way out, which would only lead around it', () => {
    expect(policies({ egress: 'nat' })).toEqual({ s3: undefined });
    expect(policies({ egress: { via: 'tgw-0123456789abcdef0' } })).toEqual({ s3: undefined });
  });
});
