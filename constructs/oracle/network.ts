import { Construct } from 'constructs';
import { CoreDefaultSecurityList } from '../../.gen/providers/oci/core-default-security-list';
import { CoreNatGateway } from '../../.gen/providers/oci/core-nat-gateway';
import { CoreRouteTable } from '../../.gen/providers/oci/core-route-table';
import { CoreServiceGateway } from '../../.gen/providers/oci/core-service-gateway';
import { CoreSubnet } from '../../.gen/providers/oci/core-subnet';
import { CoreVcn } from '../../.gen/providers/oci/core-vcn';
import { ORACLE_RDMA_RANGE } from '../../estate/catalog/oracle';
import type { SubnetAllocation, SubnetRole } from '../../estate/catalog/types';
import { cidr, cidrContains, cidrsOverlap } from '../../estate/cidr';
import { Token } from '../cdktf';
import { LIMITS, physicalName, type TagOptions, tagArguments } from './names';

/** Oracle's regional services as private nodes reach them. */
export interface ServiceGateway {
  /** OCID of the service "All … Services in Oracle Services Network". */
  readonly serviceId: string;
  /** Its CIDR label, such as `all-phx-services-in-oracle-services-network`. */
  readonly cidrLabel: string;
}

/** Narrows a choice of subnets. */
export interface SubnetSelection {
  /** Availability domain; regional subnets lie in all of them. @default - any */
  readonly zone?: string;
  /** Shard or file system that the subnet belongs to. @default - any */
  readonly owner?: string;
}

/** A subnet of a network. */
export interface NetworkSubnet extends SubnetAllocation {
  readonly subnetId: string;
}

/** A network, made here or elsewhere. */
export interface INetwork {
  readonly networkId: string;
  readonly compartmentId: string;
  /** Availability domains that it is used in. */
  readonly zones: readonly string[];
  /** Nodes reach the internet through network address translation, or not at all. */
  readonly egress: 'nat' | 'none';
  /** CIDR label of Oracle's services, where a service gateway leads to them. */
  readonly serviceCidrLabel?: string;
  /** Subnets of a role in the order in which they were given. */
  subnetsFor(role: SubnetRole, selection?: SubnetSelection): readonly NetworkSubnet[];
}

/** Properties of {@link Network}. */
export interface NetworkProps extends TagOptions {
  /** First part of the name of everything in the network. */
  readonly name: string;
  readonly compartmentId: string;
  /** Availability domains, by their full names such as `Uocm:PHX-AD-1`. */
  readonly zones: readonly string[];
  /** Address blocks, at most a /16 each. Append only: Oracle Cloud changes one block in an apply. */
  readonly cidrs: readonly string[];
  /** Subnets; each spans the region. */
  readonly subnets: readonly SubnetAllocation[];
  /** Range that the images of nodes give RDMA interfaces. @default - 192.168.0.0/16 */
  readonly rdmaCidr?: string;
  /** Whether private nodes reach the internet. @default 'nat' */
  readonly egress?: 'nat' | 'none';
  /** Oracle's services in the region. @default - reached over the internet, which needs `egress: 'nat'` */
  readonly serviceGateway?: ServiceGateway;
}

/** What is known of a network that exists already. */
export interface NetworkAttributes {
  readonly networkId: string;
  readonly compartmentId: string;
  readonly zones: readonly string[];
  readonly subnets: readonly NetworkSubnet[];
  /** @default 'nat' */
  readonly egress?: 'nat' | 'none';
  /** @default - no service gateway */
  readonly serviceCidrLabel?: string;
}

/** Construct ids that the network has for its other parts. */
const PARTS: readonly string[] = [
  'Resource',
  'default-security-list',
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
  /** A network that exists already. */
  public static fromNetworkAttributes(scope: Construct, id: string, attributes: NetworkAttributes): INetwork {
    return new ImportedNetwork(scope, id, attributes);
  }

  public readonly networkId: string;
  public readonly compartmentId: string;
  public readonly zones: readonly string[];
  public readonly egress: 'nat' | 'none';
  public readonly serviceCidrLabel?: string;
  private readonly subnets: readonly NetworkSubnet[];

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    checkCidrs(props);
    checkSubnets(props);
    this.compartmentId = props.compartmentId;
    this.zones = props.zones;
    this.egress = props.egress ?? 'nat';
    this.serviceCidrLabel = props.serviceGateway?.cidrLabel;
    if (this.egress === 'none' && props.serviceGateway === undefined) {
      throw new Error(
        `network "${props.name}" has egress 'none' and no serviceGateway, so its nodes could not even reach their cluster; ` +
          "give serviceGateway or egress 'nat'",
      );
    }

    const common = { compartmentId: props.compartmentId, ...tagArguments(props) };
    const vcn = new CoreVcn(this, 'Resource', {
      ...common,
      cidrBlocks: [...props.cidrs],
      displayName: props.name,
      dnsLabel: physicalName([props.name], LIMITS.dnsLabel),
      lifecycle: { preventDestroy: true },
    });
    this.networkId = vcn.id;
    new CoreDefaultSecurityList(this, 'default-security-list', {
      ...common,
      manageDefaultResourceId: vcn.defaultSecurityListId,
      displayName: `${props.name}-empty`,
    });

    const routed = { ...common, vcnId: vcn.id };
    const toServices = props.serviceGateway ? [this.addServiceGateway(props.name, props.serviceGateway, routed)] : [];
    const toInternet = this.egress === 'nat' ? [this.addNatGateway(props.name, routed)] : [];
    const nodeRoutes = new CoreRouteTable(this, 'node-routes', {
      ...routed,
      displayName: `${props.name}-nodes`,
      routeRules: [...toServices, ...toInternet],
    });
    const storageRoutes = new CoreRouteTable(this, 'storage-routes', {
      ...routed,
      displayName: `${props.name}-storage`,
      routeRules: toServices,
    });
    this.subnets = props.subnets.map((allocation) => {
      const subnet = new CoreSubnet(this, subnetId(allocation.key), {
        ...routed,
        cidrBlock: allocation.cidr,
        displayName: `${props.name}-${allocation.key}`,
        dnsLabel: physicalName([allocation.key], LIMITS.dnsLabel),
        prohibitPublicIpOnVnic: true,
        prohibitInternetIngress: true,
        routeTableId: allocation.role === 'storage' ? storageRoutes.id : nodeRoutes.id,
        securityListIds: [vcn.defaultSecurityListId],
        lifecycle: { preventDestroy: true },
      });
      return { ...allocation, subnetId: subnet.id };
    });
  }

  public subnetsFor(role: SubnetRole, selection: SubnetSelection = {}): readonly NetworkSubnet[] {
    return select(this.subnets, role, selection);
  }

  private addServiceGateway(name: string, gateway: ServiceGateway, routed: RoutedProps) {
    const { id } = new CoreServiceGateway(this, 'service-gateway', {
      ...routed,
      displayName: `${name}-services`,
      services: [{ serviceId: gateway.serviceId }],
    });
    return { networkEntityId: id, destination: gateway.cidrLabel, destinationType: 'SERVICE_CIDR_BLOCK' };
  }

  private addNatGateway(name: string, routed: RoutedProps) {
    const { id } = new CoreNatGateway(this, 'nat-gateway', { ...routed, displayName: `${name}-nat` });
    return { networkEntityId: id, destination: '0.0.0.0/0', destinationType: 'CIDR_BLOCK' };
  }
}

/** Construct id of a subnet; a key that is made of a user's key may be the id of something else. */
function subnetId(key: string): string {
  return PARTS.includes(key) ? `subnet-${key}` : key;
}

interface RoutedProps {
  readonly compartmentId: string;
  readonly vcnId: string;
  readonly freeformTags: Record<string, string>;
  readonly definedTags?: Record<string, string>;
}

class ImportedNetwork extends Construct implements INetwork {
  public readonly networkId: string;
  public readonly compartmentId: string;
  public readonly zones: readonly string[];
  public readonly egress: 'nat' | 'none';
  public readonly serviceCidrLabel?: string;
  private readonly subnets: readonly NetworkSubnet[];

  constructor(scope: Construct, id: string, attributes: NetworkAttributes) {
    super(scope, id);
    this.networkId = attributes.networkId;
    this.compartmentId = attributes.compartmentId;
    this.zones = attributes.zones;
    this.egress = attributes.egress ?? 'nat';
    this.serviceCidrLabel = attributes.serviceCidrLabel;
    this.subnets = attributes.subnets;
  }

  public subnetsFor(role: SubnetRole, selection: SubnetSelection = {}): readonly NetworkSubnet[] {
    return select(this.subnets, role, selection);
  }
}

function select(
  subnets: readonly NetworkSubnet[],
  role: SubnetRole,
  { zone, owner }: SubnetSelection,
): readonly NetworkSubnet[] {
  return subnets.filter(
    (subnet) =>
      subnet.role === role &&
      (zone === undefined || subnet.zone === undefined || subnet.zone === zone) &&
      (owner === undefined || subnet.owner === owner),
  );
}

/** The only subnet of a role and owner; fails when there is none or a choice. */
export function onlySubnet(network: INetwork, role: SubnetRole, owner?: string): NetworkSubnet {
  const found = network.subnetsFor(role, { owner });
  const [subnet] = found;
  if (subnet === undefined || found.length > 1) {
    const whose = owner === undefined ? '' : ` of "${owner}"`;
    throw new Error(
      `the network has ${found.length} subnets with role "${role}"${whose}, expected 1; ` +
        'give the network such a subnet, or name its owner',
    );
  }
  return subnet;
}

/** The first subnet of a role and owner, whose growth may have appended others; without an owner the only one. */
export function firstSubnet(network: INetwork, role: SubnetRole, owner?: string): NetworkSubnet {
  const [first, second] = network.subnetsFor(role, { owner });
  return owner === undefined || first === undefined || second === undefined ? onlySubnet(network, role, owner) : first;
}

function checkCidrs({ cidrs, rdmaCidr = ORACLE_RDMA_RANGE.cidr }: NetworkProps): void {
  const reserved = cidr(rdmaCidr);
  for (const text of cidrs.filter((block) => !Token.isUnresolved(block))) {
    const block = cidr(text);
    if (block.prefix < 16 || block.prefix > 30) {
      throw new Error(`a VCN takes blocks from /16 to /30, got ${text}; split it into blocks of at most a /16`);
    }
    if (cidrsOverlap(block, reserved)) {
      throw new Error(`${text} overlaps ${rdmaCidr}, which RDMA interfaces use; choose another block`);
    }
  }
}

function checkSubnets({ cidrs, subnets }: NetworkProps): void {
  if ([...cidrs, ...subnets.map((subnet) => subnet.cidr)].some((text) => Token.isUnresolved(text))) return;
  const outside = subnets.find((subnet) => !cidrs.some((block) => cidrContains(cidr(block), cidr(subnet.cidr))));
  if (outside === undefined) return;
  throw new Error(
    `subnet "${outside.key}" is ${outside.cidr}: it must lie in the network's blocks ${cidrs.join(', ')}`,
  );
}
