import { NatGateway } from '@cdktf/provider-azurerm/lib/nat-gateway';
import { NatGatewayPublicIpPrefixAssociation } from '@cdktf/provider-azurerm/lib/nat-gateway-public-ip-prefix-association';
import { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import { PrivateDnsZoneVirtualNetworkLink } from '@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link';
import { PublicIpPrefix } from '@cdktf/provider-azurerm/lib/public-ip-prefix';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { SubnetNatGatewayAssociation } from '@cdktf/provider-azurerm/lib/subnet-nat-gateway-association';
import { SubnetNetworkSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/subnet-network-security-group-association';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { Construct } from 'constructs';
import { azurePrivateDns, azureReservedNetworkRanges, type PrivateDnsRow } from '../../estate/catalog/azure';
import type { SubnetAllocation, SubnetRole } from '../../estate/catalog/types';
import { cidrsOverlap, parseCidr } from '../../estate/cidr';
import type { Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { LIMITS, physicalName, resourceId, resourceTags } from './names';
import { PrivateDns, privateDnsZoneName } from './private-dns';
import { after } from './role-assignment';

/** What a network is known by: enough to name everything in it. */
export interface NetworkAttributes {
  /** First part of every physical name. */
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroupName: string;
  readonly region: string;
  /** Zones of the region that are used, such as `1`; none where it has none. */
  readonly zones: readonly string[];
  readonly subnets: readonly SubnetAllocation[];
  /**
   * How nodes reach the internet: through a NAT gateway of their subnet, or not at all.
   * @default 'nat'
   */
  readonly egress?: 'nat' | 'none';
  /**
   * Resource group of private DNS zones that several networks share.
   * @default the network has zones of its own
   */
  readonly privateDnsResourceGroupName?: string;
}

/** Properties of Network. */
export interface NetworkProps extends NetworkAttributes {
  /** Address blocks; growth appends. */
  readonly cidrs: readonly string[];
  /** @default none */
  readonly tags?: Tags;
}

/** A subnet of a network. */
export interface NetworkSubnet extends SubnetAllocation {
  readonly name: string;
  readonly id: string;
  readonly securityGroupName: string;
  /** What must exist before anything is placed in it: its security group, its way out. */
  readonly ready: readonly ITerraformDependable[];
}

/** A network that clusters and file systems can be placed in. */
export interface INetwork {
  readonly name: string;
  readonly networkId: string;
  readonly subscriptionId: string;
  readonly resourceGroupName: string;
  readonly region: string;
  readonly zones: readonly string[];
  readonly egress: 'nat' | 'none';
  /** Links to private DNS zones, which must exist before anything looks a name up. */
  readonly dnsReady: readonly ITerraformDependable[];
  /** The subnets of a role, those of one zone or owner where asked. */
  subnetsFor(role: SubnetRole, filter?: { readonly zone?: string; readonly owner?: string }): readonly NetworkSubnet[];
  /** The only such subnet; fails when there is none or more than one. */
  subnetFor(role: SubnetRole, owner?: string): NetworkSubnet;
  privateDnsZoneId(service: PrivateDnsRow['service']): string;
}

/** A network as its names describe it; subnets that are made here bring their references and what they wait for. */
function describeNetwork(attributes: NetworkAttributes, subnets: readonly NetworkSubnet[]): Omit<INetwork, 'dnsReady'> {
  const { name, subscriptionId, resourceGroupName, region, zones, egress = 'nat' } = attributes;
  const subnetsFor: INetwork['subnetsFor'] = (role, { zone, owner } = {}) =>
    subnets.filter(
      (subnet) =>
        subnet.role === role &&
        (zone === undefined || subnet.zone === zone) &&
        (owner === undefined || subnet.owner === owner),
    );
  return {
    name,
    networkId: resourceId(attributes, 'Microsoft.Network/virtualNetworks', networkNameOf(name)),
    subscriptionId,
    resourceGroupName,
    region,
    zones,
    egress,
    subnetsFor,
    subnetFor(role, owner) {
      const found = subnetsFor(role, { owner });
      const [only] = found;
      if (only !== undefined && found.length === 1) return only;
      const keys = subnetsFor(role).map(({ key }) => key);
      throw new Error(
        `network ${name} has ${found.length} subnets for ${role}${owner === undefined ? '' : ` of ${owner}`}, not one ` +
          `(for ${role}: ${keys.join(', ') || 'none'}): name the owner, or add the subnet`,
      );
    },
    privateDnsZoneId(service) {
      const group = attributes.privateDnsResourceGroupName ?? resourceGroupName;
      const scope = { subscriptionId, resourceGroupName: group };
      return resourceId(scope, 'Microsoft.Network/privateDnsZones', privateDnsZoneName(service, region));
    },
  };
}

/** Names and id of a subnet, before it exists. */
function describeSubnet(network: NetworkAttributes, allocation: SubnetAllocation): NetworkSubnet {
  const name = physicalName([network.name, allocation.key], LIMITS.networkResource);
  const id = resourceId(network, 'Microsoft.Network/virtualNetworks/subnets', networkNameOf(network.name), name);
  const securityGroupName = physicalName([network.name, allocation.key, 'nsg'], LIMITS.networkResource);
  return { ...allocation, name, id, securityGroupName, ready: [] };
}

function networkNameOf(name: string): string {
  return physicalName([name, 'network'], LIMITS.virtualNetwork);
}

/**
 * A virtual network with its subnets, their security groups and their way to the internet.
 *
 * Private throughout: no subnet has default outbound access, and nothing in it has a public address but the NAT
 * gateways. Node subnets have a gateway each, so that one cluster cannot exhaust the ports of another.
 */
export class Network extends Construct implements INetwork {
  /** A network that another stack made, found by its name; nothing is looked up. */
  static fromNetworkName(scope: Construct, id: string, attributes: NetworkAttributes): INetwork {
    const subnets = attributes.subnets.map((subnet) => describeSubnet(attributes, subnet));
    return Object.assign(new Construct(scope, id), describeNetwork(attributes, subnets), { dnsReady: [] });
  }

  readonly name: string;
  readonly networkId: string;
  readonly subscriptionId: string;
  readonly resourceGroupName: string;
  readonly region: string;
  readonly zones: readonly string[];
  readonly egress: 'nat' | 'none';
  readonly dnsReady: readonly ITerraformDependable[];
  readonly subnetsFor: INetwork['subnetsFor'];
  readonly subnetFor: INetwork['subnetFor'];
  readonly privateDnsZoneId: INetwork['privateDnsZoneId'];
  private readonly tags: Record<string, string>;
  private readonly place: { readonly resourceGroupName: string; readonly location: string };
  private storageGateway?: NatGateway;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    refuseReserved(props.cidrs);
    this.tags = resourceTags(props.tags);
    this.place = { resourceGroupName: props.resourceGroupName, location: props.region };
    const network = new VirtualNetwork(this, 'Resource', {
      name: networkNameOf(props.name),
      ...this.place,
      addressSpace: [...props.cidrs],
      tags: this.tags,
      lifecycle: { preventDestroy: true },
    });
    const subnets = props.subnets.map((allocation) => this.addSubnet(network, props, allocation));
    const described = describeNetwork(props, subnets);
    this.name = described.name;
    this.networkId = described.networkId;
    this.subscriptionId = described.subscriptionId;
    this.resourceGroupName = described.resourceGroupName;
    this.region = described.region;
    this.zones = described.zones;
    this.egress = described.egress;
    this.subnetsFor = described.subnetsFor;
    this.subnetFor = described.subnetFor;
    this.privateDnsZoneId = described.privateDnsZoneId;
    this.dnsReady = this.linkPrivateDns(network, props);
  }

  private addSubnet(network: VirtualNetwork, props: NetworkProps, allocation: SubnetAllocation): NetworkSubnet {
    const described = describeSubnet(props, allocation);
    const { key, role } = allocation;
    const place = new Construct(this, key);
    const subnet = new Subnet(place, 'Resource', {
      name: described.name,
      resourceGroupName: props.resourceGroupName,
      virtualNetworkName: network.name,
      addressPrefixes: [allocation.cidr],
      defaultOutboundAccessEnabled: false,
      privateEndpointNetworkPolicies: role === 'endpoints' ? 'NetworkSecurityGroupEnabled' : undefined,
      delegation: role === 'control-plane' ? [API_SERVER] : undefined,
      // Nodes, API servers and file systems never leave the subnet that they were made in.
      lifecycle: { preventDestroy: true },
    });
    const ready: ITerraformDependable[] = [];
    // AKS manages the traffic of the delegated subnet itself.
    if (role !== 'control-plane') {
      const group = new NetworkSecurityGroup(place, 'nsg', {
        name: described.securityGroupName,
        ...this.place,
        tags: this.tags,
      });
      ready.push(
        new SubnetNetworkSecurityGroupAssociation(place, 'nsg-association', {
          subnetId: subnet.id,
          networkSecurityGroupId: group.id,
        }),
      );
    }
    const gateway = props.egress === 'none' ? undefined : this.gatewayFor(place, props.name, allocation);
    if (gateway !== undefined) {
      ready.push(
        new SubnetNatGatewayAssociation(place, 'nat-association', { subnetId: subnet.id, natGatewayId: gateway.id }),
      );
    }
    return { ...described, id: subnet.id, ready };
  }

  private gatewayFor(scope: Construct, name: string, { key, role }: SubnetAllocation): NatGateway | undefined {
    if (role === 'nodes') return this.addGateway(scope, [name, key], NODE_ADDRESSES_PREFIX);
    // Lustre servers must reach Azure's own services; one gateway is enough for all of them.
    if (role !== 'storage') return undefined;
    this.storageGateway ??= this.addGateway(
      new Construct(this, 'file-systems'),
      [name, 'file-systems'],
      STORAGE_ADDRESSES_PREFIX,
    );
    return this.storageGateway;
  }

  /** A NAT gateway without a zone: naming one would tie the addresses to it, and a change replaces them. */
  private addGateway(scope: Construct, names: readonly string[], prefixLength: number): NatGateway {
    const addresses = new PublicIpPrefix(scope, 'nat-addresses', {
      name: physicalName([...names, 'nat-addresses'], LIMITS.networkResource),
      ...this.place,
      prefixLength,
      tags: this.tags,
    });
    const gateway = new NatGateway(scope, 'nat', {
      name: physicalName([...names, 'nat'], LIMITS.networkResource),
      ...this.place,
      skuName: 'Standard',
      tags: this.tags,
    });
    new NatGatewayPublicIpPrefixAssociation(scope, 'nat-addresses-association', {
      natGatewayId: gateway.id,
      publicIpPrefixId: addresses.id,
    });
    return gateway;
  }

  private linkPrivateDns(network: VirtualNetwork, props: NetworkProps): ITerraformDependable[] {
    const shared = props.privateDnsResourceGroupName;
    const own =
      shared === undefined
        ? new PrivateDns(this, 'private-dns', { ...props, regions: [props.region] }).zones
        : undefined;
    const links = new Construct(this, 'private-dns-links');
    return azurePrivateDns.map(
      ({ service }) =>
        new PrivateDnsZoneVirtualNetworkLink(links, service, {
          name: physicalName([props.name, service], LIMITS.networkResource),
          resourceGroupName: shared ?? props.resourceGroupName,
          privateDnsZoneName: privateDnsZoneName(service, props.region),
          virtualNetworkId: network.id,
          registrationEnabled: false,
          tags: this.tags,
          dependsOn: after(own),
        }),
    );
  }
}

/** 16 addresses: the most that a gateway takes, about 230 ports for each of 4,500 nodes. */
const NODE_ADDRESSES_PREFIX = 28;
const STORAGE_ADDRESSES_PREFIX = 31;

const API_SERVER = {
  name: 'api-server',
  serviceDelegation: {
    name: 'Microsoft.ContainerService/managedClusters',
    actions: ['Microsoft.Network/virtualNetworks/subnets/join/action'],
  },
};

/** Fails when a zone is none of a network's; `what` is put into it. */
export function refuseForeignZone(what: string, zone: string | undefined, network: INetwork): void {
  if (zone === undefined || Token.isUnresolved(zone) || network.zones.includes(zone)) return;
  throw new Error(
    `${what}: zone "${zone}" is none of network ${network.name}'s (${network.zones.join(', ') || 'it has none'})`,
  );
}

function refuseReserved(cidrs: readonly string[]): void {
  for (const text of cidrs) {
    const block = parseCidr(text);
    for (const reserved of azureReservedNetworkRanges) {
      const range = parseCidr(reserved.cidr);
      if (block === undefined || range === undefined || !cidrsOverlap(block, range)) continue;
      throw new Error(
        `${text} overlaps ${reserved.cidr}, which Azure's RDMA network uses: choose a block outside of it`,
      );
    }
  }
}
