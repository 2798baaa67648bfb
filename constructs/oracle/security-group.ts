import { Construct, type IConstruct } from 'constructs';
import { CoreNetworkSecurityGroup } from '../../.gen/providers/oci/core-network-security-group';
import { CoreNetworkSecurityGroupSecurityRule } from '../../.gen/providers/oci/core-network-security-group-security-rule';
import { checkId, checkName, checkTags } from './checks';
import { type TagOptions, tagArguments } from './names';

/** Who is on the other side of a rule. */
export type SecurityPeer = { readonly cidr: string } | { readonly group: string } | { readonly service: string };

/** Inclusive range of ports. */
export type PortRange = readonly [first: number, last: number];

/** Traffic that a security group lets through. */
export interface SecurityRule {
  /** Whether members receive or send it. */
  readonly direction: 'in' | 'out';
  /** Who is on the other side. */
  readonly peer: SecurityPeer;
  /** Protocol of it. */
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

/** A network security group, made here or elsewhere. */
export interface ISecurityGroup extends IConstruct {
  /** OCID of the group. */
  readonly groupId: string;
  /** Lets further traffic through. */
  addRule(id: string, rule: SecurityRule): void;
}

/** Options of a {@link SecurityGroup}. */
export interface SecurityGroupProps extends TagOptions {
  /** Name of the group. */
  readonly name: string;
  /** Compartment that it lies in, which may be another one than that of the network. */
  readonly compartmentId: string;
  /** OCID of the network of its members. */
  readonly networkId: string;
  /** Rules by their id. @default - none: nothing passes */
  readonly rules?: Readonly<Record<string, SecurityRule>>;
}

const PROTOCOL_NUMBERS = { all: 'all', tcp: '6', udp: '17', icmp: '1' } as const;

/**
 * A network security group: traffic that its members may send and receive.
 *
 * The security list of every subnet is empty, so nothing passes but what a group lets through.
 */
export class SecurityGroup extends Construct implements ISecurityGroup {
  /**
   * A group that exists already: rules can be added to it, and nothing else is made.
   *
   * @throws ConstructError with `IdInvalid` when the id is not that of a network security group
   */
  static fromGroupId(scope: Construct, id: string, groupId: string): ISecurityGroup {
    return new ImportedSecurityGroup(scope, id, groupId);
  }

  /** OCID of the group. */
  readonly groupId: string;

  /** @throws ConstructError with `NameInvalid` or `TagInvalid` when it could not be made */
  constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id);
    checkName(this, props.name);
    checkTags(this, props);
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
  addRule(id: string, rule: SecurityRule): void {
    newRule(this, id, rule);
  }
}

class ImportedSecurityGroup extends Construct implements ISecurityGroup {
  readonly groupId: string;

  constructor(scope: Construct, id: string, groupId: string) {
    super(scope, id);
    checkId(this, groupId, 'networksecuritygroup');
    this.groupId = groupId;
  }

  addRule(id: string, rule: SecurityRule): void {
    newRule(this, id, rule);
  }
}

function newRule(group: Construct & ISecurityGroup, id: string, rule: SecurityRule): void {
  new CoreNetworkSecurityGroupSecurityRule(group, id, {
    networkSecurityGroupId: group.groupId,
    direction: rule.direction === 'in' ? 'INGRESS' : 'EGRESS',
    protocol: PROTOCOL_NUMBERS[rule.protocol],
    stateless: false,
    ...address(rule),
    ...(rule.protocol === 'tcp' && { tcpOptions: ports(rule) }),
    ...(rule.protocol === 'udp' && { udpOptions: ports(rule) }),
    ...(rule.icmp && { icmpOptions: rule.icmp }),
  });
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
