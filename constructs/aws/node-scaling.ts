import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks-v2';
import { Token } from 'aws-cdk-lib/core';
import { AWS_NODES_PER_GROUP, type AwsMachine } from '../../estate/catalog/aws-machines';
import type { ConstructErrorCode } from '../errors';
import type { Capacity } from './capacity';

/** What decides how many nodes of a group run. */
export interface ScalingOptions {
  /** Row of the machine type. */
  readonly machine: AwsMachine;
  /** Nodes in service; of a group that an autoscaler sizes the most. */
  readonly nodeCount: number;
  /**
   * Fewest nodes of a group that an autoscaler sizes, of capacity that is not held: see `Autoscaler`.
   *
   * @default - the group has `nodeCount` nodes
   */
  readonly minNodeCount?: number;
  /**
   * Says nothing of how many nodes of a range run, so that another range leaves them alone. CloudFormation sends the whole
   * scaling configuration when a part of it changes, and with the size that a group was made with would set it back to
   * that; EKS makes no group without it.
   *
   * @default - the group is made with `minNodeCount` nodes
   */
  readonly keepsSize?: boolean;
  /** How the machines are obtained. */
  readonly capacity: Capacity;
  /**
   * Who sets how many nodes run.
   *
   * `declared`: the group runs `nodeCount` nodes; growth raises it. A deployment that finds no capacity fails.
   *
   * `external`: the group starts empty and its size belongs to an operator, a schedule or an autoscaler, up to the
   * `maxNodeCount`. Nothing in its scaling configuration follows `nodeCount`, because CloudFormation sends the whole
   * configuration when any part of it changes, and would set a running group back to zero. The tag `nodes` of the group
   * says how many to run.
   *
   * @default - external for capacity blocks, which start and end by date (and EKS empties them before the end),
   * declared otherwise
   */
  readonly scaling?: 'declared' | 'external';
  /**
   * Most nodes of the group, and the largest size of one with `external` scaling: that must never change while it runs,
   * for CloudFormation would set it back to zero nodes.
   *
   * @default - with `external` scaling the nodes of one NVLink or NeuronLink domain, else the quota of EKS for one group,
   * whatever the catalog says; with `declared` scaling what the catalog says
   */
  readonly maxNodeCount?: number;
}

/** Who sets how many nodes run. */
export function scalingOf({ scaling, capacity }: ScalingOptions): 'declared' | 'external' {
  return scaling ?? (capacity.kind === 'capacity-block' ? 'external' : 'declared');
}

/** The scaling configuration of a group. EKS wants all three sizes when it creates one, and the largest above zero. */
export function scalingConfig(options: ScalingOptions): CfnNodegroup.ScalingConfigProperty {
  const { machine, nodeCount, minNodeCount } = options;
  if (scalingOf(options) === 'external') return { minSize: 0, desiredSize: 0, maxSize: maxNodeCountOf(options) };
  if (minNodeCount !== undefined) {
    const desiredSize = options.keepsSize === true ? undefined : minNodeCount;
    return { minSize: minNodeCount, desiredSize, maxSize: nodeCount };
  }
  const minSize = machine.accelerators > 0 || nodeCount === 0 ? 0 : 1;
  return { minSize, desiredSize: nodeCount, maxSize: nodeCount === 0 ? 1 : nodeCount };
}

/** Tags that say of a group whose size belongs to somebody else how many nodes it is for: `16`, or `0-40`. */
export function scalingTags(options: ScalingOptions): Record<string, string> | undefined {
  const { nodeCount, minNodeCount } = options;
  if (scalingOf(options) === 'external') return { nodes: String(nodeCount) };
  return minNodeCount === undefined ? undefined : { nodes: `${minNodeCount}-${nodeCount}` };
}

/** Why a group can never have so many nodes; undefined where it can. */
export function scalingProblem(options: ScalingOptions): readonly [ConstructErrorCode, string] | undefined {
  const { machine, nodeCount, minNodeCount } = options;
  if (Token.isUnresolved(nodeCount)) return undefined;
  if (!Number.isInteger(nodeCount) || nodeCount < 0) {
    return ['CountInvalid', `nodeCount is ${nodeCount}; give a whole number of nodes`];
  }
  const most =
    options.maxNodeCount ?? (scalingOf(options) === 'external' ? maxNodeCountOf(options) : machine.groupNodes);
  if (nodeCount > most) {
    const problem = `nodeCount ${nodeCount} is over the ${most} of one group of ${machine.type}; add another pool`;
    return ['CountInvalid', problem];
  }
  return minNodeCount === undefined ? undefined : rangeProblem(options, minNodeCount);
}

function rangeProblem(
  options: ScalingOptions,
  minNodeCount: number,
): readonly [ConstructErrorCode, string] | undefined {
  const { capacity, nodeCount } = options;
  if (capacity.held || scalingOf(options) === 'external') {
    const what = capacity.held ? `capacity "${capacity.kind}" is held` : 'scaling "external" belongs to somebody else';
    return ['CapacityUnsupported', `${what}, so that no autoscaler sizes the group; leave minNodeCount out`];
  }
  if (Token.isUnresolved(minNodeCount)) return undefined;
  if (Number.isInteger(minNodeCount) && minNodeCount >= 0 && minNodeCount <= nodeCount && nodeCount > 0)
    return undefined;
  const allowed = `give a whole number from 0 to nodeCount, which is ${nodeCount} and above 0`;
  return ['CountInvalid', `minNodeCount is ${minNodeCount}; ${allowed}`];
}

function maxNodeCountOf({ maxNodeCount, machine }: ScalingOptions): number {
  return maxNodeCount ?? (machine.scaleUpNodes > 1 ? machine.scaleUpNodes : AWS_NODES_PER_GROUP.value);
}
