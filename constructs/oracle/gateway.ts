import { Construct, type IConstruct } from 'constructs';
import { CoreDrg } from '../../.gen/providers/oci/core-drg';
import { CoreDrgAttachment } from '../../.gen/providers/oci/core-drg-attachment';
import { CoreDrgRouteDistribution } from '../../.gen/providers/oci/core-drg-route-distribution';
import { CoreDrgRouteDistributionStatement } from '../../.gen/providers/oci/core-drg-route-distribution-statement';
import { CoreDrgRouteTable } from '../../.gen/providers/oci/core-drg-route-table';
import { exportAttribute, type ITerraformDependable } from '../cdktf';
import { checkRange } from '../terraform-checks';
import { checkId, checkName, checkTags } from './checks';
import { type TagOptions, tagArguments } from './names';

/** A gateway of links, made here or elsewhere. */
export interface IGateway extends IConstruct {
  /** OCID of the dynamic routing gateway. */
  readonly gatewayId: string;
  /** Compartment of the gateway, and of its links. */
  readonly compartmentId: string;
  /** OCID of its table of the ways that lead out of networks. @default - the one that it comes with, which uses one way at a time */
  readonly routeTableId?: string;
  /** Blocks that are reached through it. */
  readonly reached: readonly string[];
}

/** A network that is attached to a gateway; a network takes one gateway. */
export interface AttachedNetwork {
  /** OCID of the network. */
  readonly networkId: string;
}

/** Options of a {@link Gateway}. */
export interface GatewayProps extends TagOptions {
  /** First part of the name of everything that it is made of. */
  readonly name: string;
  /** Compartment that it is made in. */
  readonly compartmentId: string;
  /**
   * Network that exists already: it is attached here, and its owner adds the routes.
   *
   * @default - a network that is told of the gateway attaches itself, with its routes
   */
  readonly network?: AttachedNetwork;
  /** Blocks that are reached through it. */
  readonly reached: readonly string[];
  /** Whether Terraform refuses to destroy it. @default true */
  readonly deletionProtection?: boolean;
}

/** What is known of a gateway that exists already. */
export interface GatewayAttributes {
  /** OCID of the dynamic routing gateway. */
  readonly gatewayId: string;
  /** Compartment that links are made in. */
  readonly compartmentId: string;
  /** OCID of its table of the ways that lead out of networks. @default - the one that it comes with */
  readonly routeTableId?: string;
  /** Blocks that are reached through it. */
  readonly reached: readonly string[];
}

/**
 * A dynamic routing gateway (DRG): every link of a site ends at it.
 *
 * What arrives by a link is told to networks, and networks are told to every link: links are not told of each other, so that
 * nobody reaches one peer through another. All blocks of an attached network are told; pods are on an overlay, which no
 * network has among its blocks. Ways of the same length are used together, which the table that a gateway comes with does
 * not do.
 */
export class Gateway extends Construct implements IGateway {
  /**
   * A gateway that exists already; nothing is made.
   *
   * @throws ConstructError with `IdInvalid` or `RangeInvalid` when an id or a block is none
   */
  static fromGatewayAttributes(scope: Construct, id: string, attributes: GatewayAttributes): IGateway {
    return new ImportedGateway(scope, id, attributes);
  }

  /** OCID of the dynamic routing gateway. */
  readonly gatewayId: string;
  /** Compartment of the gateway, and of its links. */
  readonly compartmentId: string;
  /** OCID of its table of the ways that lead out of networks. */
  readonly routeTableId: string;
  /** Blocks that are reached through it. */
  readonly reached: readonly string[];
  /** What has to exist before anything goes through it. */
  readonly dependables: readonly ITerraformDependable[];
  private readonly parts: readonly [CoreDrg, CoreDrgRouteTable];

  /** @throws ConstructError with `NameInvalid`, `RangeInvalid` or `TagInvalid` when Oracle Cloud would refuse it */
  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id);
    const { name, compartmentId, network, reached } = props;
    checkName(this, name);
    checkTags(this, props);
    checkReached(this, reached);
    const tags = tagArguments(props);
    const drg = new CoreDrg(this, 'Resource', {
      compartmentId,
      displayName: name,
      ...tags,
      ...(props.deletionProtection !== false && { lifecycle: { preventDestroy: true } }),
    });
    const imports = new CoreDrgRouteDistribution(this, 'ways-in', {
      drgId: drg.id,
      distributionType: 'IMPORT',
      displayName: `${name}-from-links`,
      ...tags,
    });
    const all = new CoreDrgRouteDistributionStatement(this, 'every-way-in', {
      drgRouteDistributionId: imports.id,
      action: 'ACCEPT',
      priority: 1,
      matchCriteria: { matchType: 'MATCH_ALL' },
    });
    const routes = new CoreDrgRouteTable(this, 'routes', {
      drgId: drg.id,
      displayName: `${name}-to-links`,
      importDrgRouteDistributionId: imports.id,
      isEcmpEnabled: true,
      ...tags,
    });
    this.parts = [drg, routes];
    this.gatewayId = drg.id;
    this.compartmentId = compartmentId;
    this.routeTableId = routes.id;
    this.reached = reached;
    const attached =
      network === undefined ? [] : [attachNetwork(this, 'attachment', { ...props, gateway: this, network })];
    this.dependables = [drg, all, routes, ...attached];
  }

  /** Makes its ids outputs of its stack, whether another stack of the app reads them yet or not. */
  exportIds(): void {
    for (const part of this.parts) exportAttribute(part, 'id');
  }
}

class ImportedGateway extends Construct implements IGateway {
  readonly gatewayId: string;
  readonly compartmentId: string;
  readonly routeTableId?: string;
  readonly reached: readonly string[];

  constructor(scope: Construct, id: string, attributes: GatewayAttributes) {
    super(scope, id);
    const { gatewayId, compartmentId, routeTableId, reached } = attributes;
    checkId(this, gatewayId, 'drg');
    if (routeTableId !== undefined) checkId(this, routeTableId, 'drgroutetable');
    checkReached(this, reached);
    this.gatewayId = gatewayId;
    this.compartmentId = compartmentId;
    this.routeTableId = routeTableId;
    this.reached = reached;
  }
}

/** What an attachment is made from. */
export interface AttachmentOptions extends TagOptions {
  /** Name of the attachment. */
  readonly name: string;
  /** Gateway that is attached. */
  readonly gateway: Pick<IGateway, 'gatewayId' | 'routeTableId'>;
  /** Network that it is attached to. */
  readonly network: AttachedNetwork;
}

/**
 * Attaches a network to a gateway, which is told all its blocks.
 *
 * It goes after everything that led to it: tables have to be without their routes first, and of two changes that no longer
 * refer to each other Terraform would do this one first.
 */
export function attachNetwork(scope: Construct, id: string, options: AttachmentOptions): CoreDrgAttachment {
  const { name, gateway, network } = options;
  return new CoreDrgAttachment(scope, id, {
    drgId: gateway.gatewayId,
    displayName: name,
    drgRouteTableId: gateway.routeTableId,
    networkDetails: { type: 'VCN', id: network.networkId, vcnRouteType: 'VCN_CIDRS' },
    ...tagArguments(options),
    lifecycle: { createBeforeDestroy: true },
  });
}

function checkReached(scope: Construct, reached: readonly string[]): void {
  for (const block of reached) checkRange(scope, 'a block that is reached', block);
}
