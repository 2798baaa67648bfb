import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { AwsMachine } from '../../estate/catalog/aws-machines';
import type { Tags } from '../../estate/units';
import { addTags } from './names';
import type { INetwork } from './network';
import { retainAll } from './retain';

/** Options of a {@link Fabric}. */
export interface FabricProps {
  /** Value of the Name tag. */
  readonly name: string;
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

/** A fabric that pools may join. */
export interface IFabric {
  readonly zone: string;
  readonly securityGroup: ec2.ISecurityGroup;
  /** Name of the cluster placement group; absent where nodes are not packed. */
  readonly placementGroupName?: string;
  /** Keeps it when its stack goes, for nodes that are kept too. @default - what is imported is kept anyway */
  retain?(): void;
}

/** One EFA network: nodes of it reach each other, and nothing else, over their EFA interfaces. */
export class Fabric extends Construct implements IFabric {
  readonly zone: string;
  readonly securityGroup: ec2.SecurityGroup;
  readonly placementGroupName?: string;

  constructor(scope: Construct, id: string, props: FabricProps) {
    super(scope, id);
    if (props.machine.efa === undefined) {
      throw new Error(
        `machine "${props.machine.type}" has no EFA; a fabric needs one that has, leave it out otherwise`,
      );
    }
    this.zone = props.zone;
    this.securityGroup = new ec2.SecurityGroup(this, 'Resource', {
      vpc: props.network.vpc,
      description: 'EFA interfaces of one fabric',
      allowAllOutbound: false,
    });
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
}
