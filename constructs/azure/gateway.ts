import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { VirtualNetworkGateway } from '@cdktf/provider-azurerm/lib/virtual-network-gateway';
import { Construct, type IConstruct } from 'constructs';
import {
  AZURE_CIRCUIT_SKUS,
  AZURE_GATEWAY_SUBNET,
  AZURE_INSIDE_RANGES,
  AZURE_REGION_ZONES,
  AZURE_RESERVED_ASNS,
  AZURE_VPN_GENERATION,
  AZURE_VPN_SKUS,
  type AzureGatewaySkuRow,
  azureGatewaySku,
} from '../../estate/catalog/azure-links';
import { cidrContains, parseCidr } from '../../estate/cidr';
import type { Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { setNewer } from '../newer-arguments';
import { checkName, checkTags } from './checks';
import { LIMITS, parseResourceId, physicalName, type ResourceScope, resourceId, resourceTags } from './names';
import type { INetwork, NetworkSubnet } from './network-attributes';

/** What a gateway leads into: tunnels over the internet, or circuits of a provider. */
export type GatewayKind = 'vpn' | 'interconnect';

/** What a {@link Gateway} is known by: enough to name everything in it. */
export interface GatewayAttributes extends ResourceScope {
  /** First part of the names of what it consists of. */
  readonly name: string;
  /** Region of its network. */
  readonly region: string;
  /**
   * What it leads into.
   * @default ['vpn']
   */
  readonly kinds?: readonly GatewayKind[];
}

/** A gateway that links can be led through. */
export interface IGateway extends IConstruct, ResourceScope {
  /** Region of its network, in which links through it are made. */
  readonly region: string;
  /** Id of the gateway for tunnels; none where it has none. */
  readonly vpnGatewayId?: string;
  /** Id of the gateway for circuits; none where it has none. */
  readonly circuitGatewayId?: string;
  /** What must exist before a link through it. */
  readonly dependables: readonly ITerraformDependable[];
}

/** Options of a {@link Gateway}. */
export interface GatewayProps {
  /** First part of every physical name. */
  readonly name: string;
  /** Network that is reached through it; it has one subnet of the role `gateway`. */
  readonly network: INetwork;
  /** Number of its autonomous system, another one than that of every peer. */
  readonly asn: number;
  /**
   * What it leads into. Each kind is a gateway of its own, and a network has one of each at most.
   * @default ['vpn']
   */
  readonly kinds?: readonly GatewayKind[];
  /** Addresses inside of tunnels that each of its two instances has, `169.254.21.0` to `169.254.22.255`. */
  readonly insideAddresses: readonly (readonly string[])[];
  /**
   * What its tunnels carry together, Gbit/s, which sizes it.
   * @default 1
   */
  readonly vpnGbps?: number;
  /**
   * What its circuits carry together, Gbit/s, which sizes it.
   * @default 1
   */
  readonly circuitGbps?: number;
  /**
   * Whether Terraform refuses to destroy its addresses, which peers know, and gateways, which take most of an hour to make.
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
 * The gateway of a network: two instances that lead into tunnels with an address each, and beside it one for circuits.
 *
 * Routes are exchanged over BGP: peers learn the blocks of the virtual network, and its subnets what is behind the peers. It
 * is billed by the hour from the moment that it exists, whether anything goes through it or not.
 */
export class Gateway extends Construct implements IGateway {
  /**
   * A gateway that another stack has made; nothing is made or looked up.
   *
   * @throws ConstructError with `NameInvalid` when its name is empty
   */
  static fromGatewayAttributes(scope: Construct, id: string, attributes: GatewayAttributes): IGateway {
    const place = new Construct(scope, id);
    const { name, region, subscriptionId, resourceGroupName, kinds = ['vpn'] } = attributes;
    checkName(place, 'a gateway', name);
    const idOf = (kind: GatewayKind) =>
      kinds.includes(kind)
        ? resourceId(attributes, 'Microsoft.Network/virtualNetworkGateways', gatewayNameOf(name, kind))
        : undefined;
    return Object.assign(place, {
      region,
      subscriptionId,
      resourceGroupName,
      vpnGatewayId: idOf('vpn'),
      circuitGatewayId: idOf('interconnect'),
      dependables: [],
    });
  }

  /** Subscription of everything in it. */
  readonly subscriptionId: string;
  /** Resource group of everything in it. */
  readonly resourceGroupName: string;
  /** Region of its network, in which links through it are made. */
  readonly region: string;
  /** Public addresses of its instances, known once they are made, long before the gateway; none without tunnels. */
  readonly addresses: readonly string[];
  /** Id of the gateway for tunnels; none where it has none. */
  readonly vpnGatewayId?: string;
  /** Id of the gateway for circuits; none where it has none. */
  readonly circuitGatewayId?: string;
  /** What must exist before a link through it. */
  readonly dependables: readonly ITerraformDependable[];
  private readonly tags: Record<string, string>;
  private readonly place: { readonly resourceGroupName: string; readonly location: string };
  private readonly lifecycle?: { readonly preventDestroy: true };

  /**
   * @throws ConstructError with `NameInvalid`, `CountInvalid`, `RangeInvalid`, `SizeInvalid`, `SubnetMissing` or `TagInvalid`
   * when a prop cannot be right
   */
  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id);
    check(this, props);
    const { network, kinds = ['vpn'] } = props;
    this.subscriptionId = network.subscriptionId;
    this.resourceGroupName = network.resourceGroupName;
    this.region = network.region;
    this.tags = resourceTags(props.tags);
    this.place = { resourceGroupName: network.resourceGroupName, location: network.region };
    this.lifecycle = props.deletionProtection === false ? undefined : { preventDestroy: true };
    const subnet = network.subnetFor('gateway');
    const subnetId = this.subnetOf(network, subnet);
    const addresses = kinds.includes('vpn')
      ? props.insideAddresses.map((_, index) => this.addAddress(props, index))
      : [];
    this.addresses = addresses.map(({ ipAddress }) => ipAddress);
    const vpn = kinds.includes('vpn') ? this.addVpn(props, subnetId, addresses) : undefined;
    const circuits = kinds.includes('interconnect') ? this.addCircuits(props, subnetId, vpn) : undefined;
    this.vpnGatewayId = vpn?.id;
    this.circuitGatewayId = circuits?.id;
    this.dependables = [vpn, circuits].flatMap((gateway) => gateway ?? []);
  }

  /** The subnet of the network's owner, or one that is made with the gateway: it is no use without one. */
  private subnetOf(network: INetwork, { id, cidr, isOwn }: NetworkSubnet): string {
    if (!isOwn) return id;
    const { names: [virtualNetworkName = ''] = [] } = parseResourceId(network.networkId, VIRTUAL_NETWORK) ?? {};
    return new Subnet(this, 'subnet', {
      name: AZURE_GATEWAY_SUBNET.name,
      resourceGroupName: network.resourceGroupName,
      virtualNetworkName,
      addressPrefixes: [cidr],
      defaultOutboundAccessEnabled: false,
      lifecycle: this.lifecycle,
    }).id;
  }

  /** In all zones of a region that has some, since one in a single zone would go with it. */
  private addAddress({ name, network }: GatewayProps, index: number): PublicIp {
    return new PublicIp(this, `address-${index}`, {
      name: physicalName([name, `address-${index}`], LIMITS.networkResource),
      ...this.place,
      allocationMethod: 'Static',
      sku: 'Standard',
      zones: network.zones.length === 0 ? undefined : [...AZURE_REGION_ZONES.zones],
      tags: this.tags,
      lifecycle: this.lifecycle,
    });
  }

  private addVpn(props: GatewayProps, subnetId: string, addresses: readonly PublicIp[]): VirtualNetworkGateway {
    const gateway = new VirtualNetworkGateway(this, 'Resource', {
      name: gatewayNameOf(props.name, 'vpn'),
      ...this.place,
      type: 'Vpn',
      vpnType: 'RouteBased',
      generation: AZURE_VPN_GENERATION.value,
      sku: skuOf(this, 'vpn', props).sku,
      activeActive: true,
      ipConfiguration: addresses.map((address, index) => ({
        name: instanceOf(index),
        subnetId,
        publicIpAddressId: address.id,
      })),
      bgpSettings: {
        asn: props.asn,
        peeringAddresses: props.insideAddresses.map((inside, index) => ({
          ipConfigurationName: instanceOf(index),
          apipaAddresses: inside.length === 0 ? undefined : [...inside],
        })),
      },
      tags: this.tags,
      lifecycle: this.lifecycle,
    });
    setNewer(gateway, 'azurerm_virtual_network_gateway', { bgp_enabled: true });
    return gateway;
  }

  /** After the other one, since both change the subnet that they share; its address is the service's own. */
  private addCircuits(props: GatewayProps, subnetId: string, vpn?: VirtualNetworkGateway): VirtualNetworkGateway {
    return new VirtualNetworkGateway(this, 'circuits', {
      name: gatewayNameOf(props.name, 'interconnect'),
      ...this.place,
      type: 'ExpressRoute',
      sku: skuOf(this, 'interconnect', props).sku,
      ipConfiguration: [{ name: 'circuits', subnetId }],
      tags: this.tags,
      lifecycle: this.lifecycle,
      dependsOn: vpn === undefined ? undefined : [vpn],
    });
  }
}

const VIRTUAL_NETWORK = 'Microsoft.Network/virtualNetworks';

/** Instances of a gateway for tunnels. */
const INSTANCES = 2;

const instanceOf = (index: number) => `instance-${index}`;

function gatewayNameOf(name: string, kind: GatewayKind): string {
  return physicalName([name, kind === 'vpn' ? 'vpn' : 'circuits'], LIMITS.networkResource);
}

function skuOf(scope: Construct, kind: GatewayKind, props: GatewayProps): AzureGatewaySkuRow {
  const rows = kind === 'vpn' ? AZURE_VPN_SKUS : AZURE_CIRCUIT_SKUS;
  const gbps = (kind === 'vpn' ? props.vpnGbps : props.circuitGbps) ?? 1;
  const connections = kind === 'vpn' ? props.insideAddresses.flat().length : 1;
  const row = azureGatewaySku(rows, gbps, connections);
  if (row !== undefined) return row;
  const most = rows.map(({ sku, gbps, connections }) => `${sku} ${gbps} Gbit/s and ${connections}`).join(', ');
  const what = `gateway ${props.name} has to carry ${gbps} Gbit/s in ${connections} connections; there is ${most}`;
  throw new ConstructError(scope, 'SizeInvalid', `${what}: lead some of its links through another network`);
}

function check(scope: Construct, { name, asn, kinds = ['vpn'], insideAddresses, tags }: GatewayProps): void {
  checkName(scope, 'a gateway', name);
  checkTags(scope, `gateway ${name}`, tags);
  checkAsn(scope, `the number of gateway ${name}`, asn);
  if (kinds.length === 0) {
    throw new ConstructError(
      scope,
      'CountInvalid',
      `gateway ${name} leads nowhere: name "vpn", "interconnect" or both`,
    );
  }
  if (!kinds.includes('vpn')) return;
  if (insideAddresses.length !== INSTANCES) {
    const what = `gateway ${name} has inside addresses for ${insideAddresses.length} instances, and has ${INSTANCES}`;
    throw new ConstructError(scope, 'CountInvalid', `${what}: give one list for each`);
  }
  for (const address of insideAddresses.flat()) checkInside(scope, `an inside address of gateway ${name}`, address);
}

/** Fails where a number of an autonomous system is none that gateways of Azure, or their peers, may have. */
export function checkAsn(scope: IConstruct, what: string, asn: number): void {
  const { ranges } = AZURE_RESERVED_ASNS;
  if (Token.isUnresolved(asn)) return;
  const isKept = ranges.some(([from, to]) => asn >= from && asn <= to);
  if (Number.isInteger(asn) && asn >= 1 && asn < 2 ** 32 - 1 && !isKept) return;
  const kept = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
  throw new ConstructError(
    scope,
    'CountInvalid',
    `${what} is ${asn}: use a private number such as 64512, none of ${kept}`,
  );
}

/** Fails where an address inside of a tunnel is none that a gateway takes. */
export function checkInside(scope: IConstruct, what: string, address: string): void {
  if (Token.isUnresolved(address)) return;
  const { cidrs } = AZURE_INSIDE_RANGES;
  const host = parseCidr(`${address}/32`);
  const blocks = cidrs.flatMap((cidr) => parseCidr(cidr) ?? []);
  if (host !== undefined && blocks.some((block) => cidrContains(block, host))) return;
  throw new ConstructError(scope, 'RangeInvalid', `${what} is "${address}": use one of ${cidrs.join(' or ')}`);
}
