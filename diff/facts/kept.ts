/** What a resource that is kept outside the estate goes on doing, and the command that ends it. */
export interface KeptRow {
  readonly type: string;
  /** What it still does, as half a sentence: `goes on using its machines`. */
  readonly still: string;
  readonly command: string;
  readonly source: string;
  readonly checked: string;
}

const CHECKED = '2026-11';
const USES = 'goes on using its machines and what they are reserved by, and holds back upgrades of its cluster';
const STORES = 'goes on holding its files, and is paid for';
const KEEPS = 'goes on holding its objects, and is paid for';
const LOGS = 'goes on holding the logs that it has, until they are as old as it keeps them';
const AWS = 'https://docs.aws.amazon.com/cli/latest/reference';
const AZURE = 'https://learn.microsoft.com/cli/azure';
const GOOGLE = 'https://docs.cloud.google.com/sdk/gcloud/reference';
const ORACLE = 'https://docs.oracle.com/iaas/tools/oci-cli/latest/oci_cli_docs/cmdref';

/** What matters most of what may be kept, by its type. */
export const KEPT_ROWS: readonly KeptRow[] = [
  {
    type: 'AWS::EKS::Nodegroup',
    still: USES,
    command: 'aws eks delete-nodegroup',
    source: `${AWS}/eks/delete-nodegroup.html`,
    checked: CHECKED,
  },
  {
    type: 'AWS::FSx::FileSystem',
    still: STORES,
    command: 'aws fsx delete-file-system',
    source: `${AWS}/fsx/delete-file-system.html`,
    checked: CHECKED,
  },
  {
    type: 'AWS::S3::Bucket',
    still: `${KEEPS} until it is emptied, of all versions too`,
    command: 'aws s3api delete-bucket',
    source: `${AWS}/s3api/delete-bucket.html`,
    checked: CHECKED,
  },
  {
    type: 'azurerm_kubernetes_cluster_node_pool',
    still: USES,
    command: 'az aks nodepool delete',
    source: `${AZURE}/aks/nodepool`,
    checked: CHECKED,
  },
  {
    type: 'azurerm_log_analytics_workspace',
    still: LOGS,
    command: 'az monitor log-analytics workspace delete',
    source: `${AZURE}/monitor/log-analytics/workspace`,
    checked: CHECKED,
  },
  {
    type: 'azurerm_managed_lustre_file_system',
    still: STORES,
    command: 'az amlfs delete',
    source: `${AZURE}/amlfs`,
    checked: CHECKED,
  },
  {
    type: 'azurerm_storage_account',
    still: KEEPS,
    command: 'az storage account delete',
    source: `${AZURE}/storage/account`,
    checked: CHECKED,
  },
  {
    type: 'google_container_node_pool',
    still: USES,
    command: 'gcloud container node-pools delete',
    source: `${GOOGLE}/container/node-pools/delete`,
    checked: CHECKED,
  },
  {
    type: 'google_logging_project_bucket_config',
    still: LOGS,
    command: 'gcloud logging buckets delete',
    source: `${GOOGLE}/logging/buckets/delete`,
    checked: CHECKED,
  },
  {
    type: 'google_lustre_instance',
    still: STORES,
    command: 'gcloud lustre instances delete',
    source: `${GOOGLE}/lustre/instances/delete`,
    checked: CHECKED,
  },
  {
    type: 'google_storage_bucket',
    still: KEEPS,
    command: 'gcloud storage rm --recursive',
    source: `${GOOGLE}/storage/rm`,
    checked: CHECKED,
  },
  {
    type: 'oci_containerengine_node_pool',
    still: USES,
    command: 'oci ce node-pool delete',
    source: `${ORACLE}/ce/node-pool/delete.html`,
    checked: CHECKED,
  },
  {
    type: 'oci_core_compute_gpu_memory_cluster',
    still: USES,
    command: 'oci compute compute-gpu-memory-cluster delete',
    source: `${ORACLE}/compute/compute-gpu-memory-cluster/delete.html`,
    checked: CHECKED,
  },
  {
    type: 'oci_logging_log',
    still: 'goes on keeping logs, new ones too, and is paid for',
    command: 'oci logging log delete',
    source: `${ORACLE}/logging/log/delete.html`,
    checked: CHECKED,
  },
  {
    type: 'oci_lustre_file_storage_lustre_file_system',
    still: STORES,
    command: 'oci lfs lustre-file-system delete',
    source: `${ORACLE}/lfs/lustre-file-system/delete.html`,
    checked: CHECKED,
  },
  {
    type: 'oci_objectstorage_bucket',
    still: KEEPS,
    command: 'oci os bucket delete --empty',
    source: `${ORACLE}/os/bucket/delete.html`,
    checked: CHECKED,
  },
];
