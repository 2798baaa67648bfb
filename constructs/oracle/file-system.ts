import { Construct, type IConstruct } from 'constructs';
import { LustreFileStorageLustreFileSystem } from '../../.gen/providers/oci/lustre-file-storage-lustre-file-system';
import { allows, nearestSizes, sizesText } from '../../estate/catalog/lustre';
import { oracleLustrePrefix } from '../../estate/catalog/oracle';
import type { LustreTier } from '../../estate/catalog/types';
import { cidr } from '../../estate/cidr';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import type { RemovalPolicy } from '../removal-policy';
import { checkRange } from '../terraform-checks';
import { type AlarmOptions, type AlarmRow, addAlarms } from './alarms';
import { checkId, checkName, checkTags, checkZone } from './checks';
import type { IEncryptionKey } from './encryption-key';
import { LIMITS, physicalName, type TagOptions, tagArguments } from './names';
import type { INetwork, NetworkSubnet } from './network';
import { type ISecurityGroup, PATH_DISCOVERY, SecurityGroup, type SecurityRule } from './security-group';

/** Nodes that mount a file system: a cluster, made here or elsewhere. */
export interface FileSystemClient {
  /** Security group of the nodes. */
  readonly nodesGroup: ISecurityGroup;
  /** Ranges of the nodes. */
  readonly nodesCidrs: readonly string[];
}

/** A managed Lustre file system, made here or elsewhere. */
export interface IFileSystem extends IConstruct {
  /** Name that tells it from the other file systems of a cluster. */
  readonly fileSystemName: string;
  /** OCID of the file system. */
  readonly fileSystemId: string;
  /** Range of its servers. */
  readonly cidr: string;
  /** What clients mount, `<address>@<lnet>:/<mount name>`. @default - not known */
  readonly mountPoint?: string;
  /** What has to exist before it is mounted. */
  readonly dependables: readonly ITerraformDependable[];
  /**
   * Lets nodes reach the file system and its servers call them back. Ranges that are let in already get no second rule.
   *
   * @param scope what the rules of the file system are added to: the stack of the client
   * @param id id of these rules
   * @param client the nodes
   */
  allowClient(scope: Construct, id: string, client: FileSystemClient): void;
}

/** What is known of a file system that exists already. */
export interface FileSystemAttributes {
  /** Name that tells it from the other file systems of a cluster. */
  readonly fileSystemName: string;
  /** OCID of the file system. */
  readonly fileSystemId: string;
  /** Range of its subnet, where its servers are. */
  readonly cidr: string;
  /** OCID of its network security group, to which clients are added. @default - none: its owner lets clients in */
  readonly securityGroupId?: string;
  /** What clients mount, `<address>@<lnet>:/<mount name>`. @default - not known */
  readonly mountPoint?: string;
}

/** Options of a {@link FileSystem}. */
export interface FileSystemProps extends TagOptions {
  /** Name of the file system. */
  readonly name: string;
  /** Network of its servers. */
  readonly network: INetwork;
  /** Compartment that it is made in. @default - that of the network */
  readonly compartmentId?: string;
  /** Availability domain; one of the network's, and best that of the clients. */
  readonly zone: string;
  /** Performance tier: a row of the catalog. Oracle Cloud counts its throughput for each TB of size. */
  readonly tier: LustreTier;
  /** Size in GB: from 31,200 in steps of 10,400, from 124,800 in steps of 41,600. */
  readonly capacityGB: number;
  /** Key that encrypts it. @default - a key of Oracle Cloud */
  readonly encryptionKey?: IEncryptionKey;
  /**
   * Who may connect: address blocks of the nodes by a stable key, such as that of their shard.
   *
   * @default - nobody, until they are let in by `allowClient`
   */
  readonly clients?: Readonly<Record<string, string>>;
  /** Whether root of a client is root on the file system; containers commonly run as root. @default 'none' */
  readonly rootSquash?: 'none' | 'root';
  /** Owner of its subnet among those with role `storage`. @default - the only one */
  readonly subnetOwner?: string;
  /**
   * Whether the size of its subnet is checked elsewhere: where it is planned, unless it is only compared with.
   *
   * @default false
   */
  readonly isSubnetChecked?: boolean;
  /** Where alarms on its free space go. @default - no alarms */
  readonly alarms?: FileSystemAlarmOptions;
  /** What becomes of it when it leaves the program. @default 'retain' */
  readonly removalPolicy?: RemovalPolicy;
}

/** When a file system is nearly full, and where that is told. */
export interface FileSystemAlarmOptions extends AlarmOptions {
  /** Free space in percent of its size below which it is. @default 10 */
  readonly freePercent?: number;
}

/** What goes wrong with a file system; `BYTES` stands for the free space that is too little. */
const FREE_SPACE: AlarmRow = {
  id: 'free-space',
  namespace: 'oci_lustrefilesystem',
  query: 'FileSystemCapacity[5m]{DIMENSIONS, capacityType = "available"}.mean() < BYTES',
  pending: 'PT15M',
  severity: 'CRITICAL',
  body: 'A file system is nearly full: delete what nobody needs, or raise its capacity, which cannot be lowered again.',
  source: 'https://docs.oracle.com/en-us/iaas/Content/lustre/metrics.htm',
  checked: '2026-11',
  unverified: 'the page calls the dimension by its values; its name is that of exporters of Oracle',
};

/** Lustre servers and clients call each other from privileged ports. */
const LUSTRE_PORTS = { protocol: 'tcp', ports: [988, 988], sourcePorts: [512, 1023] } as const;

/**
 * A managed Lustre file system (File Storage with Lustre) in a subnet of its own.
 *
 * Its tier, zone, name and subnet cannot change without losing the data, so it is protected against destroy unless it is
 * told otherwise.
 */
export class FileSystem extends Construct implements IFileSystem {
  /**
   * A file system that exists already; nothing is made until a client is let in.
   *
   * @throws ConstructError with `IdInvalid` or `RangeInvalid` when an id or the range is none
   */
  static fromFileSystemAttributes(scope: Construct, id: string, attributes: FileSystemAttributes): IFileSystem {
    return new ImportedFileSystem(scope, id, attributes);
  }

  /** Name of the file system. */
  readonly fileSystemName: string;
  /** OCID of the file system. */
  readonly fileSystemId: string;
  /** Range of its servers. */
  readonly cidr: string;
  /** Name that clients mount, at most 8 characters. */
  readonly mountName: string;
  /** Address of the management service, which clients mount. */
  readonly mountAddress: string;
  /** Lustre network of the file system, such as `tcp`. */
  readonly lnet: string;
  /** Network security group of its servers. */
  readonly securityGroup: ISecurityGroup;
  /** What has to exist before it is mounted. */
  readonly dependables: readonly ITerraformDependable[];
  private readonly letIn: Set<string>;

  /**
   * @throws ConstructError with `NameInvalid`, `RangeInvalid`, `SizeInvalid`, `SubnetMissing`, `TagInvalid` or
   * `ZoneUnknown` when Oracle Cloud would refuse it, or it has no place
   */
  constructor(scope: Construct, id: string, props: FileSystemProps) {
    super(scope, id);
    const { network, clients = {} } = props;
    const { compartmentId = network.compartmentId } = props;
    const subnet = check(this, props);
    this.fileSystemName = props.name;
    this.cidr = subnet.cidr;
    this.mountName = physicalName([props.name], LIMITS.lustre);
    this.letIn = new Set(Object.values(clients));
    const security = new SecurityGroup(this, 'security', {
      name: `${props.name}-lustre`,
      compartmentId,
      networkId: network.networkId,
      rules: Object.fromEntries(Object.entries(clients).flatMap(([key, range]) => clientRules(key, range))),
      tags: props.tags,
      costTags: props.costTags,
    });
    this.securityGroup = security;
    for (const [key, rule] of Object.entries(serverRules(security.groupId))) security.addRule(key, rule);
    const fileSystem = new LustreFileStorageLustreFileSystem(this, 'Resource', {
      compartmentId,
      availabilityDomain: props.zone,
      subnetId: subnet.subnetId,
      nsgIds: [security.groupId],
      fileSystemName: this.mountName,
      displayName: props.name,
      capacityInGbs: props.capacityGB,
      performanceTier: `MBPS_PER_TB_${props.tier.throughputMBpsPerTiB}`,
      kmsKeyId: props.encryptionKey?.keyId,
      rootSquashConfiguration: { identitySquash: props.rootSquash === 'root' ? 'ROOT' : 'NONE' },
      ...tagArguments(props),
      timeouts: { create: '3h', update: '6h', delete: '2h' },
      ...(props.removalPolicy !== 'destroy' && { lifecycle: { preventDestroy: true } }),
    });
    this.fileSystemId = fileSystem.id;
    this.mountAddress = fileSystem.managementServiceAddress;
    this.lnet = fileSystem.lnet;
    this.dependables = [fileSystem];
    this.addAlarms(props, compartmentId);
  }

  /** What clients mount, `<address>@<lnet>:/<mount name>`; known after the file system exists. */
  get mountPoint(): string {
    return `${this.mountAddress}@${this.lnet}:/${this.mountName}`;
  }

  private addAlarms({ name, capacityGB, alarms, tags, costTags }: FileSystemProps, compartmentId: string): void {
    if (alarms === undefined) return;
    const { topicId, freePercent = 10 } = alarms;
    if (Token.isUnresolved(capacityGB) || !(freePercent > 0 && freePercent < 100)) {
      const what = `alarms need a size that is known and freePercent between 0 and 100, got ${freePercent}`;
      throw new ConstructError(this, 'SizeInvalid', what);
    }
    const bytes = Math.floor((capacityGB * 1e9 * freePercent) / 100);
    const row = { ...FREE_SPACE, query: FREE_SPACE.query.replace('BYTES', String(bytes)) };
    const dimensions = { resourceId: this.fileSystemId };
    addAlarms(this, [row], { name, compartmentId, topicId, dimensions, tags, costTags });
  }

  /** Lets nodes reach the file system and its servers call them back. */
  allowClient(scope: Construct, id: string, client: FileSystemClient): void {
    const further = client.nodesCidrs.filter((range) => !this.letIn.has(range));
    for (const range of further) this.letIn.add(range);
    allow(this, new Construct(scope, id), this.securityGroup.groupId, further, client);
  }
}

class ImportedFileSystem extends Construct implements IFileSystem {
  readonly fileSystemName: string;
  readonly fileSystemId: string;
  readonly cidr: string;
  readonly mountPoint?: string;
  readonly dependables: readonly ITerraformDependable[] = [];
  private readonly securityGroupId?: string;

  constructor(scope: Construct, id: string, attributes: FileSystemAttributes) {
    super(scope, id);
    checkId(this, attributes.fileSystemId, 'lustrefilesystem');
    checkRange(this, 'cidr', attributes.cidr);
    this.fileSystemName = attributes.fileSystemName;
    this.fileSystemId = attributes.fileSystemId;
    this.cidr = attributes.cidr;
    this.mountPoint = attributes.mountPoint;
    this.securityGroupId = attributes.securityGroupId;
  }

  allowClient(scope: Construct, id: string, client: FileSystemClient): void {
    allow(this, new Construct(scope, id), this.securityGroupId, client.nodesCidrs, client);
  }
}

/** Adds the rules of both sides; those of the file system for ranges that it does not let in yet. */
function allow(
  { fileSystemName, cidr: servers }: IFileSystem,
  place: Construct,
  securityGroupId: string | undefined,
  further: readonly string[],
  { nodesGroup }: FileSystemClient,
): void {
  if (securityGroupId !== undefined && further.length > 0) {
    const group = SecurityGroup.fromGroupId(place, 'servers', securityGroupId);
    for (const [index, range] of further.entries()) {
      for (const [key, rule] of clientRules(String(index + 1), range)) group.addRule(key, rule);
    }
  }
  const peer = { cidr: servers };
  nodesGroup.addRule(`lustre-from-${fileSystemName}`, { direction: 'in', peer, ...LUSTRE_PORTS });
  nodesGroup.addRule(`lustre-to-${fileSystemName}`, { direction: 'out', peer, ...LUSTRE_PORTS });
}

function clientRules(key: string, range: string): [string, SecurityRule][] {
  const peer = { cidr: range };
  return [
    [`from-${key}`, { direction: 'in', peer, ...LUSTRE_PORTS }],
    [`to-${key}`, { direction: 'out', peer, ...LUSTRE_PORTS }],
  ];
}

function serverRules(group: string): Record<string, SecurityRule> {
  return {
    'servers-in': { direction: 'in', peer: { group }, ...LUSTRE_PORTS },
    'servers-out': { direction: 'out', peer: { group }, ...LUSTRE_PORTS },
    'path-discovery-in': { direction: 'in', ...PATH_DISCOVERY },
    'path-discovery-out': { direction: 'out', ...PATH_DISCOVERY },
  };
}

/** The provider accepts any size at plan and the service refuses it when it is too late. */
function check(scope: Construct, props: FileSystemProps): NetworkSubnet {
  const { name, network, zone, tier, capacityGB, clients = {} } = props;
  checkName(scope, name);
  checkTags(scope, props);
  checkZone(scope, zone, network.zones);
  for (const [key, range] of Object.entries(clients)) checkRange(scope, `range of client "${key}"`, range);
  if (!Token.isUnresolved(capacityGB) && !allows(tier, capacityGB)) {
    const what = `capacityGB is ${capacityGB}, and the tier has ${sizesText(tier, 'GB')}`;
    const raised = capacityGB > tier.max ? ', or a tier with a larger max once Oracle has raised the limit' : '';
    const use = `use ${nearestSizes(tier, capacityGB).join(' or ')}${raised}`;
    throw new ConstructError(scope, 'SizeInvalid', `${what}; ${use}`);
  }
  const subnet = network.subnetFor('storage', props.subnetOwner);
  if (props.isSubnetChecked !== true) checkSubnet(scope, subnet, capacityGB);
  return subnet;
}

/** The subnet of a file system can never change, and the service finds no address for a server only when it makes it. */
function checkSubnet(scope: Construct, { key, cidr: range }: NetworkSubnet, capacityGB: number): void {
  if (Token.isUnresolved(range) || Token.isUnresolved(capacityGB)) return;
  const prefix = oracleLustrePrefix(capacityGB);
  if (cidr(range).prefix <= prefix) return;
  const what = `subnet "${key}" is ${range}, too small for the servers of ${capacityGB} GB`;
  throw new ConstructError(scope, 'RangeInvalid', `${what}; they need a /${prefix} or larger`);
}
