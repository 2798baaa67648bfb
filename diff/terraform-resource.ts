import { isDeepStrictEqual } from 'node:util';
import { providerOfType } from '../estate/terraform-providers';
import { conformBlock } from '../provider/conform';
import { planChange } from '../provider/plan-change';
import { replacingPaths } from '../provider/replace';
import { loadProvider } from '../provider/schema';
import { Unknown, type Value, type ValueObject } from '../provider/values';
import { type Carried, carryOver, type Recorded } from './carried';
import { changedPaths, dottedPath, valueAt } from './changed-paths';
import { planTimeFinding, shrinkages } from './facts';
import { droppedArguments } from './facts/dropped';
import { stayingArguments } from './facts/staying';
import { ignoredPaths, keepIgnored } from './ignore-changes';
import { causeIn, resolveReferences, type Scope } from './references';
import type { DeclaredResource, TerraformStackModel } from './terraform-stack';
import type { Action, Cause, GuardName, Refusal, ResourceChange, Shrinkage } from './types';

/** Arguments of a provider that say where its resources are; the schema tells whether a resource may say otherwise. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  azurerm: ['subscription_id'],
  google: ['project'],
  oci: ['tenancy_ocid', 'region'],
};

/** Terraform's own store of values: it is part of the program, so no provider records it. */
const BUILT_IN: Recorded = {
  version: '',
  resource_schemas: {
    terraform_data: {
      version: 0,
      block: {
        attributes: {
          id: { type: 'string', computed: true },
          input: { type: 'dynamic', optional: true },
          output: { type: 'dynamic', computed: true },
          triggers_replace: { type: 'dynamic', optional: true },
        },
      },
    },
  },
  force_new: { terraform_data: ['triggers_replace'] },
  rules: {},
};

/** What is recorded of a resource type in the release that a stack pins; undefined for types of other providers. */
function recordedOf(type: string, { releases }: TerraformStackModel): Recorded | undefined {
  if (type in BUILT_IN.resource_schemas) return BUILT_IN;
  const name = providerOfType(type);
  const recorded = name === undefined ? undefined : loadProvider(name, releases.get(name)?.recorded);
  return recorded?.resource_schemas[type] === undefined ? undefined : recorded;
}

/** The same for what is there before an edit: a release that is not recorded is taken for that of after the edit. */
function recordedBefore(type: string, { prior, next }: Scopes): Recorded | undefined {
  const name = providerOfType(type);
  const isKnown = name === undefined || prior.model.releases.get(name)?.recorded !== undefined;
  return recordedOf(type, isKnown ? prior.model : next.model);
}

/** Both sides of a comparison. */
interface Scopes {
  readonly prior: Scope;
  readonly next: Scope;
}

/** Where Terraform refuses what was "managed by newer provider version"; seen with azurerm 5.2.0 and then 4.81.0. */
const NEWER_STATE = {
  source: 'https://github.com/hashicorp/terraform/blob/v1.11.4/internal/terraform/upgrade_resource_state.go',
  checked: '2026-11',
} as const;

/** Terraform refuses a state that a newer release has written in another form. */
function goingBack(type: string, made: Recorded, recorded: Recorded): Refusal[] {
  const [had, has] = [made, recorded].map(({ resource_schemas }) => resource_schemas[type]?.version ?? 0);
  if (had === undefined || has === undefined || has >= had) return [];
  return [
    {
      attributes: [],
      who: 'Terraform',
      why: `its state has a form of ${made.version} that ${recorded.version} does not know`,
      way: `keep ${made.version}, or go on from a copy of the state that ${recorded.version} has written`,
      source: NEWER_STATE.source,
    },
  ];
}

/** What an edit starts from: the written configuration, and the state that it left. */
function startOf(type: string, made: Recorded, recorded: Recorded, written: Value, next: ValueObject): Carried {
  if (made !== recorded) return carryOver(type, made, recorded, { written, next });
  const block = recorded.resource_schemas[type]?.block ?? {};
  const had = conformBlock(block, written);
  return { had, prior: planChange(block, recorded.rules[type], null, had, had) };
}

/** What a provider keeps in the state, where it outlives the declaration. */
function guardsInState({ config }: DeclaredResource): GuardName[] {
  return [
    ...(config.deletion_policy === 'PREVENT' ? ['deletion_policy' as const] : []),
    ...(config.deletion_protection === true ? ['deletion_protection' as const] : []),
  ];
}

function guardsOf(resource: DeclaredResource): GuardName[] {
  return [
    ...(resource.lifecycle.prevent_destroy === true ? ['prevent_destroy' as const] : []),
    ...guardsInState(resource),
  ];
}

function isGuarded(resource: DeclaredResource): boolean {
  return guardsOf(resource).length > 0;
}

/** The provider keeps its own protection in the state, where it outlives the declaration. */
const PREVENTED = 'the apply stops at it: its state says deletion_policy = "PREVENT"';

/** The change of a resource that is in one of the two estates only, or of one that nothing more is known of. */
export function wholeChange(resource: DeclaredResource, action: Action): ResourceChange {
  const name = resource.config.name ?? resource.config.display_name;
  // A declaration that is gone refuses nothing any more.
  const guards = action === 'destroyed' ? guardsInState(resource) : guardsOf(resource);
  return {
    ...(typeof name === 'string' && !name.includes('${') && { name }),
    ...(guards.length > 0 && { guards }),
    address: resource.address,
    type: resource.type,
    path: resource.path,
    action,
    attributes: [],
    because: [],
    isGuarded: isGuarded(resource),
    isProtected: (action === 'destroyed' || action === 'kept') && isGuarded(resource),
    isRetained: action === 'kept',
    refused: [],
    rolled: [],
    newNodesOnly: [],
    reread: [],
    shrunk: [],
    notes: action === 'destroyed' && resource.config.deletion_policy === 'PREVENT' ? [PREVENTED] : [],
  };
}

/** Why a resource lies elsewhere after the edit: another subscription, project, tenancy or region of its provider. */
function movedPlaces(before: DeclaredResource, after: DeclaredResource, prior: Scope, next: Scope): Cause[] {
  const [name = ''] = after.provider.split('.');
  const [had, has] = [prior.model.providers.get(before.provider) ?? {}, next.model.providers.get(after.provider) ?? {}];
  return (PLACES[name] ?? [])
    .filter((place) => after.config[place] === undefined && !isDeepStrictEqual(had[place], has[place]))
    .map((place) => ({ path: `provider.${place}`, certain: true }));
}

/** What is found out about a resource before it is put into words. */
interface Findings {
  readonly attributes: readonly string[];
  readonly because: readonly Cause[];
  readonly refused: readonly Refusal[];
  readonly rolled: readonly string[];
  readonly newNodesOnly: readonly string[];
  readonly reread: readonly string[];
  readonly shrunk: readonly Shrinkage[];
}

function compareKnown(
  recorded: Recorded,
  made: Recorded,
  before: DeclaredResource,
  after: DeclaredResource,
  scopes: Scopes,
): Findings {
  const { type } = after;
  const released = { type, version: recorded.version };
  const block = recorded.resource_schemas[type]?.block ?? {};
  const rules = recorded.rules[type];
  const written = conformBlock(block, resolveReferences(after.config, scopes.next));
  const { had, prior } = startOf(type, made, recorded, resolveReferences(before.config, scopes.prior), written);
  const config = keepIgnored(written, had, ignoredPaths(after.lifecycle.ignore_changes));
  const planned = planChange(block, rules, prior, config, config);

  const sometimes = recorded.force_new_when?.[type];
  const because = replacingPaths(block, recorded.force_new[type] ?? [], prior, planned, sometimes).map(
    (path): Cause => {
      return {
        path: dottedPath(block, path),
        ...causeIn(valueAt(planned, path)),
        // What the provider chose by itself may well be what is written now.
        certain: !(valueAt(prior, path) instanceof Unknown),
      };
    },
  );
  const attributes: string[] = [];
  const refused = [
    ...goingBack(type, made, recorded),
    ...droppedArguments(released, had, config),
    ...stayingArguments(released, had, written, config),
  ];
  const rolled: string[] = [];
  const newNodesOnly: string[] = [];
  const reread: string[] = [];
  const told = new Set(because.map(({ path }) => path));
  for (const path of changedPaths(block, prior, planned)) {
    const dotted = dottedPath(block, path);
    attributes.push(dotted);
    if (causeIn(valueAt(planned, path))?.through !== undefined) reread.push(dotted);
    const change = { before: valueAt(prior, path), after: valueAt(planned, path), prior, resource: planned };
    const { effect, refusal } = planTimeFinding(released, dotted, change);
    if (refusal !== undefined) refused.push(refusal);
    else if (effect === 'roll') rolled.push(dotted);
    else if (effect === 'new-nodes-only') newNodesOnly.push(dotted);
    if (effect === 'replace' && !told.has(dotted)) {
      because.push({ path: dotted, ...causeIn(change.after), certain: true });
    }
  }
  return { attributes, because, refused, rolled, newNodesOnly, reread, shrunk: shrinkages(released, prior, planned) };
}

/** The same for a type without a recorded schema: what is written differently, without knowing what it replaces. */
function compareUnknown(before: DeclaredResource, after: DeclaredResource, scopes: Scopes): Findings {
  const had = resolveReferences(before.config, scopes.prior);
  const has = resolveReferences(after.config, scopes.next);
  const meta = new Set(['//', 'depends_on', 'lifecycle', 'provider', 'provisioner', 'connection']);
  const names = [...new Set([...Object.keys(before.config), ...Object.keys(after.config)])].sort();
  const attributes = names.filter(
    (name) => !meta.has(name) && !isDeepStrictEqual(valueAt(had, [name]), valueAt(has, [name])),
  );
  return { attributes, because: [], refused: [], rolled: [], newNodesOnly: [], reread: [], shrunk: [] };
}

function notesOf(after: DeclaredResource, isReplaced: boolean): string[] {
  if (!isReplaced) return [];
  const notes = [];
  if (after.lifecycle.create_before_destroy === true) notes.push('the new one is created before the old one goes');
  if (after.lifecycle.prevent_destroy === true) notes.push('Terraform refuses it while prevent_destroy is set');
  return notes;
}

/** Whether a resource is replaced because of what `lifecycle.replace_triggered_by` names. */
function triggers(after: DeclaredResource, { pending }: Scope): Cause[] {
  const written = after.lifecycle.replace_triggered_by;
  const named = Array.isArray(written) ? written.filter((entry) => typeof entry === 'string') : [];
  return named
    .map((entry) =>
      entry
        .replace(/^\$\{|\}$/g, '')
        .split('.')
        .slice(0, 2)
        .join('.'),
    )
    .filter((address) => pending.get(address)?.action === 'replaced')
    .map((of) => ({ path: 'lifecycle.replace_triggered_by', of, certain: true }));
}

/** Whether two declarations say the same and read nothing that could have changed: by far the most do. */
function isSameText(before: DeclaredResource, after: DeclaredResource, { prior, next }: Scopes): boolean {
  if (!isDeepStrictEqual(before.config, after.config) || after.lifecycle.replace_triggered_by !== undefined)
    return false;
  if (!isDeepStrictEqual(prior.model.providers.get(before.provider), next.model.providers.get(after.provider))) {
    return false;
  }
  return !JSON.stringify(after.config).includes('${');
}

/** What an edit does to one Terraform resource that both estates have; undefined when nothing changes. */
export function compareResource(
  before: DeclaredResource,
  after: DeclaredResource,
  scopes: Scopes,
): ResourceChange | undefined {
  const [made, recorded] = [recordedBefore(after.type, scopes), recordedOf(after.type, scopes.next.model)];
  if (made === recorded && isSameText(before, after, scopes)) return undefined;
  const found =
    made === undefined || recorded === undefined
      ? compareUnknown(before, after, scopes)
      : compareKnown(recorded, made, before, after, scopes);
  const because = [
    ...movedPlaces(before, after, scopes.prior, scopes.next),
    ...triggers(after, scopes.next),
    ...found.because,
  ];
  if (because.length === 0 && found.attributes.length + found.refused.length === 0) return undefined;
  const isReplaced = because.length > 0;
  const guarded = isGuarded(before) || isGuarded(after);
  const { name } = wholeChange(before, 'kept');
  // Terraform itself asks the new declaration, the provider the state.
  const declared = guardsOf(after).filter((guard) => guard === 'prevent_destroy');
  return {
    ...wholeChange(after, isReplaced ? 'replaced' : 'updated'),
    ...(name !== undefined && { name }),
    guards: [...declared, ...guardsInState(before)],
    attributes: found.attributes,
    because,
    isGuarded: guarded,
    isProtected: isReplaced && guarded,
    // A replacement takes the change with it; only what is in use stands in its way too.
    refused: found.refused.filter(({ whileInUse }) => !isReplaced || whileInUse),
    rolled: isReplaced ? [] : found.rolled,
    newNodesOnly: isReplaced ? [] : found.newNodesOnly,
    reread: isReplaced ? [] : found.reread,
    shrunk: isReplaced ? [] : found.shrunk,
    notes: notesOf(after, isReplaced),
  };
}
