import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Fabric, type FabricProps } from '../../../constructs/aws';
import { machine } from '../../stacks/aws/fixture';
import { codeOf, emptyStack, network, typesOf } from './scene';

function fabric(changes: Partial<FabricProps> = {}) {
  const stack = emptyStack();
  const made = new Fabric(stack, 'fabric', {
    name: 'dallas',
    network: network(stack),
    zone: 'us-east-1a',
    machine: machine('p6-b300.48xlarge'),
    ...changes,
  });
  return { stack, made };
}

describe('Fabric', () => {
  test('has a security group as default child', () => {
    expect(fabric().made.node.defaultChild).toBeInstanceOf(CfnSecurityGroup);
  });

  test('opens all traffic to itself in both directions and nothing else', () => {
    const template = Template.fromStack(fabric().stack);
    const self = Match.objectLike({ 'Fn::GetAtt': [Match.stringLikeRegexp('^fabric'), 'GroupId'] });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { IpProtocol: '-1', SourceSecurityGroupId: self });
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      IpProtocol: '-1',
      DestinationSecurityGroupId: self,
    });
    expect(JSON.stringify(template.findResources('AWS::EC2::SecurityGroup'))).not.toContain('0.0.0.0/0');
  });

  test('packs nodes only when asked to', () => {
    expect(fabric().made.placementGroupName).toBeUndefined();
    const packed = fabric({ placement: 'cluster', tags: { team: 'a' } });
    expect(packed.made.placementGroupName).toBeDefined();
    // Tags of a placement group are fixed at creation.
    expect(Object.values(Template.fromStack(packed.stack).findResources('AWS::EC2::PlacementGroup'))).toEqual([
      { Type: 'AWS::EC2::PlacementGroup', Properties: { Strategy: 'cluster' } },
    ]);
  });

  test('is kept with its rules when asked to, for nodes that are kept too', () => {
    const policies = (keep: boolean) => {
      const { stack, made } = fabric();
      if (keep) made.retain();
      return Object.entries(Template.fromStack(stack).toJSON().Resources)
        .filter(([id]) => id.startsWith('fabric'))
        .map(([, resource]) => Object(resource))
        .map(({ Type, DeletionPolicy, UpdateReplacePolicy }) => [Type, DeletionPolicy, UpdateReplacePolicy]);
    };
    expect(policies(true)).toEqual([
      ['AWS::EC2::SecurityGroup', 'Retain', 'Retain'],
      ['AWS::EC2::SecurityGroupIngress', 'Retain', 'Retain'],
      ['AWS::EC2::SecurityGroupEgress', 'Retain', 'Retain'],
    ]);
    expect(policies(false).map(([, deletion]) => deletion)).toEqual([undefined, undefined, undefined]);
  });

  test('fails when the machine has no EFA', () => {
    expect(() => fabric({ machine: machine('m7i.4xlarge') })).toThrow('machine "m7i.4xlarge" has no EFA');
    expect(codeOf(() => fabric({ machine: machine('m7i.4xlarge') }))).toBe('MachineUnsuitable');
    expect(codeOf(() => fabric({ zone: 'us-east-1f' }))).toBe('ZoneUnknown');
    expect(codeOf(() => fabric({ name: '' }))).toBe('NameInvalid');
  });

  test('is imported by its group, and makes nothing', () => {
    const stack = emptyStack();
    const attributes = { zone: 'us-east-1a', securityGroupId: 'sg-0a', placementGroupName: 'packed' };
    const imported = Fabric.fromFabricAttributes(stack, 'fabric', attributes);
    expect(imported).toMatchObject({ zone: 'us-east-1a', placementGroupName: 'packed' });
    expect(imported.securityGroup).toMatchObject({ securityGroupId: 'sg-0a', allowAllOutbound: false });
    expect(imported.connections.securityGroups).toEqual([imported.securityGroup]);
    imported.retain();
    expect(typesOf(stack)).toEqual([]);
    const wrong = { zone: 'us-east-1a', securityGroupId: 'vpc-0a' };
    expect(codeOf(() => Fabric.fromFabricAttributes(stack, 'wrong', wrong))).toBe('IdInvalid');
  });
});
