import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Annotations, Token } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { isRegionalZone } from '../../estate/catalog/aws';
import type { SubnetAllocation, SubnetRole } from '../../estate/catalog/types';
import { checkId, checkZone } from './checks';

/** Which subnets of a role are wanted. */
export interface SubnetQuery {
  /** Zone of the subnets. @default - all zones */
  readonly zone?: string;
  /** Shard or file system that owns them. @default - any */
  readonly owner?: string;
  /** Which of the ranges of a zone, from 1 on. @default - all of them */
  readonly ordinal?: number;
}

/** A route table of a network. */
export interface RouteTable {
  /** What it goes by in ids of routes: the subnet that it is of, or its own id. */
  readonly key: string;
  /** Its id, `rtb-…`. */
  readonly routeTableId: string;
}

/** A VPC with what clusters, file systems and fabrics need of it. */
export interface INetwork extends IConstruct {
  /** The VPC as CDK knows it. */
  readonly vpc: ec2.IVpc;
  /** Id of the VPC. */
  readonly networkId: string;
  /** Zones that it spans, Local Zones included. */
  readonly zones: readonly string[];
  /** Zones of the region itself: control planes and NAT gateways cannot live in Local Zones. */
  readonly regionalZones: readonly string[];
  /** Route tables of subnets that are not public, which gateways add routes to. @default - they are their owner's */
  readonly routeTables?: readonly RouteTable[];
  /** The subnets of a role, in the order of their keys. */
  subnetsFor(role: SubnetRole, query?: SubnetQuery): readonly ec2.ISubnet[];
}

/** A subnet of an imported network. */
export interface ImportedSubnet extends SubnetAllocation {
  /** Its id, `subnet-…`. */
  readonly subnetId: string;
}

/** What is known of a network that was made elsewhere. */
export interface NetworkAttributes {
  /** Id of the VPC, `vpc-…`. */
  readonly networkId: string;
  /** Zones that are used of it, Local Zones included. */
  readonly zones: readonly string[];
  /** Subnets that are used of it, with what they are for. */
  readonly subnets: readonly ImportedSubnet[];
  /** Ids of route tables that a gateway may add routes to, `rtb-…`. @default - its owner makes the routes */
  readonly routeTableIds?: readonly string[];
}

/** A network that was made elsewhere; {@link Network.fromNetworkAttributes} makes it known. */
export class ImportedNetwork extends Construct implements INetwork {
  /** The VPC as CDK knows it. */
  readonly vpc: ec2.IVpc;
  /** Id of the VPC. */
  readonly networkId: string;
  /** Zones that are used of it, Local Zones included. */
  readonly zones: readonly string[];
  /** Zones of the region itself among them. */
  readonly regionalZones: readonly string[];
  /** Route tables that a gateway may add routes to. */
  readonly routeTables: readonly RouteTable[];

  private readonly subnets: readonly (SubnetAllocation & { readonly subnet: ec2.ISubnet })[];

  /** @throws ConstructError with IdInvalid or ZoneUnknown when an id or a zone is that of something else */
  constructor(scope: Construct, id: string, attributes: NetworkAttributes) {
    super(scope, id);
    const { networkId, zones, subnets, routeTableIds = [] } = attributes;
    checkId(this, 'VPC', networkId, /^vpc-[0-9a-f]+$/, 'vpc-0123456789abcdef0');
    for (const routeTableId of routeTableIds) {
      checkId(this, 'route table', routeTableId, /^rtb-[0-9a-f]+$/, 'rtb-0123456789abcdef0');
    }
    for (const { subnetId, zone } of subnets) {
      checkId(this, 'subnet', subnetId, /^subnet-.+$/, 'subnet-0123456789abcdef0');
      if (zone !== undefined) checkZone(this, zones, zone);
    }
    Annotations.of(this).acknowledgeWarning(
      '@aws-cdk/aws-ec2:noSubnetRouteTableId',
      'The ways out of a network of somebody else are theirs: nothing here adds a route.',
    );
    this.networkId = networkId;
    this.zones = zones;
    this.regionalZones = regionalZones(zones);
    this.routeTables = routeTableIds.map((routeTableId) => ({ key: routeTableId, routeTableId }));
    this.vpc = ec2.Vpc.fromVpcAttributes(this, 'vpc', { vpcId: networkId, availabilityZones: [...zones] });
    this.subnets = subnets.map((row) => ({
      ...row,
      subnet: ec2.Subnet.fromSubnetAttributes(this, `subnet-${row.key}`, {
        subnetId: row.subnetId,
        availabilityZone: row.zone,
        ipv4CidrBlock: row.cidr,
      }),
    }));
  }

  /** The subnets of a role, in the order of their keys. */
  subnetsFor(role: SubnetRole, query?: SubnetQuery): readonly ec2.ISubnet[] {
    return selectSubnets(this.subnets, role, query);
  }
}

/** The zones of the region itself; sorted, because a node group is replaced when its subnets change. */
export function regionalZones(zones: readonly string[]): readonly string[] {
  return zones.filter(mayBeRegional).toSorted();
}

/** A zone that is known at deployment only is taken for one of the region: `Fn::GetAZs` names no others. */
export function mayBeRegional(zone: string): boolean {
  return Token.isUnresolved(zone) || isRegionalZone(zone);
}

/** The subnets of a role, of those that are known with what they are for. */
export function selectSubnets(
  subnets: readonly (SubnetAllocation & { readonly subnet: ec2.ISubnet })[],
  role: SubnetRole,
  { zone, owner, ordinal }: SubnetQuery = {},
): readonly ec2.ISubnet[] {
  return subnets
    .filter((row) => row.role === role && (zone ?? row.zone) === row.zone && (owner ?? row.owner) === row.owner)
    .filter((row) => ordinal === undefined || ordinal === (row.ordinal ?? 1))
    .map(({ subnet }) => subnet);
}
