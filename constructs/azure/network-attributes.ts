import { Construct, type IConstruct } from 'constructs';
import { AZURE_GATEWAY_SUBNET } from '../../estate/catalog/azure-links';
import type { SubnetAllocation, SubnetRole } from '../../estate/catalog/types';
import { parseCidr } from '../../estate/cidr';
import { type ITerraformDependable, type TerraformProvider, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { Grant } from '../grant';
import { type SubnetFilter, subnetsOf } from '../subnets';
import { checkRange } from '../terraform-checks';
import { checkId, checkName } from './checks';
import { LIMITS, physicalName, type ResourceScope, resourceId } from './names';
import { type PrivateDnsService, privateDnsZoneName } from './private-dns';
import { assignRole } from './role-assignment';

/**
 * How nodes reach the internet: through a NAT gateway of their subnet, not at all, or through an appliance of the
 * network's owner, such as the firewall of a hub, at an address.
 */
export type NetworkEgress = 'nat' | 'none' | { readonly via: string };

/** What a subnet of a {@link Network} is known by. */
export interface SubnetAttributes extends SubnetAllocation {
  /**
   * Id of the subnet.
   * @default - the one that a {@link Network} of this name gives it
   */
  readonly subnetId?: string;
  /**
   * Id of its network security group, where rules for file systems may be added to it.
   * @default - the one that a {@link Network} of this name gives it; of a subnet with an id of its own, none: whoever
   * owns the network writes the rules
   */
  readonly securityGroupId?: string;
}

/** What a {@link Network} is known by: enough to name everything in it. */
export interface NetworkAttributes extends ResourceScope {
  /** First part of every physical name. */
  readonly name: string;
  /** Subscription in which what is placed in the network is made, and the network itself unless it has an id. */
  readonly subscriptionId: string;
  /** Resource group in which what is placed in the network is made, and the network itself unless it has an id. */
  readonly resourceGroupName: string;
  /**
   * Id of the virtual network, such as that of a landing zone in another resource group or subscription.
   * @default - the one that a {@link Network} of this name has
   */
  readonly networkId?: string;
  /** Region of the network and of all that is placed in it. */
  readonly region: string;
  /** Zones of the region that are used, such as `1`; none where it has none. */
  readonly zones: readonly string[];
  /** Its subnets, each with a role. */
  readonly subnets: readonly SubnetAttributes[];
  /**
   * How nodes reach the internet.
   * @default 'nat'
   */
  readonly egress?: NetworkEgress;
  /**
   * Resource group of private DNS zones that several networks of the subscription share.
   * @default - the network has zones of its own
   */
  readonly privateDnsResourceGroupName?: string;
  /**
   * Ids of private DNS zones, such as those of a hub in another subscription. Their owner links them to the network, or
   * resolves their names for it.
   * @default - zones of the shared resource group, or of the network
   */
  readonly privateDnsZoneIds?: Readonly<Partial<Record<PrivateDnsService, string>>>;
  /**
   * Whether clusters are given their roles on what has an id above: `Network Contributor` on their two subnets, `Private
   * DNS Zone Contributor` on the network and on the zone for API servers. Whoever applies must then be allowed to.
   * @default - on what lies in `subscriptionId`; elsewhere its owner gives them
   */
  readonly assignsRoles?: boolean;
  /**
   * Provider that rules in security groups of another subscription are made with.
   * @default - none: such rules are refused
   */
  readonly securityProvider?: TerraformProvider;
}

/** A network security group that rules are added to. */
export interface SecurityGroup extends ResourceScope {
  /** Name of the group. */
  readonly name: string;
  /**
   * Provider of its subscription.
   * @default - that of the stack
   */
  readonly provider?: TerraformProvider;
}

/** A subnet of a network. */
export interface NetworkSubnet extends SubnetAllocation {
  /** Id of the subnet. */
  readonly id: string;
  /** Its network security group; none where rules are not to be added to it. */
  readonly securityGroup?: SecurityGroup;
  /** Whether a {@link Network} of this library made it: clusters in it then say who reaches them. */
  readonly isOwn: boolean;
  /** What must exist before anything is placed in it: its security group, its way out. */
  readonly dependables: readonly ITerraformDependable[];
}

/** A network that clusters and file systems can be placed in. */
export interface INetwork extends IConstruct, ResourceScope {
  /** First part of the names of what it consists of. */
  readonly name: string;
  /** Id of the virtual network. */
  readonly networkId: string;
  /** Subscription in which what is placed in it is made. */
  readonly subscriptionId: string;
  /** Resource group in which what is placed in it is made. */
  readonly resourceGroupName: string;
  /** Region of the network and of all that is placed in it. */
  readonly region: string;
  /** Zones that are used; none where the region has none. */
  readonly zones: readonly string[];
  /** How nodes reach the internet. */
  readonly egress: NetworkEgress;
  /** Links to private DNS zones, which must exist before anything looks a name up. */
  readonly dependables: readonly ITerraformDependable[];
  /** Gives identities the roles that placing something in it takes. */
  readonly grants: NetworkGrants;
  /** The subnets of a role, those of one zone or owner where asked. */
  subnetsFor(role: SubnetRole, filter?: SubnetFilter): readonly NetworkSubnet[];
  /**
   * The only such subnet.
   * @throws ConstructError with `SubnetMissing` when there is none or more than one
   */
  subnetFor(role: SubnetRole, owner?: string): NetworkSubnet;
  /** Id of the private DNS zone of a service. */
  privateDnsZoneId(service: PrivateDnsService): string;
}

/** Gives identities the roles that placing something in a network takes. */
export class NetworkGrants {
  /**
   * @param network the network
   * @param given which of the roles are its owner's to give
   */
  constructor(
    private readonly network: Pick<INetwork, 'networkId' | 'dependables' | 'privateDnsZoneId'>,
    private readonly given: { readonly join: boolean; readonly writeNames: boolean },
  ) {}

  /** Put machines, load balancers and API servers into a subnet (`Network Contributor` on the subnet alone). */
  join(scope: Construct, id: string, principalId: string, subnet: NetworkSubnet): Grant {
    if (this.given.join) return new Grant();
    const role = { role: 'Network Contributor', on: subnet.id, principalId };
    return new Grant([assignRole(scope, id, { ...role, dependsOn: subnet.dependables })]);
  }

  /**
   * Link private DNS zones to the network, which AKS does where a zone has no link: `Private DNS Zone Contributor`, which
   * lets nothing be done to a network but read it and join it.
   *
   * @param subnet one of its subnets, which the role waits for
   */
  linkNames(scope: Construct, id: string, principalId: string, subnet: NetworkSubnet): Grant {
    if (this.given.join) return new Grant();
    const { networkId, dependables } = this.network;
    const role = { role: 'Private DNS Zone Contributor', on: networkId, principalId };
    return new Grant([assignRole(scope, id, { ...role, dependsOn: [...subnet.dependables, ...dependables] })]);
  }

  /** Write the name of an API server into its zone (`Private DNS Zone Contributor`). */
  writeNames(scope: Construct, id: string, principalId: string): Grant {
    if (this.given.writeNames) return new Grant();
    const on = this.network.privateDnsZoneId('kubernetes');
    const role = { role: 'Private DNS Zone Contributor', on, principalId };
    return new Grant([assignRole(scope, id, { ...role, dependsOn: this.network.dependables })]);
  }
}

/** What of a network follows from its attributes; `dependables` is what the links of its zones are. */
export type DescribedNetwork = Omit<INetwork, keyof IConstruct | 'dependables' | 'grants'>;

/** A network as its attributes describe it; subnets that are made bring their references and what they wait for. */
export function describeNetwork(
  scope: Construct,
  attributes: NetworkAttributes,
  subnets: readonly NetworkSubnet[],
): DescribedNetwork {
  const { name, subscriptionId, resourceGroupName, region, zones, egress = 'nat' } = attributes;
  const subnetsFor: INetwork['subnetsFor'] = (role, filter) => subnetsOf(subnets, role, filter);
  return {
    name,
    networkId: attributes.networkId ?? networkIdOf(attributes),
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
      throw new ConstructError(
        scope,
        'SubnetMissing',
        `network ${name} has ${found.length} subnets for ${role}${owner === undefined ? '' : ` of ${owner}`}, not one ` +
          `(for ${role}: ${keys.join(', ') || 'none'}): name the owner, or add the subnet`,
      );
    },
    privateDnsZoneId(service) {
      const given = attributes.privateDnsZoneIds?.[service];
      if (given !== undefined) return given;
      const group = attributes.privateDnsResourceGroupName ?? resourceGroupName;
      const place = { subscriptionId, resourceGroupName: group };
      return resourceId(place, 'Microsoft.Network/privateDnsZones', privateDnsZoneName(scope, service, region));
    },
  };
}

/** Who gives roles on a network and on its zone for API servers: the owner of what lies elsewhere, unless asked. */
export function networkGrants(
  network: Pick<INetwork, 'networkId' | 'dependables' | 'privateDnsZoneId'>,
  { networkId, privateDnsZoneIds, subscriptionId, assignsRoles }: NetworkAttributes,
): NetworkGrants {
  const isGiven = (id: string | undefined) =>
    id !== undefined && !(assignsRoles ?? id.startsWith(`/subscriptions/${subscriptionId}/`));
  return new NetworkGrants(network, { join: isGiven(networkId), writeNames: isGiven(privateDnsZoneIds?.kubernetes) });
}

/** Names and id of a subnet, before it exists. */
export function describeSubnet(scope: Construct, network: NetworkAttributes, subnet: SubnetAttributes): NetworkSubnet {
  const { subnetId, securityGroupId, ...allocation } = subnet;
  if (subnetId === undefined && network.networkId === undefined) {
    const isGateway = subnet.role === 'gateway';
    const own = isGateway ? AZURE_GATEWAY_SUBNET.name : subnetNameOf(network.name, subnet.key);
    const id = resourceId(network, 'Microsoft.Network/virtualNetworks/subnets', networkNameOf(network.name), own);
    // Gateways work in a subnet without a group only.
    if (isGateway) return { ...allocation, id, isOwn: true, dependables: [] };
    const { subscriptionId, resourceGroupName } = network;
    const name = securityGroupNameOf(network.name, subnet.key);
    const securityGroup = { subscriptionId, resourceGroupName, name };
    return { ...allocation, id, securityGroup, isOwn: true, dependables: [] };
  }
  if (subnetId === undefined) {
    throw new ConstructError(
      scope,
      'IdInvalid',
      `subnet ${subnet.key} has no id: in a network with an id of its own, name the subnetId of each subnet`,
    );
  }
  checkId(scope, `subnet ${subnet.key}`, 'Microsoft.Network/virtualNetworks/subnets', subnetId);
  return {
    ...allocation,
    id: subnetId,
    securityGroup:
      securityGroupId === undefined ? undefined : securityGroupOf(scope, network, subnet.key, securityGroupId),
    isOwn: false,
    dependables: [],
  };
}

function securityGroupOf(scope: Construct, network: NetworkAttributes, key: string, id: string): SecurityGroup {
  const type = 'Microsoft.Network/networkSecurityGroups';
  const parsed = checkId(scope, `the network security group of subnet ${key}`, type, id);
  const [name] = parsed?.names ?? [];
  if (parsed !== undefined && name !== undefined) {
    const { subscriptionId, resourceGroupName } = parsed;
    const isElsewhere = subscriptionId !== network.subscriptionId;
    return { subscriptionId, resourceGroupName, name, provider: isElsewhere ? network.securityProvider : undefined };
  }
  throw new ConstructError(
    scope,
    'IdInvalid',
    `the id of the network security group of subnet ${key} is known only when it is applied: its name is needed now`,
  );
}

/** A network that is there already; nothing is made, nothing is looked up. */
export function importNetwork(scope: Construct, id: string, attributes: NetworkAttributes): INetwork {
  const place = new Construct(scope, id);
  checkAttributes(place, attributes);
  const subnets = attributes.subnets.map((subnet) => describeSubnet(place, attributes, subnet));
  const network = { ...describeNetwork(place, attributes, subnets), dependables: [] };
  return Object.assign(place, network, { grants: networkGrants(network, attributes) });
}

/** Fails where attributes of a network cannot be right, whoever made it. */
export function checkAttributes(scope: Construct, attributes: NetworkAttributes): void {
  const { name, networkId, subnets, egress = 'nat', privateDnsZoneIds = {} } = attributes;
  checkName(scope, 'a network', name);
  if (networkId !== undefined) {
    checkId(scope, 'a virtual network', 'Microsoft.Network/virtualNetworks', networkId);
  }
  for (const { key, cidr } of subnets) checkRange(scope, `the range of subnet ${key}`, cidr);
  if (typeof egress === 'object' && !Token.isUnresolved(egress.via) && parseCidr(`${egress.via}/32`) === undefined) {
    const what = `the way out of network ${name} is "${egress.via}": it takes the IPv4 address of an appliance`;
    throw new ConstructError(scope, 'RangeInvalid', what);
  }
  for (const [service, zoneId] of Object.entries(privateDnsZoneIds)) {
    checkId(scope, `a private DNS zone for ${service}`, 'Microsoft.Network/privateDnsZones', zoneId);
  }
}

/** Fails when a zone is none of a network's; `what` is put into it. */
export function checkZone(scope: IConstruct, what: string, zone: string | undefined, network: INetwork): void {
  if (zone === undefined || Token.isUnresolved(zone) || network.zones.includes(zone)) return;
  throw new ConstructError(
    scope,
    'ZoneUnknown',
    `${what}: zone "${zone}" is none of network ${network.name}'s (${network.zones.join(', ') || 'it has none'})`,
  );
}

/** Name of the virtual network of a network. */
export function networkNameOf(name: string): string {
  return physicalName([name, 'network'], LIMITS.virtualNetwork);
}

/** Name of a subnet of a network. */
export function subnetNameOf(name: string, key: string): string {
  return physicalName([name, key], LIMITS.networkResource);
}

/** Name of the security group of a subnet of a network. */
export function securityGroupNameOf(name: string, key: string): string {
  return physicalName([name, key, 'nsg'], LIMITS.networkResource);
}

function networkIdOf(attributes: NetworkAttributes): string {
  return resourceId(attributes, 'Microsoft.Network/virtualNetworks', networkNameOf(attributes.name));
}
