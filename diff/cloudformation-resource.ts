import type { Value } from '../provider/values';
import { isJsonObject, type JsonObject, memberOf } from '../terraform/document';
import { valueAt } from './changed-paths';
import { fixedName, guardsOf, isGuarded, isRetained, replacesInside } from './cloudformation-facts';
import { markIn } from './cloudformation-marks';
import type { CloudFormationStackModel } from './cloudformation-stack';
import { toValue } from './conform';
import { planTimeFinding, shrinkages } from './facts';
import { jsonPaths } from './json-paths';
import type { Action, Cause, Refusal, ResourceChange } from './types';

/** The library that tells how templates differ. */
export type DiffLibrary = typeof import('@aws-cdk/cloudformation-diff');
/** What it tells of one resource. */
export type ResourceDifference = ReturnType<DiffLibrary['fullDiff']>['resources']['changes'][string];

/** The change of a resource that is in one of the two templates only, or of one that nothing more is known of. */
export function wholeChange(model: CloudFormationStackModel, address: string, action: Action): ResourceChange {
  const resource = memberOf(memberOf(model.template, 'Resources'), address);
  const guarded = isGuarded(resource);
  const guards = guardsOf(resource);
  const name = memberOf(resource, 'Properties').BucketName;
  return {
    ...(typeof name === 'string' && { name }),
    ...(guards.length > 0 && { guards }),
    address,
    type: String(resource.Type),
    path: model.paths.get(address) ?? address,
    action,
    attributes: [],
    because: [],
    isGuarded: guarded,
    isProtected: (action === 'destroyed' || action === 'kept') && guarded,
    isRetained: action === 'kept',
    refused: [],
    rolled: [],
    newNodesOnly: [],
    reread: [],
    shrunk: [],
    notes: [],
  };
}

/** A resource that leaves its template: destroyed, or kept by its deletion policy. */
export function goneChange(model: CloudFormationStackModel, address: string): ResourceChange {
  const resource = memberOf(memberOf(model.template, 'Resources'), address);
  return wholeChange(model, address, isRetained(resource) ? 'kept' : 'destroyed');
}

/** Policies of a resource that an update of the stack brings into force. */
const POLICIES = ['DeletionPolicy', 'UpdateReplacePolicy', 'UpdatePolicy'];

/** What a value refers to that is another one. */
function ofMark(value: unknown): Pick<Cause, 'of'> {
  const of = markIn(value);
  return of === undefined ? {} : { of };
}

/** Why a changed property replaces its resource. */
function causesOf(
  type: string,
  name: string,
  paths: readonly string[],
  impact: { readonly replaces: boolean; readonly mayReplace: boolean; readonly value: unknown },
): Cause[] {
  const of = ofMark(impact.value);
  const cause = (path: string, certain: boolean): Cause => ({ path, ...of, certain });
  if (impact.replaces || impact.mayReplace) return [cause(name, impact.replaces)];
  // The specification marks some parts of properties; services have begun to update a few of them in place.
  return paths.filter((path) => replacesInside(type, path.split('.'))).map((path) => cause(path, false));
}

function asValue(json: unknown): Value {
  return toValue(json, (text) => text) ?? null;
}

/** What an edit does to one resource that both templates have; undefined when nothing changes. */
export function compareOne(
  library: DiffLibrary,
  model: CloudFormationStackModel,
  address: string,
  difference: ResourceDifference,
): ResourceChange | undefined {
  const type = difference.newResourceType ?? '';
  const attributes: string[] = [];
  const because: Cause[] = [];
  const rolled: string[] = [];
  const newNodesOnly: string[] = [];
  const refused: Refusal[] = [];
  if (difference.resourceTypeChanged) because.push({ path: 'Type', certain: true });
  const [prior, resource] = [asValue(difference.oldProperties), asValue(difference.newProperties)];
  for (const [name, update] of Object.entries(difference.propertyUpdates)) {
    const [had, has]: unknown[] = [update.oldValue, update.newValue];
    const paths = jsonPaths(had, has, [name]);
    attributes.push(...paths);
    const stopped = new Set<string>();
    for (const path of paths) {
      const [, ...inside] = path.split('.');
      const change = { before: valueAt(asValue(had), inside), after: valueAt(asValue(has), inside), prior, resource };
      const { effect, refusal } = planTimeFinding({ type }, path, change);
      if (refusal !== undefined) {
        refused.push(refusal);
        stopped.add(path);
      } else if (effect === 'roll') rolled.push(path);
      else if (effect === 'new-nodes-only') newNodesOnly.push(path);
      // What answers for a custom resource decides by itself that it is another one, which no specification says.
      else if (effect === 'replace') because.push({ path, ...ofMark(has), certain: true });
    }
    const { WILL_REPLACE, MAY_REPLACE } = library.ResourceImpact;
    const impact = update.changeImpact;
    const causes = causesOf(type, name, paths, {
      replaces: impact === WILL_REPLACE,
      mayReplace: impact === MAY_REPLACE,
      value: has,
    });
    // What the service is known to refuse needs no doubt about a replacement.
    because.push(...causes.filter(({ path, certain }) => certain || !stopped.has(path)));
  }
  attributes.push(...POLICIES.filter((name) => difference.otherChanges[name] !== undefined));
  if (attributes.length === 0 && because.length === 0) return undefined;
  const isReplaced = because.length > 0;
  const [had, has]: unknown[] = [difference.oldValue, difference.newValue];
  const guards = [had, has].filter(isJsonObject);
  const keeps = guards.some(({ UpdateReplacePolicy: policy }) => policy === 'Retain');
  const guarded = keeps || guards.some(isGuarded);
  // What a replacement retains is not deleted, so nothing stops it.
  const stops = isJsonObject(had) ? guardsOf(had).filter((guard) => guard === 'DeletionProtection') : [];
  return {
    ...wholeChange(model, address, isReplaced ? 'replaced' : 'updated'),
    guards: keeps ? [] : stops,
    attributes,
    because,
    isGuarded: guarded,
    isProtected: isReplaced && guarded,
    isRetained: isReplaced && keeps,
    refused: refused.filter(({ whileInUse }) => !isReplaced || whileInUse),
    rolled: isReplaced ? [] : rolled,
    newNodesOnly: isReplaced ? [] : newNodesOnly,
    shrunk: isReplaced ? [] : shrinkages({ type }, prior, resource),
    notes: isReplaced ? replacementNotes(type, memberOf(had, 'Properties'), memberOf(has, 'Properties'), keeps) : [],
  };
}

function replacementNotes(type: string, before: JsonObject, after: JsonObject, keeps: boolean): string[] {
  const notes: string[] = [];
  if (keeps && type === 'AWS::EKS::Nodegroup') {
    notes.push('the old group goes on holding its machines: the new one finds them only when it is deleted by hand');
  }
  const name = fixedName(type, after);
  if (name !== undefined && fixedName(type, before) === name) {
    notes.push(`CloudFormation cannot replace it while its name stays ${name}`);
  }
  return notes;
}
