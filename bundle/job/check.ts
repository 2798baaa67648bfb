import type { Diagnostic } from '../../estate/diagnostics';
import type { QueuePlan } from '../../estate/plan/queue/types';
import { validateObject } from '../validate';
import { COMPANION_KINDS, JOB_KINDS } from './kinds';
import type { Beside } from './notes';
import { type ManifestObject, readManifest } from './read';
import type { Surroundings } from './surroundings';
import type { JobManifest, Verdict } from './types';
import { type VerdictContext, verdictOf } from './verdict';

/** An object of a manifest with what comes of it. */
export interface CheckedObject extends ManifestObject {
  /** @default none: it is no job, or something is wrong with it */
  readonly told?: { readonly job: JobManifest; readonly verdict: Verdict };
}

/** What is looked at besides the manifest. */
export interface CheckOptions {
  /** Namespace of jobs that name none. @default `default` */
  readonly namespace?: string;
  /** What bundles have for pods besides queues, by shard. @default not known, and nothing is said of it */
  readonly surroundings?: ReadonlyMap<string, Surroundings>;
}

/** Reads a manifest and says of every job in it what would come of it on an estate that is otherwise empty. */
export function checkManifest(
  text: string,
  file: string,
  queue: QueuePlan,
  { namespace, surroundings }: CheckOptions = {},
): readonly CheckedObject[] {
  const objects = readManifest(text, file, namespace);
  const hasJob = objects.some(({ job }) => job !== undefined);
  const context: VerdictContext = {
    queue,
    templates: templatesOf(objects),
    beside: besideOf(objects, namespace),
    ...(surroundings && { surroundings }),
  };
  return objects.flatMap((object): readonly CheckedObject[] => {
    // What stands beside a job, such as its ConfigMap, is none of the queue's business.
    if (hasJob && COMPANION_KINDS.includes(kindOf(object.value))) return [];
    const { job } = object;
    const diagnostics = isJob(object.value) ? [...object.diagnostics, ...structureOf(object)] : object.diagnostics;
    if (job === undefined || diagnostics.length > 0) return [{ ...object, diagnostics }];
    return [{ ...object, told: { job, verdict: verdictOf(job, context) } }];
  });
}

function isJob(value: unknown): boolean {
  return JOB_KINDS.some(({ kind }) => kind === kindOf(value));
}

/** What a server of the recorded release would refuse of an object, besides what has been told of the same places. */
function structureOf({ value, positions, path, diagnostics }: ManifestObject): readonly Diagnostic[] {
  const told = diagnostics.map((each) => each.path);
  return validateObject(value)
    .filter(({ code }) => code !== 'UnknownKind' && code !== 'UnknownVersion')
    .map(({ code, path: inside, message }): Diagnostic => {
      const whole = [...path, ...stepsOf(inside)];
      const at = positions.locate(whole, code === 'UnknownField' ? 'key' : 'value');
      return {
        code: `Manifest${code}`,
        severity: 'error',
        path: whole.join('.'),
        message: `${inside} ${message}`.trim(),
        at,
      };
    })
    .filter((found) => !told.includes(found.path));
}

/** The steps of a path such as `spec.containers[0].name` or `metadata.labels["a.b/c"]`. */
function stepsOf(path: string): readonly (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)].map(([, index, key, name]) =>
    index === undefined ? (key ?? name ?? '') : Number(index),
  );
}

function kindOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'kind' in value ? String(value.kind) : '';
}

/** Device classes that templates of claims in a manifest ask for, by their names. */
function templatesOf(objects: readonly ManifestObject[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    objects.flatMap(({ value }) => (kindOf(value) === 'ResourceClaimTemplate' ? [classesOf(Object(value))] : [])),
  );
}

/** What stands in a manifest, by kind, namespace and name; what lies in no namespace is there with and without one. */
function besideOf(objects: readonly ManifestObject[], namespace = 'default'): Beside {
  return new Set(
    objects.flatMap(({ value }) => {
      const { metadata }: Template = Object(value);
      const [kind, name] = [kindOf(value), String(metadata?.name ?? '')];
      return [`${kind}/${metadata?.namespace ?? namespace}/${name}`, `${kind}//${name}`];
    }),
  );
}

interface Template {
  readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown };
  readonly spec?: { readonly spec?: { readonly devices?: { readonly requests?: unknown } } };
}

function classesOf({ metadata, spec }: Template): readonly [string, readonly string[]] {
  const requests = spec?.spec?.devices?.requests;
  const classes = (Array.isArray(requests) ? requests : []).map(
    (request: { exactly?: { deviceClassName?: unknown } }) => String(request?.exactly?.deviceClassName ?? ''),
  );
  return [String(metadata?.name ?? ''), classes];
}
