import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLOUDS, type Cloud } from '../estate/catalog';

const ROOT = join(__dirname, '..');

/** Roles that every cloud has a construct for. */
const CONSTRUCTS = [
  'budget',
  'capacity',
  'cluster',
  'encryption-key',
  'fabric',
  'file-system',
  'gateway',
  'guardrails',
  'identity',
  'index',
  'interconnect',
  'names',
  'network',
  'node-pool',
  'object-store',
  'peering',
  'vpn-link',
];

const STACKS = ['cluster', 'foundation', 'gateway', 'index', 'link', 'network', 'storage'];

/** Files that only some clouds have: helpers of one role, with what they are for. */
const EXTRA_FILES: Readonly<Record<string, string>> = {
  'aws/autoscaler': 'EKS lets its users run an autoscaler, where AKS and GKE have one inside',
  'aws/checks': 'what several constructs refuse: names, ids, zones, ranges and tags that cannot be right',
  'aws/alarm-topic': 'CloudWatch publishes to a topic of the region, whose key and policy let it',
  'aws/alarms': 'when something is told of nodes, reservations and free space',
  'aws/cluster-access': 'access entries are resources, and ranges are rules of a group or of an endpoint',
  'aws/cluster-logs': 'EKS logs into a group of a fixed name, which has to be there before it',
  'aws/attachments': 'a transit gateway looks packets up in a table that each attachment is added to',
  'aws/default-security-group': 'CloudFormation has no words for the rules that a network begins with',
  'aws/service-endpoints': 'what nodes call is reached through an endpoint for each service',
  'aws/findings': 'cdk-nag names what it finds as it stands in the template',
  'aws/imported-cluster': 'a cluster that exists already, which other clouds keep beside the one that is made',
  'aws/network-attributes': 'what is known of a network, made here or elsewhere',
  'aws/inline-function': 'what CloudFormation has no words for is done by a function while a stack is deployed',
  'aws/federated-identity':
    'callers of elsewhere act as a role, where Google Cloud and Oracle Cloud know them by their tokens',
  'aws/grant-trust': 'an account of AWS knows the issuers that it trusts, once each',
  'aws/outbound-federation': 'an account of AWS signs for its roles once that is turned on',
  'stacks/aws/grants': 'what grants make in foundations, with stores and with clusters',
  'aws/node-scaling': 'CloudFormation sends the sizes of a group together, so who sets them is said with each',
  'aws/network-interfaces': 'the EFA layout of a launch template',
  'aws/node-alarms': 'what Kubernetes says of nodes is a metric once Container Insights is installed',
  'aws/replication': 'Google Cloud copies its own by transfers, and stores of Azure have nothing that copies',
  'aws/retain': 'what is kept needs rules, roles and templates, which are kept with it',
  'aws/transfer': 'stores of Azure and Oracle Cloud let no service of others in',
  'azure/alarms': 'alarms are resources beside what they watch, and go to a group that is one too',
  'azure/api-server-zone': 'the name of a private API server stands in a zone, which is a resource',
  'azure/checks': 'what several constructs refuse: names, counts, ranges, ids and tags that cannot be right',
  'azure/cluster-rules':
    'subnets of a cluster are closed by rules of security groups, which other clouds have inside of them',
  'azure/cluster-settings': 'what AKS is told of a cluster apart from its identities and keys',
  'azure/feature-registration': 'preview features are registered by subscription',
  'azure/federated-identity':
    'callers of elsewhere act as an identity of their own, where Google Cloud and Oracle Cloud know them by their tokens',
  'azure/file-system-rules': 'who connects to a file system is said by rules of a security group',
  'azure/logs': 'logs of a service are resources beside what they are of',
  'azure/network-attributes': 'ids of everything in a network follow from its names, before it exists',
  'azure/private-dns': 'private endpoints are found through zones that the account shares',
  'azure/role-assignment': 'every grant on Azure is a role assignment',
  'azure/writer-role': 'no built-in role of Azure adds objects without deleting any, as those of Google Cloud do',
  'google/alarm-channel': 'alarms go to a channel of Cloud Monitoring',
  'google/alarms': 'policies of Cloud Monitoring, which stand beside what they watch',
  'google/checks': 'what several constructs refuse: names, counts, ranges, zones and ids that cannot be right',
  'google/cluster-access': 'IAM of the project decides on every cluster in it, by grants of two parts',
  'google/cluster-logs': 'logs are kept by a log bucket and a sink, which are no part of a cluster',
  'google/cluster-pools': 'pools of a cluster that is made and of one that exists share policies and addresses',
  'google/cluster-settings': 'what GKE is told of every cluster alike',
  'google/grant-trust': 'an issuer is trusted by a project once, where Azure names it with each identity',
  'google/imported-cluster': 'a cluster that exists already, which other clouds keep beside the one that is made',
  'google/maintenance': 'windows and exclusions as the provider takes them',
  'google/network-attributes': 'names of everything in a network follow from its name, before it exists',
  'google/node-settings': 'what nodes of a pool are made with',
  'google/protection': 'protection that the provider keeps in the state',
  'google/service-agents': 'each service has an account of its own by which it uses a key',
  'google/transfer':
    'S3 and Oracle Cloud copy by rules of the bucket itself, and stores of Azure have nothing that copies',
  'google/transfer-events': 'a job hears of new objects from a topic of Pub/Sub',
  'oracle/alarm-topic': 'alarms go to a topic of their region',
  'oracle/alarms': 'alarms are resources beside what they watch',
  'oracle/autoscaler': 'OKE has its autoscaler as an add-on, where AKS and GKE have one inside',
  'oracle/checks': 'what several constructs refuse: names, counts, ranges, ids and tags that cannot be right',
  'oracle/cluster-access': 'IAM decides by policies who may do what in Kubernetes',
  'oracle/cluster-attributes': 'pools, templates and clusters all know what a cluster is',
  'oracle/cluster-checks': 'what is refused of a cluster apart from its parts',
  'oracle/cluster-rules': 'OKE states the rules between its network security groups one by one',
  'oracle/compartment-policies': 'a policy says what happens in its own compartment, so a grantee has one in each',
  'oracle/grant-identity': 'a grant is a policy, which names everybody whom it lets in',
  'oracle/grant-trust': 'an identity domain trusts issuers, and has a user and a group for each workload',
  'oracle/host-alarms': 'metrics of hosts are those of their compartment, whichever cluster they are in',
  'oracle/kept-value': 'a certificate that is read once, so that edits of a cluster replace no rack template',
  'oracle/node-bootstrap': 'racks join OKE as self-managed nodes, by a script',
  'oracle/node-settings': 'what managed and self-managed nodes have in common',
  'oracle/node-template': 'racks of a pool share one instance configuration',
  'oracle/replication': 'Google Cloud copies its own by transfers, and stores of Azure have nothing that copies',
  'oracle/security-group': 'a network security group and its rules are separate resources',
  'oracle/service-logs': 'logs of a service are resources beside what they are of',
  'oracle/vault': 'a vault is made before its keys, which are found through it',
  'stacks/aws/alarms': 'alarms go to a topic beside them, which each stack has',
  'stacks/aws/exchange': 'an output of CloudFormation, where the others have those of Terraform',
  'stacks/aws/existing': 'what exists already is imported by each stack that uses it',
  'stacks/aws/replication': 'a bucket says all that it copies at once, in the stack that makes it',
  'stacks/aws/site-stack-props': 'account, region and tags of every stack',
  'stacks/azure/alarms': 'alarms go to an action group beside them, which each stack has',
  'stacks/azure/azure-stack': 'provider and backend of every stack',
  'stacks/azure/existing': 'names of what exists become ids, which constructs take',
  'stacks/azure/grants': 'what a grant is made of, in stacks of stores and of clusters',
  'stacks/azure/retired': 'what a store or a group that left the estate is made of',
  'stacks/google/alarms': 'alarms go to a channel beside them, which each stack has',
  'stacks/google/existing': 'what exists already is used by each stack, and forgotten where a stack made it before',
  'stacks/google/grants': 'what lets others in is made in three stacks, which share it',
  'stacks/google/google-stack': 'provider and backend of every stack',
  'stacks/google/replication': 'jobs lie with the store that is written, and who copies is let in at both',
  'stacks/oracle/alarms': 'alarms go to a topic beside them, which each stack has',
  'stacks/oracle/cost-tags': 'costs are counted by tags that an account defines',
  'stacks/oracle/existing': 'networks, keys, clusters and stores that exist already, as constructs take them',
  'stacks/oracle/policies': 'identity is written in the home region, by account',
  'stacks/oracle/replication': 'a bucket is copied by a policy, in the stack that makes it',
  'stacks/oracle/retired': 'a store or rack is many resources here, which are kept one by one',
  'stacks/oracle/grants': 'what grants make in foundations, with stores and with clusters',
  'stacks/oracle/provider': 'provider and backend of every stack, with the alias of the home region',
};

/** Names that every `index.ts` of constructs exports. */
const EXPORTS = [
  'Budget',
  'BudgetProps',
  'BudgetTag',
  'Capacity',
  'CapacityProps',
  'Cluster',
  'ClusterProps',
  'EncryptionKey',
  'EncryptionKeyProps',
  'Fabric',
  'FabricProps',
  'FileSystem',
  'FileSystemProps',
  'Gateway',
  'GatewayProps',
  'GuardrailMode',
  'Guardrails',
  'GuardrailsProps',
  'Identity',
  'IdentityProps',
  'Interconnect',
  'InterconnectProps',
  'LIMITS',
  'Network',
  'NetworkProps',
  'NodePool',
  'NodePoolOptions',
  'NodePoolProps',
  'ObjectStore',
  'ObjectStoreProps',
  'Peering',
  'PeeringProps',
  'VpnLink',
  'VpnLinkProps',
  'physicalName',
  'resourceTags',
];

/** Props that mean the same on every cloud and so have the same name, by interface. */
const SHARED_PROPS: Readonly<Record<string, readonly string[]>> = {
  NetworkProps: ['name', 'zones', 'cidrs', 'subnets', 'egress', 'deletionProtection', 'tags'],
  BudgetProps: ['name', 'amount', 'currency', 'thresholds', 'forecastThresholds', 'emails', 'tag', 'tags'],
  FabricProps: ['name', 'tags'],
  ClusterProps: [
    'name',
    'network',
    'subnetOwner',
    'version',
    'serviceCidr',
    'systemPool',
    'encryptionKey',
    'clusterAdmins',
    'clusterViewers',
    'apiAccessCidrs',
    'logRetentionDays',
    'alarms',
    'deletionProtection',
    'tags',
  ],
  SystemPoolOptions: ['machine', 'nodeCount'],
  NodePoolOptions: [
    'name',
    'machine',
    'nodeCount',
    'minNodeCount',
    'zone',
    'furtherZones',
    'capacity',
    'labels',
    'taints',
    'deletionProtection',
    'tags',
  ],
  FileSystemProps: [
    'name',
    'network',
    'zone',
    'tier',
    'subnetOwner',
    'encryptionKey',
    'alarms',
    'removalPolicy',
    'tags',
  ],
  FileSystemAlarmOptions: ['freePercent'],
  GuardrailsProps: ['name', 'regions', 'deniedRegions', 'machines', 'mode', 'tags'],
  ObjectStoreProps: ['name', 'encryptionKey', 'retainDays', 'accessLogRetentionDays', 'removalPolicy', 'tags'],
  EncryptionKeyProps: ['name', 'rotationDays', 'removalPolicy', 'tags'],
  IdentityProps: ['name', 'cluster', 'namespace', 'serviceAccount', 'tags'],
  GatewayProps: [
    'name',
    'network',
    'asn',
    'kinds',
    'advertised',
    'reached',
    'insideAddresses',
    'vpnGbps',
    'circuitGbps',
    'tags',
  ],
  InterconnectProps: ['name', 'gateway', 'circuits', 'gbps', 'isOrigin', 'tags'],
  PeeringProps: ['name', 'peer', 'isOrigin', 'tags'],
  VpnLinkProps: ['name', 'gateway', 'peer', 'tunnels', 'proposal', 'tags'],
};

/** Attributes and methods that mean the same on every cloud and so have the same name, by class and interface. */
const SHARED_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  'class Budget': ['budgetId'],
  'class Capacity': ['kind', 'held', 'dependables', 'onDemand', 'spot', 'fromReservation', 'reserve'],
  'class Cluster': ['clusterName', 'systemPool', 'dependables', 'addNodePool', 'fromClusterAttributes'],
  'class EncryptionKey': ['grants', 'dependables', 'fromEncryptionKeyAttributes'],
  'class Fabric': ['zone', 'dependables', 'fromFabricAttributes'],
  'class FileSystem': ['mountPoint', 'allowClient', 'dependables', 'fromFileSystemAttributes'],
  'class Identity': ['dependables', 'fromIdentityAttributes'],
  'class Network': ['networkId', 'zones', 'subnetsFor', 'dependables', 'fromNetworkAttributes'],
  'class NodePool': ['nodePoolName', 'dependables'],
  'class ObjectStore': ['grants', 'dependables', 'fromObjectStoreAttributes'],
  'interface ICluster': ['clusterName', 'dependables'],
  'interface IEncryptionKey': ['grants', 'dependables'],
  'interface IFabric': ['zone', 'dependables'],
  'interface IFileSystem': ['mountPoint', 'allowClient', 'dependables'],
  'interface IIdentity': ['dependables'],
  'interface INetwork': ['networkId', 'zones', 'subnetsFor', 'dependables'],
  'interface IObjectStore': ['grants', 'dependables'],
};

/** Attributes and methods that a cloud does not have, with the reason. */
const ABSENT_MEMBERS: Readonly<Record<string, string>> = {
  'aws *.dependables': 'CDK orders by node.addDependency, and by what refers to what',
  'azure Cluster.systemPool': 'AKS makes the system pool as a part of the cluster',
  'azure Fabric.zone': 'InfiniBand is a feature of the subscription, in every zone',
  'azure IFabric.zone': 'InfiniBand is a feature of the subscription, in every zone',
  'oracle Capacity.dependables': 'pools refer to a reservation by its id',
  'oracle ICluster.dependables': 'pools refer to a cluster by its id',
  'oracle IIdentity.dependables': 'a workload is nothing until its first grant, which says what to wait for',
  'oracle Identity.dependables': 'a workload is nothing until its first grant, which says what to wait for',
};

/** Words that one cloud had for what has one name now. */
const FORMER_WORDS =
  /\b(nodegroupName|alsoZones|NodeTaint|fromNetworkName|fromObjectStoreName|fromFabricName|fromClusterName|refuseMisuse|dnsReady)\b/;

/** Props that a cloud does not have, with the reason. */
const ABSENT_PROPS: Readonly<Record<string, string>> = {
  'aws GatewayProps.circuitGbps': 'a transit gateway has no size',
  'aws GatewayProps.insideAddresses': 'ranges inside of tunnels are those of connections',
  'aws GatewayProps.kinds': 'one transit gateway serves all kinds of links',
  'aws GatewayProps.vpnGbps': 'a transit gateway has no size',
  'azure BudgetProps.currency': 'a budget is in the currency of the bill, which nothing in it says',
  'azure BudgetProps.tags': 'budgets of a subscription take no tags',
  'oracle BudgetProps.currency': 'a budget is in the currency of the bill, which nothing in it says',
  'oracle GatewayProps.advertised': 'all blocks of an attached network are told, and pods have none of them',
  'oracle GatewayProps.asn': 'all gateways have the number of Oracle itself',
  'oracle GatewayProps.circuitGbps': 'a gateway carries what its links have been made for',
  'oracle GatewayProps.insideAddresses': 'each tunnel is told its own addresses',
  'oracle GatewayProps.kinds': 'a gateway is the same for every kind of link',
  'oracle GatewayProps.vpnGbps': 'a gateway carries what its links have been made for',
  'oracle GuardrailsProps.deniedRegions': 'quotas are given back in the regions that are allowed',
  'azure FabricProps.name': 'InfiniBand is a feature of the subscription, which has no name of ours',
  'azure FabricProps.tags': 'InfiniBand is a feature of the subscription, which takes no tags',
  'azure GatewayProps.advertised': 'a gateway tells peers of the blocks of its virtual network by itself',
  'azure GatewayProps.reached': 'what is behind peers is learned over BGP, by the gateway and by all subnets',
  'azure PeeringProps.isOrigin': 'each network is told of the other one, and neither asks first',
  'azure PeeringProps.tags': 'peerings take no tags',
  'azure FileSystemAlarmOptions.freePercent':
    'Azure measures what is free on a target, not how large it is: freeGiBPerTarget',
  'azure GuardrailsProps.deniedRegions': 'built-in policies name the regions that are allowed',
  'azure GuardrailsProps.tags': 'assignments of policies take no tags',
  'azure NodePoolOptions.furtherZones': 'its machines are in one zone, or AKS spreads them over the region',
  'google GatewayProps.circuitGbps': 'a router has no size',
  'google GatewayProps.insideAddresses':
    'addresses inside of tunnels are those of interfaces of a router, which links add',
  'google GatewayProps.reached': 'a router hears by BGP what is reached, and tells the network',
  'google GatewayProps.vpnGbps': 'an HA VPN gateway has no size',
  'google InterconnectProps.isOrigin': 'circuits are always ordered at Google Cloud',
  'google PeeringProps.isOrigin': 'both halves of a peering are alike',
  'google PeeringProps.tags': 'peerings take no labels',
  'google FileSystemProps.subnetOwner':
    'Lustre lies in the range of private services access, of which a network has one',
  'google GuardrailsProps.machines': 'machine types are limited by constraints that only an organization can define',
  'google GuardrailsProps.name': 'an organization policy is named by its constraint',
  'google GuardrailsProps.tags': 'organization policies take no labels',
  'google SystemPoolOptions.nodeCount': 'GKE counts the nodes of a pool by zone, as nodesPerZone',
};

function files(kind: 'constructs' | 'stacks', cloud: Cloud): string[] {
  return readdirSync(join(ROOT, kind, cloud))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.replace(/\.ts$/, ''))
    .sort();
}

function read(kind: 'constructs' | 'stacks', cloud: Cloud, file: string): string {
  return readFileSync(join(ROOT, kind, cloud, `${file}.ts`), 'utf8');
}

/** Names that a barrel re-exports. */
function barrel(kind: 'constructs' | 'stacks', cloud: Cloud): string[] {
  return [...read(kind, cloud, 'index').matchAll(/export\s+(?:type\s+)?\{([^}]*)\}/g)]
    .flatMap(([, names]) => (names ?? '').split(','))
    .map((name) => name.replace(/\btype\b/, '').trim())
    .filter((name) => name !== '')
    .sort();
}

/** Members of an interface, with those that it extends inside the folder. */
function members(cloud: Cloud, name: string): string[] {
  const text = files('constructs', cloud)
    .map((file) => read('constructs', cloud, file))
    .join('\n');
  const [, parents = '', body = ''] =
    new RegExp(`export interface ${name}(?: extends ([^{]+))? \\{([\\s\\S]*?)\\n\\}`).exec(text) ?? [];
  const own = [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, member]) => member ?? '');
  const inherited = parents
    .split(',')
    .map((parent) => parent.trim().replace(/^Omit<(\w+).*$/, '$1'))
    .filter((parent) => parent !== '')
    .flatMap((parent) => members(cloud, parent));
  return [...own, ...inherited];
}

/** Public attributes and methods of a class or interface. */
function publicMembers(cloud: Cloud, name: string): string[] {
  const text = files('constructs', cloud)
    .map((file) => read('constructs', cloud, file))
    .join('\n');
  const [, body = ''] = new RegExp(`^export (?:abstract )?${name}\\b[^{]*\\{\\n([\\s\\S]*?)^\\}`, 'm').exec(text) ?? [];
  const own = [
    ...body.matchAll(/^ {2}(?!private|protected|constructor)(?:(?:static|readonly|get) )*(\w+)\??(?: =|[:(<])/gm),
  ];
  return own.map(([, member]) => member ?? '');
}

/** Why a cloud has no such member, where it has none. */
function absence(cloud: Cloud, name: string, member: string): string | undefined {
  const type = name.replace(/^\w+ /, '');
  return ABSENT_MEMBERS[`${cloud} ${type}.${member}`] ?? ABSENT_MEMBERS[`${cloud} *.${member}`];
}

describe.each(CLOUDS)('parity of %s', (cloud) => {
  test('has the same construct files as every cloud', () => {
    const extra = files('constructs', cloud).filter((file) => !CONSTRUCTS.includes(file));
    expect(files('constructs', cloud)).toEqual([...CONSTRUCTS, ...extra].sort());
    expect(extra.filter((file) => EXTRA_FILES[`${cloud}/${file}`] === undefined)).toEqual([]);
  });

  test('has the same stack files as every cloud', () => {
    const extra = files('stacks', cloud).filter((file) => !STACKS.includes(file));
    expect(files('stacks', cloud)).toEqual([...STACKS, ...extra].sort());
    expect(extra.filter((file) => EXTRA_FILES[`stacks/${cloud}/${file}`] === undefined)).toEqual([]);
  });

  test('exports the same construct names as every cloud', () => {
    expect(EXPORTS.filter((name) => !barrel('constructs', cloud).includes(name))).toEqual([]);
  });

  test('exports the same stack names as every cloud', () => {
    const wanted = ['ClusterStack', 'FoundationStack', 'GatewayStack', 'LinkStack', 'NetworkStack', 'StorageStack'];
    expect(wanted.filter((name) => !barrel('stacks', cloud).includes(name))).toEqual([]);
    expect(read('stacks', cloud, 'index')).toMatch(/export function addStacks\(app: App, plan: StacksPlan\): void/);
  });

  test.each(Object.entries(SHARED_PROPS))('names the shared props of %s alike', (name, props) => {
    const own = members(cloud, name);
    expect(own).not.toEqual([]);
    const missing = props.filter(
      (prop) => !own.includes(prop) && ABSENT_PROPS[`${cloud} ${name}.${prop}`] === undefined,
    );
    expect(missing).toEqual([]);
  });

  test.each(Object.entries(SHARED_MEMBERS))('names the shared members of %s alike', (name, shared) => {
    const own = publicMembers(cloud, name);
    expect(own).not.toEqual([]);
    const wrong = shared.filter((member) => own.includes(member) === (absence(cloud, name, member) !== undefined));
    expect(wrong).toEqual([]);
  });

  test('speaks no dialect', () => {
    const found = ['constructs', 'stacks'] as const;
    for (const kind of found) {
      for (const file of files(kind, cloud))
        expect([file, FORMER_WORDS.exec(read(kind, cloud, file))?.[0]]).toEqual([file, undefined]);
    }
  });

  // A TypeError is a mistake of this library, not of who uses it.
  test('refuses what it is given by errors with a code', () => {
    for (const file of files('constructs', cloud)) {
      const plain = /throw new (?!ConstructError|TypeError)\w+/.exec(read('constructs', cloud, file));
      expect([file, plain?.[0]]).toEqual([file, undefined]);
    }
  });

  test('barrels contain only exports', () => {
    const code = read('constructs', cloud, 'index').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    expect(code.replace(/export\s+(?:type\s+)?(?:\{[^}]*\}|\*)\s+from\s+'[^']+';/g, '').trim()).toBe('');
  });
});

test('every absence that is allowed is still one', () => {
  for (const [key] of Object.entries(ABSENT_PROPS)) {
    const [cloud = '', path = ''] = key.split(' ');
    const [name = '', prop = ''] = path.split('.');
    const known = CLOUDS.find((candidate) => candidate === cloud);
    expect(known === undefined ? [] : members(known, name)).not.toContain(prop);
  }
  for (const key of Object.keys(ABSENT_MEMBERS).filter((key) => !key.includes('*'))) {
    const [cloud = '', path = ''] = key.split(' ');
    const shared = Object.entries(SHARED_MEMBERS).filter(([name]) => name.endsWith(` ${path.split('.')[0]}`));
    expect([key, shared.some(([, names]) => names.includes(path.split('.')[1] ?? ''))]).toEqual([key, true]);
    expect(CLOUDS).toContain(cloud);
  }
  for (const key of Object.keys(EXTRA_FILES)) {
    const [cloud = '', file = ''] = key.replace(/^stacks\//, '').split('/');
    const known = CLOUDS.find((candidate) => candidate === cloud);
    const kind = key.startsWith('stacks/') ? 'stacks' : 'constructs';
    expect(known === undefined ? [] : files(kind, known)).toContain(file);
  }
});
