import { type Check, numberAt } from './check';

/** Private autonomous system numbers, and the one that Google uses for Partner Interconnect. */
const ALLOWED = [
  [64512, 65534],
  [4200000000, 4294967294],
  [16550, 16550],
] as const;

/** A Cloud Router speaks BGP under a private number. */
export const googleRouterAsn: Check = {
  name: 'google-router-asn',
  decides: 'provider',
  types: ['google_compute_router'],
  source: 'https://github.com/hashicorp/terraform-provider-google/blob/v7.45.0/google/verify/validation.go',
  checked: '2026-11',
  find: ({ values }) => {
    const asn = numberAt(values, 'bgp', 0, 'asn');
    if (asn === undefined || ALLOWED.some(([first, last]) => asn >= first && asn <= last)) return [];
    const ranges = ALLOWED.map(([first, last]) => (first === last ? String(first) : `${first} to ${last}`)).join(', ');
    return [
      {
        path: ['bgp', 0, 'asn'],
        message: `${asn} is no private number; allowed: ${ranges}`,
        hint: 'choose a number of these ranges that no neighbour uses',
      },
    ];
  },
};
