import { isDeepStrictEqual } from 'node:util';
import { OfflineError } from '../provider/errors';
import { PROVIDER_NAMES, PROVIDERS, type ProviderName, type ProviderRelease } from '../provider/schema';
import type { ServedTypes } from '../provider/schema-message';
import { admits } from '../provider/version';

/** A JSON object whose members are not known beforehand. */
export interface JsonObject {
  readonly [name: string]: unknown;
}

/** Whether a JSON value is an object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at a member of a JSON object; empty when there is none. */
export function memberOf(object: unknown, name: string): JsonObject {
  const value = isJsonObject(object) ? object[name] : undefined;
  return isJsonObject(value) ? value : {};
}

/** A Terraform JSON document, as far as an offline plan looks into it. */
export interface StackDocument {
  readonly json: JsonObject;
  /** Recorded providers that the document uses. */
  readonly providers: readonly ProviderName[];
  /** The same, in the releases that it asks for. */
  readonly releases: readonly ProviderRelease[];
  readonly types: ServedTypes;
  /** Whether `terraform init` is needed before a plan. */
  readonly hasModules: boolean;
}

const TERRAFORM_TYPES = /^terraform_/;

function providerOf(source: string): ProviderName | undefined {
  const path = source.split('/').slice(-2).join('/');
  return PROVIDER_NAMES.find((name) => PROVIDERS[name].source === (path.includes('/') ? path : `hashicorp/${path}`));
}

/** A provider as a document pins it. */
export interface PinnedRelease {
  /** As it is written; a version, or a constraint. */
  readonly written: string;
  /** The recorded release that answers for it. @default none that is recorded may */
  readonly recorded?: string;
}

/** The recorded providers that a document pins, whether or not the releases are recorded. */
export function pinnedReleases(json: JsonObject): ReadonlyMap<ProviderName, PinnedRelease> {
  const pinned = Object.entries(memberOf(json.terraform, 'required_providers')).flatMap(
    ([local, requirement]): [ProviderName, PinnedRelease][] => {
      const { source, version } = isJsonObject(requirement) ? requirement : { source: undefined, version: requirement };
      const name = providerOf(typeof source === 'string' ? source : local);
      if (name === undefined || typeof version !== 'string') return [];
      return [[name, { written: version, recorded: recordedFor(name, version) }]];
    },
  );
  return new Map(pinned);
}

/** The recorded release that answers for a constraint: the one that stacks pin by default where it may, else the newest. */
function recordedFor(name: ProviderName, constraint: string): string | undefined {
  const { version, releases } = PROVIDERS[name];
  return [...releases, version].filter((release) => admits(constraint, release)).at(-1);
}

function releasesOf(json: JsonObject): ProviderRelease[] {
  const required = memberOf(json.terraform, 'required_providers');
  const found = new Map<ProviderName, string>();
  for (const [local, requirement] of Object.entries(required)) {
    const source = isJsonObject(requirement) && typeof requirement.source === 'string' ? requirement.source : local;
    const name = providerOf(source);
    if (name === undefined) {
      throw new OfflineError(
        `provider ${source} is not recorded, so it cannot be planned offline`,
        `offline plans know ${PROVIDER_NAMES.map((each) => PROVIDERS[each].source).join(', ')}; plan this stack with the real provider`,
      );
    }
    found.set(name, releaseFor(name, isJsonObject(requirement) ? requirement.version : requirement));
  }
  // A type whose provider is not declared belongs to the provider that its first word names.
  for (const type of [...Object.keys(memberOf(json, 'resource')), ...Object.keys(memberOf(json, 'data'))]) {
    const name = providerOf(type.slice(0, type.indexOf('_')));
    if (name !== undefined && !found.has(name)) found.set(name, PROVIDERS[name].version);
  }
  return PROVIDER_NAMES.flatMap((name) => {
    const version = found.get(name);
    return version === undefined ? [] : [{ name, version }];
  });
}

function releaseFor(name: ProviderName, constraint: unknown): string {
  const { source, version, releases } = PROVIDERS[name];
  if (typeof constraint !== 'string') return version;
  const admitted = recordedFor(name, constraint);
  if (admitted !== undefined) return admitted;
  throw new OfflineError(
    releases.length === 1
      ? `the stack asks for ${source} "${constraint}", but the recorded schema is of ${version}`
      : `the stack asks for ${source} "${constraint}", but the recorded schemas are of ${releases.join(', ')}`,
    `pin ${name} ${releases.join(' or ')}, or plan this stack with the real provider`,
  );
}

/** Reads what an offline plan needs to know of a Terraform JSON document; refuses what cannot be planned offline. */
export function readDocument(json: JsonObject): StackDocument {
  const own = (kind: string) => Object.keys(memberOf(json, kind)).filter((type) => !TERRAFORM_TYPES.test(type));
  const releases = releasesOf(json);
  return {
    json,
    providers: releases.map(({ name }) => name),
    releases,
    types: { resources: own('resource'), dataSources: own('data') },
    hasModules: Object.keys(memberOf(json, 'module')).length > 0,
  };
}

/** Where a document keeps its state, as it is written in it. */
function backendOf(json: JsonObject): JsonObject {
  return memberOf(json.terraform, 'backend');
}

/** The stack whose state a data source reads, by how cdktf names it. */
export function stackNamedBy(dataSource: string): string | undefined {
  return /^cross-stack-reference-input-(.+)$/.exec(dataSource)?.[1];
}

function sourceStack(name: string, remote: JsonObject, stacks: ReadonlyMap<string, JsonObject>): string {
  for (const [stack, json] of stacks) {
    const [kind, config] = Object.entries(backendOf(json))[0] ?? [];
    if (kind !== undefined && remote.backend === kind && isDeepStrictEqual(remote.config, config)) return stack;
  }
  const named = stackNamedBy(name);
  if (named !== undefined && stacks.has(named)) return named;
  throw new OfflineError(
    `terraform_remote_state.${name} reads a state that none of these stacks writes`,
    'plan all stacks of one synthesis together, or plan this one with the real provider',
  );
}

/** Stacks whose state a document reads, by the name of the data source that reads it. */
export function statesRead(json: JsonObject, stacks: ReadonlyMap<string, JsonObject>): ReadonlyMap<string, string> {
  const remotes = Object.entries(memberOf(json.data, 'terraform_remote_state'));
  return new Map(
    remotes.map(([name, remote]) => [name, sourceStack(name, isJsonObject(remote) ? remote : {}, stacks)]),
  );
}

/** Stands for what whoever applies says: letters and digits, as many as keys of tunnels have. */
const SAID_BY_NOBODY = 'SaidByWhoeverAppliesAndNotWhenItIsPlanned';

/** Variables with something in the place of what stands in no file, so that a plan can be made without it. */
function answered(variables: JsonObject): JsonObject {
  const entries = Object.entries(variables).map(([name, variable]) => {
    const isSecret = isJsonObject(variable) && variable.sensitive === true && variable.type === 'string';
    return [name, isSecret && !('default' in variable) ? { ...variable, default: SAID_BY_NOBODY } : variable];
  });
  return Object.fromEntries(entries);
}

/**
 * The document with its state, and the states it reads, in the scratch folder instead of where the user keeps them, and with
 * something in the place of secrets that are said when it is applied.
 */
export function relocate(json: JsonObject, statePaths: ReadonlyMap<string, string>): JsonObject {
  const { backend: _backend, cloud: _cloud, ...terraform } = memberOf(json, 'terraform');
  const data = memberOf(json, 'data');
  const remotes = Object.entries(memberOf(data, 'terraform_remote_state')).map(([name, remote]) => [
    name,
    {
      ...(isJsonObject(remote) ? remote : {}),
      backend: 'local',
      config: { path: statePaths.get(name) },
      workspace: undefined,
    },
  ]);
  return {
    ...json,
    terraform,
    ...('variable' in json && { variable: answered(memberOf(json, 'variable')) }),
    ...(remotes.length > 0 ? { data: { ...data, terraform_remote_state: Object.fromEntries(remotes) } } : {}),
  };
}
