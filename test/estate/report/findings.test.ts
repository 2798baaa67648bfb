import { FINDINGS } from '../../../estate/catalog/findings';
import { findingRows, formatFindings } from '../../../estate/report/findings';

describe('the findings that are explained', () => {
  test('are those of the clouds that are asked for, by cloud', () => {
    expect(findingRows(['oracle', 'aws']).map(({ cloud }) => cloud)).toEqual([
      ...Object.values(FINDINGS).flatMap(({ cloud }) => (cloud === 'aws' ? [cloud] : [])),
      ...Object.values(FINDINGS).flatMap(({ cloud }) => (cloud === 'oracle' ? [cloud] : [])),
    ]);
    expect(findingRows([])).toEqual([]);
    expect(findingRows(['aws', 'azure', 'google', 'oracle'])).toHaveLength(Object.keys(FINDINGS).length);
  });

  test('say where they stay: type, ids, arguments, and what of', () => {
    const rows = findingRows(['aws', 'azure', 'google']);
    const where = (name: string) => rows.find((row) => row.name === name)?.where;
    expect(where('aws-access-log-logs')).toEqual(['AWS::S3::Bucket access-log/Resource']);
    expect(where('azure-key-expiry')).toEqual(['azurerm_key_vault_key Resource, expiration_date is not set']);
    expect(where('google-rdma-firewall')).toEqual(['google_compute_network Resource, network_profile is *-vpc-roce*']);
    expect(where('aws-bucket-objects')).toEqual(['AWS::IAM::Policy De*Policy/Resource, Resource::*/*']);
    expect(where('aws-eks-policies')).toHaveLength(4);
  });

  test('are printed each with what is asked for, every place, the reason, and its source if there is one', () => {
    const rows = findingRows(['google']).filter(({ rule }) => rule === 'CKV_GCP_26' || rule === 'CKV_GCP_74');
    expect(formatFindings(rows)).toBe(`checkov CKV_GCP_26
  asks for  flow logs of every subnet
  found in  google_compute_subnetwork rail-*
            google_compute_subnetwork gvnic-*-subnet
  reason    Data networks connect the nodes of one pool with each other and with nothing else: there is no flow to
            wonder about, and what they carry would cost more to log than it tells. Subnets of nodes have flow logs.

checkov CKV_GCP_74
  asks for  private access to Google from every subnet
  found in  google_compute_subnetwork rail-*
  reason    RDMA networks carry RDMA alone: nothing is called over them.
  source    https://docs.cloud.google.com/vpc/docs/rdma-network-profiles (2026-11)

2 findings explained`);
  });
});
