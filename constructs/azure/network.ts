import { NatGateway } from '@cdktf/provider-azurerm/lib/nat-gateway';
import { NatGatewayPublicIpPrefixAssociation } from '@cdktf/provider-azurerm/lib/nat-gateway-public-ip-prefix-association';
import { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import { PrivateDnsZoneVirtualNetworkLink } from '@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link';
import { PublicIpPrefix } from '@cdktf/provider-azurerm/lib/public-ip-prefix';
import { RouteTable } from '@cdktf/provider-azurerm/lib/route-table';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { SubnetNatGatewayAssociation } from '@cdktf/provider-azurerm/lib/subnet-nat-gateway-association';
import { SubnetNetworkSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/subnet-network-security-group-association';
import { SubnetRouteTableAssociation } from '@cdktf/provider-azurerm/lib/subnet-route-table-association';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { Construct } from 'constructs';
import { azurePrivateDns, azureReservedNetworkRanges } from '../../estate/catalog/azure';
import type { SubnetAllocation } from '../../estate/catalog/types';
import { cidrContains, cidrsOverlap, parseCidr } from '../../estate/cidr';
import type { Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { setSuccessors } from '../newer-arguments';
import { checkRange } from '../terraform-checks';
import { checkTags } from './checks';
import { LIMITS, physicalName, resourceId, resourceTags } from './names';
import {
  checkAttributes,
  describeNetwork,
  describeSubnet,
  type INetwork,
  importNetwork,
  type NetworkAttributes,
  type NetworkSubnet,
  networkGrants,
  networkNameOf,
  securityGroupNameOf,
  subnetNameOf,
} from './network-attributes';
import { PrivateDns, privateDnsZoneName } from './private-dns';
import { after } from './role-assignment';

/** Options of a {@link Network}. */
export interface NetworkProps extends Omit<NetworkAttributes, 'networkId' | 'subnets'> {
  /** Address blocks; growth appends. */
  readonly cidrs: readonly string[];
  /** Its subnets, each with a role. */
  readonly subnets: readonly SubnetAllocation[];
  /**
   * Addresses of DNS servers, such as those of a hub, which then resolve the names of private zones.
   * @default - those of Azure
   */
  readonly dnsServers?: readonly string[];
  /**
   * Whether Terraform refuses to destroy the network and its subnets.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Tags of everything in it that takes them.
   * @default - none
   */
  readonly tags?: Tags;
}

/**
 * A virtual network with its subnets, their security groups and their way to the internet.
 *
 * Private throughout: no subnet has default outbound access, and nothing in it has a public address but the NAT
 * gateways. Node subnets have a gateway each, so that one cluster cannot exhaust the ports of another.
 */
export class Network extends Construct implements INetwork {
  /**
   * A network that is there already, made by another stack or by somebody else; nothing is made or looked up.
   *
   * @throws ConstructError with `IdInvalid` or `RangeInvalid` when an id or a range is none
   */
  static fromNetworkAttributes(scope: Construct, id: string, attributes: NetworkAttributes): INetwork {
    return importNetwork(scope, id, attributes);
  }

  /** First part of the names of what it consists of. */
  readonly name: INetwork['name'];
  /** Id of the virtual network. */
  readonly networkId: INetwork['networkId'];
  /** Subscription in which what is placed in it is made. */
  readonly subscriptionId: INetwork['subscriptionId'];
  /** Resource group in which what is placed in it is made. */
  readonly resourceGroupName: INetwork['resourceGroupName'];
  /** Region of the network and of all that is placed in it. */
  readonly region: INetwork['region'];
  /** Zones that are used; none where the region has none. */
  readonly zones: INetwork['zones'];
  /** How nodes reach the internet. */
  readonly egress: INetwork['egress'];
  /** Links to private DNS zones, which must exist before anything looks a name up. */
  readonly dependables: INetwork['dependables'];
  /** Gives identities the roles that placing something in it takes. */
  readonly grants: INetwork['grants'];
  /** The subnets of a role, those of one zone or owner where asked. */
  readonly subnetsFor: INetwork['subnetsFor'];
  /** The only such subnet; fails when there is none or more than one. */
  readonly subnetFor: INetwork['subnetFor'];
  /** Id of the private DNS zone of a service. */
  readonly privateDnsZoneId: INetwork['privateDnsZoneId'];
  private readonly tags: Record<string, string>;
  private readonly place: { readonly resourceGroupName: string; readonly location: string };
  private readonly lifecycle?: { readonly preventDestroy: true };
  private storageGateway?: NatGateway;
  private routes?: RouteTable;

  /** @throws ConstructError with `NameInvalid`, `RangeInvalid`, `IdInvalid` or `TagInvalid` when a prop cannot be right */
  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    check(this, props);
    this.tags = resourceTags(props.tags);
    this.place = { resourceGroupName: props.resourceGroupName, location: props.region };
    this.lifecycle = props.deletionProtection === false ? undefined : { preventDestroy: true };
    const network = new VirtualNetwork(this, 'Resource', {
      name: networkNameOf(props.name),
      ...this.place,
      addressSpace: [...props.cidrs],
      dnsServers: props.dnsServers === undefined ? undefined : [...props.dnsServers],
      tags: this.tags,
      lifecycle: this.lifecycle,
    });
    const subnets = props.subnets.map((allocation) =>
      // Made together with the gateway, which nothing but a link asks for.
      allocation.role === 'gateway'
        ? describeSubnet(this, props, allocation)
        : this.addSubnet(network, props, allocation),
    );
    const described = describeNetwork(this, props, subnets);
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
    this.dependables = this.linkPrivateDns(network, props);
    this.grants = networkGrants(this, props);
  }

  private addSubnet(network: VirtualNetwork, props: NetworkProps, allocation: SubnetAllocation): NetworkSubnet {
    const described = describeSubnet(this, props, allocation);
    const { key, role } = allocation;
    const place = new Construct(this, key);
    const subnet = new Subnet(place, 'Resource', {
      name: subnetNameOf(props.name, key),
      resourceGroupName: props.resourceGroupName,
      virtualNetworkName: network.name,
      addressPrefixes: [allocation.cidr],
      defaultOutboundAccessEnabled: false,
      privateEndpointNetworkPolicies: role === 'endpoints' ? 'NetworkSecurityGroupEnabled' : undefined,
      delegation: role === 'control-plane' ? [API_SERVER] : undefined,
      // Nodes, API servers and file systems never leave the subnet that they were made in.
      lifecycle: this.lifecycle,
    });
    const group = new NetworkSecurityGroup(place, 'nsg', {
      name: securityGroupNameOf(props.name, key),
      ...this.place,
      tags: this.tags,
    });
    const dependables: ITerraformDependable[] = [
      new SubnetNetworkSecurityGroupAssociation(place, 'nsg-association', {
        subnetId: subnet.id,
        networkSecurityGroupId: group.id,
      }),
    ];
    const gateway = this.gatewayFor(place, props, allocation);
    if (gateway !== undefined) {
      dependables.push(
        new SubnetNatGatewayAssociation(place, 'nat-association', { subnetId: subnet.id, natGatewayId: gateway.id }),
      );
    }
    const routes = this.routesFor(props, allocation);
    if (routes !== undefined) {
      dependables.push(
        new SubnetRouteTableAssociation(place, 'routes-association', { subnetId: subnet.id, routeTableId: routes.id }),
      );
    }
    return { ...described, id: subnet.id, dependables };
  }

  private gatewayFor(scope: Construct, { name, egress = 'nat' }: NetworkProps, { key, role }: SubnetAllocation) {
    if (egress !== 'nat') return undefined;
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

  /** The way of nodes and file systems through an appliance; one table is enough for all of them. */
  private routesFor({ name, egress }: NetworkProps, { role }: SubnetAllocation): RouteTable | undefined {
    if (typeof egress !== 'object' || (role !== 'nodes' && role !== 'storage')) return undefined;
    this.routes ??= new RouteTable(this, 'routes', {
      name: physicalName([name, 'routes'], LIMITS.networkResource),
      ...this.place,
      route: [
        {
          name: 'internet',
          addressPrefix: '0.0.0.0/0',
          nextHopType: 'VirtualAppliance',
          nextHopInIpAddress: egress.via,
        },
      ],
      tags: this.tags,
    });
    return this.routes;
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

  /** Zones that are named by id are linked by their owner, whose resources the links are. */
  private linkPrivateDns(network: VirtualNetwork, props: NetworkProps): ITerraformDependable[] {
    const shared = props.privateDnsResourceGroupName;
    const services = azurePrivateDns
      .map(({ service }) => service)
      .filter((service) => props.privateDnsZoneIds?.[service] === undefined);
    if (services.length === 0) return [];
    const own =
      shared === undefined
        ? new PrivateDns(this, 'private-dns', { ...props, services, regions: [props.region] }).zones
        : undefined;
    const links = new Construct(this, 'private-dns-links');
    return services.map((service) => {
      const place = { ...props, resourceGroupName: shared ?? props.resourceGroupName };
      const zone = privateDnsZoneName(this, service, props.region);
      const link = new PrivateDnsZoneVirtualNetworkLink(links, service, {
        name: physicalName([props.name, service], LIMITS.networkResource),
        resourceGroupName: place.resourceGroupName,
        privateDnsZoneName: zone,
        virtualNetworkId: network.id,
        registrationEnabled: false,
        tags: this.tags,
        dependsOn: after(own),
      });
      const zoneId = resourceId(place, 'Microsoft.Network/privateDnsZones', zone);
      setSuccessors(link, 'azurerm_private_dns_zone_virtual_network_link', { private_dns_zone_id: zoneId });
      return link;
    });
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

function check(scope: Construct, props: NetworkProps): void {
  const { name, cidrs, subnets } = props;
  checkAttributes(scope, props);
  checkTags(scope, `network ${name}`, props.tags);
  const blocks = cidrs.map((text) => checkRange(scope, `a block of network ${name}`, text));
  checkReserved(scope, cidrs);
  for (const { key, cidr } of subnets) {
    const range = Token.isUnresolved(cidr) ? undefined : parseCidr(cidr);
    if (range === undefined || blocks.some((block) => block === undefined || cidrContains(block, range))) continue;
    const what = `subnet ${key} is ${cidr}, outside of network ${name} (${cidrs.join(', ')}): move it, or add a block`;
    throw new ConstructError(scope, 'RangeInvalid', what);
  }
  checkDisjoint(scope, subnets);
}

function checkDisjoint(scope: Construct, subnets: readonly SubnetAllocation[]): void {
  const ranges = subnets.flatMap(({ key, cidr }) => {
    const range = Token.isUnresolved(cidr) ? undefined : parseCidr(cidr);
    return range === undefined ? [] : [{ key, cidr, range }];
  });
  for (const [index, one] of ranges.entries()) {
    const other = ranges.slice(index + 1).find(({ range }) => cidrsOverlap(one.range, range));
    if (other === undefined) continue;
    const what = `subnets ${one.key} (${one.cidr}) and ${other.key} (${other.cidr}) overlap: move one of them`;
    throw new ConstructError(scope, 'RangeInvalid', what);
  }
}

function checkReserved(scope: Construct, cidrs: readonly string[]): void {
  for (const text of cidrs) {
    const block = parseCidr(text);
    for (const reserved of azureReservedNetworkRanges) {
      const range = parseCidr(reserved.cidr);
      if (block === undefined || range === undefined || !cidrsOverlap(block, range)) continue;
      const what = `${text} overlaps ${reserved.cidr}, which Azure's RDMA network uses: choose a block outside of it`;
      throw new ConstructError(scope, 'RangeInvalid', what);
    }
  }
}
