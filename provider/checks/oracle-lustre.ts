import { tierOf } from '../../estate/catalog/lustre';
import { oracle } from '../../estate/catalog/oracle';
import { type Check, type Finding, numberAt, textAt } from './check';
import { checkLustreSize } from './lustre-size';

const NAME = /^[A-Za-z0-9_]{1,8}$/;
const TIER = /^MBPS_PER_TB_(\d+)$/;
const TIER_NAMES = oracle.lustre.tiers.map(({ throughputMBpsPerTiB }) => `MBPS_PER_TB_${throughputMBpsPerTiB}`);

/** File Storage with Lustre on Oracle Cloud: the real provider checks neither name nor tier nor size. */
export const oracleLustre: Check = {
  name: 'oracle-lustre',
  decides: 'service',
  types: ['oci_lustre_file_storage_lustre_file_system'],
  source: 'https://github.com/oracle-quickstart/oci-hpc-oke',
  checked: '2026-11',
  samples: {
    oci_lustre_file_storage_lustre_file_system: {
      file_system_name: ['lustre', 'fast_1'],
      performance_tier: TIER_NAMES,
      capacity_in_gbs: [Math.max(...oracle.lustre.tiers.map(({ min }) => min))],
    },
  },
  find: ({ values }) => {
    const findings: Finding[] = [];
    const name = textAt(values, 'file_system_name');
    if (name !== undefined && !NAME.test(name)) {
      findings.push({
        path: ['file_system_name'],
        message: `"${name}" is not a file system name: at most 8 letters, digits and underscores`,
        hint: 'use a shorter name without other characters',
      });
    }
    const tierName = textAt(values, 'performance_tier');
    const throughput = Number(TIER.exec(tierName ?? '')?.[1]);
    const tier = tierOf(oracle.lustre, throughput);
    if (tierName !== undefined && tier === undefined) {
      findings.push({
        path: ['performance_tier'],
        message: `"${tierName}" is no tier; allowed: ${TIER_NAMES.join(', ')}`,
        hint: 'use one of the tiers',
      });
    }
    const size = numberAt(values, 'capacity_in_gbs');
    if (tier !== undefined && tierName !== undefined && size !== undefined) {
      findings.push(...checkLustreSize(size, { tier, tierName, unit: 'GB', largest: 'raised' }, ['capacity_in_gbs']));
    }
    return findings;
  },
};
