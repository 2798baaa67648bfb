import { NetworkSecurityRule } from '@cdktf/provider-azurerm/lib/network-security-rule';
import { Construct } from 'constructs';
import { AZURE_LUSTRE_PORTS } from '../../estate/catalog/azure-rules';
import { outermost } from '../../estate/cidr';
import { hash8 } from '../../estate/name';
import { ConstructError } from '../errors';
import { Grant } from '../grant';
import { checkRange } from '../terraform-checks';
import type { INetwork, NetworkSubnet } from './network-attributes';
import type { ICluster } from './node-pool';
import { after } from './role-assignment';

/** What connects to a file system: a cluster with the subnet of its nodes, or machines by their range. */
export type FileSystemClient = Pick<ICluster, 'nodesSubnet'> | { readonly cidr: string };

/** Inbound and outbound, as Azure numbers them: the lowest comes first. */
const PRIORITIES = { servers: 100, clients: 110, azure: 120, firstClient: 200, others: 4000 } as const;

/** The security group in front of a file system. */
export class Door {
  private readonly taken = new Map<number, string>();

  constructor(
    private readonly fileSystem: Construct,
    private readonly network: INetwork,
    private readonly subnet: NetworkSubnet,
  ) {}

  /** Lets one client in. Its priority follows from its place and id, so that it never moves when others come or go. */
  open(scope: Construct, id: string, client: FileSystemClient): Grant {
    const cidr = 'cidr' in client ? client.cidr : client.nodesSubnet.cidr;
    checkRange(scope, `the range of client ${id}`, cidr);
    const group = this.group(scope);
    if (group === undefined) return new Grant();
    const place = new Construct(scope, id);
    const name = `client-${hash8(place.node.path)}`;
    const priority = this.priorityOf(place);
    const rules = Object.entries(this.clientRules([cidr], priority)).map(
      ([direction, rule]) =>
        new NetworkSecurityRule(place, direction, { name: `${name}-${direction}`, ...group, ...rule }),
    );
    return new Grant(rules);
  }

  /** What holds from the start: its servers among themselves, the clients that are named, Azure, and nobody else. */
  addRules(scope: Construct, clients: readonly string[]): NetworkSecurityRule[] {
    const group = this.group(scope);
    if (group === undefined) return [];
    const servers = [this.subnet.cidr];
    const among = { access: 'Allow', priority: PRIORITIES.servers, ...ANY_PORT, ...between(servers, servers) };
    const client = this.clientRules(clients, PRIORITIES.clients);
    const rules = {
      'servers-in': { direction: 'Inbound', ...among },
      // A rule without addresses is none, and Azure refuses it.
      ...(clients.length > 0 && { 'clients-in': client.in }),
      'others-in': {
        direction: 'Inbound',
        access: 'Deny',
        priority: PRIORITIES.others,
        ...ANY_PORT,
        sourceAddressPrefix: 'VirtualNetwork',
        destinationAddressPrefix: '*',
      },
      'servers-out': { direction: 'Outbound', ...among },
      ...(clients.length > 0 && { 'clients-out': client.out }),
      'azure-out': {
        direction: 'Outbound',
        access: 'Allow',
        priority: PRIORITIES.azure,
        ...ANY_PORT,
        sourceAddressPrefix: '*',
        destinationAddressPrefix: 'AzureCloud',
      },
    };
    return Object.entries(rules).map(
      ([name, rule]) => new NetworkSecurityRule(scope, name, { name, ...group, ...rule }),
    );
  }

  private clientRules(clients: readonly string[], priority: number) {
    const servers = [this.subnet.cidr];
    const lustre = { access: 'Allow', priority, protocol: 'Tcp', destinationPortRanges: [...AZURE_LUSTRE_PORTS.value] };
    return {
      in: { direction: 'Inbound', ...lustre, ...between(clients, servers) },
      out: { direction: 'Outbound', ...lustre, ...between(servers, clients) },
    };
  }

  /** What rules are told of the group; nothing where rules are its owner's. The group is named, not referred to. */
  private group(scope: Construct) {
    const { key, securityGroup, dependables } = this.subnet;
    if (securityGroup === undefined) return undefined;
    const { subscriptionId } = this.network;
    if (securityGroup.subscriptionId !== subscriptionId && securityGroup.provider === undefined) {
      throw new ConstructError(
        scope,
        'AccountMismatch',
        `the security group of subnet ${key} lies in subscription ${securityGroup.subscriptionId}, rules are made in ` +
          `${subscriptionId}: name a securityProvider, or leave the group out of the network and have its owner write the rules`,
      );
    }
    return {
      resourceGroupName: securityGroup.resourceGroupName,
      networkSecurityGroupName: securityGroup.name,
      provider: securityGroup.provider,
      sourcePortRange: '*',
      dependsOn: after(dependables),
    };
  }

  private priorityOf({ node }: Construct): number {
    const { firstClient, others } = PRIORITIES;
    const priority = firstClient + (Number.parseInt(hash8(node.path), 16) % (others - firstClient));
    const other = this.taken.get(priority);
    if (other !== undefined) {
      const what = `clients ${other} and ${node.id} would have rules of one priority: give one of them another id`;
      throw new ConstructError(this.fileSystem, 'NameInvalid', what);
    }
    this.taken.set(priority, node.id);
    return priority;
  }
}

const ANY_PORT = { protocol: '*', destinationPortRange: '*' } as const;

function between(from: readonly string[], to: readonly string[]) {
  // Azure refuses ranges of one rule that lie in each other (kubernetes-sigs/cloud-provider-azure#6775).
  return { sourceAddressPrefixes: [...outermost(from)], destinationAddressPrefixes: [...outermost(to)] };
}
