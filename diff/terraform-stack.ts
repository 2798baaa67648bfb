import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProviderName } from '../estate/terraform-providers';
import {
  isJsonObject,
  type JsonObject,
  memberOf,
  type PinnedRelease,
  pinnedReleases,
  statesRead,
} from '../terraform/document';
import { readStacks } from '../terraform/manifest';
import { afterMoves, movesOf } from './moved';
import type { Readdressed } from './refactor';

/** A resource as a synthesized stack declares it. */
export interface DeclaredResource {
  readonly address: string;
  readonly type: string;
  /** Construct path below the stack. */
  readonly path: string;
  readonly config: JsonObject;
  readonly lifecycle: JsonObject;
  /** Which provider configuration it uses: the provider's name, or `name.alias`. */
  readonly provider: string;
}

/** One stack that cdktf synthesized. */
export interface TerraformStackModel {
  readonly stack: string;
  readonly json: JsonObject;
  readonly resources: ReadonlyMap<string, DeclaredResource>;
  /** Stacks whose outputs it reads, by the name of the data source. */
  readonly reads: ReadonlyMap<string, string>;
  /** Stacks that are deployed before it. */
  readonly dependsOn: readonly string[];
  /** Provider configurations by name, or by `name.alias`. */
  readonly providers: ReadonlyMap<string, JsonObject>;
  /** Releases that it pins. */
  readonly releases: ReadonlyMap<ProviderName, PinnedRelease>;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function resourcesOf(json: JsonObject): Map<string, DeclaredResource> {
  const found = new Map<string, DeclaredResource>();
  for (const type of Object.keys(memberOf(json, 'resource'))) {
    for (const [name, config] of Object.entries(memberOf(memberOf(json, 'resource'), type))) {
      if (!isJsonObject(config)) continue;
      const address = `${type}.${name}`;
      const [, ...path] = (textOf(memberOf(memberOf(config, '//'), 'metadata').path) ?? `/${name}`).split('/');
      const provider = textOf(config.provider) ?? type.slice(0, type.indexOf('_'));
      const lifecycle = memberOf(config, 'lifecycle');
      found.set(address, { address, type, path: path.join('/'), config, lifecycle, provider });
    }
  }
  return found;
}

function providersOf(json: JsonObject): Map<string, JsonObject> {
  const configured = Object.entries(memberOf(json, 'provider')).flatMap(([name, blocks]) =>
    (Array.isArray(blocks) ? blocks : [blocks]).filter(isJsonObject).map((block): [string, JsonObject] => {
      const alias = textOf(block.alias);
      return [alias === undefined ? name : `${name}.${alias}`, block];
    }),
  );
  return new Map(configured);
}

/** Resources that `moved` blocks of a later output take to another address. */
export function movesBetween(baseOutdir: string, outdir: string): Readdressed[] {
  const later = readTerraformModels(outdir);
  const before = new Map(readTerraformModels(baseOutdir).map((model) => [model.stack, model]));
  return later.flatMap(({ stack, json, resources }) =>
    [...movesOf(json)]
      .filter(([from, to]) => before.get(stack)?.resources.has(from) && !resources.has(from) && resources.has(to))
      .map(([from, to]) => ({ stack, from, to })),
  );
}

/**
 * Reads the stacks of a folder that cdktf synthesized, each after those it reads from; none when it wrote nothing.
 *
 * @param later - stacks of a later synthesis, which say where resources have moved since
 */
export function readTerraformModels(outdir: string, later: readonly TerraformStackModel[] = []): TerraformStackModel[] {
  if (!existsSync(join(outdir, 'manifest.json'))) return [];
  const written = readStacks(outdir);
  const moves = new Map(later.map((model) => [model.stack, movesOf(model.json)]));
  const documents = new Map(
    [...written.values()].map(({ name, json }) => [name, afterMoves(json, moves.get(name) ?? new Map())]),
  );
  const models = new Map<string, TerraformStackModel>();
  const visited = new Set<string>();
  const add = (stack: string, json: JsonObject): void => {
    if (visited.has(stack)) return;
    visited.add(stack);
    const reads = statesRead(json, documents);
    for (const source of reads.values()) {
      const document = documents.get(source);
      if (document !== undefined) add(source, document);
    }
    const dependsOn = [...new Set([...(written.get(stack)?.dependsOn ?? []), ...reads.values()])];
    const [resources, providers, releases] = [resourcesOf(json), providersOf(json), pinnedReleases(json)];
    models.set(stack, { stack, json, resources, reads, dependsOn, providers, releases });
  };
  for (const [stack, json] of documents) add(stack, json);
  return [...models.values()];
}
