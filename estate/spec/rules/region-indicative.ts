import { quote } from '../words';
import type { Rule } from './rule';
import { isRegionKnown, type PoolEntry, poolsOf } from './walk';

/** Machines are used in regions, and zones, where they have been seen. */
export const regionIndicative: Rule = {
  code: 'RegionIndicative',
  severity: 'warning',
  summary: 'machines are used in regions and zones where they have been seen',
  why: 'regions of new machines change monthly, so this is a question, not a refusal',
  check(estate, report) {
    for (const entry of poolsOf(estate)) {
      const { path, pool, at, machine } = entry;
      const elsewhere = elsewhereOf(entry);
      if (machine === undefined || elsewhere === undefined || !isRegionKnown(at)) continue;
      const { key, place, seen } = elsewhere;
      report({
        path: [...path, key],
        value: pool[key],
        message: `${machine.type} was not seen in ${quote(place)} (${machine.checked}); it was seen in ${seen.join(', ')}`,
        hint: `ask ${at.catalog.title}, then acknowledge RegionIndicative at ${path.join('.')}`,
      });
    }
  },
};

/** Where a pool lies although its machine was seen in other places only. */
function elsewhereOf({ pool, at, machine }: PoolEntry) {
  const { region, zones } = at.site;
  const zone = pool.zone ?? (zones.length === 1 ? zones[0] : undefined);
  if (machine?.regions !== undefined && !machine.regions.includes(region)) {
    const key: 'accelerator' | 'machine' = pool.machine === undefined ? 'accelerator' : 'machine';
    return { key, place: region, seen: machine.regions };
  }
  if (machine?.zones === undefined || zone === undefined || machine.zones.includes(zone)) return undefined;
  return { key: 'zone' as const, place: zone, seen: machine.zones };
}
