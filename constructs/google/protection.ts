import type { TerraformResource } from '../cdktf';
import { setNewer } from '../newer-arguments';

/** Types whose provider keeps their protection in the state; key rings have none, and cannot be destroyed anyway. */
const PROTECTABLE = [
  'google_compute_ha_vpn_gateway',
  'google_compute_network',
  'google_compute_reservation',
  'google_container_cluster',
  'google_container_node_pool',
  'google_kms_crypto_key',
  'google_logging_project_bucket_config',
  'google_lustre_instance',
  'google_storage_bucket',
] as const;

/**
 * Protects a resource against being destroyed: Terraform refuses plans that replace it, and the provider refuses to
 * delete it when its block has left the configuration, since that protection is read from the state.
 */
export function protect(resource: TerraformResource): void {
  resource.lifecycle = { ...resource.lifecycle, preventDestroy: true };
  setNewer(resource, protectableType(resource), { deletion_policy: 'PREVENT' });
}

/** Says that a resource may be destroyed, also to a state that has it protected since an earlier apply. */
export function unprotect(resource: TerraformResource): void {
  setNewer(resource, protectableType(resource), { deletion_policy: 'DELETE' });
}

function protectableType({ terraformResourceType, node }: TerraformResource): (typeof PROTECTABLE)[number] {
  const type = PROTECTABLE.find((known) => known === terraformResourceType);
  if (type === undefined) throw new TypeError(`${node.path} is a ${terraformResourceType}, which has no protection`);
  return type;
}
