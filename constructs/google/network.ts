import { ComputeGlobalAddress } from '@cdktf/provider-google/lib/compute-global-address';
import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ComputeRouter } from '@cdktf/provider-google/lib/compute-router';
import { ComputeRouterNat } from '@cdktf/provider-google/lib/compute-router-nat';
import { ComputeSubnetwork } from '@cdktf/provider-google/lib/compute-subnetwork';
import { ServiceNetworkingConnection } from '@cdktf/provider-google/lib/service-networking-connection';
import { Construct } from 'constructs';
import { GOOGLE_NETWORK_MTU, GOOGLE_SERVICES_ACCESS } from '../../estate/catalog/google';
import type { SubnetAllocation, SubnetRole } from '../../estate/catalog/types';
import { cidr, cidrContains, formatAddress } from '../../estate/cidr';
import type { Tags } from '../../estate/units';
import { Fn, type ITerraformDependable, Token } from '../cdktf';
import { LIMITS, physicalName, resourceTags } from './names';
import { protect } from './protection';

/** Narrows the ranges of a role. */
export interface SubnetFilter {
  /** Zone of the range. @default any */
  readonly zone?: string;
  /** Shard or file system that the range belongs to. @default any */
  readonly owner?: string;
}

/** A VPC network that clusters and file systems are put into. */
export interface INetwork {
  readonly projectId: string;
  readonly region: string;
  readonly zones: readonly string[];
  readonly networkName: string;
  /** `projects/<project>/global/networks/<name>`: known before anything exists, so that it never cascades. */
  readonly networkPath: string;
  /** What has to exist before the network is used; empty for one of another stack. */
  readonly dependables: readonly ITerraformDependable[];
  /** Ranges of a role. */
  subnetsFor(role: SubnetRole, filter?: SubnetFilter): readonly SubnetAllocation[];
  /** Physical name of the subnet that holds a range of nodes. */
  subnetName(allocation: SubnetAllocation): string;
}

/** What a network of another stack is known by. */
export interface NetworkAttributes {
  /** First part of the names of the network, as given to the `Network` that made it. */
  readonly name: string;
  readonly projectId: string;
  readonly region: string;
  readonly zones: readonly string[];
  /** Every range of the network. */
  readonly subnets: readonly SubnetAllocation[];
}

/** Properties of a `Network`. */
export interface NetworkProps extends NetworkAttributes {
  /** Routable blocks that the ranges of nodes and of private services are taken from. */
  readonly cidrs: readonly string[];
  /** How private nodes reach the internet. Google's own services are reached in either case. @default 'nat' */
  readonly egress?: 'nat' | 'none';
  /** @default no labels */
  readonly tags?: Tags;
}

/** Secondary ranges of a node subnet, by the role of the range. */
const SECONDARY_RANGES = ['pods', 'services'] as const;

/**
 * A VPC network: one subnet for the nodes of each owner with the ranges of its pods and services, address translation
 * for what leaves, and private services access for managed file systems.
 */
export class Network extends Construct implements INetwork {
  /** A network that another stack makes: everything about it follows from its name. */
  static fromNetworkName(scope: Construct, id: string, attributes: NetworkAttributes): INetwork {
    return new ImportedNetwork(scope, id, attributes);
  }

  readonly projectId: string;
  readonly region: string;
  readonly zones: readonly string[];
  readonly networkName: string;
  readonly networkPath: string;
  readonly dependables: readonly ITerraformDependable[];
  private readonly props: NetworkProps;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    this.props = props;
    this.projectId = props.projectId;
    this.region = props.region;
    this.zones = props.zones;
    this.networkName = networkName(props.name);
    this.networkPath = networkPath(props);
    requireInside(props);

    const network = new ComputeNetwork(this, 'Resource', {
      name: this.networkName,
      project: props.projectId,
      autoCreateSubnetworks: false,
      routingMode: 'REGIONAL',
      mtu: GOOGLE_NETWORK_MTU.bytes,
    });
    protect(network);
    const subnets = this.subnetsFor('nodes').map((nodes) => this.addSubnet(nodes, network));
    if (props.egress !== 'none') this.addEgress(network);
    const storage = this.subnetsFor('storage');
    const services = storage.length === 0 ? [] : [this.addServicesAccess(storage, network)];
    this.dependables = [network, ...subnets, ...services];
  }

  subnetsFor(role: SubnetRole, filter: SubnetFilter = {}): readonly SubnetAllocation[] {
    return select(this.props.subnets, role, filter);
  }

  subnetName(allocation: SubnetAllocation): string {
    return subnetName(this.props.name, allocation);
  }

  private addSubnet(nodes: SubnetAllocation, network: ComputeNetwork): ComputeSubnetwork {
    const secondary = SECONDARY_RANGES.flatMap((role) => this.subnetsFor(role, { owner: nodes.owner }));
    return new ComputeSubnetwork(this, nodes.key, {
      name: this.subnetName(nodes),
      project: this.projectId,
      region: this.region,
      network: this.networkPath,
      ipCidrRange: nodes.cidr,
      privateIpGoogleAccess: true,
      secondaryIpRange: secondary.map((range) => ({ rangeName: range.role, ipCidrRange: range.cidr })),
      // Full flow logs of a training cluster cost more than they tell: ten minutes, one flow in a hundred.
      logConfig: {
        aggregationInterval: 'INTERVAL_10_MIN',
        flowSampling: 0.01,
        metadata: 'EXCLUDE_ALL_METADATA',
      },
      dependsOn: [network],
    });
  }

  private addEgress(network: ComputeNetwork): void {
    const name = physicalName([this.props.name, 'nat'], LIMITS.router);
    const router = new ComputeRouter(this, 'router', {
      name,
      project: this.projectId,
      region: this.region,
      network: this.networkPath,
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

  /** Private services access through all ranges; further ones are added to the one connection that a network has. */
  private addServicesAccess(ranges: readonly SubnetAllocation[], network: ComputeNetwork): ServiceNetworkingConnection {
    const addresses = ranges.map((range) => this.addServicesRange(range, network));
    return new ServiceNetworkingConnection(this, 'services-access', {
      network: this.networkPath,
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
    if (!Token.isUnresolved(prefix) && prefix > GOOGLE_SERVICES_ACCESS.longestPrefix) {
      throw new Error(
        `range "${range.key}" of private services is ${range.cidr}: a managed file system needs /` +
          `${GOOGLE_SERVICES_ACCESS.longestPrefix} or more, give it a shorter prefix`,
      );
    }
    const { ordinal = 1 } = range;
    const suffix = ordinal === 1 ? '' : `-${ordinal}`;
    if (this.node.tryFindChild(`services-range${suffix}`) !== undefined) {
      throw new Error(
        `network "${this.props.name}" has two ranges of role "storage" with ordinal ${ordinal}: number them`,
      );
    }
    const name = physicalName([this.props.name, `services${suffix}`], LIMITS.address);
    const resource = new ComputeGlobalAddress(this, `services-range${suffix}`, {
      name,
      project: this.projectId,
      purpose: 'VPC_PEERING',
      addressType: 'INTERNAL',
      address,
      prefixLength: prefix,
      network: this.networkPath,
      labels: resourceTags(this.props.tags),
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

class ImportedNetwork extends Construct implements INetwork {
  readonly projectId: string;
  readonly region: string;
  readonly zones: readonly string[];
  readonly networkName: string;
  readonly networkPath: string;
  readonly dependables: readonly ITerraformDependable[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly attributes: NetworkAttributes,
  ) {
    super(scope, id);
    this.projectId = attributes.projectId;
    this.region = attributes.region;
    this.zones = attributes.zones;
    this.networkName = networkName(attributes.name);
    this.networkPath = networkPath(attributes);
  }

  subnetsFor(role: SubnetRole, filter: SubnetFilter = {}): readonly SubnetAllocation[] {
    return select(this.attributes.subnets, role, filter);
  }

  subnetName(allocation: SubnetAllocation): string {
    return subnetName(this.attributes.name, allocation);
  }
}

function networkName(name: string): string {
  return physicalName([name], LIMITS.network);
}

function networkPath({ name, projectId }: NetworkAttributes): string {
  return `projects/${projectId}/global/networks/${networkName(name)}`;
}

function subnetName(name: string, allocation: SubnetAllocation): string {
  return physicalName([name, allocation.key], LIMITS.subnetwork);
}

function select(subnets: readonly SubnetAllocation[], role: SubnetRole, filter: SubnetFilter) {
  return subnets.filter(
    (subnet) =>
      subnet.role === role &&
      (filter.zone === undefined || subnet.zone === filter.zone) &&
      (filter.owner === undefined || subnet.owner === filter.owner),
  );
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

/** Other networks route to the blocks of this one, so a range outside of them would be unreachable. */
function requireInside({ cidrs, subnets }: NetworkProps): void {
  for (const { key, role, cidr: range } of subnets) {
    if (role === 'pods' || role === 'services') continue;
    if ([range, ...cidrs].some((text) => Token.isUnresolved(text))) continue;
    if (cidrs.some((block) => cidrContains(cidr(block), cidr(range)))) continue;
    throw new Error(`range "${key}" is ${range}: it must lie in the network's blocks ${cidrs.join(', ')}`);
  }
}
