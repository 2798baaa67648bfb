import type { Exchange } from '../../../estate/spec/exchange';
import { isJsonObject, type JsonObject, memberOf } from '../../../terraform/document';
import type { HalfSide } from '../side';

/** What one side of a connection is read from, and nothing of the other side: CloudFormation templates or Terraform documents. */
export interface SideDocuments {
  readonly site: string;
  /** What was synthesized for its network. */
  readonly network: JsonObject;
  /** What was synthesized for its gateway. */
  readonly gateway: JsonObject;
  /** What was synthesized for its half of the link, and the key of that in the exchange file. */
  readonly link: { readonly key: string; readonly document: JsonObject };
  /** What an apply has told, made up with documentation addresses: own public addresses are nowhere else. */
  readonly exchange: Exchange;
}

/** Reads a side from what was synthesized for it; what is not there is empty, or no number, which no bed takes. */
export type SideReader = (documents: SideDocuments) => HalfSide;

/** Resources of a type in a Terraform document, by their names. */
export function resourcesOf(document: JsonObject, type: string): ReadonlyMap<string, JsonObject> {
  return new Map(
    Object.entries(memberOf(memberOf(document, 'resource'), type)).flatMap(([name, resource]) =>
      isJsonObject(resource) ? [[name, resource] as const] : [],
    ),
  );
}

/** All blocks at a member of an object: documents say one as an object, or in a list. */
export function blocksAt(object: JsonObject, name: string): JsonObject[] {
  const value = object[name];
  return (Array.isArray(value) ? value : [value]).filter(isJsonObject);
}

/** The first block at a member of an object; empty where there is none. */
export const blockAt = (object: JsonObject, name: string): JsonObject => blocksAt(object, name)[0] ?? {};

/** The text at a member of an object; empty where there is none. */
export function textAt(object: JsonObject, name: string): string {
  const value = object[name];
  return typeof value === 'string' ? value : '';
}

/** The number at a member of an object, also one that is written as text; none is NaN. */
export function numberAt(object: JsonObject, name: string): number {
  const value = object[name];
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? Number(value) : Number.NaN;
}

/** The number at a member of an object; undefined where there is none. */
export function numberMaybe(object: JsonObject, name: string): number | undefined {
  const value = numberAt(object, name);
  return Number.isNaN(value) ? undefined : value;
}

/** The texts at a member of an object. */
export function textsAt(object: JsonObject, name: string): string[] {
  const value = object[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** The resource that an expression of a document is an attribute of, if it is there. */
export function referred(resources: ReadonlyMap<string, JsonObject>, expression: string): JsonObject {
  const [, name = ''] = /^\$\{[a-z0-9_]+\.([\w-]+)\.\w+\}$/.exec(expression) ?? [];
  return resources.get(name) ?? {};
}

/** The name of the variable that an expression is; otherwise the text as it is, which no other side names. */
export const variableOf = (expression: string): string => /^\$\{var\.(\w+)\}$/.exec(expression)?.[1] ?? expression;

/** An algorithm by the name that a cloud has for it; otherwise that name, which the lab does not know. */
export const named = (names: Readonly<Record<string, string>>, name: string): string => names[name] ?? name;

/** A group by the name that a cloud has for it; otherwise no number. */
export const numbered = (names: Readonly<Record<string, number>>, name: string): number => names[name] ?? Number.NaN;
