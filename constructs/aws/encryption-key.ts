import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { ArtifactMetadataEntryType } from 'aws-cdk-lib/cloud-assembly-schema';
import { Aws, Duration, Resource, Stack, Token } from 'aws-cdk-lib/core';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct, type IConstruct } from 'constructs';
import { AWS_KEY_ROTATION } from '../../estate/catalog/aws-limits';
import { hash8 } from '../../estate/name';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import { checkId, checkName } from './checks';
import { addTags, LIMITS, physicalName } from './names';
import { type RemovalPolicy, removalPolicyOf } from './retain';

/** Options of an {@link EncryptionKey}. */
export interface EncryptionKeyProps {
  /** First part of its alias. */
  readonly name: string;
  /** Days between two rotations, 90 to 2,560. @default 365 */
  readonly rotationDays?: number;
  /** What becomes of it when the stack goes; destroyed, it can be brought back for 30 days. @default 'retain' */
  readonly removalPolicy?: RemovalPolicy;
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/** What is known of a key that was made elsewhere. */
export interface EncryptionKeyAttributes {
  /** Its ARN, that of the key and not of an alias. */
  readonly keyArn: string;
}

/** A key that data may be encrypted with. */
export interface IEncryptionKey extends IConstruct {
  /** The key as CDK knows it. */
  readonly key: kms.IKey;
  /** Its ARN. */
  readonly keyArn: string;
  /** Gives services and workloads the use of it. */
  readonly grants: EncryptionKeyGrants;
}

/** A customer managed key: rotated, and kept when the stack goes, because data outlives it. */
export class EncryptionKey extends Construct implements IEncryptionKey {
  /**
   * Imports a key that was made elsewhere, such as one of a security account, by its ARN.
   *
   * Nothing here can change its policy, so grants to services say at synthesis what its owner has to allow. In all, the
   * account that uses it needs `kms:CreateGrant` (disks of nodes, secrets of EKS, and FSx work by grants), `kms:Decrypt`,
   * `kms:DescribeKey`, `kms:Encrypt`, `kms:GenerateDataKey*` and `kms:ReEncrypt*`. For flow logs the service principal
   * `logs.<region>.amazonaws.com` needs the same actions but `kms:CreateGrant`, for log groups of that account. The
   * service-linked role of Auto Scaling, which starts nodes, needs a grant that is made once in the account that uses a key
   * of another one. Workloads get theirs on the side of their role, which does nothing until the policy of the key lets
   * their account in.
   *
   * What encrypts with it refuses a key of another region.
   *
   * @throws ConstructError with IdInvalid when it is no ARN of a key
   */
  static fromKeyArn(scope: Construct, id: string, keyArn: string): IEncryptionKey {
    return new ImportedKey(scope, id, (root) => {
      checkId(root, 'ARN of a key', keyArn, KEY_ARN, 'arn:aws:kms:us-east-1:111122223333:key/1234abcd');
      return kms.Key.fromKeyArn(root, 'key', keyArn);
    });
  }

  /** As {@link EncryptionKey.fromKeyArn}, which says what the owner of the key has to allow. */
  static fromEncryptionKeyAttributes(
    scope: Construct,
    id: string,
    attributes: EncryptionKeyAttributes,
  ): IEncryptionKey {
    return EncryptionKey.fromKeyArn(scope, id, attributes.keyArn);
  }

  /** Takes a key that CDK knows, made in the same program or imported; the policy of one that is made here is extended. */
  static fromKey(scope: Construct, id: string, key: kms.IKey): IEncryptionKey {
    return new ImportedKey(scope, id, () => key);
  }

  /** The key as CDK knows it. */
  readonly key: kms.Key;
  /** Its ARN. */
  readonly keyArn: string;
  /** Gives services and workloads the use of it. */
  readonly grants: EncryptionKeyGrants;

  /** @throws ConstructError with NameInvalid, RetentionInvalid or TagInvalid when KMS would refuse it */
  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    this.check(props);
    this.key = new kms.Key(this, 'Resource', {
      alias: `alias/${physicalName([props.name], LIMITS.keyAlias)}`,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(props.rotationDays ?? 365),
      pendingWindow: Duration.days(30),
      removalPolicy: removalPolicyOf(props.removalPolicy),
    });
    this.node.defaultChild = this.key.node.defaultChild;
    this.keyArn = this.key.keyArn;
    this.grants = new EncryptionKeyGrants(this, this.key);
    addTags(this, props.tags ?? {});
  }

  private check({ name, rotationDays: days = 365 }: EncryptionKeyProps): void {
    checkName(this, name);
    const { minDays, maxDays } = AWS_KEY_ROTATION;
    if (Token.isUnresolved(days) || (Number.isInteger(days) && days >= minDays && days <= maxDays)) return;
    throw new ConstructError(
      this,
      'RetentionInvalid',
      `rotationDays is ${days}; KMS takes whole days from ${minDays} to ${maxDays}`,
    );
  }
}

class ImportedKey extends Construct implements IEncryptionKey {
  readonly key: kms.IKey;
  readonly keyArn: string;
  readonly grants: EncryptionKeyGrants;

  constructor(scope: Construct, id: string, find: (root: Construct) => kms.IKey) {
    super(scope, id);
    this.key = find(this);
    this.keyArn = this.key.keyArn;
    this.grants = new EncryptionKeyGrants(this, this.key);
  }
}

/** Form of the ARN of a key. */
export const KEY_ARN = /^arn:[^:]+:kms:[^:]+:\d{12}:key\/.+$/;
/** What S3 does with the key of a bucket that it copies to. */
export const REPLICA_KEY_ACTIONS: readonly string[] = ['kms:Encrypt', 'kms:GenerateDataKey'];
const CRYPTO = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/** Gives services and workloads the use of one key. */
export class EncryptionKeyGrants {
  /**
   * @param scope what to tell about, where the policy of the key is not ours
   * @param key the key
   */
  constructor(
    private readonly scope: Construct,
    private readonly key: kms.IKey,
  ) {}

  /** Lets somebody use the key for some actions, by a policy on their side where they have one. */
  actions(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return this.key.grant(grantee, ...actions);
  }

  /** Lets somebody read what is encrypted with the key. */
  decrypt(grantee: iam.IGrantable): iam.Grant {
    return this.actions(grantee, 'kms:Decrypt');
  }

  /** Lets somebody read and write what is encrypted with the key. */
  encryptDecrypt(grantee: iam.IGrantable): iam.Grant {
    return this.actions(grantee, 'kms:Decrypt', 'kms:GenerateDataKey');
  }

  /**
   * Lets the principals of this account use the key through one service of this region, as the AWS managed key of that
   * service does. With a key whose policy is not ours the grant has no success, and synthesis says what to allow.
   *
   * For EBS (`ec2`) nothing narrower works before the account has its service-linked roles: a key policy that names a
   * role which does not exist yet is refused.
   */
  throughService(service: string): iam.Grant {
    const grantee = new iam.AnyPrincipal();
    const name = service.replace(/[^a-z0-9]/g, '');
    const bounds = {
      'kms:CallerAccount': Aws.ACCOUNT_ID,
      'kms:ViaService': `${service}.${Stack.of(this.scope).region}.${Aws.URL_SUFFIX}`,
    };
    const use = new iam.PolicyStatement({
      sid: `Through${name}`,
      principals: [grantee],
      actions: CRYPTO,
      resources: ['*'],
      conditions: { StringEquals: bounds },
    });
    // A grant outlives the request: none to anybody but a service of AWS, for a disk or another resource of it.
    const lend = new iam.PolicyStatement({
      sid: `Grants${name}`,
      principals: [grantee],
      actions: ['kms:CreateGrant'],
      resources: ['*'],
      conditions: { StringEquals: bounds, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    });
    const whom = `principals of this account through ${service}`;
    return this.allow(grantee, use, whom).combine(this.allow(grantee, lend, `${whom}, for resources of AWS only,`));
  }

  /**
   * Lets CloudWatch Logs encrypt the log groups of this account with the key. With a key whose policy is not ours the
   * grant has no success, and synthesis says what to allow.
   *
   * @param name the one group that it may encrypt; any where the name is not known before the group exists
   */
  logGroups(name?: string): iam.Grant {
    const { region } = Stack.of(this.scope);
    const service = `logs.${region}.${domainSuffix(region)}`;
    const grantee = new iam.ServicePrincipal(service);
    const statement = new iam.PolicyStatement({
      sid: sidOf(name),
      principals: [grantee],
      actions: CRYPTO,
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${region}:${Aws.ACCOUNT_ID}:log-group:${name ?? '*'}`,
        },
      },
    });
    return this.allow(grantee, statement, `${service} for log groups of this account`);
  }

  /**
   * Lets CloudWatch publish alarms to topics that are encrypted with the key. With a key whose policy is not ours the
   * grant has no success, and synthesis says what to allow.
   */
  alarms(): iam.Grant {
    const service = 'cloudwatch.amazonaws.com';
    const grantee = new iam.ServicePrincipal(service);
    const statement = new iam.PolicyStatement({
      sid: 'Alarms',
      principals: [grantee],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
    });
    return this.allow(grantee, statement, `${service} for topics of alarms`);
  }

  /**
   * Lets S3 encrypt copies with it as a role of another account, which may come into being later. With a key whose policy
   * is not ours the grant has no success, and synthesis says what to allow.
   */
  replicas(roleArn: string): iam.Grant {
    const { grantee, conditions } = roleOf(roleArn);
    const { region } = Stack.of(this.scope);
    const statement = new iam.PolicyStatement({
      sid: `Replicas${hash8(roleArn)}`,
      principals: [grantee],
      actions: [...REPLICA_KEY_ACTIONS],
      resources: ['*'],
      conditions: { ...conditions, StringEquals: { 'kms:ViaService': `s3.${region}.${Aws.URL_SUFFIX}` } },
    });
    return this.allow(grantee, statement, `${roleArn} through s3`);
  }

  private allow(grantee: iam.IGrantable, statement: iam.PolicyStatement, whom: string): iam.Grant {
    const { actions } = statement;
    if (Resource.isOwnedResource(this.key)) {
      const resourceArns = ['*'];
      return iam.Grant.addStatementToResourcePolicy({ grantee, actions, resourceArns, resource: this.key, statement });
    }
    // As CDK's annotations do, but without the stack trace: what is synthesized names no folder of the machine.
    this.scope.node.addMetadata(
      ArtifactMetadataEntryType.INFO,
      `the policy of this key is its owner's: it has to allow ${whom} ${actions.join(', ')}`,
    );
    return iam.Grant.drop(grantee, `use of a key by ${whom}`);
  }
}

/**
 * A role of another account, as policies name one that is not there yet: by its account, and a condition.
 *
 * A policy that names a role itself is refused until there is one, and names nobody when another one follows it.
 */
export function roleOf(roleArn: string): {
  readonly grantee: iam.AccountPrincipal;
  readonly conditions: iam.Conditions;
} {
  const grantee = new iam.AccountPrincipal(roleArn.split(':')[4]);
  return { grantee, conditions: { ArnEquals: { 'aws:PrincipalArn': roleArn } } };
}

/** Ending of service names in the partition of a region, which that of the log service has too. */
function domainSuffix(region: string): string {
  return (Token.isUnresolved(region) ? undefined : RegionInfo.get(region).domainSuffix) ?? Aws.URL_SUFFIX;
}

/** Groups of one policy have names of their own, as far as names are known. */
function sidOf(logGroupName: string | undefined): string {
  if (logGroupName === undefined) return 'LogGroups';
  return Token.isUnresolved(logGroupName) ? 'LogGroup' : `LogGroup${hash8(logGroupName)}`;
}
