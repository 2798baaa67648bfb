import { all, type EditRow, swap } from './scene';

const ROLE = 'arn:aws:iam::111122223333:role';
const GROUP = '00000000-0000-4000-8000-000000000009';

/** Says something of a cluster of the default estate. */
const cluster = (key: string, said: string) => swap(`  ${key}:\n    site:`, `  ${key}:\n    ${said}\n    site:`);

/** Edits of the default estate that let somebody in, with everything that they do. */
export const ACCESS: readonly EditRow[] = [
  {
    name: 'letting a group administer and another one view a cluster on AWS',
    edit: cluster('virginia', `access: { administrators: ["${ROLE}/research"], viewers: ["${ROLE}/audit"] }`),
    expected: ['+ virginia-cluster clusters.virginia'],
  },
  {
    name: 'letting a range reach the API server on AWS',
    edit: cluster('virginia', 'access: { ranges: [10.9.0.0/16] }'),
    expected: ['+ virginia-cluster clusters.virginia'],
  },
  {
    name: 'letting a public range reach the API server on AWS',
    edit: all(
      cluster('virginia', 'access: { ranges: [198.51.100.0/24] }'),
      swap('\nacknowledge:\n', '\nacknowledge:\n  - { rule: PublicRange, path: clusters.virginia, reason: office }\n'),
    ),
    expected: [
      '~ virginia-cluster clusters.virginia ResourcesVpcConfig.EndpointPublicAccess ResourcesVpcConfig.PublicAccessCidrs',
    ],
  },
  {
    name: 'letting a group administer a cluster on Azure',
    edit: cluster('eastus2-gb300', `access: { administrators: [${GROUP}] }`),
    expected: [
      '+ eastus2-gb300-cluster clusters.eastus2-gb300',
      '~ eastus2-gb300-cluster clusters.eastus2-gb300 azure_active_directory_role_based_access_control.admin_group_object_ids',
    ],
  },
  {
    name: 'letting a group view a cluster on Azure',
    edit: cluster('eastus2-gb300', `access: { viewers: [${GROUP}] }`),
    expected: ['+ eastus2-gb300-cluster clusters.eastus2-gb300'],
  },
  {
    name: 'letting a range reach the API server on Azure',
    edit: cluster('eastus2-gb300', 'access: { ranges: [10.9.0.0/16] }'),
    expected: ['~ eastus2-gb300-cluster clusters.eastus2-gb300 source_address_prefixes'],
  },
  {
    name: 'saying where applies come from on Azure',
    edit: swap('  eastus2: {', '  eastus2: { access: { runner: { ranges: [203.0.113.7/32] } },'),
    expected: [
      '~ eastus2-gb300-cluster clusters.eastus2-gb300 public_network_access_enabled network_acls.ip_rules',
      '~ eastus2-storage sites.eastus2 network_acls.ip_rules',
    ],
  },
  {
    name: 'letting a group administer and another one view a cluster on Google Cloud',
    edit: cluster('iowa', 'access: { administrators: [research@example.com], viewers: [audit@example.com] }'),
    expected: ['+ iowa-cluster clusters.iowa'],
  },
  {
    name: 'letting a range reach the API server on Google Cloud',
    edit: cluster('iowa', 'access: { ranges: [10.9.0.0/16] }'),
    expected: [
      '~ iowa-cluster clusters.iowa control_plane_endpoints_config.ip_endpoints_config.enabled master_authorized_networks_config private_cluster_config.master_global_access_config',
    ],
  },
  {
    name: 'letting a group administer and another one view a cluster on Oracle Cloud',
    edit: cluster('phoenix', 'access: { administrators: [research], viewers: [audit] }'),
    expected: ['+ phoenix-cluster clusters.phoenix', '~ phoenix-cluster clusters.phoenix statements'],
  },
  {
    name: 'letting a range reach the API server on Oracle Cloud',
    edit: cluster('phoenix', 'access: { ranges: [10.9.0.0/16] }'),
    expected: ['+ phoenix-cluster clusters.phoenix'],
  },
];
