const OCID = (kind: string, name: string) => `ocid1.${kind}.oc1.phx.${name}`;
const SUBNET = (mark: number) => `subnet-0a1b2c3d4e5f6000${mark}`;

/** A VPC that another account shares, with subnets in two zones. */
export const AWS_NETWORK = {
  id: 'vpc-0a1b2c3d4e5f60718',
  accountId: '444455556666',
  cidrs: ['10.8.0.0/16'],
  subnets: {
    'control-a': { id: SUBNET(1), role: 'control-plane', zone: 'us-east-2a', cidr: '10.8.0.0/28' },
    'control-b': { id: SUBNET(2), role: 'control-plane', zone: 'us-east-2b', cidr: '10.8.0.16/28' },
    'nodes-a': { id: SUBNET(3), role: 'nodes', zone: 'us-east-2a', cidr: '10.8.16.0/20' },
    'nodes-b': { id: SUBNET(4), role: 'nodes', zone: 'us-east-2b', cidr: '10.8.32.0/20' },
    'pods-a': { id: SUBNET(5), role: 'pods', zone: 'us-east-2a', cidr: '100.64.0.0/17' },
    'pods-b': { id: SUBNET(6), role: 'pods', zone: 'us-east-2b', cidr: '100.64.128.0/17' },
  },
} as const;

/** A virtual network of a landing zone, with the private DNS zones of its hub. */
export const AZURE_NETWORK = {
  id: 'hub-eastus2',
  subscriptionId: '0e1d2c3b-4a59-4687-9a0b-1c2d3e4f5a6b',
  resourceGroup: 'hub-network',
  privateDns: { resourceGroup: 'hub-dns' },
  cidrs: ['10.16.0.0/16'],
  subnets: {
    nodes: { id: 'nodes', role: 'nodes', cidr: '10.16.0.0/20' },
    api: { id: 'aks-api', role: 'control-plane', cidr: '10.16.16.0/27' },
    endpoints: { id: 'private-endpoints', role: 'endpoints', cidr: '10.16.17.0/24' },
    lustre: { id: 'lustre', role: 'storage', cidr: '10.16.18.0/24', store: 'scratch', securityGroup: 'lustre-nsg' },
  },
} as const;

/** A shared VPC network of a host project. */
export const GOOGLE_NETWORK = {
  id: 'shared-vpc',
  projectId: 'orion-host',
  cidrs: ['10.24.0.0/16'],
  subnets: {
    nodes: { id: 'train-nodes', role: 'nodes', cidr: '10.24.0.0/20', cluster: 'iowa-b200' },
    pods: { id: 'train-pods', role: 'pods', cidr: '100.64.0.0/14', cluster: 'iowa-b200' },
    services: { id: 'train-services', role: 'services', cidr: '172.20.0.0/20', cluster: 'iowa-b200' },
    lustre: { id: 'google-managed-services', role: 'storage', cidr: '10.24.64.0/20' },
  },
} as const;

/** A VCN of another compartment. */
export const ORACLE_NETWORK = {
  id: OCID('vcn', 'aaaahub'),
  compartmentId: 'ocid1.compartment.oc1..aaaanetwork',
  cidrs: ['10.32.0.0/16'],
  subnets: { nodes: { id: OCID('subnet', 'aaaanodes'), role: 'nodes', cidr: '10.32.0.0/20' } },
} as const;

/** The ARN of a key of a security account. */
export const AWS_KEY = 'arn:aws:kms:us-east-2:444455556666:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';

/** An estate on networks, clusters, stores and keys that exist already, on all four clouds. */
export const EXISTING = {
  estate: 'v1',
  name: 'orion',
  owner: { team: 'platform', email: 'platform@example.com' },
  accounts: {
    aws: { cloud: 'aws', accountId: '111122223333', encryptionKey: { existing: AWS_KEY } },
    azure: {
      cloud: 'azure',
      subscriptionId: '5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01',
      tenantId: '9c3b7a52-1d4e-4f6a-8b0c-2e5d7f9a1b03',
    },
    google: { cloud: 'google', projectId: 'orion-train', projectNumber: '123456789012' },
    oracle: {
      cloud: 'oracle',
      tenancyId: 'ocid1.tenancy.oc1..aaaaexample',
      compartmentId: 'ocid1.compartment.oc1..aaaatrain',
      homeRegion: 'us-ashburn-1',
      objectStorageNamespace: 'axaxnpcrorw5',
    },
  },
  sites: {
    ohio: {
      account: 'aws',
      region: 'us-east-2',
      zones: ['us-east-2a', 'us-east-2b'],
      network: { egress: { via: 'tgw-0a1b2c3d4e5f60718' }, existing: AWS_NETWORK },
    },
    virginia: {
      account: 'azure',
      region: 'eastus2',
      zones: ['1'],
      network: { egress: { via: '10.16.255.4' }, existing: AZURE_NETWORK },
    },
    iowa: {
      account: 'google',
      region: 'us-central1',
      zones: ['us-central1-b'],
      network: { existing: GOOGLE_NETWORK },
    },
    phoenix: {
      account: 'oracle',
      region: 'us-phoenix-1',
      zones: ['Uocm:PHX-AD-1'],
      network: { existing: ORACLE_NETWORK },
      encryptionKey: { existing: OCID('key', 'bbbbvault.aaaakey') },
    },
  },
  clusters: {
    'ohio-b200': {
      site: 'ohio',
      mounts: ['datasets', 'checkpoints'],
      pools: { train: { accelerator: 'b200', nodes: 16, zone: 'us-east-2a' } },
    },
    'ohio-serve': {
      site: 'ohio',
      kubernetes: '1.35',
      existing: {
        id: 'serve-prod',
        securityGroupId: 'sg-0a1b2c3d4e5f60718',
        nodeRole: 'arn:aws:iam::111122223333:role/serve-prod-nodes',
      },
      pools: { serve: { accelerator: 'h100', nodes: 2, zone: 'us-east-2b' } },
    },
    'virginia-gb300': {
      site: 'virginia',
      mounts: ['scratch'],
      pools: { train: { accelerator: 'gb300', racks: 1 } },
    },
    'iowa-b200': {
      site: 'iowa',
      mounts: ['corpus'],
      pools: { train: { accelerator: 'b200', nodes: 8, capacity: { kind: 'spot' } } },
    },
    'phoenix-h200': {
      site: 'phoenix',
      kubernetes: '1.35',
      existing: { id: OCID('cluster', 'aaaaoke'), securityGroupId: OCID('networksecuritygroup', 'aaaanodes') },
      pools: { train: { accelerator: 'h200', nodes: 4, image: OCID('image', 'aaaaimage') } },
    },
  },
  stores: {
    datasets: { kind: 'object', site: 'ohio', existing: { id: 'corp-datasets' } },
    checkpoints: { kind: 'object', site: 'ohio' },
    scratch: { kind: 'lustre', site: 'virginia', capacityTiB: 48, throughputMBpsPerTiB: 125 },
    corpus: { kind: 'object', site: 'iowa', existing: { id: 'orion-corpus' } },
  },
  acknowledge: [{ rule: 'RestrictedMachine', path: 'clusters.virginia-gb300', reason: 'approved' }],
};
