import { NetworkSecurityRule } from '@cdktf/provider-azurerm/lib/network-security-rule';
import { Construct } from 'constructs';
import { AZURE_CLUSTER_RULES, type ClusterParty, type ClusterRuleRow } from '../../estate/catalog/azure-rules';
import { outermost } from '../../estate/cidr';
import { hash8 } from '../../estate/name';
import type { ITerraformDependable } from '../cdktf';
import { LIMITS, physicalName } from './names';
import type { NetworkSubnet } from './network-attributes';
import { after } from './role-assignment';

/** Where what a cluster consists of lies, and who else reaches its API server. */
export interface ClusterPlaces {
  /** Name of the cluster, which rules are named and ordered by. */
  readonly clusterName: string;
  /** Subnet of its nodes. */
  readonly nodes: NetworkSubnet;
  /** Subnet of its API server. */
  readonly controlPlane: NetworkSubnet;
  /** Range of its pods. */
  readonly podCidr: string;
  /** Ranges that reach the API server from elsewhere. */
  readonly clients: readonly string[];
}

/** Clusters that may share a subnet have rules of other priorities: all that let in come before all that deny. */
const ORDER = { first: 100, perCluster: 8, clusters: 400, denies: 3500 } as const;

/**
 * Closes the subnets of a cluster to everybody but those whom it needs, by the rows of {@link AZURE_CLUSTER_RULES}.
 * Nothing is made where a subnet has another owner, whose group it is then.
 *
 * Rules of others, such as for an internal load balancer, fit between both kinds: their priorities are 3300 to 3499.
 */
export function addClusterRules(scope: Construct, places: ClusterPlaces): readonly ITerraformDependable[] {
  return ROLES.flatMap((role) => closeSubnet(new Construct(scope, `${role}-rules`), role, places));
}

/** Where these rules stand below the construct of a cluster. */
export function clusterRulePaths(): readonly (readonly string[])[] {
  return ROLES.flatMap((role) =>
    [...rowsOf(role).map(({ id }) => id), OTHERS].map((id) => [`${role}-rules`, id] as const),
  );
}

const ROLES = ['nodes', 'control-plane'] as const satisfies readonly ClusterRuleRow['subnet'][];
const OTHERS = 'others';

function rowsOf(role: ClusterRuleRow['subnet']): readonly ClusterRuleRow[] {
  return AZURE_CLUSTER_RULES.filter(({ subnet }) => subnet === role);
}

function closeSubnet(
  scope: Construct,
  role: ClusterRuleRow['subnet'],
  places: ClusterPlaces,
): readonly ITerraformDependable[] {
  const subnet = role === 'nodes' ? places.nodes : places.controlPlane;
  const { securityGroup, isOwn } = subnet;
  if (securityGroup === undefined || !isOwn) return [];
  const { clusterName } = places;
  const slot = Number.parseInt(hash8(clusterName), 16) % ORDER.clusters;
  const common = {
    resourceGroupName: securityGroup.resourceGroupName,
    networkSecurityGroupName: securityGroup.name,
    direction: 'Inbound',
    sourcePortRange: '*',
  };
  const nameOf = (id: string) => physicalName([clusterName, id], LIMITS.networkResource);
  const admitted = rowsOf(role).flatMap((row, index) => {
    const from = partyOf(row.from, places);
    if (from === undefined) return [];
    return new NetworkSecurityRule(scope, row.id, {
      ...common,
      name: nameOf(row.id),
      access: 'Allow',
      priority: ORDER.first + slot * ORDER.perCluster + index,
      protocol: row.protocol,
      ...portsOf(row.ports),
      ...from,
      destinationAddressPrefixes: role === 'nodes' ? [subnet.cidr, places.podCidr] : [subnet.cidr],
      dependsOn: after(subnet.dependables),
    });
  });
  const others = new NetworkSecurityRule(scope, OTHERS, {
    ...common,
    name: nameOf(`others-to-${role}`),
    access: 'Deny',
    priority: ORDER.denies + slot,
    protocol: '*',
    destinationPortRange: '*',
    sourceAddressPrefix: 'VirtualNetwork',
    destinationAddressPrefix: '*',
    // Nobody is cut off from what runs already.
    dependsOn: admitted,
  });
  return [...admitted, others];
}

/** Azure knows some parties by name; a rule without addresses is none, and is left out. */
function partyOf(party: ClusterParty, { nodes, controlPlane, podCidr, clients }: ClusterPlaces) {
  switch (party) {
    case 'nodes':
      return { sourceAddressPrefixes: [nodes.cidr] };
    case 'pods':
      return { sourceAddressPrefixes: [podCidr] };
    case 'control-plane':
      return { sourceAddressPrefixes: [controlPlane.cidr] };
    case 'clients':
      // Azure refuses ranges of one rule that lie in each other (kubernetes-sigs/cloud-provider-azure#6775).
      return clients.length === 0 ? undefined : { sourceAddressPrefixes: [...outermost(clients)] };
    case 'load-balancers':
      return { sourceAddressPrefix: 'AzureLoadBalancer' };
    case 'network':
      return { sourceAddressPrefix: 'VirtualNetwork' };
  }
}

function portsOf(ports: readonly string[] | undefined) {
  return ports === undefined ? { destinationPortRange: '*' } : { destinationPortRanges: [...ports] };
}
