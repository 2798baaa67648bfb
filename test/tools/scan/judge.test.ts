import { FINDINGS } from '../../../estate/catalog/findings';
import { type Found, judge, placesOf } from '../../../tools/scan/judge';

const RAIL: Found = {
  tool: 'checkov',
  rule: 'CKV_GCP_74',
  message: 'Ensure that private_ip_google_access is enabled for Subnet',
  stack: 'atlas-iowa-cluster',
  type: 'google_compute_subnetwork',
  path: 'fabric-us-central1-a-roce-8/rail-0',
  arguments: {},
};

const KEY: Found = {
  tool: 'checkov',
  rule: 'CKV_AZURE_189',
  message: 'Ensure that Azure Key Vault disables public network access',
  stack: 'atlas-eastus2-storage',
  type: 'azurerm_key_vault',
  path: 'key/vault',
  arguments: {
    public_network_access_enabled: true,
    network_acls: { default_action: 'Deny', bypass: 'AzureServices' },
  },
};

const ROLE: Found = {
  tool: 'cdk-nag',
  rule: 'AwsSolutions-IAM4',
  of: 'Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonEKS_CNI_Policy',
  message: 'The IAM user, role, or group uses AWS managed policies.',
  stack: 'atlas-virginia-cluster',
  type: 'AWS::IAM::Role',
  path: 'cluster/cni-role/Resource',
  arguments: {},
  acknowledged: FINDINGS['aws-eks-policies'].reason,
};

describe('findings', () => {
  test.each<[string, Found, string]>([
    ['by type and the last ids of its construct', RAIL, 'google-rails-private-access#1'],
    ['by arguments in blocks', KEY, 'azure-vault-of-lustre#1'],
    [
      'by arguments in lists of one block',
      { ...KEY, arguments: { ...KEY.arguments, network_acls: [{ default_action: 'Deny', bypass: 'AzureServices' }] } },
      'azure-vault-of-lustre#1',
    ],
    ['by what it is of, where the program gives the same reason', ROLE, 'aws-eks-policies#4'],
  ])('are explained %s', (_how, found, place) => {
    expect(judge([found])).toEqual({ unexplained: [], used: new Set([place]) });
  });

  test.each<[string, Found]>([
    ['of another tool', { ...RAIL, tool: 'cdk-nag' }],
    ['of another rule', { ...RAIL, rule: 'CKV_GCP_26_' }],
    ['of another type', { ...RAIL, type: 'google_compute_network' }],
    ['of another construct', { ...RAIL, path: 'network/nodes' }],
    ['of a construct whose id only begins alike', { ...RAIL, path: 'fabric/rails' }],
    ['of a construct that lies deeper', { ...RAIL, path: 'rail-0/Resource' }],
    ['with another argument', { ...KEY, arguments: { ...KEY.arguments, public_network_access_enabled: false } }],
    ['with another argument in a block', { ...KEY, arguments: { ...KEY.arguments, network_acls: { bypass: 'None' } } }],
    ['without an argument', { ...KEY, arguments: { public_network_access_enabled: true } }],
    ['of something else', { ...ROLE, of: 'Policy::arn:<AWS::Partition>:iam::aws:policy/AdministratorAccess' }],
    ['of nothing in particular', { ...ROLE, of: undefined }],
    ['that the program does not acknowledge', { ...ROLE, acknowledged: undefined }],
    ['that the program gives another reason for', { ...ROLE, acknowledged: 'I like it.' }],
  ])('are not explained where they are %s', (_what, found) => {
    expect(judge([found])).toEqual({ unexplained: [found], used: new Set() });
  });

  test('where an argument must not be set, none may be', () => {
    const found: Found = {
      tool: 'checkov',
      rule: 'CKV_GCP_66',
      message: 'Ensure use of Binary Authorization',
      stack: 'atlas-iowa-cluster',
      type: 'google_container_cluster',
      path: 'cluster/Resource',
      arguments: {},
    };
    expect(judge([found]).unexplained).toEqual([]);
    const set = { ...found, arguments: { binary_authorization: { evaluation_mode: 'DISABLED' } } };
    expect(judge([set]).unexplained).toEqual([set]);
  });

  test('a reason has a place for each line of it', () => {
    expect(placesOf('oracle-egress-rdp')).toEqual(['oracle-egress-rdp#1', 'oracle-egress-rdp#2']);
  });
});
