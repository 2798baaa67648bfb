import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, memberOf } from '../terraform/document';
import { type Output, outputsOf, type Scope } from './references';
import { compareResource, wholeChange } from './terraform-resource';
import { type DeclaredResource, readTerraformModels, type TerraformStackModel } from './terraform-stack';
import type { OutputChange, ReleaseChange, ResourceChange, StackChange } from './types';

type Outputs = Map<string, ReadonlyMap<string, Output>>;

const NOTHING: ReadonlyMap<string, ResourceChange> = new Map();

/** Whoever reads a data source has to be looked at again: it is read anew when what it names changes. */
const READS_DATA = /\$\{[^}]*\bdata\.(?!terraform_remote_state\b)/;

/** Whether anything that a resource says can depend on one of the addresses. */
function mentions(text: string, addresses: ReadonlySet<string>): boolean {
  for (const address of addresses) if (text.includes(address)) return true;
  return false;
}

/** Addresses that a document lets go without destroying them. */
function releasedBy({ json }: TerraformStackModel): ReadonlySet<string> {
  const blocks = Array.isArray(json.removed) ? json.removed.filter(isJsonObject) : [];
  const kept = blocks.filter(({ lifecycle }) => isJsonObject(lifecycle) && lifecycle.destroy === false);
  return new Set(kept.map(({ from }) => String(from)));
}

/** What becomes of the resources that leave a stack: destroyed, or only no longer managed. */
function goneFrom(before: TerraformStackModel, after: TerraformStackModel): ResourceChange[] {
  const released = releasedBy(after);
  return [...before.resources.values()]
    .filter(({ address }) => !after.resources.has(address))
    .map((resource) => wholeChange(resource, released.has(resource.address) ? 'kept' : 'destroyed'));
}

/** Compares a stack, again and again while changes make more attributes unknown. */
function compareStack(
  before: TerraformStackModel,
  after: TerraformStackModel,
  outputs: { readonly prior: Outputs; readonly next: Outputs },
): ResourceChange[] {
  const prior: Scope = { model: before, pending: NOTHING, outputs: outputs.prior };
  const created = [...after.resources.values()]
    .filter(({ address }) => !before.resources.has(address))
    .map((resource) => wholeChange(resource, 'created'));
  const pending = new Map(created.map((change) => [change.address, change]));
  const next: Scope = { model: after, pending, outputs: outputs.next };
  const pairs = [...after.resources.values()].flatMap((resource): [DeclaredResource, DeclaredResource, string][] => {
    const had = before.resources.get(resource.address);
    return had === undefined ? [] : [[had, resource, JSON.stringify(resource.config)]];
  });
  const readsData = pairs.some(([, , text]) => READS_DATA.test(text));
  let fresh: ReadonlySet<string> | undefined;
  let goesOn: boolean;
  do {
    const found = new Set<string>();
    let grown = false;
    for (const [had, has, text] of pairs) {
      if (fresh !== undefined && !READS_DATA.test(text) && !mentions(text, fresh)) continue;
      const change = compareResource(had, has, { prior, next });
      if (change === undefined) continue;
      const known = pending.get(has.address);
      pending.set(has.address, change);
      grown ||= known === undefined;
      // What others read of a resource changes with a replacement, and of Terraform's own store with its input.
      const isNew = known?.action !== change.action || known.attributes.length !== change.attributes.length;
      if (isNew && (change.action === 'replaced' || change.type === 'terraform_data')) found.add(has.address);
    }
    fresh = found;
    goesOn = found.size > 0 || (grown && readsData);
  } while (goesOn);
  outputs.prior.set(before.stack, outputsOf(prior));
  outputs.next.set(after.stack, outputsOf(next));
  const made = new Set(created.map(({ address }) => address));
  const changed = [...pending.values()].filter(({ address }) => !made.has(address));
  return [...created, ...changed, ...goneFrom(before, after)];
}

/** Stacks that read an output of another one. */
function readersOf(models: readonly TerraformStackModel[], stack: string, output: string): string[] {
  return models
    .filter(({ reads, json }) => {
      const sources = [...reads].filter(([, source]) => source === stack).map(([name]) => name);
      const text = sources.length === 0 ? '' : JSON.stringify(json);
      return sources.some((name) => text.includes(`terraform_remote_state.${name}.outputs.${output}}`));
    })
    .map((model) => model.stack);
}

interface Side {
  readonly models: readonly TerraformStackModel[];
  readonly outputs: ReadonlyMap<string, Output> | undefined;
}

function compareOutputs(stack: string, before: Side, after: Side): OutputChange[] {
  const names = [...new Set([...(before.outputs?.keys() ?? []), ...(after.outputs?.keys() ?? [])])].sort();
  return names.flatMap((name): OutputChange[] => {
    const [had, has] = [before.outputs?.get(name), after.outputs?.get(name)];
    if (had !== undefined && had === has) return [];
    const change = had === undefined ? 'added' : has === undefined ? 'removed' : 'changed';
    const readers = readersOf(change === 'added' ? after.models : before.models, stack, name);
    const later = readersOf(after.models, stack, name);
    return [{ name, change, readers, staying: readers.filter((reader) => later.includes(reader)) }];
  });
}

/** Where a stack keeps its state. */
function backendOf({ json }: TerraformStackModel): object {
  return memberOf(memberOf(json, 'terraform'), 'backend');
}

/** Providers that a stack pins in another release than before. */
function releasesBetween(before: TerraformStackModel, after: TerraformStackModel): ReleaseChange[] {
  return [...after.releases].flatMap(([provider, { written }]) => {
    const had = before.releases.get(provider)?.written;
    return had === undefined || had === written ? [] : [{ provider, before: had, after: written }];
  });
}

/** Compares the Terraform stacks of two syntheses, resource by resource; every stack of either is in the answer. */
export function compareTerraform(baseOutdir: string, outdir: string): StackChange[] {
  const after = readTerraformModels(outdir);
  const old = readTerraformModels(baseOutdir, after);
  const before = new Map(old.map((model) => [model.stack, model]));
  const outputs: { readonly prior: Outputs; readonly next: Outputs } = { prior: new Map(), next: new Map() };
  const changes = after.map((model): StackChange => {
    const { stack } = model;
    const had = before.get(stack);
    before.delete(stack);
    const dependsOn = [...new Set([...model.dependsOn, ...(had?.dependsOn ?? [])])];
    if (had === undefined) {
      outputs.next.set(stack, outputsOf({ model, pending: NOTHING, outputs: outputs.next }));
      const created = [...model.resources.values()].map((each) => wholeChange(each, 'created'));
      return { stack, changes: created, outputs: [], dependsOn, isLeft: false, refused: [] };
    }
    const found = compareStack(had, model, outputs);
    const compared = compareOutputs(
      stack,
      { models: old, outputs: outputs.prior.get(stack) },
      { models: after, outputs: outputs.next.get(stack) },
    );
    const movesState = !isDeepStrictEqual(backendOf(had), backendOf(model));
    const releases = releasesBetween(had, model);
    const change = { stack, changes: found, outputs: compared, dependsOn, isLeft: false, refused: [] };
    return { ...change, ...(movesState && { movesState }), ...(releases.length > 0 && { releases }) };
  });
  // Nothing that is applied afterwards reaches a stack that is no longer synthesized.
  const left = [...before.values()].map(({ stack, resources, dependsOn }) => ({
    stack,
    changes: [...resources.values()].map((each) => wholeChange(each, 'kept')),
    outputs: [],
    dependsOn,
    isLeft: true,
    refused: [],
  }));
  return [...changes, ...left];
}
