import type { Cloud } from '../catalog';
import { AZURE_NAMES } from '../catalog/azure-names';
import { GOOGLE_NAMES } from '../catalog/google-names';
import { ORACLE_NAMES } from '../catalog/oracle-names';
import { fitName } from '../name';
import { nthName } from './names';

/** What the key of a group begins with that is bound to something: 8 hexadecimal digits of the SHA-256 of its id follow. */
export const BOUND_KEY = 'r';

/**
 * Ids of the constructs that stacks make, each spelled here and nowhere else: addresses from the first apply on.
 *
 * Keys of the estate file are words joined by single hyphens, and every id with a key in it starts with a word of its
 * own that no other one starts with, so no key can make two of them one.
 */
export const ids = {
  /** Encryption key of a stack. */
  key: 'key',
  /** Vault of an account in a region, which keys of stacks are made in. */
  vault: (region: string): string => `vault-${region}`,
  /** Monthly budget of an account. */
  budget: 'budget',
  /** Limits of an account in its provider's own form. */
  guardrails: 'guardrails',
  /** Network of a site: itself, or as the stacks after it know it. */
  network: 'network',
  /** Cluster of a shard. */
  cluster: 'cluster',
  /** Its system pool, which lies in the cluster. */
  system: 'system',
  /** What lets nodes join a cluster that exists already, in another compartment. */
  joinsCluster: 'joins-cluster',
  /** What sizes the pools of a cluster that have a range, where the service has none inside of it. */
  autoscaler: 'autoscaler',
  /** Identity of the workloads of a cluster. */
  workload: 'workload',
  /** Identity of another service account of a cluster that grants want to be known. */
  caller: (caller: string): string => `caller-${caller}`,
  /** Right of a workload to a store: all of it in one construct. */
  grant: (grant: string): string => `grant-${grant}`,
  /** Issuer that an account trusts. */
  trust: (trust: string): string => `trust-${trust}`,
  /** What lets the roles of an account show others who they are, AWS only. */
  outbound: 'outbound',
  /** Gateway of the links of a site. */
  gateway: 'gateway',
  /** Half of a link at a site. */
  link: 'link',
  /** What copies from an object store by itself, one for all replications from it. */
  copies: (store: string): string => `copies-${store}`,
  /** What tells of new objects, where a replication copies as they come. */
  events: (replication: string): string => `events-${replication}`,
  /** What transfers of a project copy as, Google Cloud only. */
  transferAgent: 'transfer-agent',
  /** What a replication is made of at one of its ends. */
  replication: (replication: string): string => `replication-${replication}`,
  /** Where alarms of a stack go: to the owner, or to who answers for the whole estate. */
  alarms: (owner?: string): string => (owner === undefined ? 'alarms' : `alarms-${owner}`),
  /** What tells of hosts of an account in a region. */
  hosts: (region: string): string => `hosts-${region}`,
  /** What an account holds for one of its sites. */
  site: (site: string): string => `site-${site}`,
  /** A file system or an object store. */
  store: (store: string): string => `store-${store}`,
  /** A store that exists already, as a stack knows it. */
  existing: (store: string): string => `existing-${store}`,
  /** What a cluster has of a store that it mounts. */
  mount: (store: string): string => `mount-${store}`,
  /** How the machines of a group are obtained. */
  capacity: (group: string): string => `capacity-${group}`,
  /** The network between the accelerators of one place. */
  fabric: (fabric: string): string => `fabric-${fabric}`,
  /** How the nodes of a pool of racks start. */
  template: (pool: string): string => `template-${pool}`,
  /**
   * The same in a cluster that exists already.
   *
   * A pool that comes to such a cluster lets go of the one that its stack made. Terraform orders that before the new
   * template and after the old one, which is a circle where both are one address.
   */
  joinedTemplate: (pool: string): string => `joined-template-${pool}`,
  /** Node pool of a group. */
  pool: (group: string): string => `pool-${group}`,
  /**
   * Node pool of a group on AWS, where it lies in the cluster.
   *
   * Its logical id follows from its path, and with another one CloudFormation makes another node group: no template can
   * say that it was moved. A stack refactor might, but no document says that it takes node groups and launch templates,
   * and a deployment that comes before it would ask for the machines of a capacity block twice.
   */
  poolInCluster: (group: string): string => group,
} as const;

/** What is told of a store: what to mount, or its address where the rest is always the same, or its bucket. */
export type StoreOutput = 'mount' | 'mount-address' | 'bucket';

/** Names of the outputs of stacks: the same for the same thing on every cloud. */
export const outputs = {
  networkId: 'network-id',
  clusterName: 'cluster-name',
  clusterId: 'cluster-id',
  /** Where Kubernetes answers. */
  clusterEndpoint: 'cluster-endpoint',
  /** What load balancers of services are put into, so that they reach nodes. */
  loadBalancersGroupId: 'load-balancers-group-id',
  /** Who signs the tokens of service accounts. */
  oidcIssuerUrl: 'oidc-issuer-url',
  /** Whom the workloads of a cluster act as. */
  workloadClientId: 'workload-client-id',
  /** Whom another service account of a cluster acts as. */
  callerClientId: (caller: string): string => `${ids.caller(caller)}-client-id`,
  /** What other stacks are made from, for `estate exchange import`: a part of the exchange file as JSON. */
  exchange: 'exchange',
  /** Key of a circuit that was ordered, by which the other provider finds it: a secret. */
  circuitKey: (circuit: string): string => `circuit-key-${circuit}`,
  /** One of a store. */
  store: (store: string, what: StoreOutput): string => `${ids.store(store)}-${what}`,
} as const;

/**
 * Outputs of AWS by their construct, the id of the one below it behind a slash: CloudFormation takes letters and digits
 * only, so that names with hyphens would be the same for different stores.
 */
export const awsOutputs = {
  clusterName: 'name',
  mount: 'mount',
  bucket: 'bucket',
  group: 'group',
  exchange: 'Exchange',
} as const;

/** Path of the node pool of a group, below its stack. */
export function poolPath(cloud: Cloud, group: string): string[] {
  return cloud === 'aws' ? [ids.cluster, ids.poolInCluster(group)] : [ids.pool(group)];
}

/** Paths that it had in earlier releases, the latest first. */
export function formerPoolPaths(cloud: Cloud, group: string): string[][] {
  if (cloud === 'aws') return [];
  return [group, ...(cloud === 'google' ? formerSliceIds(group) : [])].map((id) => [ids.cluster, id]);
}

/** The id that a slice had before ids said its topology; none for other groups. */
function formerSliceIds(id: string): string[] {
  const former = id.replace(/-\d+x\d+(x\d+)?$/, '');
  return former === id ? [] : [former];
}

/**
 * Last word of the name of the key that encrypts the stores of a site.
 *
 * They differ for as long as there are keys: each of these services makes another key where the name changes, but
 * Oracle's, where the name would be the only thing that an upgrade changes.
 */
const STORES_KEY: Readonly<Record<Cloud, string>> = {
  aws: 'storage',
  azure: 'stores',
  google: 'storage',
  oracle: 'stores',
};

/** Something that the plan has named. */
interface Named {
  readonly name: string;
}

/** Owners of one stack have a name each: where one follows another, both exist for a moment. */
function alarmsName(what: string, of?: string): string {
  return of === undefined ? what : `${what}-${of}`;
}

/** What stacks make names of resources from: these are names in the cloud, so they never change either. */
export const names = {
  alertsKey: (account: Named): string => `${account.name}-alerts`,
  vault: (account: Named, region: string): string => `${account.name}-${region}`,
  budget: (account: Named): string => `${account.name}-budget`,
  guardrails: (account: Named): string => `${account.name}-guardrails`,
  networkKey: (site: Named): string => `${site.name}-network`,
  /** Of one of the stacks of the stores of a site. */
  storesKey: (cloud: Cloud, site: Named, ordinal = 1): string => nthName(`${site.name}-${STORES_KEY[cloud]}`, ordinal),
  /** Of an issuer that an account trusts. */
  trust: (account: Named, trust: string): string => `${account.name}-${trust}`,
  /** Of another service account of a cluster that grants want to be known. */
  caller: (shard: Named, caller: string): string => `${shard.name}-${caller}`,
  /** Of what the half of a link logs. */
  linkKey: (link: Named): string => `${link.name}-link`,
  /** Of the gateway of a site, as it is called in the plan. */
  gateway: (site: Named): string => `${site.name}-gateway`,
  clusterKey: (shard: Named): string => `${shard.name}-cluster`,
  /** Node pools are of a cluster where their names are short, and of an account elsewhere. */
  pool: (cloud: Cloud, shard: Named, group: string): string =>
    cloud === 'azure' || cloud === 'google' ? group : `${shard.name}-${group}`,
  template: (shard: Named, pool: string): string => `${shard.name}-${pool}`,
  fabric: (shard: Named, fabric: string): string => `${shard.name}-${fabric}`,
  mount: (shard: Named, store: string): string => `${shard.name}-${store}`,
  /** Where alarms of a cluster go. */
  clusterAlarms: (shard: Named, owner?: string): string => alarmsName(`${shard.name}-cluster`, owner),
  /** Where alarms of the file systems of a site go. */
  storeAlarms: (site: Named, owner?: string): string => alarmsName(`${site.name}-storage`, owner),
  /** Where alarms of the hosts of an account go. */
  hostAlarms: (account: Named, region: string): string => alarmsName(`${account.name}-hosts`, region),
  /** Azure: the resource group of what the sites of an account share. */
  sharedGroup: (account: Named): string => fitName([account.name, 'shared'], AZURE_NAMES.resourceGroup),
  /** Azure: the resource group of one site. */
  siteGroup: (site: Named): string => fitName([site.name, 'site'], AZURE_NAMES.resourceGroup),
} as const;

/** Names that constructs make of those above, where somebody has to know them to reach what is made. */
export const made = {
  azureCluster: (shard: Named): string => fitName([shard.name], AZURE_NAMES.cluster),
  azureSubzone: (shard: Named): string => fitName([shard.name], AZURE_NAMES.dnsSubzone),
  azureActionGroup: (alarms: Named): string => fitName([alarms.name, 'alarms'], AZURE_NAMES.alarm),
  azureNetwork: (site: Named): string => fitName([site.name, 'network'], AZURE_NAMES.virtualNetwork),
  azureIdentity: (thing: Named, ...role: readonly string[]): string =>
    fitName([thing.name, ...role], AZURE_NAMES.identity),
  azureVault: (key: string, subscriptionId: string): string => fitName([key], AZURE_NAMES.keyVault, subscriptionId),
  azureWorkspace: (of: Named): string => fitName([of.name, 'logs'], AZURE_NAMES.workspace),
  googleLogBucket: (cluster: Named): string => fitName([cluster.name, 'logs'], GOOGLE_NAMES.log),
  googleAccessLogs: (store: Named, projectId: string): string =>
    fitName([store.name, 'access-logs'], GOOGLE_NAMES.bucket, `${projectId}/access-logs`),
  /** Storage account of an object store. */
  azureStore: (store: Named, subscriptionId: string): string =>
    fitName([store.name], AZURE_NAMES.storageAccount, subscriptionId),
  /** Private endpoint of an object store for one of its protocols. */
  azureStoreEndpoint: (store: Named, service: 'blob' | 'dfs'): string =>
    fitName([store.name, service], AZURE_NAMES.networkResource),
  googleStore: (store: Named, projectId: string): string => fitName([store.name], GOOGLE_NAMES.bucket, projectId),
  oracleStore: (store: Named, namespace: string): string => fitName([store.name], ORACLE_NAMES.bucket, namespace),
  /** Name of the instance of a file system. */
  googleFileSystem: (store: Named): string => fitName([store.name], GOOGLE_NAMES.fileSystem),
  /** Name of a key, and of the ring that it alone is in. */
  googleKey: (key: string, projectId: string, region: string): string => {
    const name = fitName([key], GOOGLE_NAMES.keyRing);
    return `projects/${projectId}/locations/${region}/keyRings/${name}/cryptoKeys/${name}`;
  },
  /** Name of what encrypts the disks of a cluster with its key. */
  azureDiskEncryptionSet: (shard: Named): string => fitName([shard.name, 'disks'], AZURE_NAMES.networkResource),
  googleCluster: (shard: Named): string => fitName([shard.name], GOOGLE_NAMES.cluster),
} as const;

/** The first name of the estate that a site is of: the first part of the site's own name. */
export function estateOfSite({ key, name }: { readonly key: string; readonly name: string }): string {
  return name.slice(0, -`-${key}`.length);
}
