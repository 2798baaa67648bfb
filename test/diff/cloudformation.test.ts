import { diffTemplate, diffTemplates, ref, told } from './documents';

const vpc = (cidr: string) => ({ Type: 'AWS::EC2::VPC', Properties: { CidrBlock: cidr } });
const subnet = { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' } };

describe('comparing CloudFormation templates', () => {
  test('tells created, updated, replaced and destroyed apart', () => {
    const bucket = (days: number) => ({
      Type: 'AWS::S3::Bucket',
      Properties: { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: days }] } },
    });
    const before = { Vpc: vpc('10.0.0.0/16'), Bucket: bucket(1), Gone: bucket(1) };
    const after = { Vpc: vpc('10.1.0.0/16'), Bucket: bucket(2), Fresh: bucket(1) };
    expect(diffTemplate(before, after).map(told)).toEqual([
      'created Fresh',
      'replaced Vpc because CidrBlock',
      'updated Bucket LifecycleConfiguration.Rules.0.ExpirationInDays',
      'destroyed Gone',
    ]);
  });

  test.each([
    ['007', '7'],
    ['1.30', '1.3'],
    ['9007199254740993', '9007199254740992'],
    ['16', '0x10'],
    [7, '007'],
  ])('tells %j from %j, which reads as the same number', (had, has) => {
    const bucket = (Value: unknown) => ({ Type: 'AWS::S3::Bucket', Properties: { Tags: [{ Key: 'case', Value }] } });
    expect(diffTemplate({ Bucket: bucket(had) }, { Bucket: bucket(has) }).map(told)).toEqual([
      'updated Bucket Tags.case',
    ]);
    expect(diffTemplate({ Bucket: bucket(had) }, { Bucket: bucket(had) })).toEqual([]);
  });

  test('takes a number and the same number as text for the same, as CloudFormation does', () => {
    const bucket = (ExpirationInDays: unknown) => ({
      Type: 'AWS::S3::Bucket',
      Properties: { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays }] } },
    });
    expect(diffTemplate({ Bucket: bucket(7) }, { Bucket: bucket('7') })).toEqual([]);
  });

  test('follows a replacement through references of every kind', () => {
    const parameter = (value: unknown) => ({
      Type: 'AWS::SSM::Parameter',
      Properties: { Type: 'String', Value: value },
    });
    const resources = {
      Subnet: subnet,
      Joined: parameter({ 'Fn::Join': ['', ['x/', { Ref: 'Vpc' }]] }),
      Substituted: parameter({ 'Fn::Sub': `x/${ref('Vpc.CidrBlock')}` }),
      Mapped: parameter({ 'Fn::Sub': [`x/${ref('Id')}`, { Id: { 'Fn::GetAtt': ['Vpc', 'VpcId'] } }] }),
      Other: parameter('x/Vpc'),
    };
    const changes = diffTemplate({ Vpc: vpc('10.0.0.0/16'), ...resources }, { Vpc: vpc('10.1.0.0/16'), ...resources });
    expect(changes.map(told).sort()).toEqual([
      'replaced Subnet because VpcId',
      'replaced Vpc because CidrBlock',
      'updated Joined Value',
      'updated Mapped Value',
      'updated Substituted Value',
    ]);
    const cause = changes.find(({ address }) => address === 'Subnet')?.because;
    expect(cause).toEqual([{ path: 'VpcId', of: 'Vpc', certain: true }]);
  });

  test('tells that anything but the bandwidth of a VPN connection makes another one, with other addresses', () => {
    const link = (address: string, inside: string, bandwidth: string) => ({
      Peer: { Type: 'AWS::EC2::CustomerGateway', Properties: { Type: 'ipsec.1', IpAddress: address, BgpAsn: 64513 } },
      Connection: {
        Type: 'AWS::EC2::VPNConnection',
        Properties: {
          CustomerGatewayId: { 'Fn::GetAtt': ['Peer', 'CustomerGatewayId'] },
          TunnelBandwidth: bandwidth,
          VpnTunnelOptionsSpecifications: [{ TunnelInsideCidr: inside }],
        },
      },
      Attachment: {
        Type: 'Custom::TransitGatewayAttachment',
        Properties: { ResourceId: { 'Fn::GetAtt': ['Connection', 'VpnConnectionId'] } },
      },
      Propagation: {
        Type: 'AWS::EC2::TransitGatewayRouteTablePropagation',
        Properties: { TransitGatewayAttachmentId: { 'Fn::GetAtt': ['Attachment', 'AttachmentId'] } },
      },
    });
    const before = link('203.0.113.1', '169.254.21.0/30', 'standard');
    const changes = (after: ReturnType<typeof link>) => diffTemplate(before, after).map(told).sort();
    expect(changes(link('203.0.113.1', '169.254.21.0/30', 'large'))).toEqual(['updated Connection TunnelBandwidth']);
    expect(changes(link('203.0.113.1', '169.254.21.4/30', 'standard'))).toEqual(
      expect.arrayContaining([
        'replaced Connection because VpnTunnelOptionsSpecifications',
        'replaced Propagation because TransitGatewayAttachmentId',
      ]),
    );
    expect(changes(link('203.0.113.9', '169.254.21.0/30', 'standard'))).toEqual(
      expect.arrayContaining(['replaced Connection because CustomerGatewayId', 'replaced Peer because IpAddress']),
    );
  });

  test('follows a replacement through the exports of another stack', () => {
    const network = (cidr: string) => ({
      Resources: { Vpc: vpc(cidr) },
      Outputs: { Id: { Value: { Ref: 'Vpc' }, Export: { Name: 'network:vpc' } } },
    });
    const group = {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { GroupDescription: 'nodes', VpcId: { 'Fn::ImportValue': 'network:vpc' } },
    };
    const changes = diffTemplates(
      { network: network('10.0.0.0/16'), cluster: { Resources: { Group: group } } },
      { network: network('10.1.0.0/16'), cluster: { Resources: { Group: group } } },
    );
    expect(changes.flatMap((stack) => stack.changes).map(told)).toEqual([
      'replaced Vpc because CidrBlock',
      'replaced Group because VpcId',
    ]);
  });

  test('sees no change in the order of dependencies or in a number as text', () => {
    const pool = (dependsOn: string[], size: unknown) => ({
      Type: 'AWS::EKS::Nodegroup',
      DependsOn: dependsOn,
      Properties: { ScalingConfig: { MaxSize: size } },
    });
    expect(diffTemplate({ P: pool(['A', 'B'], 3) }, { P: pool(['B', 'A'], '3') })).toEqual([]);
  });

  test('tells tags by their key', () => {
    const tagged = (team: string) => ({
      Type: 'AWS::EC2::VPC',
      Properties: {
        Tags: [
          { Key: 'estate', Value: 'atlas' },
          { Key: 'team', Value: team },
        ],
      },
    });
    expect(diffTemplate({ Vpc: tagged('a') }, { Vpc: tagged('b') }).map(told)).toEqual(['updated Vpc Tags.team']);
  });

  test('finds what is replaced by a part of a property, and doubts it', () => {
    const files = (throughput: number) => ({
      Type: 'AWS::FSx::FileSystem',
      Properties: {
        FileSystemType: 'LUSTRE',
        LustreConfiguration: { DeploymentType: 'PERSISTENT_2', PerUnitStorageThroughput: throughput },
      },
    });
    const [change] = diffTemplate({ Files: files(500) }, { Files: files(1000) });
    expect(change?.because).toEqual([{ path: 'LustreConfiguration.PerUnitStorageThroughput', certain: false }]);
  });

  test('rolls the nodes of a pool whose launch template gets another version', () => {
    const template = (type: string) => ({
      Type: 'AWS::EC2::LaunchTemplate',
      Properties: { LaunchTemplateData: { InstanceType: type } },
    });
    const pool = {
      Type: 'AWS::EKS::Nodegroup',
      Properties: {
        LaunchTemplate: { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } },
      },
    };
    const [, change] = diffTemplate({ Template: template('a'), Pool: pool }, { Template: template('b'), Pool: pool });
    expect(change).toMatchObject({ address: 'Pool', action: 'updated', rolled: ['LaunchTemplate.Version'] });
  });

  test.each([
    ['CAPACITY_BLOCK', [], [{ who: 'EKS', attributes: ['Version'], unlessEmpty: true }]],
    ['ON_DEMAND', ['Version'], []],
  ])('rolls or refuses another version of a group of %s', (CapacityType, rolled, refused) => {
    const pool = (Version: string) => ({ Type: 'AWS::EKS::Nodegroup', Properties: { CapacityType, Version } });
    const [change] = diffTemplate({ Pool: pool('1.35') }, { Pool: pool('1.36') });
    expect(change).toMatchObject({ action: 'updated', rolled, refused, notes: [] });
    const labels = { ...pool('1.35').Properties, Labels: { team: 'a' } };
    const [harmless] = diffTemplate({ Pool: pool('1.35') }, { Pool: { ...pool('1.35'), Properties: labels } });
    expect(harmless?.refused).toEqual([]);
  });

  test.each([
    [{ DeletionPolicy: 'Retain' }, { action: 'kept', isProtected: true, isRetained: true }],
    [{ DeletionPolicy: 'Delete' }, { action: 'destroyed', isProtected: false, isRetained: false }],
    [{ Properties: { DeletionProtection: true } }, { action: 'destroyed', isProtected: true, isRetained: false }],
  ])('knows what %j means for a resource that goes', (extra, expected) => {
    const [change] = diffTemplate({ C: { Type: 'AWS::EKS::Cluster', ...extra } }, {});
    expect(change).toMatchObject(expected);
  });

  test.each([
    ['before', { DeletionPolicy: 'Retain' }, {}],
    ['after', {}, { DeletionPolicy: 'Retain' }],
  ])('protects what is replaced while it is guarded only %s', (_, before, after) => {
    const cluster = (role: string) => ({ Type: 'AWS::EKS::Cluster', Properties: { RoleArn: role } });
    const [change] = diffTemplate({ C: { ...cluster('a'), ...before } }, { C: { ...cluster('b'), ...after } });
    expect(change).toMatchObject({ action: 'replaced', isProtected: true });
    const [free] = diffTemplate({ C: cluster('a') }, { C: cluster('b') });
    expect(free).toMatchObject({ action: 'replaced', isProtected: false });
  });

  test('says that a fixed name stands in the way of a replacement', () => {
    const cluster = (role: string) => ({ Type: 'AWS::EKS::Cluster', Properties: { Name: 'atlas', RoleArn: role } });
    const [change] = diffTemplate({ C: cluster('a') }, { C: cluster('b') });
    expect(change?.notes).toEqual(['CloudFormation cannot replace it while its name stays atlas']);
  });

  test('replaces a resource of another type', () => {
    const [change] = diffTemplate({ A: { Type: 'AWS::SNS::Topic' } }, { A: { Type: 'AWS::SQS::Queue' } });
    expect(change?.because).toEqual([{ path: 'Type', certain: true }]);
  });

  test('takes a stack in another region as another stack', () => {
    const stack = { Resources: { Vpc: vpc('10.0.0.0/16') } };
    const [change] = diffTemplates({ network: stack }, { network: stack }, 'aws://111122223333/us-west-2');
    expect(change?.changes.map(told)).toEqual(['replaced Vpc because environment']);
    expect(change?.changes[0]?.isRetained).toBe(true);
  });

  test('counts everything of a stack that comes or goes', () => {
    const stack = { Resources: { Vpc: vpc('10.0.0.0/16') } };
    expect(
      diffTemplates({ old: stack }, { new: stack }).map(({ stack: name, changes }) => [name, changes.map(told)]),
    ).toEqual([
      ['new', ['created Vpc']],
      ['old', ['kept Vpc']],
    ]);
  });
});
