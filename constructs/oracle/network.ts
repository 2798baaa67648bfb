import { Construct, type IConstruct } from 'constructs';
import { CoreDefaultDhcpOptions } from '../../.gen/providers/oci/core-default-dhcp-options';
import { CoreDefaultSecurityList } from '../../.gen/providers/oci/core-default-security-list';
import { CoreNatGateway } from '../../.gen/providers/oci/core-nat-gateway';
import { CoreRouteTable } from '../../.gen/providers/oci/core-route-table';
import { CoreServiceGateway } from '../../.gen/providers/oci/core-service-gateway';
import { CoreSubnet } from '../../.gen/providers/oci/core-subnet';
import { CoreVcn } from '../../.gen/providers/oci/core-vcn';
import { ORACLE_DNS_SERVERS, ORACLE_RDMA_RANGE } from '../../estate/catalog/oracle';
import type { SubnetAllocation, SubnetRole } from '../../estate/catalog/types';
import { cidr, cidrContains, cidrsOverlap } from '../../estate/cidr';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { checkRange } from '../terraform-checks';
import { checkId, checkName, checkTags } from './checks';
import { attachNetwork, type IGateway } from './gateway';
import { LIMITS, physicalName, type TagOptions, tagArguments } from './names';

/** Oracle's regional services as private nodes reach them. */
export interface ServiceGateway {
  /** OCID of the service "All … Services in Oracle Services Network". */
  readonly serviceId: string;
  /** Its CIDR label, such as `all-phx-services-in-oracle-services-network`. */
  readonly cidrLabel: string;
}

/**
 * How nodes reach the internet: by address translation in the network, not at all, or through what its owner has there,
 * by the OCID of a route target such as a private IP address of a firewall or a dynamic routing gateway.
 */
export type NetworkEgress = 'nat' | 'none' | { readonly via: string };

/** Narrows a choice of subnets. */
export interface SubnetFilter {
  /** Availability domain; regional subnets lie in all of them. @default - any */
  readonly zone?: string;
  /** Shard or file system that the subnet belongs to. @default - any */
  readonly owner?: string;
}

/** A subnet of a network. */
export interface NetworkSubnet extends SubnetAllocation {
  /** OCID of the subnet. */
  readonly subnetId: string;
}

/** A network, made here or elsewhere. */
export interface INetwork extends IConstruct {
  /** OCID of the network. */
  readonly networkId: string;
  /** Compartment of the network, and of what lies in it unless that is told another one. */
  readonly compartmentId: string;
  /** Availability domains that it is used in. */
  readonly zones: readonly string[];
  /** How nodes reach the internet. */
  readonly egress: NetworkEgress;
  /** CIDR label of Oracle's services, where a service gateway leads to them. */
  readonly serviceCidrLabel?: string;
  /** What has to exist before anything lies in it. */
  readonly dependables: readonly ITerraformDependable[];
  /** Subnets of a role in the order in which they were given. */
  subnetsFor(role: SubnetRole, filter?: SubnetFilter): readonly NetworkSubnet[];
  /**
   * The only subnet of a role and owner.
   *
   * @throws ConstructError with `SubnetMissing` when there is none, or a choice
   */
  subnetFor(role: SubnetRole, owner?: string): NetworkSubnet;
}

/** Options of a {@link Network}. */
export interface NetworkProps extends TagOptions {
  /** First part of the name of everything in the network. */
  readonly name: string;
  /** Compartment that everything in the network is made in. */
  readonly compartmentId: string;
  /** Availability domains, by their full names such as `Uocm:PHX-AD-1`. */
  readonly zones: readonly string[];
  /** Address blocks, at most a /16 each. Append only: Oracle Cloud changes one block in an apply. */
  readonly cidrs: readonly string[];
  /** Subnets; each spans the region. */
  readonly subnets: readonly SubnetAllocation[];
  /** Range that the images of nodes give RDMA interfaces. @default - 192.168.0.0/16 */
  readonly rdmaCidr?: string;
  /** How private nodes reach the internet. @default 'nat' */
  readonly egress?: NetworkEgress;
  /** Addresses of the DNS servers that machines use, three at most. @default - the resolver of Oracle Cloud */
  readonly dnsServers?: readonly string[];
  /** Gateway of its links: attached, with routes to what is reached through it. @default - there are no links */
  readonly gateway?: IGateway;
  /** Oracle's services in the region. @default - reached over the internet, which needs another egress than 'none' */
  readonly serviceGateway?: ServiceGateway;
  /** Whether Terraform refuses to destroy network and subnets. @default true */
  readonly deletionProtection?: boolean;
}

/** What is known of a network that exists already. */
export interface NetworkAttributes {
  /** OCID of the network. */
  readonly networkId: string;
  /** Compartment of the network, which need not be that of what is put into it. */
  readonly compartmentId: string;
  /** Availability domains that it is used in, by their full names. */
  readonly zones: readonly string[];
  /** Subnets that are used, with their roles. */
  readonly subnets: readonly NetworkSubnet[];
  /** How its nodes reach the internet. @default 'nat' */
  readonly egress?: NetworkEgress;
  /** CIDR label of Oracle's services behind its service gateway. @default - no service gateway */
  readonly serviceCidrLabel?: string;
}

/** Construct ids that the network has for its other parts. */
const PARTS: readonly string[] = [
  'Resource',
  'default-security-list',
  'dns-servers',
  'links',
  'nat-gateway',
  'node-routes',
  'service-gateway',
  'storage-routes',
];

/**
 * A virtual cloud network (VCN) without public addresses: subnets, and gateways that only lead outwards.
 *
 * RDMA interfaces are not part of it: they need neither subnets nor security groups.
 */
export class Network extends Construct implements INetwork {
  /**
   * A network that exists already, such as one of a network compartment; nothing is made. Its security lists and routes
   * are its owner's.
   *
   * @throws ConstructError with `IdInvalid` or `RangeInvalid` when an id or a range is none
   */
  static fromNetworkAttributes(scope: Construct, id: string, attributes: NetworkAttributes): INetwork {
    return new ImportedNetwork(scope, id, attributes);
  }

  /** OCID of the network. */
  readonly networkId: string;
  /** Compartment of everything in it. */
  readonly compartmentId: string;
  /** Availability domains that it is used in. */
  readonly zones: readonly string[];
  /** How nodes reach the internet. */
  readonly egress: NetworkEgress;
  /** CIDR label of Oracle's services, where a service gateway leads to them. */
  readonly serviceCidrLabel?: string;
  /** What has to exist before anything lies in it. */
  readonly dependables: readonly ITerraformDependable[];
  private readonly subnets: readonly NetworkSubnet[];

  /**
   * @throws ConstructError with `IdInvalid`, `NameInvalid`, `RangeInvalid`, `SubnetMissing` or `TagInvalid` when Oracle
   * Cloud would refuse it, or its nodes could not start
   */
  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    check(this, props);
    this.compartmentId = props.compartmentId;
    this.zones = props.zones;
    this.egress = props.egress ?? 'nat';
    this.serviceCidrLabel = props.serviceGateway?.cidrLabel;

    const common = { compartmentId: props.compartmentId, ...tagArguments(props) };
    const kept = props.deletionProtection !== false && { lifecycle: { preventDestroy: true } };
    const vcn = new CoreVcn(this, 'Resource', {
      ...common,
      cidrBlocks: [...props.cidrs],
      displayName: props.name,
      dnsLabel: physicalName([props.name], LIMITS.dnsLabel),
      ...kept,
    });
    this.networkId = vcn.id;
    new CoreDefaultSecurityList(this, 'default-security-list', {
      ...common,
      manageDefaultResourceId: vcn.defaultSecurityListId,
      displayName: `${props.name}-empty`,
    });

    if (props.dnsServers !== undefined) this.addDnsServers(vcn, props.dnsServers, common);
    const routed = { ...common, vcnId: vcn.id };
    const toServices = props.serviceGateway ? [this.addServiceGateway(props.name, props.serviceGateway, routed)] : [];
    const toInternet = this.addEgress(props.name, routed);
    const linked = this.addLinks(props, vcn);
    const nodeRoutes = new CoreRouteTable(this, 'node-routes', {
      ...routed,
      displayName: `${props.name}-nodes`,
      ...linked.order,
      routeRules: [...toServices, ...toInternet, ...linked.routes],
    });
    const storageRoutes = new CoreRouteTable(this, 'storage-routes', {
      ...routed,
      displayName: `${props.name}-storage`,
      ...linked.order,
      routeRules: [...toServices, ...linked.routes],
    });
    const made = props.subnets.map((allocation) => {
      const subnet = new CoreSubnet(this, subnetId(allocation.key), {
        ...routed,
        cidrBlock: allocation.cidr,
        displayName: `${props.name}-${allocation.key}`,
        dnsLabel: physicalName([allocation.key], LIMITS.dnsLabel),
        prohibitPublicIpOnVnic: true,
        prohibitInternetIngress: true,
        routeTableId: allocation.role === 'storage' ? storageRoutes.id : nodeRoutes.id,
        securityListIds: [vcn.defaultSecurityListId],
        ...kept,
      });
      return { resource: subnet, subnet: { ...allocation, subnetId: subnet.id } };
    });
    this.subnets = made.map(({ subnet }) => subnet);
    this.dependables = made.map(({ resource }) => resource);
  }

  /** Subnets of a role in the order in which they were given. */
  subnetsFor(role: SubnetRole, filter: SubnetFilter = {}): readonly NetworkSubnet[] {
    return select(this.subnets, role, filter);
  }

  /**
   * The only subnet of a role and owner.
   *
   * @throws ConstructError with `SubnetMissing` when there is none, or a choice
   */
  subnetFor(role: SubnetRole, owner?: string): NetworkSubnet {
    return onlySubnet(this, role, owner);
  }

  /** In the options that the network has for subnets without any of their own. */
  private addDnsServers({ defaultDhcpOptionsId }: CoreVcn, servers: readonly string[], common: CommonProps): void {
    new CoreDefaultDhcpOptions(this, 'dns-servers', {
      ...common,
      manageDefaultResourceId: defaultDhcpOptionsId,
      options: [{ type: 'DomainNameServer', serverType: 'CustomDnsServer', customDnsServers: [...servers] }],
    });
  }

  private addServiceGateway(name: string, gateway: ServiceGateway, routed: RoutedProps) {
    const { id } = new CoreServiceGateway(this, 'service-gateway', {
      ...routed,
      displayName: `${name}-services`,
      services: [{ serviceId: gateway.serviceId }],
    });
    return { networkEntityId: id, destination: gateway.cidrLabel, destinationType: 'SERVICE_CIDR_BLOCK' };
  }

  private addEgress(name: string, routed: RoutedProps) {
    const everywhere = { destination: '0.0.0.0/0', destinationType: 'CIDR_BLOCK' };
    if (this.egress === 'none') return [];
    if (this.egress !== 'nat') return [{ networkEntityId: this.egress.via, ...everywhere }];
    const { id } = new CoreNatGateway(this, 'nat-gateway', { ...routed, displayName: `${name}-nat` });
    return [{ networkEntityId: id, ...everywhere }];
  }

  /** A route leads to a gateway only once that is attached. Who may come in is said by security groups, not here. */
  private addLinks({ name, gateway, ...tags }: NetworkProps, { id: networkId }: CoreVcn) {
    if (gateway === undefined) return { routes: [] };
    const attachment = attachNetwork(this, 'links', {
      ...tags,
      name: `${name}-links`,
      gateway,
      network: { networkId },
    });
    const routes = gateway.reached.map((destination) => {
      return { networkEntityId: gateway.gatewayId, destination, destinationType: 'CIDR_BLOCK' };
    });
    return { routes, order: { dependsOn: [attachment] } };
  }
}

/** Construct id of a subnet; a key that is made of a user's key may be the id of something else. */
function subnetId(key: string): string {
  return PARTS.includes(key) ? `subnet-${key}` : key;
}

interface CommonProps {
  readonly compartmentId: string;
  readonly freeformTags: Record<string, string>;
  readonly definedTags?: Record<string, string>;
}

interface RoutedProps extends CommonProps {
  readonly vcnId: string;
}

class ImportedNetwork extends Construct implements INetwork {
  readonly networkId: string;
  readonly compartmentId: string;
  readonly zones: readonly string[];
  readonly egress: NetworkEgress;
  readonly serviceCidrLabel?: string;
  readonly dependables: readonly ITerraformDependable[] = [];
  private readonly subnets: readonly NetworkSubnet[];

  constructor(scope: Construct, id: string, attributes: NetworkAttributes) {
    super(scope, id);
    checkId(this, attributes.networkId, 'vcn');
    for (const { key, cidr: range, subnetId } of attributes.subnets) {
      checkId(this, subnetId, 'subnet');
      checkRange(this, `range of subnet "${key}"`, range);
    }
    this.networkId = attributes.networkId;
    this.compartmentId = attributes.compartmentId;
    this.zones = attributes.zones;
    this.egress = attributes.egress ?? 'nat';
    this.serviceCidrLabel = attributes.serviceCidrLabel;
    this.subnets = attributes.subnets;
  }

  subnetsFor(role: SubnetRole, filter: SubnetFilter = {}): readonly NetworkSubnet[] {
    return select(this.subnets, role, filter);
  }

  subnetFor(role: SubnetRole, owner?: string): NetworkSubnet {
    return onlySubnet(this, role, owner);
  }
}

function select(subnets: readonly NetworkSubnet[], role: SubnetRole, { zone, owner }: SubnetFilter): NetworkSubnet[] {
  return subnets.filter(
    (subnet) =>
      subnet.role === role &&
      (zone === undefined || subnet.zone === undefined || subnet.zone === zone) &&
      (owner === undefined || subnet.owner === owner),
  );
}

function onlySubnet(network: INetwork, role: SubnetRole, owner?: string): NetworkSubnet {
  const found = network.subnetsFor(role, { owner });
  const [subnet] = found;
  if (subnet !== undefined && found.length === 1) return subnet;
  const whose = owner === undefined ? '' : ` of "${owner}"`;
  throw new ConstructError(
    network,
    'SubnetMissing',
    `the network has ${found.length} subnets with role "${role}"${whose}, expected 1; ` +
      'give the network such a subnet, or name its owner',
  );
}

function check(scope: Construct, props: NetworkProps): void {
  const { name, egress = 'nat', serviceGateway, dnsServers = [] } = props;
  checkName(scope, name);
  checkTags(scope, props);
  checkCidrs(scope, props);
  checkSubnets(scope, props);
  if (dnsServers.length > ORACLE_DNS_SERVERS.most) {
    const what = `${dnsServers.length} DNS servers are more than the ${ORACLE_DNS_SERVERS.most} of a network; leave some out`;
    throw new ConstructError(scope, 'TooMany', what);
  }
  if (typeof egress === 'object') checkId(scope, egress.via, 'privateip', 'drg', 'localpeeringgateway', 'natgateway');
  if (egress !== 'none' || serviceGateway !== undefined) return;
  throw new ConstructError(
    scope,
    'SubnetMissing',
    `network "${name}" has egress 'none' and no serviceGateway, so its nodes could not even reach their cluster; ` +
      "give serviceGateway or egress 'nat'",
  );
}

function checkCidrs(scope: Construct, { cidrs, rdmaCidr = ORACLE_RDMA_RANGE.cidr }: NetworkProps): void {
  const reserved = checkRange(scope, 'rdmaCidr', rdmaCidr);
  for (const text of cidrs) {
    const block = checkRange(scope, 'a block of the network', text);
    if (block === undefined) continue;
    if (block.prefix < 16 || block.prefix > 30) {
      const what = `a VCN takes blocks from /16 to /30, got ${text}; split it into blocks of at most a /16`;
      throw new ConstructError(scope, 'RangeInvalid', what);
    }
    if (reserved === undefined || !cidrsOverlap(block, reserved)) continue;
    const what = `${text} overlaps ${rdmaCidr}, which RDMA interfaces use; choose another block`;
    throw new ConstructError(scope, 'RangeInvalid', what);
  }
}

function checkSubnets(scope: Construct, { cidrs, subnets }: NetworkProps): void {
  for (const { key, cidr: text } of subnets) {
    const range = checkRange(scope, `range of subnet "${key}"`, text);
    if (range === undefined || cidrs.some((block) => Token.isUnresolved(block))) continue;
    if (cidrs.some((block) => cidrContains(cidr(block), range))) continue;
    const what = `subnet "${key}" is ${text}: it must lie in the network's blocks ${cidrs.join(', ')}`;
    throw new ConstructError(scope, 'RangeInvalid', what);
  }
}
