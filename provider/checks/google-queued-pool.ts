import { type Check, type Finding, numberAt, textAt, valueAt } from './check';

/** GKE refuses a queued pool that keeps nodes, is spot, takes a reservation, or places GPUs compactly. */
export const googleQueuedPool: Check = {
  name: 'google-queued-pool',
  decides: 'service',
  types: ['google_container_node_pool'],
  source: 'https://github.com/GoogleCloudPlatform/cluster-toolkit/blob/main/modules/compute/gke-node-pool/main.tf',
  checked: '2026-11',
  find: ({ values }) => {
    if (valueAt(values, 'queued_provisioning', 0, 'enabled') !== true) return [];
    const findings: Finding[] = [];
    const fewest = numberAt(values, 'autoscaling', 0, 'total_min_node_count');
    if (fewest !== undefined && fewest !== 0) {
      findings.push({
        path: ['autoscaling', 0, 'total_min_node_count'],
        message: `a queued pool keeps no nodes, total_min_node_count is ${fewest}`,
        hint: 'set total_min_node_count to 0',
      });
    }
    if (valueAt(values, 'node_config', 0, 'spot') === true) {
      findings.push({
        path: ['node_config', 0, 'spot'],
        message: 'a pool is either queued or spot',
        hint: 'remove one of queued_provisioning and spot',
      });
    }
    const affinity = textAt(values, 'node_config', 0, 'reservation_affinity', 0, 'consume_reservation_type');
    // A flex-start pool is told the same by its own check.
    if (affinity !== undefined && affinity !== 'NO_RESERVATION' && !isFlexStart(values)) {
      findings.push({
        path: ['node_config', 0, 'reservation_affinity', 0, 'consume_reservation_type'],
        message: `a queued pool cannot consume a reservation, this is "${affinity}"`,
        hint: 'use "NO_RESERVATION"',
      });
    }
    if (
      textAt(values, 'placement_policy', 0, 'type') === 'COMPACT' &&
      valueAt(values, 'placement_policy', 0, 'tpu_topology') === null
    ) {
      findings.push({
        path: ['placement_policy', 0, 'type'],
        message: 'a queued pool is placed compactly only when it is a TPU slice',
        hint: 'remove placement_policy, or name the tpu_topology of the slice',
      });
    }
    return findings;
  },
};

function isFlexStart(values: Parameters<typeof valueAt>[0]): boolean {
  return valueAt(values, 'node_config', 0, 'flex_start') === true;
}
