import { type Output, outputsOf, type Scope } from './references';
import { compareResource, wholeChange } from './terraform-resource';
import { type DeclaredResource, readTerraformModels, type TerraformStackModel } from './terraform-stack';
import type { ResourceChange, StackChange } from './types';

type Outputs = Map<string, ReadonlyMap<string, Output>>;

const NOTHING: ReadonlySet<string> = new Set();

/** Whoever reads a data source has to be looked at again: it is read anew when what it asks about is replaced. */
const READS_DATA = /\$\{[^}]*\bdata\./;

/** Whether anything that a resource says can depend on one of the addresses. */
function mentions(text: string, addresses: ReadonlySet<string>): boolean {
  for (const address of addresses) if (text.includes(address)) return true;
  return false;
}

/** Compares a stack, again and again while replacements make more attributes unknown. */
function compareStack(
  before: TerraformStackModel,
  after: TerraformStackModel,
  outputs: { readonly prior: Outputs; readonly next: Outputs },
): ResourceChange[] {
  const prior: Scope = { model: before, replaced: NOTHING, outputs: outputs.prior };
  const replaced = new Set<string>();
  const next: Scope = { model: after, replaced, outputs: outputs.next };
  const pairs = [...after.resources.values()].flatMap((resource): [DeclaredResource, DeclaredResource, string][] => {
    const had = before.resources.get(resource.address);
    return had === undefined ? [] : [[had, resource, JSON.stringify(resource.config)]];
  });
  const changes = new Map<string, ResourceChange>();
  let fresh: ReadonlySet<string> | undefined;
  do {
    const found = new Set<string>();
    for (const [had, has, text] of pairs) {
      if (fresh !== undefined && !READS_DATA.test(text) && !mentions(text, fresh)) continue;
      const change = compareResource(had, has, { prior, next });
      if (change === undefined) continue;
      changes.set(has.address, change);
      if (change.action === 'replaced' && !replaced.has(has.address)) found.add(has.address);
    }
    for (const address of found) replaced.add(address);
    fresh = found;
  } while (fresh.size > 0);
  outputs.prior.set(before.stack, outputsOf(prior));
  outputs.next.set(after.stack, outputsOf(next));
  const created = [...after.resources.values()].filter(({ address }) => !before.resources.has(address));
  const destroyed = [...before.resources.values()].filter(({ address }) => !after.resources.has(address));
  return [
    ...created.map((resource) => wholeChange(resource, 'created')),
    ...changes.values(),
    ...destroyed.map((resource) => wholeChange(resource, 'destroyed')),
  ];
}

/** Compares the Terraform stacks of two syntheses, resource by resource; every stack of either is in the answer. */
export function compareTerraform(baseOutdir: string, outdir: string): StackChange[] {
  const before = new Map(readTerraformModels(baseOutdir).map((model) => [model.stack, model]));
  const after = readTerraformModels(outdir);
  const outputs: { readonly prior: Outputs; readonly next: Outputs } = { prior: new Map(), next: new Map() };
  const changes = after.map((model): StackChange => {
    const had = before.get(model.stack);
    before.delete(model.stack);
    if (had !== undefined) return { stack: model.stack, changes: compareStack(had, model, outputs) };
    outputs.next.set(model.stack, outputsOf({ model, replaced: NOTHING, outputs: outputs.next }));
    return { stack: model.stack, changes: [...model.resources.values()].map((each) => wholeChange(each, 'created')) };
  });
  const removed = [...before.values()].map(({ stack, resources }) => ({
    stack,
    changes: [...resources.values()].map((each) => wholeChange(each, 'destroyed')),
  }));
  return [...changes, ...removed];
}
