import { isJsonObject, type JsonObject, memberOf } from '../terraform/document';

/** What changes under a template without a change of its text. */
export interface Marks {
  /** Logical ids of resources that are replaced: every reference to them gets another value. */
  readonly replaced: Set<string>;
  /** Attributes that an update changes, by logical id. */
  readonly versions: Map<string, readonly string[]>;
  /** Exports of other stacks that get another value, with the replaced resource behind each. */
  readonly exports: ReadonlyMap<string, string>;
}

const MARK = /\(new ([^)]+)\)$/;

function mark(text: string, of: string): string {
  return `${text} (new ${of})`;
}

/** The replaced or updated resource that a marked value refers to, anywhere inside it. */
export function markIn(value: unknown): string | undefined {
  if (typeof value === 'string') return MARK.exec(value)?.[1];
  if (typeof value !== 'object' || value === null) return undefined;
  for (const member of Object.values(value)) {
    const found = markIn(member);
    if (found !== undefined) return found;
  }
  return undefined;
}

function markSub(text: string, { replaced, versions }: Marks): string {
  for (const [, id = '', attribute] of text.matchAll(/\$\{([A-Za-z0-9]+)(?:\.([A-Za-z0-9.]+))?\}/g)) {
    if (replaced.has(id) || (attribute !== undefined && versions.get(id)?.includes(attribute))) return mark(text, id);
  }
  return text;
}

function markGetAtt(argument: unknown, { replaced, versions }: Marks): unknown {
  const [id, attribute] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.', 2);
  if (id === undefined || attribute === undefined) return argument;
  return replaced.has(id) || versions.get(id)?.includes(attribute) ? [id, mark(attribute, id)] : argument;
}

function markFunction(name: string, argument: unknown, marks: Marks): unknown {
  if (name === 'Ref' && typeof argument === 'string') {
    return marks.replaced.has(argument) ? mark(argument, argument) : argument;
  }
  if (name === 'Fn::GetAtt') return markGetAtt(argument, marks);
  if (name === 'Fn::ImportValue' && typeof argument === 'string') {
    const of = marks.exports.get(argument);
    return of === undefined ? argument : mark(argument, of);
  }
  if (name === 'Fn::Sub') {
    if (typeof argument === 'string') return markSub(argument, marks);
    if (Array.isArray(argument)) {
      return argument.map((part) => (typeof part === 'string' ? markSub(part, marks) : markValue(part, marks)));
    }
  }
  return markValue(argument, marks);
}

function markValue(value: unknown, marks: Marks): unknown {
  if (Array.isArray(value)) return value.map((element) => markValue(element, marks));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, markFunction(name, member, marks)]));
}

/** A template in which every value that changes because of something else looks changed. */
export function markReferences(template: JsonObject, marks: Marks): JsonObject {
  const resources = Object.entries(memberOf(template, 'Resources')).map(([id, resource]) => [
    id,
    isJsonObject(resource) ? { ...resource, Properties: markValue(resource.Properties, marks) } : resource,
  ]);
  return {
    ...template,
    Resources: Object.fromEntries(resources),
    Outputs: markValue(memberOf(template, 'Outputs'), marks),
  };
}
