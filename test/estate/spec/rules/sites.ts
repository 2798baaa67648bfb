import type { Changes } from '../fixtures';
import type { RuleTable } from './table';

const SCRATCH = 'stores.scratch';
const FAST = 'stores.fast';

const OHIO_POOL = 'clusters.ohio.pools.train';
/** Versions that a cloud is made to offer. */
const versionsOf = (cloud: string, versions: readonly string[]) => ({
  catalog: { kubernetes: { [cloud]: { versions, source: 'release notes', checked: '2026-11' } } },
});
const AZURE_VERSIONS = versionsOf('azure', ['1.33', '1.34']);
const GOOGLE_VERSIONS = versionsOf('google', ['1.33', '1.36']);
const ORACLE_VERSIONS = versionsOf('oracle', ['1.32.1', '1.33.1']);

const FAR_SITE = {
  account: 'aws-main',
  region: 'ap-southeast-6',
  zones: ['ap-southeast-6a', 'ap-southeast-6b'],
};
const FAR_STORE = {
  kind: 'lustre',
  site: 'far',
  zone: 'ap-southeast-6a',
  capacityGiB: 9600,
  throughputMBpsPerTiB: 500,
};

const RESEARCH = { team: 'research', email: 'research@example.com' };

const MOST_3 = { value: 3, source: 'CASE-1', checked: '2026-11' };

/** A cluster with as many object stores besides file systems, which do not count. */
function mounting(count: number, site: string): Changes {
  const keys = Array.from({ length: count }, (_, index) => `more-${index}`);
  const own = site === 'ohio' ? ['scratch'] : [];
  const stores = keys.map((key) => [`stores.${key}`, { kind: 'object', site }] as const);
  return { ...Object.fromEntries(stores), [`clusters.${site}.mounts`]: [...own, ...keys] };
}

/** Rules on references, regions, zones, addresses, stores and keys. */
export const SITE_RULES: Readonly<Record<string, RuleTable>> = {
  UnknownReference: {
    holds: [
      { 'clusters.ohio.mounts': [] },
      {
        owners: { research: RESEARCH },
        'accounts.aws-main.owner': 'research',
        'sites.ohio.owner': 'research',
        'clusters.ohio.owner': 'research',
        'clusters.ohio.pools.train.owner': 'research',
        'stores.tpu.owner': 'research',
      },
    ],
    fails: [
      [{ 'sites.ohio.account': 'aws-mian' }, 'sites.ohio.account', 'did you mean "aws-main"?'],
      [{ 'clusters.ohio.site': 'constructor' }, 'clusters.ohio.site', 'there is no site "constructor"'],
      [{ 'grants.a': { from: 'ohoi', to: 'tpu', access: 'read' } }, 'grants.a.from', 'did you mean "ohio"?'],
      [
        { 'grants.a': { from: { cluster: 'ohoi' }, to: 'tpu', access: 'read' } },
        'grants.a.from.cluster',
        'there is no cluster "ohoi"',
      ],
      [{ 'grants.a': { from: 'ohio', to: 'tup', access: 'read' } }, 'grants.a.to', 'there is no store "tup"'],
      [{ 'clusters.ohio.mounts.1': 'checkpoint' }, 'clusters.ohio.mounts.1', 'did you mean "checkpoints"?'],
      [{ 'stores.tpu.site': 'utah' }, 'stores.tpu.site', 'sites: ohio, east, iowa, phoenix'],
      [{ links: { a: { between: ['ohio', 'iowaa'] } } }, 'links.a.between.1', 'did you mean "iowa"?'],
      [{ links: { a: { between: ['ohio', 'iowa'], via: 'utah' } } }, 'links.a.via', 'there is no site "utah"'],
      [{ 'sites.ohio.owner': 'research' }, 'sites.ohio.owner', 'there are no owners yet; add it below "owners:"'],
      [
        { owners: { research: RESEARCH }, 'clusters.ohio.pools.train.owner': 'reserach' },
        'clusters.ohio.pools.train.owner',
        'there is no owner "reserach"; did you mean "research"?',
      ],
      [
        { 'sites.ohio.renamedFrom': 'dayton', 'stores.tpu.site': 'dayton' },
        'stores.tpu.site',
        'it is now called "ohio"',
      ],
    ],
  },
  AccountTwice: {
    holds: [{ 'accounts.aws-lab': { cloud: 'aws', accountId: '444455556666' } }],
    fails: [
      [
        { 'accounts.aws-lab': { cloud: 'aws', accountId: '111122223333' } },
        'accounts.aws-lab.accountId',
        'is account "aws-main" already',
      ],
    ],
  },
  AccountCloud: {
    holds: [
      {
        'clusters.ohio.pools': {},
        'sites.ohio.zones': ['us-east-1a', 'us-east-1b'],
        'sites.ohio.region': 'us-east-1',
        'stores.scratch.zone': 'us-east-1a',
      },
    ],
    fails: [
      [
        { 'sites.ohio.region': 'eastus2' },
        'sites.ohio.region',
        'is a region of Azure, but account "aws-main" is on AWS',
      ],
    ],
  },
  AccountPartition: {
    holds: [
      { 'accounts.aws-main.clusterAdmins': ['arn:aws:iam::111122223333:role/platform-admin'] },
      { 'sites.ohio.access': { viewers: ['arn:aws:iam::111122223333:role/research'] } },
      {
        'accounts.gov': {
          cloud: 'aws',
          accountId: '444455556666',
          clusterAdmins: ['arn:aws-us-gov:iam::444455556666:role/platform-admin'],
        },
        'sites.gov': { account: 'gov', region: 'us-gov-west-1', zones: ['us-gov-west-1a', 'us-gov-west-1b'] },
      },
      // Without a site it is not known where the account lives.
      {
        'accounts.gov': {
          cloud: 'aws',
          accountId: '444455556666',
          clusterAdmins: ['arn:aws-us-gov:iam::444455556666:role/platform-admin'],
        },
      },
    ],
    fails: [
      [
        { 'sites.gov': { account: 'aws-main', region: 'us-gov-west-1', zones: ['us-gov-west-1a', 'us-gov-west-1b'] } },
        'sites.gov.region',
        '"us-gov-west-1" is in partition aws-us-gov; account "aws-main" has us-east-2 too, in aws',
      ],
      [
        { 'accounts.aws-main.clusterAdmins': ['arn:aws-us-gov:iam::111122223333:role/platform-admin'] },
        'accounts.aws-main.clusterAdmins.0',
        'its ARN begins with arn:aws:iam::',
      ],
      [
        { 'clusters.ohio.access': { viewers: ['arn:aws-us-gov:iam::111122223333:role/research'] } },
        'clusters.ohio.access.viewers.0',
        'the viewer is not in partition aws, where us-east-2 is',
      ],
      [
        { 'accounts.aws-main.access.administrators': ['arn:aws-cn:iam::111122223333:role/platform'] },
        'accounts.aws-main.access.administrators.0',
        'the administrator is not in partition aws',
      ],
    ],
  },
  RegionUnknown: {
    holds: [
      {},
      {
        'sites.east.region': 'westus9',
        catalog: { regions: { azure: { names: ['westus9'], source: 'announcement of 2026-10', checked: '2026-11' } } },
      },
    ],
    fails: [
      [{ 'sites.ohio.region': 'us-east-9' }, 'sites.ohio.region', 'a newer one goes under catalog.regions.aws'],
      [{ 'sites.ohio.region': 'us-esat-2' }, 'sites.ohio.region', 'did you mean "us-east-2"?'],
      [
        { 'accounts.oracle-main.homeRegion': 'us-nowhere-1' },
        'accounts.oracle-main.homeRegion',
        'no region "us-nowhere-1"',
      ],
    ],
  },
  RegionLacks: {
    holds: [
      { 'sites.far': FAR_SITE, 'stores.copies': { kind: 'object', site: 'far' } },
      {
        'sites.far': FAR_SITE,
        'stores.near': FAR_STORE,
        catalog: { regions: { aws: { names: ['ap-southeast-6'], source: 'announcement', checked: '2026-11' } } },
      },
    ],
    fails: [
      [
        { 'sites.far': FAR_SITE, 'stores.near': FAR_STORE },
        'stores.near.site',
        'AWS has no AWS::FSx::FileSystem in "ap-southeast-6"',
      ],
    ],
  },
  ZoneForm: {
    holds: [{ 'sites.ohio.zones': ['us-east-2a', 'us-east-2b', 'us-east-2-dfw-2a'] }],
    fails: [
      [
        { 'sites.ohio.zones.0': 'us-east-1a' },
        'sites.ohio.zones.0',
        '"us-east-1a" is no zone of AWS region "us-east-2"',
      ],
      [{ 'sites.ohio.zones': ['us-east-2b', 'us-east-2b'] }, 'sites.ohio.zones.1', 'is listed twice'],
      [{ 'sites.east.zones': ['eastus2-1'] }, 'sites.east.zones.0', 'zones look like "1", "2" or "3"'],
      [{ 'sites.iowa.zones': ['us-central1'] }, 'sites.iowa.zones.0', 'us-central1-a'],
      [{ 'sites.phoenix.zones': ['AD-1'] }, 'sites.phoenix.zones.0', 'Uocm:PHX-AD-1'],
      [
        { 'sites.east.region': 'westus' },
        'sites.east.zones.0',
        'leave zones out; where it has some by now, state them under catalog.regions.azure',
      ],
    ],
  },
  ZoneLimit: {
    holds: [{ 'sites.ohio.zones': ['a', 'b', 'c', 'd'].map((letter) => `us-east-2${letter}`) }],
    fails: [
      [
        { 'sites.ohio.zones': ['a', 'b', 'c', 'd', 'e'].map((letter) => `us-east-2${letter}`) },
        'sites.ohio.zones',
        'use at most 4 zones',
      ],
    ],
  },
  ZoneMissing: {
    holds: [
      { 'sites.ohio.zones': ['us-east-2b'], 'clusters.ohio.pools.train.zone': undefined },
      { 'sites.east.zones': undefined, 'sites.east.region': 'westus' },
      {
        'sites.east.zones': [],
        'sites.east.region': 'westus',
        'stores.files': { kind: 'lustre', site: 'east', capacityTiB: 16, throughputMBpsPerTiB: 125 },
      },
      {
        'sites.east.zones': undefined,
        'sites.east.region': 'westus9',
        catalog: { regions: { azure: { zones: { westus9: [] }, source: 'announcement', checked: '2026-11' } } },
      },
    ],
    fails: [
      [{ 'clusters.ohio.pools.train.zone': undefined }, 'clusters.ohio.pools.train', 'site "ohio" has 2'],
      [{ [`${SCRATCH}.zone`]: undefined }, SCRATCH, 'the file system names no zone'],
      [
        { 'sites.east.zones': undefined },
        'sites.east',
        'write zones: with some of "1", "2" or "3"; a region without any goes under catalog.regions.azure',
      ],
      [
        { 'sites.ohio.zones': undefined, 'clusters.ohio.pools.train.zone': undefined, [`${SCRATCH}.zone`]: undefined },
        'sites.ohio',
        'the site names no zone of AWS region "us-east-2"',
      ],
      [
        {
          'sites.iowa.zones': [],
          catalog: { regions: { google: { zones: { 'us-central1': [] }, source: 'a slip', checked: '2026-11' } } },
        },
        'sites.iowa',
        'the site names no zone of Google Cloud region "us-central1"',
      ],
    ],
  },
  ZoneOutsideSite: {
    holds: [
      {
        'sites.ohio.zones.2': 'us-east-2c',
        'clusters.ohio.pools.more': { accelerator: 'b200', nodes: 1, zone: 'us-east-2b' },
      },
    ],
    fails: [
      [
        { 'clusters.ohio.pools.train.zone': 'us-east-2d' },
        'clusters.ohio.pools.train.zone',
        'is no zone of site "ohio"',
      ],
      [{ [`${SCRATCH}.zone`]: 'us-east-2d' }, `${SCRATCH}.zone`, 'its zones: "us-east-2a" or "us-east-2b"'],
      [
        { 'sites.east.zones': undefined, 'sites.east.region': 'westus', 'clusters.east.pools.train.zone': '1' },
        'clusters.east.pools.train.zone',
        'the site has none: leave zone out',
      ],
    ],
  },
  MaintenanceOffered: {
    holds: [
      { 'clusters.iowa.maintenance': { window: { days: ['wed', 'sat'], start: '22:00', hours: 4 } } },
      { 'clusters.iowa.maintenance': { exclusions: [{ name: 'run', start: '2026-12-01' }] } },
      { 'clusters.iowa.maintenance': { exclusions: [] } },
      {
        'clusters.east.maintenance': {
          window: { days: ['sun'], start: '02:00', hours: 24 },
          exclusions: [{ name: 'run', start: '2026-12-01', end: '2026-12-01' }],
        },
      },
    ],
    fails: [
      [{ 'clusters.ohio.maintenance': {} }, 'clusters.ohio.maintenance', 'EKS has no maintenance windows'],
      [{ 'clusters.phoenix.maintenance': {} }, 'clusters.phoenix.maintenance', 'OKE has no maintenance windows'],
      [
        { 'clusters.phoenix.maintenance': {} },
        'clusters.phoenix.maintenance',
        'remove it; upgrade by "kubernetes" at a time of your own',
      ],
      [
        { 'clusters.iowa.maintenance': { window: { days: ['sat'], start: '04:00', hours: 3 } } },
        'clusters.iowa.maintenance.window.hours',
        'write hours: 4',
      ],
      [
        { 'clusters.iowa.maintenance': { window: { days: ['sat', 'sat'], start: '04:00', hours: 4 } } },
        'clusters.iowa.maintenance.window.days',
        'a day is listed twice',
      ],
      [
        { 'clusters.east.maintenance': { window: { days: ['sat', 'sun'], start: '04:00', hours: 8 } } },
        'clusters.east.maintenance.window.days',
        'write days: [sat]',
      ],
      [
        { 'clusters.east.maintenance': { exclusions: [{ name: 'run', start: '2026-12-01' }] } },
        'clusters.east.maintenance.exclusions.0',
        'add end: its last day',
      ],
      [
        {
          'clusters.iowa.maintenance': {
            exclusions: [
              { name: 'run', start: '2026-12-01' },
              { name: 'run', start: '2027-12-01' },
            ],
          },
        },
        'clusters.iowa.maintenance.exclusions.1.name',
        '"run" is listed twice',
      ],
      [
        { 'clusters.iowa.maintenance': { exclusions: [{ name: 'run', start: '2026-12-02', end: '2026-12-01' }] } },
        'clusters.iowa.maintenance.exclusions.0.end',
        'ends on 2026-12-01, before it starts on 2026-12-02',
      ],
      [
        {
          'clusters.iowa.maintenance': {
            exclusions: Array.from({ length: 21 }, (_, index) => ({ name: `run-${index}`, start: '2026-12-01' })),
          },
        },
        'clusters.iowa.maintenance.exclusions',
        'keeps 20 exclusions of a cluster; these are 21',
      ],
    ],
  },
  PoolVersion: {
    holds: [
      { 'clusters.ohio.kubernetes': '1.36', [`${OHIO_POOL}.kubernetes`]: '1.36' },
      { 'clusters.ohio.kubernetes': '1.36', [`${OHIO_POOL}.kubernetes`]: '1.35' },
      // Three minor versions are allowed where the provider follows Kubernetes.
      { ...AZURE_VERSIONS, 'clusters.east.kubernetes': '1.37', 'clusters.east.pools.train.kubernetes': '1.34' },
      { ...GOOGLE_VERSIONS, 'clusters.iowa.kubernetes': '1.36', 'clusters.iowa.pools.racks.kubernetes': '1.34' },
      {
        ...ORACLE_VERSIONS,
        'clusters.phoenix.kubernetes': '1.36',
        'clusters.phoenix.pools.racks.kubernetes': '1.33.1',
      },
    ],
    fails: [
      [
        { 'clusters.ohio.kubernetes': '1.36', [`${OHIO_POOL}.kubernetes`]: '1.34' },
        `${OHIO_POOL}.kubernetes`,
        '"1.34" is 2 minor versions behind the control plane; AWS allows 1',
      ],
      [
        { 'clusters.ohio.kubernetes': '1.36', [`${OHIO_POOL}.kubernetes`]: '1.34' },
        `${OHIO_POOL}.kubernetes`,
        'leave the cluster at "1.35" until the pool runs "1.35": change one, apply, then the other',
      ],
      [
        { 'clusters.ohio.kubernetes': '1.35', [`${OHIO_POOL}.kubernetes`]: '1.36' },
        `${OHIO_POOL}.kubernetes`,
        '"1.36" is ahead of the control plane, which runs "1.35"',
      ],
      [{ [`${OHIO_POOL}.kubernetes`]: '1.35' }, `${OHIO_POOL}.kubernetes`, 'write clusters.ohio.kubernetes'],
      [
        { ...AZURE_VERSIONS, 'clusters.east.kubernetes': '1.37', 'clusters.east.pools.train.kubernetes': '1.33' },
        'clusters.east.pools.train.kubernetes',
        'leave the cluster at "1.36" until the pool runs "1.34"',
      ],
      [
        { ...GOOGLE_VERSIONS, 'clusters.iowa.kubernetes': '1.36', 'clusters.iowa.pools.racks.kubernetes': '1.33' },
        'clusters.iowa.pools.racks.kubernetes',
        'Google Cloud allows 2',
      ],
      [
        {
          ...ORACLE_VERSIONS,
          'clusters.phoenix.kubernetes': '1.36',
          'clusters.phoenix.pools.racks.kubernetes': '1.32.1',
        },
        'clusters.phoenix.pools.racks.kubernetes',
        'Oracle Cloud allows 3',
      ],
    ],
  },
  PinnedVersion: {
    holds: [
      {
        'clusters.ohio.kubernetes': '1.35',
        'clusters.ohio.addons': { 'kube-proxy': 'v1.35.0-eksbuild.2', 'vpc-cni': 'v1.20.4-eksbuild.2' },
        'clusters.ohio.systemPool': { release: '1.35.0-20260120' },
        [`${OHIO_POOL}.kubernetes`]: '1.34',
        [`${OHIO_POOL}.release`]: '1.34.2-20260120',
      },
      { 'clusters.ohio.kubernetes': '1.36', 'clusters.ohio.addons': { 'kube-proxy': 'v1.33.0-eksbuild.2' } },
    ],
    fails: [
      [
        { 'clusters.ohio.kubernetes': '1.35', [`${OHIO_POOL}.release`]: '1.34.2-20260120' },
        `${OHIO_POOL}.release`,
        '"1.34.2-20260120" is a release for another Kubernetes version than "1.35"',
      ],
      [
        { 'clusters.ohio.kubernetes': '1.35', 'clusters.ohio.systemPool': { release: '1.36.0-20260120' } },
        'clusters.ohio.systemPool.release',
        'write a release 1.35.x',
      ],
      [
        { 'clusters.ohio.kubernetes': '1.35', 'clusters.ohio.addons': { 'kube-proxy': 'v1.36.0-eksbuild.9' } },
        'clusters.ohio.addons.kube-proxy',
        'may be 3 minor versions behind and none ahead',
      ],
      [
        { 'clusters.ohio.kubernetes': '1.37', 'clusters.ohio.addons': { 'kube-proxy': 'v1.33.0-eksbuild.2' } },
        'clusters.ohio.addons.kube-proxy',
        'aws eks describe-addon-versions --addon-name kube-proxy --kubernetes-version 1.37',
      ],
    ],
  },
  KubernetesVersion: {
    holds: [
      { 'clusters.ohio.kubernetes': '1.35' },
      { 'clusters.iowa.kubernetes': '1.34' },
      {
        'clusters.iowa.kubernetes': '1.35.3-gke.1389000',
        'clusters.iowa.pools.racks.kubernetes': '1.34.9-gke.1042000',
      },
      {
        'clusters.ohio.kubernetes': '1.99',
        catalog: { kubernetes: { aws: { versions: ['1.99'], source: 'release notes', checked: '2026-11' } } },
      },
    ],
    fails: [
      [{ 'clusters.ohio.kubernetes': '1.19' }, 'clusters.ohio.kubernetes', 'AWS does not offer Kubernetes "1.19"'],
      [
        { 'clusters.ohio.kubernetes': '1.99' },
        'clusters.ohio.kubernetes',
        'a newer one goes under catalog.kubernetes.aws',
      ],
      [{ 'clusters.ohio.kubernetes': '1.35.3' }, 'clusters.ohio.kubernetes', 'AWS does not offer Kubernetes "1.35.3"'],
      [{ 'clusters.iowa.kubernetes': '1.19.3-gke.1' }, 'clusters.iowa.kubernetes', 'it offers 1.34, 1.35'],
      [{ 'clusters.iowa.kubernetes': '1.35.3' }, 'clusters.iowa.kubernetes', 'does not offer Kubernetes "1.35.3"'],
      [
        { 'clusters.iowa.pools.racks.kubernetes': '1.34' },
        'clusters.iowa.pools.racks.kubernetes',
        'which one of 1.34 they run, its release channel chooses',
      ],
      [
        { 'clusters.iowa.pools.racks.kubernetes': '1.35' },
        'clusters.iowa.pools.racks.kubernetes',
        'write a whole release, such as "1.35.3-gke.1389000", here or at the cluster',
      ],
      [
        { 'clusters.iowa.kubernetes': '1.34', 'clusters.iowa.pools.racks.kubernetes': '1.34' },
        'clusters.iowa.pools.racks.kubernetes',
        'write a whole release of 1.34, here or at the cluster',
      ],
      [
        { 'clusters.iowa.kubernetes': '1.34', 'clusters.iowa.pools.racks.kubernetes': '1.33.5-gke.1' },
        'clusters.iowa.pools.racks.kubernetes',
        'write a whole release of 1.34, or leave it out; other versions go under catalog.kubernetes.google',
      ],
    ],
  },
  StoreSizeForm: {
    holds: [{ [`${SCRATCH}.capacityGiB`]: undefined, [`${SCRATCH}.capacityTiB`]: 1200 }],
    fails: [
      [{ [`${SCRATCH}.capacityGiB`]: undefined }, SCRATCH, 'the smallest is 9600 GiB'],
      [{ [`${SCRATCH}.capacityTB`]: 10 }, `${SCRATCH}.capacityTB`, 'sized more than once'],
    ],
  },
  StoreTier: {
    holds: [{ [`${SCRATCH}.throughputMBpsPerTiB`]: 1000 }],
    fails: [
      [
        { [`${SCRATCH}.throughputMBpsPerTiB`]: 300 },
        `${SCRATCH}.throughputMBpsPerTiB`,
        'the nearest: throughputMBpsPerTiB: 250 or throughputMBpsPerTiB: 500',
      ],
      [
        { [`${FAST}.throughputMBpsPerTiB`]: 40 },
        `${FAST}.throughputMBpsPerTiB`,
        'Oracle Cloud has no Lustre tier of 40',
      ],
    ],
  },
  StoreSize: {
    holds: [
      { [`${FAST}.capacityTB`]: 124.8 },
      { [`${FAST}.capacityTB`]: 166.4 },
      { [`${SCRATCH}.capacityGiB`]: 19200 },
      { 'stores.goog': { kind: 'lustre', site: 'iowa', capacityGiB: 1584000, throughputMBpsPerTiB: 1000 } },
      { 'stores.az': { kind: 'lustre', site: 'east', capacityTiB: 128, throughputMBpsPerTiB: 500 } },
      {
        'stores.az': { kind: 'lustre', site: 'east', capacityTiB: 512, throughputMBpsPerTiB: 500 },
        catalog: {
          limits: { azure: { largestLustre: { 500: { value: 512, source: 'case 1234', checked: '2026-11' } } } },
        },
      },
    ],
    fails: [
      [{ [`${SCRATCH}.capacityGiB`]: 10000 }, `${SCRATCH}.capacityGiB`, 'capacityGiB: 9600 or capacityGiB: 19200'],
      [{ [`${SCRATCH}.capacityGiB`]: 100 }, `${SCRATCH}.capacityGiB`, /the nearest: capacityGiB: 9600$/],
      [{ [`${FAST}.capacityTB`]: 135.2 }, `${FAST}.capacityTB`, 'capacityTB: 124.8 or capacityTB: 166.4'],
      [
        { 'stores.az': { kind: 'lustre', site: 'east', capacityTiB: 256, throughputMBpsPerTiB: 500 } },
        'stores.az.capacityTiB',
        /^the nearest: capacityTiB: 128; a larger one that Azure has granted goes under catalog\.limits\.azure\.largestLustre\."500"$/,
      ],
      [
        { 'stores.goog': { kind: 'lustre', site: 'iowa', capacityGiB: 1539000, throughputMBpsPerTiB: 1000 } },
        'stores.goog.capacityGiB',
        'capacityGiB: 1530000 or capacityGiB: 1584000',
      ],
      [
        { 'stores.az': { kind: 'lustre', site: 'east', capacityTiB: 1000, throughputMBpsPerTiB: 500 } },
        'stores.az.capacityTiB',
        /the nearest: capacityTiB: 128; a larger one/,
      ],
    ],
  },
  StoreRetention: {
    holds: [
      { 'stores.tpu.retainDays': 0 },
      { 'stores.tpu.retainDays': 90 },
      { 'stores.tpu.retainDays': 400 },
      { 'stores.checkpoints.retainDays': 3650 },
      { 'stores.blobs': { kind: 'object', site: 'east', retainDays: 365 } },
    ],
    fails: [
      [{ 'stores.tpu.retainDays': 3 }, 'stores.tpu.retainDays', 'for 0 or for 7 days or more, not for 3'],
      [{ 'stores.tpu.retainDays': 3 }, 'stores.tpu.retainDays', 'the nearest: retainDays: 0 or 7'],
      [
        { 'stores.blobs': { kind: 'object', site: 'east', retainDays: 366 } },
        'stores.blobs.retainDays',
        'Azure keeps deleted objects for 0 or for 1 to 365 days, not for 366',
      ],
    ],
  },
  FlatBucket: {
    holds: [{ 'stores.tpu.retainDays': 90 }, { 'stores.checkpoints.retainDays': 400 }],
    fails: [[{ 'stores.tpu.retainDays': 91 }, 'stores.tpu.retainDays', 'write retainDays: 90']],
  },
  ZoneUnknown: {
    holds: [
      { 'sites.ohio.region': 'us-east-1', 'sites.ohio.zones': ['us-east-1a', 'us-east-1f', 'us-east-1-dfw-2a'] },
      { 'sites.iowa.zones': ['us-central1-f', 'us-central1-ai1a'] },
      // What stands before the colon is the tenancy's own.
      { 'sites.phoenix.zones': ['Uocm:PHX-AD-1', 'abCD:PHX-AD-3'] },
      // Whatever the form rule refuses is told by that rule only.
      { 'sites.iowa.zones': ['us-central1'] },
      {
        'sites.iowa.zones': ['us-central1-e', 'us-central1-b'],
        catalog: {
          regions: { google: { zones: { 'us-central1': ['us-central1-e'] }, source: 'project', checked: '2026-11' } },
        },
      },
    ],
    fails: [
      [
        { 'sites.phoenix.zones': ['Uocm:EU-FRANKFURT-1-AD-1'] },
        'sites.phoenix.zones.0',
        'Oracle Cloud region "us-phoenix-1" has no zone "EU-FRANKFURT-1-AD-1"',
      ],
      [
        { 'sites.phoenix.region': 'us-chicago-1', 'sites.phoenix.zones': ['Uocm:US-CHICAGO-1-AD-2'] },
        'sites.phoenix.zones.0',
        'its zones: "US-CHICAGO-1-AD-1" as of 2026-11',
      ],
      [
        { 'sites.iowa.zones': ['us-central1-a', 'us-central1-e'] },
        'sites.iowa.zones.1',
        'Google Cloud region "us-central1" has no zone "us-central1-e"; did you mean "us-central1-a"?',
      ],
      [
        { 'sites.iowa.zones': ['us-central1-e'] },
        'sites.iowa.zones.0',
        /^its zones: "us-central1-a", "us-central1-b", "us-central1-c", "us-central1-f" or "us-central1-ai1a" as of 20.* goes under catalog\.regions\.google\.zones$/,
      ],
      [
        { 'sites.iowa.region': 'europe-west1', 'sites.iowa.zones': ['europe-west1-a'] },
        'sites.iowa.zones.0',
        'its zones: "europe-west1-b", "europe-west1-c" or "europe-west1-d"',
      ],
      [{ 'sites.ohio.zones.2': 'us-east-2d' }, 'sites.ohio.zones.2', 'AWS region "us-east-2" has no zone "us-east-2d"'],
      [
        { 'sites.ohio.zones.2': 'us-east-2-dfw-2a' },
        'sites.ohio.zones.2',
        'its zones: "us-east-2a", "us-east-2b", "us-east-2c", "us-east-2-mci-1a" or "us-east-2-mci-1b"',
      ],
    ],
  },
  ClusterZones: {
    holds: [
      { 'sites.ohio.zones': ['us-east-2a', 'us-east-2b', 'us-east-2-dfw-2a'] },
      { 'sites.utah': { account: 'aws-main', region: 'us-west-2', zones: ['us-west-2a'] } },
    ],
    fails: [
      [
        { 'sites.ohio.zones': ['us-east-2b'] },
        'sites.ohio.zones',
        'the site has 1 zone of us-east-2; its clusters need 2',
      ],
      [
        { 'sites.ohio.zones': ['us-east-2a', 'us-east-2-dfw-2a'] },
        'sites.ohio.zones',
        '1 zone of us-east-2 besides its Local Zones',
      ],
      [{ 'sites.ohio.zones': ['us-east-2a'] }, 'sites.ohio.zones', 'add a zone such as us-east-2b'],
    ],
  },
  PodAddresses: {
    holds: [
      { 'clusters.ohio.pools.train.nodes': 1364 },
      { 'clusters.ohio.pools.more': { accelerator: 'h200', nodes: 1364, zone: 'us-east-2a' } },
      { 'clusters.ohio.pools.train.nodes': 2700 },
      { 'clusters.east.pools.train.racks': 200 },
    ],
    fails: [
      [
        {
          'clusters.ohio.pools.train.nodes': 1300,
          'clusters.more': { site: 'ohio', pools: { train: { accelerator: 'h200', nodes: 65, zone: 'us-east-2b' } } },
        },
        'sites.ohio.zones.1',
        '1,365 nodes share the pod range of "us-east-2b", which holds the pods of 1,364 busy ones',
      ],
      [
        { 'clusters.ohio.pools.train.nodes': 4000 },
        'sites.ohio.zones.1',
        '4,000 nodes share 2 pod ranges of "us-east-2b", which hold the pods of 2,728 busy ones',
      ],
    ],
  },
  ReservationMaintenance: {
    holds: [
      { 'clusters.iowa.pools.racks.capacity.maintenanceInterval': 'AS_NEEDED' },
      { 'clusters.iowa.pools.racks.capacity.maintenanceInterval': undefined },
    ],
    fails: [
      [
        { 'clusters.iowa.pools.racks.capacity.maintenanceInterval': 'PERIODIC' },
        'clusters.iowa.pools.racks.capacity.maintenanceInterval',
        'node pools cannot ask for PERIODIC: the google provider has the argument and never sends it',
      ],
      [
        { 'clusters.iowa.pools.racks.capacity.maintenanceInterval': 'PERIODIC' },
        'clusters.iowa.pools.racks.capacity.maintenanceInterval',
        'reserve with AS_NEEDED maintenance, and write that or leave it out',
      ],
    ],
  },
  SharedRange: {
    holds: [
      { addressing: { pods: '10.0.0.0/11', services: '172.24.0.0/16' } },
      { addressing: { fabrics: { google: '172.28.0.0/15', oracle: '172.16.0.0/16' } } },
      { addressing: { used: [{ cidr: '10.96.0.0/16', note: 'office' }] } },
      // AWS and Google Cloud have what is left of the block; nobody takes it whole.
      {
        'clusters.east': { site: 'ohio' },
        'clusters.phoenix': { site: 'ohio' },
        addressing: { used: [{ cidr: '100.64.0.0/16', note: 'carrier' }] },
      },
      {
        'clusters.iowa.pools': {},
        'clusters.phoenix': { site: 'ohio' },
        addressing: { used: [{ cidr: '192.168.0.0/16', note: 'offices' }] },
      },
      {
        'clusters.phoenix': { site: 'ohio' },
        'clusters.iowa.pools': {},
        addressing: { supernets: { oracle: '192.168.0.0/16' }, fabrics: { oracle: '172.16.0.0/16' } },
      },
      { addressing: { fabrics: { google: '172.28.0.0/16' }, supernets: { google: '192.168.0.0/16' } } },
      { addressing: { supernets: { google: '192.168.0.0/15' }, exclude: ['192.168.0.0/16'] } },
    ],
    fails: [
      [{ addressing: { pods: '100.64.0.1/10' } }, 'addressing.pods', 'write 100.64.0.0/10'],
      [{ addressing: { services: '8.8.0.0/16' } }, 'addressing.services', '8.8.0.0/16 is no private block'],
      [
        { addressing: { fabrics: { google: 'no' } } },
        'addressing.fabrics.google',
        '"no" is not a canonical IPv4 block',
      ],
      [
        { addressing: { pods: '10.0.0.0/9' } },
        'addressing.pods',
        '10.0.0.0/9, the range of pods, overlaps 10.64.0.0/10, the supernet of AWS',
      ],
      [
        { addressing: { fabrics: { oracle: '10.192.0.0/16' } } },
        'addressing.fabrics.oracle',
        'overlaps 10.192.0.0/11, the supernet of Oracle Cloud',
      ],
      [
        { addressing: { services: '172.30.0.0/16' } },
        'addressing.services',
        'overlaps 172.30.0.0/16, a range that AKS keeps for itself',
      ],
      [
        { addressing: { services: '100.64.0.0/16' } },
        'addressing.services',
        'the range of services, overlaps 100.64.0.0/10, the range of pods',
      ],
      [
        { addressing: { pods: '172.24.0.0/14' } },
        'addressing.pods',
        'cannot be part of a VPC whose own block is in 10.64.0.0/10',
      ],
      [{ addressing: { services: '172.24.0.0/21' } }, 'addressing.services', 'give a /20 or a larger block'],
      [{ addressing: { fabrics: { oracle: '172.28.0.0/17' } } }, 'addressing.fabrics.oracle', 'give a /16 or a larger'],
      [
        { addressing: { pods: '10.0.0.0/15' } },
        'addressing.pods',
        '131,072 addresses, and 262,144 addresses are needed',
      ],
      [
        {
          'clusters.iowa.pools.more': { accelerator: 'b200', nodes: 2044 },
          addressing: { fabrics: { google: '172.28.0.0/17' } },
        },
        'addressing.fabrics.google',
        'give a /16 or a larger block',
      ],
      [
        {
          'clusters.east.pools.train': { accelerator: 'h200', nodes: 20_000 },
          catalog: { limits: { azure: { nodesPerShard: { value: 20_500, source: 'CASE-1', checked: '2026-11' } } } },
        },
        'clusters.east',
        '100.64.0.0/10 has 4,194,304 addresses, and 5,120,768 addresses are needed for 20,003 nodes',
      ],
      [
        { addressing: { used: [{ cidr: '100.64.0.0/12', note: 'VPN' }] } },
        'addressing.used.0.cidr',
        '100.64.0.0/12, which is in use already: VPN, overlaps 100.64.0.0/10, the range of pods',
      ],
      [
        { addressing: { used: [{ cidr: '172.20.0.0/14', note: 'data center' }] } },
        'addressing.used.0.cidr',
        'set addressing.services to a block that nothing else uses',
      ],
      [
        {
          'clusters.phoenix': { site: 'ohio' },
          addressing: { used: [{ cidr: '192.168.7.0/24', note: 'offices' }] },
          'clusters.iowa.pools.more': { accelerator: 'b200', nodes: 4 },
        },
        'addressing.used.0.cidr',
        'overlaps 192.168.0.0/16, the range of the networks between accelerators of Google Cloud',
      ],
      [
        { 'clusters.iowa.pools': {}, addressing: { exclude: ['192.168.0.0/16'] } },
        'addressing.exclude.0',
        'set addressing.fabrics.oracle to a block that nothing else uses',
      ],
    ],
  },
  UnreachableRange: {
    holds: [
      { addressing: { exclude: ['172.16.0.0/16'] } },
      { 'clusters.east.pools': {}, addressing: { used: [{ cidr: '172.16.0.0/16', note: 'plant' }] } },
    ],
    fails: [
      [
        { addressing: { used: [{ cidr: '172.16.4.0/24', note: 'plant' }] } },
        'addressing.used.0.cidr',
        "172.16.4.0/24 (plant) overlaps 172.16.0.0/16, which the InfiniBand network of Azure's machines has",
      ],
    ],
  },
  ReservedRange: {
    holds: [
      { addressing: { supernets: { aws: '10.0.0.0/12' } } },
      { addressing: { supernets: { azure: '172.16.0.0/14' }, exclude: ['172.16.0.0/15'] } },
    ],
    fails: [
      [
        { addressing: { supernets: { google: '192.168.0.0/16' } } },
        'addressing.supernets.google',
        'overlaps 192.168.0.0/16, which Google Cloud uses itself',
      ],
      [
        { addressing: { supernets: { azure: '172.16.0.0/14' } } },
        'addressing.supernets.azure',
        'add 172.16.0.0/16 to addressing.exclude, or choose another block',
      ],
      [
        { addressing: { supernets: { oracle: '192.168.0.0/16' } } },
        'addressing.supernets.oracle',
        'overlaps 192.168.0.0/16, which Oracle Cloud uses itself',
      ],
      [
        { addressing: { supernets: { aws: '172.16.0.0/14' } }, 'sites.ohio.cidr': '172.17.0.0/16' },
        'sites.ohio.cidr',
        'overlaps 172.17.0.0/16, which AWS uses itself',
      ],
      [
        { addressing: { supernets: { aws: '224.0.0.0/8' } } },
        'addressing.supernets.aws',
        'overlaps 224.0.0.0/3, which no network can use',
      ],
    ],
  },
  UnusedEntry: {
    holds: [
      {
        'sites.utah': { account: 'aws-main', region: 'us-west-2', zones: ['us-west-2a'] },
        links: {
          one: { between: ['iowa', 'utah'] },
          other: { between: ['utah', 'east'] },
          around: { between: ['iowa', 'east'], via: 'utah', availability: 1 },
        },
      },
      {
        'sites.utah': { account: 'aws-main', region: 'us-west-2', zones: ['us-west-2a'] },
        'stores.archive': { kind: 'object', site: 'utah' },
      },
      { owners: { research: RESEARCH }, 'stores.tpu.owner': 'research' },
      { owners: { research: RESEARCH }, 'budgets.aws-main': { amount: '12M USD', owner: 'research' } },
    ],
    fails: [
      [
        { 'accounts.aws-lab': { cloud: 'aws', accountId: '444455556666' } },
        'accounts.aws-lab',
        'no site lies in this account',
      ],
      [
        { owners: { research: RESEARCH } },
        'owners.research',
        'no account, budget, site, cluster, pool or store names this owner',
      ],
      [
        { 'sites.utah': { account: 'aws-main', region: 'us-west-2', zones: ['us-west-2a'] } },
        'sites.utah',
        'no cluster and no store lies at this site',
      ],
    ],
  },
  MountLimit: {
    holds: [
      mounting(3, 'ohio'),
      mounting(3, 'iowa'),
      { ...mounting(3, 'ohio'), 'catalog.limits.aws.objectMounts': MOST_3 },
    ],
    fails: [
      [
        { ...mounting(4, 'ohio'), 'catalog.limits.aws.objectMounts': MOST_3 },
        'clusters.ohio.mounts',
        'mounts 4 object stores, AWS lets its workloads use 3',
      ],
      [
        { ...mounting(4, 'iowa'), 'catalog.limits.google.objectMounts': MOST_3 },
        'clusters.iowa.mounts',
        'have the quota raised and state it as catalog.limits.google.objectMounts',
      ],
      [mounting(181, 'ohio'), 'clusters.ohio.mounts', 'mounts 181 object stores, AWS lets its workloads use 180'],
    ],
  },
  MountSite: {
    holds: [{ 'clusters.iowa.mounts': ['tpu'] }],
    fails: [
      [{ 'clusters.iowa.mounts': ['scratch'] }, 'clusters.iowa.mounts.0', 'lies at site "ohio", the cluster at "iowa"'],
      [{ 'clusters.iowa.mounts': ['tpu', 'tpu'] }, 'clusters.iowa.mounts.1', 'is mounted twice'],
    ],
  },
  ClaimTwice: {
    holds: [
      {},
      { 'stores.scratch.claim': 'data', 'stores.tpu.claim': 'data' },
      { 'stores.scratch.claim': 'files', 'stores.checkpoints.claim': 'objects' },
    ],
    fails: [
      [
        { 'stores.scratch.claim': 'data', 'stores.checkpoints.claim': 'data' },
        'stores.checkpoints.claim',
        'mounts "scratch" too, whose claim is called "data" as well',
      ],
      [
        { 'stores.scratch.claim': 'checkpoints' },
        'stores.scratch.claim',
        'whose claim is called "checkpoints" as well',
      ],
    ],
  },
  LustreZone: {
    holds: [
      {},
      {
        'sites.ohio.zones': ['us-east-2a', 'us-east-2b', 'us-east-2-chi-1a'],
        'stores.scratch.zone': 'us-east-2-chi-1a',
        'stores.scratch.existing': { id: 'fs-0a1b2c3d', securityGroupId: 'sg-0a1b2c3d' },
      },
    ],
    fails: [
      [
        {
          'sites.ohio.zones': ['us-east-2a', 'us-east-2b', 'us-east-2-chi-1a'],
          'stores.scratch.zone': 'us-east-2-chi-1a',
        },
        'stores.scratch.zone',
        'FSx for Lustre is not known to be offered',
      ],
    ],
  },
  MountZone: {
    holds: [{ 'clusters.ohio.mounts': ['checkpoints'], 'clusters.ohio.pools.train.zone': 'us-east-2a' }],
    fails: [
      [{ 'clusters.ohio.pools.train.zone': 'us-east-2a' }, 'clusters.ohio.pools.train.zone', 'scratch in us-east-2b'],
    ],
  },
  SiteCidr: {
    holds: [{ 'sites.ohio.cidr': '10.64.0.0/16' }],
    fails: [
      [{ 'sites.ohio.cidr': '10.64.1.0/16' }, 'sites.ohio.cidr', 'write 10.64.0.0/16'],
      [{ 'sites.ohio.cidr': 'banana' }, 'sites.ohio.cidr', 'is not a canonical IPv4 block'],
      [{ 'sites.ohio.cidr': '10.64.0.0/12' }, 'sites.ohio.cidr', 'pin 10.64.0.0/16'],
      [{ 'sites.ohio.cidr': '10.128.0.0/16' }, 'sites.ohio.cidr', 'lies outside 10.64.0.0/10, the supernet of AWS'],
      [
        { 'sites.ohio.cidr': '10.64.0.0/16', addressing: { exclude: ['10.64.4.0/24'] } },
        'sites.ohio.cidr',
        'overlaps 10.64.4.0/24, which addressing.exclude keeps free',
      ],
      [
        {
          'sites.ohio.cidr': '10.64.0.0/16',
          addressing: { used: [{ cidr: '10.64.0.0/12', note: 'office network' }] },
        },
        'sites.ohio.cidr',
        'overlaps 10.64.0.0/12, which is in use already: office network',
      ],
      [
        {
          'sites.ohio.cidr': '10.64.0.0/16',
          'sites.utah': { account: 'aws-main', region: 'us-west-2', zones: ['us-west-2a'], cidr: '10.64.128.0/17' },
        },
        'sites.utah.cidr',
        'overlaps 10.64.0.0/16 of site "ohio"',
      ],
    ],
  },
  Addressing: {
    holds: [{ addressing: { supernets: { aws: '10.0.0.0/11' }, exclude: ['10.96.0.0/12'] } }],
    fails: [
      [{ addressing: { exclude: ['10.96.0.1/12'] } }, 'addressing.exclude.0', 'write 10.96.0.0/12'],
      [
        { addressing: { used: [{ cidr: '10.96.0.1/12', note: 'office' }] } },
        'addressing.used.0.cidr',
        'write 10.96.0.0/12',
      ],
      [{ addressing: { supernets: { aws: '10.0.0.0' } } }, 'addressing.supernets.aws', 'is not a canonical IPv4 block'],
      [
        { addressing: { supernets: { aws: '10.64.0.0/20' } } },
        'addressing.supernets.aws',
        'no room for a network of /16',
      ],
      [{ addressing: { supernets: { aws: '100.64.0.0/12' } } }, 'addressing.supernets.aws', 'pods and services'],
      [
        { addressing: { supernets: { aws: '10.128.0.0/12' } } },
        'addressing.supernets.azure',
        '10.128.0.0/11 (the default of Azure) overlaps 10.128.0.0/12 of AWS',
      ],
    ],
  },
  KeyCollision: {
    holds: [{ 'clusters.ohio-b200': { site: 'ohio' }, 'sites.ohio.renamedFrom': 'dayton' }],
    fails: [
      [
        { 'clusters.ohio-2': { site: 'ohio' } },
        'clusters.ohio-2',
        'what a further shard of cluster "ohio" would be called',
      ],
      [{ 'sites.ohio.renamedFrom': 'iowa' }, 'sites.ohio.renamedFrom', '"iowa" is an entry of its own'],
      [
        { 'sites.ohio.renamedFrom': 'dayton', 'sites.iowa.renamedFrom': 'dayton' },
        'sites.iowa.renamedFrom',
        '"dayton" is the former key of "ohio"',
      ],
      [
        {
          'sites.b-ohio': { account: 'aws-main', region: 'us-west-2', zones: ['us-west-2a'] },
          links: { a: { between: ['b-ohio', 'iowa'] }, 'a-b': { between: ['ohio', 'east'] } },
        },
        'links.a-b',
        'its half at "ohio" would be called "a-b-ohio", as one of link "a" is',
      ],
      [
        { links: { a: { between: ['ohio', 'iowa'], renamedFrom: 'b' }, b: { between: ['ohio', 'east'] } } },
        'links.a.renamedFrom',
        '"b" is an entry of its own',
      ],
    ],
  },
};
