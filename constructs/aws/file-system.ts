import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnFileSystem } from 'aws-cdk-lib/aws-fsx';
import { RemovalPolicy, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AWS_LUSTRE_TCP, aws } from '../../estate/catalog/aws';
import { allows, nearestSizes } from '../../estate/catalog/lustre';
import type { Tags } from '../../estate/units';
import type { EncryptionKey } from './encryption-key';
import { addTags } from './names';
import type { INetwork } from './network';
import { retainAll } from './retain';

/** Options of a {@link FileSystem}. */
export interface FileSystemProps {
  /** Value of the Name tag. */
  readonly name: string;
  readonly network: INetwork;
  /** Zone that it lies in, the same as its clients'. */
  readonly zone: string;
  /** Performance tier: 125, 250, 500 or 1000. */
  readonly throughputMBpsPerTiB: number;
  /** Size; with EFA a multiple of 38,400 at tier 125, 19,200 at 250, 9,600 at 500, 4,800 at 1000. */
  readonly capacityGiB: number;
  /**
   * How clients reach it. Fixed at creation, so it is never derived from the size: growth would replace the file system.
   *
   * @default 'efa'
   */
  readonly transport?: 'efa' | 'tcp';
  /** @default - the AWS managed key of FSx */
  readonly encryptionKey?: EncryptionKey;
  /** Security groups that may connect; later ones through {@link FileSystem.allowClient}. @default - none */
  readonly clients?: Readonly<Record<string, ec2.ISecurityGroup>>;
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/**
 * A Lustre file system of FSx on SSD; it is kept when the stack goes or a change would replace it, with the security
 * group and the rules by which its servers reach each other. Rules of clients are not: they end with the mount, so that
 * an unmounted cluster is shut out and can mount it again.
 */
export class FileSystem extends Construct {
  readonly fileSystemId: string;
  readonly dnsName: string;
  /** Name under which clients mount it: `<dnsName>@tcp:/<mountName>`. */
  readonly mountName: string;
  readonly securityGroup: ec2.SecurityGroup;

  private readonly ports: readonly ec2.Port[];

  constructor(scope: Construct, id: string, props: FileSystemProps) {
    super(scope, id);
    const transport = props.transport ?? 'efa';
    checkSize(props, transport);
    const [subnet] = props.network.subnetsFor('nodes', { zone: props.zone, ordinal: 1 });
    if (subnet === undefined) throw new Error(`the network has no nodes subnet in "${props.zone}"`);
    this.ports = transport === 'efa' ? [ec2.Port.allTraffic()] : [ec2.Port.tcp(988), ec2.Port.tcpRange(1018, 1023)];
    this.securityGroup = new ec2.SecurityGroup(this, 'security-group', {
      vpc: props.network.vpc,
      description: 'Lustre file system',
      allowAllOutbound: false,
    });
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
        perUnitStorageThroughput: props.throughputMBpsPerTiB,
        efaEnabled: transport === 'efa',
        metadataConfiguration: { mode: 'AUTOMATIC' },
      },
    });
    resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    retainAll(this.securityGroup);
    // The group must be complete before the file system checks it.
    resource.node.addDependency(this.securityGroup);
    this.fileSystemId = resource.ref;
    this.dnsName = resource.attrDnsName;
    this.mountName = resource.attrLustreMountName;
    for (const [key, client] of Object.entries(props.clients ?? {})) {
      this.allowClient(this, `client-${key}`, client);
    }
    addTags(this, { ...props.tags, Name: props.name });
  }

  /**
   * Opens the way between the file system and a client's security group, both directions on both sides.
   *
   * The rules are made in `scope`: a cluster's stack names the file system's, so they belong to the cluster's.
   */
  allowClient(scope: Construct, id: string, client: ec2.ISecurityGroup): void {
    const rules = new Construct(scope, id);
    const own = this.securityGroup.securityGroupId;
    const { securityGroupId: clientSecurityGroupId } = client;
    for (const port of this.ports) {
      const { ipProtocol, fromPort, toPort } = port.toRuleJson();
      const range = { ipProtocol, fromPort, toPort };
      const name = fromPort === undefined ? 'all' : `${fromPort}`;
      for (const [side, group, peer] of [
        ['server', own, clientSecurityGroupId],
        ['client', clientSecurityGroupId, own],
      ] as const) {
        new ec2.CfnSecurityGroupIngress(rules, `${side}-in-${name}`, {
          groupId: group,
          sourceSecurityGroupId: peer,
          description: 'Lustre',
          ...range,
        });
        // CloudFormation takes the "all outbound" rule off a group that gets another one: nodes would lose the internet.
        if (side === 'client' && client.allowAllOutbound) continue;
        new ec2.CfnSecurityGroupEgress(rules, `${side}-out-${name}`, {
          groupId: group,
          destinationSecurityGroupId: peer,
          description: 'Lustre',
          ...range,
        });
      }
    }
  }
}

function checkSize({ capacityGiB, throughputMBpsPerTiB }: FileSystemProps, transport: 'efa' | 'tcp'): void {
  if (Token.isUnresolved(capacityGiB) || Token.isUnresolved(throughputMBpsPerTiB)) return;
  const tier = aws.lustre.tiers.find((row) => row.throughputMBpsPerTiB === throughputMBpsPerTiB);
  if (tier === undefined) {
    const tiers = aws.lustre.tiers.map((row) => row.throughputMBpsPerTiB).join(', ');
    throw new Error(`throughputMBpsPerTiB ${throughputMBpsPerTiB} is no tier of FSx for Lustre; use ${tiers}`);
  }
  if (transport === 'tcp') {
    if (allows(AWS_LUSTRE_TCP, capacityGiB)) return;
    throw new Error(
      `capacityGiB ${capacityGiB} is no size of FSx for Lustre; use ${nearestSizes(AWS_LUSTRE_TCP, capacityGiB).join(' or ')}`,
    );
  }
  if (allows(tier, capacityGiB)) return;
  const nearest = nearestSizes(tier, capacityGiB).join(' or ');
  throw new Error(
    `capacityGiB ${capacityGiB} cannot have EFA at ${throughputMBpsPerTiB} MBps/TiB: sizes are multiples of ${tier.min}; use ${nearest}, or transport "tcp"`,
  );
}
