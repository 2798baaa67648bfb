import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { App, Stack, Token } from 'aws-cdk-lib/core';
import { EncryptionKey, isRegionalZone, Network, type NetworkProps } from '../../../constructs/aws';
import { subnets } from '../../stacks/aws/fixture';
import { codeOf, emptyStack, network, propertiesOf, typesOf } from './scene';

describe('Network', () => {
  test('has the VPC as its default child', () => {
    expect(network(emptyStack()).node.defaultChild).toBeInstanceOf(CfnVPC);
  });

  test('looks nothing up, although the stack names its account', () => {
    const app = new App({ builtinCloudFormationValidation: false });
    network(new Stack(app, 'known', { env: { account: '111122223333', region: 'us-east-1' } }));
    expect(app.synth().manifest.missing ?? []).toEqual([]);
  });

  test('makes every subnet where it is told and maps no public address', () => {
    const stack = emptyStack();
    network(stack);
    const made = Object.values(propertiesOf(stack, 'AWS::EC2::Subnet'));
    expect(made.map(({ CidrBlock, AvailabilityZone }) => [CidrBlock, AvailabilityZone])).toContainEqual([
      '10.64.64.0/19',
      'us-east-1-dfw-2a',
    ]);
    expect(made.every(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch === false)).toBe(true);
  });

  test('keeps control planes and NAT gateways out of Local Zones', () => {
    const stack = emptyStack();
    const made = network(stack);
    expect(made.regionalZones).toEqual(['us-east-1a', 'us-east-1b']);
    expect(made.subnetsFor('control-plane', { zone: 'us-east-1-dfw-2a' })).toEqual([]);
    expect(made.subnetsFor('public', { zone: 'us-east-1-dfw-2a' })).toEqual([]);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::NatGateway', 2);
  });

  test('gives the nodes of every zone a way out, Local Zones included', () => {
    const stack = emptyStack();
    network(stack);
    const routes = Object.values(propertiesOf(stack, 'AWS::EC2::Route'));
    expect(routes.filter(({ NatGatewayId }) => NatGatewayId !== undefined)).toHaveLength(2 + 3 + 3);
  });

  test('adds each range of pods as a block of the VPC', () => {
    const stack = emptyStack();
    network(stack);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::VPCCidrBlock', { CidrBlock: '100.65.0.0/16' });
    // Few regions are known to have the type.
    template.resourceCountIs('AWS::EC2::SubnetCidrReservation', 0);
    template.hasResource('AWS::EC2::Subnet', {
      Properties: { CidrBlock: '100.65.0.0/16' },
      DependsOn: [Match.stringLikeRegexp('block10065')],
    });
  });

  test('keeps half of each range of pods for prefixes when asked to', () => {
    const stack = emptyStack();
    network(stack, { prefixReservation: 'half' });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::SubnetCidrReservation', 3);
    template.hasResourceProperties('AWS::EC2::SubnetCidrReservation', {
      Cidr: '100.65.128.0/17',
      ReservationType: 'prefix',
    });
  });

  test('offers the subnets of regional zones to load balancers, whose controller takes no mix with Local Zones', () => {
    const stack = emptyStack();
    network(stack);
    const tagged = (tag: string) =>
      Object.values(propertiesOf(stack, 'AWS::EC2::Subnet'))
        .filter(({ Tags }) => JSON.stringify(Tags).includes(`"${tag}"`))
        .map(({ CidrBlock, AvailabilityZone }) => [CidrBlock, AvailabilityZone]);
    expect(tagged('kubernetes.io/role/internal-elb')).toEqual([
      ['10.64.0.0/19', 'us-east-1a'],
      ['10.64.32.0/19', 'us-east-1b'],
    ]);
    expect(tagged('kubernetes.io/role/elb')).toEqual([
      ['10.64.230.0/24', 'us-east-1a'],
      ['10.64.231.0/24', 'us-east-1b'],
    ]);
  });

  test('adds further routable blocks and waits for them', () => {
    const stack = emptyStack();
    network(stack, {
      cidrs: ['10.64.0.0/16', '10.65.0.0/16'],
      subnets: [...subnets(), { key: 'nodes-more', role: 'nodes', zone: 'us-east-1a', cidr: '10.65.0.0/19' }],
    });
    Template.fromStack(stack).hasResource('AWS::EC2::Subnet', {
      Properties: { CidrBlock: '10.65.0.0/19' },
      DependsOn: [Match.stringLikeRegexp('block106500')],
    });
  });

  test('keeps flow logs, encrypted with the key that it is given', () => {
    const stack = emptyStack();
    network(stack, { encryptionKey: new EncryptionKey(stack, 'key', { name: 'dallas' }) });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'ALL', ResourceType: 'VPC' });
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: { KmsKeyId: Match.anyValue(), RetentionInDays: 365 },
      DeletionPolicy: 'Retain',
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'LogGroups' })]) },
    });
  });

  test('lets the service of flow logs write for this account only', () => {
    const stack = emptyStack();
    network(stack);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
            Effect: 'Allow',
            Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
          },
        ],
      },
    });
  });

  test('reaches S3 through a gateway endpoint', () => {
    const stack = emptyStack();
    network(stack);
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' });
  });

  test('without egress has no internet, but endpoints of the services that nodes need', () => {
    const stack = emptyStack();
    network(stack, { egress: 'none' });
    const template = Template.fromStack(stack);
    for (const type of ['AWS::EC2::InternetGateway', 'AWS::EC2::NatGateway', 'AWS::EC2::Route']) {
      template.resourceCountIs(type, 0);
    }
    const services = Object.values(propertiesOf(stack, 'AWS::EC2::VPCEndpoint')).map(({ ServiceName }) => ServiceName);
    for (const service of ['ecr.api', 'ecr.dkr', 'eks', 'eks-auth', 'sts', 'ec2', 'logs']) {
      expect(services).toContain(`com.amazonaws.us-east-1.${service}`);
    }
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: Match.arrayWith([Match.objectLike({ CidrIp: '10.64.0.0/16', FromPort: 443 })]),
    });
  });

  test('leaves through a transit gateway that exists, with nothing public', () => {
    const stack = emptyStack();
    network(stack, { egress: { via: 'tgw-0a' } });
    const template = Template.fromStack(stack);
    for (const type of ['AWS::EC2::InternetGateway', 'AWS::EC2::NatGateway', 'AWS::EC2::EIP']) {
      template.resourceCountIs(type, 0);
    }
    template.hasResourceProperties('AWS::EC2::TransitGatewayVpcAttachment', {
      TransitGatewayId: 'tgw-0a',
      SubnetIds: [
        { Ref: Match.stringLikeRegexp('controlplaneuseast1a') },
        { Ref: Match.stringLikeRegexp('controlplaneuseast1b') },
      ],
    });
    const routes = Object.values(template.findResources('AWS::EC2::Route'));
    // Two subnets of control planes, three of nodes and three of pods.
    expect(routes).toHaveLength(2 + 3 + 3);
    for (const { Properties, DependsOn } of routes) {
      expect(Properties).toMatchObject({ TransitGatewayId: 'tgw-0a', DestinationCidrBlock: '0.0.0.0/0' });
      expect(DependsOn).toContainEqual(expect.stringMatching(/^networktransitgateway/));
    }
  });

  test('keeps the ids of its routes whichever way they go, so that a change of the way replaces none', () => {
    const ids = ['nat' as const, { via: 'tgw-0a' }].map((egress) => {
      const stack = emptyStack();
      network(stack, { egress });
      return Object.keys(propertiesOf(stack, 'AWS::EC2::Route')).filter((id) => !id.includes('public'));
    });
    expect(ids[1]).toEqual(ids[0]);
  });

  test('asks the DNS servers that it is told, or the resolver of the VPC', () => {
    const own = emptyStack();
    network(own);
    expect(typesOf(own).filter((type) => type.includes('DHCP'))).toEqual([]);
    const stack = emptyStack();
    network(stack, { dnsServers: ['10.1.0.10', '10.1.0.11'] });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::DHCPOptions', { DomainNameServers: ['10.1.0.10', '10.1.0.11'] });
    template.hasResourceProperties('AWS::EC2::VPCDHCPOptionsAssociation', { VpcId: { Ref: Match.anyValue() } });
  });

  test('makes no Lambda and no custom resource but what closes the default security group', () => {
    const made = (changes: Partial<NetworkProps>) => {
      const stack = emptyStack();
      stack.node.setContext('@aws-cdk/aws-ec2:restrictDefaultSecurityGroup', true);
      network(stack, changes);
      return typesOf(stack).filter((type) => /Lambda|^Custom::/.test(type));
    };
    expect(made({})).toEqual(['AWS::Lambda::Function', 'Custom::ClosedDefaultGroup']);
    expect(made({ defaultSecurityGroup: 'open' })).toEqual([]);
  });

  test('changes nothing that exists when a zone is added', () => {
    const [before, after] = [['us-east-1b'], ['us-east-1a', 'us-east-1b']].map((zones) => {
      const stack = emptyStack();
      const rows = subnets(['us-east-1b']);
      network(stack, {
        zones,
        subnets:
          zones.length === 1
            ? rows
            : [...rows, { key: 'nodes-us-east-1a', role: 'nodes', zone: 'us-east-1a', cidr: '10.64.128.0/19' }],
      });
      return propertiesOf(stack, 'AWS::EC2::Subnet');
    });
    expect(after).toMatchObject(before ?? {});
  });

  test('can be imported', () => {
    const stack = emptyStack();
    const imported = Network.fromNetworkAttributes(stack, 'imported', {
      networkId: 'vpc-1',
      zones: ['us-east-1b', 'us-east-1a', 'us-east-1-dfw-2a'],
      subnets: subnets().map((row) => ({ ...row, subnetId: `subnet-${row.key}` })),
    });
    expect(imported.networkId).toBe('vpc-1');
    expect(imported.node.findAll().flatMap(({ node }) => node.metadata)).toEqual([]);
    expect(typesOf(stack)).toEqual([]);
    expect(imported.regionalZones).toEqual(['us-east-1a', 'us-east-1b']);
    expect(imported.subnetsFor('nodes', { zone: 'us-east-1b' }).map(({ subnetId }) => subnetId)).toEqual([
      'subnet-nodes-us-east-1b',
    ]);
  });

  test.each([
    [undefined, 'Retain'],
    [true, 'Retain'],
    [false, 'Delete'],
  ])('keeps its flow logs by default: deletionProtection %s gives %s', (deletionProtection, policy) => {
    const stack = emptyStack();
    network(stack, { deletionProtection });
    Template.fromStack(stack).hasResource('AWS::Logs::LogGroup', { DeletionPolicy: policy });
    const resources: Record<string, { Type: string; DeletionPolicy?: string }> =
      Template.fromStack(stack).toJSON().Resources;
    const kept = Object.values(resources).filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain');
    expect(kept).toHaveLength(policy === 'Retain' ? 1 : 0);
  });

  test.each([
    ['one block', {}, undefined],
    ['no block', { cidrs: [] }, 'RangeInvalid'],
    ['a block with host bits', { cidrs: ['10.64.0.1/16'] }, 'RangeInvalid'],
    ['a block that is too large', { cidrs: ['10.64.0.0/15'] }, 'RangeInvalid'],
    ['blocks that overlap', { cidrs: ['10.64.0.0/16', '10.64.128.0/17'] }, 'RangeInvalid'],
    ['a block over the pods', { cidrs: ['10.64.0.0/16', '100.64.0.0/17'] }, 'RangeInvalid'],
    ['a block that is known later', { cidrs: [Token.asString({ Ref: 'Block' })] }, undefined],
    ['subnets outside of the block', { cidrs: ['10.65.0.0/16'] }, 'RangeInvalid'],
    ['subnets in other zones', { zones: ['us-east-1a'] }, 'ZoneUnknown'],
    ['no name', { name: '' }, 'NameInvalid'],
    ['the way through a firewall', { egress: { via: '10.1.0.4' } }, 'IdInvalid'],
    [
      'the way through a transit gateway and no place for it',
      { egress: { via: 'tgw-0a' }, subnets: subnets().filter(({ role }) => role !== 'control-plane') },
      'SubnetMissing',
    ],
    ['a DNS server by name', { dnsServers: ['dns.example.com'] }, 'RangeInvalid'],
    ['four DNS servers', { dnsServers: ['10.1.0.1', '10.1.0.2', '10.1.0.3', '10.1.0.4'] }, undefined],
    ['five', { dnsServers: ['10.1.0.1', '10.1.0.2', '10.1.0.3', '10.1.0.4', '10.1.0.5'] }, 'TooMany'],
    ['a further block that is known later', { cidrs: ['10.64.0.0/16', Token.asString({ Ref: 'Block' })] }, undefined],
  ])('with %s is refused with a code or made', (_what, changes: Partial<NetworkProps>, code) => {
    expect(codeOf(() => network(emptyStack(), changes))).toBe(code);
  });

  test('fails when subnets share addresses', () => {
    const twice = { key: 'nodes-more', role: 'nodes', zone: 'us-east-1a', cidr: '10.64.0.0/20' } as const;
    expect(() => network(emptyStack(), { subnets: [...subnets(), twice] })).toThrow(
      'subnet "nodes-us-east-1a", 10.64.0.0/19, and subnet "nodes-more", 10.64.0.0/20, share addresses',
    );
  });

  test('takes zones that are known at deployment only for zones of the region', () => {
    const zone = Token.asString({ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] });
    const stack = emptyStack();
    const made = network(stack, {
      zones: [zone],
      subnets: [
        { key: 'public', role: 'public', zone, cidr: '10.64.64.0/24' },
        { key: 'nodes', role: 'nodes', zone, cidr: '10.64.0.0/19' },
      ],
    });
    expect(made.regionalZones).toEqual([zone]);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::NatGateway', 1);
  });

  test('fails when it has no block, or a subnet no zone', () => {
    expect(() => network(emptyStack(), { cidrs: [] })).toThrow('cidrs is empty');
    expect(() => network(emptyStack(), { subnets: [{ key: 'nodes', role: 'nodes', cidr: '10.64.0.0/19' }] })).toThrow(
      'subnet "nodes" has no zone',
    );
  });

  test('fails when what is imported has an id of something else, or a subnet elsewhere', () => {
    const known = { networkId: 'vpc-0a', zones: ['us-east-1a'], subnets: [] };
    const row = {
      key: 'nodes',
      role: 'nodes',
      zone: 'us-east-1a',
      cidr: '10.0.0.0/19',
      subnetId: 'subnet-0a',
    } as const;
    const build = (changes: object) => () =>
      Network.fromNetworkAttributes(emptyStack(), 'imported', { ...known, ...changes });
    expect(codeOf(build({ subnets: [row] }))).toBeUndefined();
    expect(codeOf(build({ networkId: 'my-vpc' }))).toBe('IdInvalid');
    expect(codeOf(build({ subnets: [{ ...row, subnetId: 'nodes' }] }))).toBe('IdInvalid');
    expect(codeOf(build({ subnets: [{ ...row, zone: 'us-east-1b' }] }))).toBe('ZoneUnknown');
  });
});

test.each([
  ['us-east-1a', true],
  ['us-gov-west-1b', true],
  ['eusc-de-east-1a', true],
  ['us-east-1-dfw-2a', false],
  ['us-east-1-atl-2a', false],
])('isRegionalZone(%s) is %s', (zone, regional) => {
  expect(isRegionalZone(zone)).toBe(regional);
});
