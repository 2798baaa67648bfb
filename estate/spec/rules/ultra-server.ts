import { lookup } from '../lookup';
import { didYouMean } from '../suggest';
import { orList, quote } from '../words';
import type { Rule } from './rule';
import { poolsOf } from './walk';

/** An UltraServer is one that AWS has, of the machines of its pool. */
export const ultraServerRule: Rule = {
  code: 'UltraServer',
  severity: 'error',
  summary: 'an UltraServer is one that AWS has, of the machines of its pool',
  why: 'it decides how many nodes are one domain, and so how many of them one node group has',
  source: 'https://aws.amazon.com/ec2/ultraservers/',
  checked: '2026-11',
  check(estate, report) {
    for (const { path, pool, at, machine } of poolsOf(estate)) {
      const { ultraServers } = at.catalog;
      // Where the cloud has none, another rule says so.
      if (pool.ultraServer === undefined || ultraServers === undefined) continue;
      const place = { path: [...path, 'ultraServer'], value: pool.ultraServer };
      const row = lookup(ultraServers, pool.ultraServer);
      if (row === undefined) {
        const message = `${at.catalog.title} has no UltraServer ${quote(pool.ultraServer)} in the catalog`;
        const known = Object.keys(ultraServers);
        report({
          ...place,
          message: `${message}${didYouMean(pool.ultraServer, known)}`,
          hint: `it has ${orList(known)}`,
        });
      } else if (machine !== undefined && row.machine !== machine.type) {
        const own = Object.values(ultraServers).filter((other) => other.machine === machine.type);
        const message = `${row.type} is made of ${row.machine}, and the pool of ${machine.type}`;
        const hint =
          own.length === 0 ? 'remove it: the machine is sold by itself' : `name ${orList(own.map(({ type }) => type))}`;
        report({ ...place, message, hint });
      }
    }
  },
};
