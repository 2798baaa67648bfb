import { Match, Template } from 'aws-cdk-lib/assertions';
import { Peer } from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import {
  Capacity,
  Cluster,
  type ClusterProps,
  EncryptionKey,
  Fabric,
  Identity,
  Network,
} from '../../../constructs/aws';
import { machine, subnets } from '../../stacks/aws/fixture';
import { clusterScene, codeOf, emptyStack, network, propertiesOf, typesOf } from './scene';

/** The configuration of the CNI as EKS gets it, with intrinsics as their JSON. */
function cniConfiguration(stack: ReturnType<typeof clusterScene>['stack']) {
  const addon = Object.values(propertiesOf(stack, 'AWS::EKS::Addon')).find(({ AddonName }) => AddonName === 'vpc-cni');
  const value = addon?.ConfigurationValues;
  if (typeof value === 'string') return JSON.parse(value);
  const parts: unknown[] = Object(value)['Fn::Join'][1];
  return JSON.parse(
    parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part).replaceAll('"', "'"))).join(''),
  );
}

describe('Cluster', () => {
  test('has the EKS cluster as default child', () => {
    expect(clusterScene().cluster.node.defaultChild).toBeInstanceOf(eks.CfnCluster);
  });

  test('is private, logged, encrypted, protected, and administered through access entries only', () => {
    const template = Template.fromStack(clusterScene().stack);
    template.hasResourceProperties('AWS::EKS::Cluster', {
      Version: '1.35',
      DeletionProtection: true,
      AccessConfig: { AuthenticationMode: 'API', BootstrapClusterCreatorAdminPermissions: false },
      BootstrapSelfManagedAddons: false,
      ResourcesVpcConfig: { EndpointPrivateAccess: true, EndpointPublicAccess: false },
      EncryptionConfig: [{ Provider: { KeyArn: Match.anyValue() }, Resources: ['secrets'] }],
      KubernetesNetworkConfig: { ServiceIpv4Cidr: '172.20.0.0/16' },
      Logging: {
        ClusterLogging: {
          EnabledTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'].map((Type) => ({ Type })),
        },
      },
    });
    template.hasResourceProperties('AWS::EKS::AccessEntry', {
      PrincipalArn: 'arn:aws:iam::111122223333:role/platform',
    });
  });

  test('lives in zones of the region, never in a Local Zone', () => {
    const { stack } = clusterScene();
    const [cluster] = Object.values(propertiesOf(stack, 'AWS::EKS::Cluster'));
    const ids = JSON.stringify(cluster?.ResourcesVpcConfig);
    expect(ids).toContain('controlplaneuseast1a');
    expect(ids).not.toContain('dfw');
  });

  test('lives in the zones that it is told, with its system pool, in whatever order they are named', () => {
    const stack = emptyStack();
    const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c'];
    new Cluster(stack, 'cluster', {
      name: 'dallas',
      network: network(stack, { zones, subnets: subnets(zones) }),
      version: '1.35',
      serviceCidr: '172.20.0.0/16',
      systemPool: { machine: machine('m7i.4xlarge'), nodeCount: 3 },
      zones: ['us-east-1c', 'us-east-1b'],
      encryptionKey: new EncryptionKey(stack, 'key', { name: 'dallas' }),
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EKS::Cluster', {
      ResourcesVpcConfig: {
        SubnetIds: [
          { Ref: Match.stringLikeRegexp('controlplaneuseast1b') },
          { Ref: Match.stringLikeRegexp('controlplaneuseast1c') },
        ],
      },
    });
    template.hasResourceProperties('AWS::EKS::Nodegroup', {
      Subnets: [{ Ref: Match.stringLikeRegexp('nodesuseast1b') }, { Ref: Match.stringLikeRegexp('nodesuseast1c') }],
    });
  });

  test('installs the core add-ons without kubectl, Lambda or asset', () => {
    const { stack } = clusterScene({ defaultSecurityGroup: 'open' });
    const template = Template.fromStack(stack);
    const names = Object.values(propertiesOf(stack, 'AWS::EKS::Addon')).map(({ AddonName }) => AddonName);
    expect(names.sort()).toEqual([
      'coredns',
      'eks-node-monitoring-agent',
      'eks-pod-identity-agent',
      'kube-proxy',
      'vpc-cni',
    ]);
    expect(JSON.stringify(template.toJSON())).not.toMatch(/AWS::Lambda|Custom::|AWS::CloudFormation::Stack/);
  });

  test('watches the GPUs of tainted nodes too, which repair would replace as broken otherwise', () => {
    Template.fromStack(clusterScene().stack).hasResourceProperties('AWS::EKS::Addon', {
      AddonName: 'eks-node-monitoring-agent',
      ConfigurationValues: '{"dcgmAgent":{"tolerations":[{"operator":"Exists"}]}}',
    });
  });

  test('gives pods addresses of their own subnets, by zone and in prefixes', () => {
    const { env, eniConfig } = cniConfiguration(clusterScene().stack);
    // Sixteen addresses are one prefix: a node that starts takes no more than the rule on pod ranges counts.
    expect(env).toEqual({
      ENABLE_PREFIX_DELEGATION: 'true',
      MINIMUM_IP_TARGET: '16',
      WARM_IP_TARGET: '4',
      AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true',
      ENI_CONFIG_LABEL_DEF: 'topology.kubernetes.io/zone',
    });
    expect(eniConfig).toMatchObject({ create: true, region: 'us-east-1' });
    expect(Object.keys(eniConfig.subnets).sort()).toEqual(['us-east-1-dfw-2a', 'us-east-1a', 'us-east-1b']);
    expect(eniConfig.subnets['us-east-1a']).toEqual({
      id: expect.stringContaining('networkpodsuseast1a'),
      securityGroups: [expect.stringContaining('ClusterSecurityGroupId')],
    });
  });

  test('names the addresses of pods by zone, those of further ranges by their number too', () => {
    const further = {
      key: 'pods-us-east-1b-2',
      role: 'pods',
      zone: 'us-east-1b',
      cidr: '100.70.0.0/16',
      ordinal: 2,
    } as const;
    const { eniConfig } = cniConfiguration(clusterScene({ subnets: [...subnets(), further] }).stack);
    expect(Object.keys(eniConfig.subnets)).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1b-2', 'us-east-1-dfw-2a']);
    expect(eniConfig.subnets['us-east-1b'].id).toContain('networkpodsuseast1bSubnet');
    expect(eniConfig.subnets['us-east-1b-2'].id).toContain('networkpodsuseast1b2Subnet');
  });

  test('keeps pods in the node subnets of a network without subnets for them', () => {
    const stack = emptyStack();
    new Cluster(stack, 'cluster', {
      name: 'dallas',
      network: network(stack, { subnets: subnets().filter(({ role }) => role !== 'pods') }),
      version: '1.36',
      serviceCidr: '172.20.0.0/16',
      systemPool: { machine: machine('m7i.2xlarge'), nodeCount: 2 },
      encryptionKey: new EncryptionKey(stack, 'key', { name: 'dallas' }),
      controlPlaneTier: eks.ControlPlaneScalingTier.TIER_XL,
    });
    expect(cniConfiguration(stack)).toEqual({
      env: { ENABLE_PREFIX_DELEGATION: 'true', MINIMUM_IP_TARGET: '16', WARM_IP_TARGET: '4' },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Cluster', {
      ControlPlaneScalingConfig: { Tier: 'tier-xl' },
    });
  });

  test('gives the CNI its permissions by Pod Identity, and the nodes none of them', () => {
    const { stack } = clusterScene();
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EKS::Addon', {
      AddonName: 'vpc-cni',
      PodIdentityAssociations: [{ ServiceAccount: 'aws-node' }],
    });
    const [nodeRole] = Object.entries(propertiesOf(stack, 'AWS::IAM::Role')).filter(([id]) => /noderole/.test(id));
    expect(JSON.stringify(nodeRole)).toContain('AmazonEKSWorkerNodePolicy');
    expect(JSON.stringify(nodeRole)).not.toContain('AmazonEKS_CNI_Policy');
  });

  test('runs a system pool across the zones of the region, of the version of the cluster', () => {
    const { stack } = clusterScene();
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EKS::Nodegroup', {
      Version: '1.35',
      ScalingConfig: { MinSize: 1, DesiredSize: 3, MaxSize: 3 },
      Subnets: [
        { Ref: Match.stringLikeRegexp('nodesuseast1aSubnet') },
        { Ref: Match.stringLikeRegexp('nodesuseast1bSubnet') },
      ],
      Taints: [],
    });
    template.hasResource('AWS::EKS::Addon', {
      Properties: { AddonName: 'coredns' },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^clustersystem')]),
    });
  });

  test('lets Auto Scaling encrypt disks with the key', () => {
    Template.fromStack(clusterScene().stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Condition: { StringEquals: Match.objectLike({ 'kms:CallerAccount': { Ref: 'AWS::AccountId' } }) },
            Action: Match.arrayWith(['kms:GenerateDataKey*']),
          }),
        ]),
      },
    });
  });

  test('pins the add-ons and the image that it is told, and leaves the others to EKS', () => {
    const stack = emptyStack();
    const made = network(stack);
    new Cluster(stack, 'cluster', {
      name: 'dallas',
      network: made,
      version: '1.35',
      serviceCidr: '172.20.0.0/16',
      systemPool: { machine: machine('m7i.4xlarge'), nodeCount: 3, releaseVersion: '1.35.0-20260120' },
      encryptionKey: new EncryptionKey(stack, 'key', { name: 'dallas' }),
      addonVersions: { 'kube-proxy': 'v1.35.0-eksbuild.2' },
    });
    const versions = Object.values(propertiesOf(stack, 'AWS::EKS::Addon')).map((addon) => [
      addon.AddonName,
      addon.AddonVersion,
    ]);
    expect(versions.sort()).toEqual([
      ['coredns', undefined],
      ['eks-node-monitoring-agent', undefined],
      ['eks-pod-identity-agent', undefined],
      ['kube-proxy', 'v1.35.0-eksbuild.2'],
      ['vpc-cni', undefined],
    ]);
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Nodegroup', { ReleaseVersion: '1.35.0-20260120' });
  });

  test('takes further add-ons', () => {
    const { stack, cluster } = clusterScene();
    cluster.addAddon('metrics-server', { version: 'v0.8.0-eksbuild.1', configuration: { replicas: 2 } });
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Addon', {
      AddonName: 'metrics-server',
      AddonVersion: 'v0.8.0-eksbuild.1',
      ConfigurationValues: '{"replicas":2}',
    });
  });

  test('fails when the network has control-plane subnets in one zone only', () => {
    const stack = emptyStack();
    const one = network(stack, { zones: ['us-east-1a'], subnets: subnets(['us-east-1a']) });
    const encryptionKey = new EncryptionKey(stack, 'key', { name: 'dallas' });
    const systemPool = { machine: machine('m7i.4xlarge'), nodeCount: 3 };
    const props = {
      name: 'dallas',
      network: one,
      version: '1.35',
      serviceCidr: '172.20.0.0/16',
      systemPool,
      encryptionKey,
    };
    expect(() => new Cluster(stack, 'cluster', props)).toThrow(
      'two zones of the region, the network has 1 in us-east-1a',
    );
  });

  test('fails when nodes would lie in a zone without a subnet for their pods', () => {
    const stack = emptyStack();
    const partial = network(stack, { subnets: subnets().filter(({ key }) => key !== 'pods-us-east-1b') });
    const encryptionKey = new EncryptionKey(stack, 'key', { name: 'dallas' });
    const systemPool = { machine: machine('m7i.4xlarge'), nodeCount: 3 };
    const props = {
      name: 'dallas',
      network: partial,
      version: '1.35',
      serviceCidr: '172.20.0.0/16',
      systemPool,
      encryptionKey,
    };
    expect(() => new Cluster(stack, 'cluster', props)).toThrow('no pods subnet in us-east-1b');
  });

  /** A cluster with other props than usual. */
  function made(changes: Partial<ClusterProps> = {}, stack = emptyStack()) {
    const cluster = new Cluster(stack, 'cluster', {
      name: 'dallas',
      network: changes.network ?? network(stack),
      version: '1.35',
      serviceCidr: '172.20.0.0/16',
      systemPool: { machine: machine('m7i.4xlarge'), nodeCount: 3 },
      encryptionKey: new EncryptionKey(stack, 'key', { name: 'dallas' }),
      ...changes,
    });
    return { stack, cluster };
  }

  test.each([
    [undefined, true],
    [true, true],
    [false, false],
  ])('with deletionProtection %s is protected: %s', (deletionProtection, protectedByEks) => {
    const { stack } = made({ deletionProtection });
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Cluster', { DeletionProtection: protectedByEks });
  });

  test('lets its API server be reached in the way of CDK', () => {
    const { stack, cluster } = made();
    cluster.connections.allowDefaultPortFrom(Peer.ipv4('10.0.0.0/8'), 'offices');
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      CidrIp: '10.0.0.0/8',
      FromPort: 443,
      ToPort: 443,
      GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^cluster'), 'ClusterSecurityGroupId'] },
    });
  });

  test('runs its nodes as a role that it is given, and makes none then', () => {
    const stack = emptyStack();
    const arn = 'arn:aws:iam::111122223333:role/nodes';
    made({ nodeRole: iam.Role.fromRoleArn(stack, 'nodes', arn) }, stack);
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Nodegroup', { NodeRole: arn });
    expect(Object.keys(propertiesOf(stack, 'AWS::IAM::Role')).filter((id) => /noderole/.test(id))).toEqual([]);
  });

  test('puts its system pool into the zones that it is told', () => {
    const { stack } = made({ systemPool: { machine: machine('m7i.4xlarge'), nodeCount: 3, zone: 'us-east-1b' } });
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Nodegroup', {
      Subnets: [{ Ref: Match.stringLikeRegexp('nodesuseast1b') }],
    });
  });

  test('takes only subnets of its owner, where it is told whose they are', () => {
    const stack = emptyStack();
    const own = subnets().map((row) => ({ ...row, owner: 'shard-1' }));
    made({ network: network(stack, { subnets: own }), subnetOwner: 'shard-1' }, stack);
    const other = emptyStack();
    const others = () => made({ network: network(other, { subnets: own }), subnetOwner: 'shard-2' }, other);
    expect(codeOf(others)).toBe('SubnetMissing');
  });

  test.each([
    [{ version: '1.35.2' }, 'VersionInvalid'],
    [{ serviceCidr: '100.64.0.0/16' }, 'RangeInvalid'],
    [{ serviceCidr: '10.0.0.0/25' }, 'RangeInvalid'],
    [{ serviceCidr: '172.20.0.1/16' }, 'RangeInvalid'],
    [{ zones: ['us-east-1a', 'us-east-1-dfw-2a'] }, 'ZoneUnknown'],
    [{ zones: ['us-east-1a'] }, 'SubnetMissing'],
    [{ name: '' }, 'NameInvalid'],
    [{ version: '1.36', serviceCidr: '10.0.0.0/24' }, undefined],
  ])('with %j is refused with %s', (changes, code) => {
    expect(codeOf(() => made(changes))).toBe(code);
  });
});

describe('Cluster of somebody else', () => {
  const KEY = 'arn:aws:kms:us-east-1:999988887777:key/1234abcd';

  function imported(changes: object = {}) {
    const stack = emptyStack();
    const shared = Network.fromNetworkAttributes(stack, 'network', {
      networkId: 'vpc-0a',
      zones: ['us-east-1a'],
      subnets: [{ key: 'nodes', role: 'nodes', zone: 'us-east-1a', cidr: '10.0.0.0/19', subnetId: 'subnet-0a' }],
    });
    const cluster = Cluster.fromClusterAttributes(stack, 'cluster', {
      clusterName: 'platform',
      network: shared,
      clusterSecurityGroupId: 'sg-0c',
      nodeRoleArn: 'arn:aws:iam::111122223333:role/nodes',
      ...changes,
    });
    return { stack, shared, cluster };
  }

  test('is imported by its attributes, and makes nothing', () => {
    const { stack, cluster } = imported();
    expect(cluster).toMatchObject({ clusterName: 'platform', clusterSecurityGroupId: 'sg-0c', nodePrerequisites: [] });
    expect(stack.resolve(cluster.clusterArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':eks:us-east-1:111122223333:cluster/platform']],
    });
    expect(typesOf(stack)).toEqual([]);
  });

  test('takes pools of reserved machines, whose role is left to its owner', () => {
    const { stack, shared, cluster } = imported();
    const row = machine('p6-b300.48xlarge');
    const fabric = new Fabric(stack, 'fabric', { name: 'f', network: shared, zone: 'us-east-1a', machine: row });
    const capacity = Capacity.fromReservation(stack, 'capacity', { id: 'cr-0a' });
    cluster.addNodePool('train', { name: 'train', machine: row, nodeCount: 16, fabric, capacity });
    const template = Template.fromStack(stack);
    template.hasResource('AWS::EKS::Nodegroup', {
      Properties: {
        ClusterName: 'platform',
        NodeRole: 'arn:aws:iam::111122223333:role/nodes',
        Subnets: ['subnet-0a'],
        ScalingConfig: { MinSize: 0, DesiredSize: 16, MaxSize: 16 },
      },
      DeletionPolicy: 'Retain',
      DependsOn: Match.absent(),
    });
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        NetworkInterfaces: Match.arrayWith([Match.objectLike({ Groups: Match.arrayWith(['sg-0c']) })]),
        BlockDeviceMappings: [{ Ebs: Match.objectLike({ Encrypted: true, KmsKeyId: Match.absent() }) }],
      },
    });
    expect(typesOf(stack).filter((type) => type.startsWith('AWS::IAM') || type.startsWith('AWS::KMS'))).toEqual([]);
  });

  test('encrypts disks with the key that it is told', () => {
    const stack = emptyStack();
    const { cluster } = imported({ encryptionKey: EncryptionKey.fromKeyArn(stack, 'key', KEY) });
    cluster.addNodePool('cpu', {
      name: 'cpu',
      machine: machine('m7i.4xlarge'),
      nodeCount: 1,
      capacity: Capacity.onDemand(cluster, 'capacity'),
    });
    const [template] = Object.values(propertiesOf(Stack.of(cluster), 'AWS::EC2::LaunchTemplate'));
    expect(template).toMatchObject({ LaunchTemplateData: { BlockDeviceMappings: [{ Ebs: { KmsKeyId: KEY } }] } });
  });

  test('takes add-ons and workloads', () => {
    const { stack, cluster } = imported();
    cluster.addAddon('aws-fsx-csi-driver', { version: 'v1.5.0-eksbuild.1' });
    new Identity(stack, 'workload', { name: 'w', cluster, namespace: 'training', serviceAccount: 'trainer' });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EKS::Addon', {
      ClusterName: 'platform',
      AddonName: 'aws-fsx-csi-driver',
      AddonVersion: 'v1.5.0-eksbuild.1',
    });
    template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform' });
  });

  test.each([
    [{ clusterName: 'arn:aws:eks:us-east-1:111122223333:cluster/platform' }],
    [{ clusterSecurityGroupId: 'platform' }],
    [{ nodeRoleArn: 'nodes' }],
  ])('fails when an id is that of something else: %j', (changes) => {
    expect(codeOf(() => imported(changes))).toBe('IdInvalid');
  });
});
