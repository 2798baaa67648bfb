import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { determineLatestNodeRuntimeName, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { IEncryptionKey } from './encryption-key';

/** A function that works while its stack is deployed. */
export interface InlineFunctionOptions {
  /** Its code, which fits into the template, so that no asset is uploaded: 4,096 characters at most. */
  readonly code: string;
  /** What it may do, besides writing its log. */
  readonly statements: readonly iam.PolicyStatement[];
  /** How long it may take, in seconds. */
  readonly timeoutSeconds: number;
  /** Encrypts what it logs; who has made it lets the log service use it. @default - CloudWatch's own key */
  readonly encryptionKey?: IEncryptionKey;
}

/**
 * Adds a function to a construct for what CloudFormation has no words for, with its log, its role and its policy.
 *
 * @returns the function, whose `attrArn` is the service token of custom resources
 */
export function addInlineFunction(
  scope: Construct,
  { code, statements, timeoutSeconds, encryptionKey }: InlineFunctionOptions,
): CfnFunction {
  const log = new logs.LogGroup(scope, 'log', {
    encryptionKey: encryptionKey?.key,
    retention: logs.RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  if (encryptionKey !== undefined) log.node.addDependency(encryptionKey);
  const role = new iam.Role(scope, 'role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const may = new iam.Policy(scope, 'policy', {
    roles: [role],
    statements: [
      ...statements,
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [log.logGroupArn],
      }),
    ],
  });
  const handler = new CfnFunction(scope, 'function', {
    code: { zipFile: code },
    handler: 'index.handler',
    runtime: determineLatestNodeRuntimeName(scope),
    role: role.roleArn,
    timeout: timeoutSeconds,
    loggingConfig: { logGroup: log.logGroupName },
  });
  handler.node.addDependency(may);
  return handler;
}

/** Part of the code of such a function: tells CloudFormation what has become of its request. */
export const TELL = `function tell({ ResponseURL, StackId, RequestId, LogicalResourceId }, answer) {
  const body = JSON.stringify({ StackId, RequestId, LogicalResourceId, ...answer });
  const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = https.request(ResponseURL, { method: 'PUT', headers }, (response) => {
      response.resume();
      response.on('end', resolve);
    });
    request.on('error', reject);
    request.end(body);
  });
}
`;
