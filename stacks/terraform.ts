import { Construct, type IConstruct } from 'constructs';
import {
  App,
  AzurermBackend,
  Fn,
  GcsBackend,
  LocalBackend,
  S3Backend,
  TerraformElement,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
} from '../constructs/cdktf';
import { chooseRelease, releaseOf } from '../constructs/provider-release';
import { estateOfSite, ids, outputs } from '../estate/plan/ids';
import type { RetiredStore, SitePlan } from '../estate/plan/types';
import type { ExchangeFragment } from '../estate/spec/exchange';
import type { StateSettings } from '../estate/spec/schema';
import { PROVIDERS, type ProviderName } from '../estate/terraform-providers';
import { compareKeys } from '../estate/units';
import { OciBackend } from './oci-backend';

export { PROVIDERS as PROVIDER_PINS, type ProviderName } from '../estate/terraform-providers';

/**
 * Pins a provider of a stack: the bindings would pin the older release that they were generated from.
 *
 * @param release one of the recorded ones, said before anything is made in the stack: constructs write what it wants.
 * Default: the one that stacks pin by default.
 * @throws ConstructError with `VersionInvalid` when the release is not recorded, or the stack has constructs already
 */
export function usePinnedProvider(stack: TerraformStack, provider: ProviderName, release?: string): void {
  if (release !== undefined) chooseRelease(stack, provider, release);
  const { source } = PROVIDERS[provider];
  const version = releaseOf(stack, provider);
  stack.addOverride(`terraform.required_providers.${provider}`, { source, version });
}

/**
 * Chooses where a stack keeps its state.
 *
 * The local path is relative to the stack's folder (`cdktf.out/stacks/NAME`), so that no synthesized file names the
 * machine's folders; it leads to the folder that holds `cdktf.out`.
 */
export function useBackend(stack: TerraformStack, state: StateSettings): void {
  const name = stack.node.id;
  switch (state.kind) {
    case 'local':
      new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
      return;
    case 's3':
      new S3Backend(stack, {
        bucket: state.bucket,
        region: state.region,
        key: `${state.prefix}/${name}.tfstate`,
        encrypt: true,
      });
      return;
    case 'azurerm':
      new AzurermBackend(stack, {
        resourceGroupName: state.resourceGroup,
        storageAccountName: state.storageAccount,
        containerName: state.container,
        key: `${state.prefix}/${name}.tfstate`,
        useAzureadAuth: true,
      });
      return;
    case 'gcs':
      new GcsBackend(stack, { bucket: state.bucket, prefix: `${state.prefix}/${name}` });
      return;
    case 'oci':
      new OciBackend(stack, { ...state, key: `${state.prefix}/${name}.tfstate` });
      return;
  }
}

/**
 * Tells something of a store: an output that lies in its construct, where no key of another store can be its id, and has
 * the name that it would have at the top.
 */
export function tell(
  store: Construct,
  { name, value, description }: { readonly name: string; readonly value: string; readonly description?: string },
): void {
  new TerraformOutput(store, 'place', { value, description }).overrideLogicalId(name);
}

/** Tells what stacks of other sites are made from, as `estate exchange import` reads it: JSON, in which nothing is secret. */
export function tellExchange(
  stack: TerraformStack,
  site: Pick<SitePlan, 'key' | 'name'>,
  told: Partial<Omit<ExchangeFragment, 'estate'>>,
): void {
  new TerraformOutput(stack, outputs.exchange, { value: Fn.jsonencode({ estate: estateOfSite(site), ...told }) });
}

/** A value that stands in no file: whoever applies says it, as `TF_VAR_` and its name in the environment. */
export function secretVariable(stack: TerraformStack, name: string, description: string): string {
  const variable = new TerraformVariable(stack, name, {
    type: 'string',
    sensitive: true,
    nullable: false,
    description,
  });
  variable.overrideLogicalId(name);
  return variable.stringValue;
}

/** A resource that a construct of an earlier synthesis made, by its type and its construct path below the stack. */
export interface FormerResource {
  /** Terraform's type, such as `google_lustre_instance`. */
  readonly type: string;
  /** Ids from the stack down, such as `['store-scratch', 'Resource']`. */
  readonly path: readonly string[];
}

/**
 * Lets Terraform forget resources that the stack no longer declares, instead of destroying them at the next apply.
 *
 * The address of each follows from its path, as it did when it was declared. Where the state has no such resource, the
 * block does nothing.
 */
export function keepUnmanaged(stack: TerraformStack, resources: readonly FormerResource[]): void {
  if (resources.length === 0) return;
  const blocks = [...new Set(resources.map(({ type, path }) => `${type}.${addressName(stack, path)}`))]
    .sort(compareKeys)
    .map((from) => ({ from, lifecycle: { destroy: false } }));
  stack.addOverride('removed', blocks);
}

/**
 * Lets the state follow a construct that had another id in an earlier release, so that nothing in it is made anew.
 *
 * Called when everything in it is there. Where the state has nothing under the former id, nothing is done.
 */
export function formerlyCalled(construct: IConstruct, id: string): void {
  formerlyAt(construct, [[...placeOf(construct).path.slice(0, -1), id]]);
}

/**
 * The same for a construct that stood elsewhere: its paths below the stack, the latest first.
 *
 * A resource moves from one address only, so each former one leads to the next.
 */
export function formerlyAt(construct: IConstruct, paths: readonly (readonly string[])[]): void {
  const { stack, path } = placeOf(construct);
  const moves = construct.node.findAll().flatMap((child) => {
    if (!(child instanceof TerraformResource)) return [];
    const inside = placeOf(child).path.slice(path.length);
    const names = [child.friendlyUniqueId, ...paths.map((former) => addressName(stack, [...former, ...inside]))];
    const addresses = names.map((name) => `${child.terraformResourceType}.${name}`);
    return addresses.slice(1).map((from, index) => ({ from, to: addresses[index] ?? '' }));
  });
  if (moves.length > 0) new Moves(stack, `earlier-moves-of-${path.join('-')}`, moves);
}

/** A `moved` block. */
interface Move {
  readonly from: string;
  readonly to: string;
}

/** Blocks of moves. A resource of cdktf can tell of its last one, and then every synthesis runs `terraform version`. */
class Moves extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly moves: readonly Move[],
  ) {
    super(scope, id);
  }

  override toTerraform(): object {
    return { moved: this.moves };
  }
}

/** What the id of a store's construct follows from. */
type StoreKey = Pick<RetiredStore, 'kind' | 'key'>;

/**
 * The id that a store had before ids of stores had a prefix; none where another store of its kind has that id today,
 * since Terraform would take one for the other.
 */
export function formerStoreIds(
  { kind, key }: StoreKey,
  { stores, retired }: { readonly stores: readonly StoreKey[]; readonly retired: readonly StoreKey[] },
): string[] {
  return [...stores, ...retired].some((other) => other.kind === kind && ids.store(other.key) === key) ? [] : [key];
}

function placeOf(construct: IConstruct): { readonly stack: TerraformStack; readonly path: readonly string[] } {
  const stack = TerraformStack.of(construct);
  const scopes = construct.node.scopes;
  return { stack, path: scopes.slice(scopes.indexOf(stack) + 1).map(({ node }) => node.id) };
}

/** The name that cdktf gives an element at a path below a stack; asked of a stack of the same name that is thrown away. */
function addressName(stack: TerraformStack, path: readonly string[]): string {
  const app = twinApp(App.of(stack));
  const twin = new TerraformStack(app, stack.node.id);
  try {
    const parent = path.slice(0, -1).reduce<Construct>((scope, id) => new Construct(scope, id), twin);
    return new TerraformElement(parent, path.at(-1) ?? '').friendlyUniqueId;
  } finally {
    app.node.tryRemoveChild(stack.node.id);
  }
}

const twinApps = new WeakMap<App, App>();

/** An app beside one, whose stacks are thrown away; it makes no other folder than that one has. */
function twinApp(app: App): App {
  const known = twinApps.get(app) ?? new App({ outdir: app.outdir });
  twinApps.set(app, known);
  return known;
}
