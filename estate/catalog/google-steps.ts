import { BUNDLE_THINGS, type BundleThing, bundleSteps } from './gitops-steps';
import { LINK_THINGS, type LinkThing, linkSteps } from './link-steps';
import type { CloudSteps } from './steps';
import { lookUpStep, quotasStep, racksStep } from './steps-common';

const CHECKED = { checked: '2026-11' } as const;
const DOCS = 'https://docs.cloud.google.com';
const CLI = `${DOCS}/sdk/gcloud/reference`;
const IAM = `${DOCS}/iam/docs`;

/** What steps of Google Cloud are of. */
export type GoogleThing =
  | LinkThing
  | BundleThing
  | 'account'
  | 'billing'
  | 'group'
  | 'nobody'
  | 'reservation'
  | 'quotas'
  | 'quota'
  | 'alarm-mail'
  | 'key-of-logs'
  | 'key'
  | 'network'
  | 'host-network'
  | 'services-access'
  | 'file-system'
  | 'bucket'
  | 'joined-cluster'
  | 'agent'
  | 'made-key'
  | 'made-cluster'
  | 'existing-cluster'
  | 'nvidia'
  | 'tpu'
  | 'multi-network'
  | 'claims'
  | 'rack'
  | 'queued'
  | 'mount'
  | 'budget'
  | 'guardrails'
  | 'cluster';

const COUNTS = `kubectl --context {cluster} get nodes --output 'custom-columns=NODE:.metadata.name,COUNT:.status.allocatable.{resource}'`;
const ENTER = [
  'gcloud components install gke-gcloud-auth-plugin   # or the package of that name',
  'gcloud container clusters get-credentials {clusterName} --location={region} --project={project} --dns-endpoint',
  'kubectl config rename-context gke_{project}_{region}_{clusterName} {cluster}',
];

/** Steps of a first apply in a project of Google Cloud. */
export const GOOGLE_STEPS: CloudSteps<GoogleThing> = {
  words: ['project', 'number'],
  things: {
    ...LINK_THINGS,
    ...BUNDLE_THINGS,
    account: [],
    billing: ['billingAccount'],
    group: ['address'],
    nobody: [],
    reservation: ['name', 'owner', 'zone'],
    quotas: [],
    quota: ['service', 'quota', 'place', 'needed', 'unit'],
    'alarm-mail': ['mail'],
    'key-of-logs': ['key'],
    key: ['key'],
    network: ['network', 'host'],
    'host-network': ['host', 'subnet', 'region'],
    'services-access': ['network', 'host'],
    'file-system': ['name', 'zone'],
    bucket: ['bucket'],
    'joined-cluster': ['name', 'region'],
    agent: ['service'],
    'made-key': [],
    'made-cluster': [],
    'existing-cluster': [],
    nvidia: ['resource'],
    tpu: ['resource'],
    'multi-network': ['prefix'],
    claims: [],
    rack: [],
    queued: [],
    mount: [],
    budget: ['billingAccount', 'currency'],
    guardrails: [],
    cluster: [],
  },
  steps: [
    {
      id: 'credentials',
      at: 'before',
      of: 'account',
      title: 'Use project {project} from here on',
      why: 'Terraform signs in by application default credentials, gcloud by its own.',
      run: [
        'gcloud auth login',
        'gcloud auth application-default login --project={project}',
        'gcloud config set project {project}',
      ],
      see: ["gcloud projects describe {project} --format='value(projectNumber)'"],
      done: 'it prints {number}, which service agents are named by',
      source: `${CLI}/auth/application-default/login`,
      ...CHECKED,
    },
    {
      id: 'billing',
      at: 'before',
      of: 'billing',
      title: 'Have the project paid for by its billing account',
      run: ['gcloud billing projects link {project} --billing-account={billingAccount}'],
      see: ["gcloud billing projects describe {project} --format='value(billingEnabled,billingAccountName)'"],
      done: 'it prints True and the account',
      source: `${DOCS}/billing/docs/how-to/modify-project`,
      ...CHECKED,
    },
    {
      id: 'billed',
      at: 'before',
      of: 'account',
      title: 'See that the project is paid for',
      see: ["gcloud billing projects describe {project} --format='value(billingEnabled)'"],
      done: 'it prints True; most APIs cannot be enabled before',
      source: `${DOCS}/billing/docs/how-to/verify-billing-enabled`,
      ...CHECKED,
    },
    {
      id: 'first-apis',
      at: 'before',
      of: 'account',
      title: 'Enable the two APIs by which Terraform enables the others',
      run: [
        'gcloud services enable serviceusage.googleapis.com cloudresourcemanager.googleapis.com --project={project}',
      ],
      see: [
        "gcloud services list --enabled --project={project} --filter='config.name:(serviceusage.googleapis.com cloudresourcemanager.googleapis.com)' --format='value(config.name)'",
      ],
      done: 'it prints both',
      source: `${DOCS}/service-usage/docs/enabled-service`,
      ...CHECKED,
    },
    {
      id: 'roles',
      at: 'before',
      of: 'account',
      title: 'Have roles/owner on the project, or the roles of what is made and roles/iam.roleAdmin',
      why: 'roles/editor does not do: stacks give roles to accounts and people, and make a role for administrators of clusters.',
      see: [
        'gcloud projects get-iam-policy {project} --flatten=bindings --filter="bindings.members:$(gcloud config get account)" --format=\'value(bindings.role)\'',
      ],
      done: 'it lists roles/owner; or serviceusage.serviceUsageAdmin, compute.admin, container.admin, cloudkms.admin, storage.admin, lustre.admin, servicenetworking.networksAdmin, logging.admin, monitoring.admin, resourcemanager.projectIamAdmin, iam.serviceAccountAdmin, iam.serviceAccountUser and iam.roleAdmin',
      source: `${IAM}/roles-permissions`,
      ...CHECKED,
      unverified: 'the list in the place of roles/owner follows from the types that stacks make; it was not tried',
    },
    {
      id: 'budget-rights',
      at: 'before',
      of: 'budget',
      title: 'Have roles/billing.costsManager on the billing account, which is in the currency of the budget',
      why: 'A budget lies in the billing account, whoever owns the project; another currency is refused.',
      run: [
        'gcloud billing accounts add-iam-policy-binding {billingAccount} --member="user:$(gcloud config get account)" --role=roles/billing.costsManager   # its administrator',
      ],
      see: [
        "gcloud billing accounts describe {billingAccount} --format='value(open,currencyCode)'   # the budget is in {currency}",
        'gcloud billing accounts get-iam-policy {billingAccount} --flatten=bindings --filter="bindings.members:$(gcloud config get account)" --format=\'value(bindings.role)\'',
      ],
      done: 'it prints True and the currency of the budget, and lists roles/billing.costsManager or roles/billing.admin',
      source: `${DOCS}/billing/docs/how-to/budget-api-access-control`,
      ...CHECKED,
    },
    {
      id: 'policy-rights',
      at: 'before',
      of: 'guardrails',
      title: 'Have roles/orgpolicy.policyAdmin on the organization, or where it is granted for the project by a tag',
      why: 'Owners of a project may not set its organization policies, and a project without an organization has none.',
      see: [
        "gcloud projects get-ancestors {project} --format='value(id,type)'",
        'gcloud org-policies list --project={project}',
      ],
      done: 'the first lists an organization, and the second is not refused',
      source: `${DOCS}/resource-manager/docs/organization-policy/using-constraints`,
      ...CHECKED,
    },
    quotasStep({
      source: `${DOCS}/docs/quotas/view-manage`,
      ...CHECKED,
    }),
    lookUpStep({
      see: [
        'gcloud beta quotas info describe {quota} --service={service} --project={project}   # at least {needed} ({unit}): {quota} in {place}',
      ],
      raise:
        'gcloud beta quotas preferences create with --service, --project, --quota-id, --preferred-value and --dimensions asks for more',
      source: `${CLI}/beta/quotas/info/describe`,
      ...CHECKED,
    }),
    {
      id: 'reservations',
      at: 'before',
      of: 'reservation',
      title: 'See that reservations are there, of the machine and zone of their pool',
      see: [
        "gcloud compute reservations describe {name} --project={owner} --zone={zone} --format='value(name,status,specificReservation.instanceProperties.machineType,specificReservation.count)'",
      ],
      done: 'each prints READY; one of another project is shared with {project}; npx estate show capacity says what is expected',
      source: `${CLI}/compute/reservations/describe`,
      ...CHECKED,
    },
    {
      id: 'groups',
      at: 'before',
      of: 'group',
      title: 'See that the groups of administrators and viewers are there',
      why: 'IAM refuses members that do not exist.',
      see: ["gcloud identity groups describe {address} --format='value(displayName)'"],
      done: 'each prints the name of the group',
      source: `${CLI}/identity/groups/describe`,
      ...CHECKED,
    },
    {
      id: 'nobody',
      at: 'before',
      of: 'nobody',
      title: 'Name administrators in access: some clusters would be entered by owners of the project only',
      see: ['npx estate validate'],
      done: 'it says nothing about NoAdministrator',
      source: `${DOCS}/kubernetes-engine/docs/how-to/iam`,
      ...CHECKED,
    },
    {
      id: 'networks',
      at: 'before',
      of: 'network',
      exists: true,
      title: 'Have networks that exist ready: subnets with their secondary ranges, and a way out',
      see: [
        "gcloud compute networks subnets list --project={host} --network={network} --format='value(name,region,ipCidrRange,secondaryIpRanges)'",
      ],
      done: 'it lists every subnet and range that network.existing names',
      source: `${DOCS}/kubernetes-engine/docs/how-to/cluster-shared-vpc`,
      ...CHECKED,
    },
    {
      id: 'services-access',
      at: 'before',
      of: 'services-access',
      exists: true,
      title: 'Have private services access in networks that exist and get file systems',
      see: [
        "gcloud services vpc-peerings list --project={host} --network={network} --format='value(service,reservedPeeringRanges)'",
      ],
      done: 'it prints servicenetworking.googleapis.com with the range of the role storage',
      source: `${DOCS}/managed-lustre/docs/vpc`,
      ...CHECKED,
    },
    {
      id: 'file-systems',
      at: 'before',
      of: 'file-system',
      exists: true,
      title: 'See that file systems that exist are there, and take TCP port 988 from the ranges of the nodes',
      see: [
        "gcloud lustre instances describe {name} --project={project} --location={zone} --format='value(state,mountPoint)'",
      ],
      done: 'each prints ACTIVE',
      source: `${CLI}/lustre/instances/describe`,
      ...CHECKED,
    },
    {
      id: 'buckets',
      at: 'before',
      of: 'bucket',
      exists: true,
      title: 'Have the right to change the policy of buckets that exist, by which workloads are let in',
      see: ["gcloud storage buckets get-iam-policy gs://{bucket} --format='value(etag)'"],
      done: 'it prints no error; its owner gives roles/storage.admin on it to whoever applies',
      source: `${DOCS}/storage/docs/access-control/iam-roles`,
      ...CHECKED,
    },
    {
      id: 'joined-clusters',
      at: 'before',
      of: 'joined-cluster',
      exists: true,
      title: 'See that clusters that exist are there, with workload identities of project {project}',
      see: [
        "gcloud container clusters describe {name} --project={project} --location={region} --format='value(status,workloadIdentityConfig.workloadPool)'",
      ],
      done: 'each prints RUNNING and {project}.svc.id.goog',
      source: `${CLI}/container/clusters/describe`,
      ...CHECKED,
    },
    {
      id: 'agents',
      at: 'after-foundation',
      of: 'agent',
      title: 'Wait until the APIs are enabled everywhere and have made their agents',
      why: 'A key or a subnet is given to them next, and IAM refuses members that do not exist.',
      run: ['gcloud beta services identity create --service={service} --project={project}'],
      see: [
        "gcloud services list --enabled --project={project} --filter='config.name={service}' --format='value(config.name)'",
      ],
      done: 'each prints its service, and create the address of its agent; what follows may still say SERVICE_DISABLED for some minutes: run it again',
      source: `${IAM}/create-service-agents`,
      ...CHECKED,
    },
    {
      id: 'keys',
      at: 'after-foundation',
      of: 'key',
      exists: true,
      title: 'Have keys that exist let in the agents of Cloud Storage, GKE and Compute Engine of project {project}',
      why: 'The agent of Cloud Storage is made when it is first asked for, and IAM refuses members that do not exist.',
      run: [
        'gcloud storage service-agent --project={project}',
        'gcloud kms keys add-iam-policy-binding {key} --member=serviceAccount:service-{number}@gs-project-accounts.iam.gserviceaccount.com --role=roles/cloudkms.cryptoKeyEncrypterDecrypter',
        'gcloud kms keys add-iam-policy-binding {key} --member=serviceAccount:service-{number}@container-engine-robot.iam.gserviceaccount.com --role=roles/cloudkms.cryptoKeyEncrypterDecrypter',
        'gcloud kms keys add-iam-policy-binding {key} --member=serviceAccount:service-{number}@compute-system.iam.gserviceaccount.com --role=roles/cloudkms.cryptoKeyEncrypterDecrypter',
      ],
      see: ['gcloud kms keys get-iam-policy {key}'],
      done: 'the owner of the key sees the three agents',
      source: `${DOCS}/kms/docs/cmek`,
      ...CHECKED,
    },
    {
      id: 'key-of-logs',
      at: 'after-foundation',
      of: 'key-of-logs',
      exists: true,
      title:
        'Have keys that exist let in the agent of Cloud Logging of project {project}, which keeps logs of clusters',
      why: 'Cloud Logging alone says which account that is, and refuses a bucket whose key it cannot use.',
      run: [
        'gcloud kms keys add-iam-policy-binding {key} --member="serviceAccount:$(gcloud logging cmek-settings describe --project={project} --format=\'value(serviceAccountId)\')" --role=roles/cloudkms.cryptoKeyEncrypterDecrypter',
      ],
      see: ['gcloud kms keys get-iam-policy {key}'],
      done: 'the owner of the key sees that agent too',
      source: `${DOCS}/logging/docs/reference/v2/rest/v2/projects/getCmekSettings`,
      ...CHECKED,
    },
    {
      id: 'host-networks',
      at: 'after-foundation',
      of: 'host-network',
      exists: true,
      title: 'Have the owner of the shared VPC let GKE of project {project} in, where the API of GKE is enabled too',
      run: [
        'gcloud services enable container.googleapis.com --project={host}',
        'gcloud compute networks subnets add-iam-policy-binding {subnet} --project={host} --region={region} --member=serviceAccount:service-{number}@container-engine-robot.iam.gserviceaccount.com --role=roles/compute.networkUser',
        'gcloud compute networks subnets add-iam-policy-binding {subnet} --project={host} --region={region} --member=serviceAccount:{number}@cloudservices.gserviceaccount.com --role=roles/compute.networkUser',
        'gcloud projects add-iam-policy-binding {host} --member=serviceAccount:service-{number}@container-engine-robot.iam.gserviceaccount.com --role=roles/container.hostServiceAgentUser',
      ],
      see: ['gcloud compute shared-vpc get-host-project {project}'],
      done: 'it prints the project of the network',
      source: `${DOCS}/kubernetes-engine/docs/how-to/cluster-shared-vpc`,
      ...CHECKED,
    },
    {
      id: 'enter',
      at: 'after-cluster',
      of: 'made-cluster',
      title: 'Enter cluster {cluster} as one of its administrators: {administrators}',
      from: '{reachedFrom}',
      run: ENTER,
      see: ['kubectl --context {cluster} get nodes'],
      done: 'it lists the nodes of the system pool as Ready, and those of pools whose machines are there',
      source: `${CLI}/container/clusters/get-credentials`,
      ...CHECKED,
    },
    {
      id: 'enter-existing',
      at: 'after-cluster',
      of: 'existing-cluster',
      exists: true,
      title: 'Enter cluster {clusterName}, which exists, as its owner lets you',
      from: '{reachedFrom}',
      run: ENTER,
      see: ['kubectl --context {cluster} get nodes'],
      done: 'it lists the nodes of the pools of the estate as Ready; without a DNS endpoint, leave --dns-endpoint out',
      source: `${CLI}/container/clusters/get-credentials`,
      ...CHECKED,
    },
    ...bundleSteps('npx cdktf output {told} --outputs-file {told}.outputs.json'),
    {
      id: 'hand-over',
      at: 'hand-over',
      of: 'cluster',
      title: 'See that {cluster} has what its bundle says',
      why: 'Pods of service account {serviceAccount} in namespace {namespace} reach the buckets of the workloads: the bundle has both.',
      see: ['kubectl --context {cluster} --namespace {namespace} get serviceaccount {serviceAccount}'],
      done: 'the service account is there',
      source: `${DOCS}/kubernetes-engine/docs/how-to/workload-identity`,
      ...CHECKED,
    },
    {
      id: 'nvidia',
      at: 'hand-over',
      of: 'nvidia',
      title: 'See that GKE has put drivers and device plugins on the GPUs of {cluster}',
      see: [COUNTS],
      done: 'nodes with accelerators show how many they have',
      source: `${DOCS}/kubernetes-engine/docs/how-to/gpus`,
      ...CHECKED,
    },
    {
      id: 'tpu',
      at: 'hand-over',
      of: 'tpu',
      title: 'See that GKE counts the TPUs of {cluster}',
      see: [COUNTS],
      done: 'nodes with accelerators show how many they have',
      source: `${DOCS}/kubernetes-engine/docs/how-to/tpus`,
      ...CHECKED,
    },
    {
      id: 'data-networks',
      at: 'hand-over',
      of: 'multi-network',
      title: 'See that {cluster} knows its data networks, by the Network objects of the bundle',
      why: 'Pods get the interfaces of their node by these objects only. The plugin is gIB on RDMA networks, TCPXO on eight gVNICs, TCPX on four.',
      see: [
        "gcloud compute networks subnets list --project={project} --filter='network~/{prefix}-' --format='value(network.basename(),name)'",
        'kubectl --context {cluster} get networks.networking.gke.io,gkenetworkparamsets.networking.gke.io',
      ],
      done: 'there is one pair for each subnet that the first command lists, and each is Ready',
      source: `${DOCS}/kubernetes-engine/docs/how-to/setup-multinetwork-support-for-pods`,
      ...CHECKED,
    },
    {
      id: 'claims',
      at: 'hand-over',
      of: 'claims',
      title: 'See that jobs of {cluster} can claim their interfaces from the DRA driver of GKE',
      see: ['kubectl --context {cluster} get deviceclasses'],
      done: 'it lists mrdma.google.com',
      source: 'https://github.com/GoogleCloudPlatform/cluster-toolkit/tree/main/examples/gke-a4x-max-bm',
      ...CHECKED,
    },
    racksStep({
      source: 'https://github.com/GoogleCloudPlatform/cluster-toolkit/tree/main/examples',
      ...CHECKED,
    }),
    {
      id: 'queued',
      at: 'hand-over',
      of: 'queued',
      title: 'See that Kueue asks for queued flex-start nodes of {cluster}, which come by a ProvisioningRequest',
      see: ['kubectl --context {cluster} get provisioningrequests --all-namespaces'],
      done: 'a job that waits shows one there',
      source: `${DOCS}/kubernetes-engine/docs/how-to/provisioningrequest`,
      ...CHECKED,
    },
    {
      id: 'volumes',
      at: 'hand-over',
      of: 'mount',
      title: 'See that {cluster} has its volumes',
      see: ['kubectl --context {cluster} --namespace {namespace} get persistentvolumeclaims'],
      done: 'each claim is Bound, and a pod of {namespace} mounts each of them',
      source: `${DOCS}/managed-lustre/docs/lustre-csi-driver-overview`,
      ...CHECKED,
    },
    {
      id: 'alarm-mails',
      at: 'last',
      of: 'alarm-mail',
      title: 'See that alarms reach their owners: nobody has to confirm a mail, so that a wrong address goes unnoticed',
      see: [
        'gcloud beta monitoring channels list --project={project} --filter=\'type="email" AND labels.email_address="{mail}"\' --format=\'value(displayName,enabled)\'',
      ],
      done: 'each prints its channels and True, and each owner knows that mails come from Google Cloud Alerting',
      source: `${DOCS}/monitoring/support/notification-options`,
      ...CHECKED,
      unverified: 'no page says that mails need no confirmation; the API has a state for channels that need none',
    },
    ...linkSteps('npx cdktf output {told} --outputs-file {told}.outputs.json', {
      tunnels: {
        see: [
          `gcloud compute vpn-tunnels list --project={group} --filter='region:{region}' --format='value(name,status,detailedStatus)'`,
        ],
        done: 'each prints ESTABLISHED',
        source: `${CLI}/compute/vpn-tunnels/list`,
        ...CHECKED,
      },
      circuits: {
        see: [
          `gcloud compute interconnects attachments list --project={group} --filter='region:{region}' --format='value(name,state,operationalStatus)'`,
          'gcloud beta network-connectivity transports list --project={group} --region={region}',
        ],
        done: 'each attachment, or each transport, is active',
        source: `${DOCS}/network-connectivity/docs/interconnect/how-to/partner-cci-for-aws/manage-connections`,
        ...CHECKED,
      },
      peerings: {
        see: [
          `gcloud compute networks peerings list --project={group} --flatten='peerings[]' --format='value(peerings.name,peerings.state)'`,
        ],
        done: 'each prints ACTIVE',
        source: `${CLI}/compute/networks/peerings/list`,
        ...CHECKED,
      },
    }),
  ],
  deploys: [
    {
      layers: ['foundation', 'network', 'storage', 'cluster', 'gateway', 'link'],
      of: 'account',
      reach: 'the APIs of Google Cloud (googleapis.com), from anywhere: nothing is asked of Kubernetes',
      source: 'https://registry.terraform.io/providers/hashicorp/google/7.45.0/docs',
      ...CHECKED,
    },
    {
      layers: ['storage', 'cluster'],
      of: 'made-key',
      again:
        'grants on a new key reach services after two minutes as a rule, seven or more at times: where it stops at a key, run it again',
      source: `${IAM}/access-change-propagation`,
      ...CHECKED,
    },
  ],
};
