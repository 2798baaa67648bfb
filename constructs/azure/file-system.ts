import { ManagedLustreFileSystem } from '@cdktf/provider-azurerm/lib/managed-lustre-file-system';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct, type IConstruct } from 'constructs';
import { AZURE_LUSTRE_NAME, type AzureLustreTier, azureLustreAddresses } from '../../estate/catalog/azure';
import { allows } from '../../estate/catalog/lustre';
import { parseCidr } from '../../estate/cidr';
import type { Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { Grant } from '../grant';
import type { RemovalPolicy } from '../removal-policy';
import { checkCount, checkRange } from '../terraform-checks';
import { type AlarmOptions, addAlarm, LITTLE_FREE_SPACE } from './alarms';
import { checkName, checkTags } from './checks';
import { checkVault, type IEncryptionKey } from './encryption-key';
import { Door, type FileSystemClient } from './file-system-rules';
import { LIMITS, physicalName, resourceId, resourceTags } from './names';
import { checkZone, type INetwork, type NetworkSubnet } from './network-attributes';
import type { IIdentity } from './role-assignment';

/** What a {@link FileSystem} that is there already is known by. */
export interface FileSystemAttributes {
  /** Address of its management server. */
  readonly mountAddress: string;
  /**
   * Network that it lies in, for clients that are let in here.
   * @default - not known: whoever owns it lets clients in
   */
  readonly network?: INetwork;
  /**
   * Owner of its subnet, where the network has several for storage.
   * @default - the network has one subnet for storage
   */
  readonly subnetOwner?: string;
}

/** A file system that clusters mount. */
export interface IFileSystem extends IConstruct {
  /** Address of the management server. */
  readonly mountAddress: string;
  /** What clients mount, `<mountAddress>@tcp:/<name>`. */
  readonly mountPoint: string;
  /** What must exist before it is mounted. */
  readonly dependables: readonly ITerraformDependable[];
  /**
   * Lets machines connect, by two rules in the security group of its subnet. Nothing is made where that has none that
   * is known here, as in a network with an id of its own: then whoever owns the group lets them in.
   *
   * @throws ConstructError with `AccountMismatch` when the group lies in another subscription
   */
  allowClient(scope: Construct, id: string, client: FileSystemClient): Grant;
}

/** Options of a {@link FileSystem}. */
export interface FileSystemProps {
  /** First part of every physical name; a change makes a new file system. */
  readonly name: string;
  /** Network that it lies in. */
  readonly network: INetwork;
  /**
   * Owner of its subnet, where the network has several for storage: each file system needs one of its own.
   * @default - the network has one subnet for storage
   */
  readonly subnetOwner?: string;
  /**
   * Whether the size of its subnet is checked elsewhere: where it is planned, unless it is only compared with.
   * @default false
   */
  readonly isSubnetChecked?: boolean;
  /**
   * The one zone that it lives in; clients in other zones pay for traffic and wait longer.
   * @default - none, as in regions without zones
   */
  readonly zone?: string;
  /** Performance tier, a row of the catalog; its largest size is what Microsoft allows the subscription. */
  readonly tier: AzureLustreTier;
  /** Size. It never changes: growth is a second file system. */
  readonly capacityTiB: number;
  /**
   * Ranges whose machines may connect from the start; {@link IFileSystem.allowClient} lets in others.
   * @default - none
   */
  readonly clients?: readonly string[];
  /**
   * Key that encrypts it: of kind `RSA`, in a vault that lets trusted services in.
   * @default - a key of Microsoft
   */
  readonly encryptionKey?: IEncryptionKey;
  /**
   * Identity that it uses the key as, such as one that the owner of the key has let in.
   * @default - one is made, so that no other file system can use the key
   */
  readonly identity?: IIdentity;
  /**
   * When Azure may service it, UTC; at most 30 minutes of slower work.
   * @default - Sundays at 02:00
   */
  readonly maintenanceWindow?: { readonly dayOfWeek: string; readonly timeOfDayInUtc: string };
  /**
   * Where alarms on its free space go.
   * @default - no alarms
   */
  readonly alarms?: FileSystemAlarmOptions;
  /**
   * What becomes of it when it leaves the program.
   * @default 'retain'
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * Tags of file system, identity and alarms.
   * @default - none
   */
  readonly tags?: Tags;
}

/** When a file system is nearly full, and where that is told. */
export interface FileSystemAlarmOptions extends AlarmOptions {
  /**
   * Free space of one of its targets, in GiB, below which it is. Azure measures by target, and does not say how large one is.
   * @default 256
   */
  readonly freeGiBPerTarget?: number;
}

function mountPointOf(mountAddress: string): string {
  return `${mountAddress}@tcp:/${AZURE_LUSTRE_NAME.value}`;
}

/** A managed Lustre file system that only the clients that are let in reach. It refuses to be destroyed unless told otherwise. */
export class FileSystem extends Construct implements IFileSystem {
  /**
   * A file system that is there already; nothing is made or looked up.
   *
   * @throws ConstructError with `SubnetMissing` when its network has no subnet for it
   */
  static fromFileSystemAttributes(scope: Construct, id: string, attributes: FileSystemAttributes): IFileSystem {
    const { mountAddress, network, subnetOwner } = attributes;
    const place = new Construct(scope, id);
    const door =
      network === undefined ? undefined : new Door(place, network, network.subnetFor('storage', subnetOwner));
    return Object.assign(place, {
      mountAddress,
      mountPoint: mountPointOf(mountAddress),
      dependables: [],
      allowClient: (at: Construct, clientId: string, client: FileSystemClient) =>
        door?.open(at, clientId, client) ?? new Grant(),
    });
  }

  /** Address of the management server. */
  readonly mountAddress: string;
  /** What clients mount, `<mountAddress>@tcp:/<name>`. */
  readonly mountPoint: string;
  /** What must exist before it is mounted. */
  readonly dependables: readonly ITerraformDependable[];
  private readonly door: Door;

  /**
   * @throws ConstructError with `SizeInvalid`, `ZoneUnknown`, `EgressMissing`, `KeyUnsuitable`, `SubnetMissing`, `RangeInvalid`,
   * `AccountMismatch`, `NameInvalid` or `TagInvalid` when Azure would refuse it
   */
  constructor(scope: Construct, id: string, props: FileSystemProps) {
    super(scope, id);
    const { network } = props;
    check(this, props);
    const subnet = network.subnetFor('storage', props.subnetOwner);
    if (props.isSubnetChecked !== true) checkSubnet(this, subnet, props.capacityTiB);
    this.door = new Door(this, network, subnet);
    const rules = this.door.addRules(this, props.clients ?? []);
    const encryption = props.encryptionKey === undefined ? undefined : this.addEncryption(props, props.encryptionKey);
    const fileSystem = new ManagedLustreFileSystem(this, 'Resource', {
      name: physicalName([props.name], LIMITS.fileSystem),
      resourceGroupName: network.resourceGroupName,
      location: network.region,
      skuName: props.tier.skuName,
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
      lifecycle: {
        preventDestroy: props.removalPolicy === 'destroy' ? undefined : true,
        ignoreChanges: ['subnet_id'],
      },
      dependsOn: [...subnet.dependables, ...rules, ...(encryption?.dependables ?? [])],
    });
    this.mountAddress = fileSystem.mgsAddress;
    this.mountPoint = mountPointOf(this.mountAddress);
    this.dependables = [fileSystem];
    this.addAlarms(props, fileSystem.id);
  }

  private addAlarms({ name, network, alarms, tags }: FileSystemProps, fileSystemId: string): void {
    if (alarms === undefined) return;
    const { actionGroupId, freeGiBPerTarget = 256 } = alarms;
    checkCount(this, 'freeGiBPerTarget', freeGiBPerTarget, { min: 1 });
    addAlarm(this, LITTLE_FREE_SPACE, {
      name,
      resourceGroupName: network.resourceGroupName,
      resourceId: fileSystemId,
      threshold: freeGiBPerTarget * 2 ** 30,
      actionGroupId,
      tags,
    });
  }

  /** Lets machines connect; see {@link IFileSystem.allowClient}. */
  allowClient(scope: Construct, id: string, client: FileSystemClient): Grant {
    return this.door.open(scope, id, client);
  }

  private addEncryption(props: FileSystemProps, key: IEncryptionKey) {
    const { identityId, principalId, dependables } = props.identity ?? this.addIdentity(props);
    const use = key.grants.encryptData(this, 'uses-key', principalId);
    return {
      identity: { type: 'UserAssigned', identityIds: [identityId] },
      // Lustre takes one version of the key; the apply after a rotation tells it of the next.
      encryptionKey: { keyUrl: key.keyId, sourceVaultId: key.vaultId },
      dependables: [...dependables, ...use.dependables],
    };
  }

  /** Its own identity, so that no other file system can use the key. */
  private addIdentity({ name: first, network, tags }: FileSystemProps) {
    const name = physicalName([first, 'lustre'], LIMITS.identity);
    const identity = new UserAssignedIdentity(this, 'identity', {
      name,
      resourceGroupName: network.resourceGroupName,
      location: network.region,
      tags: resourceTags(tags),
    });
    // The identity cannot change without a new file system: its id is made of names.
    const identityId = resourceId(network, 'Microsoft.ManagedIdentity/userAssignedIdentities', name);
    return { identityId, principalId: identity.principalId, dependables: [identity] };
  }
}

/** Azure checks sizes only when it plans; `terraform validate` lets all of them pass. */
function check(scope: Construct, props: FileSystemProps): void {
  const { name, network, zone, tier, capacityTiB } = props;
  checkName(scope, 'a file system', name);
  checkTags(scope, `file system ${name}`, props.tags);
  for (const client of props.clients ?? []) checkRange(scope, `the range of a client of file system ${name}`, client);
  checkZone(scope, `file system ${name}`, zone, network);
  if (network.egress === 'none') {
    const way = "give the network egress 'nat', or an appliance that lets its subnet out to them";
    const what = `file system ${name}: servers of Managed Lustre must reach services of Azure, and network ${network.name}`;
    throw new ConstructError(scope, 'EgressMissing', `${what} has no way out; ${way}`);
  }
  if (zone === undefined && network.zones.length > 0) {
    const what = `file system ${name} names no zone: name one of network ${network.name}, ${network.zones.join(', ')}`;
    throw new ConstructError(scope, 'ZoneUnknown', what);
  }
  if (!Token.isUnresolved(capacityTiB) && !allows(tier, capacityTiB)) {
    const raise = capacityTiB > tier.max ? ' (raise the largest size of the tier once Microsoft has)' : '';
    throw new ConstructError(
      scope,
      'SizeInvalid',
      `file system ${name} has ${capacityTiB} TiB: ${tier.skuName} comes in multiples of ${tier.min} TiB, ` +
        `from ${tier.min} to ${tier.max}${raise}`,
    );
  }
  if (props.encryptionKey !== undefined) checkKey(scope, props, props.encryptionKey);
}

function checkKey(scope: Construct, { name, network }: FileSystemProps, key: IEncryptionKey): void {
  const refuse = (what: string) => {
    throw new ConstructError(scope, 'KeyUnsuitable', `file system ${name}: ${what}`);
  };
  if (key.access !== 'trusted-services') {
    refuse(
      'Managed Lustre cannot reach a vault with private access only; ' +
        "give its key access 'trusted-services' and keyType 'RSA'",
    );
  }
  if (key.keyType !== 'RSA') {
    refuse(`Managed Lustre takes keys of type RSA, not ${key.keyType}; give its key keyType 'RSA'`);
  }
  checkVault(scope, `file system ${name}`, key, network);
}

function checkSubnet(scope: Construct, subnet: NetworkSubnet, capacityTiB: number): void {
  const range = parseCidr(subnet.cidr);
  if (range === undefined || Token.isUnresolved(capacityTiB)) return;
  const { prefix } = range;
  const needed = 32 - Math.log2(azureLustreAddresses(capacityTiB));
  if (prefix <= needed) return;
  const what = `subnet ${subnet.key} is a /${prefix}: ${capacityTiB} TiB of Managed Lustre need a /${needed}`;
  throw new ConstructError(scope, 'RangeInvalid', what);
}
