import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnParameter, type Stack } from 'aws-cdk-lib/core';
import { Cluster, type ClusterProps, EncryptionKey } from '../../../constructs/aws';
import { machine } from '../../stacks/aws/fixture';
import { codeOf, emptyStack, network, propertiesOf } from './scene';

const ADMIN = 'arn:aws:iam::111122223333:role/platform';
const VIEWER = 'arn:aws:iam::111122223333:role/research';

function clusterWith(changes: Partial<ClusterProps>, stack = emptyStack()): Stack {
  new Cluster(stack, 'cluster', {
    name: 'dallas',
    network: network(stack),
    version: '1.35',
    serviceCidr: '172.20.0.0/16',
    systemPool: { machine: machine('m7i.4xlarge'), nodeCount: 3 },
    encryptionKey: new EncryptionKey(stack, 'key', { name: 'dallas' }),
    ...changes,
  });
  return stack;
}

/** What principals may do, by the logical id of their entry. */
function entries(stack: Stack): Record<string, unknown> {
  const found = Object.entries(propertiesOf(stack, 'AWS::EKS::AccessEntry'));
  return Object.fromEntries(
    found.map(([id, { PrincipalArn, AccessPolicies }]) => {
      const policies = JSON.stringify(AccessPolicies);
      return [id, [PrincipalArn, /AmazonEKS\w+Policy/.exec(policies)?.[0], /"Type":"\w+"/.exec(policies)?.[0]]];
    }),
  );
}

/** Rules of groups that name a range and the port of the API server. */
function rules(stack: Stack): unknown[] {
  return Object.entries(propertiesOf(stack, 'AWS::EC2::SecurityGroupIngress'))
    .filter(([, { CidrIp }]) => CidrIp !== undefined)
    .map(([id, { CidrIp, FromPort, ToPort, IpProtocol, GroupId }]) => {
      return [id, CidrIp, IpProtocol, FromPort, ToPort, Object(GroupId)['Fn::GetAtt'][0]];
    });
}

describe('access to a cluster', () => {
  test('is had by nobody and from nowhere but its network, unless somebody says so', () => {
    const stack = clusterWith({});
    expect(entries(stack)).toEqual({});
    expect(rules(stack)).toEqual([]);
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Cluster', {
      AccessConfig: { BootstrapClusterCreatorAdminPermissions: false },
      ResourcesVpcConfig: {
        EndpointPrivateAccess: true,
        EndpointPublicAccess: false,
        PublicAccessCidrs: Match.absent(),
      },
    });
  });

  test('lets administrators do everything, and viewers look at what is no secret', () => {
    const stack = clusterWith({ clusterAdmins: [ADMIN], clusterViewers: [VIEWER] });
    expect(Object.values(entries(stack)).sort()).toEqual([
      [ADMIN, 'AmazonEKSClusterAdminPolicy', '"Type":"cluster"'],
      [VIEWER, 'AmazonEKSViewPolicy', '"Type":"cluster"'],
    ]);
  });

  test('lets who is named twice administer it, by one entry', () => {
    const stack = clusterWith({ clusterAdmins: [ADMIN], clusterViewers: [ADMIN, VIEWER] });
    expect(Object.values(entries(stack)).map((entry) => Object(entry)[1])).toEqual([
      'AmazonEKSClusterAdminPolicy',
      'AmazonEKSViewPolicy',
    ]);
  });

  test('changes the entry of a viewer who becomes an administrator, since EKS takes one each', () => {
    const before = entries(clusterWith({ clusterViewers: [VIEWER] }));
    const after = entries(clusterWith({ clusterAdmins: [VIEWER] }));
    expect(Object.keys(after)).toEqual(Object.keys(before));
  });

  test('is had from private ranges through the group of the control plane, which stands on no node', () => {
    expect(rules(clusterWith({ apiAccessCidrs: ['10.8.0.0/16', '100.72.0.0/20'] }))).toEqual([
      [expect.stringContaining('apifrom108001'), '10.8.0.0/16', 'tcp', 443, 443, CONTROL_PLANE],
      [expect.stringContaining('apifrom10072'), '100.72.0.0/20', 'tcp', 443, 443, CONTROL_PLANE],
    ]);
  });

  test('is had from public ranges through an endpoint that is closed to all others', () => {
    const stack = clusterWith({ apiAccessCidrs: ['10.8.0.0/16', '198.51.100.0/24', '203.0.113.7/32'] });
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Cluster', {
      ResourcesVpcConfig: {
        EndpointPrivateAccess: true,
        EndpointPublicAccess: true,
        PublicAccessCidrs: ['198.51.100.0/24', '203.0.113.7/32'],
      },
    });
    expect(rules(stack).map((rule) => Object(rule)[1])).toEqual(['10.8.0.0/16']);
  });

  test('takes a range that reaches beyond private addresses for a public one', () => {
    const stack = clusterWith({ apiAccessCidrs: ['172.0.0.0/8'] });
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Cluster', {
      ResourcesVpcConfig: { PublicAccessCidrs: ['172.0.0.0/8'] },
    });
  });

  test('moves no rule when another range comes, or the same ones in another order', () => {
    const ids = (...apiAccessCidrs: string[]) => rules(clusterWith({ apiAccessCidrs })).map((rule) => Object(rule)[0]);
    const [first] = ids('10.8.0.0/16');
    expect(ids('10.9.0.0/16', '10.8.0.0/16')).toContain(first);
    expect(ids('10.8.0.0/16', '10.8.0.0/16')).toEqual([first]);
  });

  test('takes ranges that are known at deployment for private ones', () => {
    const stack = emptyStack();
    const range = new CfnParameter(stack, 'vpn').valueAsString;
    expect(rules(clusterWith({ apiAccessCidrs: [range] }, stack))).toEqual([
      [expect.stringContaining('apifrom'), { Ref: 'vpn' }, 'tcp', 443, 443, CONTROL_PLANE],
    ]);
  });

  test.each(['10.8.0.1/16', '10.8.0.0', 'office', ''])('from "%s" is refused', (range) => {
    expect(codeOf(() => clusterWith({ apiAccessCidrs: [range] }))).toBe('RangeInvalid');
  });
});

const CONTROL_PLANE = expect.stringContaining('ControlPlaneSecurityGroup');
