import { AZURE_NAMESPACES } from './azure-subscription';
import { BUNDLE_THINGS, type BundleThing, bundleSteps } from './gitops-steps';
import { LINK_THINGS, type LinkThing, linkSteps } from './link-steps';
import type { CloudSteps } from './steps';
import { lookUpStep, nobodyStep, noWayStep, quotasStep, racksStep } from './steps-common';

const CHECKED = { checked: '2026-11' } as const;
const LEARN = 'https://learn.microsoft.com/azure';
const CLI = 'https://learn.microsoft.com/cli/azure';
const KEYS = `${LEARN}/key-vault/general/rbac-guide`;

/** What steps of Azure are of. */
export type AzureThing =
  | LinkThing
  | BundleThing
  | 'account'
  | 'namespace'
  | 'racks'
  | 'feature'
  | 'group'
  | 'reservation'
  | 'quotas'
  | 'quota'
  | 'alarm-mail'
  | 'runner-subnet'
  | 'nobody'
  | 'no-way'
  | 'network'
  | 'brought-key'
  | 'joined-cluster'
  | 'store'
  | 'inside'
  | 'inside-existing'
  | 'key-group'
  | 'stores-vault'
  | 'cluster-vault'
  | 'stores-of-key'
  | 'cluster-of-key'
  | 'cluster-elsewhere'
  | 'made-cluster'
  | 'existing-cluster'
  | 'zone-link'
  | 'nvidia-driver'
  | 'nvidia'
  | 'amd'
  | 'infiniband'
  | 'rack'
  | 'mount'
  | 'budget'
  | 'guardrails'
  | 'writer-role'
  | 'cluster';

/** What stacks use, as a list in a sentence. */
const NAMES = AZURE_NAMESPACES.map(({ namespace }) => namespace).join(', ');
const COUNTS = `kubectl --context {cluster} get nodes --output 'custom-columns=NODE:.metadata.name,COUNT:.status.allocatable.{resource}'`;
const READY = 'it lists the nodes of the system pool as Ready, and those of pools whose machines are there';

/** Steps of a first apply in a subscription of Azure. */
export const AZURE_STEPS: CloudSteps<AzureThing> = {
  words: ['subscription', 'tenant', 'sharedGroup'],
  things: {
    ...LINK_THINGS,
    ...BUNDLE_THINGS,
    account: [],
    namespace: ['namespace'],
    racks: [],
    feature: ['namespace', 'feature'],
    group: ['group'],
    reservation: ['name', 'resourceGroup', 'owner'],
    quotas: [],
    quota: ['service', 'region', 'quota', 'needed', 'unit'],
    'alarm-mail': ['group', 'resourceGroup', 'mail'],
    nobody: [],
    'no-way': [],
    network: ['network', 'owner', 'resourceGroup'],
    'brought-key': ['key', 'vault'],
    'joined-cluster': ['name', 'resourceGroup'],
    store: ['name', 'owner'],
    inside: ['network', 'resourceGroup'],
    'inside-existing': [],
    'key-group': ['resourceGroup'],
    'runner-subnet': ['subnet'],
    'stores-vault': ['vault', 'runner'],
    'cluster-vault': ['vault', 'runner'],
    'stores-of-key': ['vault', 'identities'],
    'cluster-of-key': ['vault', 'identity', 'disks'],
    'cluster-elsewhere': ['identity', 'network'],
    'made-cluster': ['resourceGroup'],
    'existing-cluster': ['resourceGroup'],
    'zone-link': ['zone', 'zoneGroup'],
    'nvidia-driver': ['resource'],
    nvidia: ['resource'],
    amd: ['resource'],
    infiniband: [],
    rack: [],
    mount: [],
    budget: ['currency'],
    guardrails: [],
    'writer-role': [],
    cluster: ['siteGroup', 'identity'],
  },
  steps: [
    {
      id: 'credentials',
      at: 'before',
      of: 'account',
      title: 'Use subscription {subscription} from here on',
      why: 'Terraform signs in as the Azure CLI does, or by ARM_CLIENT_ID and what goes with it.',
      run: ['az login --tenant {tenant}', 'az account set --subscription {subscription}'],
      see: ['az account show --query id --output tsv'],
      done: 'it prints {subscription}',
      source: `${CLI}/account`,
      ...CHECKED,
    },
    {
      id: 'roles',
      at: 'before',
      of: 'account',
      title: 'Have Contributor and Role Based Access Control Administrator on the subscription',
      why: 'Stacks make resources, and give roles to the identities of clusters, stores and workloads.',
      see: [
        'az role assignment list --assignee "$(az ad signed-in-user show --query id --output tsv)" --include-groups --include-inherited --scope /subscriptions/{subscription} --query \'[].roleDefinitionName\' --output tsv',
      ],
      done: 'it lists both, or Owner',
      source: `${LEARN}/role-based-access-control/built-in-roles`,
      ...CHECKED,
    },
    {
      id: 'role-rights',
      at: 'before',
      of: 'writer-role',
      title:
        'Have User Access Administrator on the subscription, in the place of Role Based Access Control Administrator',
      why: 'Grants that add objects without deleting any come with a role of their own, which the latter may not define. Owner may.',
      see: [
        'az role assignment list --assignee "$(az ad signed-in-user show --query id --output tsv)" --include-groups --include-inherited --scope /subscriptions/{subscription} --query \'[].roleDefinitionName\' --output tsv',
      ],
      done: 'it lists User Access Administrator, or Owner',
      source: `${LEARN}/role-based-access-control/custom-roles`,
      ...CHECKED,
    },
    {
      id: 'policy-rights',
      at: 'before',
      of: 'guardrails',
      title: 'Have Resource Policy Contributor on the subscription',
      why: 'Contributor may not assign policies. Owner may.',
      see: [
        'az role assignment list --assignee "$(az ad signed-in-user show --query id --output tsv)" --include-groups --include-inherited --scope /subscriptions/{subscription} --query \'[].roleDefinitionName\' --output tsv',
      ],
      done: 'it lists Resource Policy Contributor, or Owner',
      source: `${LEARN}/governance/policy/overview`,
      ...CHECKED,
    },
    {
      id: 'budget-currency',
      at: 'before',
      of: 'budget',
      title: 'See that the subscription is billed in the currency of its budget',
      why: 'A budget says no currency: the sum is one of the bill.',
      see: [`az consumption usage list --top 1 --query '[0].currency' --output tsv   # the budget is in {currency}`],
      done: 'it prints the currency of the budget, or nothing where nothing was billed yet',
      source: `${LEARN}/cost-management-billing/costs/tutorial-acm-create-budgets`,
      ...CHECKED,
    },
    {
      id: 'namespaces',
      at: 'before',
      of: 'namespace',
      title: `Register the resource providers that stacks use: ${NAMES}`,
      why: 'Azure refuses what a subscription has not registered. Those that are registered already do not mind.',
      run: ['az provider register --namespace {namespace} --wait'],
      see: ['az provider show --namespace {namespace} --query registrationState --output tsv'],
      done: 'each prints Registered',
      source: `${LEARN}/azure-resource-manager/management/resource-providers-and-types`,
      ...CHECKED,
    },
    {
      id: 'infiniband-off',
      at: 'before',
      of: 'racks',
      title: 'Have the InfiniBand feature of AKS off, which nodes of racks do not come up with',
      why: 'It is of the whole subscription: GB200 and GB300 need another one than 8-GPU InfiniBand machines.',
      run: [
        'az feature unregister --namespace Microsoft.ContainerService --name AKSInfinibandSupport',
        'az provider register --namespace Microsoft.ContainerService --wait',
      ],
      see: [
        'az feature show --namespace Microsoft.ContainerService --name AKSInfinibandSupport --query properties.state --output tsv',
      ],
      done: 'it prints NotRegistered or Unregistered',
      source: 'Azure/ai-infrastructure-on-azure infrastructure_references/aks/README.md',
      ...CHECKED,
    },
    quotasStep({
      source: `${LEARN}/quotas/quickstart-increase-quota-portal`,
      ...CHECKED,
    }),
    lookUpStep({
      see: [
        `az {service} --location {region} --query "[?name.value=='{quota}'].limit" --output tsv   # at least {needed} ({unit}): {quota} in {region}`,
      ],
      raise: 'more is asked for in the portal, under Quotas',
      source: `${CLI}/vm#az-vm-list-usage`,
      ...CHECKED,
    }),
    {
      id: 'runner-subnets',
      at: 'before',
      of: 'runner-subnet',
      title: 'Give the subnets that applies come from the service endpoint of Key Vault, and the right to join them',
      why: 'Azure refuses a vault that lets in a subnet without it (SubnetsHaveNoServiceEndpointsConfigured). The command says all endpoints of a subnet: name those that it has besides. Whoever applies has Network Contributor on them.',
      run: ['az network vnet subnet update --ids {subnet} --service-endpoints Microsoft.KeyVault'],
      see: ["az network vnet subnet show --ids {subnet} --query 'serviceEndpoints[].service' --output tsv"],
      done: 'each prints Microsoft.KeyVault',
      source: `${LEARN}/key-vault/general/overview-vnet-service-endpoints`,
      ...CHECKED,
    },
    {
      id: 'reservations',
      at: 'before',
      of: 'reservation',
      title: 'See that capacity reservation groups are there',
      see: [
        "az capacity reservation list --subscription {owner} --resource-group {resourceGroup} --capacity-reservation-group {name} --query '[].[name,sku.name,sku.capacity,provisioningState]' --output tsv",
      ],
      done: 'each lists a reservation of the machine of its pool, Succeeded; npx estate show capacity says what is expected',
      source: `${CLI}/capacity/reservation`,
      ...CHECKED,
    },
    {
      id: 'groups',
      at: 'before',
      of: 'group',
      title: 'See that the Entra groups of administrators and viewers are there, with you in that of administrators',
      why: 'Nobody else enters a cluster: accounts of its own are off.',
      see: ['az ad group show --group {group} --query displayName --output tsv'],
      done: 'each prints the name of the group',
      source: `${LEARN}/aks/manage-azure-rbac`,
      ...CHECKED,
    },
    nobodyStep({
      source: `${LEARN}/aks/manage-azure-rbac`,
      ...CHECKED,
    }),
    noWayStep({
      source: `${LEARN}/aks/api-server-vnet-integration`,
      ...CHECKED,
    }),
    {
      id: 'networks',
      at: 'before',
      of: 'network',
      exists: true,
      title: 'Have networks of other teams ready: subnets with a way out, and links to the private DNS zones',
      why: 'Whoever applies reads the network and joins its subnets (Network Contributor is enough). Security groups of subnets let in what the table of rules says.',
      see: [
        "az network vnet subnet list --subscription {owner} --resource-group {resourceGroup} --vnet-name {network} --query '[].[name,addressPrefix,natGateway.id,routeTable.id]' --output tsv",
      ],
      done: 'it lists every subnet that network.existing names, each of nodes with a gateway or a route',
      source: `${LEARN}/private-link/private-endpoint-dns`,
      ...CHECKED,
    },
    {
      id: 'keys',
      at: 'before',
      of: 'brought-key',
      exists: true,
      title:
        'Have keys that exist ready: in a vault of this subscription that you reach, of the kind that services take',
      why: 'Each plan reads the newest version at the vault: whoever applies has Key Vault Crypto User on it.',
      see: [
        "az keyvault key show --vault-name {vault} --name {key} --query '[key.kty,attributes.enabled]' --output tsv",
      ],
      done: 'it prints a kind and true; Lustre takes RSA, its vault lets trusted services in',
      source: KEYS,
      ...CHECKED,
    },
    {
      id: 'joined-clusters',
      at: 'before',
      of: 'joined-cluster',
      exists: true,
      title: 'Have clusters that exist issue tokens to workloads, with whoever applies let in to add pools',
      see: [
        "az aks show --resource-group {resourceGroup} --name {name} --query '[provisioningState,oidcIssuerProfile.issuerUrl,securityProfile.workloadIdentity.enabled]' --output tsv",
      ],
      done: 'it prints Succeeded, the oidcIssuer of the estate file, and true',
      source: `${LEARN}/aks/workload-identity-deploy-cluster`,
      ...CHECKED,
    },
    {
      id: 'stores',
      at: 'before',
      of: 'store',
      exists: true,
      title: 'See that stores that exist are there; nodes reach the ports of file systems',
      see: ["az resource list --subscription {owner} --name {name} --query '[].[type,location]' --output tsv"],
      done: 'each prints its type and a region; the groups of a file system let the nodes to 988 and 1019-1023',
      source: `${LEARN}/azure-managed-lustre/amlfs-prerequisites`,
      ...CHECKED,
    },
    {
      id: 'inside-existing',
      at: 'before',
      of: 'inside-existing',
      exists: true,
      title: 'Apply from inside a network that exists, or from one that resolves its private DNS zones',
      why: 'Vaults answer there only, since access.runner names nobody.',
      done: 'storage and cluster stacks below say which vaults they reach',
      source: `${LEARN}/key-vault/general/private-link-service`,
      ...CHECKED,
    },
    {
      id: 'features',
      at: 'after-foundation',
      of: 'feature',
      title:
        'Wait until the features are registered, then register their services once more, which learn of them by that',
      run: ['az provider register --namespace {namespace} --wait'],
      see: ['az feature show --namespace {namespace} --name {feature} --query properties.state --output tsv'],
      done: 'each feature has printed Registered before its service is registered',
      source: `${LEARN}/azure-resource-manager/management/preview-features`,
      ...CHECKED,
    },
    {
      id: 'key-officer',
      at: 'after-foundation',
      of: 'key-group',
      title: 'Give whoever applies Key Vault Crypto Officer on the resource groups of the sites',
      why: 'Keys are made at their vaults, which the role Contributor does not allow. Who applies as a service principal names its object id here.',
      run: [
        'az role assignment create --role "Key Vault Crypto Officer" --assignee "$(az ad signed-in-user show --query id --output tsv)" --scope /subscriptions/{subscription}/resourceGroups/{resourceGroup}',
      ],
      see: [
        'az role assignment list --role "Key Vault Crypto Officer" --scope /subscriptions/{subscription}/resourceGroups/{resourceGroup} --query \'[].principalName\' --output tsv',
      ],
      done: 'each prints you; it holds within ten minutes',
      source: `${LEARN}/role-based-access-control/troubleshooting`,
      ...CHECKED,
    },
    {
      id: 'inside',
      at: 'after-network',
      of: 'inside',
      title: 'Go on from inside the network of {site}, or join the network that applies come from to it',
      why: 'Vaults answer inside only, since access.runner names nobody. RUNNER_GROUP and RUNNER_NETWORK name that network.',
      run: [
        'az network vnet peering create --resource-group {resourceGroup} --vnet-name {network} --name runner --remote-vnet "$(az network vnet show --resource-group "$RUNNER_GROUP" --name "$RUNNER_NETWORK" --query id --output tsv)" --allow-vnet-access',
        'az network vnet peering create --resource-group "$RUNNER_GROUP" --vnet-name "$RUNNER_NETWORK" --name {network} --remote-vnet "$(az network vnet show --resource-group {resourceGroup} --name {network} --query id --output tsv)" --allow-vnet-access',
        'az network private-dns link vnet create --resource-group {sharedGroup} --zone-name privatelink.vaultcore.azure.net --name runner --virtual-network "$(az network vnet show --resource-group "$RUNNER_GROUP" --name "$RUNNER_NETWORK" --query id --output tsv)" --registration-enabled false',
      ],
      see: [
        "az network vnet peering list --resource-group {resourceGroup} --vnet-name {network} --query '[].peeringState' --output tsv",
      ],
      done: 'it prints Connected; the machine that applies is in one of the two networks',
      source: `${LEARN}/key-vault/general/private-link-service`,
      ...CHECKED,
    },
    {
      id: 'zone-link',
      at: 'after-cluster',
      of: 'zone-link',
      title: 'Let the networks that enter {cluster} resolve its name, each once',
      why: 'The API server has a private name only. CLIENT_GROUP and CLIENT_NETWORK name a network that reaches that of the site.',
      run: [
        'az network private-dns link vnet create --resource-group {zoneGroup} --zone-name {zone} --name clients --virtual-network "$(az network vnet show --resource-group "$CLIENT_GROUP" --name "$CLIENT_NETWORK" --query id --output tsv)" --registration-enabled false',
      ],
      see: ['az network private-dns link vnet list --resource-group {zoneGroup} --zone-name {zone} --output table'],
      done: 'it lists the network as Completed; machines in the network of the site need no link',
      source: `${LEARN}/aks/private-clusters`,
      ...CHECKED,
    },
    {
      id: 'enter',
      at: 'after-cluster',
      of: 'made-cluster',
      title: 'Enter cluster {cluster} as a member of one of its groups of administrators: {administrators}',
      from: '{reachedFrom}',
      run: [
        'az aks install-cli   # kubectl and kubelogin, where they are not there',
        'az aks get-credentials --subscription {subscription} --resource-group {resourceGroup} --name {clusterName} --context {cluster}',
        'kubelogin convert-kubeconfig -l azurecli',
      ],
      see: ['kubectl --context {cluster} get nodes'],
      done: READY,
      source: `${LEARN}/aks/kubelogin-authentication`,
      ...CHECKED,
    },
    {
      id: 'enter-existing',
      at: 'after-cluster',
      of: 'existing-cluster',
      exists: true,
      title: 'Enter cluster {clusterName}, which exists, as its owner lets you',
      from: '{reachedFrom}',
      run: [
        'az aks get-credentials --subscription {subscription} --resource-group {resourceGroup} --name {clusterName} --context {cluster}',
        'kubelogin convert-kubeconfig -l azurecli',
      ],
      see: ['kubectl --context {cluster} get nodes'],
      done: 'it lists the nodes of the pools of the estate as Ready',
      source: `${LEARN}/aks/kubelogin-authentication`,
      ...CHECKED,
    },
    ...bundleSteps('npx cdktf output {told} --outputs-file {told}.outputs.json'),
    {
      id: 'hand-over',
      at: 'hand-over',
      of: 'cluster',
      title: 'See that {cluster} has what its bundle says',
      why: 'Pods of service account {serviceAccount} in namespace {namespace} act as the identity of the workloads: the bundle has both.',
      see: [
        `kubectl --context {cluster} --namespace {namespace} get serviceaccount {serviceAccount} --output jsonpath='{.metadata.annotations}'`,
        'az identity show --subscription {subscription} --resource-group {siteGroup} --name {identity} --query clientId --output tsv',
      ],
      done: 'the service account has that client id',
      source: `${LEARN}/aks/workload-identity-overview`,
      ...CHECKED,
    },
    {
      id: 'nvidia-driver',
      at: 'hand-over',
      of: 'nvidia-driver',
      title: 'See that the GPU operator of NVIDIA has put its driver on {cluster}, since AKS installs none there',
      see: [COUNTS],
      done: 'nodes with accelerators show how many they have',
      source: `${LEARN}/aks/nvidia-gpu-operator`,
      ...CHECKED,
    },
    {
      id: 'nvidia',
      at: 'hand-over',
      of: 'nvidia',
      title: 'See that the GPU operator of NVIDIA counts the GPUs of {cluster}, whose driver AKS installs',
      see: [COUNTS],
      done: 'nodes with accelerators show how many they have',
      source: `${LEARN}/aks/nvidia-gpu-operator`,
      ...CHECKED,
    },
    {
      id: 'amd',
      at: 'hand-over',
      of: 'amd',
      title:
        'Name a registry for the driver that AMD’s operator builds for {cluster}, as software: { amd-gpu-operator: { driverImage: REGISTRY/PATH } } of the cluster, and let its nodes write to it and read from it',
      run: ['npx estate bundle --out "$BUNDLE"'],
      see: [COUNTS],
      done: 'nodes with accelerators show how many they have',
      source: `${LEARN}/aks/use-amd-gpus`,
      ...CHECKED,
    },
    {
      id: 'infiniband',
      at: 'hand-over',
      of: 'infiniband',
      title: 'See that the network operator of NVIDIA counts the InfiniBand interfaces of {cluster}',
      see: [
        `kubectl --context {cluster} get nodes --output 'custom-columns=NODE:.metadata.name,IB:.status.allocatable.rdma/ib'`,
      ],
      done: 'nodes on InfiniBand show their interfaces, or pods that share them by rdma/shared_ib',
      source: 'Azure/ai-infrastructure-on-azure infrastructure_references/aks/README.md',
      ...CHECKED,
    },
    racksStep({
      source: 'Azure/ai-infrastructure-on-azure infrastructure_references/aks/README.md',
      ...CHECKED,
    }),
    {
      id: 'volumes',
      at: 'hand-over',
      of: 'mount',
      title: 'See that {cluster} has its volumes',
      see: ['kubectl --context {cluster} --namespace {namespace} get persistentvolumeclaims'],
      done: 'each claim is Bound, and a pod of {namespace} mounts each of them',
      source: 'https://github.com/kubernetes-sigs/azurelustre-csi-driver',
      ...CHECKED,
    },
    {
      id: 'alarm-mails',
      at: 'last',
      of: 'alarm-mail',
      title:
        'Have each owner get a first mail of alarms: nobody has to confirm one, so that a wrong address goes unnoticed',
      why: 'Azure tells an address that it is in an action group; who unsubscribes by that mail hears of nothing.',
      run: [
        'az monitor action-group test-notifications create --subscription {subscription} --resource-group {resourceGroup} --action-group {group} --add-action email {mail} {mail} usecommonalertschema --alert-type metricstaticthreshold',
      ],
      done: 'each owner has read the test',
      source: `${CLI}/monitor/action-group/test-notifications`,
      ...CHECKED,
    },
    ...linkSteps('npx cdktf output {told} --outputs-file {told}.outputs.json', {
      tunnels: {
        see: [
          `az network vpn-connection list --resource-group {group} --query '[].[name,connectionStatus]' --output tsv`,
          `az network vnet-gateway list-bgp-peer-status --ids "$(az network vnet-gateway list --resource-group {group} --query "[?gatewayType=='Vpn'].id | [0]" --output tsv)" --query 'value[].[neighbor,state,routesReceived]' --output tsv`,
        ],
        done: 'each connection prints Connected, and each neighbor Connected with routes',
        source: `${CLI}/network/vnet-gateway`,
        ...CHECKED,
      },
      circuits: {
        see: [
          `az network express-route list --resource-group {group} --query '[].[name,serviceProviderProvisioningState]' --output tsv`,
        ],
        done: 'each prints Provisioned',
        source: `${CLI}/network/express-route`,
        ...CHECKED,
      },
      peerings: {
        see: [
          `az network vnet peering list --resource-group {group} --vnet-name {network} --query '[].[name,peeringState]' --output tsv`,
        ],
        done: 'each prints Connected',
        source: `${CLI}/network/vnet/peering`,
        ...CHECKED,
      },
    }),
  ],
  deploys: [
    {
      layers: ['foundation', 'network', 'storage', 'cluster', 'gateway', 'link'],
      of: 'account',
      reach: 'the resource manager of Azure (management.azure.com), from anywhere',
      source: 'https://registry.terraform.io/providers/hashicorp/azurerm/4.81.0/docs',
      ...CHECKED,
    },
    {
      layers: ['storage'],
      of: 'stores-vault',
      reach: '{vault}.vault.azure.net, in this and every later plan, from {runner}',
      source: KEYS,
      ...CHECKED,
    },
    {
      layers: ['cluster'],
      of: 'cluster-vault',
      reach: '{vault}.vault.azure.net, in this and every later plan, from {runner}',
      source: KEYS,
      ...CHECKED,
    },
    {
      layers: ['storage'],
      of: 'stores-of-key',
      exists: true,
      again:
        'it stops at the stores until the owner of vault {vault} gives Key Vault Crypto Service Encryption User on it to the identities that it has made: {identities}; then run it again',
      source: KEYS,
      ...CHECKED,
    },
    {
      layers: ['cluster'],
      of: 'cluster-of-key',
      exists: true,
      again:
        'it stops until the owner of vault {vault} gives Key Vault Crypto User and Key Vault Contributor on it to the identity {identity}, and Key Vault Crypto Service Encryption User to {disks}; then run it again',
      source: KEYS,
      ...CHECKED,
    },
    {
      layers: ['cluster'],
      of: 'cluster-elsewhere',
      exists: true,
      again:
        'it stops until the owner of network {network} gives the identity {identity} Network Contributor on its two subnets, and Private DNS Zone Contributor on the network and the zone of API servers; then run it again',
      source: `${LEARN}/aks/private-clusters`,
      ...CHECKED,
    },
  ],
};
