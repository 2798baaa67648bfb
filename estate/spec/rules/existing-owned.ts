import type { Path } from '../positions';
import { SIZE_KEYS } from '../store-size';
import { quote } from '../words';
import type { Rule } from './rule';
import { clustersOf, sitesOf, storesOf } from './walk';

const CLUSTER_KEYS = [
  'access',
  'controlPlaneTier',
  'maintenance',
  'logs',
  'alarms',
  'binaryAuthorization',
  'policyAddon',
] as const;
const STORE_KEYS = [...Object.keys(SIZE_KEYS), 'throughputMBpsPerTiB', 'alarms'];

/** What is somebody else's is left as it is: keys that would decide how it is made are not written. */
export const existingOwned: Rule = {
  code: 'ExistingOwned',
  severity: 'error',
  summary: 'nothing is said of what exists already that decides how it is made',
  why: 'it is neither made nor changed, so the key would have no effect',
  check(estate, report) {
    const refuse = (path: Path, what: string): void => {
      const message = `${quote(path.at(-1))} has no effect on a ${what} that exists already, which is left as it is`;
      report({ path, on: 'key', message, hint: 'remove it, or "existing"' });
    };
    for (const { path, site } of sitesOf(estate)) {
      if (site.network.existing === undefined) continue;
      if (site.cidr !== undefined) refuse([...path, 'cidr'], 'network');
      if (site.reserveBlocks !== undefined) refuse([...path, 'reserveBlocks'], 'network');
      if (site.network.dns !== undefined) refuse([...path, 'network', 'dns'], 'network');
    }
    for (const { path, cluster } of clustersOf(estate)) {
      if (cluster.existing === undefined) continue;
      if (Object.keys(cluster.addons).length > 0) refuse([...path, 'addons'], 'cluster');
      for (const key of CLUSTER_KEYS) if (cluster[key] !== undefined) refuse([...path, key], 'cluster');
      const { nodes: _nodes, ...system } = cluster.systemPool;
      for (const key of Object.keys(system)) refuse([...path, 'systemPool', key], 'cluster');
    }
    for (const { path, store } of storesOf(estate)) {
      if (store.existing === undefined) continue;
      if (store.owner !== undefined) refuse([...path, 'owner'], 'store');
      if (store.tags !== undefined) refuse([...path, 'tags'], 'store');
      if (store.kind === 'object') {
        if (store.retainDays !== DEFAULT_DAYS) refuse([...path, 'retainDays'], 'store');
        if (store.logs !== undefined) refuse([...path, 'logs'], 'store');
        continue;
      }
      const written: Readonly<Record<string, unknown>> = store;
      for (const key of STORE_KEYS) if (written[key] !== undefined) refuse([...path, key], 'store');
    }
  },
};

/** What stands there where nothing is written. */
const DEFAULT_DAYS = 30;
