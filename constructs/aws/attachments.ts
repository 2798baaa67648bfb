import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomResource } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { FINDINGS } from '../../estate/catalog/findings';
import type { IEncryptionKey } from './encryption-key';
import { acknowledge } from './findings';
import { addInlineFunction, TELL } from './inline-function';

/** The table in which a transit gateway looks up where packets go, and what it tells its peers of. */
export interface GatewayTable {
  /** Id of the transit gateway, `tgw-…`. */
  readonly gatewayId: string;
  /** Id of its route table, `tgw-rtb-…`. */
  readonly routeTableId: string;
}

/** A block as a part of an id, such as `10-64-0-0-16`. */
export function blockId(block: string): string {
  return block.replace(/[./]/g, '-');
}

/** Lets packets that come through an attachment find the way by the table of the gateway. */
export function associate(
  scope: Construct,
  { routeTableId }: GatewayTable,
  attachmentId: string,
): ec2.CfnTransitGatewayRouteTableAssociation {
  return new ec2.CfnTransitGatewayRouteTableAssociation(scope, 'association', {
    transitGatewayRouteTableId: routeTableId,
    transitGatewayAttachmentId: attachmentId,
  });
}

/** Takes what is learned through an attachment into the table of the gateway. */
export function propagate(scope: Construct, { routeTableId }: GatewayTable, attachmentId: string): void {
  new ec2.CfnTransitGatewayRouteTablePropagation(scope, 'propagation', {
    transitGatewayRouteTableId: routeTableId,
    transitGatewayAttachmentId: attachmentId,
  });
}

/** Leads packets to blocks through an attachment that teaches nothing itself. */
export function leadTo(
  scope: Construct,
  { routeTableId }: GatewayTable,
  attachmentId: string,
  blocks: readonly string[],
): readonly ec2.CfnTransitGatewayRoute[] {
  return blocks.map(
    (block) =>
      new ec2.CfnTransitGatewayRoute(scope, `to-${blockId(block)}`, {
        transitGatewayRouteTableId: routeTableId,
        destinationCidrBlock: block,
        transitGatewayAttachmentId: attachmentId,
      }),
  );
}

/** Options of {@link AttachmentFinder}. */
export interface AttachmentFinderProps {
  /** The gateway whose attachments are found. */
  readonly gateway: GatewayTable;
  /** Encrypts what its function logs, which is no answer of EC2. @default - CloudWatch's own key */
  readonly encryptionKey?: IEncryptionKey;
}

/** What EC2 says of one attachment. */
export interface FoundAttachment {
  /** Its id, `tgw-attach-…`. */
  readonly attachmentId: string;
  /** Tunnels of a VPN connection, as EC2 lists them; each has its own range, so their order says nothing. */
  readonly tunnels: readonly { readonly inside: string; readonly address: string }[];
}

/** Tunnels of every VPN connection. */
const TUNNELS = [1, 2];

/**
 * Finds what CloudFormation does not say of VPN connections and circuits: the id of their attachment to the transit gateway,
 * and the outside addresses of tunnels.
 *
 * A function asks EC2 once for each, and again when one was replaced. EC2 has no narrower permission than to describe any
 * connection, and its answer has the keys of tunnels in it: the function hands on ranges and addresses, and logs nothing.
 */
export class AttachmentFinder extends Construct {
  private readonly gatewayId: string;
  private readonly serviceToken: string;

  constructor(scope: Construct, id: string, { gateway, encryptionKey }: AttachmentFinderProps) {
    super(scope, id);
    this.gatewayId = gateway.gatewayId;
    const handler = addInlineFunction(this, {
      code: FIND,
      statements: [
        new iam.PolicyStatement({
          actions: ['ec2:DescribeTransitGatewayAttachments', 'ec2:DescribeVpnConnections'],
          resources: ['*'],
        }),
      ],
      timeoutSeconds: 600,
      encryptionKey,
    });
    this.serviceToken = handler.attrArn;
    acknowledge(this, FINDINGS['aws-link-describe']);
  }

  /** Finds the attachment of a VPN connection or of a gateway of Direct Connect, by the id of that. */
  find(scope: Construct, id: string, resourceId: string): FoundAttachment {
    const answer = new CustomResource(scope, id, {
      resourceType: 'Custom::TransitGatewayAttachment',
      serviceToken: this.serviceToken,
      properties: { ResourceId: resourceId, TransitGatewayId: this.gatewayId },
    });
    return {
      attachmentId: answer.getAttString('AttachmentId'),
      tunnels: TUNNELS.map((number) => ({
        inside: answer.getAttString(`Inside${number}`),
        address: answer.getAttString(`Address${number}`),
      })),
    };
  }
}

/** Waits until EC2 has attached something and knows the addresses of its tunnels; does nothing when it goes. */
export const FIND = `const https = require('node:https');
const { EC2 } = require('@aws-sdk/client-ec2');

exports.handler = async (event) => {
  const answer = { Status: 'SUCCESS', PhysicalResourceId: event.ResourceProperties.ResourceId };
  try {
    if (event.RequestType !== 'Delete') answer.Data = await find(event.ResourceProperties);
  } catch (error) {
    answer.Status = 'FAILED';
    answer.Reason = String(error);
  }
  await tell(event, answer);
};

async function find(wanted, attempts = 50) {
  try {
    const found = await look(wanted);
    if (found !== undefined) return found;
  } catch (error) {
    // IAM may not know the new role everywhere yet.
    if (error.name !== 'UnauthorizedOperation' || attempts === 1) throw error;
  }
  if (attempts === 1) return Promise.reject(new Error(\`\${wanted.ResourceId} is not attached to \${wanted.TransitGatewayId}\`));
  await new Promise((resolve) => setTimeout(resolve, 10000));
  return find(wanted, attempts - 1);
}

async function look({ ResourceId, TransitGatewayId }) {
  const ec2 = new EC2({});
  const Filters = Object.entries({
    'resource-id': ResourceId,
    'transit-gateway-id': TransitGatewayId,
    state: 'available',
  }).map(([Name, value]) => ({ Name, Values: [value] }));
  const { TransitGatewayAttachments = [] } = await ec2.describeTransitGatewayAttachments({ Filters });
  const AttachmentId = TransitGatewayAttachments[0]?.TransitGatewayAttachmentId;
  if (AttachmentId === undefined) return undefined;
  if (!ResourceId.startsWith('vpn-')) return { AttachmentId };
  const { VpnConnections = [] } = await ec2.describeVpnConnections({ VpnConnectionIds: [ResourceId] });
  const tunnels = VpnConnections[0]?.Options?.TunnelOptions ?? [];
  if (tunnels.length !== 2 || tunnels.some(({ OutsideIpAddress }) => !OutsideIpAddress)) return undefined;
  const [one, other] = tunnels;
  return {
    AttachmentId,
    Inside1: one.TunnelInsideCidr,
    Address1: one.OutsideIpAddress,
    Inside2: other.TunnelInsideCidr,
    Address2: other.OutsideIpAddress,
  };
}

${TELL}`;
