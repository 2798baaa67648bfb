import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { ComputeGlobalAddress } from '@cdktf/provider-google/lib/compute-global-address';
import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ComputeRoute } from '@cdktf/provider-google/lib/compute-route';
import { ComputeRouter } from '@cdktf/provider-google/lib/compute-router';
import { ComputeRouterNat } from '@cdktf/provider-google/lib/compute-router-nat';
import { ComputeSubnetwork } from '@cdktf/provider-google/lib/compute-subnetwork';
import { DnsPolicy } from '@cdktf/provider-google/lib/dns-policy';
import { ServiceNetworkingConnection } from '@cdktf/provider-google/lib/service-networking-connection';
import { Construct, type IConstruct } from 'constructs';
import { GOOGLE_NETWORK_MTU, GOOGLE_SERVICES_ACCESS } from '../../estate/catalog/google';
import type { SubnetAllocation, SubnetRole } from '../../estate/catalog/types';
import { cidr, cidrContains, formatAddress } from '../../estate/cidr';
import type { Tags } from '../../estate/units';
import { Fn, type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import type { SubnetFilter } from '../subnets';
import { checkRange } from '../terraform-checks';
import { LIMITS, physicalName, resourceTags } from './names';
import {
  checkAttributes,
  type DescribedNetwork,
  describeNetwork,
  ImportedNetwork,
  type INetwork,
  type NetworkAttributes,
  type NetworkGrants,
  SubnetGrants,
} from './network-attributes';
import { protect, unprotect } from './protection';

/**
 * How private nodes reach the internet: by address translation, not at all, or through the internal load balancer of a
 * firewall, by its address in this network or in one that is peered with it.
 */
export type NetworkEgress = 'nat' | 'none' | { readonly via: string };

/** Options of a {@link Network}. */
export interface NetworkProps extends Omit<NetworkAttributes, 'subnets' | 'assignsRoles'> {
  /** Every range of the network. */
  readonly subnets: readonly SubnetAllocation[];
  /** Routable blocks that the ranges of nodes and of private services are taken from. */
  readonly cidrs: readonly string[];
  /** How private nodes reach the internet. Google's own services are reached in any case. @default 'nat' */
  readonly egress?: NetworkEgress;
  /** Addresses of the DNS servers that machines in the network ask. @default - those of Google Cloud */
  readonly dnsServers?: readonly string[];
  /**
   * Whether what no rule lets in is also logged, by a rule that refuses it after all others. Rules of a network firewall
   * policy come after it, unless the network says that policies come first.
   *
   * @default 'logged'
   */
  readonly refusedIngress?: 'logged' | 'unlogged';
  /** Whether Terraform and its provider refuse to destroy the network. @default true */
  readonly deletionProtection?: boolean;
  /** Labels of its range of private services; networks have none. @default - none */
  readonly tags?: Tags;
}

/** Secondary ranges of a node subnet, by the role of the range. */
const SECONDARY_RANGES = ['pods', 'services'] as const;
/** Routes of a lower number win: this one wins over the way out that each network has from the start. */
const VIA_PRIORITY = 900;
/** The last rule before the one that every network ends with, which refuses what comes in and logs none of it. */
const LAST_PRIORITY = 65534;

/**
 * A VPC network: one subnet for the nodes of each owner with the ranges of its pods and services, a way out, and private
 * services access for managed file systems.
 */
export class Network extends Construct implements INetwork {
  /**
   * A network that another stack makes, or that exists already, such as a shared VPC of another project.
   *
   * @throws ConstructError with `NameInvalid`, `RangeInvalid` or `ZoneUnknown` when an attribute cannot be right
   */
  static fromNetworkAttributes(scope: Construct, id: string, attributes: NetworkAttributes): INetwork {
    return new ImportedNetwork(scope, id, attributes);
  }

  /** Project of the network. */
  readonly projectId: string;
  /** Region of its subnets. */
  readonly region: string;
  /** Zones of the region that are used. */
  readonly zones: readonly string[];
  /** Name of the network. */
  readonly networkName: string;
  /** `projects/<project>/global/networks/<name>`: known before it exists. */
  readonly networkId: string;
  /** Gives access to it. */
  readonly grants: NetworkGrants;
  /** What has to exist before it is used. */
  readonly dependables: readonly ITerraformDependable[];
  private readonly props: NetworkProps;
  private readonly described: DescribedNetwork;

  /**
   * @throws ConstructError with `NameInvalid`, `RangeInvalid` or `ZoneUnknown` when there is no such network
   */
  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    check(this, props);
    this.props = props;
    this.described = describeNetwork(this, props);
    this.projectId = props.projectId;
    this.region = props.region;
    this.zones = props.zones;
    this.networkName = this.described.networkName;
    this.networkId = this.described.networkId;

    const network = new ComputeNetwork(this, 'Resource', {
      name: this.networkName,
      project: props.projectId,
      autoCreateSubnetworks: false,
      routingMode: 'REGIONAL',
      mtu: GOOGLE_NETWORK_MTU.bytes,
    });
    if (props.deletionProtection === false) unprotect(network);
    else protect(network);
    const subnets = this.subnetsFor('nodes').map((nodes) => this.addSubnet(nodes, network));
    if (props.refusedIngress !== 'unlogged') this.addRefusal(network);
    this.addEgress(network, props.egress ?? 'nat');
    if (props.dnsServers !== undefined) this.addDnsServers(network, props.dnsServers);
    const storage = this.subnetsFor('storage');
    const services = storage.length === 0 ? [] : [this.addServicesAccess(storage, network)];
    this.dependables = [network, ...subnets, ...services];
    this.grants = new SubnetGrants(this, false);
  }

  /** Ranges of a role. */
  subnetsFor(role: SubnetRole, filter: SubnetFilter = {}): readonly SubnetAllocation[] {
    return this.described.subnetsFor(role, filter);
  }

  /**
   * The only such range.
   *
   * @throws ConstructError with `SubnetMissing` when there is none or more than one
   */
  subnetFor(role: SubnetRole, owner?: string): SubnetAllocation {
    return this.described.subnetFor(role, owner);
  }

  /** Name of the subnet that holds a range of nodes, or of the secondary range that holds pods or services. */
  subnetName(allocation: SubnetAllocation): string {
    return this.described.subnetName(allocation);
  }

  private addSubnet(nodes: SubnetAllocation, network: ComputeNetwork): ComputeSubnetwork {
    const secondary = SECONDARY_RANGES.flatMap((role) => this.subnetsFor(role, { owner: nodes.owner }));
    return new ComputeSubnetwork(this, nodes.key, {
      name: this.subnetName(nodes),
      project: this.projectId,
      region: this.region,
      network: this.networkId,
      ipCidrRange: nodes.cidr,
      privateIpGoogleAccess: true,
      secondaryIpRange: secondary.map((range) => ({ rangeName: this.subnetName(range), ipCidrRange: range.cidr })),
      // Full flow logs of a training cluster cost more than they tell: ten minutes, one flow in a hundred.
      logConfig: {
        aggregationInterval: 'INTERVAL_10_MIN',
        flowSampling: 0.01,
        metadata: 'EXCLUDE_ALL_METADATA',
      },
      dependsOn: [network],
    });
  }

  /** GKE and file systems let in what they need by rules of their own, which come before. */
  private addRefusal(network: ComputeNetwork): void {
    new ComputeFirewall(this, 'deny-ingress', {
      name: physicalName([this.props.name, 'deny-ingress'], LIMITS.firewall),
      project: this.projectId,
      network: this.networkId,
      direction: 'INGRESS',
      priority: LAST_PRIORITY,
      sourceRanges: ['0.0.0.0/0'],
      deny: [{ protocol: 'all' }],
      logConfig: { metadata: 'EXCLUDE_ALL_METADATA' },
      dependsOn: [network],
    });
  }

  private addEgress(network: ComputeNetwork, egress: NetworkEgress): void {
    if (egress === 'none') return;
    if (egress === 'nat') this.addTranslation(network);
    else this.addRoute(network, egress.via);
  }

  private addRoute(network: ComputeNetwork, nextHopIlb: string): void {
    new ComputeRoute(this, 'egress', {
      name: physicalName([this.props.name, 'egress'], LIMITS.route),
      project: this.projectId,
      network: this.networkId,
      destRange: '0.0.0.0/0',
      nextHopIlb,
      priority: VIA_PRIORITY,
      dependsOn: [network],
    });
  }

  private addTranslation(network: ComputeNetwork): void {
    const name = physicalName([this.props.name, 'nat'], LIMITS.router);
    const router = new ComputeRouter(this, 'router', {
      name,
      project: this.projectId,
      region: this.region,
      network: this.networkId,
      dependsOn: [network],
    });
    new ComputeRouterNat(this, 'nat', {
      name,
      project: this.projectId,
      region: this.region,
      router: name,
      natIpAllocateOption: 'AUTO_ONLY',
      sourceSubnetworkIpRangesToNat: 'ALL_SUBNETWORKS_ALL_IP_RANGES',
      // A node that pulls images through many connections takes more ports; an idle one gives them back.
      enableDynamicPortAllocation: true,
      enableEndpointIndependentMapping: false,
      minPortsPerVm: 64,
      maxPortsPerVm: 4096,
      logConfig: { enable: true, filter: 'ERRORS_ONLY' },
      dependsOn: [router],
    });
  }

  /** Machines go on asking the server of their host, which asks these, by private addresses where they are private. */
  private addDnsServers(network: ComputeNetwork, servers: readonly string[]): void {
    new DnsPolicy(this, 'dns', {
      name: physicalName([this.props.name, 'dns'], LIMITS.dnsPolicy),
      project: this.projectId,
      networks: [{ networkUrl: this.networkId }],
      alternativeNameServerConfig: { targetNameServers: servers.map((ipv4Address) => ({ ipv4Address })) },
      dependsOn: [network],
    });
  }

  /** Private services access through all ranges; further ones are added to the one connection that a network has. */
  private addServicesAccess(ranges: readonly SubnetAllocation[], network: ComputeNetwork): ServiceNetworkingConnection {
    const addresses = ranges.map((range) => this.addServicesRange(range, network));
    return new ServiceNetworkingConnection(this, 'services-access', {
      network: this.networkId,
      service: 'servicenetworking.googleapis.com',
      reservedPeeringRanges: addresses.map(({ name }) => name),
      // The peering cannot be deleted while a service still uses it, and Google is slow to notice that none does.
      deletionPolicy: 'ABANDON',
      updateOnCreationFail: true,
      dependsOn: addresses.map(({ address }) => address),
    });
  }

  private addServicesRange(range: SubnetAllocation, network: ComputeNetwork): ServicesRange {
    const { address, prefix } = partsOf(range.cidr);
    const suffix = servicesSuffix(range);
    const name = physicalName([this.props.name, `services${suffix}`], LIMITS.address);
    const resource = new ComputeGlobalAddress(this, `services-range${suffix}`, {
      name,
      project: this.projectId,
      purpose: 'VPC_PEERING',
      addressType: 'INTERNAL',
      address,
      prefixLength: prefix,
      network: this.networkId,
      labels: resourceTags(this, this.props.tags),
      dependsOn: [network],
    });
    return { name, address: resource };
  }
}

/** A range of private services access and its name, which other resources need as text. */
interface ServicesRange {
  readonly name: string;
  readonly address: ComputeGlobalAddress;
}

function servicesSuffix({ ordinal = 1 }: SubnetAllocation): string {
  return ordinal === 1 ? '' : `-${ordinal}`;
}

/** First address and prefix length of a range, also of one that is known after apply only. */
function partsOf(range: string): { readonly address: string; readonly prefix: number } {
  if (Token.isUnresolved(range)) {
    const [address, prefix] = [0, 1].map((index) => Fn.element(Fn.split('/', range), index));
    return { address: Token.asString(address), prefix: Token.asNumber(prefix) };
  }
  const { base, prefix } = cidr(range);
  return { address: formatAddress(base), prefix };
}

function check(scope: IConstruct, props: NetworkProps): void {
  checkAttributes(scope, props);
  for (const block of props.cidrs) checkRange(scope, `block of network "${props.name}"`, block);
  for (const range of props.subnets) checkInside(scope, range, props.cidrs);
  checkServices(
    scope,
    props.name,
    props.subnets.filter(({ role }) => role === 'storage'),
  );
}

/** Other networks route to the blocks of this one, so a range outside of them would be unreachable. */
function checkInside(scope: IConstruct, { key, role, cidr: range }: SubnetAllocation, cidrs: readonly string[]): void {
  if (role === 'pods' || role === 'services' || [range, ...cidrs].some((text) => Token.isUnresolved(text))) return;
  if (cidrs.some((block) => cidrContains(cidr(block), cidr(range)))) return;
  const problem = `range "${key}" is ${range}: it must lie in the network's blocks ${cidrs.join(', ')}`;
  throw new ConstructError(scope, 'RangeInvalid', problem);
}

function checkServices(scope: IConstruct, name: string, ranges: readonly SubnetAllocation[]): void {
  const { longestPrefix } = GOOGLE_SERVICES_ACCESS;
  const small = ranges.find(({ cidr: range }) => !Token.isUnresolved(range) && cidr(range).prefix > longestPrefix);
  if (small !== undefined) {
    const problem =
      `range "${small.key}" of private services is ${small.cidr}: a managed file system needs /${longestPrefix} or ` +
      'more, give it a shorter prefix';
    throw new ConstructError(scope, 'RangeInvalid', problem);
  }
  const ordinals = ranges.map(({ ordinal = 1 }) => ordinal);
  const twice = ordinals.find((ordinal, index) => ordinals.indexOf(ordinal) !== index);
  if (twice === undefined) return;
  const problem = `network "${name}" has two ranges of role "storage" with ordinal ${twice}: number them`;
  throw new ConstructError(scope, 'RangeInvalid', problem);
}
