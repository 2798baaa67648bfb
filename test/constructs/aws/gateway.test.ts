import { Match, Template } from 'aws-cdk-lib/assertions';
import { Network } from '../../../constructs/aws';
import { gateway } from './link-scene';
import { codeOf, emptyStack, propertiesOf, typesOf } from './scene';

describe('Gateway', () => {
  test('has the transit gateway as its default child', () => {
    const stack = emptyStack();
    expect(gateway(stack).node.defaultChild).toMatchObject({ cfnResourceType: 'AWS::EC2::TransitGateway' });
  });

  test('attaches nothing to default tables, shares a load among tunnels, and takes nobody in by itself', () => {
    const stack = emptyStack();
    gateway(stack, { tags: { team: 'frontier' } });
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::TransitGateway', {
      AmazonSideAsn: 64512,
      AutoAcceptSharedAttachments: 'disable',
      DefaultRouteTableAssociation: 'disable',
      DefaultRouteTablePropagation: 'disable',
      VpnEcmpSupport: 'enable',
      Tags: [
        { Key: 'Name', Value: 'atlas-dallas-gateway' },
        { Key: 'team', Value: 'frontier' },
      ],
    });
  });

  test('is attached in one subnet of control planes in each zone of the region', () => {
    const stack = emptyStack();
    gateway(stack);
    const [attachment] = Object.values(propertiesOf(stack, 'AWS::EC2::TransitGatewayVpcAttachment'));
    expect(attachment?.SubnetIds).toEqual([
      { Ref: expect.stringContaining('controlplaneuseast1aSubnet') },
      { Ref: expect.stringContaining('controlplaneuseast1bSubnet') },
    ]);
  });

  test('tells peers of the blocks that it is given, and of none of pods', () => {
    const stack = emptyStack();
    gateway(stack);
    const told = Object.values(propertiesOf(stack, 'AWS::EC2::TransitGatewayRoute'));
    expect(told.map((route) => route.DestinationCidrBlock)).toEqual(['10.64.0.0/16']);
    expect(typesOf(stack)).not.toContain('AWS::EC2::TransitGatewayRouteTablePropagation');
  });

  test('leads from every subnet that is not public to every block that is reached', () => {
    const stack = emptyStack();
    gateway(stack, { reached: ['10.80.0.0/16', '192.168.0.0/24'] });
    const routes = Object.values(propertiesOf(stack, 'AWS::EC2::Route')).filter((route) => route.TransitGatewayId);
    const lead = routes.map((route) => `${Object(route.RouteTableId).Ref} ${route.DestinationCidrBlock}`);
    // Control planes of two zones, nodes and pods of three.
    expect(lead).toHaveLength(2 * 8);
    expect(new Set(lead).size).toBe(16);
    expect(lead.filter((each) => each.includes('public'))).toEqual([]);
    Template.fromStack(stack).hasResource('AWS::EC2::Route', {
      Properties: { TransitGatewayId: Match.anyValue() },
      DependsOn: [Match.stringLikeRegexp('gatewaynetworkattachment')],
    });
  });

  test('leads from the tables that it is given of a network that exists, and nothing where it is given none', () => {
    const routesOf = (routeTableIds?: readonly string[]) => {
      const stack = emptyStack();
      const network = Network.fromNetworkAttributes(stack, 'network', {
        networkId: 'vpc-0123',
        zones: ['us-east-1a'],
        subnets: [
          { key: 'nodes', role: 'nodes', zone: 'us-east-1a', cidr: '10.64.0.0/20', subnetId: 'subnet-0123' },
          { key: 'nodes-2', role: 'nodes', zone: 'us-east-1a', cidr: '10.64.16.0/20', subnetId: 'subnet-4567' },
        ],
        ...(routeTableIds && { routeTableIds }),
      });
      gateway(stack, { network });
      const [attachment] = Object.values(propertiesOf(stack, 'AWS::EC2::TransitGatewayVpcAttachment'));
      expect(attachment?.SubnetIds).toEqual(['subnet-0123']);
      return Object.values(propertiesOf(stack, 'AWS::EC2::Route')).map((route) => route.RouteTableId);
    };
    expect(routesOf(['rtb-0123', 'rtb-4567'])).toEqual(['rtb-0123', 'rtb-4567']);
    expect(routesOf()).toEqual([]);
  });

  test.each([
    ['CountInvalid', { asn: 65535 }],
    ['CountInvalid', { asn: 64511 }],
    ['NameInvalid', { name: ' ' }],
    ['RangeInvalid', { advertised: ['10.64.0.1/16'] }],
    ['RangeInvalid', { reached: ['everything'] }],
    [undefined, { asn: 4200000000 }],
  ])('fails with %s when it is given %j', (code, changes) => {
    expect(codeOf(() => gateway(emptyStack(), changes))).toBe(code);
  });

  test('fails when the network has no subnet in a zone of the region', () => {
    const stack = emptyStack();
    const network = Network.fromNetworkAttributes(stack, 'network', {
      networkId: 'vpc-0123',
      zones: ['us-east-1-dfw-2a'],
      subnets: [],
    });
    expect(codeOf(() => gateway(stack, { network }))).toBe('SubnetMissing');
  });
});
