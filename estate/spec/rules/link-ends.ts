import { lookup } from '../lookup';
import { quote } from '../words';
import type { Rule } from './rule';

/** Links join two different ends: two sites, or a site and the company. */
export const linkEnds: Rule = {
  code: 'LinkEnds',
  severity: 'error',
  summary: 'links join two different ends: two sites, or a site and the company',
  why: 'a connection has two ends, and each of them gets a half of its own',
  check(estate, report) {
    for (const [key, { between, to, via }] of Object.entries(estate.links)) {
      const path = ['links', key];
      const [one, other] = between;
      if (other === undefined && to === undefined) {
        const message = `${quote(one)} alone is no link`;
        report({
          path: [...path, 'between'],
          message,
          hint: 'name the other site too, or the network of the company below "to"',
        });
      } else if (other !== undefined && to !== undefined) {
        const message = 'two sites and the company are three ends';
        report({ path: [...path, 'to'], on: 'key', message, hint: 'write a link of its own for each pair' });
      } else if (one === other) {
        const message = `the link leads from ${quote(one)} to itself`;
        report({ path: [...path, 'between', 1], value: other, message, hint: 'name another site' });
      }
      if (via !== undefined && between.includes(via)) {
        const message = `${quote(via)} is one of the ends, and no way between them`;
        report({ path: [...path, 'via'], value: via, message, hint: 'name a third site, or leave out "via"' });
      }
      const name = to?.onPremises.name;
      if (name !== undefined && lookup(estate.sites, name) !== undefined) {
        const message = `${quote(name)} is a site of the estate, and what is told of one would be told of the other`;
        report({
          path: [...path, 'to', 'onPremises', 'name'],
          value: name,
          message,
          hint: 'give the place another name',
        });
      }
    }
  },
};
