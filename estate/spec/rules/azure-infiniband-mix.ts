import type { AzureMachine } from '../../catalog';
import { groupBy } from '../../units';
import { catalogOf } from '../catalog-of';
import { lookup } from '../lookup';
import { formatPath, quote } from '../words';
import type { Rule } from './rule';
import { type PoolEntry, poolsOf } from './walk';

/** The machines of one Azure subscription agree on its InfiniBand feature. */
export const azureInfinibandMix: Rule = {
  code: 'AzureInfinibandMix',
  severity: 'error',
  summary: 'the machines of one Azure subscription agree on its InfiniBand feature',
  why: 'AKSInfinibandSupport holds for a whole subscription: racks need it off, 8-GPU machines need it on',
  source: 'https://github.com/Azure/ai-infrastructure-on-azure',
  checked: '2026-11',
  check(estate, report) {
    const { machines } = catalogOf(estate).clouds.azure;
    const entries = poolsOf(estate).filter(({ at }) => at.cloud === 'azure');
    for (const pools of groupBy(entries, ({ at }) => at.site.account).values()) {
      const [first] = pools.filter((entry) => featureOf(entry, machines) !== undefined);
      if (first === undefined) continue;
      for (const entry of pools) {
        const feature = featureOf(entry, machines);
        if (feature === undefined || feature === featureOf(first, machines)) continue;
        report({
          path: [...entry.path, 'accelerator'],
          value: entry.pool.accelerator,
          message: `${entry.machine?.type} needs AKSInfinibandSupport ${feature}, ${formatPath(first.path)} in the same subscription needs it ${featureOf(first, machines)}`,
          hint: `put one of them at a site of another subscription than account ${quote(entry.at.site.account)}`,
        });
      }
    }
  },
};

function featureOf(
  { machine }: PoolEntry,
  machines: Readonly<Record<string, AzureMachine>>,
): AzureMachine['infinibandFeature'] {
  return machine && lookup(machines, machine.type)?.infinibandFeature;
}
