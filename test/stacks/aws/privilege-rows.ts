/** What somebody may do, or is refused. */
export interface Privilege {
  /** Stack and resource. */
  readonly at: string;
  readonly whom: string;
  readonly may: string;
  /** None where the resource itself is meant. */
  readonly on?: string;
  readonly when?: string;
}

/** Where roles of the fixture lie. */
export const ROLE = 'arn:aws:iam::111122223333:role';
const MANAGED = 'arn:<AWS::Partition>:iam::aws:policy';
const LOGS = 'arn:<AWS::Partition>:logs:us-east-1:<account>:log-group';
const FOUNDATION = 'main-foundation';
const NETWORK = 'dallas-network';
const STORAGE = 'dallas-storage';
const CLUSTER = 'dallas-gb200-cluster';
const OWNER = { whom: 'AWS arn:<AWS::Partition>:iam::111122223333:root', may: 'kms:*', on: '*' };
const CRYPTO = 'kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey* kms:ReEncrypt*';
const THROUGH_EBS = 'StringEquals kms:CallerAccount <account>, kms:ViaService ec2.us-east-1.<AWS::URLSuffix>';
const PODS = 'Service pods.eks.amazonaws.com';
const ASSUME_AS_POD = 'sts:AssumeRole sts:TagSession';
const TAGS = 'StringEquals aws:RequestTag/eks-cluster-name <cluster>, aws:RequestTag/kubernetes';

/** Endpoints with a policy. */
const ENDPOINTS = [
  'autoscaling',
  'ec2',
  'ecrapi',
  'ecrdocker',
  'eks',
  'elasticloadbalancing',
  'kms',
  'logs',
  's3',
  'sts',
];

/** Every privilege, literally, and why it is there. */
export const PRIVILEGES: readonly (Privilege & { readonly why: string })[] = [
  ...[FOUNDATION, NETWORK, STORAGE, CLUSTER].map((stack) => ({
    why: 'a key without its account is lost for ever; who of the account may use it is said by IAM',
    at: `${stack}/key`,
    ...OWNER,
  })),
  {
    why: 'alerts are encrypted, and EventBridge publishes them; it knows no condition on encrypted topics',
    at: `${FOUNDATION}/key`,
    whom: 'Service events.amazonaws.com',
    may: 'kms:Decrypt kms:GenerateDataKey*',
    on: '*',
  },
  {
    why: 'nothing is published in the clear',
    at: `${FOUNDATION}/alertsPolicy`,
    whom: '*',
    may: 'never sns:Publish',
    on: '<alerts>',
    when: 'Bool aws:SecureTransport false',
  },
  {
    why: 'rules of the account send alerts',
    at: `${FOUNDATION}/alertsPolicy`,
    whom: 'Service events.amazonaws.com',
    may: 'sns:Publish',
    on: '<alerts>',
  },
  {
    why: 'flow logs are encrypted; the names of their groups are not known before these exist',
    at: `${NETWORK}/key`,
    whom: 'Service logs.us-east-1.amazonaws.com',
    may: CRYPTO,
    on: '*',
    when: `ArnLike kms:EncryptionContext:aws:logs:arn ${LOGS}:*`,
  },
  {
    why: 'flow logs of this account are written',
    at: `${NETWORK}/networkvpcflowlogIAMRole`,
    whom: 'Service vpc-flow-logs.amazonaws.com',
    may: 'sts:AssumeRole',
    when: 'StringEquals aws:SourceAccount 111122223333',
  },
  {
    why: 'into this group',
    at: `${NETWORK}/networkvpcflowlogIAMRoleDefaultPolicy`,
    whom: '<networkvpcflowlogIAMRole>',
    may: 'logs:CreateLogStream logs:PutLogEvents logs:DescribeLogStreams',
    on: '<networkflowlogs>',
  },
  ...ENDPOINTS.flatMap((name) => [
    {
      why: 'what the account asks for passes, and nothing with keys of others',
      at: `${NETWORK}/networkvpc${name}`,
      whom: '*',
      may: '*',
      on: '*',
      when: 'StringEquals aws:PrincipalAccount <account>',
    },
    {
      why: 'services of AWS that work in a network ask as themselves',
      at: `${NETWORK}/networkvpc${name}`,
      whom: '*',
      may: '*',
      on: '*',
      when: 'Bool aws:PrincipalIsAWSService true',
    },
  ]),
  {
    why: 'tokens of service accounts belong to nobody before they are exchanged for a role of the account',
    at: `${NETWORK}/networkvpcsts`,
    whom: '*',
    may: 'sts:AssumeRoleWithWebIdentity',
    on: 'arn:<AWS::Partition>:iam::111122223333:role/*',
  },
  {
    why: 'ECR hands out signed addresses of the layers of images',
    at: `${NETWORK}/networkvpcs3`,
    whom: '*',
    may: 's3:GetObject',
    on: 'arn:<AWS::Partition>:s3:::prod-us-east-1-starport-layer-bucket/*',
  },
  {
    why: 'a function closes the default security group',
    at: `${NETWORK}/networkdefaultsecuritygrouprole`,
    whom: 'Service lambda.amazonaws.com',
    may: 'sts:AssumeRole',
  },
  {
    why: 'by taking rules off this group',
    at: `${NETWORK}/networkdefaultsecuritygrouppolicy`,
    whom: '<networkdefaultsecuritygrouprole>',
    may: 'ec2:RevokeSecurityGroupEgress ec2:RevokeSecurityGroupIngress',
    on: 'arn:<AWS::Partition>:ec2:us-east-1:111122223333:security-group/<network>',
  },
  {
    why: 'and says what went wrong',
    at: `${NETWORK}/networkdefaultsecuritygrouppolicy`,
    whom: '<networkdefaultsecuritygrouprole>',
    may: 'logs:CreateLogStream logs:PutLogEvents',
    on: '<networkdefaultsecuritygrouplog>',
  },
  ...['storedatasets', 'storedatasetsaccesslog'].flatMap((bucket) =>
    ['Bool aws:SecureTransport false', 'NumericLessThan s3:TlsVersion 1.2'].map((when) => ({
      why: 'nothing is read or written in the clear, or with an old TLS',
      at: `${STORAGE}/${bucket}Policy`,
      whom: 'AWS *',
      may: 'never s3:*',
      on: `<${bucket}> <${bucket}>/*`,
      when,
    })),
  ),
  {
    why: 'S3 writes the log of this bucket',
    at: `${STORAGE}/storedatasetsaccesslogPolicy`,
    whom: 'Service logging.s3.amazonaws.com',
    may: 's3:PutObject',
    on: '<storedatasetsaccesslog>/*',
    when: 'ArnLike aws:SourceArn <storedatasets>, StringEquals aws:SourceAccount <account>',
  },
  {
    why: 'EBS encrypts disks of nodes for whoever of the account starts them: a policy that names the service-linked role of Auto Scaling is refused before there is one',
    at: `${CLUSTER}/key`,
    whom: 'AWS *',
    may: CRYPTO,
    on: '*',
    when: THROUGH_EBS,
  },
  {
    why: 'a disk keeps the use of the key for as long as it is there; nobody but AWS gets it',
    at: `${CLUSTER}/key`,
    whom: 'AWS *',
    may: 'kms:CreateGrant',
    on: '*',
    when: `${THROUGH_EBS}, Bool kms:GrantIsForAWSResource true`,
  },
  {
    why: 'logs of the control plane are encrypted, and no other group',
    at: `${CLUSTER}/key`,
    whom: 'Service logs.us-east-1.amazonaws.com',
    may: CRYPTO,
    on: '*',
    when: `ArnLike kms:EncryptionContext:aws:logs:arn ${LOGS}:/aws/eks/atlas-dallas-gb200/cluster`,
  },
  {
    why: 'EKS runs the control plane',
    at: `${CLUSTER}/clusterRole`,
    whom: 'Service eks.amazonaws.com',
    may: 'sts:AssumeRole',
  },
  {
    why: 'with what AWS says that this takes',
    at: `${CLUSTER}/clusterRole`,
    whom: '<clusterRole>',
    may: `${MANAGED}/AmazonEKSClusterPolicy`,
  },
  {
    why: 'nodes have a role',
    at: `${CLUSTER}/clusternoderole`,
    whom: 'Service ec2.amazonaws.com',
    may: 'sts:AssumeRole',
  },
  {
    why: 'they find and join the cluster',
    at: `${CLUSTER}/clusternoderole`,
    whom: '<clusternoderole>',
    may: `${MANAGED}/AmazonEKSWorkerNodePolicy`,
  },
  {
    why: 'and pull images',
    at: `${CLUSTER}/clusternoderole`,
    whom: '<clusternoderole>',
    may: `${MANAGED}/AmazonEC2ContainerRegistryPullOnly`,
  },
  {
    why: 'the CNI has a role of its own, so that nodes and what runs on them cannot change interfaces',
    at: `${CLUSTER}/clustercnirole`,
    whom: PODS,
    may: ASSUME_AS_POD,
    when: `${TAGS}-namespace kube-system, aws:RequestTag/kubernetes-service-account aws-node`,
  },
  {
    why: 'it gives interfaces and addresses to nodes',
    at: `${CLUSTER}/clustercnirole`,
    whom: '<clustercnirole>',
    may: `${MANAGED}/AmazonEKS_CNI_Policy`,
  },
  {
    why: 'administrators do everything in this cluster, and nothing to it',
    at: `${CLUSTER}/clusteradmin1f58c1ba`,
    whom: `${ROLE}/platform`,
    may: 'AmazonEKSClusterAdminPolicy',
    on: '<cluster>',
  },
  {
    why: 'viewers look at what lies in namespaces, but at no secrets',
    at: `${CLUSTER}/clusteradmin86d7021a`,
    whom: `${ROLE}/research`,
    may: 'AmazonEKSViewPolicy',
    on: '<cluster>',
  },
  {
    why: 'workloads are one service account of this cluster',
    at: `${CLUSTER}/workload`,
    whom: PODS,
    may: ASSUME_AS_POD,
    when: `${TAGS}-namespace training, aws:RequestTag/kubernetes-service-account training`,
  },
  {
    why: 'they find what is in the buckets that the cluster mounts',
    at: `${CLUSTER}/workloadDefaultPolicy`,
    whom: '<workload>',
    may: 's3:GetBucketLocation s3:ListBucket s3:ListBucketMultipartUploads',
    on: '<storedatasets>',
  },
  {
    why: 'read and write it, but neither its former versions nor the bucket',
    at: `${CLUSTER}/workloadDefaultPolicy`,
    whom: '<workload>',
    may: 's3:GetObject s3:ListMultipartUploadParts s3:AbortMultipartUpload s3:DeleteObject s3:PutObject',
    on: '<storedatasets>/*',
  },
  {
    why: 'and its encryption',
    at: `${CLUSTER}/workloadDefaultPolicy`,
    whom: '<workload>',
    may: 'kms:Decrypt kms:GenerateDataKey',
    on: '<key>',
  },
  {
    why: 'alarms are encrypted, and CloudWatch publishes them',
    at: `${STORAGE}/key`,
    whom: 'Service cloudwatch.amazonaws.com',
    may: 'kms:Decrypt kms:GenerateDataKey*',
    on: '*',
  },
  {
    why: 'alarms are encrypted, and CloudWatch publishes them',
    at: `${CLUSTER}/key`,
    whom: 'Service cloudwatch.amazonaws.com',
    may: 'kms:Decrypt kms:GenerateDataKey*',
    on: '*',
  },
  ...[STORAGE, CLUSTER].flatMap((stack) => [
    {
      why: 'nothing is published in the clear',
      at: `${stack}/alarmsPolicy`,
      whom: '*',
      may: 'never sns:Publish',
      on: '<alarms>',
      when: 'Bool aws:SecureTransport false',
    },
    {
      why: 'alarms of the account, and of no other one, are sent',
      at: `${stack}/alarmsPolicy`,
      whom: 'Service cloudwatch.amazonaws.com',
      may: 'sns:Publish',
      on: '<alarms>',
      when: 'ArnLike aws:SourceArn arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<account>:alarm:*',
    },
  ]),
  {
    why: 'what watches nodes is one service account of this cluster, where alarms are wanted',
    at: `${CLUSTER}/clusterobserverrole`,
    whom: PODS,
    may: ASSUME_AS_POD,
    when: `${TAGS}-namespace amazon-cloudwatch, aws:RequestTag/kubernetes-service-account cloudwatch-agent`,
  },
  {
    why: 'with what AWS says that its agent takes',
    at: `${CLUSTER}/clusterobserverrole`,
    whom: '<clusterobserverrole>',
    may: `${MANAGED}/CloudWatchAgentServerPolicy`,
  },
  {
    why: 'what sizes pools is one service account of this cluster, where a pool has a range',
    at: `${CLUSTER}/autoscaler`,
    whom: PODS,
    may: ASSUME_AS_POD,
    when: `${TAGS}-namespace kube-system, aws:RequestTag/kubernetes-service-account cluster-autoscaler`,
  },
  {
    why: 'it looks at groups and machines, which has no narrower resource',
    at: `${CLUSTER}/autoscalerDefaultPolicy`,
    whom: '<autoscaler>',
    may: 'autoscaling:DescribeAutoScalingGroups autoscaling:DescribeAutoScalingInstances autoscaling:DescribeLaunchConfigurations autoscaling:DescribeScalingActivities autoscaling:DescribeTags ec2:DescribeImages ec2:DescribeInstanceTypes ec2:DescribeLaunchTemplateVersions ec2:GetInstanceTypesFromInstanceRequirements',
    on: '*',
  },
  {
    why: 'and at the groups that have a range',
    at: `${CLUSTER}/autoscalerDefaultPolicy`,
    whom: '<autoscaler>',
    may: 'eks:DescribeNodegroup',
    on: '<clusterdev1>',
  },
  {
    why: 'which it sizes, by the tags that EKS gives them, and no others',
    at: `${CLUSTER}/autoscalerDefaultPolicy`,
    whom: '<autoscaler>',
    may: 'autoscaling:SetDesiredCapacity autoscaling:TerminateInstanceInAutoScalingGroup',
    on: '*',
    when: 'StringEquals autoscaling:ResourceTag/eks:cluster-name <cluster>, autoscaling:ResourceTag/eks:nodegroup-name <clusterdev1>',
  },
];
