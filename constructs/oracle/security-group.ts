import { Construct } from 'constructs';
import { CoreNetworkSecurityGroup } from '../../.gen/providers/oci/core-network-security-group';
import { CoreNetworkSecurityGroupSecurityRule } from '../../.gen/providers/oci/core-network-security-group-security-rule';
import { type TagOptions, tagArguments } from './names';

/** Who is on the other side of a rule. */
export type SecurityPeer = { readonly cidr: string } | { readonly group: string } | { readonly service: string };

/** Inclusive range of ports. */
export type PortRange = readonly [first: number, last: number];

/** Traffic that a security group lets through. */
export interface SecurityRule {
  readonly direction: 'in' | 'out';
  readonly peer: SecurityPeer;
  readonly protocol: 'all' | 'tcp' | 'udp' | 'icmp';
  /** Ports at the destination. @default - all */
  readonly ports?: PortRange;
  /** Ports at the source. @default - all */
  readonly sourcePorts?: PortRange;
  /** Type and code of an ICMP message. @default - all */
  readonly icmp?: { readonly type: number; readonly code: number };
}

/** Lets routers tell a sender that its packets are too large; connections hang without it. */
export const PATH_DISCOVERY = { protocol: 'icmp', icmp: { type: 3, code: 4 }, peer: { cidr: '0.0.0.0/0' } } as const;

/** Properties of {@link SecurityGroup}. */
export interface SecurityGroupProps extends TagOptions {
  readonly name: string;
  readonly compartmentId: string;
  readonly networkId: string;
  /** Rules by their id. */
  readonly rules?: Readonly<Record<string, SecurityRule>>;
}

const PROTOCOL_NUMBERS = { all: 'all', tcp: '6', udp: '17', icmp: '1' } as const;

/**
 * A network security group: traffic that its members may send and receive.
 *
 * The security list of every subnet is empty, so nothing passes but what a group lets through.
 */
export class SecurityGroup extends Construct {
  public readonly groupId: string;

  constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id);
    const group = new CoreNetworkSecurityGroup(this, 'Resource', {
      compartmentId: props.compartmentId,
      vcnId: props.networkId,
      displayName: props.name,
      ...tagArguments(props),
    });
    this.groupId = group.id;
    for (const [ruleId, rule] of Object.entries(props.rules ?? {})) this.addRule(ruleId, rule);
  }

  /** Lets further traffic through. */
  public addRule(id: string, rule: SecurityRule): void {
    new CoreNetworkSecurityGroupSecurityRule(this, id, {
      networkSecurityGroupId: this.groupId,
      direction: rule.direction === 'in' ? 'INGRESS' : 'EGRESS',
      protocol: PROTOCOL_NUMBERS[rule.protocol],
      stateless: false,
      ...address(rule),
      ...(rule.protocol === 'tcp' && { tcpOptions: ports(rule) }),
      ...(rule.protocol === 'udp' && { udpOptions: ports(rule) }),
      ...(rule.icmp && { icmpOptions: rule.icmp }),
    });
  }
}

function ports({ ports, sourcePorts }: SecurityRule) {
  if (ports === undefined && sourcePorts === undefined) return undefined;
  return {
    ...(ports && { destinationPortRange: range(ports) }),
    ...(sourcePorts && { sourcePortRange: range(sourcePorts) }),
  };
}

function range([min, max]: PortRange): { min: number; max: number } {
  return { min, max };
}

function address({ direction, peer }: SecurityRule) {
  const [type, value] =
    'cidr' in peer
      ? ['CIDR_BLOCK', peer.cidr]
      : 'group' in peer
        ? ['NETWORK_SECURITY_GROUP', peer.group]
        : ['SERVICE_CIDR_BLOCK', peer.service];
  return direction === 'in' ? { source: value, sourceType: type } : { destination: value, destinationType: type };
}
