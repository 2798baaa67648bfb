import { Match, Template } from 'aws-cdk-lib/assertions';
import { Peer } from 'aws-cdk-lib/aws-ec2';
import { CfnFileSystem } from 'aws-cdk-lib/aws-fsx';
import { Fabric, FileSystem, type FileSystemProps } from '../../../constructs/aws';
import { lustreTier } from '../../../estate/catalog';
import { machine } from '../../stacks/aws/fixture';
import { clusterScene, codeOf, emptyStack, propertiesOf, typesOf } from './scene';

function scene(changes: Partial<FileSystemProps> = {}) {
  const { stack, network, encryptionKey, cluster } = clusterScene();
  const fabric = new Fabric(stack, 'fabric', {
    name: 'f',
    network,
    zone: 'us-east-1a',
    machine: machine('p5en.48xlarge'),
  });
  const fileSystem = new FileSystem(stack, 'scratch', {
    name: 'scratch',
    network,
    zone: 'us-east-1a',
    tier: lustreTier('aws', 1000),
    capacityGiB: 9600,
    encryptionKey,
    ...changes,
  });
  return { stack, cluster, fabric, fileSystem };
}

/** The rules of a type that name the file system's group on either side. */
function rules(stack: ReturnType<typeof scene>['stack'], type: string) {
  return Object.values(propertiesOf(stack, type)).filter((rule) =>
    JSON.stringify(rule).includes('scratchsecuritygroup'),
  );
}

describe('FileSystem', () => {
  test('has the file system as default child', () => {
    expect(scene().fileSystem.node.defaultChild).toBeInstanceOf(CfnFileSystem);
  });

  test('is a persistent Lustre with EFA and metadata, encrypted, beside its clients, and kept', () => {
    Template.fromStack(scene().stack).hasResource('AWS::FSx::FileSystem', {
      Properties: {
        FileSystemType: 'LUSTRE',
        FileSystemTypeVersion: '2.15',
        StorageType: 'SSD',
        StorageCapacity: 9600,
        KmsKeyId: Match.anyValue(),
        SubnetIds: [{ Ref: Match.stringLikeRegexp('nodesuseast1aSubnet') }],
        LustreConfiguration: {
          DeploymentType: 'PERSISTENT_2',
          PerUnitStorageThroughput: 1000,
          EfaEnabled: true,
          MetadataConfiguration: { Mode: 'AUTOMATIC' },
        },
      },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('opens all traffic to itself in both directions, before it is created', () => {
    const { stack } = scene();
    expect(rules(stack, 'AWS::EC2::SecurityGroupIngress')).toMatchObject([{ IpProtocol: '-1' }]);
    expect(rules(stack, 'AWS::EC2::SecurityGroupEgress')).toMatchObject([{ IpProtocol: '-1' }]);
    Template.fromStack(stack).hasResource('AWS::FSx::FileSystem', {
      DependsOn: Match.arrayWith([
        Match.stringLikeRegexp('securitygroupfrom'),
        Match.stringLikeRegexp('securitygroupto'),
      ]),
    });
  });

  test('is kept with the rules of its servers; those of clients end with the mount, or it could not be made again', () => {
    const { stack, fileSystem, fabric } = scene();
    fileSystem.allowClient(stack, 'mount', fabric.securityGroup);
    const policies = (prefix: string) =>
      Object.entries(Template.fromStack(stack).toJSON().Resources)
        .filter(([id]) => id.startsWith(prefix))
        .map(([, resource]) => Object(resource))
        .map(({ Type, DeletionPolicy, UpdateReplacePolicy }) => [Type, DeletionPolicy, UpdateReplacePolicy]);
    expect(policies('scratch')).toEqual([
      ['AWS::EC2::SecurityGroup', 'Retain', 'Retain'],
      ['AWS::EC2::SecurityGroupIngress', 'Retain', 'Retain'],
      ['AWS::EC2::SecurityGroupEgress', 'Retain', 'Retain'],
      ['AWS::FSx::FileSystem', 'Retain', 'Retain'],
    ]);
    expect(policies('mount')).toHaveLength(4);
    expect(policies('mount').filter(([, deletion]) => deletion !== undefined)).toEqual([]);
  });

  test('opens the way to its clients on both sides and in both directions', () => {
    const { stack, fileSystem, fabric } = scene();
    fileSystem.allowClient(stack, 'fabric-mount', fabric.securityGroup);
    for (const type of ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress']) {
      const found = rules(stack, type);
      expect(found).toHaveLength(1 + 2);
      expect(found.every(({ IpProtocol }) => IpProtocol === '-1')).toBe(true);
    }
  });

  test('adds no outbound rule to the group of nodes, which would lose the one that lets them reach everything', () => {
    const { stack, fileSystem, cluster } = scene();
    fileSystem.allowClient(stack, 'node-mount', cluster.securityGroup);
    const outbound = rules(stack, 'AWS::EC2::SecurityGroupEgress').map(({ GroupId }) => JSON.stringify(GroupId));
    expect(outbound).toHaveLength(1 + 1);
    expect(outbound.filter((group) => group.includes('ClusterSecurityGroupId'))).toEqual([]);
    expect(rules(stack, 'AWS::EC2::SecurityGroupIngress')).toHaveLength(1 + 2);
  });

  test('takes the clients that exist already', () => {
    const { stack, network } = clusterScene();
    const zone = 'us-east-1a';
    const fabric = new Fabric(stack, 'fabric', { name: 'f', network, zone, machine: machine('p5en.48xlarge') });
    const clients = { fabric: fabric.securityGroup };
    new FileSystem(stack, 'scratch', {
      name: 's',
      network,
      zone,
      tier: lustreTier('aws', 500),
      capacityGiB: 9600,
      clients,
    });
    expect(rules(stack, 'AWS::EC2::SecurityGroupIngress')).toHaveLength(3);
  });

  test('without EFA opens the ports of Lustre only, in its own sizes', () => {
    const { stack } = scene({ transport: 'tcp', capacityGiB: 1200 });
    Template.fromStack(stack).hasResourceProperties('AWS::FSx::FileSystem', {
      LustreConfiguration: { EfaEnabled: false },
    });
    const ports = rules(stack, 'AWS::EC2::SecurityGroupIngress').map(({ FromPort, ToPort }) => [FromPort, ToPort]);
    expect(ports).toEqual([
      [988, 988],
      [1018, 1023],
    ]);
  });

  test.each([
    [125, 38400, true],
    [250, 19200, true],
    [500, 9600, true],
    [1000, 4800, true],
    [1000, 7200, false],
    [500, 4800, false],
    [125, 19200, false],
    [1000, 0, false],
  ])('tier %i with EFA takes %i GiB: %s', (throughputMBpsPerTiB, capacityGiB, fits) => {
    const build = () => scene({ tier: lustreTier('aws', throughputMBpsPerTiB), capacityGiB });
    if (fits) expect(build).not.toThrow();
    else expect(build).toThrow(`capacityGiB ${capacityGiB} cannot have EFA`);
  });

  test('fails when size, tier or zone do not exist, and says what does', () => {
    expect(() => scene({ capacityGiB: 7200 })).toThrow('use 4800 or 9600, or transport "tcp"');
    expect(() => scene({ transport: 'tcp', capacityGiB: 3600 })).toThrow('use 2400 or 4800');
    expect(() => scene({ zone: 'us-east-1c' })).toThrow(
      'zone "us-east-1c" is none of the network, which spans us-east-1a, us-east-1b, us-east-1-dfw-2a',
    );
    expect(codeOf(() => scene({ zone: 'us-east-1c' }))).toBe('ZoneUnknown');
    expect(codeOf(() => scene({ capacityGiB: 7200 }))).toBe('SizeInvalid');
    expect(codeOf(() => scene({ subnetOwner: 'somebody' }))).toBe('SubnetMissing');
    expect(codeOf(() => scene({ name: '' }))).toBe('NameInvalid');
  });

  test('goes with the stack when told to, with its rules', () => {
    const { stack } = scene({ removalPolicy: 'destroy' });
    const made = Object.entries(Template.fromStack(stack).toJSON().Resources)
      .filter(([id]) => id.startsWith('scratch'))
      .map(([, resource]) => Object(resource));
    expect(made.map(({ Type, DeletionPolicy }) => [Type, DeletionPolicy])).toEqual([
      ['AWS::EC2::SecurityGroup', undefined],
      ['AWS::EC2::SecurityGroupIngress', undefined],
      ['AWS::EC2::SecurityGroupEgress', undefined],
      ['AWS::FSx::FileSystem', 'Delete'],
    ]);
  });

  test('lets others connect in the way of CDK', () => {
    const { stack, fileSystem } = scene({ transport: 'tcp', capacityGiB: 1200 });
    fileSystem.connections.allowDefaultPortFrom(Peer.ipv4('10.0.0.0/8'));
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [Match.objectLike({ CidrIp: '10.0.0.0/8', FromPort: 988, ToPort: 988 })],
    });
  });
});

describe('FileSystem of somebody else', () => {
  const KNOWN = { fileSystemId: 'fs-0a', mountName: 'fsxdata', securityGroupId: 'sg-0a' };

  test('is imported by its id, and makes nothing', () => {
    const stack = emptyStack();
    const imported = FileSystem.fromFileSystemAttributes(stack, 'scratch', KNOWN);
    expect(imported).toMatchObject({ fileSystemId: 'fs-0a', mountName: 'fsxdata' });
    expect(stack.resolve(imported.dnsName)).toEqual({
      'Fn::Join': ['', ['fs-0a.fsx.us-east-1.', { Ref: 'AWS::URLSuffix' }]],
    });
    expect(stack.resolve(imported.mountPoint)).toEqual({
      'Fn::Join': ['', ['fs-0a.fsx.us-east-1.', { Ref: 'AWS::URLSuffix' }, '@tcp:/fsxdata']],
    });
    const unnamed = FileSystem.fromFileSystemAttributes(stack, 'unnamed', { ...KNOWN, mountName: undefined });
    expect(unnamed.mountPoint).toBeUndefined();
    expect(typesOf(stack)).toEqual([]);
  });

  test.each([
    ['efa', undefined, ['sg-0a', 'fabric']],
    ['efa', true, ['fabric']],
    ['tcp', undefined, ['fabric']],
    ['tcp', false, ['sg-0a', 'fabric']],
  ] as const)('is opened to its clients over %s (all outbound: %s)', (transport, allowAllOutbound, outbound) => {
    const { stack, network } = clusterScene();
    const fabric = new Fabric(stack, 'fabric', {
      name: 'f',
      network,
      zone: 'us-east-1a',
      machine: machine('p5en.48xlarge'),
    });
    const attributes = { ...KNOWN, transport, allowAllOutbound };
    FileSystem.fromFileSystemAttributes(stack, 'scratch', attributes).allowClient(stack, 'mount', fabric);
    const of = (type: string) =>
      Object.entries(propertiesOf(stack, type))
        .filter(([id]) => id.startsWith('mount'))
        .map(([, { GroupId }]) => (GroupId === 'sg-0a' ? 'sg-0a' : 'fabric'));
    expect([...new Set(of('AWS::EC2::SecurityGroupIngress'))]).toEqual(['sg-0a', 'fabric']);
    expect([...new Set(of('AWS::EC2::SecurityGroupEgress'))]).toEqual(outbound);
  });

  test('fails when an id is that of something else', () => {
    const build = (changes: object) => () =>
      FileSystem.fromFileSystemAttributes(emptyStack(), 'scratch', { ...KNOWN, ...changes });
    expect(codeOf(build({ fileSystemId: 'fsx-1' }))).toBe('IdInvalid');
    expect(codeOf(build({ securityGroupId: 'subnet-1' }))).toBe('IdInvalid');
  });
});
