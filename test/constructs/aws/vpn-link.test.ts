import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';
import { EncryptionKey, VpnLink, type VpnLinkProps } from '../../../constructs/aws';
import { FIND } from '../../../constructs/aws/attachments';
import { VPN_PROPOSAL } from '../../../estate/catalog/links';
import { type Ec2Answer, runInline } from '../../helpers/inline-function';
import { gateway, tunnel } from './link-scene';
import { codeOf, emptyStack, propertiesOf } from './scene';

const PEER = { name: 'eastus2', cloud: 'azure', asn: 64513, prefixes: ['10.80.0.0/16'] } as const;

function link(stack: Stack, changes: Partial<VpnLinkProps> = {}): VpnLink {
  return new VpnLink(stack, 'link', {
    name: 'atlas-cross-dallas',
    gateway: gateway(stack),
    peer: PEER,
    tunnels: [4, 3, 2, 1].map(tunnel),
    proposal: VPN_PROPOSAL,
    ...changes,
  });
}

/** Connections by their logical id. */
const connections = (stack: Stack) => Object.entries(propertiesOf(stack, 'AWS::EC2::VPNConnection'));

describe('VpnLink', () => {
  test('has a connection for each address of the peer, with the tunnels of each in the order of interfaces', () => {
    const stack = emptyStack();
    link(stack);
    const peers = propertiesOf(stack, 'AWS::EC2::CustomerGateway');
    const made = connections(stack).map(
      ([id, { CustomerGatewayId: customer, VpnTunnelOptionsSpecifications: tunnels }]) => [
        id.slice(0, 'linkconnection0'.length),
        peers[Object(customer)['Fn::GetAtt'][0]]?.IpAddress,
        ...Object.values(Object(tunnels)).map((options) => Object(options).TunnelInsideCidr),
      ],
    );
    expect(made).toEqual([
      ['linkconnection0', '203.0.113.1', '169.254.64.0/30', '169.254.64.4/30'],
      ['linkconnection1', '203.0.113.2', '169.254.64.8/30', '169.254.64.12/30'],
    ]);
    expect(Object.values(peers).map(({ BgpAsn: asn }) => asn)).toEqual([64513, 64513]);
  });

  test('offers exactly one proposal for each phase, asks for tunnels itself and again, and logs', () => {
    const stack = emptyStack();
    link(stack);
    const [[, connection] = []] = connections(stack);
    expect(connection).toMatchObject({ Type: 'ipsec.1', StaticRoutesOnly: false, TunnelBandwidth: 'standard' });
    expect(Object(connection?.VpnTunnelOptionsSpecifications)[0]).toEqual({
      TunnelInsideCidr: '169.254.64.0/30',
      PreSharedKey: '{{resolve:secretsmanager:atlas/links/cross/1:SecretString:::}}',
      IKEVersions: [{ Value: 'ikev2' }],
      Phase1EncryptionAlgorithms: [{ Value: 'AES256' }],
      Phase1IntegrityAlgorithms: [{ Value: 'SHA2-384' }],
      Phase1DHGroupNumbers: [{ Value: 20 }],
      Phase1LifetimeSeconds: 28800,
      Phase2EncryptionAlgorithms: [{ Value: 'AES256-GCM-16' }],
      Phase2IntegrityAlgorithms: [{ Value: 'SHA2-384' }],
      Phase2DHGroupNumbers: [{ Value: 20 }],
      Phase2LifetimeSeconds: 3600,
      StartupAction: 'start',
      DPDTimeoutAction: 'restart',
      DPDTimeoutSeconds: 30,
      EnableTunnelLifecycleControl: true,
      LogOptions: {
        CloudwatchLogOptions: {
          LogEnabled: true,
          LogGroupArn: { 'Fn::GetAtt': [expect.stringMatching(/^linklog/), 'Arn'] },
          LogOutputFormat: 'json',
        },
      },
    });
  });

  test('adds each connection to the table of the gateway, and learns what it tells', () => {
    const stack = emptyStack();
    link(stack);
    for (const type of ['RouteTableAssociation', 'RouteTablePropagation']) {
      const rows = Object.entries(propertiesOf(stack, `AWS::EC2::TransitGateway${type}`)).filter(([id]) =>
        /^link/.test(id),
      );
      expect(rows.map(([, row]) => row.TransitGatewayAttachmentId)).toEqual(
        ['0', '1'].map((number) => ({
          'Fn::GetAtt': [expect.stringMatching(`^linkconnection${number}attachment`), 'AttachmentId'],
        })),
      );
    }
  });

  test('tells the addresses of tunnels by the ranges that EC2 says', () => {
    const stack = emptyStack();
    const told = stack.resolve(link(stack).tunnelAddresses);
    const value = (connection: number, name: string) => ({
      'Fn::GetAtt': [expect.stringMatching(`^linkconnection${connection}attachment`), name],
    });
    expect(told).toEqual(
      [0, 1].flatMap((connection) =>
        [1, 2].map((number) => ({
          inside: value(connection, `Inside${number}`),
          address: value(connection, `Address${number}`),
        })),
      ),
    );
  });

  test('lets its function describe and nothing else, and encrypts what is logged', () => {
    const stack = emptyStack();
    link(stack, { encryptionKey: new EncryptionKey(stack, 'key', { name: 'cross' }) });
    const policies = Object.entries(propertiesOf(stack, 'AWS::IAM::Policy')).filter(([id]) => id.startsWith('link'));
    expect(policies.flatMap(([, { PolicyDocument: document }]) => Object(document).Statement)).toEqual([
      {
        Effect: 'Allow',
        Action: ['ec2:DescribeTransitGatewayAttachments', 'ec2:DescribeVpnConnections'],
        Resource: '*',
      },
      expect.objectContaining({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] }),
    ]);
    const groups = Object.entries(propertiesOf(stack, 'AWS::Logs::LogGroup')).filter(([id]) => id.startsWith('link'));
    expect(groups.map(([, group]) => [group.RetentionInDays, group.KmsKeyId !== undefined])).toEqual([
      [365, true],
      [365, true],
    ]);
  });

  test.each([
    [2.5, 4, 'standard'],
    [2.6, 4, 'large'],
    [1.25, 2, 'standard'],
    [2, 2, 'large'],
  ])('carries %d Gbit/s by %d tunnels that are %s, also without one connection', (gbps, count, bandwidth) => {
    const stack = emptyStack();
    link(stack, { gbps, tunnels: [1, 2, 3, 4].slice(0, count).map(tunnel) });
    for (const [, { TunnelBandwidth: kind }] of connections(stack)) expect(kind).toBe(bandwidth);
  });

  test('names a peer with a long number by the property for those', () => {
    const stack = emptyStack();
    link(stack, { peer: { ...PEER, asn: 4200000001 } });
    Template.fromStack(stack).allResourcesProperties('AWS::EC2::CustomerGateway', { BgpAsnExtended: 4200000001 });
  });

  test('changes nothing of a connection when another one is added', () => {
    const made = (count: number) => {
      const stack = emptyStack();
      link(stack, { tunnels: [1, 2, 3, 4].slice(0, count).map(tunnel) });
      return Object.fromEntries(connections(stack));
    };
    expect(made(4)).toMatchObject(made(2));
  });

  test.each([
    ['CountInvalid', { tunnels: [] }],
    ['CountInvalid', { tunnels: [tunnel(1)] }],
    ['CountInvalid', { tunnels: [tunnel(1), tunnel(2), { ...tunnel(3), connection: 0 }] }],
    ['KeyUnsuitable', { tunnels: [tunnel(1), { ...tunnel(2), presharedKey: 'a1b2c3d4e5f6' }] }],
    ['SizeInvalid', { gbps: 0 }],
    ['NameInvalid', { name: '' }],
  ])('fails with %s when it is given %j', (code, changes) => {
    expect(codeOf(() => link(emptyStack(), changes))).toBe(code);
  });
});

describe('the function that finds attachments', () => {
  const REQUEST = { ResourceProperties: { ResourceId: 'vpn-1', TransitGatewayId: 'tgw-1' }, RequestType: 'Create' };
  const ATTACHED = { TransitGatewayAttachments: [{ TransitGatewayAttachmentId: 'tgw-attach-1' }] };
  const tunnels = (...addresses: (string | undefined)[]): Ec2Answer => {
    const TunnelOptions = addresses.map((OutsideIpAddress, index) => ({
      OutsideIpAddress,
      TunnelInsideCidr: `169.254.64.${index * 4}/30`,
      PreSharedKey: 'never-told',
    }));
    return { VpnConnections: [{ CustomerGatewayConfiguration: 'never-told', Options: { TunnelOptions } }] };
  };

  test('fits into a template', () => {
    expect(FIND.length).toBeLessThan(4096);
  });

  test('answers with the attachment and the tunnels, and hands on no key', async () => {
    const { asked, body } = await runInline(FIND, REQUEST, [ATTACHED, tunnels('198.51.100.1', '198.51.100.2')]);
    expect(asked).toEqual([
      [
        'describeTransitGatewayAttachments',
        {
          Filters: [
            { Name: 'resource-id', Values: ['vpn-1'] },
            { Name: 'transit-gateway-id', Values: ['tgw-1'] },
            { Name: 'state', Values: ['available'] },
          ],
        },
      ],
      ['describeVpnConnections', { VpnConnectionIds: ['vpn-1'] }],
    ]);
    expect(body).toEqual({
      StackId: 'stack',
      RequestId: '1',
      LogicalResourceId: 'it',
      Status: 'SUCCESS',
      PhysicalResourceId: 'vpn-1',
      Data: {
        AttachmentId: 'tgw-attach-1',
        Inside1: '169.254.64.0/30',
        Address1: '198.51.100.1',
        Inside2: '169.254.64.4/30',
        Address2: '198.51.100.2',
      },
    });
  });

  test('waits for the attachment, for addresses, and for its own role', async () => {
    const answers = [
      { error: 'UnauthorizedOperation' },
      { TransitGatewayAttachments: [] },
      ATTACHED,
      tunnels('198.51.100.1', undefined),
      ATTACHED,
      tunnels('198.51.100.1', '198.51.100.2'),
    ];
    const { asked, body } = await runInline(FIND, REQUEST, answers);
    expect(asked).toHaveLength(6);
    expect(body.Status).toBe('SUCCESS');
  });

  test('finds gateways of Direct Connect, which have no tunnels', async () => {
    const request = { ...REQUEST, ResourceProperties: { ResourceId: 'a1b2', TransitGatewayId: 'tgw-1' } };
    const { asked, body } = await runInline(FIND, request, [ATTACHED]);
    expect(asked).toHaveLength(1);
    expect(body.Data).toEqual({ AttachmentId: 'tgw-attach-1' });
  });

  test.each([
    [{ error: 'RequestLimitExceeded' }, 1, 'refused'],
    [{ TransitGatewayAttachments: [] }, 50, 'vpn-1 is not attached to tgw-1'],
  ])('fails the deployment when EC2 answers %j', async (answer, calls, reason) => {
    const { asked, body } = await runInline(FIND, REQUEST, [answer]);
    expect(asked).toHaveLength(calls);
    expect(body).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(reason) });
  });

  test('asks nothing when it goes', async () => {
    const { asked, body } = await runInline(FIND, { ...REQUEST, RequestType: 'Delete' }, []);
    expect([asked, body.Status]).toEqual([[], 'SUCCESS']);
  });
});
