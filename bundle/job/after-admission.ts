import type { FlavorPlan, QueueSet } from '../../estate/plan/queue/types';
import { counted, joined, quote } from '../../estate/spec/words';
import type { Assigned } from './assign';
import { knownWishes } from './evaluate';
import { collide } from './needs';
import { mayHaveNodes } from './nodes';
import { violationsAt } from './pod-security';
import type { Surroundings } from './surroundings';
import type { HostPort, JobManifest, Reason } from './types';

/** What is looked at once Kueue has admitted a job: it knows nothing of it. */
interface Admitted {
  readonly job: JobManifest;
  readonly set: QueueSet;
  /** Pods of all copies. */
  readonly assigned: readonly Assigned[];
  /** @default not known */
  readonly surroundings?: Surroundings;
}

/** Why pods of a job that Kueue admits are never made, or never run. */
export function podReasons(admitted: Admitted): readonly Reason[] {
  return [securityReasons, nodeReasons, labelReasons, portReasons].flatMap((check) => check(admitted));
}

/** Namespaces let no pod through that their level forbids; whoever makes pods tries for ever. */
function securityReasons({ job, set, surroundings }: Admitted): readonly Reason[] {
  return securityOf(job, set.shard, surroundings).map((reason) => ({
    ...reason,
    means: `it is admitted, and its pods are never made: ${reason.means}`,
  }));
}

/** Why the namespaces of a cluster refuse pods of a job. */
export function securityOf(job: JobManifest, shard: string, surroundings: Surroundings | undefined): readonly Reason[] {
  const { podSecurity: level = 'privileged' } = surroundings ?? {};
  return job.part.podSets.flatMap(({ needs }): readonly Reason[] => {
    const found = violationsAt(needs?.violations ?? [], level);
    const [first] = found;
    if (first === undefined) return [];
    const words = `violates PodSecurity "${level}:latest": ${joined(
      found.map(({ says }) => says),
      'and',
    )}`;
    const means = `namespaces of ${shard} let through what ${level} allows, and each pod is refused: ${words}`;
    const instead = `leave that out; jobs reach accelerators and their network in ${shard} without it`;
    return [{ code: 'PodSecurity', says: '', means, instead, at: first.at }];
  });
}

/** Pods that topology places wait behind a gate, and a pod with a gate may not name its node. */
function nodeReasons({ assigned }: Admitted): readonly Reason[] {
  return distinct(assigned).flatMap(({ podSet: { needs }, pods }): readonly Reason[] => {
    if (needs?.node === undefined) return [];
    const { name, at } = needs.node;
    const means =
      pods === undefined
        ? `its pods go to the node ${quote(name)} without being scheduled, whatever else runs there, and end at once where that is no node of the queue`
        : 'it is admitted, and its pods are never made: spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared';
    const instead = 'leave nodeName out: the queue chooses the node, or a nodeSelector of estate/pool or estate/group';
    return [{ code: 'NodeName', says: '', means, instead, at }];
  });
}

/** Where nodes come and go Kueue looks at labels of the flavor alone, and others are the scheduler's. */
function labelReasons({ set, assigned }: Admitted): readonly Reason[] {
  return distinct(assigned).flatMap(({ podSet, flavor, pods }): readonly Reason[] => {
    const plan = set.flavors.find(({ name }) => name === flavor);
    const { nodes } = knownWishes(podSet);
    if (pods !== undefined || plan === undefined || mayHaveNodes(plan, nodes)) return [];
    const wanted = [
      ...Object.entries(nodes.selector).map(([key, value]) => `${key}=${value}`),
      ...nodes.terms.flat().map(({ key }) => key),
    ];
    const means = `its quota is there, and its pods never run: no node of pool ${plan.pool} (${plan.machine}) ever has ${joined(wanted, 'and')}`;
    const instead = 'a job chooses the accelerator by its queue and needs no node selector';
    return [{ code: 'NodeLabels', says: '', means, instead, at: podSet.at }];
  });
}

/** Two pods cannot hold one port of a node, which neither quota nor placement of Kueue knows. */
function portReasons({ set, assigned }: Admitted): readonly Reason[] {
  return distinct(assigned).flatMap((each): readonly Reason[] => {
    for (const port of each.podSet.needs?.hostPorts ?? []) {
      const rivals = assigned.filter(({ podSet }) => podSet.needs?.hostPorts.some((other) => collide(port, other)));
      const flavor = set.flavors.find(({ name }) => name === each.flavor);
      const left = leftOver(rivals, each, flavor);
      if (left > 0) return [portReason(each, port, left, flavor)];
    }
    return [];
  });
}

/** How many pods of those that want one port have no node on which it is free. */
function leftOver(rivals: readonly Assigned[], own: Assigned, flavor: FlavorPlan | undefined): number {
  const same = rivals.filter((each) => each.flavor === own.flavor);
  if (own.pods === undefined) {
    const pods = same.reduce((sum, { count }) => sum + count, 0);
    return Math.max(0, pods - (flavor?.nodes ?? 0));
  }
  const byNode = new Map<string, number>();
  for (const { pods } of same) {
    for (const [{ node }, count] of pods ?? []) {
      const name = node?.name ?? '';
      byNode.set(name, (byNode.get(name) ?? 0) + count);
    }
  }
  return [...byNode.values()].reduce((sum, count) => sum + count - 1, 0);
}

function portReason({ podSet, pods }: Assigned, port: HostPort, left: number, flavor: FlavorPlan | undefined): Reason {
  const what = `port ${port.port} of its node, by hostNetwork or hostPort, and a node has it once`;
  const where =
    pods === undefined
      ? `there are fewer nodes than pods`
      : 'the queue places by accelerators, cores and memory, and knows no ports';
  const whole = flavor === undefined ? 0 : flavor.perNode.accelerators;
  const alone =
    whole > 0
      ? `let each pod ask for all ${whole} ${flavor?.resource} of a node`
      : 'let each pod ask for more than half of the cores of a node';
  return {
    code: 'HostPorts',
    says: '',
    means: `it is admitted, and ${counted(left, 'pod')} never ${left === 1 ? 'starts' : 'start'}: each pod of ${quote(podSet.name)} holds ${what}; ${where}`,
    instead: `${alone}, or leave hostNetwork and hostPort out where the network between accelerators does without`,
    at: port.at,
  };
}

/** The first of each pod set: copies are alike. */
function distinct(assigned: readonly Assigned[]): readonly Assigned[] {
  return [...new Map([...assigned].reverse().map((each) => [each.podSet.name, each])).values()].reverse();
}
