import { DNS_SERVERS } from '../../catalog/existing';
import { counted } from '../words';
import type { Rule } from './rule';
import { sitesOf } from './walk';

/** A network names each DNS server once, and no more of them than its cloud hands on. */
export const dnsServers: Rule = {
  code: 'DnsServers',
  severity: 'error',
  summary: 'a network names each DNS server once, and no more of them than its cloud hands on to machines',
  why: 'the provider refuses more when the network is created',
  source: DNS_SERVERS.aws?.source,
  check(estate, report) {
    for (const { path, site, cloud, catalog } of sitesOf(estate)) {
      const { dns = [] } = site.network;
      const limit = DNS_SERVERS[cloud];
      for (const [index, server] of dns.entries()) {
        if (dns.indexOf(server) === index) continue;
        const message = `${server} is in the list already`;
        report({ path: [...path, 'network', 'dns', index], value: server, message, hint: 'remove it' });
      }
      if (limit === undefined || dns.length <= limit.most) continue;
      const message = `${catalog.title} hands on ${counted(limit.most, 'DNS server')}, these are ${dns.length}`;
      const hint = `keep ${limit.most} of them, which forward to the others (${limit.source})`;
      report({ path: [...path, 'network', 'dns'], message, hint });
    }
  },
};
