import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import type { Plan } from '../../../estate/plan/types';
import { parseEstate } from '../../../estate/spec/load';
import { addStacks } from '../../../stacks/aws';
import { type Changes, estateText } from '../../estate/spec/fixtures';
import { lockAndResolve } from '../../helpers/estates';
import { AWS_KEY, EXISTING } from '../../helpers/existing';

const CLUSTER = {
  id: 'serve-prod',
  securityGroupId: 'sg-0a1b2c3d4e5f60718',
  nodeRole: 'arn:aws:iam::111122223333:role/serve-prod-nodes',
};
const SCRATCH = {
  kind: 'lustre',
  site: 'ohio',
  zone: 'us-east-2a',
  capacityTiB: 46.875,
  throughputMBpsPerTiB: 500,
};

/** A cluster that exists lies in a network that does. */
const OWN_CLUSTER = { 'clusters.ohio-serve.existing': undefined };

function planOf(changes: Changes = {}): Plan {
  return lockAndResolve(parseEstate(estateText(changes, EXISTING), 'estate.yaml').estate).plan;
}

/** The stacks of an estate on AWS, by their ids. */
function stacksOf(changes: Changes = {}): Record<string, Stack> {
  const app = new App({ builtinCloudFormationValidation: false });
  addStacks(app, planOf(changes));
  return Object.fromEntries(app.node.children.filter(Stack.isStack).map((stack) => [stack.node.id, stack]));
}

function templateOf(stacks: Record<string, Stack>, id: string): Template {
  const stack = stacks[id];
  if (stack === undefined) throw new Error(`no stack "${id}" among ${Object.keys(stacks).join(', ')}`);
  return Template.fromStack(stack);
}

function typesIn(template: Template): string[] {
  const resources: Record<string, { Type: string }> = template.toJSON().Resources;
  return [...new Set(Object.values(resources).map(({ Type }) => Type))].sort();
}

describe('an estate on what exists already', () => {
  const stacks = stacksOf();

  test('has no stack of a network, and one of the stores that are made', () => {
    expect(Object.keys(stacks).sort()).toEqual([
      'orion-aws-foundation',
      'orion-ohio-b200-cluster',
      'orion-ohio-serve-cluster',
      'orion-ohio-storage',
    ]);
  });

  test('puts a cluster and its nodes into the subnets that are there', () => {
    const template = templateOf(stacks, 'orion-ohio-b200-cluster');
    template.hasResourceProperties('AWS::EKS::Cluster', {
      ResourcesVpcConfig: { SubnetIds: ['subnet-0a1b2c3d4e5f60001', 'subnet-0a1b2c3d4e5f60002'] },
    });
    template.hasResourceProperties('AWS::EKS::Nodegroup', { Subnets: ['subnet-0a1b2c3d4e5f60003'] });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', { VpcId: 'vpc-0a1b2c3d4e5f60718' });
    const imported = JSON.stringify(template.toJSON()).match(/"Fn::ImportValue":"[a-z-]+/g) ?? [];
    // Of the bucket that is made.
    expect([...new Set(imported)]).toEqual(['"Fn::ImportValue":"orion-ohio-storage']);
  });

  test('gives pods of a cluster addresses of the subnets that are there', () => {
    const addons = templateOf(stacks, 'orion-ohio-b200-cluster').findResources('AWS::EKS::Addon', {
      Properties: { AddonName: 'vpc-cni' },
    });
    expect(JSON.stringify(addons)).toContain('subnet-0a1b2c3d4e5f60005');
  });

  test('encrypts with the key that is there, makes none, and says what its owner has to allow', () => {
    const cluster = templateOf(stacks, 'orion-ohio-b200-cluster');
    cluster.resourceCountIs('AWS::KMS::Key', 0);
    cluster.hasResourceProperties('AWS::EKS::Cluster', { EncryptionConfig: [{ Provider: { KeyArn: AWS_KEY } }] });
    const storage = templateOf(stacks, 'orion-ohio-storage');
    storage.resourceCountIs('AWS::KMS::Key', 0);
    storage.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          Match.objectLike({ ServerSideEncryptionByDefault: { KMSMasterKeyID: AWS_KEY, SSEAlgorithm: 'aws:kms' } }),
        ],
      },
    });
    const said = Annotations.fromStack(clusterStack()).findInfo('*', Match.stringLikeRegexp('through ec2'));
    // The use of the key, and grants to services.
    expect(said.map(({ id }) => id)).toEqual(['/orion-ohio-b200-cluster/key', '/orion-ohio-b200-cluster/key']);
    // Alerts lie in another region, and keep their own.
    templateOf(stacks, 'orion-aws-foundation').resourceCountIs('AWS::KMS::Key', 1);
  });

  test('lets workloads use a bucket that is there, and does not touch it', () => {
    const template = templateOf(stacks, 'orion-ohio-b200-cluster');
    const [policy] = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => /^workload/.test(id));
    expect(JSON.stringify(policy)).toContain(':s3:::corp-datasets/*');
    expect(typesIn(template)).not.toContain('AWS::S3::BucketPolicy');
    templateOf(stacks, 'orion-ohio-storage').resourceCountIs('AWS::S3::Bucket', 2);
  });

  test('adds pools and an identity to a cluster that is there, and nothing else', () => {
    const template = templateOf(stacks, 'orion-ohio-serve-cluster');
    expect(typesIn(template)).toEqual([
      'AWS::EC2::LaunchTemplate',
      'AWS::EC2::PlacementGroup',
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::SecurityGroupEgress',
      'AWS::EC2::SecurityGroupIngress',
      'AWS::EKS::Nodegroup',
      'AWS::EKS::PodIdentityAssociation',
      'AWS::IAM::Role',
    ]);
    template.hasResourceProperties('AWS::EKS::Nodegroup', {
      ClusterName: 'serve-prod',
      NodeRole: CLUSTER.nodeRole,
      Subnets: ['subnet-0a1b2c3d4e5f60004'],
    });
    template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', { ClusterName: 'serve-prod' });
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { BlockDeviceMappings: [{ Ebs: Match.objectLike({ KmsKeyId: AWS_KEY }) }] },
    });
  });

  function clusterStack(): Stack {
    const stack = stacks['orion-ohio-b200-cluster'];
    if (stack === undefined) throw new Error('no stack of the cluster');
    return stack;
  }
});

describe('the same estate with things of its own', () => {
  test('has a stack of its network, its keys and its stores', () => {
    const stacks = stacksOf({
      'accounts.aws.encryptionKey': undefined,
      'sites.ohio.network': undefined,
      'clusters.ohio-serve.existing': undefined,
      'stores.datasets.existing': undefined,
    });
    expect(Object.keys(stacks)).toContain('orion-ohio-network');
    for (const id of [
      'orion-ohio-network',
      'orion-ohio-storage',
      'orion-ohio-b200-cluster',
      'orion-ohio-serve-cluster',
    ]) {
      templateOf(stacks, id).resourceCountIs('AWS::KMS::Key', 1);
    }
    templateOf(stacks, 'orion-ohio-serve-cluster').resourceCountIs('AWS::EKS::Cluster', 1);
    templateOf(stacks, 'orion-ohio-storage').resourceCountIs('AWS::S3::Bucket', 4);
    expect(JSON.stringify(templateOf(stacks, 'orion-ohio-b200-cluster').toJSON())).toContain('Fn::ImportValue');
  });

  test('leaves its own network through a transit gateway and asks DNS servers, when it is told so', () => {
    const network = { egress: { via: 'tgw-0a1b2c3d4e5f60718' }, dns: ['10.1.0.10'] };
    const template = templateOf(stacksOf({ ...OWN_CLUSTER, 'sites.ohio.network': network }), 'orion-ohio-network');
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.hasResourceProperties('AWS::EC2::TransitGatewayVpcAttachment', {
      TransitGatewayId: 'tgw-0a1b2c3d4e5f60718',
    });
    template.hasResourceProperties('AWS::EC2::DHCPOptions', { DomainNameServers: ['10.1.0.10'] });
    // Its flow logs take the key of the account.
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: AWS_KEY });
  });

  test('reaches AWS by endpoints only, when it has no way out', () => {
    const template = templateOf(
      stacksOf({ ...OWN_CLUSTER, 'sites.ohio.network': { egress: 'none' } }),
      'orion-ohio-network',
    );
    for (const type of ['AWS::EC2::NatGateway', 'AWS::EC2::InternetGateway', 'AWS::EC2::DHCPOptions']) {
      template.resourceCountIs(type, 0);
    }
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' });
  });
});

describe('a file system', () => {
  const mounts = { 'clusters.ohio-b200.mounts': ['scratch-ohio'] };
  const existing = { id: 'fs-0a1b2c3d4e5f60718', securityGroupId: 'sg-0000000000000000f' };

  test('that is there is mounted by rules in its group, and not made', () => {
    const store = { kind: 'lustre', site: 'ohio', zone: 'us-east-2a', existing };
    const stacks = stacksOf({ ...mounts, 'stores.scratch-ohio': store });
    const template = templateOf(stacks, 'orion-ohio-b200-cluster');
    const groups = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress'))
      .map(({ Properties }) => Properties.GroupId)
      .filter((id) => id === existing.securityGroupId);
    // The nodes and their fabric.
    expect(groups).toHaveLength(2);
    template.hasResourceProperties('AWS::EKS::Addon', { AddonName: 'aws-fsx-csi-driver' });
    expect(typesIn(templateOf(stacks, 'orion-ohio-storage'))).not.toContain('AWS::FSx::FileSystem');
  });

  test('of its own lies in a subnet that is there', () => {
    const stacks = stacksOf({ ...mounts, 'stores.scratch-ohio': SCRATCH });
    templateOf(stacks, 'orion-ohio-storage').hasResourceProperties('AWS::FSx::FileSystem', {
      SubnetIds: ['subnet-0a1b2c3d4e5f60003'],
      KmsKeyId: AWS_KEY,
    });
  });

  test('is mounted by a cluster that is there, whose add-ons are its owner’s', () => {
    const stacks = stacksOf({
      'clusters.ohio-serve.mounts': ['scratch-ohio'],
      'stores.scratch-ohio': { ...SCRATCH, zone: 'us-east-2b' },
    });
    const template = templateOf(stacks, 'orion-ohio-serve-cluster');
    template.resourceCountIs('AWS::EKS::Addon', 0);
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { GroupId: CLUSTER.securityGroupId });
  });
});
