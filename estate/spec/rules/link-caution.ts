import { INTERCONNECTS } from '../../catalog/links';
import { interconnectRow, linksOf } from './link-walk';
import type { Rule } from './rule';

/** Circuits that a provider does not stand by yet are acknowledged. */
export const linkCaution: Rule = {
  code: 'LinkCaution',
  severity: 'warning',
  summary: 'circuits that a provider does not stand by yet are acknowledged',
  why: 'what is said of them decides whether training can lean on them',
  source: INTERCONNECTS.find(({ caution }) => caution !== undefined)?.source ?? '',
  check(estate, report) {
    for (const { path, ends, kind, link } of linksOf(estate)) {
      const caution = interconnectRow(ends)?.caution;
      if (kind !== 'interconnect' || link.via !== undefined || caution === undefined) continue;
      const hint = `lead it through another site with "via", or: acknowledge: [{ rule: LinkCaution, path: ${path.join('.')}, reason: … }]`;
      report({ path, on: 'key', message: caution, hint });
    }
  },
};
