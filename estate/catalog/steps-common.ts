import type { CloudSteps } from './steps';
import type { Sourced } from './types';

const CHECKED = { checked: '2026-11' } as const;
const TERRAFORM = 'https://developer.hashicorp.com/terraform/language/backend';

/** What steps before those of any account are of. */
export type CommonThing =
  | 'estate'
  | 'other-file'
  | 'tool'
  | 'read'
  | 'manager'
  | 'pool'
  | 'aws'
  | 'terraform'
  | 'state-local'
  | 'state-s3'
  | 'state-azurerm'
  | 'state-gcs'
  | 'state-oci';

/** Steps of a first apply before those of any account. */
export const COMMON_STEPS: CloudSteps<CommonThing> = {
  words: ['estate', 'file', 'lock', 'stacks', 'awsStacks', 'terraformStacks'],
  things: {
    estate: [],
    'other-file': [],
    tool: ['version'],
    read: [],
    manager: [],
    pool: ['pool'],
    aws: [],
    terraform: [],
    'state-local': [],
    'state-s3': ['bucket', 'region', 'where'],
    'state-azurerm': ['resourceGroup', 'storageAccount', 'container'],
    'state-gcs': ['bucket'],
    'state-oci': ['bucket', 'namespace', 'region'],
  },
  steps: [
    {
      id: 'file',
      at: 'before',
      of: 'other-file',
      title: 'Name the estate file for all commands below',
      run: ['export ESTATE={file}'],
      source: 'docs/reference/commands.md',
      ...CHECKED,
    },
    {
      id: 'tools',
      at: 'before',
      of: 'tool',
      title:
        'Have the tools of the commands below: Node, kubectl, the command line of each cloud, Terraform but for AWS alone',
      see: ['{version}'],
      done: 'each prints a version; Node 20.19 or newer, Terraform 1.9 or newer, 1.12 where the state is in Oracle Object Storage',
      source: 'README.md',
      ...CHECKED,
    },
    {
      id: 'own-ids',
      at: 'before',
      of: 'estate',
      title: 'Have your own ids in the file: examples of npx estate init are marked',
      see: ["grep -n '# example' {file}"],
      done: 'it prints nothing',
      source: 'docs/estate-file.md',
      ...CHECKED,
    },
    {
      id: 'checked',
      at: 'before',
      of: 'estate',
      title: 'Have the estate valid, locked, planned, and in version control with its lock file',
      run: [
        'npx estate validate --strict',
        'npx estate lock --check',
        'npx estate plan --offline',
        'git rev-parse --git-dir || git init',
        'git add {file} {lock}',
        'git commit --message "The estate before its first apply"',
      ],
      done: 'each ends without an error; npx estate lock writes a lock file that is missing or old',
      source: 'docs/estate-file.md',
      ...CHECKED,
    },
    {
      id: 'repository',
      at: 'before',
      of: 'read',
      title: 'Have the estate in the repository that is read when the bundle is applied',
      why: 'The bundle is the folder gitops beside the estate file.',
      run: ['git push --set-upstream origin HEAD'],
      see: ['git remote get-url origin'],
      done: 'it prints the address of that repository, by SSH or HTTPS and without credentials in it',
      source: 'docs/software.md',
      ...CHECKED,
    },
    {
      id: 'cdk',
      at: 'before',
      of: 'aws',
      title: 'Have cdk find the program: in a project of your own cdk.json names it',
      run: [
        'npm install --save-dev aws-cdk',
        `test -f cdk.json || echo '{ "app": "node node_modules/training-estate/dist/bin/aws.js" }' > cdk.json`,
      ],
      see: ['npx cdk list'],
      done: 'it lists {awsStacks}',
      source: 'docs/library.md',
      ...CHECKED,
    },
    {
      id: 'cdktf',
      at: 'before',
      of: 'terraform',
      title: 'Have cdktf find the program: in a project of your own cdktf.json names it',
      run: [
        'npm install --save-dev cdktf-cli',
        `test -f cdktf.json || echo '{ "language": "typescript", "app": "node node_modules/training-estate/dist/bin/terraform.js" }' > cdktf.json`,
        'export CHECKPOINT_DISABLE=1',
      ],
      see: ['npx cdktf list'],
      done: 'it lists {terraformStacks}',
      source: 'docs/library.md',
      ...CHECKED,
    },
    {
      id: 'state-local',
      at: 'before',
      of: 'state-local',
      title:
        'Decide where Terraform keeps its state: the estate says nothing, so it is a file for each stack beside the project',
      why: 'Only who has the files terraform.*.tfstate can change what was applied, and they hold what stacks know of it.',
      done: 'the files are kept where nobody loses them, or state: of {file} names a bucket before the first apply',
      source: `${TERRAFORM}/local`,
      ...CHECKED,
    },
    {
      id: 'state-s3',
      at: 'before',
      of: 'state-s3',
      title: 'Make the bucket of the state, with versions',
      why: 'Nothing locks it: one apply at a time.',
      run: [
        'aws s3api create-bucket --bucket {bucket} --region {region}{where}',
        'aws s3api put-bucket-versioning --bucket {bucket} --versioning-configuration Status=Enabled',
      ],
      see: ['aws s3api get-bucket-versioning --bucket {bucket} --query Status --output text'],
      done: 'it prints Enabled, with the credentials that apply later',
      source: `${TERRAFORM}/s3`,
      ...CHECKED,
    },
    {
      id: 'state-azurerm',
      at: 'before',
      of: 'state-azurerm',
      title:
        'Make the container of the state; whoever applies has Storage Blob Data Contributor on the storage account',
      why: 'States are read and written as that identity, never with a key of the account.',
      run: [
        'az storage account create --resource-group {resourceGroup} --name {storageAccount} --min-tls-version TLS1_2 --allow-blob-public-access false',
        'az role assignment create --role "Storage Blob Data Contributor" --assignee "$(az ad signed-in-user show --query id --output tsv)" --scope "$(az storage account show --resource-group {resourceGroup} --name {storageAccount} --query id --output tsv)"',
        'az storage account blob-service-properties update --resource-group {resourceGroup} --account-name {storageAccount} --enable-versioning true',
        'az storage container create --account-name {storageAccount} --name {container} --auth-mode login',
      ],
      see: [
        'az storage container exists --account-name {storageAccount} --name {container} --auth-mode login --query exists',
      ],
      done: 'it prints true',
      source: `${TERRAFORM}/azurerm`,
      ...CHECKED,
    },
    {
      id: 'state-gcs',
      at: 'before',
      of: 'state-gcs',
      title: 'Make the bucket of the state, with versions, in a project and a place of your choice',
      run: [
        'gcloud storage buckets create gs://{bucket} --project="$STATE_PROJECT" --location="$STATE_LOCATION" --uniform-bucket-level-access --public-access-prevention',
        'gcloud storage buckets update gs://{bucket} --versioning',
      ],
      see: ["gcloud storage buckets describe gs://{bucket} --format='value(versioning_enabled)'"],
      done: 'it prints True, with the credentials that apply later',
      source: `${TERRAFORM}/gcs`,
      ...CHECKED,
    },
    {
      id: 'state-oci',
      at: 'before',
      of: 'state-oci',
      title: 'Make the bucket of the state, with versions, in a compartment of your choice',
      run: [
        'oci os bucket create --region {region} --namespace-name {namespace} --name {bucket} --compartment-id "$STATE_COMPARTMENT" --versioning Enabled',
      ],
      see: [
        'oci os bucket get --region {region} --namespace-name {namespace} --bucket-name {bucket} --query data.versioning --raw-output',
      ],
      done: 'it prints Enabled',
      source: `${TERRAFORM}/oci`,
      ...CHECKED,
    },
    {
      id: 'queue',
      at: 'after',
      of: 'manager',
      title: 'Let the manager of the queue reach its workers, as this runbook says',
      why: 'Until then no job starts on any of them.',
      run: ['npx estate runbook queue'],
      done: 'a small job has run in each cluster',
      source: 'docs/software.md',
      ...CHECKED,
    },
    {
      id: 'accept',
      at: 'after',
      of: 'pool',
      title: 'Accept the nodes of each pool, as its runbook says from "Accept its nodes" on',
      run: ['npx estate runbook {pool}'],
      done: 'all of its jobs have done what they should',
      source: 'docs/software.md',
      ...CHECKED,
    },
  ],
  deploys: [],
};

/** Quotas are raised before anything is made. The step is the same on each cloud but for what it rests on. */
export const quotasStep = (fact: Sourced) =>
  ({
    id: 'quotas',
    at: 'before',
    of: 'quotas',
    title: 'Have quotas raised: {quotas}',
    see: ['npx estate show quotas'],
    done: 'what is marked with ! is granted, and written under catalog.quotas',
    ...fact,
  }) as const;

/** Quotas that differ from account to account are looked up in it. What prints them differs by cloud. */
export const lookUpStep = ({
  see,
  raise,
  ...fact
}: Sourced & {
  /** Commands that print what was granted. */
  readonly see: readonly string[];
  /** How more is asked for. */
  readonly raise: string;
}) =>
  ({
    id: 'quota-values',
    at: 'before',
    of: 'quota',
    title:
      'Look up what this account has of quotas that differ from account to account, and have raised what is too little',
    why: 'A stack that runs into one stops half-way, and what is granted may take days.',
    see,
    done: `each prints as much as is needed, or more; ${raise}`,
    ...fact,
  }) as const;

/** A cluster that nobody administers. The step is the same on each cloud but for what it rests on. */
export const nobodyStep = (fact: Sourced) =>
  ({
    id: 'nobody',
    at: 'before',
    of: 'nobody',
    title: 'Name administrators in access: some clusters would be entered by nobody, their maker included',
    see: ['npx estate validate'],
    done: 'it says nothing about NoAdministrator',
    ...fact,
  }) as const;

/** A cluster that no range reaches. The step is the same on each cloud but for what it rests on. */
export const noWayStep = (fact: Sourced) =>
  ({
    id: 'no-way',
    at: 'before',
    of: 'no-way',
    title: 'Name ranges in access: some clusters would be reached from their own nodes only',
    see: ['npx estate validate'],
    done: 'it says nothing about NoWayIn',
    ...fact,
  }) as const;

/** Jobs of a rack share its memory through a driver. The step is the same on each cloud but for what it rests on. */
export const racksStep = (fact: Sourced) =>
  ({
    id: 'racks',
    at: 'hand-over',
    of: 'rack',
    title: 'See that the DRA driver of NVIDIA runs in {cluster}, by which jobs of a rack share memory',
    see: ['kubectl --context {cluster} get deviceclasses'],
    done: 'it lists compute-domain-default-channel.nvidia.com',
    ...fact,
  }) as const;
