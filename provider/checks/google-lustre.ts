import { GOOGLE_LUSTRE_MOUNT_NAME, google } from '../../estate/catalog/google';
import { tierOf } from '../../estate/catalog/lustre';
import { type Check, type Finding, numberAt, textAt } from './check';
import { checkLustreSize } from './lustre-size';

/** Managed Lustre on Google Cloud has four tiers with their own sizes; the real provider lets every number through. */
export const googleLustre: Check = {
  name: 'google-lustre',
  decides: 'service',
  types: ['google_lustre_instance'],
  source: 'https://docs.cloud.google.com/managed-lustre/docs/performance-tiers',
  checked: '2026-11',
  find: ({ values }) => {
    const findings: Finding[] = [];
    const throughput = numberAt(values, 'per_unit_storage_throughput');
    const tier = throughput === undefined ? undefined : tierOf(google.lustre, throughput);
    if (throughput !== undefined && tier === undefined) {
      const offered = google.lustre.tiers.map(({ throughputMBpsPerTiB }) => throughputMBpsPerTiB).join(', ');
      findings.push({
        path: ['per_unit_storage_throughput'],
        message: `${throughput} MB/s per TiB is no tier; allowed: ${offered}`,
        hint: 'use one of the tiers',
      });
    }
    const size = numberAt(values, 'capacity_gib');
    if (tier !== undefined && size !== undefined) {
      const tierName = `the ${throughput} MB/s per TiB tier`;
      findings.push(...checkLustreSize(size, { tier, tierName, unit: 'GiB', largest: 'fixed' }, ['capacity_gib']));
    }
    const name = textAt(values, 'filesystem');
    if (name !== undefined && !GOOGLE_LUSTRE_MOUNT_NAME.pattern.test(name)) {
      findings.push({
        path: ['filesystem'],
        message: `"${name}" is not a file system name: a letter and up to 7 letters and digits`,
        hint: 'use a shorter name that starts with a letter, without other characters',
      });
    }
    return findings;
  },
};
