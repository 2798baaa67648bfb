import { BUNDLE_THINGS, type BundleThing, bundleSteps } from './gitops-steps';
import { LINK_THINGS, type LinkThing, linkSteps } from './link-steps';
import type { CloudSteps } from './steps';
import { lookUpStep, noWayStep, racksStep } from './steps-common';

const CHECKED = { checked: '2026-11' } as const;
const DOCS = 'https://docs.oracle.com/en-us/iaas/Content';
const CLI = 'https://docs.oracle.com/iaas/tools/oci-cli/latest/oci_cli_docs/cmdref';

/** What steps of Oracle Cloud are of. */
export type OracleThing =
  | LinkThing
  | BundleThing
  | 'account'
  | 'region'
  | 'zones'
  | 'service-gateway'
  | 'image'
  | 'fabric'
  | 'host-group'
  | 'reservation'
  | 'quotas'
  | 'quota'
  | 'alarm-mail'
  | 'group'
  | 'nobody'
  | 'no-way'
  | 'network'
  | 'linked-network'
  | 'peering'
  | 'provider-service'
  | 'key'
  | 'joined-cluster'
  | 'bucket'
  | 'file-system'
  | 'vault'
  | 'own-vault-of-stores'
  | 'own-vault-of-cluster'
  | 'made-cluster'
  | 'existing-cluster'
  | 'viewers'
  | 'nvidia'
  | 'amd'
  | 'amd-joined'
  | 'rack'
  | 'mount'
  | 'budget'
  | 'guardrails'
  | 'cluster';

const COUNTS = `kubectl --context {cluster} get nodes --output 'custom-columns=NODE:.metadata.name,COUNT:.status.allocatable.{resource}'`;

/** Steps of a first apply in a compartment of Oracle Cloud. */
export const ORACLE_STEPS: CloudSteps<OracleThing> = {
  words: ['tenancy', 'compartment', 'homeRegion', 'bucketNamespace', 'policies'],
  things: {
    ...LINK_THINGS,
    ...BUNDLE_THINGS,
    account: [],
    region: ['region'],
    zones: ['region', 'zones'],
    'service-gateway': ['region', 'label', 'service'],
    image: ['image', 'region'],
    fabric: ['fabric', 'region'],
    'host-group': ['hostGroup', 'region'],
    reservation: ['reservation', 'region'],
    quotas: [],
    quota: ['service', 'region', 'quota', 'place', 'needed', 'unit'],
    'alarm-mail': ['mail', 'region'],
    group: ['name'],
    nobody: [],
    'no-way': [],
    network: ['network', 'region'],
    'linked-network': ['network', 'region', 'owner', 'blocks'],
    peering: [],
    'provider-service': ['service', 'region'],
    key: ['key'],
    'joined-cluster': ['id', 'region'],
    bucket: ['bucket', 'region', 'owner'],
    'file-system': ['id', 'region'],
    vault: ['name', 'region'],
    'own-vault-of-stores': [],
    'own-vault-of-cluster': [],
    'made-cluster': [],
    'existing-cluster': [],
    viewers: ['group'],
    nvidia: ['resource'],
    amd: ['resource'],
    'amd-joined': [],
    rack: [],
    mount: [],
    budget: ['currency'],
    guardrails: [],
    cluster: [],
  },
  steps: [
    {
      id: 'credentials',
      at: 'before',
      of: 'account',
      title: 'Have an API key of the tenancy in ~/.oci/config',
      why: 'Stacks take the profile DEFAULT; export TF_VAR_config_file_profile=NAME for another one.',
      run: [
        'oci setup bootstrap   # where the file is not there: it signs in by a browser, makes a key and uploads it',
      ],
      see: ['oci iam compartment get --compartment-id {compartment} --query data.name --raw-output'],
      done: 'it prints the name of the compartment',
      source: `${CLI}/setup/bootstrap.html`,
      ...CHECKED,
    },
    {
      id: 'rights',
      at: 'before',
      of: 'account',
      title: 'Have a policy that lets whoever applies make what stacks make',
      why: 'In the tenancy: manage dynamic-groups, manage policies and read all-resources; in the compartment: manage all-resources.',
      see: ["oci iam policy list --compartment-id {tenancy} --all --query 'data[].statements[]'"],
      done: 'it lists these for a group of yours, or you are in the group Administrators',
      source: `${DOCS}/Identity/policyreference/policyreference.htm`,
      ...CHECKED,
    },
    {
      id: 'budget-rights',
      at: 'before',
      of: 'budget',
      title:
        'Have a policy that lets whoever applies manage usage-budgets in the tenancy, billed in the currency of the budget',
      why: 'All budgets lie in the tenancy, and say no currency: the sum is one of the bill.',
      see: ['oci budgets budget list --compartment-id {tenancy} --region {homeRegion}   # the budget is in {currency}'],
      done: 'it is not refused; invoices of the tenancy name the currency',
      source: `${DOCS}/Billing/Concepts/budgetsoverview.htm`,
      ...CHECKED,
    },
    {
      id: 'quota-rights',
      at: 'before',
      of: 'guardrails',
      title: 'Have a policy that lets whoever applies manage quotas in the tenancy',
      why: 'All quotas lie in the tenancy, whichever compartment they limit.',
      see: ['oci limits quota list --compartment-id {tenancy} --region {homeRegion}'],
      done: 'it is not refused',
      source: `${DOCS}/Identity/Reference/quotaspolicyreference.htm`,
      ...CHECKED,
    },
    {
      id: 'home-region',
      at: 'before',
      of: 'account',
      title: 'See that {homeRegion} is the home region, where identities are written',
      see: [
        'oci iam region-subscription list --tenancy-id {tenancy} --query \'data[?"is-home-region"]."region-name" | [0]\' --raw-output',
      ],
      done: 'it prints {homeRegion}',
      source: `${CLI}/iam/region-subscription/list.html`,
      ...CHECKED,
    },
    {
      id: 'regions',
      at: 'before',
      of: 'region',
      title: 'Subscribe the tenancy to the regions of the estate; a subscription is for ever',
      see: [
        `oci iam region-subscription list --tenancy-id {tenancy} --query 'data[?"region-name"==\`{region}\`].status | [0]' --raw-output`,
      ],
      done: 'each prints READY; where it prints nothing: oci iam region-subscription create --tenancy-id {tenancy} --region-key KEY, and wait some minutes',
      source: `${DOCS}/Identity/Tasks/managingregions.htm`,
      ...CHECKED,
    },
    {
      id: 'bucket-namespace',
      at: 'before',
      of: 'account',
      title: 'See that {bucketNamespace} is the namespace of Object Storage',
      see: ['oci os ns get --query data --raw-output'],
      done: 'it prints {bucketNamespace}',
      source: `${CLI}/os/ns/get.html`,
      ...CHECKED,
    },
    {
      id: 'zones',
      at: 'before',
      of: 'zones',
      title: 'See that availability domains are called as in the estate: their prefix differs in each tenancy',
      see: [
        "oci iam availability-domain list --compartment-id {tenancy} --region {region} --query 'data[].name'   # {zones}",
      ],
      done: 'it lists them, with the same prefix',
      source: `${CLI}/iam/availability-domain/list.html`,
      ...CHECKED,
    },
    {
      id: 'service-gateways',
      at: 'before',
      of: 'service-gateway',
      title: 'See that serviceGateway names the services of its region',
      see: [
        `oci network service list --region {region} --all --query 'data[?"cidr-block"==\`{label}\`].id | [0]' --raw-output   # {service}`,
      ],
      done: 'each prints the id that the estate has as serviceId',
      source: `${CLI}/network/service/list.html`,
      ...CHECKED,
    },
    {
      id: 'images',
      at: 'before',
      of: 'image',
      title:
        'See that images are in their region, in the compartment of the account or one that lets node pools use them',
      see: [
        'oci compute image get --region {region} --image-id {image} --query \'data."lifecycle-state"\' --raw-output',
      ],
      done: 'each prints AVAILABLE',
      source: `${CLI}/compute/image/get.html`,
      ...CHECKED,
    },
    {
      id: 'fabrics',
      at: 'before',
      of: 'fabric',
      title: 'See that GPU memory fabrics are there, one for each rack',
      see: [
        'oci compute compute-gpu-memory-fabric get --region {region} --compute-gpu-memory-fabric-id {fabric} --query \'data."lifecycle-state"\' --raw-output',
      ],
      done: 'each prints AVAILABLE',
      source: `${DOCS}/Compute/Concepts/GMF-GMC-sample-commands.htm`,
      ...CHECKED,
    },
    {
      id: 'host-groups',
      at: 'before',
      of: 'host-group',
      title: 'See that host groups are there, in the compartment of the account',
      see: [
        'oci compute compute-host-group get --region {region} --compute-host-group-id {hostGroup} --query \'data."lifecycle-state"\' --raw-output',
      ],
      done: 'each prints ACTIVE',
      source:
        'https://docs.oracle.com/en-us/iaas/tools/python/latest/api/core/models/oci.core.models.ComputeHostGroup.html',
      ...CHECKED,
      unverified: 'how the command is called follows from the other commands of the service',
    },
    {
      id: 'reservations',
      at: 'before',
      of: 'reservation',
      title: 'See that capacity reservations are there, in the compartment of the account',
      see: [
        'oci compute capacity-reservation get --region {region} --capacity-reservation-id {reservation} --query \'data.["lifecycle-state","reserved-instance-count"]\'',
      ],
      done: 'each prints ACTIVE and its count; npx estate show capacity says what is expected',
      source: `${CLI}/compute/capacity-reservation/get.html`,
      ...CHECKED,
    },
    {
      id: 'quotas',
      at: 'before',
      of: 'quotas',
      title: 'Have limits raised: {quotas}',
      see: ['npx estate show quotas'],
      done: 'what is marked with ! is granted, and written under catalog.quotas',
      source: `${DOCS}/General/service-limits/overview.htm`,
      ...CHECKED,
    },
    lookUpStep({
      see: [
        'oci limits value list --region {region} --compartment-id {tenancy} --service-name {service} --name {quota} --all   # at least {needed} ({unit}): {quota} in {place}',
      ],
      raise: 'more is asked for in the console, under Limits, Quotas and Usage',
      source: `${CLI}/limits/value/list.html`,
      ...CHECKED,
    }),
    {
      id: 'groups',
      at: 'before',
      of: 'group',
      title: 'See that the groups of administrators and viewers are there',
      why: 'A policy that names a group which does not exist is refused. Of DOMAIN/GROUP it is the last part, in that domain.',
      see: ["oci iam group list --all --name {name} --query 'data[0].id' --raw-output"],
      done: 'each prints an id; groups of other identity domains are listed in the console',
      source: `${CLI}/iam/group/list.html`,
      ...CHECKED,
    },
    {
      id: 'nobody',
      at: 'before',
      of: 'nobody',
      title: 'Name administrators in access: some clusters would be entered by administrators of the tenancy only',
      see: ['npx estate validate'],
      done: 'it says nothing about NoAdministrator',
      source: `${DOCS}/ContEng/Concepts/contengaboutaccesscontrol.htm`,
      ...CHECKED,
    },
    noWayStep({
      source: `${DOCS}/ContEng/Concepts/contengnetworkconfig.htm`,
      ...CHECKED,
    }),
    {
      id: 'networks',
      at: 'before',
      of: 'network',
      exists: true,
      title: 'Have compartments of VCNs that exist allow whoever applies to use virtual-network-family',
      see: ['oci network vcn get --region {region} --vcn-id {network} --query \'data.["display-name","cidr-blocks"]\''],
      done: 'it prints the VCN with the ranges of the estate file',
      source: `${DOCS}/Identity/policyreference/corepolicyreference.htm`,
      ...CHECKED,
    },
    {
      id: 'linked-networks',
      at: 'before',
      of: 'linked-network',
      exists: true,
      title: 'See that VCNs that exist are attached to no dynamic routing gateway, where their site has links',
      why: 'A VCN takes one, and that of the links is made by a stack of the site.',
      see: [
        'oci network drg-attachment list --region {region} --compartment-id {owner} --vcn-id {network} --query \'data[]."drg-id"\'',
      ],
      done: 'it prints nothing',
      source: `${DOCS}/Network/Tasks/managingDRGs.htm`,
      ...CHECKED,
    },
    {
      id: 'linked-routes',
      at: 'after-gateway',
      of: 'linked-network',
      exists: true,
      title:
        'Have owners of VCNs that exist add routes to what links reach, by the gateway of the site, and let it out and in',
      why: 'Tables of routes, security lists and groups there are theirs, and a link is a way, not an entry.',
      see: [
        'oci network route-table list --region {region} --compartment-id {owner} --vcn-id {network} --query \'data[]."route-rules"[].destination\'   # {blocks}',
      ],
      done: 'it lists each of them',
      source: `${DOCS}/Network/Tasks/managingroutetables.htm`,
      ...CHECKED,
    },
    {
      id: 'peerings',
      at: 'before',
      of: 'peering',
      title: 'Let whoever applies manage remote peering connections, and be admitted at the other end of each peering',
      why: 'In one compartment nothing more is needed; between two of them the end that asks needs manage remote-peering-from in its own and manage remote-peering-to in the other one, and between two tenancies both have to endorse and admit it.',
      see: ["oci iam policy list --compartment-id {compartment} --all --query 'data[].statements[]'"],
      done: 'it lists statements about remote peering connections, or about all of virtual-network-family',
      source: `${DOCS}/Network/Tasks/drg-iam.htm`,
      ...CHECKED,
      unverified: 'the names of the two permissions are from general knowledge',
    },
    {
      id: 'provider-services',
      at: 'before',
      of: 'provider-service',
      title: 'See that providerServiceId names what the other provider offers in the region of the site',
      see: [
        'oci network fast-connect-provider-service get --region {region} --provider-service-id {service} --query \'data.["provider-name","provider-service-name"]\'',
      ],
      done: 'each prints the other provider and its circuits, such as Microsoft Azure and ExpressRoute',
      source: `${CLI}/network/fast-connect-provider-service/get.html`,
      ...CHECKED,
    },
    {
      id: 'joined-clusters',
      at: 'before',
      of: 'joined-cluster',
      exists: true,
      title: 'Have compartments of clusters that exist allow whoever applies to manage cluster-family',
      why: 'Pools of racks also need manage policies there, mounts manage network-security-groups where the nodes’ group is.',
      see: [
        'oci ce cluster get --region {region} --cluster-id {id} --query \'data.[name,"lifecycle-state","kubernetes-version"]\'',
      ],
      done: 'each prints ACTIVE',
      source: `${CLI}/ce/cluster/get.html`,
      ...CHECKED,
    },
    {
      id: 'buckets',
      at: 'before',
      of: 'bucket',
      exists: true,
      title: 'Have compartments of buckets that exist allow whoever applies to manage policies, which let workloads in',
      see: [
        'oci os bucket get --region {region} --namespace-name {owner} --bucket-name {bucket} --query \'data."compartment-id"\' --raw-output',
      ],
      done: 'each prints the compartmentId of the estate file',
      source: `${CLI}/os/bucket/get.html`,
      ...CHECKED,
    },
    {
      id: 'file-systems',
      at: 'before',
      of: 'file-system',
      exists: true,
      title: 'Have file systems that exist take TCP port 988 from and to ports 512-1023 of the nodes',
      see: [
        'oci lfs lustre-file-system get --region {region} --lustre-file-system-id {id} --query \'data."lifecycle-state"\' --raw-output',
      ],
      done: 'each prints ACTIVE; its security group or list has the rules for the ranges of the nodes',
      source: `${DOCS}/lustre/security-rules.htm`,
      ...CHECKED,
      unverified: 'how the command is called was not read',
    },
    {
      id: 'policies',
      at: 'after-foundation',
      of: 'account',
      title: 'Wait a minute: new policies reach every service within that time',
      run: ['sleep 60'],
      done: 'where what follows ends in NotAuthorizedOrNotFound, run it again',
      source: `${DOCS}/Identity/policiesgs/get-started-with-policies.htm`,
      ...CHECKED,
      unverified: 'Oracle says that changes are typically effective within ten seconds; a minute was seen to be enough',
    },
    {
      id: 'keys',
      at: 'after-foundation',
      of: 'key',
      exists: true,
      title:
        'Have compartments of keys that exist allow what the policies of the foundation say of keys and key delegates',
      why: 'They cover the compartment of the account only. The policies are {policies}-services, its like of each region, and {policies}-managed-pools.',
      see: [
        "oci iam policy list --compartment-id {compartment} --all --query 'data[?starts_with(name, `{policies}-`)].[name,statements]'",
        'oci search resource structured-search --query-text "query key resources where identifier = \'{key}\'"',
      ],
      done: 'it prints the key as Enabled; its owner has copied the statements to the compartment that it shows',
      source: `${DOCS}/Identity/policyreference/keypolicyreference.htm`,
      ...CHECKED,
    },
    {
      id: 'vaults',
      at: 'after-foundation',
      of: 'vault',
      title: 'Wait until the address of each vault is found',
      why: 'Keys are made there by the next stacks, and the provider does not wait.',
      see: [
        `getent hosts "$(oci kms management vault list --region {region} --compartment-id {compartment} --all --query 'data[?"display-name"==\`{name}\`]."management-endpoint" | [0]' --raw-output | cut -d/ -f3)"`,
      ],
      done: 'each prints an address, here and wherever applies run',
      source: 'https://github.com/oracle/terraform-provider-oci/issues/1955',
      ...CHECKED,
    },
    {
      id: 'enter',
      at: 'after-cluster',
      of: 'made-cluster',
      title: 'Enter cluster {cluster} as a member of one of its groups of administrators: {administrators}',
      from: '{reachedFrom}',
      run: [
        'oci ce cluster create-kubeconfig --region {region} --cluster-id {clusterName} --kube-endpoint PRIVATE_ENDPOINT --token-version 2.0.0 --file "$HOME/.kube/config"',
        'kubectl config rename-context "$(kubectl config current-context)" {cluster}',
      ],
      see: ['kubectl --context {cluster} get nodes'],
      done: 'it lists the nodes of the system pool as Ready, and those of pools whose machines are there',
      source: `${CLI}/ce/cluster/create-kubeconfig.html`,
      ...CHECKED,
    },
    {
      id: 'enter-existing',
      at: 'after-cluster',
      of: 'existing-cluster',
      exists: true,
      title: 'Enter cluster {cluster}, which exists, as its owner lets you',
      from: '{reachedFrom}',
      run: [
        'oci ce cluster create-kubeconfig --region {region} --cluster-id {clusterName} --kube-endpoint PRIVATE_ENDPOINT --token-version 2.0.0 --file "$HOME/.kube/config"',
        'kubectl config rename-context "$(kubectl config current-context)" {cluster}',
      ],
      see: ['kubectl --context {cluster} get nodes'],
      done: 'it lists the nodes of the pools of the estate as Ready; PUBLIC_ENDPOINT where it has a public one',
      source: `${CLI}/ce/cluster/create-kubeconfig.html`,
      ...CHECKED,
    },
    {
      id: 'viewers',
      at: 'after-cluster',
      of: 'viewers',
      title: 'Let viewers of {cluster} see: their policy gives them credentials, and Kubernetes the rest',
      run: [
        'kubectl --context {cluster} create clusterrolebinding estate-viewers-{group} --clusterrole=view --group="$(oci iam group list --all --name {group} --query \'data[0].id\' --raw-output)"',
      ],
      see: ['kubectl --context {cluster} get clusterrolebindings --output wide'],
      done: 'it lists the binding with the OCID of the group',
      source: `${DOCS}/ContEng/Concepts/contengaboutaccesscontrol.htm`,
      ...CHECKED,
    },
    ...bundleSteps('npx cdktf output {told} --outputs-file {told}.outputs.json'),
    {
      id: 'hand-over',
      at: 'hand-over',
      of: 'cluster',
      title: 'See that {cluster} has what its bundle says',
      why: 'Pods of service account {serviceAccount} in namespace {namespace} are let in at the stores: the bundle has both.',
      see: ['kubectl --context {cluster} --namespace {namespace} get serviceaccount {serviceAccount}'],
      done: 'the service account is there',
      source: `${DOCS}/ContEng/Tasks/contenggrantingworkloadaccesstoresources.htm`,
      ...CHECKED,
    },
    {
      id: 'metadata',
      at: 'hand-over',
      of: 'cluster',
      title:
        'See that pods of {cluster} do not reach 169.254.169.254, which network policies of the bundle keep them from',
      why: 'They could sign as their node.',
      done: 'curl --max-time 3 http://169.254.169.254/opc/v2/ fails in a pod',
      source: `${DOCS}/Compute/Tasks/gettingmetadata.htm`,
      ...CHECKED,
    },
    {
      id: 'nvidia',
      at: 'hand-over',
      of: 'nvidia',
      title: 'See that OKE counts the GPUs of {cluster}, whose images have the driver',
      see: [COUNTS],
      done: 'nodes with accelerators show how many they have',
      source: `${DOCS}/ContEng/Tasks/contengrunninggpunodes.htm`,
      ...CHECKED,
    },
    {
      id: 'amd-joined',
      at: 'hand-over',
      of: 'amd-joined',
      exists: true,
      title: 'Have the owner of {cluster}, which exists, install the add-on AmdGpuPlugin',
      done: 'oci ce cluster list-addons shows it as ACTIVE',
      source: `${DOCS}/ContEng/Tasks/contengconfiguringclusteraddons.htm`,
      ...CHECKED,
    },
    {
      id: 'amd',
      at: 'hand-over',
      of: 'amd',
      title: 'See that the plugin of AMD counts the GPUs of {cluster}',
      see: [COUNTS],
      done: 'nodes with accelerators show how many they have',
      source: `${DOCS}/ContEng/Tasks/contengrunninggpunodes.htm`,
      ...CHECKED,
    },
    racksStep({
      source: 'https://github.com/oracle-quickstart/oci-hpc-oke',
      ...CHECKED,
    }),
    {
      id: 'volumes',
      at: 'hand-over',
      of: 'mount',
      title: 'See that {cluster} has its volumes',
      see: ['kubectl --context {cluster} --namespace {namespace} get persistentvolumeclaims'],
      done: 'each claim is Bound; a pod of {namespace} mounts each file system, and reads each bucket',
      source: `${DOCS}/ContEng/Tasks/contengcreatingpersistentvolumeclaim-lustre.htm`,
      ...CHECKED,
    },
    {
      id: 'alarm-mails',
      at: 'last',
      of: 'alarm-mail',
      title: 'Have each owner confirm the subscriptions of alarms, which Oracle Cloud has mailed to them',
      why: 'Until then they hear of nothing.',
      see: [
        `oci ons subscription list --region {region} --compartment-id {compartment} --all --query 'data[?endpoint==\`{mail}\`]."lifecycle-state"'`,
      ],
      done: 'each is ACTIVE, none PENDING',
      source: `${DOCS}/Notification/Tasks/create-subscription-email.htm`,
      ...CHECKED,
    },
    ...linkSteps('npx cdktf output {told} --outputs-file {told}.outputs.json', {
      tunnels: {
        see: [
          `for id in $(oci network ip-sec-connection list --region {region} --compartment-id {group} --all --query 'join(\` \`, data[].id)' --raw-output); do oci network ip-sec-tunnel list --region {region} --ipsc-id "$id" --all --query 'data[].["display-name", status, "bgp-session-info"."bgp-state"]'; done`,
        ],
        done: 'each tunnel is UP, and so is its session',
        source: `${CLI}/network/ip-sec-tunnel/list.html`,
        ...CHECKED,
      },
      circuits: {
        see: [
          `oci network virtual-circuit list --region {region} --compartment-id {group} --all --query 'data[].["display-name", "lifecycle-state", "bgp-session-state"]'`,
        ],
        done: 'each is PROVISIONED, and its session UP',
        source: `${CLI}/network/virtual-circuit/list.html`,
        ...CHECKED,
      },
      peerings: {
        see: [
          `oci network remote-peering-connection list --region {region} --compartment-id {group} --all --query 'data[].["display-name", "peering-status"]'`,
        ],
        done: 'each is PEERED',
        source: `${CLI}/network/remote-peering-connection/list.html`,
        ...CHECKED,
      },
    }),
  ],
  deploys: [
    {
      layers: ['foundation', 'gateway', 'network', 'storage', 'cluster', 'link'],
      of: 'account',
      reach: 'the APIs of Oracle Cloud (oraclecloud.com) in its region and {homeRegion}, from anywhere',
      source: 'https://registry.terraform.io/providers/oracle/oci/8.28.0/docs',
      ...CHECKED,
    },
    ...(['stores', 'cluster'] as const).map((what) => ({
      layers: [what === 'stores' ? ('storage' as const) : what],
      of: `own-vault-of-${what}` as const,
      again:
        'it makes a vault and a key in it: where the address of the vault is not found ("no such host"), run it again',
      source: 'https://github.com/oracle/terraform-provider-oci/issues/1955',
      ...CHECKED,
    })),
  ],
};
