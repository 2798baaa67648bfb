import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomResource, Tags as ResourceTags, Stack } from 'aws-cdk-lib/core';
import { Construct, type IDependable } from 'constructs';
import { FINDINGS } from '../../estate/catalog/findings';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import { associate, leadTo } from './attachments';
import { checkId, checkName } from './checks';
import type { IEncryptionKey } from './encryption-key';
import { acknowledge } from './findings';
import type { Gateway } from './gateway';
import { addInlineFunction, TELL } from './inline-function';
import { addTags } from './names';

/** The transit gateway at the other end. */
export interface PeeringPeer {
  /** What it is called: its site. */
  readonly name: string;
  /** Blocks that are reached through it. */
  readonly prefixes: readonly string[];
  /** Id of the transit gateway, `tgw-…`, which the end that asks has to know. @default - not known */
  readonly gatewayId?: string;
  /** Account that it belongs to, which the end that asks has to know. @default - not known */
  readonly accountId?: string;
  /** Region that it lies in, which the end that asks has to know. @default - not known */
  readonly region?: string;
  /** What the other end has made of the peering: the id of the attachment, `tgw-attach-…`. @default - not known yet */
  readonly peeringId?: string;
}

/** Options of a {@link Peering}. */
export interface PeeringProps {
  /** Value of the Name tag. */
  readonly name: string;
  /** The gateway at this end. */
  readonly gateway: Gateway;
  /** The gateway at the other end. */
  readonly peer: PeeringPeer;
  /** Whether this end asks for the peering; the other one accepts it. */
  readonly isOrigin: boolean;
  /** Encrypts what the function logs that accepts; who has made it lets the log service use it. @default - CloudWatch's own */
  readonly encryptionKey?: IEncryptionKey;
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/**
 * One end of a peering of two transit gateways, of any regions and accounts.
 *
 * One end asks and the other one accepts, which CloudFormation has no words for: a function does it, for this attachment
 * only. Nothing is learned through a peering, so each end has a static route to each block of the other: the end that asks
 * has them once it knows that the other one has accepted.
 */
export class Peering extends Construct {
  /** Id of the attachment, `tgw-attach-…`: the same at both ends. */
  readonly peeringId: string;

  /** @throws ConstructError with NameInvalid, IdInvalid or TagInvalid when AWS would refuse it */
  constructor(scope: Construct, id: string, props: PeeringProps) {
    super(scope, id);
    const { name, gateway, peer, isOrigin, tags = {} } = props;
    checkName(this, name);
    const { attachmentId, accepted } = isOrigin ? this.ask(props) : this.accept(props);
    this.peeringId = attachmentId;
    if (!isOrigin || peer.peeringId !== undefined) {
      const table = new Construct(this, 'table');
      const rows = [associate(table, gateway, attachmentId), ...leadTo(table, gateway, attachmentId, peer.prefixes)];
      if (accepted !== undefined) for (const row of rows) row.node.addDependency(accepted);
    }
    addTags(this, tags);
    ResourceTags.of(this).add('Name', name);
  }

  private ask({ gateway, peer }: PeeringProps): Attachment {
    const { gatewayId, accountId, region } = peer;
    if (gatewayId === undefined || accountId === undefined || region === undefined) {
      throw new ConstructError(
        this,
        'IdInvalid',
        `the gateway, account or region of ${peer.name} is not known; who asks for a peering names all three`,
      );
    }
    checkId(this, 'transit gateway', gatewayId, /^tgw-[0-9a-f]+$/, 'tgw-0123456789abcdef0');
    const resource = new ec2.CfnTransitGatewayPeeringAttachment(this, 'Resource', {
      transitGatewayId: gateway.gatewayId,
      peerTransitGatewayId: gatewayId,
      peerAccountId: accountId,
      peerRegion: region,
    });
    this.node.defaultChild = resource;
    return { attachmentId: resource.attrTransitGatewayAttachmentId };
  }

  private accept({ peer, encryptionKey }: PeeringProps): Attachment {
    const { peeringId } = peer;
    if (peeringId === undefined) {
      throw new ConstructError(this, 'IdInvalid', `${peer.name} has asked for no peering yet that could be accepted`);
    }
    checkId(this, 'peering', peeringId, /^tgw-attach-[0-9a-f]+$/, 'tgw-attach-0123456789abcdef0');
    encryptionKey?.grants.logGroups();
    const root = new Construct(this, 'acceptor');
    const handler = addInlineFunction(root, {
      code: ACCEPT,
      statements: [
        new iam.PolicyStatement({
          actions: ['ec2:AcceptTransitGatewayPeeringAttachment'],
          resources: [
            Stack.of(this).formatArn({
              service: 'ec2',
              resource: 'transit-gateway-attachment',
              resourceName: peeringId,
            }),
          ],
        }),
        new iam.PolicyStatement({ actions: ['ec2:DescribeTransitGatewayPeeringAttachments'], resources: ['*'] }),
      ],
      timeoutSeconds: 900,
      encryptionKey,
    });
    acknowledge(root, FINDINGS['aws-link-describe']);
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::AcceptedPeering',
      serviceToken: handler.attrArn,
      properties: { AttachmentId: peeringId },
    });
    this.node.defaultChild = resource.node.defaultChild;
    return { attachmentId: peeringId, accepted: resource };
  }
}

interface Attachment {
  readonly attachmentId: string;
  /** What has accepted it here. */
  readonly accepted?: IDependable;
}

/** Accepts a peering, waits until it works, and does nothing when it goes: who has asked for it takes it away. */
export const ACCEPT = `const https = require('node:https');
const { EC2 } = require('@aws-sdk/client-ec2');

exports.handler = async (event) => {
  const answer = { Status: 'SUCCESS', PhysicalResourceId: event.ResourceProperties.AttachmentId };
  try {
    if (event.RequestType !== 'Delete') await accept(event.ResourceProperties.AttachmentId);
  } catch (error) {
    answer.Status = 'FAILED';
    answer.Reason = String(error);
  }
  await tell(event, answer);
};

// IAM may not know the new role everywhere yet, nor this region what another one asks for.
const LATER = ['UnauthorizedOperation', 'InvalidTransitGatewayAttachmentID.NotFound', 'IncorrectState'];
const UNDER_WAY = ['initiating', 'initiatingRequest', 'pendingAcceptance', 'pending', 'modifying'];

async function accept(id, attempts = 80) {
  let state;
  try {
    state = await step(id);
    if (state === 'available') return;
  } catch (error) {
    if (!LATER.includes(error.name)) throw error;
    state = error.name;
  }
  if (attempts === 1 || !(LATER.includes(state) || UNDER_WAY.includes(state))) {
    return Promise.reject(new Error(\`\${id} is \${state}, and not available\`));
  }
  await new Promise((resolve) => setTimeout(resolve, 10000));
  await accept(id, attempts - 1);
}

async function step(id) {
  const ec2 = new EC2({});
  const asked = { TransitGatewayAttachmentIds: [id] };
  const { TransitGatewayPeeringAttachments: [found] = [] } = await ec2.describeTransitGatewayPeeringAttachments(asked);
  if (found?.State !== 'pendingAcceptance') return found?.State ?? 'initiating';
  await ec2.acceptTransitGatewayPeeringAttachment({ TransitGatewayAttachmentId: id });
  return 'pending';
}

${TELL}`;
