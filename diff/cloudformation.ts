import { isDeepStrictEqual } from 'node:util';
import { type JsonObject, memberOf } from '../terraform/document';
import { isGuarded, versionAttributes } from './cloudformation-facts';
import { groupsBehind } from './cloudformation-groups';
import { type Marks, markReferences } from './cloudformation-marks';
import { compareOutputs, exportRefusals, type Imports, importsOf, replacedExports } from './cloudformation-outputs';
import { compareOne, type DiffLibrary, goneChange, wholeChange } from './cloudformation-resource';
import { type CloudFormationStackModel, readCloudFormationModels } from './cloudformation-stack';
import { afterRefactor, type StackRefactor } from './refactor';
import { textsAsTexts } from './texts-as-texts';
import type { ResourceChange, StackChange } from './types';

/** What two versions of a stack differ in. */
interface Compared {
  readonly changes: readonly ResourceChange[];
  /** The new template, with every reference whose value changes marked. */
  readonly marked: JsonObject;
}

/** Compares a stack, again and again while replacements change more references. */
function compareStack(
  library: DiffLibrary,
  before: CloudFormationStackModel,
  after: CloudFormationStackModel,
  changedExports: Map<string, string>,
): Compared {
  const changes = new Map<string, ResourceChange>();
  const marks: Marks = { replaced: new Set(), versions: new Map(), exports: changedExports };
  let marked: JsonObject;
  let known = -1;
  do {
    known = marks.replaced.size + marks.versions.size;
    marked = markReferences(after.template, marks);
    const { resources } = library.fullDiff({ ...before.template }, { ...textsAsTexts(before.template, marked) });
    for (const [address, difference] of Object.entries(resources.changes)) {
      if (difference.isAddition || difference.isRemoval) continue;
      const change = compareOne(library, after, address, difference);
      if (change === undefined) continue;
      changes.set(address, change);
      if (change.action === 'replaced') marks.replaced.add(address);
      else if (versionAttributes(change.type).length > 0) marks.versions.set(address, versionAttributes(change.type));
    }
  } while (marks.replaced.size + marks.versions.size > known);
  for (const [name, of] of replacedExports(marked)) changedExports.set(name, of);
  return { changes: groupsBehind(before, [...changes.values()]), marked };
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
    isGuarded: isGuarded(memberOf(had, address)),
    isProtected: isGuarded(memberOf(had, address)),
    // The stack there stays until it is deleted there.
    isRetained: true,
    guards: [],
  }));
}

/** What the comparison of one stack needs of the others. */
interface Assembly {
  readonly library: DiffLibrary;
  readonly changedExports: Map<string, string>;
  readonly imports: { readonly before: Imports; readonly after: Imports };
}

function addressesOf(model: CloudFormationStackModel): string[] {
  return Object.keys(memberOf(model.template, 'Resources'));
}

function changeOf(had: CloudFormationStackModel, model: CloudFormationStackModel, assembly: Assembly): StackChange {
  const { library, changedExports, imports } = assembly;
  const [old, now] = [new Set(addressesOf(had)), new Set(addressesOf(model))];
  const created = [...now].filter((id) => !old.has(id)).map((id) => wholeChange(model, id, 'created'));
  const gone = [...old].filter((id) => !now.has(id)).map((id) => goneChange(had, id));
  const stack = { stack: model.stack, dependsOn: [...new Set([...model.dependsOn, ...had.dependsOn])], isLeft: false };
  if (had.environment !== model.environment) {
    return { ...stack, changes: [...created, ...moved(had, model), ...gone], outputs: [], refused: [] };
  }
  const isSame = isDeepStrictEqual(had.template, model.template) && changedExports.size === 0;
  if (isSame) return { ...stack, changes: [], outputs: [], refused: [] };
  const { changes, marked } = compareStack(library, had, model, changedExports);
  const outputs = compareOutputs(had.template, marked, imports);
  return { ...stack, changes: [...created, ...changes, ...gone], outputs, refused: exportRefusals(outputs) };
}

/**
 * Compares the stacks of two CloudFormation assemblies, resource by resource; every stack of either is in the answer.
 *
 * @param refactors - what gives resources other logical ids before the deployment
 */
export function compareCloudFormation(
  baseOutdir: string,
  outdir: string,
  refactors: readonly StackRefactor[] = [],
): StackChange[] {
  const old = readCloudFormationModels(baseOutdir).map((model) => afterRefactor(model, refactors));
  const before = new Map(old.map((model) => [model.stack, model]));
  const after = readCloudFormationModels(outdir);
  const assembly: Assembly = {
    library: require('@aws-cdk/cloudformation-diff'),
    changedExports: new Map(),
    imports: { before: importsOf(old), after: importsOf(after) },
  };
  const changes = after.map((model): StackChange => {
    const had = before.get(model.stack);
    before.delete(model.stack);
    if (had !== undefined) return changeOf(had, model, assembly);
    const created = addressesOf(model).map((id) => wholeChange(model, id, 'created'));
    const { stack, dependsOn } = model;
    return { stack, changes: created, outputs: [], dependsOn, isLeft: false, refused: [] };
  });
  // No deployment deletes a stack that is no longer synthesized.
  const left = [...before.values()].map((model) => ({
    stack: model.stack,
    changes: addressesOf(model).map((address) => wholeChange(model, address, 'kept')),
    outputs: [],
    dependsOn: model.dependsOn,
    isLeft: true,
    refused: [],
    ...(model.isTerminationProtected && { isTerminationProtected: true }),
  }));
  return [...changes, ...left];
}
