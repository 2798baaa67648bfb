import type { TolerationPlan } from '../../estate/plan/queue/types';
import { quote } from '../../estate/spec/words';
import { quantityOf } from '../quantity';
import type { Field } from './field';
import { readNeeds } from './needs';
import { quantity } from './quantity';
import type { LabelRequirement, NodeWish, PodSet, Requests } from './types';

/** What of a pod template matters for where its pods go. */
export function readPod(spec: Field): Pick<PodSet, 'requests' | 'nodes' | 'claims' | 'needs' | 'priorityClass'> {
  if (spec.at('containers').items().length === 0) {
    spec.at('containers').mistake('ManifestShape', `${spec.at('containers').path.join('.')} has no container`);
  }
  return {
    requests: podRequests(spec),
    nodes: nodeWish(spec),
    claims: claimsOf(spec),
    needs: readNeeds(spec),
    ...priorityClassOf(spec),
  };
}

/**
 * What a pod asks of its node: the most of what runs at once. Containers and sidecars (init containers that go on) run
 * together; each other init container runs beside the sidecars before it; the overhead of its runtime comes on top.
 */
function podRequests(spec: Field): Requests {
  let sidecars: Requests = {};
  let start: Requests = {};
  for (const container of spec.at('initContainers').items()) {
    const own = containerRequests(container);
    if (container.at('restartPolicy').text() === 'Always') {
      sidecars = sum(sidecars, own);
      start = most(start, sidecars);
    } else {
      start = most(start, sum(sidecars, own));
    }
  }
  const running = spec.at('containers').items().map(containerRequests).reduce(sum, sidecars);
  // What the pod asks for as a whole stands in the place of what its containers do.
  const whole = { ...most(running, start), ...containerRequests(spec) };
  return sum(whole, amounts(spec.at('overhead')));
}

/** Requests of a container; a limit without a request is one. */
function containerRequests(container: Field): Requests {
  const resources = container.at('resources');
  const limits = amounts(resources.at('limits'));
  const requests = amounts(resources.at('requests'));
  for (const [resource, value] of Object.entries(requests)) {
    const limit = limits[resource];
    const field = resources.at('requests', resource);
    if (limit !== undefined && value > limit) {
      field.mistake(
        'RequestOverLimit',
        `requests ${quote(field.value)} of ${resource}, more than its limit of ${quote(resources.at('limits', resource).value)}`,
        'a request is at most its limit',
      );
    } else if (isExtended(resource) && limit !== value) {
      const message = `asks for ${resource} with ${limit === undefined ? 'a request and no limit' : 'a limit of another size'}`;
      field.mistake(
        'ExtendedResource',
        message,
        `write it under limits, with the same value: ${resource}: ${quote(field.value)}`,
      );
    }
  }
  return { ...limits, ...requests };
}

/** Resources of vendors have a domain: Kubernetes takes only whole units of them, limit and request the same. */
function isExtended(resource: string): boolean {
  return resource.includes('/') && !resource.startsWith('kubernetes.io/');
}

/** Whether it amounts to whole units, however it is written: `4`, `4000m`, `0.5Gi`. */
function isWhole(written: unknown): boolean {
  const value = quantityOf(written);
  return value !== undefined && Number.isInteger(Number(value.toPrecision(15)));
}

function amounts(list: Field): Requests {
  const found = list.entries().flatMap(([resource, field]) => {
    if (!field.isThere) return [];
    const value = quantity(resource, field.value);
    if (value === undefined || value < 0) {
      field.mistake(
        'Quantity',
        `${quote(field.value)} is no quantity of ${resource}`,
        'such as 8, 500m of cpu, or 64Gi of memory',
      );
      return [];
    }
    if (isExtended(resource) && !isWhole(field.value)) {
      field.mistake(
        'Quantity',
        `asks for ${quote(field.value)} of ${resource}, which is counted in whole units`,
        `write a whole number, such as ${value}`,
      );
    }
    return [[resource, value] as const];
  });
  return Object.fromEntries(found);
}

/** The sum of two requests, by resource. */
export function sum(one: Requests, other: Requests): Requests {
  return merge(one, other, (first, second) => first + second);
}

function most(one: Requests, other: Requests): Requests {
  return merge(one, other, Math.max);
}

function merge(one: Requests, other: Requests, join: (first: number, second: number) => number): Requests {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(keys.map((key) => [key, join(one[key] ?? 0, other[key] ?? 0)]));
}

function nodeWish(spec: Field): NodeWish {
  const affinity = spec.at('affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  return {
    selector: spec.at('nodeSelector').texts(),
    terms: affinity.at('nodeSelectorTerms').items().map(termOf),
    tolerations: spec.at('tolerations').items().map(tolerationOf),
  };
}

function termOf(term: Field): readonly LabelRequirement[] {
  const fields = term.at('matchFields').items();
  fields[0]?.mistake(
    'MatchFields',
    'chooses nodes by their fields, which a queue cannot look at',
    'choose by labels (matchExpressions)',
  );
  return term
    .at('matchExpressions')
    .items()
    .map((each) => ({
      key: each.at('key').text() ?? '',
      operator: each.at('operator').text() ?? '',
      values: each
        .at('values')
        .items()
        .flatMap((value) => value.text() ?? []),
    }));
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;

function tolerationOf(field: Field): TolerationPlan {
  const value = field.at('value').text();
  const effect = EFFECTS.find((each) => each === field.at('effect').text());
  return {
    key: field.at('key').text() ?? '',
    operator: field.at('operator').text() === 'Exists' ? 'Exists' : 'Equal',
    ...(value !== undefined && { value }),
    ...(effect !== undefined && { effect }),
  };
}

function claimsOf(spec: Field): PodSet['claims'] {
  return spec
    .at('resourceClaims')
    .items()
    .flatMap((claim) => {
      const template = claim.at('resourceClaimTemplateName');
      const direct = claim.at('resourceClaimName');
      const name = template.text() ?? direct.text();
      if (name === undefined) return claim.mistake('ManifestShape', 'a claim names a resourceClaimTemplateName') ?? [];
      return [{ name, isTemplate: template.isThere, at: template.isThere ? template.path : direct.path }];
    });
}

function priorityClassOf(spec: Field): Pick<PodSet, 'priorityClass'> {
  const written = spec.at('priorityClassName');
  const name = written.text();
  return name === undefined ? {} : { priorityClass: { name, at: written.path } };
}
