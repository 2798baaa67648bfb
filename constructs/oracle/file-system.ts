import { Construct } from 'constructs';
import { LustreFileStorageLustreFileSystem } from '../../.gen/providers/oci/lustre-file-storage-lustre-file-system';
import { ORACLE_LUSTRE_THROUGHPUTS, oracleLustrePrefix, oracleLustreTier } from '../../estate/catalog/oracle';
import type { LustreTier } from '../../estate/catalog/types';
import { cidr } from '../../estate/cidr';
import { Token } from '../cdktf';
import type { IEncryptionKey } from './encryption-key';
import { LIMITS, physicalName, type TagOptions, tagArguments } from './names';
import { type INetwork, type NetworkSubnet, onlySubnet } from './network';
import { PATH_DISCOVERY, SecurityGroup, type SecurityRule } from './security-group';

/** A file system, made here or elsewhere. */
export interface IFileSystem {
  /** Stable name among the file systems of a cluster. */
  readonly name: string;
  /** Addresses of its servers. */
  readonly cidr: string;
}

/** Properties of {@link FileSystem}. */
export interface FileSystemProps extends TagOptions {
  readonly name: string;
  readonly network: INetwork;
  /** Availability domain; one of the network's, and best that of the clients. */
  readonly zone: string;
  /** Performance tier: 125, 250, 500 or 1000. Oracle Cloud counts it for each TB of size. */
  readonly throughputMBpsPerTiB: number;
  /** Size in GB: from 31,200 in steps of 10,400, from 124,800 in steps of 41,600. */
  readonly capacityGB: number;
  /** Largest size that Oracle Cloud allows; raise it once Oracle has. @default that of the tier */
  readonly maxCapacityGB?: number;
  /** @default - a key of Oracle Cloud */
  readonly encryptionKey?: IEncryptionKey;
  /** Who may connect: address blocks of the nodes by a stable key, such as that of their shard. */
  readonly clients: Readonly<Record<string, string>>;
  /** Whether root of a client is root on the file system; containers commonly run as root. @default 'none' */
  readonly rootSquash?: 'none' | 'root';
  /** Owner of its subnet among those with role `storage`. @default - the only one */
  readonly owner?: string;
  /**
   * Whether the size of its subnet is checked elsewhere: where it is planned, unless it is only compared with.
   *
   * @default false
   */
  readonly isSubnetChecked?: boolean;
}

/** Lustre servers and clients call each other from privileged ports. */
export const LUSTRE_PORTS = { protocol: 'tcp', ports: [988, 988], sourcePorts: [512, 1023] } as const;

/**
 * A managed Lustre file system (File Storage with Lustre) in a subnet of its own.
 *
 * Its tier, zone, name and subnet cannot change without losing the data, so it is protected against destroy.
 */
export class FileSystem extends Construct implements IFileSystem {
  public readonly name: string;
  public readonly cidr: string;
  /** Name that clients mount, at most 8 characters. */
  public readonly mountName: string;
  /** Address of the management service, which clients mount. */
  public readonly mountAddress: string;
  /** Lustre network of the file system, such as `tcp`. */
  public readonly lnet: string;

  constructor(scope: Construct, id: string, props: FileSystemProps) {
    super(scope, id);
    const { network } = props;
    checkSize(props);
    if (!Token.isUnresolved(props.zone) && !network.zones.includes(props.zone)) {
      throw new Error(`zone "${props.zone}" is none of the network's: ${network.zones.join(', ')}`);
    }
    const subnet = onlySubnet(network, 'storage', props.owner);
    if (props.isSubnetChecked !== true) checkSubnet(subnet, props.capacityGB);
    this.name = props.name;
    this.cidr = subnet.cidr;
    this.mountName = physicalName([props.name], LIMITS.lustre);
    const security = new SecurityGroup(this, 'security', {
      name: `${props.name}-lustre`,
      compartmentId: network.compartmentId,
      networkId: network.networkId,
      rules: rules(props.clients),
      tags: props.tags,
      costTags: props.costTags,
    });
    for (const [key, rule] of Object.entries(serverRules(security.groupId))) security.addRule(key, rule);
    const fileSystem = new LustreFileStorageLustreFileSystem(this, 'Resource', {
      compartmentId: network.compartmentId,
      availabilityDomain: props.zone,
      subnetId: subnet.subnetId,
      nsgIds: [security.groupId],
      fileSystemName: this.mountName,
      displayName: props.name,
      capacityInGbs: props.capacityGB,
      performanceTier: `MBPS_PER_TB_${props.throughputMBpsPerTiB}`,
      kmsKeyId: props.encryptionKey?.keyId,
      rootSquashConfiguration: { identitySquash: props.rootSquash === 'root' ? 'ROOT' : 'NONE' },
      ...tagArguments(props),
      timeouts: { create: '3h', update: '6h', delete: '2h' },
      lifecycle: { preventDestroy: true },
    });
    this.mountAddress = fileSystem.managementServiceAddress;
    this.lnet = fileSystem.lnet;
  }
}

function rules(clients: Readonly<Record<string, string>>): Record<string, SecurityRule> {
  const ofClient = ([key, cidr]: [string, string]): [string, SecurityRule][] => [
    [`from-${key}`, { direction: 'in', peer: { cidr }, ...LUSTRE_PORTS }],
    [`to-${key}`, { direction: 'out', peer: { cidr }, ...LUSTRE_PORTS }],
  ];
  return Object.fromEntries(Object.entries(clients).flatMap(ofClient));
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
function checkSize({ capacityGB, throughputMBpsPerTiB, maxCapacityGB }: FileSystemProps): void {
  if (Token.isUnresolved(capacityGB) || Token.isUnresolved(throughputMBpsPerTiB)) return;
  const tier = oracleLustreTier(throughputMBpsPerTiB);
  if (tier === undefined) {
    const offered = ORACLE_LUSTRE_THROUGHPUTS.offered.join(', ');
    throw new Error(`throughputMBpsPerTiB must be one of ${offered}, got ${throughputMBpsPerTiB}`);
  }
  const max = maxCapacityGB ?? tier.max;
  if (capacityGB > max) {
    throw new Error(
      `capacityGB must be at most ${max}, got ${capacityGB}; raise maxCapacityGB once Oracle has raised the limit`,
    );
  }
  const step = stepOf(tier, capacityGB);
  if (capacityGB < tier.min || capacityGB % step !== 0) {
    const below = Math.max(Math.floor(capacityGB / step) * step, tier.min);
    const above = Math.max(Math.ceil(capacityGB / step) * step, tier.min);
    throw new Error(
      `capacityGB must be at least ${tier.min} and a multiple of ${step}, got ${capacityGB}; ` +
        `use ${[...new Set([below, above])].join(' or ')}`,
    );
  }
}

/** Above the largest size of the tier its last step goes on. */
function stepOf({ steps, min }: LustreTier, capacityGB: number): number {
  return (steps.find(({ upTo }) => capacityGB <= upTo) ?? steps.at(-1))?.step ?? min;
}

/** The subnet of a file system can never change, and the service finds no address for a server only when it makes it. */
function checkSubnet({ key, cidr: range }: NetworkSubnet, capacityGB: number): void {
  if (Token.isUnresolved(range) || Token.isUnresolved(capacityGB)) return;
  const prefix = oracleLustrePrefix(capacityGB);
  if (cidr(range).prefix <= prefix) return;
  throw new Error(
    `subnet "${key}" is ${range}, too small for the servers of ${capacityGB} GB; they need a /${prefix} or larger`,
  );
}
