import { type Check, valueAt } from './check';

const SOURCES = ['source_ranges', 'source_tags', 'source_service_accounts'] as const;

/** A firewall rule for what comes in says where it comes from; one that does not name a direction is for what comes in. */
export const googleFirewallSource: Check = {
  name: 'google-firewall-source',
  decides: 'provider',
  types: ['google_compute_firewall'],
  source:
    'https://github.com/hashicorp/terraform-provider-google/blob/v7.45.0/website/docs/r/compute_firewall.html.markdown',
  checked: '2026-11',
  find: ({ values }) => {
    const direction = valueAt(values, 'direction');
    const isInbound = direction === null || direction === 'INGRESS';
    if (!isInbound || SOURCES.some((name) => valueAt(values, name) !== null)) return [];
    return [
      {
        path: [],
        message: `a rule for incoming traffic needs one of ${SOURCES.join(', ')}`,
        hint: 'name the ranges that may come in, such as source_ranges ["10.0.0.0/8"], or set direction to "EGRESS"',
      },
    ];
  },
};
