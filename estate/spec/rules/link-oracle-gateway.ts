import { VPN_GATEWAYS } from '../../catalog/links';
import { quote } from '../words';
import type { Rule } from './rule';
import { sitesOf } from './walk';

const { asn: ASN, asnRealm: REALM } = VPN_GATEWAYS.oracle;

/** Sites of Oracle Cloud with links have one gateway, with the number of their realm. */
export const linkOracleGateway: Rule = {
  code: 'LinkOracleGateway',
  severity: 'error',
  summary: 'sites of Oracle Cloud with links have one dynamic routing gateway, with the number of their realm',
  why: 'a VCN takes one such gateway, and the number of its autonomous system is Oracle’s, which nothing can change',
  source: VPN_GATEWAYS.oracle.source,
  checked: VPN_GATEWAYS.oracle.checked,
  check(estate, report) {
    for (const { key, path, site, account } of sitesOf(estate)) {
      if (account.cloud !== 'oracle') continue;
      const realm = account.tenancyId.split('.')[2] ?? REALM;
      const number = site.gateway?.asn;
      if (realm === REALM && number !== undefined && number !== ASN) {
        const message = `gateways of Oracle Cloud have number ${ASN} in realm ${quote(REALM)}`;
        report({ path: [...path, 'gateway', 'asn'], value: number, message, hint: 'remove it' });
      }
      const own = Object.values(estate.links).filter(({ between, via }) => between.includes(key) && via === undefined);
      if (own.length === 0) continue;
      if (realm !== REALM && number === undefined) {
        const message = `the number of its gateway in realm ${quote(realm)} is not known`;
        const hint = 'write gateway: { asn: … }, as Oracle names it for the realm in "Site-to-Site VPN"';
        report({ path, on: 'key', message, hint });
      }
      const { egress } = site.network;
      if (typeof egress !== 'object' || egress.via.split('.')[1] !== 'drg') continue;
      report({
        path: [...path, 'network', 'egress', 'via'],
        value: egress.via,
        message: 'the network leads out by a dynamic routing gateway of its own, and its links would need a second one',
        hint: 'use egress: nat, or have the owner of that gateway make the links',
      });
    }
  },
};
