import { type Check, valueAt } from './check';

/** A firewall rule that says how it logs cannot say that it does not. */
export const googleFirewallLogging: Check = {
  name: 'google-firewall-logging',
  decides: 'provider',
  types: ['google_compute_firewall'],
  source:
    'https://github.com/hashicorp/terraform-provider-google/blob/v7.45.0/google/services/compute/resource_compute_firewall.go',
  checked: '2026-11',
  find: ({ values }) => {
    const config = valueAt(values, 'log_config');
    if (!Array.isArray(config) || config.length === 0 || valueAt(values, 'enable_logging') !== false) return [];
    return [
      {
        path: ['enable_logging'],
        message: 'false is not accepted beside log_config',
        hint: 'remove enable_logging, which is deprecated, or log_config',
      },
    ];
  },
};
