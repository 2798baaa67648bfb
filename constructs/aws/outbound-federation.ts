import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomResource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { FINDINGS } from '../../estate/catalog/findings';
import type { IEncryptionKey } from './encryption-key';
import { acknowledge } from './findings';
import { addInlineFunction, TELL } from './inline-function';

/** Options of an {@link OutboundFederation}. */
export interface OutboundFederationProps {
  /** Encrypts what its function logs. @default - CloudWatch's own key */
  readonly encryptionKey?: IEncryptionKey;
}

/**
 * Lets an account sign for its roles, so that other clouds can know them without a key: outbound web identity federation of
 * IAM. Which role may ask for which token, policies say.
 *
 * CloudFormation has no words for it, so a function of a few lines turns it on, or finds it on. It stays on when this goes,
 * since others of the account may stand on it.
 */
export class OutboundFederation extends Construct {
  /** Address of who signs the tokens of the account, known at deployment. */
  readonly issuer: string;

  constructor(scope: Construct, id: string, { encryptionKey }: OutboundFederationProps = {}) {
    super(scope, id);
    encryptionKey?.grants.logGroups();
    const handler = addInlineFunction(this, {
      code: ENABLE,
      statements: [
        new iam.PolicyStatement({
          actions: ['iam:EnableOutboundWebIdentityFederation', 'iam:GetOutboundWebIdentityFederationInfo'],
          resources: ['*'],
        }),
      ],
      timeoutSeconds: 120,
      encryptionKey,
    });
    acknowledge(this, FINDINGS['aws-outbound-federation']);
    const enabled = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::OutboundFederation',
      serviceToken: handler.attrArn,
      properties: { AccountId: Stack.of(this).account },
    });
    this.node.defaultChild = enabled.node.defaultChild;
    this.issuer = enabled.getAttString('Issuer');
  }
}

/** Turns it on unless it is on already, says who signs, and does nothing when it goes. */
export const ENABLE = `const https = require('node:https');
const { IAM } = require('@aws-sdk/client-iam');

exports.handler = async (event) => {
  const answer = { Status: 'SUCCESS', PhysicalResourceId: event.ResourceProperties.AccountId };
  try {
    if (event.RequestType !== 'Delete') answer.Data = { Issuer: await enable(new IAM({})) };
  } catch (error) {
    answer.Status = 'FAILED';
    answer.Reason = String(error);
  }
  await tell(event, answer);
};

async function enable(iam, attempts = 10) {
  try {
    const { IssuerIdentifier } = await iam.enableOutboundWebIdentityFederation({});
    return IssuerIdentifier;
  } catch (error) {
    if (/^FeatureEnabled/.test(error.name)) {
      const { IssuerIdentifier } = await iam.getOutboundWebIdentityFederationInfo({});
      return IssuerIdentifier;
    }
    // IAM may not know the new role everywhere yet.
    if (!/^AccessDenied/.test(error.name) || attempts === 1) throw error;
    await new Promise((resolve) => setTimeout(resolve, 4000));
    return enable(iam, attempts - 1);
  }
}

${TELL}`;
