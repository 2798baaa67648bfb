import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AWS_IMAGE_LAYERS } from '../../estate/catalog/aws-limits';

/** What endpoints of a network without a way out are made of. */
export interface ServiceEndpoints {
  /** Network that they lie in. */
  readonly vpc: ec2.IVpc;
  /** Where their interfaces lie. */
  readonly subnets: readonly ec2.ISubnet[];
  /** Ranges that reach them. */
  readonly ranges: readonly string[];
  /** Whose requests pass: those of this account, or anybody's. */
  readonly policies: EndpointPolicies;
}

/** Whose requests pass through the endpoints of a network: those of its account, or anybody's. */
export type EndpointPolicies = 'account' | 'open';

/** What private EKS nodes call; a group of its own, because the rules of the default one name an intrinsic range. */
export function addServiceEndpoints(scope: Construct, { vpc, subnets, ranges, policies }: ServiceEndpoints): void {
  const securityGroup = new ec2.SecurityGroup(scope, 'endpoints', { vpc, allowAllOutbound: false });
  for (const block of ranges) securityGroup.addIngressRule(ec2.Peer.ipv4(block), ec2.Port.HTTPS);
  for (const [key, { service, statements }] of Object.entries(SERVICES)) {
    const endpoint = vpc.addInterfaceEndpoint(key, {
      service,
      subnets: { subnets: [...subnets] },
      securityGroups: [securityGroup],
      open: false,
    });
    if (policies === 'account') addPolicy(endpoint, statements(scope));
  }
}

/**
 * Lets through to S3 what this account asks for, and the layers of images, which are asked for without its name.
 *
 * @param roleArns roles of other accounts that workloads act as at stores there
 */
export function closeStorageEndpoint(
  scope: Construct,
  endpoint: ec2.GatewayVpcEndpoint,
  roleArns: readonly string[],
): void {
  const { partition, region } = Stack.of(scope);
  const bucket = AWS_IMAGE_LAYERS.bucket.replace('{region}', region);
  const layers = new iam.PolicyStatement({
    sid: 'ImageLayers',
    principals: [new iam.StarPrincipal()],
    actions: ['s3:GetObject'],
    resources: [`arn:${partition}:s3:::${bucket}/*`],
  });
  addPolicy(endpoint, [...ofAccount(), layers, ...ofRoles(roleArns)]);
}

function addPolicy(endpoint: ec2.VpcEndpoint, statements: readonly iam.PolicyStatement[]): void {
  for (const statement of statements) endpoint.addToPolicy(statement);
}

/** Keys of other accounts carry nothing out; what belongs to others and is shared with this account is reached as before. */
function ofAccount(): iam.PolicyStatement[] {
  const everything = { principals: [new iam.StarPrincipal()], actions: ['*'], resources: ['*'] };
  return [
    new iam.PolicyStatement({
      sid: 'Account',
      ...everything,
      conditions: { StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID } },
    }),
    new iam.PolicyStatement({
      sid: 'Services',
      ...everything,
      conditions: { Bool: { 'aws:PrincipalIsAWSService': 'true' } },
    }),
  ];
}

/** Who acts as a role of another account asks in the name of that account. */
function ofRoles(roleArns: readonly string[]): iam.PolicyStatement[] {
  if (roleArns.length === 0) return [];
  return [
    new iam.PolicyStatement({
      sid: 'StoreRoles',
      principals: [new iam.StarPrincipal()],
      actions: ['s3:*'],
      resources: ['*'],
      conditions: { ArnEquals: { 'aws:PrincipalArn': [...roleArns] } },
    }),
  ];
}

/** Tokens of service accounts are no principal yet: they become roles of this account. */
function ofTokens(scope: Construct): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'Tokens',
    principals: [new iam.StarPrincipal()],
    actions: ['sts:AssumeRoleWithWebIdentity'],
    resources: [Stack.of(scope).formatArn({ service: 'iam', region: '', resource: 'role', resourceName: '*' })],
  });
}

interface ServiceEndpoint {
  /** The service, as CDK knows it. */
  readonly service: ec2.InterfaceVpcEndpointAwsService;
  /** What passes where policies are wanted; none: anything does. */
  readonly statements: (scope: Construct) => readonly iam.PolicyStatement[];
}

function forAccount(service: ec2.InterfaceVpcEndpointAwsService): ServiceEndpoint {
  return { service, statements: ofAccount };
}

const SERVICES: Readonly<Record<string, ServiceEndpoint>> = {
  autoscaling: forAccount(ec2.InterfaceVpcEndpointAwsService.AUTOSCALING),
  ec2: forAccount(ec2.InterfaceVpcEndpointAwsService.EC2),
  'ecr-api': forAccount(ec2.InterfaceVpcEndpointAwsService.ECR),
  'ecr-docker': forAccount(ec2.InterfaceVpcEndpointAwsService.ECR_DOCKER),
  eks: forAccount(ec2.InterfaceVpcEndpointAwsService.EKS),
  // It does one thing: it hands out the roles of clusters of this account. Whether it takes a policy no page says.
  'eks-auth': { service: ec2.InterfaceVpcEndpointAwsService.EKS_AUTH, statements: () => [] },
  'elastic-load-balancing': forAccount(ec2.InterfaceVpcEndpointAwsService.ELASTIC_LOAD_BALANCING),
  kms: forAccount(ec2.InterfaceVpcEndpointAwsService.KMS),
  logs: forAccount(ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS),
  sts: {
    service: ec2.InterfaceVpcEndpointAwsService.STS,
    statements: (scope) => [...ofAccount(), ofTokens(scope)],
  },
};
