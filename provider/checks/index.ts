import { azureClusterNetwork } from './azure-cluster-network';
import { azureKey } from './azure-key';
import { azureLustreSize } from './azure-lustre-size';
import { azurePrivateEndpoint } from './azure-private-endpoint';
import { azureSubnetSharing } from './azure-subnet-sharing';
import type { Check, CheckedResource, Finding, Samples } from './check';
import { googleCompactPlacement } from './google-compact-placement';
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

/** What all checks find in a resource. */
export function checkResource(resource: CheckedResource): Finding[] {
  return CHECKS.filter(({ types }) => types.includes(resource.type)).flatMap((check) => check.find(resource));
}

/** Values that the checks of a type let pass. */
export function samplesOf(type: string): Samples {
  return Object.assign({}, ...CHECKS.map(({ samples }) => samples?.[type]));
}
