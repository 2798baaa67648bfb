import type { RuleTable } from './table';

const days = (retainDays: number) => ({ retainDays });

/** Rules on logs and alarms. */
export const WATCH_RULES: Readonly<Record<string, RuleTable>> = {
  LogRetention: {
    holds: [
      { 'clusters.ohio.logs': days(3653), 'stores.checkpoints.logs': days(45) },
      { 'clusters.east.logs': days(0), 'clusters.iowa.logs': days(1), 'clusters.phoenix.logs': days(180) },
      { 'accounts.azure-gb.logs': days(730), 'sites.iowa.logs': days(3650), 'accounts.oracle-main.logs': days(0) },
      { 'accounts.aws-main.logs': days(90), 'clusters.ohio.logs': days(365) },
      // Of a site that does not exist nothing is known.
      { 'stores.far': { kind: 'object', site: 'nowhere', logs: days(1) } },
    ],
    fails: [
      [
        { 'clusters.ohio.logs': days(0) },
        'clusters.ohio.logs.retainDays',
        'AWS keeps logs of control planes for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 … (22 in all) days, not for 0',
      ],
      [{ 'clusters.ohio.logs': days(45) }, 'clusters.ohio.logs.retainDays', 'the nearest: retainDays: 30 or 60'],
      [
        { 'stores.checkpoints.logs': days(0) },
        'stores.checkpoints.logs.retainDays',
        'AWS keeps access logs for 1 day or more, not for 0',
      ],
      [
        { 'clusters.east.logs': days(7) },
        'clusters.east.logs.retainDays',
        'Azure keeps logs of control planes for 0 or 30 to 730 days, not for 7',
      ],
      [{ 'clusters.east.logs': days(7) }, 'clusters.east.logs.retainDays', 'the nearest: retainDays: 0 or 30'],
      [{ 'accounts.azure-gb.logs': days(3000) }, 'accounts.azure-gb.logs.retainDays', 'the nearest: retainDays: 730'],
      [
        { 'stores.tpu.logs': days(3653) },
        'stores.tpu.logs.retainDays',
        'Google Cloud keeps access logs for 0 or 1 to 3650 days, not for 3653',
      ],
      [
        { 'clusters.phoenix.logs': days(45) },
        'clusters.phoenix.logs.retainDays',
        'Oracle Cloud keeps logs of control planes for 0 or 30, 60, 90, 120, 150 or 180 days, not for 45',
      ],
      [{ 'sites.phoenix.logs': days(365) }, 'sites.phoenix.logs.retainDays', 'the nearest: retainDays: 180'],
      // Both kinds lie in an account: access logs of AWS take any number, those of control planes do not.
      [{ 'accounts.aws-main.logs': days(45) }, 'accounts.aws-main.logs.retainDays', 'logs of control planes'],
    ],
  },
};
