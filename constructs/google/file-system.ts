import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { LustreInstance } from '@cdktf/provider-google/lib/lustre-instance';
import { Construct } from 'constructs';
import { GOOGLE_LUSTRE_MOUNT_NAME, GOOGLE_LUSTRE_PORT, google } from '../../estate/catalog/google';
import { allows, withLargest } from '../../estate/catalog/lustre';
import { hash8 } from '../../estate/name';
import { formatCount, type Tags } from '../../estate/units';
import { Token } from '../cdktf';
import { setNewer } from '../newer-arguments';
import { type IEncryptionKey, requireKeyRegion } from './encryption-key';
import { LIMITS, physicalName, resourceTags } from './names';
import type { INetwork } from './network';
import { protect } from './protection';

/** Nodes that mount a file system. */
export interface FileSystemClient {
  /** First part of the name of the rule that lets them in; unique in the project. */
  readonly name: string;
  /** Range of the nodes. */
  readonly cidr: string;
}

/** A managed Lustre file system that nodes mount. */
export interface IFileSystem {
  readonly instanceName: string;
  /** Lets the servers of the file system reach nodes; `id` is the key of the client. */
  allowClient(id: string, client: FileSystemClient): void;
}

/** What a file system of another stack is known by. */
export interface FileSystemAttributes {
  /** First part of its name, as given to the `FileSystem` that made it. */
  readonly name: string;
  /** Network that its servers are peered with: has a range of role `storage`. */
  readonly network: INetwork;
}

/** Properties of a `FileSystem`. */
export interface FileSystemProps extends FileSystemAttributes {
  readonly zone: string;
  /** Performance tier; fixed at creation. */
  readonly throughputMBpsPerTiB: number;
  /** Size; grows in the steps of its tier and never shrinks. */
  readonly capacityGiB: number;
  /** Largest size that Google allows; raise it once Google has. @default that of the tier */
  readonly maxCapacityGiB?: number;
  /**
   * Own key. Leave it out for file systems that GKE mounts: the driver refuses those with a key of the customer.
   * @default Google's key
   */
  readonly encryptionKey?: IEncryptionKey;
  /**
   * Name by which clients mount it: a letter and up to 7 letters and digits; fixed at creation. A node cannot mount two
   * file systems of the same one.
   * @default a letter and 7 digits that follow from `name`
   */
  readonly mountName?: string;
  /** Nodes that mount it, by key. @default none: let them in with `allowClient` */
  readonly clients?: Readonly<Record<string, FileSystemClient>>;
  /** @default no labels */
  readonly tags?: Tags;
}

/** A managed Lustre file system behind private services access. Neither Terraform nor its provider destroys it. */
export class FileSystem extends Construct implements IFileSystem {
  /** A file system that another stack makes: everything about it follows from its name. */
  static fromInstanceName(scope: Construct, id: string, attributes: FileSystemAttributes): IFileSystem {
    return new ImportedFileSystem(scope, id, attributes);
  }

  readonly instanceName: string;
  /** What clients mount, `<address>@tcp:/<mount name>`; known after the file system exists. */
  readonly mountPoint: string;
  private readonly network: INetwork;

  constructor(scope: Construct, id: string, props: FileSystemProps) {
    super(scope, id);
    this.instanceName = physicalName([props.name], LIMITS.fileSystem);
    this.network = props.network;
    requireSize(props);
    requireServicesAccess(props);
    requireRegion(props);
    const mountName = props.mountName ?? `l${hash8(props.name).slice(1)}`;
    if (!GOOGLE_LUSTRE_MOUNT_NAME.pattern.test(mountName)) {
      throw new Error(
        `file system "${props.name}" got mountName "${mountName}": use a letter and up to 7 letters and digits`,
      );
    }
    const instance = new LustreInstance(this, 'Resource', {
      instanceId: this.instanceName,
      project: props.network.projectId,
      location: props.zone,
      filesystem: mountName,
      capacityGib: String(props.capacityGiB),
      perUnitStorageThroughput: String(props.throughputMBpsPerTiB),
      network: props.network.networkPath,
      labels: resourceTags(props.tags),
      timeouts: { create: '120m', update: '120m', delete: '120m' },
      // An answer that spells the project as its number would replace the instance.
      lifecycle: { ignoreChanges: ['network'] },
      dependsOn: [...props.network.dependables, ...(props.encryptionKey?.grants.serviceAgent('lustre') ?? [])],
    });
    protect(instance);
    this.mountPoint = instance.mountPoint;
    setNewer(instance, 'google_lustre_instance', { kms_key: props.encryptionKey?.keyId });
    for (const [key, client] of Object.entries(props.clients ?? {})) this.allowClient(key, client);
  }

  allowClient(id: string, client: FileSystemClient): void {
    addClientRule(this, id, this.network, client);
  }
}

class ImportedFileSystem extends Construct implements IFileSystem {
  readonly instanceName: string;
  private readonly network: INetwork;

  constructor(scope: Construct, id: string, attributes: FileSystemAttributes) {
    super(scope, id);
    this.instanceName = physicalName([attributes.name], LIMITS.fileSystem);
    this.network = attributes.network;
    requireServicesAccess(attributes);
  }

  allowClient(id: string, client: FileSystemClient): void {
    addClientRule(this, id, this.network, client);
  }
}

function addClientRule(scope: Construct, id: string, network: INetwork, client: FileSystemClient): void {
  new ComputeFirewall(scope, `client-${id}`, {
    name: physicalName([client.name, 'lustre'], LIMITS.firewall),
    project: network.projectId,
    network: network.networkPath,
    direction: 'INGRESS',
    sourceRanges: network.subnetsFor('storage').map((range) => range.cidr),
    destinationRanges: [client.cidr],
    allow: [{ protocol: 'tcp', ports: [String(GOOGLE_LUSTRE_PORT.port)] }],
    dependsOn: [...network.dependables],
  });
}

function requireServicesAccess({ name, network }: FileSystemAttributes): void {
  if (network.subnetsFor('storage').length > 0) return;
  throw new Error(
    `file system "${name}" is behind private services access: network "${network.networkName}" needs a range of role "storage"`,
  );
}

function requireRegion({ name, zone, network, encryptionKey }: FileSystemProps): void {
  const known = [zone, network.region].every((text) => !Token.isUnresolved(text));
  if (known && !zone.startsWith(`${network.region}-`)) {
    throw new Error(`file system "${name}" got zone "${zone}": its network is in ${network.region}, use a zone of it`);
  }
  if (encryptionKey !== undefined) requireKeyRegion(encryptionKey, network.region, `file system "${name}"`);
}

/** The API refuses a wrong size only when it is applied. */
function requireSize({ name, throughputMBpsPerTiB, capacityGiB, maxCapacityGiB }: FileSystemProps): void {
  if (Token.isUnresolved(throughputMBpsPerTiB)) return;
  const tier = google.lustre.tiers.find((row) => row.throughputMBpsPerTiB === throughputMBpsPerTiB);
  if (tier === undefined) {
    const tiers = google.lustre.tiers.map((row) => row.throughputMBpsPerTiB).join(', ');
    throw new Error(`file system "${name}" got throughputMBpsPerTiB ${throughputMBpsPerTiB}: tiers are ${tiers}`);
  }
  if (Token.isUnresolved(capacityGiB)) return;
  const max = maxCapacityGiB ?? tier.max;
  if (allows(withLargest(tier, max), capacityGiB)) return;
  throw new Error(
    `file system "${name}" got capacityGiB ${capacityGiB}: the tier of ${throughputMBpsPerTiB} MB/s per TiB goes from ` +
      `${formatCount(tier.min)} to ${formatCount(max)} GiB${capacityGiB > max ? ' (raise maxCapacityGiB once Google has)' : ''} in steps of ` +
      tier.steps.map((row) => `${formatCount(row.step)} (up to ${formatCount(row.upTo)})`).join(', '),
  );
}
