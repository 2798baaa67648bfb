import { type Cidr, cidr, cidrContains } from '../cidr';
import type { Cloud, Sourced } from './types';

/** A block of addresses that the planner works with. */
export interface RangeRow extends Sourced {
  readonly cidr: string;
}

const RFC1918 = { source: 'https://www.rfc-editor.org/rfc/rfc1918', checked: '2026-11' } as const;
const RFC6598 = { source: 'https://www.rfc-editor.org/rfc/rfc6598', checked: '2026-11' } as const;

/** Default address space: one routable block for each cloud, and ranges that every site reuses. */
export const NETWORK_RANGES: {
  readonly supernets: Readonly<Record<Cloud, RangeRow>>;
  readonly siteBlockPrefix: number;
  readonly pods: RangeRow;
  readonly services: RangeRow;
  readonly servicesPool: RangeRow;
  readonly fabrics: { readonly google: RangeRow; readonly oracle: RangeRow };
} = {
  supernets: {
    aws: { cidr: '10.64.0.0/10', ...RFC1918 },
    azure: { cidr: '10.128.0.0/11', ...RFC1918 },
    google: { cidr: '10.160.0.0/11', ...RFC1918 },
    oracle: { cidr: '10.192.0.0/11', ...RFC1918 },
  },
  /** Networks grow in blocks of this prefix length: the largest that every cloud accepts. */
  siteBlockPrefix: 16,
  /** Pods live outside the routable space and never leave their cluster, so every site uses the same range. */
  pods: { cidr: '100.64.0.0/10', ...RFC6598 },
  /** Kubernetes services of clusters whose cloud keeps them inside the cluster. */
  services: { cidr: '172.20.0.0/16', ...RFC1918 },
  /** Where clusters take service ranges from when their cloud wants them distinct in a network. */
  servicesPool: { cidr: '172.20.0.0/14', ...RFC1918 },
  /** Networks that carry only the traffic between accelerators: every cluster uses the same. */
  fabrics: {
    google: {
      cidr: '192.168.0.0/16',
      source: 'https://github.com/GoogleCloudPlatform/cluster-toolkit/tree/main/examples',
      checked: '2026-11',
    },
    /** What images give the virtual RDMA interfaces of a node (`rdma_network`). */
    oracle: { cidr: '192.168.0.0/16', source: 'https://github.com/oracle-quickstart/oci-hpc-oke', checked: '2026-11' },
  },
};

/** Addresses that private networks may have, those of carriers among them. */
export const PRIVATE_RANGES: readonly RangeRow[] = [
  { cidr: '10.0.0.0/8', ...RFC1918 },
  { cidr: '172.16.0.0/12', ...RFC1918 },
  { cidr: '192.168.0.0/16', ...RFC1918 },
  { cidr: '100.64.0.0/10', ...RFC6598 },
];

/** Whether a block holds private addresses only. */
export function isPrivateRange(block: Cidr): boolean {
  return PRIVATE_RANGES.some((row) => cidrContains(cidr(row.cidr), block));
}

/** Addresses that no network can have. */
export const SPECIAL_RANGES: readonly RangeRow[] = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'].map(
  (block) => {
    return {
      cidr: block,
      source: 'https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml',
      checked: '2026-11',
    };
  },
);

/** Whether an address can be reached over the internet; those of documentation count, which files to show have. */
export function isPublicAddress(address: string): boolean {
  const block = cidr(`${address}/32`);
  return ![...PRIVATE_RANGES, ...SPECIAL_RANGES].some((row) => cidrContains(cidr(row.cidr), block));
}
