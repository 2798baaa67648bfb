import { createHash } from 'node:crypto';
import { isJsonObject, type JsonObject, memberOf } from '../terraform/document';
import { type CloudFormationStackModel, readCloudFormationModels } from './cloudformation-stack';

/** A resource that has another address: Terraform's, or a logical id. */
export interface Readdressed {
  readonly stack: string;
  readonly from: string;
  readonly to: string;
}

/** What gives resources of a deployed stack other logical ids and leaves them as they are. */
export interface StackRefactor {
  readonly stack: string;
  /** Account and region, such as `aws://111122223333/us-east-1`. */
  readonly environment: string;
  readonly renamed: readonly Readdressed[];
  /** The template that is deployed, with the other ids and nothing else changed: a refactor takes no other change. */
  readonly template: JsonObject;
}

/** The size from which CloudFormation reads a template from a bucket only. */
export const TEMPLATE_BODY = {
  bytes: 51_200,
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  checked: '2026-11',
} as const;

/**
 * Stacks in which resources are the same under other logical ids.
 *
 * Such a resource says the same, up to the ids of others. One that is changed as well, or of which there are two alike, is
 * not among them: it goes and another one comes.
 */
export function refactorsBetween(baseOutdir: string, outdir: string): StackRefactor[] {
  const after = new Map(readCloudFormationModels(outdir).map((model) => [model.stack, model]));
  return readCloudFormationModels(baseOutdir).flatMap((had): StackRefactor[] => {
    const has = after.get(had.stack);
    if (has === undefined || has.environment !== had.environment) return [];
    const renames = renamesBetween(had.template, has.template);
    if (renames.size === 0) return [];
    const { stack, environment } = had;
    const renamed = [...renames].map(([from, to]) => ({ stack, from, to }));
    return [{ stack, environment, renamed, template: withRenames(had.template, renames) }];
  });
}

function renamesBetween(before: JsonObject, after: JsonObject): ReadonlyMap<string, string> {
  const [had, has] = [memberOf(before, 'Resources'), memberOf(after, 'Resources')];
  const gone = bySignature(had, (id) => has[id] === undefined);
  const come = bySignature(has, (id) => had[id] === undefined);
  return new Map(
    [...gone].flatMap(([signature, [from, ...others]]): [string, string][] => {
      const [to, ...more] = come.get(signature) ?? [];
      return from === undefined || to === undefined || others.length + more.length > 0 ? [] : [[from, to]];
    }),
  );
}

/** Ids of one side by what their resources say. */
function bySignature(resources: JsonObject, isMoving: (id: string) => boolean): Map<string, string[]> {
  const signatures = new Map<string, string>();
  const signatureOf = (id: string): string => {
    const known = signatures.get(id);
    if (known !== undefined) return known;
    const { Metadata: _, ...resource } = memberOf(resources, id);
    // References go one way: CloudFormation refuses circles.
    const text = canonical(
      mapReferences(resource, (other) => (isMoving(other) && other in resources ? signatureOf(other) : other)),
    );
    const signature = createHash('sha256').update(text).digest('hex');
    signatures.set(id, signature);
    return signature;
  };
  const found = new Map<string, string[]>();
  for (const id of Object.keys(resources).filter(isMoving)) {
    found.set(signatureOf(id), [...(found.get(signatureOf(id)) ?? []), id]);
  }
  return found;
}

function withRenames(template: JsonObject, renames: ReadonlyMap<string, string>): JsonObject {
  const nameOf = (id: string) => renames.get(id) ?? id;
  const resources = Object.entries(memberOf(template, 'Resources')).map(([id, resource]) => [nameOf(id), resource]);
  const renamed = mapReferences({ ...template, Resources: Object.fromEntries(resources) }, nameOf);
  return isJsonObject(renamed) ? renamed : template;
}

/** A part of a template with every reference to a resource as a function gives it. */
function mapReferences(value: unknown, nameOf: (id: string) => string): unknown {
  if (Array.isArray(value)) return value.map((member) => mapReferences(member, nameOf));
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([name, member]): [string, unknown] => {
    if (name === 'Ref' && typeof member === 'string') return [name, nameOf(member)];
    if (name === 'Fn::GetAtt') return [name, renameAttribute(member, nameOf)];
    if (name === 'Fn::Sub') return [name, renameSub(member, nameOf)];
    if (name === 'DependsOn')
      return [name, Array.isArray(member) ? member.map(String).map(nameOf) : nameOf(String(member))];
    return [name, mapReferences(member, nameOf)];
  });
  return Object.fromEntries(members);
}

function renameAttribute(argument: unknown, nameOf: (id: string) => string): unknown {
  if (Array.isArray(argument)) return argument.map((part, index) => (index === 0 ? nameOf(String(part)) : part));
  const [id = '', ...attribute] = String(argument).split('.');
  return [nameOf(id), ...attribute].join('.');
}

function renameSub(argument: unknown, nameOf: (id: string) => string): unknown {
  if (Array.isArray(argument)) {
    return argument.map((part) => (typeof part === 'string' ? renameSub(part, nameOf) : mapReferences(part, nameOf)));
  }
  return String(argument).replace(/\$\{([A-Za-z0-9]+)/g, (_, id: string) => `\${${nameOf(id)}`);
}

/** A value as text that does not depend on the order of its members. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value) ?? 'null';
  return `{${Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)
    .join(',')}}`;
}

/** A stack as it is once its ids are changed. */
export function afterRefactor(
  model: CloudFormationStackModel,
  refactors: readonly StackRefactor[],
): CloudFormationStackModel {
  const refactor = refactors.find(({ stack }) => stack === model.stack);
  if (refactor === undefined) return model;
  const names = new Map(refactor.renamed.map(({ from, to }) => [from, to]));
  const paths = new Map([...model.paths].map(([id, path]) => [names.get(id) ?? id, path]));
  return { ...model, template: refactor.template, paths };
}

/** What `aws cloudformation create-stack-refactor --cli-input-json` reads. */
export function refactorInput({ stack, renamed, template }: StackRefactor, templateUrl?: string): object {
  const body = templateUrl === undefined ? { TemplateBody: JSON.stringify(template) } : { TemplateURL: templateUrl };
  return {
    Description: `Other logical ids in ${stack}`,
    EnableStackCreation: false,
    StackDefinitions: [{ StackName: stack, ...body }],
    ResourceMappings: renamed.map(({ from, to }) => ({
      Source: { StackName: stack, LogicalResourceId: from },
      Destination: { StackName: stack, LogicalResourceId: to },
    })),
  };
}
