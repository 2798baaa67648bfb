import { counted, joined, quote } from '../../estate/spec/words';
import { type Assignment, largest } from './assign';
import { divisorBelow, type QueueView } from './evaluate';
import { levelOf, NOTHING_ASKED } from './place';
import { TOPOLOGY } from './topology-request';
import type { JobManifest, PodSet, Reason } from './types';

type Refusal = Extract<Assignment, { fits: false }>;

/** Why a queue never starts a job, and what to write instead. */
export function adviceFor(job: JobManifest, view: QueueView, refusal: Refusal): Reason {
  const { means, instead } = ADVICE[refusal.code](job, view, refusal);
  return {
    code: refusal.code,
    says: refusal.says === '' ? '' : `couldn't assign flavors to pod set ${refusal.podSet.name}: ${refusal.says}`,
    means,
    instead,
    at: refusal.podSet.at,
  };
}

type Advice = (
  job: JobManifest,
  view: QueueView,
  refusal: Refusal,
) => { readonly means: string; readonly instead: string };

const ADVICE: Readonly<Record<Refusal['code'], Advice>> = {
  Quota: (job, view, { podSet }) => {
    const most = mostPods(job, view, podSet);
    const means = 'it asks for more than its queue can ever have, with all that others lend';
    return { means, instead: `${atMost(most, podSet)}; "estate show queue" tells who has what` };
  },
  Topology: (job, view, refusal) => topologyAdvice(job, view, refusal),
  NodeSelector: (_job, view, { podSet }) => {
    const wanted = [
      ...Object.entries(podSet.nodes.selector).map(([key, value]) => `${key}=${value}`),
      ...podSet.nodes.terms.flat().map(({ key }) => key),
    ];
    const pools = [...new Set(flavorsOf(view).map(({ pool }) => pool))];
    return {
      means: `no pool of its queue has nodes with ${joined(wanted, 'and')}`,
      instead: `a job chooses the accelerator by its queue and needs no node selector; pools of this one: estate/pool ${joined(pools, 'or')}`,
    };
  },
  NoTopology: (_job, _view, { podSet }) => ({
    means: 'the nodes of its queue come and go, so that they have no topology',
    instead: `leave ${topologyNames(podSet)} out, or name a queue whose nodes stand`,
  }),
  OnlyTopology: () => ({
    means:
      'some pools of its queue have a topology and others have none, and only jobs that ask for it go to the former',
    instead: `write the annotation ${TOPOLOGY.unconstrained}: "true" on the pods`,
  }),
  TopologyLevel: (_job, view) => {
    const keys = new Set(
      view.set.topologies
        .filter(({ name }) => flavorsOf(view).some(({ topology }) => topology === name))
        .flatMap(({ levels }) => levels.map(({ key }) => key)),
    );
    return {
      means: 'no pool of its queue has the level that it asks for',
      instead: `levels of its pools: ${joined([...keys], 'and')}`,
    };
  },
  NoFlavor: () => ({ means: 'its queue has no nodes', instead: 'name another queue' }),
};

function topologyAdvice(
  job: JobManifest,
  view: QueueView,
  { podSet, says, flavor = '' }: Refusal,
): { readonly means: string; readonly instead: string } {
  if (says === NOTHING_ASKED) {
    const means = 'its pods ask for nothing, and by topology nothing fits nowhere';
    return { means, instead: 'write requests of cpu and memory for every pod' };
  }
  const most = mostPods(job, view, podSet);
  const tree = view.treeOf(flavor);
  const key = tree === undefined ? '' : levelOf(tree, podSet.topology);
  const title = tree?.topology.levels.find((level) => level.key === key)?.title ?? 'domain';
  const [slice] = podSet.topology?.slices ?? [];
  if (most === undefined) {
    const limiting = /resource "([^"]+)"/.exec(says)?.[1];
    if (limiting !== undefined && slice === undefined) {
      const room = tree?.nodes[0]?.room[limiting] ?? 0;
      return {
        means: `a pod asks for more ${limiting} than any node has for it`,
        instead: `a node has ${room}${limiting === 'cpu' ? 'm' : ''} of ${limiting}`,
      };
    }
    if (slice !== undefined)
      return {
        means: `a slice of ${slice.size} pods fits into no ${slice.topology}`,
        instead: sliceInstead(job, view, podSet),
      };
    return { means: 'no node fits', instead: 'see what Kueue excludes' };
  }
  if (podSet.topology?.required === undefined)
    return {
      means: 'the nodes of its queue do not have room for all of its pods at once',
      instead: atMost(most, podSet),
    };
  const size = divisorBelow(podSet.count, most);
  const slices = `or keep slices together: ${TOPOLOGY.slice}: ${key} with ${TOPOLOGY.sliceSize}: "${size}"`;
  return {
    means: `all ${podSet.count} pods are to lie in one ${title}, which has room for ${most}`,
    instead: `${atMost(most, podSet)}, or ${TOPOLOGY.preferred} instead of ${TOPOLOGY.required}${size > 1 && slice === undefined ? `, ${slices}` : ''}`,
  };
}

function sliceInstead(job: JobManifest, view: QueueView, podSet: PodSet): string {
  const [slice, ...inner] = podSet.topology?.slices ?? [];
  if (slice === undefined || podSet.topology === undefined) return '';
  const { topology } = podSet;
  const fits = (size: number) => {
    const changed = { ...podSet, topology: { ...topology, slices: [{ ...slice, size }] } };
    return view.assign(
      job.part.podSets.map((each) => (each === podSet ? changed : each)),
      job.part.podSets.map((each) => (each === podSet ? size : each.count)),
    ).fits;
  };
  const most = inner.length > 0 ? undefined : largest(1, slice.size, fits);
  return most === undefined
    ? 'write smaller slices'
    : `write ${TOPOLOGY.sliceSize}: "${divisorBelow(podSet.count, most)}"; at most ${most} fit`;
}

/** The most pods of a pod set with which the job fits. */
function mostPods(job: JobManifest, view: QueueView, podSet: PodSet): number | undefined {
  const at = job.part.podSets.indexOf(podSet);
  const step = podSet.topology?.slices[0]?.size ?? 1;
  const found = largest(1, Math.floor(podSet.count / step), (count) => {
    const counts = job.part.podSets.map((each, index) => (index === at ? count * step : each.count));
    return view.assign(job.part.podSets, counts).fits;
  });
  return found === undefined ? undefined : found * step;
}

function atMost(most: number | undefined, podSet: PodSet): string {
  if (most === undefined) return `not even one pod of ${quote(podSet.name)} fits: ask for less in each`;
  return `write at most ${counted(most, 'pod')} for ${quote(podSet.name)}, not ${podSet.count}`;
}

function flavorsOf(view: QueueView) {
  return view.set.flavors.filter(({ name }) => view.queue.flavors.some(({ flavor }) => flavor === name));
}

function topologyNames(podSet: PodSet): string {
  const { required, preferred } = podSet.topology ?? {};
  return required !== undefined
    ? TOPOLOGY.required
    : preferred !== undefined
      ? TOPOLOGY.preferred
      : 'the annotations of topology';
}
