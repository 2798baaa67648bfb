import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnFileSystem } from 'aws-cdk-lib/aws-fsx';
import { Aws, Stack, Token } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { AWS_LUSTRE_TCP } from '../../estate/catalog/aws';
import { allows, nearestSizes } from '../../estate/catalog/lustre';
import type { LustreTier } from '../../estate/catalog/types';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import { type FileSystemAlarmOptions, watchFreeSpace } from './alarms';
import { checkId, checkKeyRegion, checkName, checkZone, SECURITY_GROUP } from './checks';
import type { IEncryptionKey } from './encryption-key';
import { addTags } from './names';
import type { INetwork } from './network-attributes';
import { type RemovalPolicy, removalPolicyOf, retainAll } from './retain';

/** Options of a {@link FileSystem}. */
export interface FileSystemProps {
  /** Value of the Name tag. */
  readonly name: string;
  /** Network whose nodes subnet it lies in. */
  readonly network: INetwork;
  /** Zone that it lies in, the same as its clients'. */
  readonly zone: string;
  /** Performance tier, a row of the catalog: 125, 250, 500 or 1000 MB/s for each TiB. */
  readonly tier: LustreTier;
  /** Size; with EFA a multiple of 38,400 at tier 125, 19,200 at 250, 9,600 at 500, 4,800 at 1000. */
  readonly capacityGiB: number;
  /**
   * How clients reach it. Fixed at creation, so it is never derived from the size: growth would replace the file system.
   *
   * @default 'efa'
   */
  readonly transport?: 'efa' | 'tcp';
  /** Owner of the subnets that it may lie in, for networks whose subnets have owners. @default - any */
  readonly subnetOwner?: string;
  /** Encrypts it. @default - the AWS managed key of FSx */
  readonly encryptionKey?: IEncryptionKey;
  /** What may connect, by keys; later ones through {@link FileSystem.allowClient}. @default - none */
  readonly clients?: Readonly<Record<string, ec2.IConnectable>>;
  /** Where alarms on its free space go. @default - no alarms */
  readonly alarms?: FileSystemAlarmOptions;
  /** What becomes of it, and of the rules of its servers, when the stack goes. @default 'retain' */
  readonly removalPolicy?: RemovalPolicy;
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/** What is known of a file system that was made elsewhere. */
export interface FileSystemAttributes {
  /** Its id, `fs-…`. */
  readonly fileSystemId: string;
  /** Name under which clients mount it. @default - not told: the owners of volumes know it */
  readonly mountName?: string;
  /** Group of its interfaces. */
  readonly securityGroupId: string;
  /** How clients reach it. @default 'efa' */
  readonly transport?: 'efa' | 'tcp';
  /**
   * Whether its group lets everything out, so that no outbound rule is added to it. CloudFormation takes the rule off that
   * every new group has when it adds another one; groups for EFA have rules of their own instead.
   *
   * @default - true for tcp, false for efa
   */
  readonly allowAllOutbound?: boolean;
}

/** A file system that clusters may mount. */
export interface IFileSystem extends IConstruct, ec2.IConnectable {
  /** Its id, `fs-…`. */
  readonly fileSystemId: string;
  /** Name by which clients find it. */
  readonly dnsName: string;
  /** Name under which clients mount it; absent where it was not told. */
  readonly mountName?: string;
  /** What clients mount, `<dnsName>@tcp:/<mountName>`. @default - not known: its mount name was not told */
  readonly mountPoint?: string;
  /** Group of its interfaces. */
  readonly securityGroup: ec2.ISecurityGroup;
  /**
   * Opens the way between the file system and the groups of a client, such as a cluster or a fabric: both directions on
   * both sides.
   *
   * The rules are made in `scope`: a cluster's stack names the file system's, so they belong to the cluster's.
   */
  allowClient(scope: Construct, id: string, client: ec2.IConnectable): void;
}

/**
 * A Lustre file system of FSx on SSD; it is kept when the stack goes or a change would replace it, with the security
 * group and the rules by which its servers reach each other. Rules of clients are not: they end with the mount, so that
 * an unmounted cluster is shut out and can mount it again.
 */
export class FileSystem extends Construct implements IFileSystem {
  /**
   * Imports a file system that was made elsewhere.
   *
   * @throws ConstructError with IdInvalid when an id is that of something else
   */
  static fromFileSystemAttributes(scope: Construct, id: string, attributes: FileSystemAttributes): IFileSystem {
    return new ImportedFileSystem(scope, id, attributes);
  }

  /** Its id, `fs-…`. */
  readonly fileSystemId: string;
  /** Name by which clients find it. */
  readonly dnsName: string;
  /** Name under which clients mount it. */
  readonly mountName: string;
  /** What clients mount, `<dnsName>@tcp:/<mountName>`. */
  readonly mountPoint: string;
  /** Group of its interfaces. */
  readonly securityGroup: ec2.SecurityGroup;
  /** What may connect to it; {@link FileSystem.allowClient} also opens the way back. */
  readonly connections: ec2.Connections;

  private readonly ports: readonly ec2.Port[];

  /**
   * @throws ConstructError with NameInvalid, SizeInvalid, KeyUnsuitable, ZoneUnknown or SubnetMissing when FSx would refuse it or it has
   * no place
   */
  constructor(scope: Construct, id: string, props: FileSystemProps) {
    super(scope, id);
    const transport = props.transport ?? 'efa';
    const subnet = this.check(props, transport);
    this.ports = PORTS[transport];
    this.securityGroup = new ec2.SecurityGroup(this, 'security-group', {
      vpc: props.network.vpc,
      description: 'Lustre file system',
      allowAllOutbound: false,
    });
    this.connections = connectionsOf(this.securityGroup, this.ports);
    // Servers talk to each other, and with EFA creation fails unless both directions are open.
    for (const port of this.ports) {
      this.securityGroup.addIngressRule(this.securityGroup, port, 'Lustre servers');
      this.securityGroup.addEgressRule(this.securityGroup, port, 'Lustre servers');
    }
    const resource = new CfnFileSystem(this, 'Resource', {
      fileSystemType: 'LUSTRE',
      fileSystemTypeVersion: '2.15',
      storageType: 'SSD',
      storageCapacity: props.capacityGiB,
      subnetIds: [subnet.subnetId],
      securityGroupIds: [this.securityGroup.securityGroupId],
      kmsKeyId: props.encryptionKey?.keyArn,
      lustreConfiguration: {
        deploymentType: 'PERSISTENT_2',
        perUnitStorageThroughput: props.tier.throughputMBpsPerTiB,
        efaEnabled: transport === 'efa',
        metadataConfiguration: { mode: 'AUTOMATIC' },
      },
    });
    this.node.defaultChild = resource;
    resource.applyRemovalPolicy(removalPolicyOf(props.removalPolicy));
    if (props.removalPolicy !== 'destroy') retainAll(this.securityGroup);
    // The group must be complete before the file system checks it.
    resource.node.addDependency(this.securityGroup);
    this.fileSystemId = resource.ref;
    this.dnsName = resource.attrDnsName;
    this.mountName = resource.attrLustreMountName;
    this.mountPoint = mountPointOf(this.dnsName, this.mountName);
    for (const [key, client] of Object.entries(props.clients ?? {})) {
      this.allowClient(this, `client-${key}`, client);
    }
    if (props.alarms !== undefined) {
      watchFreeSpace(this, { fileSystemId: this.fileSystemId, capacityGiB: props.capacityGiB }, props.alarms);
    }
    addTags(this, { ...props.tags, Name: props.name });
  }

  /**
   * Opens the way between the file system and the groups of a client, such as a cluster or a fabric: both directions on
   * both sides.
   *
   * The rules are made in `scope`: a cluster's stack names the file system's, so they belong to the cluster's.
   */
  allowClient(scope: Construct, id: string, client: ec2.IConnectable): void {
    addRules(new Construct(scope, id), this.securityGroup, this.ports, client);
  }

  private check(props: FileSystemProps, transport: 'efa' | 'tcp'): ec2.ISubnet {
    const { name, network, zone, subnetOwner: owner } = props;
    checkName(this, name);
    checkKeyRegion(this, props.encryptionKey);
    checkSize(this, props, transport);
    checkZone(this, network.zones, zone);
    const [subnet] = network.subnetsFor('nodes', { zone, owner, ordinal: 1 });
    if (subnet !== undefined) return subnet;
    throw new ConstructError(
      this,
      'SubnetMissing',
      `the network has no nodes subnet in "${zone}"; add one, or choose another zone`,
    );
  }
}

/** What clients mount; the servers are found by TCP also where EFA carries the data. */
function mountPointOf(dnsName: string, mountName: string): string {
  return `${dnsName}@tcp:/${mountName}`;
}

class ImportedFileSystem extends Construct implements IFileSystem {
  readonly fileSystemId: string;
  readonly dnsName: string;
  readonly mountName?: string;
  readonly mountPoint?: string;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly connections: ec2.Connections;

  private readonly ports: readonly ec2.Port[];

  constructor(scope: Construct, id: string, attributes: FileSystemAttributes) {
    super(scope, id);
    const { fileSystemId, mountName, securityGroupId, transport = 'efa' } = attributes;
    checkId(this, 'file system', fileSystemId, /^fs-[0-9a-f]+$/, 'fs-0123456789abcdef0');
    checkId(this, 'security group', securityGroupId, SECURITY_GROUP, 'sg-0123456789abcdef0');
    this.fileSystemId = fileSystemId;
    this.dnsName = `${fileSystemId}.fsx.${Stack.of(this).region}.${Aws.URL_SUFFIX}`;
    this.mountName = mountName;
    this.mountPoint = mountName === undefined ? undefined : mountPointOf(this.dnsName, mountName);
    this.ports = PORTS[transport];
    this.securityGroup = ec2.SecurityGroup.fromSecurityGroupId(this, 'security-group', securityGroupId, {
      allowAllOutbound: attributes.allowAllOutbound ?? transport === 'tcp',
    });
    this.connections = connectionsOf(this.securityGroup, this.ports);
  }

  allowClient(scope: Construct, id: string, client: ec2.IConnectable): void {
    addRules(new Construct(scope, id), this.securityGroup, this.ports, client);
  }
}

const PORTS = {
  efa: [ec2.Port.allTraffic()],
  tcp: [ec2.Port.tcp(988), ec2.Port.tcpRange(1018, 1023)],
} as const;

function connectionsOf(securityGroup: ec2.ISecurityGroup, [defaultPort]: readonly ec2.Port[]): ec2.Connections {
  return new ec2.Connections({ securityGroups: [securityGroup], defaultPort });
}

function addRules(
  rules: Construct,
  server: ec2.ISecurityGroup,
  ports: readonly ec2.Port[],
  { connections }: ec2.IConnectable,
): void {
  for (const [index, client] of connections.securityGroups.entries()) {
    const which = index === 0 ? '' : `-${index + 1}`;
    for (const port of ports) {
      const { ipProtocol, fromPort, toPort } = port.toRuleJson();
      const range = { ipProtocol, fromPort, toPort };
      const name = `${fromPort === undefined ? 'all' : `${fromPort}`}${which}`;
      for (const [side, group, peer] of [
        ['server', server, client],
        ['client', client, server],
      ] as const) {
        new ec2.CfnSecurityGroupIngress(rules, `${side}-in-${name}`, {
          groupId: group.securityGroupId,
          sourceSecurityGroupId: peer.securityGroupId,
          description: 'Lustre',
          ...range,
        });
        // CloudFormation takes the "all outbound" rule off a group that gets another one: nodes would lose the internet.
        if (group.allowAllOutbound) continue;
        new ec2.CfnSecurityGroupEgress(rules, `${side}-out-${name}`, {
          groupId: group.securityGroupId,
          destinationSecurityGroupId: peer.securityGroupId,
          description: 'Lustre',
          ...range,
        });
      }
    }
  }
}

function checkSize(scope: Construct, { capacityGiB, tier }: FileSystemProps, transport: 'efa' | 'tcp'): void {
  const sizes = transport === 'tcp' ? AWS_LUSTRE_TCP : tier;
  if (Token.isUnresolved(capacityGiB) || allows(sizes, capacityGiB)) return;
  const nearest = nearestSizes(sizes, capacityGiB).join(' or ');
  const what =
    transport === 'tcp'
      ? `capacityGiB ${capacityGiB} is no size of FSx for Lustre; use ${nearest}`
      : `capacityGiB ${capacityGiB} cannot have EFA at ${tier.throughputMBpsPerTiB} MBps/TiB: sizes are multiples of ${tier.min}; use ${nearest}, or transport "tcp"`;
  throw new ConstructError(scope, 'SizeInvalid', what);
}
