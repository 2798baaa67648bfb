import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { LustreInstance } from '@cdktf/provider-google/lib/lustre-instance';
import { Construct, type IConstruct } from 'constructs';
import { GOOGLE_LUSTRE_MOUNT_NAME, GOOGLE_LUSTRE_PORT } from '../../estate/catalog/google';
import { allows } from '../../estate/catalog/lustre';
import type { LustreTier } from '../../estate/catalog/types';
import { hash8 } from '../../estate/name';
import { formatCount, type Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { setNewer } from '../newer-arguments';
import type { RemovalPolicy } from '../removal-policy';
import { checkRange } from '../terraform-checks';
import { type FileSystemAlarmOptions, watchFreeSpace } from './alarms';
import { checkName, checkZone } from './checks';
import { checkKeyRegion, type IEncryptionKey } from './encryption-key';
import { LIMITS, physicalName, resourceTags } from './names';
import type { INetwork } from './network-attributes';
import { protect, unprotect } from './protection';

/** Nodes that mount a file system. */
export interface FileSystemClient {
  /** First part of the name of the rule that lets them in; unique in the project of the network. */
  readonly name: string;
  /** Range of the nodes. */
  readonly cidr: string;
}

/** A managed Lustre file system that nodes mount. */
export interface IFileSystem extends IConstruct {
  /** Name of the instance. */
  readonly instanceName: string;
  /** Network that its servers are peered with. */
  readonly network: INetwork;
  /** What clients mount, `<address>@tcp:/<mount name>`. @default - not known: nobody said it */
  readonly mountPoint?: string;
  /** What has to exist before it is mounted; empty where it exists already. */
  readonly dependables: readonly ITerraformDependable[];
  /**
   * Lets the servers of the file system reach nodes, by a rule in the project of its network.
   *
   * @throws ConstructError with `RangeInvalid` when the range of the nodes is none, with `SubnetMissing` when the network
   * has no range of role `storage`
   */
  allowClient(scope: Construct, id: string, client: FileSystemClient): void;
}

/** What a file system is known by that another stack makes, or that exists already. */
export interface FileSystemAttributes {
  /** Name of the instance. */
  readonly instanceName: string;
  /** Network that its servers are peered with; clients are let in from its range of role `storage`. */
  readonly network: INetwork;
  /** What clients mount, `<address>@tcp:/<mount name>`. @default - not known */
  readonly mountPoint?: string;
}

/** Options of a {@link FileSystem}. */
export interface FileSystemProps {
  /** First part of the name of the instance. */
  readonly name: string;
  /** Network that its servers are peered with: has a range of role `storage`. */
  readonly network: INetwork;
  /** Project of the instance. @default - that of `network` */
  readonly projectId?: string;
  /** Zone of its servers. */
  readonly zone: string;
  /** Performance tier, a row of the catalog; its largest size is what Google allows the project. Fixed at creation. */
  readonly tier: LustreTier;
  /** Size; grows in the steps of its tier and never shrinks. */
  readonly capacityGiB: number;
  /**
   * Own key. Leave it out for file systems that GKE mounts: the driver refuses those with a key of the customer.
   *
   * @default - the key of Google
   */
  readonly encryptionKey?: IEncryptionKey;
  /**
   * Name by which clients mount it: a letter and up to 7 letters and digits; fixed at creation. A node cannot mount two
   * file systems of the same one.
   *
   * @default - a letter and 7 digits that follow from `name`
   */
  readonly mountName?: string;
  /** Nodes that mount it, by key. @default - none: let them in with `allowClient` */
  readonly clients?: Readonly<Record<string, FileSystemClient>>;
  /** Where alarms on its free space go. @default - no alarms */
  readonly alarms?: FileSystemAlarmOptions;
  /** What becomes of the file system when it leaves the program. @default 'retain' */
  readonly removalPolicy?: RemovalPolicy;
  /** Labels of the instance. @default - none */
  readonly tags?: Tags;
}

/** A managed Lustre file system behind private services access. */
export class FileSystem extends Construct implements IFileSystem {
  /** A file system that exists already, or that another stack makes. */
  static fromFileSystemAttributes(scope: Construct, id: string, attributes: FileSystemAttributes): IFileSystem {
    return new ImportedFileSystem(scope, id, attributes);
  }

  /** Name of the instance. */
  readonly instanceName: string;
  /** Network that its servers are peered with. */
  readonly network: INetwork;
  /** What clients mount, `<address>@tcp:/<mount name>`; known after the file system exists. */
  readonly mountPoint: string;
  /** What has to exist before it is mounted. */
  readonly dependables: readonly ITerraformDependable[];

  /**
   * @throws ConstructError with `CountInvalid`, `IdInvalid`, `KeyUnsuitable`, `NameInvalid`, `SizeInvalid`, `SubnetMissing` or
   * `ZoneUnknown` when Google makes no such file system
   */
  constructor(scope: Construct, id: string, props: FileSystemProps) {
    super(scope, id);
    const mountName = props.mountName ?? `l${hash8(props.name).slice(1)}`;
    check(this, props, mountName);
    const { network, encryptionKey } = props;
    this.instanceName = physicalName([props.name], LIMITS.fileSystem);
    this.network = network;
    const instance = new LustreInstance(this, 'Resource', {
      instanceId: this.instanceName,
      project: props.projectId ?? network.projectId,
      location: props.zone,
      filesystem: mountName,
      capacityGib: String(props.capacityGiB),
      perUnitStorageThroughput: String(props.tier.throughputMBpsPerTiB),
      network: network.networkId,
      labels: resourceTags(this, props.tags),
      timeouts: { create: '120m', update: '120m', delete: '120m' },
      // An answer that spells the project as its number would replace the instance.
      lifecycle: { ignoreChanges: ['network'] },
      dependsOn: [...network.dependables, ...(encryptionKey?.grants.serviceAgent('lustre').dependables ?? [])],
    });
    if (props.removalPolicy === 'destroy') unprotect(instance);
    else protect(instance);
    this.mountPoint = instance.mountPoint;
    this.dependables = [instance];
    setNewer(instance, 'google_lustre_instance', { kms_key: encryptionKey?.keyId });
    const { alarms, zone, tags, projectId = network.projectId } = props;
    if (alarms !== undefined) {
      watchFreeSpace(this, { instanceName: this.instanceName, zone }, { projectId, tags, ...alarms });
    }
    for (const [key, client] of Object.entries(props.clients ?? {})) this.allowClient(this, `client-${key}`, client);
  }

  /**
   * Lets the servers of the file system reach nodes, by a rule in the project of its network.
   *
   * @throws ConstructError with `RangeInvalid` when the range of the nodes is none, with `SubnetMissing` when the network
   * has no range of role `storage`
   */
  allowClient(scope: Construct, id: string, client: FileSystemClient): void {
    addClientRule(scope, id, this, client);
  }
}

class ImportedFileSystem extends Construct implements IFileSystem {
  readonly instanceName: string;
  readonly network: INetwork;
  readonly mountPoint?: string;
  readonly dependables: readonly ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, { instanceName, network, mountPoint }: FileSystemAttributes) {
    super(scope, id);
    this.instanceName = instanceName;
    this.network = network;
    this.mountPoint = mountPoint;
  }

  allowClient(scope: Construct, id: string, client: FileSystemClient): void {
    addClientRule(scope, id, this, client);
  }
}

function addClientRule(
  scope: Construct,
  id: string,
  { instanceName, network }: Pick<IFileSystem, 'instanceName' | 'network'>,
  { name, cidr }: FileSystemClient,
): void {
  checkServicesAccess(scope, instanceName, network);
  checkRange(scope, `range of client "${name}"`, cidr);
  new ComputeFirewall(scope, id, {
    name: physicalName([name, 'lustre'], LIMITS.firewall),
    project: network.projectId,
    network: network.networkId,
    direction: 'INGRESS',
    sourceRanges: network.subnetsFor('storage').map((range) => range.cidr),
    destinationRanges: [cidr],
    allow: [{ protocol: 'tcp', ports: [String(GOOGLE_LUSTRE_PORT.port)] }],
    dependsOn: [...network.dependables],
  });
}

function check(scope: IConstruct, props: FileSystemProps, mountName: string): void {
  const { name, network, zone, encryptionKey } = props;
  checkName(scope, 'name of the file system', name);
  checkSize(scope, props);
  checkServicesAccess(scope, name, network);
  checkZone(scope, `zone of file system "${name}"`, zone, network.zones);
  if (encryptionKey !== undefined) checkKeyRegion(scope, `file system "${name}"`, encryptionKey, network.region);
  if (Token.isUnresolved(mountName) || GOOGLE_LUSTRE_MOUNT_NAME.pattern.test(mountName)) return;
  const problem = `file system "${name}" got mountName "${mountName}": use a letter and up to 7 letters and digits`;
  throw new ConstructError(scope, 'NameInvalid', problem);
}

function checkServicesAccess(scope: IConstruct, name: string, network: INetwork): void {
  if (network.subnetsFor('storage').length > 0) return;
  const problem =
    `file system "${name}" is behind private services access: network "${network.networkName}" needs a range of role ` +
    '"storage"';
  throw new ConstructError(scope, 'SubnetMissing', problem);
}

/** The API refuses a wrong size only when it is applied. */
function checkSize(scope: IConstruct, { name, tier, capacityGiB }: FileSystemProps): void {
  if (Token.isUnresolved(capacityGiB) || allows(tier, capacityGiB)) return;
  const raise = capacityGiB > tier.max ? ' (raise the largest size of the tier once Google has)' : '';
  const steps = tier.steps.map((row) => `${formatCount(row.step)} (up to ${formatCount(row.upTo)})`).join(', ');
  const problem =
    `file system "${name}" got capacityGiB ${capacityGiB}: the tier of ${tier.throughputMBpsPerTiB} MB/s per TiB goes ` +
    `from ${formatCount(tier.min)} to ${formatCount(tier.max)} GiB${raise} in steps of ${steps}`;
  throw new ConstructError(scope, 'SizeInvalid', problem);
}
