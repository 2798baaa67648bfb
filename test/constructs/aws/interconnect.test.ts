import { CfnParameter, type Stack } from 'aws-cdk-lib/core';
import { Interconnect, type InterconnectProps } from '../../../constructs/aws';
import { gateway } from './link-scene';
import { codeOf, emptyStack, propertiesOf } from './scene';

function interconnect(stack: Stack, changes: Partial<InterconnectProps> = {}): Interconnect {
  const orderKey = new CfnParameter(stack, 'CircuitKey1', { noEcho: true }).valueAsString;
  return new Interconnect(stack, 'link', {
    name: 'atlas-cross-dallas',
    gateway: gateway(stack),
    peer: { name: 'iowa' },
    circuits: [{ key: '1', orderKey }],
    gbps: 10,
    isOrigin: false,
    ...changes,
  });
}

const ORDERED = {
  isOrigin: true,
  circuits: [{ key: '1' }],
  environmentId: 'mce-0123',
  peer: { name: 'phoenix', accountId: 'ocid1.tenancy.oc1..aaaa' },
} as const;

describe('Interconnect', () => {
  test('has a gateway of Direct Connect as its default child, whose number is not that of the transit gateway', () => {
    const stack = emptyStack();
    const made = interconnect(stack);
    expect(made.node.defaultChild).toMatchObject({ cfnResourceType: 'AWS::DirectConnect::DirectConnectGateway' });
    expect(Object.values(propertiesOf(stack, 'AWS::DirectConnect::DirectConnectGateway'))[0]).toMatchObject({
      DirectConnectGatewayName: 'atlas-cross-dallas',
      AmazonSideAsn: '4200064512',
    });
  });

  test('tells the peer of the blocks of the gateway, and takes what it learns into the table', () => {
    const stack = emptyStack();
    interconnect(stack);
    expect(Object.values(propertiesOf(stack, 'AWS::DirectConnect::DirectConnectGatewayAssociation'))[0]).toMatchObject({
      AllowedPrefixesToDirectConnectGateway: ['10.64.0.0/16'],
    });
    expect(Object.keys(propertiesOf(stack, 'AWS::EC2::TransitGatewayRouteTablePropagation'))).toEqual([
      expect.stringMatching(/^linktablepropagation/),
    ]);
  });

  test('accepts what the other provider was asked for, by a key that stands in no template', () => {
    const stack = emptyStack();
    const made = interconnect(stack);
    expect(Object.values(propertiesOf(stack, 'AWS::Interconnect::Connection'))).toEqual([
      {
        ActivationKey: { Ref: 'CircuitKey1' },
        AttachPoint: { DirectConnectGateway: { 'Fn::GetAtt': [expect.any(String), 'DirectConnectGatewayId'] } },
        Description: 'atlas-cross-dallas-1',
        Tags: [{ Key: 'Name', Value: 'atlas-cross-dallas' }],
      },
    ]);
    expect(stack.resolve(made.circuitIds)).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^linkcircuit1/), 'Arn'] }]);
  });

  test('is ordered at this end with its bandwidth, its place and the account of the peer', () => {
    const stack = emptyStack();
    interconnect(stack, ORDERED);
    expect(Object.values(propertiesOf(stack, 'AWS::Interconnect::Connection'))[0]).toMatchObject({
      Bandwidth: '10Gbps',
      EnvironmentId: 'mce-0123',
      RemoteAccount: { Identifier: 'ocid1.tenancy.oc1..aaaa' },
    });
  });

  test.each([
    ['CountInvalid', { circuits: [] }],
    ['KeyUnsuitable', { circuits: [{ key: '1' }] }],
    ['KeyUnsuitable', { circuits: [{ key: '1', orderKey: 'the key itself' }] }],
    ['IdInvalid', { ...ORDERED, environmentId: undefined }],
    ['IdInvalid', { ...ORDERED, peer: { name: 'phoenix' } }],
    ['NameInvalid', { name: '' }],
    [undefined, ORDERED],
  ])('fails with %s when it is given %j', (code, changes) => {
    expect(codeOf(() => interconnect(emptyStack(), changes))).toBe(code);
  });
});
