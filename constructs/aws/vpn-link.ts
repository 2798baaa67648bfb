import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Tags as ResourceTags, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AWS_TUNNELS } from '../../estate/catalog/aws-links';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import type { VpnPeer, VpnProposal, VpnTunnel } from '../links';
import { AttachmentFinder, associate, propagate } from './attachments';
import { checkName } from './checks';
import type { IEncryptionKey } from './encryption-key';
import type { Gateway } from './gateway';
import { addTags } from './names';

/** Options of a {@link VpnLink}. */
export interface VpnLinkProps {
  /** First part of names, unique in its account and region. */
  readonly name: string;
  /** The gateway at this end. */
  readonly gateway: Gateway;
  /** The gateway at the other end. */
  readonly peer: VpnPeer;
  /** Its tunnels: two in each connection, one connection for each address of the peer. */
  readonly tunnels: readonly VpnTunnel[];
  /** The one proposal that both gateways are told. */
  readonly proposal: VpnProposal;
  /**
   * What it has to carry, Gbit/s, also without one of its connections: large tunnels are made where others would not.
   *
   * @default 1
   */
  readonly gbps?: number;
  /** Encrypts what tunnels log; who has made it lets the log service use it. @default - CloudWatch's own key */
  readonly encryptionKey?: IEncryptionKey;
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/** The outside address of a tunnel, by its inside range. */
export interface TunnelAddress {
  /** Inside range, as EC2 has it. */
  readonly inside: string;
  /** Public address. */
  readonly address: string;
}

/**
 * Encrypted tunnels to a peer: a customer gateway and a connection for each address of it, with two tunnels each.
 *
 * Anything but tags and bandwidth that changes in a connection replaces it: the new one has other addresses, which the peer
 * has to be told. What a tunnel logs is part of it, so logs are on from the first day. The key of a tunnel is read from
 * Secrets Manager when the stack is deployed, and stands in no template.
 */
export class VpnLink extends Construct {
  /** Outside addresses of its tunnels, known once it is deployed. */
  readonly tunnelAddresses: readonly TunnelAddress[];

  /** @throws ConstructError with NameInvalid, CountInvalid, KeyUnsuitable, SizeInvalid or TagInvalid when AWS would refuse it */
  constructor(scope: Construct, id: string, props: VpnLinkProps) {
    super(scope, id);
    const connections = this.check(props);
    const { name, gateway, encryptionKey, tags = {} } = props;
    encryptionKey?.grants.logGroups();
    // The prefix keeps it out of a policy of the account that has room for few groups.
    const log = new logs.LogGroup(this, 'log', {
      logGroupName: `/aws/vendedlogs/${name}`,
      encryptionKey: encryptionKey?.key,
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    if (encryptionKey !== undefined) log.node.addDependency(encryptionKey);
    const finder = new AttachmentFinder(this, 'finder', { gateway, encryptionKey });
    const bandwidth = bandwidthOf(props, connections.length);
    this.tunnelAddresses = connections.flatMap(({ key, tunnels }) => {
      const root = new Construct(this, `connection-${key}`);
      const customer = new ec2.CfnCustomerGateway(root, 'peer', {
        type: 'ipsec.1',
        ipAddress: tunnels[0].peerOutside,
        ...asnOf(props.peer.asn),
      });
      const connection = new ec2.CfnVPNConnection(root, 'Resource', {
        type: 'ipsec.1',
        customerGatewayId: customer.attrCustomerGatewayId,
        transitGatewayId: gateway.gatewayId,
        staticRoutesOnly: false,
        tunnelBandwidth: bandwidth,
        vpnTunnelOptionsSpecifications: tunnels.map((tunnel) => tunnelOptions(tunnel, props.proposal, log.logGroupArn)),
      });
      const found = finder.find(root, 'attachment', connection.attrVpnConnectionId);
      associate(root, gateway, found.attachmentId);
      propagate(root, gateway, found.attachmentId);
      return found.tunnels;
    });
    addTags(this, tags);
    ResourceTags.of(this).add('Name', name);
  }

  private check({ name, tunnels, gbps = 1 }: VpnLinkProps): readonly Connection[] {
    checkName(this, name);
    if (!Token.isUnresolved(gbps) && !(gbps > 0)) {
      throw new ConstructError(this, 'SizeInvalid', `gbps is ${gbps}; give what it has to carry, such as 1`);
    }
    for (const { key, presharedKey } of tunnels) {
      if (Token.isUnresolved(presharedKey) || presharedKey.startsWith('{{resolve:')) continue;
      throw new ConstructError(
        this,
        'KeyUnsuitable',
        `tunnel "${key}" is given its key itself, which would stand in the template; give SecretValue.secretsManager(…)`,
      );
    }
    const connections = connectionsOf(tunnels);
    const odd = connections.find(({ tunnels: [, second, third] }) => second === undefined || third !== undefined);
    if (odd === undefined && connections.length > 0) return connections;
    throw new ConstructError(
      this,
      'CountInvalid',
      odd === undefined
        ? 'it has no tunnels; give two for each address of the peer'
        : `connection ${odd.key} has ${odd.tunnels.length} tunnels; every VPN connection has two`,
    );
  }
}

interface Connection {
  /** Its number, from 0. */
  readonly key: number;
  /** Its tunnels, in the order of the interfaces. */
  readonly tunnels: readonly [VpnTunnel, ...VpnTunnel[]];
}

/** The tunnels of each connection, sorted by its number. */
function connectionsOf(tunnels: readonly VpnTunnel[]): Connection[] {
  const numbers = [...new Set(tunnels.map(({ connection = 0 }) => connection))].sort((one, other) => one - other);
  return numbers.flatMap((key) => {
    const [first, ...others] = tunnels
      .filter(({ connection = 0 }) => connection === key)
      .toSorted((one, other) => one.interface - other.interface);
    return first === undefined ? [] : [{ key, tunnels: [first, ...others] as const }];
  });
}

/** A number of an autonomous system: the higher half of them has a property of its own. */
function asnOf(asn: number): Pick<ec2.CfnCustomerGatewayProps, 'bgpAsn' | 'bgpAsnExtended'> {
  return asn > 2147483647 ? { bgpAsnExtended: asn } : { bgpAsn: asn };
}

/** The bandwidth of tunnels with which all but one connection, or half of the only one, carry what is asked for. */
function bandwidthOf({ tunnels, gbps = 1 }: VpnLinkProps, connections: number): string {
  const left = connections > 1 ? tunnels.length - 2 : 1;
  return gbps > left * AWS_TUNNELS.standardGbps ? 'large' : 'standard';
}

/** Spelling of algorithms at AWS. */
const SPELLING = { aes256: 'AES256', sha384: 'SHA2-384', aes256gcm16: 'AES256-GCM-16' } as const;

/** One end of a tunnel: it asks for the connection itself, and again when the peer is gone. */
function tunnelOptions(
  { insideCidr, presharedKey }: VpnTunnel,
  { ikeVersion, ike, esp }: VpnProposal,
  logGroupArn: string,
): ec2.CfnVPNConnection.VpnTunnelOptionsSpecificationProperty {
  return {
    tunnelInsideCidr: insideCidr,
    preSharedKey: presharedKey,
    ikeVersions: [{ value: `ikev${ikeVersion}` }],
    phase1EncryptionAlgorithms: [{ value: SPELLING[ike.encryption] }],
    phase1IntegrityAlgorithms: [{ value: SPELLING[ike.integrity] }],
    phase1DhGroupNumbers: [{ value: ike.dhGroup }],
    phase1LifetimeSeconds: ike.lifetimeSeconds,
    phase2EncryptionAlgorithms: [{ value: SPELLING[esp.encryption] }],
    // GCM needs none; where none is named, AWS takes all that it knows.
    phase2IntegrityAlgorithms: [{ value: SPELLING[ike.integrity] }],
    phase2DhGroupNumbers: [{ value: esp.pfsGroup }],
    phase2LifetimeSeconds: esp.lifetimeSeconds,
    startupAction: 'start',
    dpdTimeoutAction: 'restart',
    dpdTimeoutSeconds: AWS_TUNNELS.deadPeerSeconds,
    enableTunnelLifecycleControl: true,
    logOptions: { cloudwatchLogOptions: { logEnabled: true, logGroupArn, logOutputFormat: 'json' } },
  };
}
