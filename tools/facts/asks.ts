import type { Cloud, Sourced } from '../../estate/catalog';

/** Something that answers what a page does not: an account, a run of a tool, a lab. */
export interface Ask extends Sourced {
  /** Files whose rows it answers. */
  readonly files: RegExp;
  /** The cloud whose rows it answers. @default each */
  readonly cloud?: Cloud;
  /** What to do, as half a sentence. */
  readonly ask: string;
}

const CHECKED = { checked: '2026-11' } as const;
const UNREAD = { ...CHECKED, unverified: 'the options of the command, from general knowledge' } as const;
const AWS = 'https://docs.aws.amazon.com/cli/latest/reference';
const AZURE = 'https://learn.microsoft.com/cli/azure';
const GOOGLE = 'https://docs.cloud.google.com/sdk/gcloud/reference';
const ORACLE = 'https://docs.cloud.oracle.com/tools/oci-cli/latest/oci_cli_docs/cmdref';

/** What answers the rows of a table where their source does not; the first that fits counts. */
export const ASKS: readonly Ask[] = [
  {
    files: /aws-quotas/,
    ask: 'ask an account: aws service-quotas list-aws-default-service-quotas --service-code CODE',
    source: `${AWS}/service-quotas/list-aws-default-service-quotas.html`,
    ...UNREAD,
  },
  {
    files: /azure-quotas/,
    ask: 'ask an account: az vm list-usage or az network list-usages, --location REGION',
    source: `${AZURE}/vm#az-vm-list-usage`,
    ...CHECKED,
  },
  {
    files: /google-(quotas|names)/,
    ask: 'ask an account: gcloud quotas info list --service SERVICE --project PROJECT',
    source: `${GOOGLE}/quotas/info/list`,
    ...CHECKED,
  },
  {
    files: /oracle-quotas/,
    ask: 'ask an account: oci limits value list --service-name SERVICE --compartment-id TENANCY --all',
    source: `${ORACLE}/limits/value/list.html`,
    ...CHECKED,
  },
  {
    files: /aws-(machines|ultraservers)/,
    ask: 'ask an account: aws ec2 describe-instance-types --instance-types TYPE --region REGION',
    source: `${AWS}/ec2/describe-instance-types.html`,
    ...UNREAD,
  },
  {
    files: /azure-machines/,
    ask: 'ask an account: az vm list-skus --location REGION --size SIZE --all',
    source: `${AZURE}/vm#az-vm-list-skus`,
    ...UNREAD,
  },
  {
    files: /google-machines/,
    ask: 'ask an account: gcloud compute machine-types describe TYPE --zone ZONE',
    source: `${GOOGLE}/compute/machine-types/describe`,
    ...UNREAD,
  },
  {
    files: /oracle-machines/,
    ask: 'ask an account: oci compute shape list --compartment-id TENANCY --availability-domain DOMAIN',
    source: `${ORACLE}/compute/shape/list.html`,
    ...UNREAD,
  },
  {
    files: /-steps\.ts$/,
    ask: 'take the step once in an account, and see whether what it ends with says so',
    source: 'docs/reference/commands.md',
    ...CHECKED,
  },
  {
    files: /catalog\/findings\.ts$/,
    ask: 'npm run scan says whether the tool still finds it',
    source: 'CONTRIBUTING.md',
    ...CHECKED,
  },
  {
    files: /^diff\//,
    cloud: 'aws',
    ask: 'make a change set of a stack of yours, which says what it replaces, and deploy it in an account that nobody uses',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html',
    ...UNREAD,
  },
  {
    files: /^diff\//,
    ask: 'an edit in the lab shows what the real provider plans and sends; what the service does, an apply in an account',
    source: 'lab/README.md',
    ...CHECKED,
  },
  {
    files: /^provider\/checks\//,
    ask: 'npx estate plan --no-credentials says what the real provider refuses; what the service refuses, an apply in an account',
    source: 'docs/offline-plan.md',
    ...CHECKED,
  },
  {
    files: /^provider\/rules\//,
    ask: 'ask the provider of that release: npx estate plan --no-credentials',
    source: 'docs/offline-plan.md',
    ...CHECKED,
  },
];
