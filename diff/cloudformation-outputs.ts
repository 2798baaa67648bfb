import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonObject, memberOf } from '../terraform/document';
import { markIn } from './cloudformation-marks';
import type { CloudFormationStackModel } from './cloudformation-stack';
import type { OutputChange, Refusal } from './types';

/** Outputs of a template by the name of their export, or by their own name where they are not exported. */
function outputsOf(template: JsonObject): Map<string, unknown> {
  const found = Object.entries(memberOf(template, 'Outputs')).map(([id, output]): [string, unknown] => {
    const name = memberOf(output, 'Export').Name;
    return [typeof name === 'string' ? name : id, isJsonObject(output) ? output.Value : undefined];
  });
  return new Map(found);
}

function importsIn(value: unknown, found: Set<string>): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [name, member] of Object.entries(value)) {
    if (name === 'Fn::ImportValue' && typeof member === 'string') found.add(member);
    else importsIn(member, found);
  }
  return found;
}

/** Who imports what, in all stacks of an assembly. */
export type Imports = ReadonlyMap<string, ReadonlySet<string>>;

/** The exports that each stack of an assembly imports. */
export function importsOf(models: readonly CloudFormationStackModel[]): Imports {
  return new Map(models.map(({ stack, template }) => [stack, importsIn(template.Resources, new Set())]));
}

function readersOf(imports: Imports, name: string): string[] {
  return [...imports].filter(([, names]) => names.has(name)).map(([stack]) => stack);
}

/** What becomes of the outputs of a stack; `marked` is the new template with every changed reference marked. */
export function compareOutputs(
  before: JsonObject,
  marked: JsonObject,
  imports: { readonly before: Imports; readonly after: Imports },
): OutputChange[] {
  const [had, has] = [outputsOf(before), outputsOf(marked)];
  return [...new Set([...had.keys(), ...has.keys()])].sort().flatMap((name): OutputChange[] => {
    if (had.has(name) && has.has(name) && isDeepStrictEqual(had.get(name), has.get(name))) return [];
    const change = !had.has(name) ? 'added' : !has.has(name) ? 'removed' : 'changed';
    const readers = readersOf(change === 'added' ? imports.after : imports.before, name);
    const staying = readers.filter((stack) => imports.after.get(stack)?.has(name));
    return [{ name, change, readers, staying }];
  });
}

/** The resource behind an exported value that another replacement changes. */
export function replacedExports(marked: JsonObject): Map<string, string> {
  const found = [...outputsOf(marked)].flatMap(([name, value]): [string, string][] => {
    const of = markIn(value);
    return of === undefined ? [] : [[name, of]];
  });
  return new Map(found);
}

/** Where it is said that an export which is read can neither change nor go. */
export const EXPORTS = {
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html',
  checked: '2026-11',
} as const;

/** Why CloudFormation stops at a stack whose exports get other values while deployed stacks go on reading them. */
export function exportRefusals(outputs: readonly OutputChange[]): Refusal[] {
  const used = outputs.filter(({ change, staying }) => change === 'changed' && staying.length > 0);
  if (used.length === 0) return [];
  const readers = [...new Set(used.flatMap(({ staying }) => staying))].sort();
  const [first] = used;
  const what = used.length === 1 ? `the export ${first?.name}` : `${used.length} exports, such as ${first?.name},`;
  return [
    {
      attributes: [],
      who: 'CloudFormation',
      why: `${what} would get another value while ${readers.join(', ')} ${readers.length === 1 ? 'reads' : 'read'} it`,
      way: `in two passes: first an estate in which ${readers.join(', ')} needs none of it, then this one; or a site beside it`,
      source: EXPORTS.source,
    },
  ];
}
