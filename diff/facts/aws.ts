import type { Value } from '../../provider/values';
import { eachMinor, goesBack, lowers, minorSteps, NEW_STORE, skipsMinor } from './conditions';
import { lostNodes } from './eks-scaling';
import { GIB, largestAt, type NumberRow } from './numbers';
import { type AttributeChange, type PlanTimeRule, valuesAt } from './rule';

const CHECKED = '2026-11';
const EKS = 'https://docs.aws.amazon.com/eks/latest/userguide';
const CUSTOM_RESOURCES =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-responses.html';
const FSX = 'https://docs.aws.amazon.com/fsx/latest/LustreGuide';

/** The way of an older version of Kubernetes: EKS rolls the last upgrade back, and no other. */
function wayBack({ before, after }: AttributeChange): string {
  const beside = 'make a cluster of the older version beside it and move the work';
  if (minorSteps(before, after) !== -1) return `keep kubernetes as it is, and ${beside}`;
  return `within seven days of its upgrade, roll back its node groups, then the cluster, both with "aws eks", and only then make this edit; later, ${beside}`;
}

/** Whether a file system has EFA interfaces. */
const hasEfa = (resource: Value) => valuesAt(resource, 'LustreConfiguration.EfaEnabled').includes(true);

/** What EKS, FSx and CloudFormation do about changes beyond what the specification says. */
export const AWS_RULES: readonly PlanTimeRule[] = [
  // Functions of links answer with the id of what they are asked about, as that of the resource.
  {
    type: 'Custom::TransitGatewayAttachment',
    paths: ['ResourceId'],
    effect: 'replace',
    source: CUSTOM_RESOURCES,
    checked: CHECKED,
  },
  {
    type: 'Custom::AcceptedPeering',
    paths: ['AttachmentId'],
    effect: 'replace',
    source: CUSTOM_RESOURCES,
    checked: CHECKED,
  },
  {
    type: 'AWS::EKS::Cluster',
    paths: ['Version'],
    effect: 'refuse',
    refusal: { who: 'EKS', why: 'a control plane goes up one minor version at a time', way: eachMinor },
    when: skipsMinor,
    source: `${EKS}/update-cluster.html`,
    checked: CHECKED,
  },
  {
    type: 'AWS::EKS::Cluster',
    paths: ['Version'],
    effect: 'refuse',
    refusal: {
      who: 'EKS',
      why: 'no deployment takes a control plane back',
      way: wayBack,
    },
    when: goesBack,
    source: `${EKS}/rollback-cluster.html`,
    checked: CHECKED,
  },
  {
    type: 'AWS::EKS::Nodegroup',
    paths: ['LaunchTemplate', 'ReleaseVersion', 'Version'],
    effect: 'refuse',
    refusal: {
      who: 'EKS',
      why: 'it updates no group of a capacity block that has nodes',
      way: 'hold the pool back with its own kubernetes and what it had before until its block ends',
      unlessEmpty: true,
    },
    when: (_before, _after, { prior }) => valuesAt(prior, 'CapacityType').includes('CAPACITY_BLOCK'),
    source: `${EKS}/capacity-blocks-mng.html`,
    checked: CHECKED,
  },
  {
    type: 'AWS::EKS::Nodegroup',
    paths: ['LaunchTemplate', 'ReleaseVersion', 'Version'],
    effect: 'roll',
    source: `${EKS}/managed-node-update-behavior.html`,
    checked: CHECKED,
  },
  {
    type: 'AWS::FSx::FileSystem',
    paths: ['StorageCapacity'],
    effect: 'refuse',
    refusal: { who: 'FSx', why: 'a file system only grows', way: NEW_STORE },
    when: lowers,
    source: `${FSX}/managing-storage-capacity.html`,
    checked: CHECKED,
  },
  {
    type: 'AWS::FSx::FileSystem',
    paths: ['LustreConfiguration.PerUnitStorageThroughput'],
    effect: 'refuse',
    refusal: { who: 'FSx', why: 'the tier of a file system with EFA never changes', way: NEW_STORE },
    when: (_before, _after, { prior }) => hasEfa(prior),
    source: `${FSX}/managing-throughput-capacity.html`,
    checked: CHECKED,
  },
];

/** Days that a bucket keeps previous versions; without versions it keeps none. */
function keptDays(bucket: Value): number {
  if (!valuesAt(bucket, 'VersioningConfiguration.Status').includes('Enabled')) return 0;
  return largestAt(bucket, 'LifecycleConfiguration.Rules.NoncurrentVersionExpiration.NoncurrentDays');
}

/** Numbers whose decrease takes something away on AWS. */
export const AWS_NUMBERS: readonly NumberRow[] = [
  {
    type: 'AWS::Logs::LogGroup',
    path: 'RetentionInDays',
    unit: 'days',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
    checked: CHECKED,
  },
  {
    type: 'AWS::EKS::Nodegroup',
    path: 'ScalingConfig',
    unit: 'nodes',
    lost: lostNodes,
    source: 'https://github.com/eksctl-io/eksctl/issues/3532',
    checked: CHECKED,
  },
  {
    type: 'AWS::FSx::FileSystem',
    path: 'StorageCapacity',
    unit: 'TiB',
    factor: GIB,
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-fsx-filesystem.html',
    checked: CHECKED,
  },
  {
    type: 'AWS::S3::Bucket',
    path: 'LifecycleConfiguration.Rules.NoncurrentVersionExpiration.NoncurrentDays',
    unit: 'days',
    read: keptDays,
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html',
    checked: CHECKED,
  },
  {
    type: 'AWS::S3::Bucket',
    path: 'LifecycleConfiguration.Rules.ExpirationInDays',
    unit: 'days',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html',
    checked: CHECKED,
  },
];
