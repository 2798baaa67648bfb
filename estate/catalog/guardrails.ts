import type { Cloud, Sourced } from './types';

const CHECKED = { checked: '2026-11' } as const;
const ORGANIZATIONS = 'https://docs.aws.amazon.com/organizations/latest/userguide';
const AZURE_POLICY = 'Azure/azure-policy built-in-policies/policyDefinitions';

/** The form in which a cloud takes limits of regions and machines, and what it does not limit by it. */
export interface GuardrailForm extends Sourced {
  /** What it is called. */
  readonly title: string;
  /** What is limited by it where nothing else is said: what was made before goes on. */
  readonly scope: string;
  /** What it cannot limit, each as a sentence. */
  readonly gaps: readonly string[];
  /** How it is tried out. */
  readonly dryRun: string;
  /** Which regions it names: those that are allowed alone, or those that are denied too. */
  readonly names: 'allowed' | 'either';
  /** Whether it limits machine types. @default it does not */
  readonly machines?: true;
}

/** The form of each cloud. */
export const GUARDRAIL_FORMS: Readonly<Record<Cloud, GuardrailForm>> = {
  aws: {
    title: 'service control policy',
    scope: 'accounts that it is attached to, or that lie below an organizational unit that it is attached to',
    gaps: [
      'The management account is not limited, nor are service-linked roles: Auto Scaling starts the machines of node groups by one, so that their types are not limited, only who may make a node group where.',
      'Only the management account attaches it; elsewhere the policy is written into the template for whoever has that account.',
    ],
    dryRun: 'nothing tries it out: it is made, and attached to nothing',
    names: 'either',
    machines: true,
    source: `${ORGANIZATIONS}/orgs_manage_policies_scps.html`,
    ...CHECKED,
  },
  azure: {
    title: 'assignments of built-in policies',
    scope: 'the subscription',
    gaps: [
      'Resources without a region, such as private DNS zones, may be made anywhere.',
      'Where only denied regions are given, all others that the catalog knows are allowed, and new ones are denied until it knows them.',
    ],
    dryRun: 'what breaks it is reported as not compliant, and made all the same',
    names: 'allowed',
    machines: true,
    source: `${AZURE_POLICY}/General/AllowedLocations_Deny.json`,
    ...CHECKED,
  },
  google: {
    title: 'organization policies of the project',
    scope: 'the project, which has to belong to an organization',
    gaps: [
      'Machine types are limited by constraints that only an organization can define.',
      'Global resources, and what services make inside of others, may be made anywhere; it is no promise of where data lies.',
    ],
    dryRun: 'what breaks it stands in the audit logs, and is made all the same',
    names: 'either',
    source: 'https://docs.cloud.google.com/resource-manager/docs/organization-policy/defining-locations',
    ...CHECKED,
  },
  oracle: {
    title: 'compartment quota',
    scope: 'the compartment, with those below it',
    gaps: [
      'Only cores, GPUs and reservations of machines are limited: stores and networks may be made in every region that the tenancy has subscribed to.',
      'Machines that share a limit, such as two sizes of one GPU, are allowed together.',
    ],
    dryRun: 'nothing tries it out: no quota is made',
    names: 'allowed',
    machines: true,
    source: 'https://docs.oracle.com/en-us/iaas/Content/Quotas/Concepts/quota_policy_syntax.htm',
    ...CHECKED,
  },
};

/** What AWS takes as a service control policy. */
export const SERVICE_CONTROL_POLICY: { readonly maxCharacters: number } & Sourced = {
  maxCharacters: 5120,
  source: `${ORGANIZATIONS}/orgs_reference_limits.html`,
  ...CHECKED,
};

/** Actions of services that have one place for all regions: a limit of regions must leave them alone. */
export const AWS_GLOBAL_ACTIONS: { readonly names: readonly string[] } & Sourced = {
  names: [
    'a4b:*',
    'access-analyzer:*',
    'account:*',
    'acm:*',
    'activate:*',
    'artifact:*',
    'aws-marketplace-management:*',
    'aws-marketplace:*',
    'aws-portal:*',
    'billing:*',
    'billingconductor:*',
    'budgets:*',
    'ce:*',
    'chatbot:*',
    'chime:*',
    'cloudfront:*',
    'cloudtrail:LookupEvents',
    'compute-optimizer:*',
    'config:*',
    'consoleapp:*',
    'consolidatedbilling:*',
    'cur:*',
    'datapipeline:GetAccountLimits',
    'devicefarm:*',
    'directconnect:*',
    'ec2:DescribeRegions',
    'ec2:DescribeTransitGateways',
    'ec2:DescribeVpnGateways',
    'ecr-public:*',
    'fms:*',
    'freetier:*',
    'globalaccelerator:*',
    'health:*',
    'iam:*',
    'importexport:*',
    'invoicing:*',
    'iq:*',
    'kms:*',
    'license-manager:ListReceivedLicenses',
    'lightsail:Get*',
    'mobileanalytics:*',
    'networkmanager:*',
    'notifications-contacts:*',
    'notifications:*',
    'organizations:*',
    'payments:*',
    'pricing:*',
    'quicksight:DescribeAccountSubscription',
    'resource-explorer-2:*',
    'route53-recovery-cluster:*',
    'route53-recovery-control-config:*',
    'route53-recovery-readiness:*',
    'route53:*',
    'route53domains:*',
    's3:CreateMultiRegionAccessPoint',
    's3:DeleteMultiRegionAccessPoint',
    's3:DescribeMultiRegionAccessPointOperation',
    's3:GetAccountPublicAccessBlock',
    's3:GetBucketLocation',
    's3:GetBucketPolicyStatus',
    's3:GetBucketPublicAccessBlock',
    's3:GetMultiRegionAccessPoint',
    's3:GetMultiRegionAccessPointPolicy',
    's3:GetMultiRegionAccessPointPolicyStatus',
    's3:GetStorageLensConfiguration',
    's3:GetStorageLensDashboard',
    's3:ListAllMyBuckets',
    's3:ListMultiRegionAccessPoints',
    's3:ListStorageLensConfigurations',
    's3:PutAccountPublicAccessBlock',
    's3:PutMultiRegionAccessPointPolicy',
    'savingsplans:*',
    'shield:*',
    'sso:*',
    'sts:*',
    'support:*',
    'supportapp:*',
    'supportplans:*',
    'sustainability:*',
    'tag:GetResources',
    'tax:*',
    'trustedadvisor:*',
    'vendor-insights:ListEntitledSecurityProfiles',
    'waf-regional:*',
    'waf:*',
    'wafv2:*',
  ],
  source: 'https://docs.aws.amazon.com/controltower/latest/controlreference/primary-region-deny-policy.html',
  ...CHECKED,
};

/** A policy that Azure has built in. */
export interface AzurePolicyRow extends Sourced {
  /** Last part of the names of its assignments, and id of the construct. */
  readonly key: string;
  /** GUID of its definition. */
  readonly definition: string;
  /** Its parameter, which takes a list. */
  readonly parameter: string;
  /** What it limits. */
  readonly limits: 'regions' | 'machines';
  /** What is told who breaks it. */
  readonly message: string;
}

/** Policies of Azure that limit regions and machines. */
export const AZURE_POLICIES: readonly AzurePolicyRow[] = [
  {
    key: 'regions',
    definition: 'e56962a6-4747-49cd-b67b-bf8b01975c4c',
    parameter: 'listOfAllowedLocations',
    limits: 'regions',
    message: 'The estate may not have anything in this region.',
    source: `${AZURE_POLICY}/General/AllowedLocations_Deny.json`,
    ...CHECKED,
  },
  {
    key: 'group-regions',
    definition: 'e765b5de-1225-4ba3-bd56-1ac6695af988',
    parameter: 'listOfAllowedLocations',
    limits: 'regions',
    message: 'The estate may not have resource groups in this region.',
    source: `${AZURE_POLICY}/General/ResourceGroupAllowedLocations_Deny.json`,
    ...CHECKED,
  },
  {
    key: 'machines',
    definition: 'cccc23c7-8427-4f53-ad12-b6a63eb452b3',
    parameter: 'listOfAllowedSKUs',
    limits: 'machines',
    message: 'The estate has no machines of this size.',
    source: `${AZURE_POLICY}/Compute/VMSkusAllowed_Deny.json`,
    ...CHECKED,
  },
  {
    key: 'node-machines',
    definition: 'a7032590-9c5d-4450-bee6-c5a7f0100542',
    parameter: 'listOfAllowedSKUs',
    limits: 'machines',
    message: 'The estate has no nodes of this size.',
    source: `${AZURE_POLICY}/Compute/VMSSSkusAllowed_Deny.json`,
    ...CHECKED,
    unverified: 'that the definition is in all of Azure: its page does not list it everywhere',
  },
];

/** The constraint of Google Cloud that limits regions, and how many values a policy takes. */
export const GOOGLE_LOCATIONS: { readonly constraint: string; readonly mostValues: number } & Sourced = {
  constraint: 'gcp.resourceLocations',
  mostValues: 500,
  source: 'https://docs.cloud.google.com/resource-manager/docs/organization-policy/using-constraints',
  ...CHECKED,
};

/** The family of quotas of Oracle Cloud by which cores and GPUs of machines are counted, their reservations too. */
export const ORACLE_COMPUTE_FAMILY: { readonly family: string } & Sourced = {
  family: 'compute-core',
  source: 'https://docs.oracle.com/en-us/iaas/Content/Quotas/Concepts/resourcequotas_topic-Compute_Quotas.htm',
  ...CHECKED,
  unverified:
    'that unset takes a whole family or a wildcard beside a region, of which the samples have each but not both; that shapes newer than the page count in this family',
};
