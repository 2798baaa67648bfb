import { CATALOG, type Cloud } from '../../estate/catalog';
import { planLayout } from '../../estate/plan/layout';
import { EMPTY_LOCK } from '../../estate/plan/lock';
import { resolve } from '../../estate/plan/resolve';
import type { Plan } from '../../estate/plan/types';
import { parseEstate } from '../../estate/spec/load';
import { machineFor, poolUnit, unitNodes } from '../../estate/spec/machine';
import { starterEstate } from '../../estate/spec/starter';

/** What an estate resolves to; throws with everything that is found in its text, warnings too. */
export function planOf(text: string): Plan {
  const { estate, warnings } = parseEstate(text, 'estate.yaml');
  expect(warnings).toEqual([]);
  const { lock } = planLayout(estate, EMPTY_LOCK);
  return resolve(estate, lock, { estate: 'estate.yaml', lock: 'estate.lock.json' });
}

/** Accelerators that `estate init` offers on a cloud. */
export function acceleratorsOf(cloud: Cloud): readonly string[] {
  const named = Object.values(CATALOG[cloud].machines).flatMap(({ accelerator }) => accelerator ?? []);
  return [...new Set(named)].filter((accelerator) => {
    const { machine } = machineFor(CATALOG[cloud], { accelerator });
    return machine !== undefined && machine.unpublished === undefined;
  });
}

/** What `estate init` writes for an accelerator, with a name of its own. */
export function initOf(cloud: Cloud, accelerator: string): Plan {
  const { machine } = machineFor(CATALOG[cloud], { accelerator });
  if (machine === undefined) throw new Error(`${cloud} has no ${accelerator}`);
  const count = poolUnit(machine) === 'node' ? 8 : (unitNodes(machine, machine.topologies?.[0]) ?? 1);
  const text = starterEstate({
    name: accelerator.replace(/[^a-z0-9]/g, '').slice(0, 16),
    clusters: [{ cloud, accelerator, size: { unit: 'nodes', count } }],
  });
  return planOf(text ?? '');
}
