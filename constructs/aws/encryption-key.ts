import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Aws, Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib/core';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct } from 'constructs';
import type { Tags } from '../../estate/units';
import { addTags, LIMITS, physicalName } from './names';

/** Options of an {@link EncryptionKey}. */
export interface EncryptionKeyProps {
  /** First part of its alias. */
  readonly name: string;
  /** Days between two rotations. @default 365 */
  readonly rotationDays?: number;
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/** A customer managed key: rotated, and kept when the stack goes, because data outlives it. */
export class EncryptionKey extends Construct {
  readonly key: kms.Key;
  readonly keyArn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    this.key = new kms.Key(this, 'Resource', {
      alias: `alias/${physicalName([props.name], LIMITS.keyAlias)}`,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(props.rotationDays ?? 365),
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.keyArn = this.key.keyArn;
    addTags(this, props.tags ?? {});
  }

  /**
   * Lets the principals of this account use the key through one service of this region, as the AWS managed key of that
   * service does.
   *
   * For EBS (`ec2`) nothing narrower works before the account has its service-linked roles: a key policy that names a
   * role which does not exist yet is refused.
   */
  allowThroughService(service: string): void {
    this.key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: `Through${service.replace(/[^a-z0-9]/g, '')}`,
        principals: [new iam.AnyPrincipal()],
        actions: [
          'kms:CreateGrant',
          'kms:Decrypt',
          'kms:DescribeKey',
          'kms:Encrypt',
          'kms:GenerateDataKey*',
          'kms:ReEncrypt*',
        ],
        resources: ['*'],
        conditions: {
          StringEquals: {
            'kms:CallerAccount': Aws.ACCOUNT_ID,
            'kms:ViaService': `${service}.${Stack.of(this).region}.${Aws.URL_SUFFIX}`,
          },
        },
      }),
    );
  }

  /** Lets CloudWatch Logs encrypt the log groups of this account with the key. */
  allowLogGroups(): void {
    const { region } = Stack.of(this);
    this.key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'LogGroups',
        principals: [new iam.ServicePrincipal(`logs.${region}.${domainSuffix(region)}`)],
        actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${region}:${Aws.ACCOUNT_ID}:log-group:*`,
          },
        },
      }),
    );
  }
}

/** Ending of service names in the partition of a region, which that of the log service has too. */
function domainSuffix(region: string): string {
  return (Token.isUnresolved(region) ? undefined : RegionInfo.get(region).domainSuffix) ?? Aws.URL_SUFFIX;
}
