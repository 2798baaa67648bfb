import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct, type IConstruct } from 'constructs';
import type { AwsMachine } from '../../estate/catalog/aws-machines';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import { checkId, checkName, checkZone, SECURITY_GROUP } from './checks';
import { addTags } from './names';
import type { INetwork } from './network-attributes';
import { retainAll } from './retain';

/** Options of a {@link Fabric}. */
export interface FabricProps {
  /** Value of the Name tag. */
  readonly name: string;
  /** Network that it lies in. */
  readonly network: INetwork;
  /** EFA traffic does not leave a zone. */
  readonly zone: string;
  /** A machine type that will join it. */
  readonly machine: AwsMachine;
  /**
   * Packs the nodes into one cluster placement group. For on-demand machines only: forced onto a reservation or a
   * capacity block that was not made in the group, it leaves nodes without capacity.
   *
   * @default 'none'
   */
  readonly placement?: 'cluster' | 'none';
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/** What is known of a fabric that was made elsewhere. */
export interface FabricAttributes {
  /** Zone of its nodes: EFA traffic does not leave it. */
  readonly zone: string;
  /** Group of its EFA interfaces, open to itself in both directions by rules of its own. */
  readonly securityGroupId: string;
  /** Name of the cluster placement group. @default - nodes are not packed */
  readonly placementGroupName?: string;
  /**
   * Whether the group lets everything out, so that no outbound rule to a file system is added to it. CloudFormation takes
   * the rule off that every new group has when it adds another one.
   *
   * @default false
   */
  readonly allowAllOutbound?: boolean;
}

/** A fabric that pools may join. */
export interface IFabric extends IConstruct, ec2.IConnectable {
  /** Zone of its nodes. */
  readonly zone: string;
  /** Group of the EFA interfaces of its nodes. */
  readonly securityGroup: ec2.ISecurityGroup;
  /** Name of the cluster placement group; absent where nodes are not packed. */
  readonly placementGroupName?: string;
  /** Keeps it when its stack goes, for nodes that are kept too; what is imported is kept anyway. */
  retain(): void;
}

/** One EFA network: nodes of it reach each other, and nothing else, over their EFA interfaces. */
export class Fabric extends Construct implements IFabric {
  /**
   * Imports a fabric that was made elsewhere.
   *
   * @throws ConstructError with IdInvalid when it is no id of a security group
   */
  static fromFabricAttributes(scope: Construct, id: string, attributes: FabricAttributes): IFabric {
    return new ImportedFabric(scope, id, attributes);
  }

  /** Zone of its nodes. */
  readonly zone: string;
  /** Group of the EFA interfaces of its nodes. */
  readonly securityGroup: ec2.SecurityGroup;
  /** What may connect to its EFA interfaces. */
  readonly connections: ec2.Connections;
  /** Name of the cluster placement group; none where nodes are not packed. */
  readonly placementGroupName?: string;

  /** @throws ConstructError with NameInvalid, MachineUnsuitable or ZoneUnknown when no node could join it */
  constructor(scope: Construct, id: string, props: FabricProps) {
    super(scope, id);
    this.check(props);
    this.zone = props.zone;
    this.securityGroup = new ec2.SecurityGroup(this, 'Resource', {
      vpc: props.network.vpc,
      description: 'EFA interfaces of one fabric',
      allowAllOutbound: false,
    });
    this.node.defaultChild = this.securityGroup.node.defaultChild;
    this.connections = this.securityGroup.connections;
    // EFA needs both directions open to the group itself; the usual "all outbound" rule does not count.
    this.securityGroup.addIngressRule(this.securityGroup, ec2.Port.allTraffic(), 'EFA');
    this.securityGroup.addEgressRule(this.securityGroup, ec2.Port.allTraffic(), 'EFA');
    if (props.placement === 'cluster') {
      this.placementGroupName = new ec2.CfnPlacementGroup(this, 'placement-group', { strategy: 'cluster' }).ref;
    }
    addTags(this, { ...props.tags, Name: props.name });
  }

  /** Keeps it when its stack goes: without its rules nodes that are kept would lose RDMA at once. */
  retain(): void {
    retainAll(this);
  }

  private check({ name, machine, network, zone }: FabricProps): void {
    checkName(this, name);
    checkZone(this, network.zones, zone);
    if (machine.efa !== undefined) return;
    throw new ConstructError(
      this,
      'MachineUnsuitable',
      `machine "${machine.type}" has no EFA; a fabric needs one that has, leave it out otherwise`,
    );
  }
}

class ImportedFabric extends Construct implements IFabric {
  readonly zone: string;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly connections: ec2.Connections;
  readonly placementGroupName?: string;

  constructor(scope: Construct, id: string, attributes: FabricAttributes) {
    super(scope, id);
    const { zone, securityGroupId, placementGroupName, allowAllOutbound = false } = attributes;
    checkId(this, 'security group', securityGroupId, SECURITY_GROUP, 'sg-0123456789abcdef0');
    this.zone = zone;
    this.securityGroup = ec2.SecurityGroup.fromSecurityGroupId(this, 'security-group', securityGroupId, {
      allowAllOutbound,
    });
    this.connections = this.securityGroup.connections;
    this.placementGroupName = placementGroupName;
  }

  /** What is imported is kept anyway. */
  retain(): void {}
}
