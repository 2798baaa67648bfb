import { orList, quote } from '../words';
import type { Rule } from './rule';
import { poolsOf, storesOf } from './walk';

/** Pools and file systems name their zone where the site has several. */
export const zoneMissing: Rule = {
  code: 'ZoneMissing',
  severity: 'error',
  summary: 'pools and file systems name their zone where the site has several',
  why: 'an RDMA network and a file system lie in one zone; a choice by position would move data when zones are added',
  check(estate, report) {
    const placed = [
      ...poolsOf(estate).map(({ path, pool, at }) => ({ path, zone: pool.zone, at, noun: 'the pool' })),
      ...storesOf(estate).flatMap(({ path, store, at }) =>
        store.kind === 'lustre' ? { path, zone: store.zone, at, noun: 'the file system' } : [],
      ),
    ];
    for (const { path, zone, at, noun } of placed) {
      if (zone !== undefined || at.site.zones.length < 2) continue;
      const message = `${noun} names no zone, and site ${quote(at.key)} has ${at.site.zones.length}`;
      report({ path, on: 'key', message, hint: `write zone: with ${orList(at.site.zones)}` });
    }
  },
};
