import type { QueuePlan } from '../../estate/plan/queue/types';
import { NODE_LABELS } from '../../estate/spec/node-labels';
import type { CheckedObject } from './check';
import { additionsTo, type Edit, edited } from './edits';
import { type DocumentText, documentsOf } from './read';
import { TOPOLOGY } from './topology-request';
import type { JobManifest, PodSet } from './types';
import { placesOf, verdictOf } from './verdict';

/** Something that a manifest leaves to the estate, and what it would be. */
export interface Completion {
  readonly path: readonly (string | number)[];
  readonly value: string;
  /** Why, as part of a sentence. */
  readonly why: string;
}

/**
 * What could be added to a job so that it fits the estate: its namespace, its queue where only one starts it, and that
 * pods of several nodes lie close together. Nothing that is written is changed.
 */
export function completionsOf(job: JobManifest, queue: QueuePlan, value: unknown): readonly Completion[] {
  const named = namedJob(job, queue);
  const own: Completion[] = [];
  if (!hasNamespace(value)) {
    own.push({ path: ['metadata', 'namespace'], value: job.namespace, why: 'the namespace that it is checked in' });
  }
  if (job.queue === undefined && named !== undefined) {
    const why = 'the only queue of the namespace that starts it';
    own.push({ path: job.at.queue, value: named.queue ?? '', why });
  }
  return [...own, ...topologyCompletions(named ?? job, queue)];
}

/** A job with the one queue that starts it. */
function namedJob(job: JobManifest, queue: QueuePlan): JobManifest | undefined {
  if (job.queue !== undefined) return job;
  const names = new Set(
    queue.sets
      .flatMap(({ localQueues }) => localQueues.filter(({ namespace }) => namespace === job.namespace))
      .map(({ name }) => name),
  );
  const asked = [...names]
    .map((name): JobManifest => ({ ...job, queue: name }))
    .filter((each) =>
      placesOf(each, queue).some(({ queue: { covered } }) => covered.some((resource) => asksFor(each, resource))),
    )
    .filter((each) => ['admitted', 'depends'].includes(verdictOf(each, { queue, templates: new Map() }).outcome));
  return asked.length === 1 ? asked[0] : undefined;
}

function asksFor({ part }: JobManifest, resource: string): boolean {
  return resource !== 'pods' && part.podSets.some(({ requests }) => (requests[resource] ?? 0) > 0);
}

/** Pods of more than one node run faster in one group of the fabric; where they do not fit into one they still run. */
function topologyCompletions(job: JobManifest, queue: QueuePlan): readonly Completion[] {
  const keys = placesOf(job, queue).flatMap(({ set, queue: { flavors } }) =>
    set.flavors
      .filter(({ name }) => flavors.some(({ flavor }) => flavor === name))
      .map(({ topology }) => set.topologies.find(({ name }) => name === topology)?.levels.map(({ key }) => key) ?? []),
  );
  if (keys.length === 0 || !keys.every((levels) => levels.includes(NODE_LABELS.group))) return [];
  const why = 'pods lie in one group where they fit into one';
  return job.part.podSets.filter(wantsPlace).map(({ at }) => ({
    path: [...at, 'metadata', 'annotations', TOPOLOGY.preferred],
    value: NODE_LABELS.group,
    why,
  }));
}

function wantsPlace({ count, topology }: PodSet): boolean {
  return count > 1 && topology === undefined;
}

function hasNamespace(value: unknown): boolean {
  const { metadata } = Object(value) as { readonly metadata?: { readonly namespace?: unknown } };
  return typeof metadata?.namespace === 'string';
}

/** The manifest with what is added to its jobs; every character that is written stays. */
export function completedManifest(text: string, objects: readonly CheckedObject[], queue: QueuePlan): string {
  const edits = documentsOf(text).flatMap((own, index) => {
    const [object, ...others] = objects.filter(({ document }) => document === index);
    const job = others.length === 0 && object?.path.length === 0 ? object.told?.job : undefined;
    if (job === undefined) return [];
    return additionsTo(own.text, completionsOf(job, queue, object?.value)).map((edit) => inFile(edit, own));
  });
  return edited(text, edits);
}

/** An edit of a document as one of its file. */
function inFile({ start, end, text }: Edit, document: DocumentText): Edit {
  const offsetOf = (offset: number) => {
    const above = document.text.slice(0, offset).split('\n');
    return (document.starts[above.length - 1] ?? 0) + (above.at(-1)?.length ?? 0);
  };
  return { start: offsetOf(start), end: offsetOf(end), text: text.replaceAll('\n', document.lineEnd) };
}
