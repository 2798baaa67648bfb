import { roomOf } from '../../bundle/job/nodes';
import type { KubeObject } from '../../bundle/types';
import { TPU_LABEL_KEYS, TPU_LABELS } from '../../estate/catalog/acceptance';
import { machineLabels } from '../../estate/catalog/machine-labels';
import { nodeTaints } from '../../estate/catalog/node-taints';

import type { FlavorPlan, QueueSet } from '../../estate/plan/queue/types';
import type { Plan, PoolPlan } from '../../estate/plan/types';
import { NODE_LABELS } from '../../estate/spec/node-labels';
import { isQueued } from '../../estate/spec/queue';
import { poolsOf } from './estate';

/** A node that KWOK answers for. */
export interface KwokNode {
  readonly object: KubeObject;
  /** What pods can have of it, by resource. */
  readonly room: Readonly<Record<string, string>>;
  /** Key of its pool. */
  readonly pool: string;
  /** Id of its group. */
  readonly group: string;
}

const HOSTNAME = 'kubernetes.io/hostname';
const ARCHITECTURES: Readonly<Record<FlavorPlan['architecture'], string>> = { x86_64: 'amd64', arm64: 'arm64' };

/** Labels by which GKE tells slices of TPUs apart. */
function sliceLabels({ machine, topology }: PoolPlan): Readonly<Record<string, string>> {
  const label = TPU_LABELS[machine.accelerator ?? ''];
  if (machine.topologies === undefined || label === undefined || topology === undefined) return {};
  return { [TPU_LABEL_KEYS.accelerator]: label.value, [TPU_LABEL_KEYS.topology]: topology };
}

/** Groups that lie together in each level above the group: twice as many a level up. */
const TOGETHER = 2;

/** Values of labels of the cloud that the plan does not know: they nest, as those of clouds do. */
function cloudLabels(keys: readonly string[], flavor: FlavorPlan, group: number): Readonly<Record<string, string>> {
  const own = keys.filter((key) => key !== NODE_LABELS.group && key !== HOSTNAME);
  return Object.fromEntries(
    own.map((key, level) => {
      const size = TOGETHER ** (own.length - level);
      return [key, `${flavor.pool}-${level}-${Math.floor(group / size)}`];
    }),
  );
}

function taintsOf(flavor: FlavorPlan, pool: PoolPlan): object[] {
  const given = nodeTaints(flavor.cloud, pool.machine, flavor.capacity, isQueued(pool.capacity, pool.machine));
  const all = [...given.map(({ key, effect }) => ({ key, value: 'present', effect })), ...pool.taints];
  return [...new Map(all.map((taint) => [`${taint.key} ${taint.effect}`, taint])).values()];
}

function quantities(flavor: FlavorPlan): Readonly<Record<string, string>> {
  const { cpu, memory, ...rest } = roomOf(flavor);
  const whole = Object.entries(rest).map(([name, count]) => [name, String(count)]);
  return {
    ...Object.fromEntries(whole),
    ...(cpu !== undefined && { cpu: `${cpu}m` }),
    ...(memory !== undefined && { memory: String(memory) }),
    'ephemeral-storage': '900Gi',
  };
}

function nodesOfFlavor(flavor: FlavorPlan, pool: PoolPlan, levels: readonly string[]): KwokNode[] {
  const room = quantities(flavor);
  const taints = taintsOf(flavor, pool);
  return flavor.groups.flatMap((group, place) =>
    Array.from({ length: group.nodes }, (_, index): KwokNode => {
      const name = `${group.id}-${String(index).padStart(5, '0')}`;
      const labels = {
        'kubernetes.io/arch': ARCHITECTURES[flavor.architecture],
        'kubernetes.io/os': 'linux',
        ...machineLabels(flavor.cloud, flavor.machine),
        ...pool.labels,
        ...sliceLabels(pool),
        ...cloudLabels(levels, flavor, place),
        [NODE_LABELS.pool]: flavor.pool,
        [NODE_LABELS.group]: group.id,
        [HOSTNAME]: name,
      };
      return {
        object: { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec: { taints } },
        room,
        pool: flavor.pool,
        group: group.id,
      };
    }),
  );
}

/** The nodes of a cluster that are in service, as the plan has them and as each cloud labels and taints them. */
export function nodesOfSet(plan: Plan, set: QueueSet): readonly KwokNode[] {
  if (set.role === 'manager') return [];
  const pools = poolsOf(plan, set.shard);
  return set.flavors.flatMap((flavor) => {
    const pool = pools.get(flavor.pool);
    if (pool === undefined) throw new Error(`the plan has no pool ${flavor.pool} in ${set.shard}`);
    const levels = set.topologies.find(({ name }) => name === flavor.topology)?.levels ?? [];
    return nodesOfFlavor(
      flavor,
      pool,
      levels.map(({ key }) => key),
    );
  });
}
