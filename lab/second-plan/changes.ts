/** What becomes of the resources of a stack, by address. */
export interface Changes {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly replaced: readonly string[];
  readonly destroyed: readonly string[];
  /** Leave the state and go on existing. */
  readonly forgotten: readonly string[];
}

/** Nothing becomes of anything. */
export const NO_CHANGES: Changes = { created: [], updated: [], replaced: [], destroyed: [], forgotten: [] };

/** What `terraform show -json` says of a plan, as far as the lab reads it. */
export interface ShownPlan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

/** What `estate diff --json` says of one stack, as far as the lab reads it. */
export interface PromisedStack {
  readonly stack: string;
  readonly created: readonly string[];
  readonly updated: readonly { readonly address: string }[];
  readonly replaced: readonly { readonly address: string }[];
  readonly destroyed: readonly string[];
  /** Stay where they are, but leave the stack. @default none */
  readonly kept?: readonly (string | { readonly address: string })[];
}

const KINDS: Readonly<Record<string, keyof Changes>> = {
  create: 'created',
  update: 'updated',
  'delete create': 'replaced',
  'create delete': 'replaced',
  delete: 'destroyed',
  forget: 'forgotten',
};

/** The changes that Terraform planned with a real provider. */
export function plannedChanges(plan: ShownPlan): Changes {
  const found: Record<keyof Changes, string[]> = {
    created: [],
    updated: [],
    replaced: [],
    destroyed: [],
    forgotten: [],
  };
  for (const { address, mode, change } of plan.resource_changes ?? []) {
    const kind = mode === 'managed' ? KINDS[change.actions.join(' ')] : undefined;
    if (kind !== undefined) found[kind].push(address);
  }
  return found;
}

/** The changes that `estate diff` promises. */
export function promisedChanges(stack: PromisedStack | undefined): Changes {
  if (stack === undefined) return NO_CHANGES;
  const addresses = (list: readonly (string | { readonly address: string })[] = []) =>
    list.map((each) => (typeof each === 'string' ? each : each.address));
  return {
    created: addresses(stack.created),
    updated: addresses(stack.updated),
    replaced: addresses(stack.replaced),
    destroyed: addresses(stack.destroyed),
    forgotten: addresses(stack.kept),
  };
}

/** Whether nothing changes. */
export function isEmpty(changes: Changes): boolean {
  return Object.values(changes).every((addresses) => addresses.length === 0);
}

/** Counts of changes, as a report prints them: created, updated, replaced, destroyed, forgotten. */
export function countsOf(changes: Changes): string {
  const { created, updated, replaced, destroyed, forgotten } = changes;
  const left = forgotten.length > 0 ? ` (${forgotten.length} left)` : '';
  return `${created.length}/${updated.length}/${replaced.length}/${destroyed.length}${left}`;
}

/** The changes of several stacks together. */
export function together(all: readonly Changes[]): Changes {
  const of = (kind: keyof Changes) => all.flatMap((changes) => changes[kind]);
  return {
    created: of('created'),
    updated: of('updated'),
    replaced: of('replaced'),
    destroyed: of('destroyed'),
    forgotten: of('forgotten'),
  };
}

/** Where the promise and the plan of a stack disagree, in words. */
export function disagreements(stack: string, promised: Changes, planned: Changes): string[] {
  const kindOf = (changes: Changes, address: string): string =>
    Object.entries(changes).find(([, addresses]) => addresses.includes(address))?.[0] ?? 'unchanged';
  const addresses = new Set([...Object.values(promised), ...Object.values(planned)].flat());
  return [...addresses].sort().flatMap((address) => {
    const [said, done] = [kindOf(promised, address), kindOf(planned, address)];
    return said === done ? [] : [`${stack} ${address}: estate diff says ${said}, the provider plans ${done}`];
  });
}
