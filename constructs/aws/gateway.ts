import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Tags as ResourceTags, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AWS_GATEWAY_ASNS } from '../../estate/catalog/aws-links';
import { parseCidr } from '../../estate/cidr';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import { associate, blockId, leadTo } from './attachments';
import { checkName } from './checks';
import { addTags } from './names';
import type { INetwork } from './network-attributes';

/** Options of a {@link Gateway}. */
export interface GatewayProps {
  /** Value of the Name tag. */
  readonly name: string;
  /** The network that it connects, with the route tables that are to lead to it. */
  readonly network: INetwork;
  /** Number of its autonomous system: private, and another one than that of every peer. */
  readonly asn: number;
  /** Blocks of the network that peers are told of: those of pods are not, since several networks may have the same. */
  readonly advertised: readonly string[];
  /** Blocks that are reached through it. */
  readonly reached: readonly string[];
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/**
 * The transit gateway of the links of one network, with a route table of its own.
 *
 * Nothing is attached to the default tables that a transit gateway may have, since a network that is would tell peers of all
 * its blocks, also of those of pods. The table holds what peers may know of the network as static routes; links add
 * themselves. So each peer hears of the others too, and one site may lead to another.
 */
export class Gateway extends Construct {
  /** Id of the transit gateway, `tgw-…`. */
  readonly gatewayId: string;
  /** Id of its route table, `tgw-rtb-…`, which links are added to. */
  readonly routeTableId: string;
  /** Number of its autonomous system. */
  readonly asn: number;
  /** Blocks of the network that peers are told of. */
  readonly advertised: readonly string[];

  /**
   * @throws ConstructError with NameInvalid, RangeInvalid, SubnetMissing, CountInvalid, IdInvalid or TagInvalid when AWS would
   * refuse it
   */
  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id);
    const { name, network, asn, advertised, reached } = props;
    this.check(props);
    const resource = new ec2.CfnTransitGateway(this, 'Resource', {
      amazonSideAsn: asn,
      description: name,
      autoAcceptSharedAttachments: 'disable',
      defaultRouteTableAssociation: 'disable',
      defaultRouteTablePropagation: 'disable',
      dnsSupport: 'enable',
      vpnEcmpSupport: 'enable',
    });
    this.node.defaultChild = resource;
    this.gatewayId = resource.attrId;
    const table = new ec2.CfnTransitGatewayRouteTable(this, 'route-table', { transitGatewayId: this.gatewayId });
    this.routeTableId = table.attrTransitGatewayRouteTableId;
    this.asn = asn;
    this.advertised = advertised;

    const place = new Construct(this, 'network');
    const attachment = new ec2.CfnTransitGatewayVpcAttachment(place, 'attachment', {
      transitGatewayId: this.gatewayId,
      vpcId: network.networkId,
      subnetIds: this.attachedSubnets(network).map(({ subnetId }) => subnetId),
    });
    associate(place, this, attachment.attrId);
    leadTo(place, this, attachment.attrId, advertised);
    for (const { key, routeTableId } of network.routeTables ?? []) {
      const routes = new Construct(this, `routes-${key}`);
      for (const block of reached) {
        const route = new ec2.CfnRoute(routes, `to-${blockId(block)}`, {
          routeTableId,
          destinationCidrBlock: block,
          transitGatewayId: this.gatewayId,
        });
        route.node.addDependency(attachment);
      }
    }
    addTags(this, props.tags ?? {});
    ResourceTags.of(this).add('Name', name);
  }

  /**
   * One subnet in each zone of the region: those of control planes, which are small and change least, or what else an existing
   * network has. What lies in a zone without one could not reach the gateway; Local Zones go through the zone of their region.
   */
  private attachedSubnets(network: INetwork): readonly ec2.ISubnet[] {
    const roles = ['control-plane', 'nodes', 'storage'] as const;
    const subnets = network.regionalZones.flatMap((zone) => {
      return roles.flatMap((role) => network.subnetsFor(role, { zone })).slice(0, 1);
    });
    if (subnets.length > 0) return subnets;
    throw new ConstructError(
      this,
      'SubnetMissing',
      `the network has no subnet in a zone of the region, where a transit gateway attaches to it; add one for control planes`,
    );
  }

  private check({ name, asn, advertised, reached }: GatewayProps): void {
    checkName(this, name);
    checkAsn(this, asn);
    for (const block of [...advertised, ...reached]) checkBlock(this, block);
  }
}

function checkAsn(scope: Construct, asn: number): void {
  const { short, long } = AWS_GATEWAY_ASNS;
  const isTaken = [short, long].some(({ first, last }) => asn >= first && asn <= last);
  if (Token.isUnresolved(asn) || (Number.isInteger(asn) && isTaken)) return;
  throw new ConstructError(
    scope,
    'CountInvalid',
    `asn is ${asn}; a transit gateway takes ${short.first} to ${short.last}, or ${long.first} to ${long.last}`,
  );
}

/** Refuses what is no block of addresses. */
function checkBlock(scope: Construct, block: string): void {
  if (Token.isUnresolved(block) || parseCidr(block) !== undefined) return;
  throw new ConstructError(
    scope,
    'RangeInvalid',
    `"${block}" is no block of addresses; give one without host bits, such as 10.64.0.0/16`,
  );
}
