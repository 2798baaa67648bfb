import { NETWORK_RANGES } from '../catalog';
import { cidr, cidrSubnet, parseCidr } from '../cidr';
import type { Estate } from './schema';

/** The ranges that sites and clusters use again, since nothing routes them: as an estate has moved them. */
export interface SharedRanges {
  /** Where pods get their addresses. */
  readonly pods: string;
  /** Where clusters take service ranges from when their cloud wants them distinct in a network. */
  readonly services: string;
  /** Kubernetes services of clusters whose cloud keeps them inside the cluster. */
  readonly clusterServices: string;
  /** Networks between accelerators. */
  readonly fabrics: { readonly google: string; readonly oracle: string };
}

/** Largest range of services that every cloud takes. */
const LARGEST_SERVICES = cidr(NETWORK_RANGES.services.cidr).prefix;

/** The ranges of an estate: its own, else (or where what is written is no block) the defaults of the catalog. */
export function sharedRanges({ addressing }: Pick<Estate, 'addressing'>): SharedRanges {
  const services = chosen(addressing.services, NETWORK_RANGES.servicesPool);
  return {
    pods: chosen(addressing.pods, NETWORK_RANGES.pods),
    services,
    clusterServices: cidr(services).prefix < LARGEST_SERVICES ? cidrSubnet(services, LARGEST_SERVICES, 0) : services,
    fabrics: {
      google: chosen(addressing.fabrics?.google, NETWORK_RANGES.fabrics.google),
      oracle: chosen(addressing.fabrics?.oracle, NETWORK_RANGES.fabrics.oracle),
    },
  };
}

function chosen(written: string | undefined, { cidr: fallback }: { readonly cidr: string }): string {
  return written !== undefined && parseCidr(written) !== undefined ? written : fallback;
}
