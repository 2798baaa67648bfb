import type { ReleaseRange } from '../../estate/terraform-providers';
import type { Value } from '../../provider/values';
import type { Refusal } from '../types';
import { isOf, type ReleasedType, valuesAt } from './rule';

/** An argument that a stack lets Terraform ignore, so that a real change of it is never made. */
interface StayingRow extends Omit<Refusal, 'attributes'>, ReleaseRange {
  readonly type: string;
  /** Dotted path without positions. */
  readonly path: string;
  readonly checked: string;
}

const CHECKED = '2026-11';
const WAY = 'make it anew at a site of its own with the other network, move the work there, and then take this one out';

/**
 * Places of our resources that are ignored, since a service may answer with another spelling of them than it was given.
 *
 * What is said under them is where the resource was made; with another network in the file it would go on there unsaid.
 */
export const STAYING: readonly StayingRow[] = [
  {
    type: 'azurerm_kubernetes_cluster',
    path: 'default_node_pool.vnet_subnet_id',
    who: 'AKS',
    why: 'a cluster and its nodes stay in the network that they were made in, and the edit is left out without a word',
    way: WAY,
    source: 'https://learn.microsoft.com/azure/aks/configure-azure-cni',
    checked: CHECKED,
  },
  {
    type: 'azurerm_kubernetes_cluster_node_pool',
    path: 'vnet_subnet_id',
    who: 'AKS',
    why: 'the nodes of a pool stay in the subnet that they were made in, and the edit is left out without a word',
    way: WAY,
    source: 'https://learn.microsoft.com/azure/aks/node-pool-unique-subnet',
    checked: CHECKED,
  },
  {
    type: 'azurerm_managed_lustre_file_system',
    path: 'subnet_id',
    who: 'Azure Managed Lustre',
    why: 'a file system stays in the subnet that it was made in, and the edit is left out without a word',
    way: WAY,
    source: 'https://learn.microsoft.com/azure/azure-managed-lustre/amlfs-prerequisites',
    checked: CHECKED,
  },
  {
    type: 'google_lustre_instance',
    path: 'network',
    who: 'Managed Lustre',
    why: 'an instance stays in the network that it was made in, and the edit is left out without a word',
    way: WAY,
    source: 'terraform-provider-google v7.45.0 google/services/lustre/resource_lustre_instance.go',
    checked: CHECKED,
  },
];

/** What would stay somewhere else than the file says, because its place is ignored. */
export function stayingArguments(type: ReleasedType, had: Value, written: Value, kept: Value): Refusal[] {
  return STAYING.filter(
    (row) => isOf(row, type) && isOther(had, written, row.path) && !isOther(had, kept, row.path),
  ).map(({ path, who, why, way, source }) => ({ attributes: [path], who, why, way, source }));
}

/** Whether both say a place, and not only another spelling of one. */
function isOther(before: Value, after: Value, path: string): boolean {
  const [had, has] = [before, after].map((config) =>
    valuesAt(config, path).flatMap((value) => (typeof value === 'string' ? [value.toLowerCase()] : [])),
  );
  return had?.length === 1 && has?.length === 1 && had[0] !== has[0];
}
