import { holdsFor, PROVIDERS, providerOfType } from '../../estate/terraform-providers';
import { azureClusterNetwork } from './azure-cluster-network';
import { azureKey } from './azure-key';
import { azureLustreSize } from './azure-lustre-size';
import { azurePrivateEndpoint } from './azure-private-endpoint';
import { azureSubnetSharing } from './azure-subnet-sharing';
import type { Check, CheckedResource, Finding, Samples } from './check';
import { googleCompactPlacement } from './google-compact-placement';
import { googleFirewallLogging } from './google-firewall-logging';
import { googleFirewallSource } from './google-firewall-source';
import { googleFlexStart } from './google-flex-start';
import { googleHierarchicalBucket } from './google-hierarchical-bucket';
import { googleLustre } from './google-lustre';
import { googleQueuedPool } from './google-queued-pool';
import { googleReservation } from './google-reservation';
import { googleRouterAsn } from './google-router-asn';
import { oracleLustre } from './oracle-lustre';
import { oracleValues } from './oracle-values';

/** All checks of what providers' schemas cannot say. */
export const CHECKS: readonly Check[] = [
  azureClusterNetwork,
  azureKey,
  azureLustreSize,
  azurePrivateEndpoint,
  azureSubnetSharing,
  googleCompactPlacement,
  googleFirewallLogging,
  googleFirewallSource,
  googleFlexStart,
  googleHierarchicalBucket,
  googleLustre,
  googleQueuedPool,
  googleReservation,
  googleRouterAsn,
  oracleLustre,
  oracleValues,
];

/**
 * What all checks find in a resource.
 *
 * @param version release of its provider
 */
export function checkResource(resource: CheckedResource, version = defaultRelease(resource.type)): Finding[] {
  const asked = CHECKS.filter((check) => check.types.includes(resource.type) && holdsFor(check, version));
  return asked.flatMap((check) => check.find(resource));
}

function defaultRelease(type: string): string {
  const provider = providerOfType(type);
  return provider === undefined ? '' : PROVIDERS[provider].version;
}

/** Values that the checks of a type let pass. */
export function samplesOf(type: string): Samples {
  return Object.assign({}, ...CHECKS.map(({ samples }) => samples?.[type]));
}
