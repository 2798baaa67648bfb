import { didYouMean } from '../../estate/spec/suggest';
import { joined, quote } from '../../estate/spec/words';
import type { Given, Surroundings } from './surroundings';
import type { JobManifest, NamedThing, Reason } from './types';

/** What stands beside a job in its file: `<kind>/<namespace>/<name>`. */
export type Beside = ReadonlySet<string>;

/** A kind of objects that pods name, and that the bundle has some of. */
interface NamedKind {
  readonly kind: string;
  /** What it is called in sentences. */
  readonly title: string;
  readonly code: string;
  readonly of: (surroundings: Surroundings) => readonly Given[];
  readonly asked: (job: JobManifest) => readonly NamedThing[];
  /** Names that every namespace has by itself. */
  readonly always: readonly string[];
  /** What happens without it. */
  readonly without: string;
}

const KINDS: readonly NamedKind[] = [
  {
    kind: 'PersistentVolumeClaim',
    title: 'claim',
    code: 'Claim',
    of: ({ claims }) => claims,
    asked: ({ part }) => part.podSets.flatMap(({ needs }) => needs?.claims ?? []),
    always: [],
    without: 'its pods are admitted, and wait until there is one',
  },
  {
    kind: 'ServiceAccount',
    title: 'service account',
    code: 'Account',
    of: ({ accounts }) => accounts,
    asked: ({ part }) => part.podSets.flatMap(({ needs }) => needs?.account ?? []),
    always: ['default'],
    without: 'the job is admitted, and its pods are made only once there is one',
  },
];

/**
 * What pods name in a cluster that its bundle does not have.
 *
 * It is no verdict: people have claims and service accounts of their own, which the estate does not know and Kueue never
 * looks at.
 */
export function clusterNotes(
  job: JobManifest,
  shard: string,
  surroundings: Surroundings | undefined,
  beside: Beside,
): readonly Reason[] {
  if (surroundings === undefined) return [];
  return KINDS.flatMap((kind) => {
    const names = new Map(kind.asked(job).map((each) => [each.name, each]));
    return [...names.values()]
      .filter(({ name }) => !kind.always.includes(name) && !beside.has(`${kind.kind}/${job.namespace}/${name}`))
      .flatMap((named) => noteOf(kind, named, job.namespace, shard, kind.of(surroundings)));
  });
}

function noteOf(
  { kind, title, code, without }: NamedKind,
  { name, at }: NamedThing,
  namespace: string,
  shard: string,
  all: readonly Given[],
): readonly Reason[] {
  const here = all.filter((each) => each.namespace === namespace);
  const found = here.find((each) => each.name === name);
  if (found !== undefined) {
    if (!found.isWaiting) return [];
    const means = `the bundle of ${shard} has the ${title} ${quote(name)} only once stacks have told what it is made from: until then ${without}`;
    return [{ code: `${code}Waits`, says: '', means, instead: '"estate bundle" says what is missing', at }];
  }
  const names = here.map((each) => each.name);
  const elsewhere = [...new Set(all.filter((each) => each.name === name).map((each) => each.namespace))];
  const hint = elsewhere.length > 0 ? `; ${joined(elsewhere, 'and')} has one` : didYouMean(name, names);
  const means = `the estate has no ${title} ${quote(name)} in the namespace ${quote(namespace)} of ${shard}${hint}; where nobody else makes it, ${without}`;
  const own = names.length === 0 ? `the estate has none there` : `those of the estate there: ${joined(names, 'and')}`;
  return [{ code: `${code}Unknown`, says: '', means, instead: `${own}; or put the ${kind} into the file`, at }];
}

/** What a job needs wherever it runs and the estate does not bring. */
export function jobNotes({ runtime, namespace }: JobManifest, beside: Beside): readonly Reason[] {
  if (runtime === undefined) return [];
  const { kind, name, at } = runtime;
  const isBeside = [`${kind}/${namespace}/${name}`, `${kind}//${name}`].some((each) => beside.has(each));
  if (isBeside) return [];
  const means = `its pods are made from the ${kind} ${quote(name)}, and the estate installs Kubeflow Trainer without any runtime: a webhook refuses the job in every cluster that has it not`;
  const instead = `apply a ${kind} of that name to all clusters of the queue, or put a TrainingRuntime into the file and name it: runtimeRef: { kind: TrainingRuntime, name: ${name} }`;
  return [{ code: 'RuntimeNeeded', says: '', means, instead, at }];
}
