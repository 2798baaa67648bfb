import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonObject } from '../document';
import { fixedName, isGuarded, isRetained, replacesInside, versionAttributes } from './cloudformation-facts';
import { type Marks, markIn, markReferences } from './cloudformation-marks';
import { type CloudFormationStackModel, readCloudFormationModels } from './cloudformation-stack';
import { toValue } from './conform';
import { jsonPaths } from './json-paths';
import { planTimeEffect } from './plan-time';
import { memberOf } from './terraform-stack';
import type { Action, Cause, ResourceChange, StackChange } from './types';

type Library = typeof import('@aws-cdk/cloudformation-diff');
type ResourceDifference = ReturnType<Library['fullDiff']>['resources']['changes'][string];

function wholeChange(model: CloudFormationStackModel, address: string, action: Action): ResourceChange {
  const resource = memberOf(memberOf(model.template, 'Resources'), address);
  return {
    address,
    type: String(resource.Type),
    path: model.paths.get(address) ?? address,
    action,
    attributes: [],
    because: [],
    isProtected: action === 'destroyed' && isGuarded(resource),
    isRetained: action === 'destroyed' && isRetained(resource),
    refused: [],
    rolled: [],
    notes: [],
  };
}

/** Policies of a resource that an update of the stack brings into force. */
const POLICIES = ['DeletionPolicy', 'UpdateReplacePolicy', 'UpdatePolicy'];

/** Why a changed property replaces its resource. */
function causesOf(
  type: string,
  name: string,
  paths: readonly string[],
  impact: { readonly replaces: boolean; readonly mayReplace: boolean; readonly value: unknown },
): Cause[] {
  const of = markIn(impact.value);
  const cause = (path: string, certain: boolean): Cause => ({ path, ...(of !== undefined && { of }), certain });
  if (impact.replaces || impact.mayReplace) return [cause(name, impact.replaces)];
  // The specification marks some parts of properties; services have begun to update a few of them in place.
  return paths.filter((path) => replacesInside(type, path.split('.'))).map((path) => cause(path, false));
}

function compareOne(
  library: Library,
  model: CloudFormationStackModel,
  address: string,
  difference: ResourceDifference,
): ResourceChange | undefined {
  const type = difference.newResourceType ?? '';
  const attributes: string[] = [];
  const because: Cause[] = [];
  const rolled: string[] = [];
  if (difference.resourceTypeChanged) because.push({ path: 'Type', certain: true });
  for (const [name, update] of Object.entries(difference.propertyUpdates)) {
    const [had, has]: unknown[] = [update.oldValue, update.newValue];
    const paths = jsonPaths(had, has, [name]);
    attributes.push(...paths);
    const { WILL_REPLACE, MAY_REPLACE } = library.ResourceImpact;
    const impact = update.changeImpact;
    const replaces = impact === WILL_REPLACE;
    because.push(...causesOf(type, name, paths, { replaces, mayReplace: impact === MAY_REPLACE, value: has }));
    const [before, after, resource] = [had, has, difference.newProperties].map((json) => toValue(json, (text) => text));
    const change = { before: before ?? null, after: after ?? null, resource: resource ?? null };
    rolled.push(...paths.filter((path) => planTimeEffect(type, path, change) === 'roll'));
  }
  attributes.push(...POLICIES.filter((name) => difference.otherChanges[name] !== undefined));
  if (attributes.length === 0 && because.length === 0) return undefined;
  const isReplaced = because.length > 0;
  const [had, has]: unknown[] = [difference.oldValue, difference.newValue];
  const guards = [had, has].filter(isJsonObject);
  const keeps = guards.some(({ UpdateReplacePolicy: policy }) => policy === 'Retain');
  return {
    ...wholeChange(model, address, isReplaced ? 'replaced' : 'updated'),
    attributes,
    because,
    isProtected: isReplaced && (keeps || guards.some(isGuarded)),
    isRetained: isReplaced && keeps,
    rolled: isReplaced ? [] : rolled,
    notes: isReplaced ? replacementNotes(type, memberOf(had, 'Properties'), memberOf(has, 'Properties')) : [],
  };
}

function replacementNotes(type: string, before: JsonObject, after: JsonObject): string[] {
  const name = fixedName(type, after);
  if (name === undefined || fixedName(type, before) !== name) return [];
  return [`CloudFormation cannot replace it while its name stays ${name}`];
}

/** Compares a stack, again and again while replacements change more references. */
function compareStack(
  library: Library,
  before: CloudFormationStackModel,
  after: CloudFormationStackModel,
  changedExports: Map<string, string>,
): ResourceChange[] {
  const changes = new Map<string, ResourceChange>();
  const marks: Marks = { replaced: new Set(), versions: new Map(), exports: changedExports };
  let marked: JsonObject;
  let known = -1;
  do {
    known = marks.replaced.size + marks.versions.size;
    marked = markReferences(after.template, marks);
    const { resources } = library.fullDiff({ ...before.template }, { ...marked });
    for (const [address, difference] of Object.entries(resources.changes)) {
      if (difference.isAddition || difference.isRemoval) continue;
      const change = compareOne(library, after, address, difference);
      if (change === undefined) continue;
      changes.set(address, change);
      if (change.action === 'replaced') marks.replaced.add(address);
      else if (versionAttributes(change.type).length > 0) marks.versions.set(address, versionAttributes(change.type));
    }
  } while (marks.replaced.size + marks.versions.size > known);
  for (const output of Object.values(memberOf(marked, 'Outputs'))) {
    const name = memberOf(output, 'Export').Name;
    const of = isJsonObject(output) ? markIn(output.Value) : undefined;
    if (typeof name === 'string' && of !== undefined) changedExports.set(name, of);
  }
  return [...changes.values()];
}

/** Every resource that both templates have, when the stack is in another account or region. */
function moved(before: CloudFormationStackModel, after: CloudFormationStackModel): ResourceChange[] {
  const had = memberOf(before.template, 'Resources');
  const changes = Object.entries(memberOf(after.template, 'Resources')).filter(
    ([address]) => had[address] !== undefined,
  );
  return changes.map(([address]) => ({
    ...wholeChange(after, address, 'replaced'),
    because: [{ path: 'environment', certain: true }],
    isProtected: isGuarded(memberOf(had, address)),
    isRetained: true,
    notes: ['the old stack stays where it is until it is deleted there'],
  }));
}

/** Compares the stacks of two CloudFormation assemblies, resource by resource; every stack of either is in the answer. */
export function compareCloudFormation(baseOutdir: string, outdir: string): StackChange[] {
  const before = new Map(readCloudFormationModels(baseOutdir).map((model) => [model.stack, model]));
  const after = readCloudFormationModels(outdir);
  const library: Library = require('@aws-cdk/cloudformation-diff');
  const changedExports = new Map<string, string>();
  const addresses = (model: CloudFormationStackModel) => Object.keys(memberOf(model.template, 'Resources'));
  const changes = after.map((model): StackChange => {
    const had = before.get(model.stack);
    before.delete(model.stack);
    const [old, now] = [new Set(had === undefined ? [] : addresses(had)), new Set(addresses(model))];
    const created = [...now].filter((id) => !old.has(id)).map((id) => wholeChange(model, id, 'created'));
    if (had === undefined) return { stack: model.stack, changes: created };
    const destroyed = [...old].filter((id) => !now.has(id)).map((id) => wholeChange(had, id, 'destroyed'));
    const isSame = isDeepStrictEqual(had.template, model.template) && changedExports.size === 0;
    const kept =
      had.environment !== model.environment
        ? moved(had, model)
        : isSame
          ? []
          : compareStack(library, had, model, changedExports);
    return { stack: model.stack, changes: [...created, ...kept, ...destroyed] };
  });
  const removed = [...before.values()].map((model) => ({
    stack: model.stack,
    changes: addresses(model).map((address) => wholeChange(model, address, 'destroyed')),
  }));
  return [...changes, ...removed];
}
