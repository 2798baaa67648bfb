import type { RuleTable } from './table';

const ROLE = 'arn:aws:iam::111122223333:role/platform';
const SUBNET =
  '/subscriptions/5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01/resourceGroups/ci/providers/Microsoft.Network/virtualNetworks/ci/subnets/runners';

/** A cluster that exists already: who reaches it is its owner's matter. */
const EXISTING = {
  'clusters.ohio.existing': {
    id: 'platform',
    securityGroupId: 'sg-0a1b2c3d4e5f60718',
    nodeRole: 'arn:aws:iam::111122223333:role/nodes',
  },
  'clusters.ohio.kubernetes': '1.35',
};

/** Rules on who and what reaches clusters. */
export const ACCESS_RULES: Readonly<Record<string, RuleTable>> = {
  PrincipalForm: {
    holds: [
      { 'clusters.ohio.access': { viewers: ['arn:aws:iam::111122223333:user/people/lead'] } },
      {
        'sites.ohio.access': {
          administrators: [
            'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef',
          ],
        },
      },
      { 'sites.iowa.access': { viewers: ['user:lead@example.com', 'domain:example.com'] } },
      { 'clusters.phoenix.access': { administrators: ['Default/platform team'] } },
      // Of a site without its account nothing can be said.
      { 'sites.ohio.account': 'aws-lab', 'sites.ohio.access': { viewers: ['?'] } },
    ],
    fails: [
      [
        { 'clusters.ohio.access': { viewers: ['platform'] } },
        'clusters.ohio.access.viewers.0',
        '"platform" is not the ARN of an IAM role or user with its whole path, as AWS has it',
      ],
      [
        { 'accounts.aws-main.access.administrators': [ROLE, 'arn:aws:sts::111122223333:assumed-role/platform/me'] },
        'accounts.aws-main.access.administrators.1',
        'such as arn:aws:iam::111122223333:role/platform-admin',
      ],
      [
        {
          'sites.ohio.access': {
            administrators: ['arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0123456789abcdef'],
          },
        },
        'sites.ohio.access.administrators.0',
        'with its whole path',
      ],
      [
        { 'sites.east.access': { administrators: ['platform@example.com'] } },
        'sites.east.access.administrators.0',
        'is not the object id of an Entra group',
      ],
      [
        { 'clusters.iowa.access': { viewers: ['platform'] } },
        'clusters.iowa.access.viewers.0',
        'is not the address of a Google group',
      ],
      [
        { 'clusters.phoenix.access': { viewers: ["a' or any-user"] } },
        'clusters.phoenix.access.viewers.0',
        'is not the name of an IAM group',
      ],
    ],
  },
  AccessRange: {
    holds: [
      { 'clusters.ohio.access': { ranges: ['198.51.100.0/24', { cidr: '10.9.0.0/16', note: 'VPN' }] } },
      { 'clusters.iowa.access': { ranges: ['198.51.100.7/32', '10.9.0.0/16'] } },
      { 'sites.east.access': { ranges: ['172.30.0.0/16', '100.72.0.0/16'] } },
      { 'sites.east.access': { runner: { ranges: ['203.0.113.7/32'], subnets: [SUBNET] } } },
      // Elsewhere a runner has no meaning, which another rule says.
      { 'sites.ohio.access': { runner: { ranges: ['10.0.0.0/8'] } } },
    ],
    fails: [
      [
        { 'clusters.ohio.access': { ranges: ['10.8.0.1/16'] } },
        'clusters.ohio.access.ranges.0',
        '"10.8.0.1/16" is not a canonical IPv4 block',
      ],
      [
        { 'clusters.ohio.access': { ranges: ['198.51.100.7'] } },
        'clusters.ohio.access.ranges.0',
        'write 198.51.100.7/32',
      ],
      [
        { 'clusters.ohio.access': { ranges: [{ cidr: 'office', note: 'Dublin' }] } },
        'clusters.ohio.access.ranges.0.cidr',
        'is not a canonical IPv4 block',
      ],
      [
        { 'accounts.azure-gb.access.ranges': ['10.8.0.0/16', '198.51.100.0/24'] },
        'accounts.azure-gb.access.ranges.1',
        '198.51.100.0/24 is public, and an API server on Azure has no public address',
      ],
      [
        { 'sites.phoenix.access': { ranges: ['0.0.0.0/0'] } },
        'sites.phoenix.access.ranges.0',
        'name the private range of what a dynamic routing gateway or a bastion connects',
      ],
      [
        { 'sites.east.access': { runner: { ranges: ['10.4.0.0/24'] } } },
        'sites.east.access.runner.ranges.0',
        'name the subnet of the runner, by its id',
      ],
      [
        { 'sites.east.access': { runner: { ranges: ['203.0.113.7'] } } },
        'sites.east.access.runner.ranges.0',
        'is not a canonical IPv4 block',
      ],
      [
        { 'accounts.azure-gb.access.runner': { subnets: ['runners'] } },
        'accounts.azure-gb.access.runner.subnets.0',
        '"runners" is not the resource id of a subnet',
      ],
    ],
  },
  PublicRange: {
    holds: [
      { 'clusters.ohio.access': { ranges: ['10.9.0.0/16', '100.72.0.0/16'] } },
      {
        'clusters.ohio.access': { ranges: ['198.51.100.0/24'] },
        acknowledge: [{ rule: 'PublicRange', path: 'clusters.ohio.access', reason: 'CASE-1' }],
      },
      { 'sites.east.access': { runner: { ranges: ['203.0.113.0/24'] } } },
      // Refused there, whatever is acknowledged.
      { 'sites.phoenix.access': { ranges: ['198.51.100.0/24'] } },
    ],
    fails: [
      [
        { 'clusters.ohio.access': { ranges: ['198.51.100.0/24'] } },
        'clusters.ohio.access.ranges.0',
        'the API servers get a public address that answers to 198.51.100.0/24',
      ],
      [
        { 'clusters.iowa.access': { ranges: [{ cidr: '0.0.0.0/0', note: 'for now' }] } },
        'clusters.iowa.access.ranges.0.cidr',
        'answers to everybody on the internet',
      ],
      [
        { 'accounts.aws-main.access.ranges': ['0.0.0.0/0'] },
        'accounts.aws-main.access.ranges.0',
        'acknowledge: [{ rule: PublicRange, path: accounts.aws-main.access, reason: … }]',
      ],
      [
        { 'sites.east.access': { runner: { ranges: ['203.0.0.0/16'] } } },
        'sites.east.access.runner.ranges.0',
        'the firewall of a key vault is open 65,536 addresses wide',
      ],
      [
        { 'sites.east.access': { runner: { ranges: ['0.0.0.0/0'] } } },
        'sites.east.access.runner.ranges.0',
        'name the few that applies come from, or their subnet, or: acknowledge',
      ],
    ],
  },
  NoAdministrator: {
    holds: [
      { 'accounts.aws-main.access': undefined, 'clusters.ohio.access': { administrators: [ROLE] } },
      { 'accounts.aws-main.access': undefined, 'sites.ohio.access': { administrators: [ROLE] } },
      { 'accounts.aws-main.access': undefined, 'accounts.aws-main.clusterAdmins': [ROLE] },
      { 'accounts.aws-main.access': undefined, ...EXISTING },
    ],
    fails: [
      [{ 'accounts.aws-main.access': undefined }, 'clusters.ohio', 'nobody administers the cluster'],
      [
        { 'accounts.azure-gb.access': undefined },
        'clusters.east',
        'administrators: ["7d3f1a52-0c4e-4b6a-9d1c-3e5f7a9b1c21"]',
      ],
      [
        { 'accounts.google-main.access': undefined },
        'clusters.iowa',
        'administrators: ["platform-admins@example.com"]',
      ],
      [
        { 'accounts.oracle-main.access': undefined, 'clusters.phoenix.access': { viewers: ['research'] } },
        'clusters.phoenix',
        'below accounts.oracle-main: access: { administrators: ["platform-admins"] }',
      ],
    ],
  },
  NoWayIn: {
    holds: [
      { 'accounts.aws-main.access.ranges': [], 'clusters.ohio.access': { ranges: ['10.9.0.0/16'] } },
      { 'accounts.google-main.access.ranges': [] },
      { 'accounts.aws-main.access': undefined, ...EXISTING },
    ],
    fails: [
      [{ 'accounts.aws-main.access.ranges': [] }, 'clusters.ohio', 'no range reaches the API server'],
      [{ 'accounts.azure-gb.access.ranges': [] }, 'clusters.east', 'below accounts.azure-gb: access: { ranges:'],
      [{ 'accounts.oracle-main.access.ranges': [] }, 'clusters.phoenix', 'no range reaches the API server'],
    ],
  },
  DeprecatedKey: {
    holds: [{ 'accounts.aws-main.clusterAdmins': [] }],
    fails: [
      [
        { 'accounts.aws-main.clusterAdmins': [ROLE] },
        'accounts.aws-main.clusterAdmins',
        'write access: { administrators: ["arn:aws:iam::111122223333:role/platform"] }',
      ],
    ],
  },
};
