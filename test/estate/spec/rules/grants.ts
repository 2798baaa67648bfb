import { AWS_NETWORK } from '../../../helpers/existing';
import type { RuleTable } from './table';

const DOMAIN = { url: 'https://idcs-0a1b.identity.oraclecloud.com', clientId: 'c0ffee00' };
const grant = (from: unknown, to: string, more: object = {}) => ({ from, to, access: 'read', ...more });
const EKS = {
  'sites.ohio.network.existing': AWS_NETWORK,
  'clusters.ohio.existing': {
    id: 'train-prod',
    securityGroupId: 'sg-0a1b2c3d4e5f60718',
    nodeRole: 'arn:aws:iam::111122223333:role/train-prod-nodes',
  },
  'clusters.ohio.kubernetes': '1.33',
};
const ICEBERG = { 'stores.iceberg': { kind: 'object', site: 'phoenix' } };
const TENANCY = {
  'accounts.other': {
    cloud: 'oracle',
    tenancyId: 'ocid1.tenancy.oc1..other',
    compartmentId: 'ocid1.compartment.oc1..other',
    homeRegion: 'us-ashburn-1',
    objectStorageNamespace: 'other',
  },
  'sites.ashburn': { account: 'other', region: 'us-ashburn-1', zones: ['Uocm:US-ASHBURN-AD-1'] },
  'stores.iceberg': { kind: 'object', site: 'ashburn' },
};
const GOV = {
  'accounts.gov': { cloud: 'aws', accountId: '444455556666' },
  'sites.gov': { account: 'gov', region: 'us-gov-west-1', zones: ['us-gov-west-1a'] },
  'stores.vault': { kind: 'object', site: 'gov' },
};
const SECOND = {
  'sites.oregon': { account: 'google-main', region: 'us-west1', zones: ['us-west1-a'] },
  'stores.west': { kind: 'object', site: 'oregon' },
};
const FRANKFURT = {
  'sites.frankfurt': { account: 'aws-main', region: 'eu-central-1', zones: ['eu-central-1a'] },
  'clusters.main': { site: 'frankfurt', pools: {} },
};
/** A site in Frankfurt and one in the region of Ohio, of an account of its own, each with a store; Ohio has no way out. */
const CLOSED = {
  'sites.ohio.network': { egress: 'none' },
  'sites.frankfurt': { account: 'aws-main', region: 'eu-central-1', zones: ['eu-central-1a'] },
  'accounts.other': { cloud: 'aws', accountId: '444455556666' },
  'sites.near': { account: 'other', region: 'us-east-2', zones: ['us-east-2a'] },
  'stores.far': { kind: 'object', site: 'frankfurt' },
  'stores.near': { kind: 'object', site: 'near' },
};
const TWIN = { 'clusters.twin': { site: 'iowa', pools: {} } };
const BLOBS = { 'stores.blobs': { kind: 'object', site: 'east' } };

/** A hundred and one clusters that each sign for themselves. */
const MANY = {
  clusters: Object.fromEntries(
    Array.from({ length: 101 }, (_, index) => [`c${index}`, { site: 'iowa', pools: {}, kubernetes: '1.33' }]),
  ),
  grants: Object.fromEntries(
    Array.from({ length: 101 }, (_, index) => [`g${index}`, grant(`c${index}`, 'checkpoints')]),
  ),
};
const HUNDRED = {
  ...MANY,
  grants: Object.fromEntries(Object.entries(MANY.grants).slice(0, 100)),
};

/** Rules on grants of workloads to stores. */
export const GRANT_RULES: Readonly<Record<string, RuleTable>> = {
  GrantIssuer: {
    holds: [
      { ...EKS, 'grants.a': grant('ohio', 'tpu') },
      {
        ...EKS,
        'clusters.ohio.existing.oidcIssuer': 'https://oidc.eks.us-east-2.amazonaws.com/id/0A',
        'grants.a': grant('ohio', 'tpu', { anchor: 'cluster' }),
      },
    ],
    fails: [
      [
        { ...EKS, 'grants.a': grant('ohio', 'tpu', { anchor: 'cluster' }) },
        'clusters.ohio.existing',
        'write oidcIssuer',
      ],
    ],
  },
  GrantKey: {
    holds: [
      { 'grants.a': grant('iowa', 'checkpoints') },
      {
        ...ICEBERG,
        'grants.a': grant('iowa', 'iceberg', { acknowledge: 'SEC-1' }),
        'accounts.oracle-main.identityDomain': DOMAIN,
      },
      { ...ICEBERG, 'grants.a': grant('phoenix', 'iceberg') },
    ],
    fails: [
      [{ ...ICEBERG, 'grants.a': grant('iowa', 'iceberg') }, 'grants.a', 'the secret of an OAuth client'],
      [
        { ...ICEBERG, 'grants.a': grant('iowa', 'iceberg', { acknowledge: 'SEC-1' }) },
        'accounts.oracle-main',
        'write identityDomain',
      ],
      [
        { 'grants.a': grant('iowa', 'checkpoints', { acknowledge: 'SEC-1' }) },
        'grants.a.acknowledge',
        'nothing to accept',
      ],
    ],
  },
  GrantLimit: {
    holds: [HUNDRED],
    fails: [[MANY, 'grants.g100.to', 'it takes 100 issuers']],
  },
  GrantNotOffered: {
    holds: [
      { 'grants.a': grant('ohio', 'tpu', { anchor: 'cluster' }) },
      { 'grants.a': grant('ohio', 'tpu', { anchor: 'account' }) },
    ],
    fails: [
      [{ 'grants.a': grant('iowa', 'checkpoints', { anchor: 'account' }) }, 'grants.a.anchor', 'vouches for no pod'],
      [{ 'grants.a': grant('iowa', 'tpu', { anchor: 'cluster' }) }, 'grants.a.anchor', 'remove anchor'],
      [{ ...TENANCY, 'grants.a': grant('phoenix', 'iceberg') }, 'grants.a.to', 'different tenancies'],
      [{ ...GOV, 'grants.a': grant('ohio', 'vault') }, 'grants.a.to', 'know no roles of each other'],
      [{ ...SECOND, 'grants.a': grant('iowa', 'west', { anchor: 'cluster' }) }, 'grants.a.anchor', 'inside one cloud'],
    ],
  },
  GrantResidency: {
    holds: [
      { 'stores.checkpoints.residency': ['US'], 'grants.a': grant('iowa', 'checkpoints') },
      { 'stores.tpu.residency': ['US'], ...FRANKFURT, 'grants.a': { from: 'main', to: 'tpu', access: 'write' } },
    ],
    fails: [
      [
        { 'stores.tpu.residency': ['US'], ...FRANKFURT, 'grants.a': grant('main', 'tpu') },
        'grants.a.from',
        'in DE (eu-central-1), and its data may only lie in US',
      ],
    ],
  },
  GrantShared: {
    holds: [
      { ...SECOND, 'grants.a': grant('iowa', 'west') },
      { ...SECOND, ...TWIN, 'grants.a': grant({ cluster: 'iowa', serviceAccount: 'loader' }, 'west') },
    ],
    fails: [
      [{ ...SECOND, ...TWIN, 'grants.a': grant('iowa', 'west') }, 'grants.a.from', 'the same principal in "twin"'],
    ],
  },
  GrantStore: {
    holds: [{ 'grants.a': grant('iowa', 'checkpoints') }],
    fails: [[{ 'grants.a': grant('iowa', 'scratch') }, 'grants.a.to', 'is a Lustre file system']],
  },
  GrantTwice: {
    holds: [
      {
        'grants.a': grant('iowa', 'checkpoints'),
        'grants.b': grant({ cluster: 'iowa', serviceAccount: 'loader' }, 'checkpoints'),
      },
      { 'grants.a': grant({ cluster: 'ohio', serviceAccount: 'loader' }, 'checkpoints') },
    ],
    fails: [
      [
        {
          'grants.a': grant('iowa', 'checkpoints'),
          'grants.b': grant({ cluster: 'iowa', namespace: 'training' }, 'checkpoints'),
        },
        'grants.b.to',
        'grant "a" gives the same',
      ],
      [{ 'grants.a': grant('ohio', 'checkpoints') }, 'grants.a.from', 'mounts "checkpoints"'],
    ],
  },
  GrantUnreachable: {
    holds: [
      { ...BLOBS, 'grants.a': grant('east', 'blobs') },
      { ...BLOBS, 'grants.a': grant('iowa', 'blobs'), 'links.a': { between: ['iowa', 'east'] } },
      { ...CLOSED, 'grants.a': grant('ohio', 'near') },
    ],
    fails: [
      [{ ...CLOSED, 'grants.a': grant('ohio', 'far') }, 'grants.a.to', 'of its own region only, not to eu-central-1'],
      [{ ...BLOBS, 'grants.a': grant('iowa', 'blobs') }, 'grants.a.to', 'add a link between iowa and east'],
      [
        { 'grants.a': grant('iowa', 'checkpoints'), 'sites.iowa.network': { egress: 'none' } },
        'grants.a.to',
        'have no way out',
      ],
    ],
  },
};
