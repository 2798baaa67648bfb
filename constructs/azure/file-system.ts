import { ManagedLustreFileSystem } from '@cdktf/provider-azurerm/lib/managed-lustre-file-system';
import { NetworkSecurityRule } from '@cdktf/provider-azurerm/lib/network-security-rule';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import { AZURE_LUSTRE_THROUGHPUTS, azureLustreAddresses, azureLustreTier } from '../../estate/catalog/azure';
import { allows, withLargest } from '../../estate/catalog/lustre';
import { parseCidr } from '../../estate/cidr';
import type { Tags } from '../../estate/units';
import { Token } from '../cdktf';
import type { EncryptionKey } from './encryption-key';
import { LIMITS, physicalName, resourceId, resourceTags } from './names';
import { type INetwork, type NetworkSubnet, refuseForeignZone } from './network';
import { after } from './role-assignment';

/** Properties of FileSystem. */
export interface FileSystemProps {
  /** First part of every physical name; a change makes a new file system. */
  readonly name: string;
  readonly network: INetwork;
  /**
   * Owner of its subnet, where the network has several for storage: each file system needs one of its own.
   * @default the network has one subnet for storage
   */
  readonly subnetOwner?: string;
  /**
   * Whether the size of its subnet is checked elsewhere: where it is planned, unless it is only compared with.
   * @default false
   */
  readonly isSubnetChecked?: boolean;
  /**
   * The one zone that it lives in; clients in other zones pay for traffic and wait longer.
   * @default none, as in regions without zones
   */
  readonly zone?: string;
  /** Performance tier: 40, 125, 250 or 500. */
  readonly throughputMBpsPerTiB: number;
  /** Size. It never changes: growth is a second file system. */
  readonly capacityTiB: number;
  /**
   * Largest size that Microsoft allows the subscription, TiB.
   * @default the default quota of the tier
   */
  readonly maxCapacityTiB?: number;
  /** Ranges whose machines may connect. */
  readonly clients: readonly string[];
  /**
   * Key that encrypts it: of kind `RSA`, in a vault that lets trusted services in.
   * @default a key of Microsoft
   */
  readonly encryptionKey?: EncryptionKey;
  /**
   * When Azure may service it, UTC; at most 30 minutes of slower work.
   * @default Sundays at 02:00
   */
  readonly maintenanceWindow?: { readonly dayOfWeek: string; readonly timeOfDayInUtc: string };
  /** @default none */
  readonly tags?: Tags;
}

/** Lustre itself and what its servers say among themselves. */
const LUSTRE_PORTS = ['988', '1019-1023'];

/** A managed Lustre file system that only the named clients reach. It refuses to be destroyed. */
export class FileSystem extends Construct {
  /** Address of the management server, which clients mount. */
  readonly mountAddress: string;

  constructor(scope: Construct, id: string, props: FileSystemProps) {
    super(scope, id);
    const { network } = props;
    const tier = refuseMisuse(props);
    const subnet = network.subnetFor('storage', props.subnetOwner);
    if (props.isSubnetChecked !== true) refuseSmallSubnet(subnet, props.capacityTiB);
    const rules = this.addRules(network, subnet, props.clients);
    const encryption = props.encryptionKey === undefined ? undefined : this.addEncryption(props, props.encryptionKey);
    const fileSystem = new ManagedLustreFileSystem(this, 'Resource', {
      name: physicalName([props.name], LIMITS.fileSystem),
      resourceGroupName: network.resourceGroupName,
      location: network.region,
      skuName: tier.skuName,
      storageCapacityInTb: props.capacityTiB,
      subnetId: subnet.id,
      // The provider wants the argument, and takes it empty.
      zones: props.zone === undefined ? [] : [props.zone],
      maintenanceWindow: props.maintenanceWindow ?? { dayOfWeek: 'Sunday', timeOfDayInUtc: '02:00' },
      identity: encryption?.identity,
      encryptionKey: encryption?.encryptionKey,
      tags: resourceTags(props.tags),
      timeouts: { create: '2h', update: '2h', delete: '2h' },
      // Azure may answer with another spelling of the subnet's id (`/resourcegroups/`), which would ask for another file
      // system. It cannot move to another subnet anyhow.
      lifecycle: { preventDestroy: true, ignoreChanges: ['subnet_id'] },
      dependsOn: [...subnet.ready, ...rules, ...(encryption?.ready ?? [])],
    });
    this.mountAddress = fileSystem.mgsAddress;
  }

  /** Its own identity, so that no other file system can use the key. */
  private addEncryption(props: FileSystemProps, key: EncryptionKey) {
    const { network } = props;
    const name = physicalName([props.name, 'lustre'], LIMITS.identity);
    const identity = new UserAssignedIdentity(this, 'identity', {
      name,
      resourceGroupName: network.resourceGroupName,
      location: network.region,
      tags: resourceTags(props.tags),
    });
    const use = key.grants.encryptData(this, 'uses-key', identity.principalId);
    // The identity cannot change without a new file system: its id is made of names.
    const identityId = resourceId(network, 'Microsoft.ManagedIdentity/userAssignedIdentities', name);
    return {
      identity: { type: 'UserAssigned', identityIds: [identityId] },
      // Lustre takes one version of the key; the apply after a rotation tells it of the next.
      encryptionKey: { keyUrl: key.keyId, sourceVaultId: key.vaultId },
      ready: [identity, use],
    };
  }

  private addRules(network: INetwork, subnet: NetworkSubnet, clients: readonly string[]): NetworkSecurityRule[] {
    const servers = [subnet.cidr];
    const common = {
      resourceGroupName: network.resourceGroupName,
      networkSecurityGroupName: subnet.securityGroupName,
      sourcePortRange: '*',
      // The group is named, not referred to; what is ready comes after it.
      dependsOn: after(subnet.ready),
    };
    const between = (from: readonly string[], to: readonly string[]) => ({
      sourceAddressPrefixes: [...from],
      destinationAddressPrefixes: [...to],
    });
    const anyPort = { protocol: '*', destinationPortRange: '*' };
    const lustre = { protocol: 'Tcp', destinationPortRanges: LUSTRE_PORTS };
    const rules = {
      'servers-in': { direction: 'Inbound', access: 'Allow', priority: 100, ...anyPort, ...between(servers, servers) },
      'clients-in': { direction: 'Inbound', access: 'Allow', priority: 110, ...lustre, ...between(clients, servers) },
      'others-in': {
        direction: 'Inbound',
        access: 'Deny',
        priority: 4000,
        ...anyPort,
        sourceAddressPrefix: 'VirtualNetwork',
        destinationAddressPrefix: '*',
      },
      'servers-out': {
        direction: 'Outbound',
        access: 'Allow',
        priority: 100,
        ...anyPort,
        ...between(servers, servers),
      },
      'clients-out': { direction: 'Outbound', access: 'Allow', priority: 110, ...lustre, ...between(servers, clients) },
      'azure-out': {
        direction: 'Outbound',
        access: 'Allow',
        priority: 120,
        ...anyPort,
        sourceAddressPrefix: '*',
        destinationAddressPrefix: 'AzureCloud',
      },
    };
    // A rule without addresses is none, and Azure refuses it.
    return Object.entries(rules)
      .filter(([name]) => clients.length > 0 || !name.startsWith('clients-'))
      .map(([name, rule]) => new NetworkSecurityRule(this, name, { name, ...common, ...rule }));
  }
}

/** Azure checks sizes only when it plans; `terraform validate` lets all of them pass. */
function refuseMisuse(props: FileSystemProps) {
  refuseForeignZone(`file system ${props.name}`, props.zone, props.network);
  if (props.zone === undefined && props.network.zones.length > 0) {
    throw new Error(
      `file system ${props.name} names no zone: name one of network ${props.network.name}, ` +
        props.network.zones.join(', '),
    );
  }
  const { throughputMBpsPerTiB, capacityTiB, encryptionKey } = props;
  const tier = azureLustreTier(throughputMBpsPerTiB);
  if (tier === undefined) {
    const offered = AZURE_LUSTRE_THROUGHPUTS.offered.join(', ');
    throw new Error(`file system ${props.name}: ${throughputMBpsPerTiB} MB/s per TiB is not offered; use ${offered}`);
  }
  const max = props.maxCapacityTiB ?? tier.max;
  if (!Token.isUnresolved(capacityTiB) && !allows(withLargest(tier, max), capacityTiB)) {
    throw new Error(
      `file system ${props.name} has ${capacityTiB} TiB: ${tier.skuName} comes in multiples of ${tier.min} TiB, ` +
        `from ${tier.min} to ${max}${capacityTiB > max ? ' (raise maxCapacityTiB once Microsoft has)' : ''}`,
    );
  }
  if (encryptionKey !== undefined && encryptionKey.access !== 'trusted-services') {
    throw new Error(
      `file system ${props.name}: Managed Lustre cannot reach a vault with private access only; ` +
        "give its key access 'trusted-services' and keyType 'RSA'",
    );
  }
  if (encryptionKey !== undefined && encryptionKey.keyType !== 'RSA') {
    throw new Error(
      `file system ${props.name}: Managed Lustre takes keys of type RSA, not ${encryptionKey.keyType}; ` +
        "give its key keyType 'RSA'",
    );
  }
  return tier;
}

function refuseSmallSubnet(subnet: NetworkSubnet, capacityTiB: number): void {
  const range = parseCidr(subnet.cidr);
  if (range === undefined || Token.isUnresolved(capacityTiB)) return;
  const { prefix } = range;
  const needed = 32 - Math.log2(azureLustreAddresses(capacityTiB));
  if (prefix <= needed) return;
  throw new Error(`subnet ${subnet.key} is a /${prefix}: ${capacityTiB} TiB of Managed Lustre need a /${needed}`);
}
