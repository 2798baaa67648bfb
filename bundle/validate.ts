import { didYouMean, nearest } from '../estate/spec/suggest';
import { KIND_CHECKS } from './checks';
import { checkMetadata } from './checks/names';
import { withoutNulls } from './nulls';
import { isRecord, type Problem, type Report, shown } from './problems';
import { apiVersionOf, type KindSchema, RECORDED, schemaOf } from './schemas';
import { checkStructure } from './structure';

export type { Problem, ProblemCode } from './problems';

/** Looks at more than structure, in objects that have the structure of their kind. */
export type FurtherCheck = (object: Readonly<Record<string, unknown>>, kind: KindSchema, report: Report) => void;

/**
 * Everything for which a server of the recorded releases would refuse an object when it is made; none where it is fine.
 *
 * It looks at structure as strict servers do (unknown fields, types, what is required, allowed values, patterns, keys
 * that occur twice), at names and labels, and at what Kubernetes and Kueue check by code of their own, as far as
 * `bundle/checks` follows that. Rules in CEL are looked at where `further` does it. Nothing is said of what depends on a
 * cluster: objects that it refers to, quota, other webhooks, or an earlier state.
 *
 * Of a kind that is not recorded nothing can be said: the only problem then has the code `UnknownKind`, and the object
 * may be right all the same. `UnknownVersion` says that the kind is known in another version, which it names.
 * `NotAnObject` says that it is no manifest at all. All other codes are mistakes in the object.
 *
 * @param object one document of a manifest, as YAML or JSON gives it
 * @param further looks at more, such as rules in CEL. @default nothing more is looked at
 */
export function validateObject(object: unknown, further?: FurtherCheck): readonly Problem[] {
  const problems: Problem[] = [];
  const report: Report = (code, path, message) => problems.push({ code, path, message });
  const kind = kindOf(object, report);
  if (kind === undefined || !isRecord(object)) return problems;
  const { row, root, schemas } = kind;
  const seen = withoutNulls(object, root, schemas, kind.name);
  checkStructure(seen, root, schemas, '', report);
  if (!isRecord(seen)) return problems;
  checkMetadata(row.group, row.kind, isRecord(seen.metadata) ? seen.metadata : {}, report);
  if (problems.length > 0) return problems;
  for (const { kinds, check } of KIND_CHECKS) {
    if (kinds.includes(`${apiVersionOf(row)}/${row.kind}`)) check(seen, report);
  }
  further?.(seen, kind, report);
  return problems;
}

/** Whether objects of a kind lie in namespaces; undefined where the kind is not recorded. */
export function isNamespaced(apiVersion: string, kind: string): boolean | undefined {
  return RECORDED.kinds().find((row) => row.kind === kind && apiVersionOf(row) === apiVersion)?.namespaced;
}

function kindOf(object: unknown, report: Report): KindSchema | undefined {
  if (!isRecord(object)) {
    report('NotAnObject', '', `is ${shown(object)}; an object with apiVersion and kind is expected`);
    return undefined;
  }
  const { apiVersion, kind } = object;
  for (const [name, value] of Object.entries({ apiVersion, kind })) {
    if (typeof value === 'string' && value !== '') continue;
    report('NotAnObject', name, value === undefined ? 'is missing' : `is ${shown(value)}; a text is expected`);
  }
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || apiVersion === '' || kind === '') return undefined;
  const found = schemaOf(apiVersion, kind);
  if (found === undefined) reportUnknown(apiVersion, kind, report);
  return found;
}

/** A kind in another version, a misspelt one, or one of which nothing is recorded. */
function reportUnknown(apiVersion: string, kind: string, report: Report): void {
  const rows = RECORDED.kinds();
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const same = rows.find((row) => row.group === group && row.kind === kind);
  const inGroup = rows.filter((row) => row.group === group).map((row) => row.kind);
  if (same !== undefined) {
    const isServed = same.others?.includes(apiVersion.slice(group.length + 1)) === true;
    const served = isServed ? ', which is served still and not recorded' : '';
    report('UnknownVersion', 'apiVersion', `is ${apiVersion}${served}; ${kind} is known as ${apiVersionOf(same)}`);
  } else if (nearest(kind, inGroup) !== undefined) {
    report('UnknownKind', 'kind', `is ${kind}, which ${apiVersion} does not have${didYouMean(kind, inGroup)}`);
  } else {
    const elsewhere = rows.filter((row) => row.kind === kind).map(apiVersionOf);
    const hint = elsewhere.length > 0 ? `; ${kind} is known in ${elsewhere.join(', ')}` : '';
    report(
      'UnknownKind',
      'apiVersion',
      `is ${apiVersion}: its ${kind} is not recorded, so nothing can be said of it${hint}`,
    );
  }
}
