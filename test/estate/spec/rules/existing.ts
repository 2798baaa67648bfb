import { AWS_KEY, AWS_NETWORK, AZURE_NETWORK, GOOGLE_NETWORK, ORACLE_NETWORK } from '../../../helpers/existing';
import type { Changes } from '../fixtures';
import type { RuleTable } from './table';

const OCID = (kind: string, name = 'aaaaexample') => `ocid1.${kind}.oc1.phx.${name}`;

const OHIO = 'sites.ohio.network.existing';
const EAST = 'sites.east.network.existing';
const IOWA = 'sites.iowa.network.existing';
const PHOENIX = 'sites.phoenix.network.existing';

const OPS = { team: 'ops', email: 'ops@example.com' };

/** A VPC with both file systems and nodes of the site. */
const AWS = { [OHIO]: AWS_NETWORK };
const AZURE = { [EAST]: { ...AZURE_NETWORK, subnets: { nodes: AZURE_NETWORK.subnets.nodes } } };
const GOOGLE = {
  [IOWA]: { ...GOOGLE_NETWORK, subnets: { nodes: { ...GOOGLE_NETWORK.subnets.nodes, cluster: 'iowa' } } },
};
const ORACLE = { [PHOENIX]: ORACLE_NETWORK };
const ALL = { ...AWS, ...AZURE, ...GOOGLE, ...ORACLE };

const EKS = {
  id: 'train-prod',
  securityGroupId: 'sg-0a1b2c3d4e5f60718',
  nodeRole: 'arn:aws:iam::111122223333:role/train-prod-nodes',
};
const OKE = { id: OCID('cluster'), securityGroupId: OCID('networksecuritygroup') };
const AKS = {
  id: 'train',
  resourceGroup: 'train',
  oidcIssuer: 'https://eastus2.oic.prod-aks.azure.com/tenant/issuer/',
};
const GKE = { id: 'train', nodeServiceAccount: 'nodes@atlas-train.iam.gserviceaccount.com' };
/** Clusters of all clouds that exist, in networks that do. */
const CLUSTERS: Changes = {
  ...ALL,
  'clusters.ohio.existing': EKS,
  'clusters.ohio.kubernetes': '1.33',
  'clusters.east.existing': AKS,
  'clusters.east.kubernetes': '1.36',
  'clusters.iowa.existing': GKE,
  'clusters.iowa.kubernetes': '1.35',
  'clusters.phoenix.existing': { ...OKE, endpoint: '10.32.0.10', certificateAuthority: 'LS0tLS1CRUdJTg==' },
  'clusters.phoenix.kubernetes': '1.36',
  'clusters.phoenix.systemPool': {},
};
const LUSTRE = { kind: 'lustre', site: 'ohio', zone: 'us-east-2b' };
const FILES = { ...LUSTRE, existing: { id: 'fs-0a1b2c3d4e5f60718', securityGroupId: 'sg-0a1b2c3d4e5f60718' } };
const BUCKET = { kind: 'object', site: 'ohio', existing: { id: 'corp-datasets' } };
const VAULT_KEY =
  '/subscriptions/5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/corp/keys/train';
/** A key in another subscription than that of the site on Azure. */
const OTHER_KEY = VAULT_KEY.replace('5f0c1f4e', '0e1d2c3b');
const AZURE_FILES = { kind: 'lustre', site: 'east', zone: '1', capacityTiB: 48, throughputMBpsPerTiB: 125 };
const GOOGLE_KEY = 'projects/atlas-keys/locations/us-central1/keyRings/train/cryptoKeys/disks';
const subnet = (changes: object) => ({ ...AWS_NETWORK.subnets['nodes-a'], ...changes });

/** Rules on what exists already. */
export const EXISTING_RULES: Readonly<Record<string, RuleTable>> = {
  DnsServers: {
    holds: [
      { 'sites.ohio.network': { dns: ['10.1.0.1', '10.1.0.2', '10.1.0.3', '10.1.0.4'] } },
      { 'sites.east.network': { dns: ['10.1.0.1', '10.1.0.2', '10.1.0.3', '10.1.0.4', '10.1.0.5'] } },
    ],
    fails: [
      [
        { 'sites.phoenix.network': { dns: ['10.1.0.1', '10.1.0.2', '10.1.0.3', '10.1.0.4'] } },
        'sites.phoenix.network.dns',
        'Oracle Cloud hands on 3 DNS servers, these are 4',
      ],
      [
        { 'sites.ohio.network': { dns: ['10.1.0.1', '10.1.0.1'] } },
        'sites.ohio.network.dns.1',
        '10.1.0.1 is in the list already',
      ],
    ],
  },
  ExistingCluster: {
    holds: [CLUSTERS, { ...CLUSTERS, 'clusters.phoenix.pools.racks': undefined, 'clusters.phoenix.existing': OKE }],
    fails: [
      [{ ...CLUSTERS, [OHIO]: undefined }, 'clusters.ohio.site', 'write sites.ohio.network.existing'],
      [{ ...CLUSTERS, 'clusters.ohio.kubernetes': undefined }, 'clusters.ohio', 'its version is not said'],
      [
        { ...CLUSTERS, 'clusters.phoenix.existing': OKE },
        'clusters.phoenix.existing',
        '"endpoint" and "certificateAuthority" of the cluster is not said',
      ],
    ],
  },
  ExistingId: {
    holds: [
      CLUSTERS,
      {
        'sites.ohio.network': { egress: { via: 'tgw-0a1b2c3d4e5f60718' } },
        'sites.east.network': { egress: { via: '10.1.0.4' } },
        'sites.iowa.network': { egress: { via: '10.1.0.4' } },
        'sites.phoenix.network': { egress: { via: OCID('drg') } },
      },
      {
        'accounts.aws-main.encryptionKey': { existing: AWS_KEY },
        'sites.east.encryptionKey': { existing: VAULT_KEY },
        'sites.iowa.encryptionKey': { existing: GOOGLE_KEY },
        'sites.phoenix.encryptionKey': { existing: OCID('key', 'vault.aaaakey') },
      },
      { 'stores.scratch': FILES, 'stores.checkpoints': BUCKET },
    ],
    fails: [
      [{ ...AWS, [`${OHIO}.id`]: 'main' }, `${OHIO}.id`, '"main" is not the id of a VPC, vpc-…'],
      [
        { ...AWS, [`${OHIO}.routeTables`]: ['rtb-0a1b2c3d4e5f60718', 'main'] },
        `${OHIO}.routeTables.1`,
        '"main" is not the id of a route table, rtb-…',
      ],
      [{ ...AWS, [`${OHIO}.subnets.nodes-a.id`]: 'vpc-0a1b2c3d4e5f60718' }, `${OHIO}.subnets.nodes-a.id`, 'subnet-…'],
      [
        { ...AZURE, [`${EAST}.id`]: `/subscriptions/x/virtualNetworks/y` },
        `${EAST}.id`,
        'the name of a virtual network',
      ],
      [{ ...ORACLE, [`${PHOENIX}.id`]: OCID('subnet') }, `${PHOENIX}.id`, 'is not ocid1.vcn.…'],
      [{ ...CLUSTERS, 'clusters.ohio.existing.nodeRole': 'nodes' }, 'clusters.ohio.existing.nodeRole', 'an IAM role'],
      [{ 'sites.ohio.network': { egress: { via: '10.1.0.4' } } }, 'sites.ohio.network.egress.via', 'tgw-…'],
      [{ 'sites.east.network': { egress: { via: 'tgw-1' } } }, 'sites.east.network.egress.via', 'of a firewall'],
      [{ 'sites.ohio.encryptionKey': { existing: 'alias/train' } }, 'sites.ohio.encryptionKey.existing', 'a KMS key'],
      [
        { 'accounts.aws-main.encryptionKey': { existing: 'alias/train' } },
        'accounts.aws-main.encryptionKey.existing',
        'the ARN of a KMS key',
      ],
      [{ 'stores.checkpoints': { ...BUCKET, existing: { id: 'Corp' } } }, 'stores.checkpoints.existing.id', 'a bucket'],
    ],
  },
  ExistingKeys: {
    holds: [CLUSTERS, { 'stores.scratch': FILES, 'stores.checkpoints': BUCKET }],
    fails: [
      [{ ...AZURE, [`${EAST}.privateDns`]: undefined }, EAST, 'a network that exists on Azure needs "privateDns"'],
      [{ ...AWS, [`${OHIO}.projectId`]: 'atlas-host' }, `${OHIO}.projectId`, 'has no meaning on AWS, only on google'],
      [{ ...GOOGLE, [`${IOWA}.accountId`]: '444455556666' }, `${IOWA}.accountId`, 'known there: "id" or "projectId"'],
      [{ ...AWS, [`${OHIO}.subnets.nodes-a.securityGroup`]: 'sg' }, `${OHIO}.subnets.nodes-a.securityGroup`, 'azure'],
      [{ ...CLUSTERS, 'clusters.ohio.existing': { id: 'train' } }, 'clusters.ohio.existing', /^a cluster that exists/],
      [{ 'stores.scratch': { ...LUSTRE, existing: { id: 'fs-0a1b2c3d' } } }, 'stores.scratch.existing', 'sg-…'],
      [
        { 'stores.checkpoints': { ...BUCKET, existing: { id: 'corp', container: 'data' } } },
        'stores.checkpoints.existing.container',
        'has no meaning on AWS, only on azure',
      ],
    ],
  },
  ExistingOwned: {
    holds: [CLUSTERS, { 'stores.scratch': FILES, 'stores.checkpoints': BUCKET }],
    fails: [
      [{ ...AWS, 'sites.ohio.cidr': '10.64.0.0/16' }, 'sites.ohio.cidr', 'has no effect on a network that exists'],
      [{ ...AWS, 'sites.ohio.reserveBlocks': 4 }, 'sites.ohio.reserveBlocks', 'remove it, or "existing"'],
      [{ ...AWS, 'sites.ohio.network.dns': ['10.1.0.1'] }, 'sites.ohio.network.dns', 'left as it is'],
      [{ ...CLUSTERS, 'clusters.ohio.addons': { coredns: 'v1.35.0-eksbuild.2' } }, 'clusters.ohio.addons', 'cluster'],
      [{ ...CLUSTERS, 'clusters.ohio.controlPlaneTier': 'xl' }, 'clusters.ohio.controlPlaneTier', 'cluster'],
      [
        { ...CLUSTERS, 'clusters.ohio.systemPool': { machine: 'm7i.4xlarge' } },
        'clusters.ohio.systemPool.machine',
        'cluster',
      ],
      [{ ...CLUSTERS, 'clusters.ohio.access': { ranges: ['10.4.0.0/16'] } }, 'clusters.ohio.access', 'cluster'],
      [{ ...CLUSTERS, 'clusters.iowa.maintenance': { exclusions: [] } }, 'clusters.iowa.maintenance', 'cluster'],
      [{ ...CLUSTERS, 'clusters.ohio.logs': { retainDays: 90 } }, 'clusters.ohio.logs', 'cluster'],
      [{ ...CLUSTERS, 'clusters.phoenix.alarms': true }, 'clusters.phoenix.alarms', 'cluster'],
      [{ ...CLUSTERS, 'clusters.iowa.binaryAuthorization': true }, 'clusters.iowa.binaryAuthorization', 'cluster'],
      [{ ...CLUSTERS, 'clusters.east.policyAddon': true }, 'clusters.east.policyAddon', 'cluster'],
      [{ 'stores.scratch': { ...FILES, alarms: true } }, 'stores.scratch.alarms', 'store'],
      [{ 'stores.checkpoints': { ...BUCKET, logs: { retainDays: 90 } } }, 'stores.checkpoints.logs', 'store'],
      [{ 'stores.scratch': { ...FILES, capacityGiB: 9600 } }, 'stores.scratch.capacityGiB', 'store'],
      [{ 'stores.scratch': { ...FILES, throughputMBpsPerTiB: 500 } }, 'stores.scratch.throughputMBpsPerTiB', 'store'],
      [{ 'stores.checkpoints': { ...BUCKET, tags: { project: 'vision' } } }, 'stores.checkpoints.tags', 'store'],
      [
        { owners: { ops: OPS }, 'stores.scratch': { ...FILES, owner: 'ops' } },
        'stores.scratch.owner',
        'remove it, or "existing"',
      ],
      [{ 'stores.checkpoints': { ...BUCKET, retainDays: 90 } }, 'stores.checkpoints.retainDays', 'store'],
    ],
  },
  ExistingRange: {
    holds: [
      ALL,
      // Sites may share a network: subnets of one do not touch those of the other.
      {
        ...AWS,
        'sites.dayton': {
          account: 'aws-main',
          region: 'us-east-2',
          zones: ['us-east-2a'],
          network: { existing: { ...AWS_NETWORK, subnets: { n: subnet({ id: 'subnet-0b', cidr: '10.8.128.0/20' }) } } },
        },
      },
    ],
    fails: [
      [{ ...AWS, [`${OHIO}.cidrs`]: ['10.8.0.0/8'] }, `${OHIO}.cidrs.0`, 'is not a canonical IPv4 block'],
      [
        { ...AWS, [`${OHIO}.subnets.nodes-a.cidr`]: '10.8.16.1/20' },
        `${OHIO}.subnets.nodes-a.cidr`,
        'write 10.8.16.0/20',
      ],
      [{ ...AWS, [`${OHIO}.subnets.nodes-a.cidr`]: '10.9.0.0/20' }, `${OHIO}.subnets.nodes-a.cidr`, 'lies outside'],
      [
        { ...AWS, [`${OHIO}.subnets.nodes-b.cidr`]: '10.8.16.0/21' },
        `${OHIO}.subnets.nodes-b.cidr`,
        '10.8.16.0/21 overlaps 10.8.16.0/20 of subnet "nodes-a" of "ohio"',
      ],
      [
        { ...AWS, [`${OHIO}.subnets.pods-b.cidr`]: '100.64.0.0/18' },
        `${OHIO}.subnets.pods-b.cidr`,
        'overlaps 100.64.0.0/17 of subnet "pods-a"',
      ],
      [
        { ...AWS, ...AZURE, [`${EAST}.cidrs`]: ['10.0.0.0/8'] },
        `${EAST}.cidrs.0`,
        'overlaps 10.8.0.0/16 of the network of "ohio"',
      ],
      [
        { ...AZURE, [`${EAST}.cidrs`]: ['10.16.0.0/16', '10.64.0.0/16'], 'sites.ohio.cidr': '10.64.0.0/16' },
        `${EAST}.cidrs.1`,
        'overlaps 10.64.0.0/16 of the pinned block of "ohio"',
      ],
    ],
  },
  ExistingTwice: {
    holds: [
      {
        'stores.scratch': FILES,
        'stores.checkpoints': BUCKET,
        'stores.more': { ...BUCKET, existing: { id: 'corp-b' } },
      },
    ],
    fails: [
      [
        { 'stores.checkpoints': BUCKET, 'stores.more': BUCKET },
        'stores.more.existing.id',
        '"corp-datasets" is stores.checkpoints already',
      ],
      [
        {
          ...CLUSTERS,
          'clusters.ohio-more': { site: 'ohio', kubernetes: '1.33', existing: EKS },
        },
        'clusters.ohio-more.existing.id',
        'is clusters.ohio already',
      ],
    ],
  },
  KeyRegion: {
    holds: [
      {
        'accounts.aws-main.encryptionKey': { existing: AWS_KEY },
        'sites.iowa.encryptionKey': { existing: GOOGLE_KEY },
      },
    ],
    fails: [
      [
        { 'accounts.aws-main.encryptionKey': { existing: AWS_KEY.replace('us-east-2', 'us-west-2') } },
        'sites.ohio',
        'it is that of account "aws-main"',
      ],
      [
        { 'sites.ohio.encryptionKey': { existing: AWS_KEY.replace('us-east-2', 'us-west-2') } },
        'sites.ohio.encryptionKey.existing',
        'name a key of us-east-2',
      ],
      [
        { 'sites.iowa.encryptionKey': { existing: GOOGLE_KEY.replace('us-central1', 'global') } },
        'sites.iowa.encryptionKey.existing',
        'the key lies in "global"',
      ],
    ],
  },
  KeySubscription: {
    holds: [
      { ...AZURE, 'sites.east.encryptionKey': { existing: OTHER_KEY }, 'clusters.east.existing': AKS },
      { 'sites.east.encryptionKey': { existing: VAULT_KEY }, 'stores.scratch': AZURE_FILES },
      { 'accounts.azure-gb.encryptionKey': { existing: VAULT_KEY }, 'stores.scratch': AZURE_FILES },
    ],
    fails: [
      [
        { 'sites.east.encryptionKey': { existing: OTHER_KEY } },
        'sites.east.encryptionKey.existing',
        'name a key of that subscription',
      ],
      [
        {
          ...AZURE,
          'sites.east.encryptionKey': { existing: OTHER_KEY },
          'clusters.east.existing': AKS,
          'stores.scratch': AZURE_FILES,
        },
        'sites.east.encryptionKey.existing',
        'name a key of that subscription',
      ],
      [
        { 'accounts.azure-gb.encryptionKey': { existing: OTHER_KEY }, 'stores.scratch': AZURE_FILES },
        'sites.east',
        'the key lies in subscription 0e1d2c3b',
      ],
    ],
  },
  LustreEgress: {
    holds: [
      { 'sites.east.network': { egress: 'none' } },
      { 'sites.east.network': { egress: { via: '10.1.0.4' } }, 'stores.scratch': AZURE_FILES },
      { 'sites.ohio.network': { egress: 'none' } },
    ],
    fails: [
      [
        { 'sites.east.network': { egress: 'none' }, 'stores.scratch': AZURE_FILES },
        'stores.scratch.site',
        'give the site network: { egress: { via: … } }',
      ],
    ],
  },
  SubnetPlace: {
    holds: [
      ALL,
      {
        ...AWS,
        [`${OHIO}.subnets.second`]: subnet({ id: 'subnet-0b', cidr: '10.8.64.0/20', range: 2 }),
      },
      { ...AZURE, [`${EAST}.subnets.own`]: { id: 'own', role: 'nodes', cidr: '10.16.32.0/20', cluster: 'east' } },
    ],
    fails: [
      [
        { ...AZURE, [`${EAST}.subnets.nodes.role`]: 'pods' },
        `${EAST}.subnets.nodes.role`,
        'Azure has no subnets of role "pods"',
      ],
      [{ ...AWS, [`${OHIO}.subnets.nodes-a.zone`]: undefined }, `${OHIO}.subnets.nodes-a`, 'lies in a zone'],
      [
        { ...AWS, [`${OHIO}.subnets.nodes-a.zone`]: 'us-east-2c' },
        `${OHIO}.subnets.nodes-a.zone`,
        'site "ohio" has no zone "us-east-2c"',
      ],
      [
        { ...AWS, [`${OHIO}.subnets.nodes-a.cluster`]: 'ohio' },
        `${OHIO}.subnets.nodes-a.cluster`,
        'known there: "zone" or "range"',
      ],
      [
        { ...GOOGLE, [`${IOWA}.subnets.nodes.cluster`]: 'ohio' },
        `${IOWA}.subnets.nodes.cluster`,
        'site "iowa" has no cluster "ohio"',
      ],
      [
        { ...AZURE, [`${EAST}.subnets.nodes.shard`]: 2 },
        `${EAST}.subnets.nodes.shard`,
        '"shard" counts the Kubernetes clusters of one cluster',
      ],
      [
        {
          ...ORACLE,
          [`${PHOENIX}.subnets.lustre`]: {
            id: OCID('subnet'),
            role: 'storage',
            cidr: '10.32.64.0/26',
            store: 'scratch',
          },
        },
        `${PHOENIX}.subnets.lustre.store`,
        'file systems: "fast"',
      ],
      [
        { ...AWS, [`${OHIO}.subnets.second`]: subnet({ id: 'subnet-0b', cidr: '10.8.64.0/20' }) },
        `${OHIO}.subnets.second`,
        '"nodes-a" has this role and place already',
      ],
    ],
  },
};

/** What other rules say of what exists already. */
export const RULES_ON_EXISTING: Readonly<Record<string, RuleTable>> = {
  ClusterZones: {
    holds: [
      {
        ...CLUSTERS,
        'sites.ohio.zones': ['us-east-2b'],
        [`${OHIO}.subnets`]: { 'nodes-b': AWS_NETWORK.subnets['nodes-b'] },
      },
    ],
    fails: [
      [
        { ...CLUSTERS, 'clusters.ohio.existing': undefined, 'sites.ohio.zones': ['us-east-2b'] },
        'sites.ohio.zones',
        '2',
      ],
    ],
  },
  KubernetesVersion: {
    holds: [{ ...CLUSTERS, 'clusters.ohio.kubernetes': '1.29' }],
    fails: [[{ 'clusters.ohio.kubernetes': '1.29' }, 'clusters.ohio.kubernetes', 'does not offer']],
  },
  NodeRange: {
    holds: [
      { ...CLUSTERS, 'clusters.ohio.pools.train.nodes': { min: 0, max: 16 } },
      { ...CLUSTERS, 'clusters.iowa.pools.data': { machine: 'n4-standard-32', nodes: { min: 0, max: 4 } } },
    ],
    fails: [
      [
        { ...CLUSTERS, 'clusters.phoenix.pools.nodes.nodes': { min: 0, max: 4 } },
        'clusters.phoenix.pools.nodes.nodes',
        'write nodes: 4, and have its owner resize the pool',
      ],
    ],
  },
  OracleIdRegion: {
    holds: [{ ...ORACLE, 'sites.phoenix.encryptionKey': { existing: OCID('key', 'vault.aaaakey') } }],
    fails: [
      [{ ...ORACLE, [`${PHOENIX}.id`]: 'ocid1.vcn.oc1.iad.aaaahub' }, `${PHOENIX}.id`, 'lies in region "iad"'],
      [
        { 'sites.phoenix.encryptionKey': { existing: 'ocid1.key.oc1.iad.vault.aaaakey' } },
        'sites.phoenix.encryptionKey.existing',
        'lies in region "iad"',
      ],
    ],
  },
  OracleInputs: {
    holds: [{ ...ORACLE, 'sites.phoenix.serviceGateway': undefined }, CLUSTERS],
    fails: [
      [{ 'sites.phoenix.serviceGateway': undefined }, 'sites.phoenix', '"serviceGateway" is missing'],
      [{ ...ORACLE, 'clusters.phoenix.systemPool': {} }, 'clusters.phoenix', 'the system pool has no "image"'],
    ],
  },
  PodAddresses: {
    holds: [{ ...AWS, 'clusters.ohio.pools.train.nodes': 1500 }],
    fails: [[{ 'clusters.ohio.pools.train.nodes': 1500 }, 'sites.ohio.zones.1', 'of "us-east-2b", which hold']],
  },
  ReservedRange: {
    holds: [ALL],
    fails: [
      [
        { ...AWS, [`${OHIO}.cidrs`]: ['10.8.0.0/16', '172.17.0.0/24'] },
        `${OHIO}.cidrs.1`,
        '172.17.0.0/24 overlaps 172.17.0.0/16, which AWS uses itself',
      ],
    ],
  },
  SharedRange: {
    holds: [ALL],
    fails: [
      [
        { ...AWS, [`${OHIO}.cidrs`]: ['10.8.0.0/16', '100.64.0.0/16'] },
        `${OHIO}.cidrs.1`,
        '100.64.0.0/16, which the network of "ohio" has, overlaps 100.64.0.0/10, the range of pods',
      ],
    ],
  },
  StoreTier: {
    holds: [{ 'stores.scratch': FILES }],
    fails: [[{ 'stores.scratch.throughputMBpsPerTiB': undefined }, 'stores.scratch', 'has no performance tier']],
  },
};
