import type { CfnVPC } from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomResource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { IEncryptionKey } from './encryption-key';
import { addInlineFunction, TELL } from './inline-function';

/** What is to be closed. */
export interface ClosedDefaultGroupProps {
  /** The network whose default group it is. */
  readonly vpc: CfnVPC;
  /** Encrypts what its function logs; the network lets the log service use it. @default - CloudWatch's own key */
  readonly encryptionKey?: IEncryptionKey;
}

/**
 * Takes the two rules off the default security group of a network: all traffic between its members, and all to the
 * outside. Nothing is in the group, and nothing that is put there by mistake reaches anything.
 *
 * CloudFormation has no words for it, so a function of a few lines does it, once. It may touch this group only.
 */
export class ClosedDefaultGroup extends Construct {
  constructor(scope: Construct, id: string, { vpc, encryptionKey }: ClosedDefaultGroupProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const group = vpc.attrDefaultSecurityGroup;
    const handler = addInlineFunction(this, {
      code: CLOSE,
      statements: [
        new iam.PolicyStatement({
          actions: ['ec2:RevokeSecurityGroupEgress', 'ec2:RevokeSecurityGroupIngress'],
          resources: [stack.formatArn({ service: 'ec2', resource: 'security-group', resourceName: group })],
        }),
      ],
      timeoutSeconds: 120,
      encryptionKey,
    });
    const closed = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::ClosedDefaultGroup',
      serviceToken: handler.attrArn,
      properties: { GroupId: group, AccountId: stack.account },
    });
    this.node.defaultChild = closed.node.defaultChild;
  }
}

/** Revokes what every default group begins with, tells CloudFormation, and does nothing when it goes. */
export const CLOSE = `const https = require('node:https');
const { EC2 } = require('@aws-sdk/client-ec2');

exports.handler = async (event) => {
  const answer = { Status: 'SUCCESS', PhysicalResourceId: event.ResourceProperties.GroupId };
  try {
    if (event.RequestType !== 'Delete') await close(event.ResourceProperties);
  } catch (error) {
    answer.Status = 'FAILED';
    answer.Reason = String(error);
  }
  await tell(event, answer);
};

async function close({ GroupId, AccountId: UserId }) {
  const ec2 = new EC2({});
  const all = { IpProtocol: '-1' };
  const between = { GroupId, IpPermissions: [{ ...all, UserIdGroupPairs: [{ GroupId, UserId }] }] };
  const outside = { GroupId, IpPermissions: [{ ...all, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] };
  await unlessGone(() => ec2.revokeSecurityGroupIngress(between));
  await unlessGone(() => ec2.revokeSecurityGroupEgress(outside));
}

async function unlessGone(revoke, attempts = 10) {
  try {
    await revoke();
  } catch (error) {
    if (error.name === 'InvalidPermission.NotFound') return;
    // IAM may not know the new role everywhere yet.
    if (error.name !== 'UnauthorizedOperation' || attempts === 1) throw error;
    await new Promise((resolve) => setTimeout(resolve, 4000));
    await unlessGone(revoke, attempts - 1);
  }
}

${TELL}`;
