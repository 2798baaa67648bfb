import { formatCount } from '../../units';
import { poolSize } from '../machine';
import { counted, quote } from '../words';
import type { Rule } from './rule';
import { poolsOf, type SiteEntry } from './walk';

/**
 * Pods take their addresses in blocks of /28: a node with more than 16 pods holds two, and the address of the interface
 * that carries them lies in a third one.
 */
const BLOCK_PREFIX = 28;
const BLOCKS_OF_BUSY_NODE = 3;
/** Blocks in which AWS keeps addresses of every subnet for itself: the first and the last. */
const BLOCKS_OF_AWS = 2;

/** The pod range of an AWS zone holds the pods of all nodes in the zone. */
export const podAddresses: Rule = {
  code: 'PodAddresses',
  severity: 'warning',
  summary: 'the pod range of an AWS zone holds the pods of all nodes in the zone',
  why: 'all clusters of the site share it; when it is used up, pods stay pending on healthy nodes',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/prefix-mode-linux.html',
  check(estate, report) {
    const zones = new Map<string, { readonly at: SiteEntry; readonly zone: string; nodes: number }>();
    for (const { pool, at, machine } of poolsOf(estate)) {
      const size = machine && poolSize(machine, pool);
      const zone = pool.zone ?? at.site.zones[0];
      if (size === undefined || zone === undefined) continue;
      const entry = zones.get(`${at.key}/${zone}`) ?? { at, zone, nodes: 0 };
      entry.nodes += size.nodes;
      zones.set(`${at.key}/${zone}`, entry);
    }
    for (const { at, zone, nodes } of zones.values()) {
      const range = at.catalog.subnets.find(({ per, space }) => per === 'zone' && space === 'pods');
      const index = at.site.zones.indexOf(zone);
      if (range === undefined || index === -1) continue;
      const most = Math.floor((2 ** (BLOCK_PREFIX - range.prefix) - BLOCKS_OF_AWS) / BLOCKS_OF_BUSY_NODE);
      if (nodes <= most) continue;
      const message = `${counted(nodes, 'node')} share the pod range of ${quote(zone)}, which holds the pods of ${formatCount(most)} busy ones`;
      const hint = 'keep to 16 pods on each node and acknowledge it, or spread the pools over zones or sites';
      report({ path: [...at.path, 'zones', index], value: zone, message, hint });
    }
  },
};
