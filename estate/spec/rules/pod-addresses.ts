import type { CloudCatalog, MachineBase, SubnetRow } from '../../catalog';
import { AWS_POD_PREFIXES } from '../../catalog/aws';
import { formatCount } from '../../units';
import { lookup } from '../lookup';
import { poolSize } from '../machine';
import { counted, quote } from '../words';
import type { Rule } from './rule';
import { poolsOf, type SiteEntry } from './walk';

const { prefix, pods, ofBusyNode, reserved, source } = AWS_POD_PREFIXES;

/** The pod ranges of an AWS zone hold the pods of all nodes in the zone. */
export const podAddresses: Rule = {
  code: 'PodAddresses',
  severity: 'warning',
  summary: 'the pod ranges of an AWS zone hold the pods of all nodes in the zone',
  why: 'all clusters of the site share it; when it is used up, pods stay pending on healthy nodes',
  source,
  check(estate, report) {
    const zones = new Map<string, { readonly at: SiteEntry; readonly zone: string; nodes: number }>();
    for (const { pool, at, machine } of poolsOf(estate)) {
      const size = machine && poolSize(machine, pool);
      const zone = pool.zone ?? at.site.zones[0];
      // Ranges that exist are counted as they are, not as they would be made.
      if (size === undefined || zone === undefined || at.site.network.existing !== undefined) continue;
      const entry = zones.get(`${at.key}/${zone}`) ?? { at, zone, nodes: 0 };
      entry.nodes += size.nodes;
      zones.set(`${at.key}/${zone}`, entry);
    }
    for (const { at, zone, nodes } of zones.values()) {
      const range = at.catalog.subnets.find(({ per, space }) => per === 'zone' && space === 'pods');
      const index = at.site.zones.indexOf(zone);
      if (range === undefined || index === -1) continue;
      const ranges = rangesFor(nodes, range, at.catalog);
      const most = ranges * Math.floor((2 ** (prefix - range.prefix) - reserved) / ofBusyNode);
      if (nodes <= most) continue;
      const shared =
        ranges === 1
          ? `the pod range of ${quote(zone)}, which holds`
          : `${ranges} pod ranges of ${quote(zone)}, which hold`;
      const message = `${counted(nodes, 'node')} share ${shared} the pods of ${formatCount(most)} busy ones`;
      const hint = `keep to ${pods} pods on each node and acknowledge it, or spread the pools over zones or sites`;
      report({ path: [...at.path, 'zones', index], value: zone, message, hint });
    }
  },
};

/** Ranges that the planner gives the pods of so many nodes. */
function rangesFor(nodes: number, { prefix: length, holds }: SubnetRow, catalog: CloudCatalog): number {
  const machine = lookup<MachineBase>(catalog.machines, catalog.systemMachine);
  const perNode = machine && holds?.perNode?.(machine);
  if (holds === undefined || perNode === undefined) return 1;
  return Math.ceil(nodes / Math.floor((2 ** (32 - length) - holds.kept) / perNode));
}
