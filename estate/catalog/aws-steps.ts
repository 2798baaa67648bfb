import { BUNDLE_THINGS, type BundleThing, bundleSteps } from './gitops-steps';
import { LINK_THINGS, type LinkThing, linkSteps } from './link-steps';
import type { CloudSteps } from './steps';
import { lookUpStep, nobodyStep, noWayStep, quotasStep, racksStep } from './steps-common';

const CHECKED = { checked: '2026-11' } as const;
const CLI = 'https://docs.aws.amazon.com/cli/latest/reference';
const PAGE = 'https://docs.aws.amazon.com';

/** What steps of AWS are of. */
export type AwsThing =
  | LinkThing
  | BundleThing
  | 'account'
  | 'region'
  | 'local-zone'
  | 'spot'
  | 'reservation'
  | 'reservation-group'
  | 'cluster-log'
  | 'role'
  | 'user'
  | 'quotas'
  | 'quota'
  | 'alarm-mail'
  | 'nobody'
  | 'no-way'
  | 'network'
  | 'key'
  | 'foreign-key'
  | 'key-of-alarms'
  | 'joined-cluster'
  | 'bucket'
  | 'gateway'
  | 'dns'
  | 'made-cluster'
  | 'existing-cluster'
  | 'block'
  | 'nvidia'
  | 'neuron'
  | 'efa'
  | 'rack'
  | 'range'
  | 'mount'
  | 'budget'
  | 'attached-policy'
  | 'written-policy'
  | 'cluster';

/** Steps of a first apply in an account of AWS. */
export const AWS_STEPS: CloudSteps<AwsThing> = {
  words: ['accountId', 'homeRegion', 'alertEmail', 'costTags'],
  things: {
    ...LINK_THINGS,
    ...BUNDLE_THINGS,
    account: [],
    region: ['region'],
    'local-zone': ['zone', 'zoneGroup', 'region'],
    spot: [],
    reservation: ['ids', 'region'],
    'reservation-group': ['arn', 'region'],
    'cluster-log': ['clusterName', 'region'],
    role: ['name', 'note'],
    user: ['name', 'note'],
    quotas: [],
    quota: ['region', 'service', 'code', 'needed', 'unit', 'quota'],
    'alarm-mail': ['mail', 'region'],
    nobody: [],
    'no-way': [],
    network: ['network', 'region'],
    key: ['key', 'region'],
    'foreign-key': ['key', 'region'],
    'key-of-alarms': ['key', 'region'],
    'joined-cluster': ['clusterName', 'region', 'nodeRole'],
    bucket: ['bucket'],
    gateway: ['gateway', 'region'],
    dns: ['server', 'region'],
    'made-cluster': ['as'],
    'existing-cluster': [],
    block: ['id', 'start', 'group', 'nodes'],
    nvidia: ['resource'],
    neuron: ['resource'],
    efa: [],
    rack: [],
    range: [],
    mount: [],
    budget: [],
    'attached-policy': [],
    'written-policy': ['foundation', 'policy'],
    cluster: [],
  },
  steps: [
    {
      id: 'credentials',
      at: 'before',
      of: 'account',
      title: 'Use credentials of an administrator of account {accountId} from here on',
      why: 'The bootstrap below makes roles and a bucket. After it cdk needs sts:AssumeRole of cdk-hnb659fds-*-{accountId}-* only, and the commands that look need ReadOnlyAccess.',
      run: [
        'aws configure sso   # or aws configure, or another way by which the tools of AWS find credentials',
        'export AWS_PROFILE="$PROFILE"   # the profile that was just named',
      ],
      see: ['aws sts get-caller-identity --query Account --output text'],
      done: 'it prints {accountId}',
      source: `${CLI}/sts/get-caller-identity.html`,
      ...CHECKED,
    },
    {
      id: 'regions',
      at: 'before',
      of: 'region',
      title: 'See that the account may use its regions, that of its alerts ({homeRegion}) among them',
      see: ['aws account get-region-opt-status --region-name {region} --query RegionOptStatus --output text'],
      done: 'each prints ENABLED or ENABLED_BY_DEFAULT; aws account enable-region --region-name REGION enables another one',
      source: `${PAGE}/accounts/latest/reference/manage-acct-regions.html`,
      ...CHECKED,
    },
    {
      id: 'local-zones',
      at: 'before',
      of: 'local-zone',
      title: 'Enable the Local Zones of the estate',
      why: 'An account has none of them from the start, and subnets in them are refused.',
      run: [
        'aws ec2 modify-availability-zone-group --region {region} --group-name {zoneGroup} --opt-in-status opted-in',
      ],
      see: [
        `aws ec2 describe-availability-zones --region {region} --all-availability-zones --zone-names {zone} --query 'AvailabilityZones[0].OptInStatus' --output text`,
      ],
      done: 'each prints opted-in',
      source: `${PAGE}/local-zones/latest/ug/getting-started.html`,
      ...CHECKED,
    },
    {
      id: 'bootstrap',
      at: 'before',
      of: 'region',
      title: 'Bootstrap CDK in each region of the account, that of its alerts ({homeRegion}) among them',
      why: 'It makes the bucket and the roles that cdk deploys with; where it was done before, it changes nothing.',
      run: ['npx cdk bootstrap aws://{accountId}/{region}'],
      see: [
        'aws ssm get-parameter --region {region} --name /cdk-bootstrap/hnb659fds/version --query Parameter.Value --output text',
      ],
      done: 'each prints 6 or more',
      source: `${PAGE}/cdk/v2/guide/bootstrapping-env.html`,
      ...CHECKED,
    },
    {
      id: 'spot-role',
      at: 'before',
      of: 'spot',
      title: 'Make the role by which spot machines are started, once for an account',
      run: ['aws iam create-service-linked-role --aws-service-name spot.amazonaws.com'],
      done: 'it prints the role, or says that its name is taken in this account',
      source: `${PAGE}/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html`,
      ...CHECKED,
    },
    {
      id: 'reservations',
      at: 'before',
      of: 'reservation',
      title: 'See that reservations and capacity blocks are there, of the machine and zone of their pool',
      why: 'A group of a reservation that is not active ends the deployment; one of a block waits for the start of the block.',
      see: [
        `aws ec2 describe-capacity-reservations --region {region} --capacity-reservation-ids {ids} --query 'CapacityReservations[].[CapacityReservationId,State,InstanceType,AvailabilityZone,TotalInstanceCount]' --output text`,
      ],
      done: 'each is active, or a block that is scheduled; npx estate show capacity says what the estate expects',
      source: `${CLI}/ec2/describe-capacity-reservations.html`,
      ...CHECKED,
    },
    {
      id: 'reservation-groups',
      at: 'before',
      of: 'reservation-group',
      title: 'See that resource groups of reservations have reservations in them',
      see: ['aws resource-groups list-group-resources --region {region} --group {arn}'],
      done: 'each lists reservations of the machine and zone of its pool',
      source: `${CLI}/resource-groups/list-group-resources.html`,
      ...CHECKED,
    },
    {
      id: 'cluster-logs',
      at: 'before',
      of: 'cluster-log',
      title: 'See that no log group of an earlier cluster is in the way',
      why: 'Where an estate of this name was destroyed before, its logs are kept: delete the group, or take another name.',
      see: [
        `aws logs describe-log-groups --region {region} --log-group-name-prefix /aws/eks/{clusterName}/cluster --query 'logGroups[].logGroupName' --output text`,
      ],
      done: 'it prints nothing',
      source: `${CLI}/logs/describe-log-groups.html`,
      ...CHECKED,
    },
    {
      id: 'roles',
      at: 'before',
      of: 'role',
      title: 'See that the roles of administrators and viewers are there',
      why: 'EKS looks them up when it lets them in.',
      see: ['aws iam get-role --role-name {name} --query Role.Arn --output text{note}'],
      done: 'each prints its ARN',
      source: `${PAGE}/eks/latest/userguide/creating-access-entries.html`,
      ...CHECKED,
      unverified: 'whether EKS refuses a principal that does not exist',
    },
    {
      id: 'users',
      at: 'before',
      of: 'user',
      title: 'See that the users who administer or view are there',
      see: ['aws iam get-user --user-name {name} --query User.Arn --output text{note}'],
      done: 'each prints its ARN',
      source: `${PAGE}/eks/latest/userguide/creating-access-entries.html`,
      ...CHECKED,
      unverified: 'whether EKS refuses a principal that does not exist',
    },
    quotasStep({
      source: `${PAGE}/servicequotas/latest/userguide/request-quota-increase.html`,
      ...CHECKED,
    }),
    lookUpStep({
      see: [
        'aws service-quotas get-service-quota --region {region} --service-code {service} --quota-code {code} --query Quota.Value --output text   # at least {needed} ({unit}): {quota}',
      ],
      raise:
        'aws service-quotas request-service-quota-increase with the same three options and --desired-value asks for more',
      source: `${CLI}/service-quotas/get-service-quota.html`,
      ...CHECKED,
    }),
    nobodyStep({
      source: `${PAGE}/eks/latest/userguide/access-entries.html`,
      ...CHECKED,
    }),
    noWayStep({
      source: `${PAGE}/eks/latest/userguide/cluster-endpoint.html`,
      ...CHECKED,
    }),
    {
      id: 'networks',
      at: 'before',
      of: 'network',
      exists: true,
      title: 'Have VPCs of other teams ready: subnets shared with {accountId}, routed, tagged for load balancers',
      why: 'Internal load balancers find subnets by the tag kubernetes.io/role/internal-elb, which is their owner’s to give.',
      see: [
        `aws ec2 describe-subnets --region {region} --filters Name=vpc-id,Values={network} --query 'Subnets[].[SubnetId,CidrBlock,AvailabilityZone]' --output text`,
      ],
      done: 'it lists every subnet that network.existing names, with its range and zone',
      source: `${PAGE}/vpc/latest/userguide/vpc-sharing.html`,
      ...CHECKED,
    },
    {
      id: 'keys',
      at: 'before',
      of: 'key',
      exists: true,
      title: 'Have the policy of keys that exist let this account and its log service in',
      why: 'The root of {accountId} needs kms:CreateGrant, Decrypt, DescribeKey, Encrypt, GenerateDataKey* and ReEncrypt*; logs.REGION.amazonaws.com all but the first, where kms:EncryptionContext:aws:logs:arn is a log group of {accountId}.',
      see: ['aws kms get-key-policy --region {region} --key-id {key} --policy-name default --output text'],
      done: 'it has both statements for {accountId}; the owner of the key prints it',
      source: `${PAGE}/kms/latest/developerguide/key-policy-modifying-external-accounts.html`,
      ...CHECKED,
    },
    {
      id: 'key-grants',
      at: 'before',
      of: 'foreign-key',
      exists: true,
      title: 'Lend keys of other accounts to Auto Scaling, which starts the nodes, once',
      why: 'A key of another account is lent to a service-linked role by a grant only.',
      run: [
        'aws iam create-service-linked-role --aws-service-name autoscaling.amazonaws.com   # or says that it is taken',
        'aws kms create-grant --region {region} --key-id {key} --grantee-principal arn:aws:iam::{accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling --operations Encrypt Decrypt ReEncryptFrom ReEncryptTo GenerateDataKey GenerateDataKeyWithoutPlaintext DescribeKey CreateGrant',
      ],
      done: 'each prints a GrantId',
      source: `${PAGE}/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html`,
      ...CHECKED,
    },
    {
      id: 'keys-of-alarms',
      at: 'before',
      of: 'key-of-alarms',
      exists: true,
      title: 'Have the policy of keys that exist let CloudWatch tell of alarms, whose topics they encrypt',
      why: 'cloudwatch.amazonaws.com needs kms:Decrypt and kms:GenerateDataKey*. Without them alarms go off, and nobody is told.',
      see: ['aws kms get-key-policy --region {region} --key-id {key} --policy-name default --output text'],
      done: 'it has that statement; the owner of the key prints it',
      source: `${PAGE}/sns/latest/dg/sns-key-management.html`,
      ...CHECKED,
    },
    {
      id: 'joined-clusters',
      at: 'before',
      of: 'joined-cluster',
      exists: true,
      title: 'Have clusters that exist let the role of the nodes in, and run the add-ons that nodes need',
      see: [
        'aws eks describe-access-entry --region {region} --cluster-name {clusterName} --principal-arn {nodeRole} --query accessEntry.type --output text',
        'aws eks list-addons --region {region} --cluster-name {clusterName} --output text',
      ],
      done: 'it prints EC2_LINUX, and vpc-cni, kube-proxy, coredns and eks-pod-identity-agent',
      source: `${CLI}/eks/describe-access-entry.html`,
      ...CHECKED,
    },
    {
      id: 'buckets',
      at: 'before',
      of: 'bucket',
      exists: true,
      title: 'See that buckets that exist are reached; the policy of one of another account lets {accountId} in',
      see: ['aws s3api head-bucket --bucket {bucket}'],
      done: 'it prints the region of the bucket, and no error',
      source: `${CLI}/s3api/head-bucket.html`,
      ...CHECKED,
    },
    {
      id: 'gateways',
      at: 'before',
      of: 'gateway',
      exists: true,
      title: 'Have transit gateways shared with {accountId}, set to accept attachments, with a route back',
      see: [
        `aws ec2 describe-transit-gateways --region {region} --transit-gateway-ids {gateway} --query 'TransitGateways[].[State,Options.AutoAcceptSharedAttachments]' --output text`,
      ],
      done: 'it prints available and enable; where it prints disable, its owner accepts the attachment while the network is made',
      source: `${PAGE}/vpc/latest/tgw/tgw-transit-gateways.html`,
      ...CHECKED,
    },
    {
      id: 'dns',
      at: 'before',
      of: 'dns',
      exists: true,
      title: 'Have DNS servers of your own forward names of AWS to the resolver of the VPC',
      why: 'Nodes would not find their API server.',
      see: ['dig +short @{server} sts.{region}.amazonaws.com   # from inside the network'],
      done: 'each of the servers answers',
      source: `${PAGE}/vpc/latest/userguide/DHCPOptionSetConcepts.html`,
      ...CHECKED,
    },
    {
      id: 'budget-rights',
      at: 'before',
      of: 'budget',
      title: 'Have IAM access to billing activated, which the root user of {accountId} does once',
      why: 'Until then no role may make a budget, CloudFormation’s among them.',
      see: ['aws budgets describe-budgets --account-id {accountId} --max-results 1'],
      done: 'it prints budgets or none, and no AccessDenied',
      source: `${PAGE}/awsaccountbilling/latest/aboutv2/control-access-billing.html`,
      ...CHECKED,
    },
    {
      id: 'policy-type',
      at: 'before',
      of: 'attached-policy',
      title: 'Have service control policies enabled, and deploy the foundation in the management account',
      why: 'Only that account makes policies of the organization, and a type that is not enabled cannot be attached.',
      see: [
        `aws organizations describe-organization --query Organization.MasterAccountId --output text`,
        `aws organizations list-roots --query "Roots[0].PolicyTypes[?Type=='SERVICE_CONTROL_POLICY'].Status" --output text`,
      ],
      done: 'they print {accountId} and ENABLED; aws organizations enable-policy-type enables it',
      source: `${PAGE}/organizations/latest/userguide/orgs_manage_policies_enable-disable.html`,
      ...CHECKED,
    },
    {
      id: 'budget',
      at: 'after-foundation',
      of: 'budget',
      title: 'See that the budget is there: its mails need no confirmation',
      see: [
        `aws budgets describe-budgets --account-id {accountId} --query 'Budgets[].[BudgetName,BudgetLimit.Amount,BudgetLimit.Unit]' --output text`,
      ],
      done: 'it lists the sum of the estate file',
      source: `${CLI}/budgets/describe-budgets.html`,
      ...CHECKED,
    },
    {
      id: 'written-policy',
      at: 'after-foundation',
      of: 'written-policy',
      exists: true,
      title:
        'Have the owner of the organization attach the service control policy that was written, where it is to hold',
      why: 'Only the management account attaches policies: until then nothing is denied.',
      run: [
        `node --print "JSON.stringify(require('./cdk.out/{foundation}.template.json').Metadata.ServiceControlPolicy)" > {policy}.json`,
        'aws organizations create-policy --type SERVICE_CONTROL_POLICY --name {policy} --description "Regions and machines of the estate" --content file://{policy}.json',
        'aws organizations attach-policy --policy-id "$POLICY" --target-id {accountId}   # the id that was just printed',
      ],
      see: [
        "aws organizations list-policies-for-target --target-id {accountId} --filter SERVICE_CONTROL_POLICY --query 'Policies[].Name' --output text",
      ],
      done: 'it lists the policy',
      source: `${CLI}/organizations/create-policy.html`,
      ...CHECKED,
    },
    {
      id: 'mail',
      at: 'after-foundation',
      of: 'account',
      title: 'Confirm the subscription that AWS has mailed to {alertEmail}',
      why: 'Until then nobody hears of reservations and blocks.',
      see: [
        `aws sns list-subscriptions --region {homeRegion} --query "Subscriptions[?Endpoint=='{alertEmail}'].SubscriptionArn" --output text`,
      ],
      done: 'it prints an ARN and no longer PendingConfirmation',
      source: `${PAGE}/sns/latest/dg/sns-email-notifications.html`,
      ...CHECKED,
    },
    {
      id: 'enter',
      at: 'after-cluster',
      of: 'made-cluster',
      title: 'Enter cluster {cluster} as one of its administrators: {administrators}',
      why: 'Nobody else is let in, who applies neither. kubectl assumes the role that is named; who has signed in with it leaves --role-arn out.',
      from: '{reachedFrom}',
      run: ['aws eks update-kubeconfig --region {region} --name {clusterName} --alias {cluster}{as}'],
      see: ['kubectl --context {cluster} get nodes'],
      done: 'it lists the nodes of the system pool as Ready, and those of pools whose machines are there',
      source: `${CLI}/eks/update-kubeconfig.html`,
      ...CHECKED,
    },
    {
      id: 'enter-existing',
      at: 'after-cluster',
      of: 'existing-cluster',
      exists: true,
      title: 'Enter cluster {clusterName}, which exists, as its owner lets you',
      from: '{reachedFrom}',
      run: ['aws eks update-kubeconfig --region {region} --name {clusterName} --alias {cluster}'],
      see: ['kubectl --context {cluster} get nodes'],
      done: 'it lists the nodes of the pools of the estate as Ready',
      source: `${CLI}/eks/update-kubeconfig.html`,
      ...CHECKED,
    },
    {
      id: 'blocks',
      at: 'after-cluster',
      of: 'block',
      title: 'Start the groups of capacity blocks of {cluster} once their block is active: they are made empty',
      run: [
        `aws eks update-nodegroup-config --region {region} --cluster-name {clusterName} --nodegroup-name "$(aws resourcegroupstaggingapi get-resources --region {region} --resource-type-filters eks:nodegroup --tag-filters Key=Name,Values={group} --query 'ResourceTagMappingList[0].ResourceARN' --output text | cut -d/ -f3)" --scaling-config desiredSize={nodes}   # from {start} on`,
      ],
      see: [
        `aws ec2 describe-capacity-reservations --region {region} --capacity-reservation-ids {id} --query 'CapacityReservations[].State' --output text`,
      ],
      done: 'the reservation of each prints active before its group is started, and its nodes are Ready after it',
      source: `${PAGE}/eks/latest/userguide/capacity-blocks-mng.html`,
      ...CHECKED,
    },
    ...bundleSteps('npx cdk deploy {told} --exclusively --outputs-file {told}.outputs.json'),
    {
      id: 'hand-over',
      at: 'hand-over',
      of: 'cluster',
      title: 'See that {cluster} has what its bundle says',
      why: 'Pods of service account {serviceAccount} in namespace {namespace} act as the role of the workloads: the bundle has both.',
      see: ['kubectl --context {cluster} --namespace {namespace} get serviceaccount {serviceAccount}'],
      done: 'the service account is there',
      source: `${PAGE}/eks/latest/userguide/pod-identities.html`,
      ...CHECKED,
    },
    {
      id: 'nvidia',
      at: 'hand-over',
      of: 'nvidia',
      title: 'See that the GPU operator of NVIDIA counts the GPUs of {cluster}, whose images have the driver',
      see: [
        `kubectl --context {cluster} get nodes --output 'custom-columns=NODE:.metadata.name,COUNT:.status.allocatable.{resource}'`,
      ],
      done: 'nodes with accelerators show how many they have',
      source: `${PAGE}/eks/latest/userguide/ml-eks-optimized-ami.html`,
      ...CHECKED,
    },
    {
      id: 'neuron',
      at: 'hand-over',
      of: 'neuron',
      title: 'See that the device plugin of Neuron counts the accelerators of {cluster}',
      see: [
        `kubectl --context {cluster} get nodes --output 'custom-columns=NODE:.metadata.name,COUNT:.status.allocatable.{resource}'`,
      ],
      done: 'nodes with accelerators show how many they have',
      source: 'https://awsdocs-neuron.readthedocs-hosted.com/en/latest/containers/kubernetes-getting-started.html',
      ...CHECKED,
    },
    {
      id: 'efa',
      at: 'hand-over',
      of: 'efa',
      title:
        'See that the device plugin of EFA counts the interfaces of {cluster}, or its DRA driver where software asks for that',
      see: [
        `kubectl --context {cluster} get nodes --output 'custom-columns=NODE:.metadata.name,EFA:.status.allocatable.vpc\\.amazonaws\\.com/efa'`,
      ],
      done: 'nodes with the plugin show their interfaces; with the driver, kubectl get resourceslices lists them',
      source: `${PAGE}/eks/latest/userguide/node-efa.html`,
      ...CHECKED,
    },
    racksStep({
      source: `${PAGE}/eks/latest/userguide/ml-eks-nvidia-ultraserver.html`,
      ...CHECKED,
    }),
    {
      id: 'autoscaler',
      at: 'hand-over',
      of: 'range',
      title: 'Let GitOps install cluster-autoscaler in {cluster}, by which pools with a range get nodes',
      why: 'Its role is there, for service account cluster-autoscaler in kube-system. It is told each group that it sizes: --node-group-auto-discovery=asg:tag=eks:cluster-name={clusterName},eks:nodegroup-name=GROUP.',
      see: [
        `aws cloudformation describe-stacks --region {region} --stack-name {stack} --query "Stacks[0].Outputs[?contains(OutputKey, 'group')].OutputValue" --output text`,
        'kubectl --context {cluster} --namespace kube-system get deployments',
      ],
      done: 'the first prints each GROUP, the second lists cluster-autoscaler as available',
      source: 'https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/cloudprovider/aws',
      ...CHECKED,
    },
    {
      id: 'volumes',
      at: 'hand-over',
      of: 'mount',
      title: 'See that {cluster} has its volumes',
      see: ['kubectl --context {cluster} --namespace {namespace} get persistentvolumeclaims'],
      done: 'each claim is Bound, and a pod of {namespace} mounts each of them',
      source: `${PAGE}/eks/latest/userguide/storage.html`,
      ...CHECKED,
    },
    {
      id: 'alarm-mails',
      at: 'last',
      of: 'alarm-mail',
      title: 'Have each owner confirm the subscriptions of alarms, which AWS has mailed to them',
      why: 'Until then they hear of nothing. The mails come from no-reply@sns.amazonaws.com.',
      see: [
        `aws sns list-subscriptions --region {region} --query "Subscriptions[?Endpoint=='{mail}'].[TopicArn,SubscriptionArn]" --output text`,
      ],
      done: 'no line ends with PendingConfirmation',
      source: `${PAGE}/sns/latest/dg/sns-email-notifications.html`,
      ...CHECKED,
    },
    {
      id: 'cost-tags',
      at: 'last',
      of: 'account',
      title: 'Activate the tags of the estate for cost reports, a day later and in the account that pays',
      why: 'A tag can be activated once something with it was billed, which takes up to 24 hours.',
      run: ['aws ce update-cost-allocation-tags-status --cost-allocation-tags-status {costTags}'],
      see: ['aws ce list-cost-allocation-tags --status Active --output text'],
      done: 'it lists the tags',
      source: `${PAGE}/awsaccountbilling/latest/aboutv2/activating-tags.html`,
      ...CHECKED,
    },
    ...linkSteps('npx cdk deploy {told} --exclusively --outputs-file {told}.outputs.json', {
      tunnels: {
        see: [
          `aws ec2 describe-vpn-connections --region {region} --filters Name=tag:aws:cloudformation:stack-name,Values={half} --query 'VpnConnections[].VgwTelemetry[].[OutsideIpAddress,Status,AcceptedRouteCount]' --output text`,
        ],
        done: 'each line says UP, and counts routes',
        source: `${CLI}/ec2/describe-vpn-connections.html`,
        ...CHECKED,
      },
      circuits: {
        see: ["aws interconnect list-connections --region {region} --query 'connections[].[id,state]' --output text"],
        done: 'each prints available',
        source: `${CLI}/interconnect/list-connections.html`,
        ...CHECKED,
        unverified: 'the words of states',
      },
      peerings: {
        see: [
          `aws ec2 describe-transit-gateway-peering-attachments --region {region} --query 'TransitGatewayPeeringAttachments[].[TransitGatewayAttachmentId,State]' --output text`,
        ],
        done: 'each prints available',
        source: `${CLI}/ec2/describe-transit-gateway-peering-attachments.html`,
        ...CHECKED,
      },
    }),
  ],
  deploys: [
    {
      layers: ['foundation', 'network', 'storage', 'cluster', 'gateway', 'link'],
      of: 'account',
      reach: 'the APIs of AWS, from anywhere: CloudFormation does the rest, and nothing is asked of Kubernetes',
      source: `${PAGE}/cdk/v2/guide/deploy.html`,
      ...CHECKED,
    },
  ],
};
